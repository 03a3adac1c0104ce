"""Shuts content up, so that who has the file but not the key can neither read it nor change it.

Encrypt, then authenticate, out of the hash functions of the standard library: the key stream is SHAKE-256 over a key
and a nonce that is drawn anew for each box, the tag is HMAC-SHA-256 over everything. Both keys are derived from one.
A library would do it too, but the only kept one (cryptography) is part of the server's extra: a state file must work
with what the client needs, and cost its start-up nothing.
"""

import hashlib
import hmac
import secrets

__all__ = ["KEY_BYTES", "BoxError", "fingerprint", "open_box", "shut"]

KEY_BYTES = 32
_NONCE_BYTES = 32
_TAG_BYTES = 32


class BoxError(ValueError):
    """It was shut with another key, or it is damaged."""


def fingerprint(key: bytes) -> str:
    """Tells keys apart, and nothing of them."""
    return _derived(key, b"fingerprint")[:8].hex()


def shut(content: bytes, key: bytes, label: bytes) -> bytes:
    """The content in a box.

    Args:
        content: What nobody else may read.
        key: `KEY_BYTES` random bytes.
        label: What stands on the box, readable; it cannot be changed either.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    hidden = _masked(content, key, nonce)
    return _tag(key, label, nonce, hidden) + nonce + hidden


def open_box(box: bytes, key: bytes, label: bytes) -> bytes:
    """The content of a box.

    Raises:
        BoxError: It was shut with another key, or the box or its label was changed.
    """
    tag, nonce = box[:_TAG_BYTES], box[_TAG_BYTES : _TAG_BYTES + _NONCE_BYTES]
    hidden = box[_TAG_BYTES + _NONCE_BYTES :]
    if not hmac.compare_digest(tag, _tag(key, label, nonce, hidden)):
        raise BoxError("it was shut with another key, or it is damaged")
    return _masked(hidden, key, nonce)


def _tag(key: bytes, label: bytes, nonce: bytes, hidden: bytes) -> bytes:
    length = len(label).to_bytes(8, "big")  # so that nothing can move between the label and the rest
    return hmac.digest(_derived(key, b"tag"), length + label + nonce + hidden, "sha256")


def _masked(content: bytes, key: bytes, nonce: bytes) -> bytes:
    stream = hashlib.shake_256(_derived(key, b"stream") + nonce).digest(len(content))
    mixed = int.from_bytes(content, "little") ^ int.from_bytes(stream, "little")
    return mixed.to_bytes(len(content), "little")


def _derived(key: bytes, purpose: bytes) -> bytes:
    if len(key) != KEY_BYTES:  # a hash function takes any, also an empty one, which shuts nothing
        raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
    return hmac.digest(key, b"vmss_sdk " + purpose, "sha256")
