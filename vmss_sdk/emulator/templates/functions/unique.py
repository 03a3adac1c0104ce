"""The hashes behind ``uniqueString`` and ``guid``: the same answers as Azure's."""

from __future__ import annotations

import uuid

__all__ = ["base32", "guid", "unique_string"]

_MASK = 0xFFFFFFFF
_ONE, _TWO = 0x239B961B, 0xAB0E9789
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_NAMESPACE = uuid.UUID("11fb06fb-712d-4ddd-98c7-e71bbd588830")
"""The namespace of the version 5 GUIDs that ``guid`` makes (https://aka.ms/bicep/functions, guid)."""


def unique_string(text: str) -> str:
    """Thirteen letters for a text.

    A MurmurHash3 of 64 bits written in base 32; the answers were compared with those that Azure's own library gives.
    """
    return base32(_murmur(text.encode()))


def guid(text: str) -> str:
    """The GUID of a text."""
    return str(uuid.uuid5(_NAMESPACE, text))


def base32(number: int) -> str:
    """A number of 64 bits from the highest bit down, in letters of five bits."""
    wide = number << 1
    return "".join(_LETTERS[wide >> shift & 31] for shift in range(60, -1, -5))


def _murmur(data: bytes) -> int:
    first = second = 0
    whole = len(data) // 8 * 8
    for at in range(0, whole, 8):
        first ^= _scramble(data[at : at + 4], _ONE, 15, _TWO)
        first = ((_rotate(first, 19) + second) * 5 + 0x561CCD1B) & _MASK
        second ^= _scramble(data[at + 4 : at + 8], _TWO, 17, _ONE)
        second = ((_rotate(second, 13) + first) * 5 + 0x0BCAA747) & _MASK
    rest = data[whole:]
    first ^= _scramble(rest[:4], _ONE, 15, _TWO)
    second ^= _scramble(rest[4:], _TWO, 17, _ONE)
    first, second = _mix(first ^ len(data), second ^ len(data))
    first, second = _mix(_finish(first), _finish(second))
    return second << 32 | first


def _scramble(part: bytes, factor: int, bits: int, other: int) -> int:
    return _rotate(int.from_bytes(part, "little") * factor & _MASK, bits) * other & _MASK


def _rotate(value: int, bits: int) -> int:
    return (value << bits | value >> 32 - bits) & _MASK


def _mix(first: int, second: int) -> tuple[int, int]:
    first = (first + second) & _MASK
    return first, (second + first) & _MASK


def _finish(value: int) -> int:
    value = (value ^ value >> 16) * 0x85EBCA6B & _MASK
    value = (value ^ value >> 13) * 0xC2B2AE35 & _MASK
    return value ^ value >> 16
