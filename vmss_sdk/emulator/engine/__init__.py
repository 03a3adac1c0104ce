"""The rules: what a scale set does, with no HTTP, no JSON text, no files and no wall clock."""
