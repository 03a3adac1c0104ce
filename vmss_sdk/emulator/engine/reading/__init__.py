"""Readings for people: the decision log in sentences, and pending changes."""
