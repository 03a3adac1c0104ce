"""Errors of templates, in ARM's words."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["LanguageError", "NotYetError", "Step", "TemplateError", "invalid"]

Step = str | int


class LanguageError(ValueError):
    """An expression cannot be read or evaluated; the message is what ARM puts between quotes."""


class NotYetError(Exception):
    """An expression needs what is known only while the deployment runs, such as the state of a resource."""


class TemplateError(ValueError):
    """A template, or a deployment of it, is refused.

    Args:
        message: ARM's sentence; ``{place}`` in it stands for where that is in the text.
        path: Where in the deployment's body, e.g. ``("template", "resources", 0)``; empty: no place.
        code: ARM's code.
    """

    def __init__(self, message: str, path: Sequence[Step] = (), code: str = "InvalidTemplate") -> None:
        self.message, self.path, self.code = message, tuple(path), code
        super().__init__(message)


def invalid(why: str, path: Sequence[Step] = ()) -> TemplateError:
    """An error that ARM finds when it validates a template, before any resource is looked at."""
    return TemplateError(f"Deployment template validation failed: '{why}'.", path)
