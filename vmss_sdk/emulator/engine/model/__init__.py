"""The document of a scale set: its defaults, ranges and rules, and which change of it has which effect."""
