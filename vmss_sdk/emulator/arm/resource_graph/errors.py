"""Errors of queries."""

__all__ = ["QueryError"]


class QueryError(ValueError):
    """A query cannot be answered; the text says what was expected, and where."""
