"""Transports of requests: over HTTP, or to an emulator in this process."""
