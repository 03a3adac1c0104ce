"""Chance that repeats: numbers and ids drawn from the seed and from what they are for, never from a hidden state.

So a draw does not depend on what was drawn before it, and a saved state continues as the original would.
"""

import hashlib
import uuid

__all__ = ["fraction", "guid", "letters"]


def _digest(seed: int, purpose: tuple[object, ...]) -> bytes:
    return hashlib.blake2b(f"{seed}|{'|'.join(map(str, purpose))}".encode(), digest_size=16).digest()


def fraction(seed: int, *purpose: object) -> float:
    """A number in [0, 1)."""
    return int.from_bytes(_digest(seed, purpose)[:7], "big") / 2.0**56


def guid(seed: int, *purpose: object) -> str:
    """A GUID in its usual text form."""
    return str(uuid.UUID(bytes=_digest(seed, purpose), version=4))


def letters(seed: int, length: int, *purpose: object) -> str:
    """Lower-case hexadecimal letters, as in the names of Flexible instances."""
    return _digest(seed, purpose).hex()[:length]
