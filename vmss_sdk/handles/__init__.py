"""Handles: the address of a resource and the verbs on it. Making one sends nothing."""
