"""A scale set watched while it changes: what is read, what is new in it, and how that is shown."""
