"""Arguments of the form ``key=value``."""

from collections.abc import Sequence

from vmss_sdk.errors import ClientUsageError

__all__ = ["key_values"]


def key_values(flag: str, words: Sequence[str] | None) -> dict[str, str] | None:
    """The values by their keys; None if the flag was not given, empty if it was given without words.

    Raises:
        ClientUsageError: A word has no key.
    """
    if words is None:
        return None
    found: dict[str, str] = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not key:
            raise ClientUsageError(f"{flag}: '{word}' is no key=value")
        found[key] = value if equals else ""
    return found
