"""Writes of a scale set: create, change, delete; merge, validate, commit, act."""
