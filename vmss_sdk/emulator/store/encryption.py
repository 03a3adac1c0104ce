"""Authenticated encryption: without the key, content can neither be read nor changed unnoticed.

Encrypt, then authenticate, out of the hash functions of the standard library: the key stream is SHAKE-256 over a key
and a nonce that is new for each message, the tag is HMAC-SHA-256 over everything. Both keys are derived from one. The
maintained library for this (cryptography) is part of the server's extra only: a state file must work with what the
client depends on, without making its start slower.
"""

import hashlib
import hmac
import secrets

__all__ = ["KEY_BYTES", "DecryptionError", "decrypt", "encrypt", "fingerprint"]

KEY_BYTES = 32
_NONCE_BYTES = 32
_TAG_BYTES = 32


class DecryptionError(ValueError):
    """The content was encrypted with another key, or it is damaged."""


def fingerprint(key: bytes) -> str:
    """A short text that tells keys apart and discloses nothing of them."""
    return _derived_key(key, b"fingerprint")[:8].hex()


def encrypt(content: bytes, key: bytes, label: bytes) -> bytes:
    """Encrypt and authenticate content.

    Args:
        content: What nobody else may read.
        key: `KEY_BYTES` random bytes.
        label: Authenticated with the content, but not encrypted.

    Returns:
        Tag, nonce and ciphertext.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    ciphertext = _xor_key_stream(content, key, nonce)
    return _tag(key, label, nonce, ciphertext) + nonce + ciphertext


def decrypt(message: bytes, key: bytes, label: bytes) -> bytes:
    """Decrypt what `encrypt` returned.

    Raises:
        DecryptionError: It was encrypted with another key, or the message or its label was changed.
    """
    tag, nonce = message[:_TAG_BYTES], message[_TAG_BYTES : _TAG_BYTES + _NONCE_BYTES]
    ciphertext = message[_TAG_BYTES + _NONCE_BYTES :]
    if not hmac.compare_digest(tag, _tag(key, label, nonce, ciphertext)):
        raise DecryptionError("it was encrypted with another key, or it is damaged")
    return _xor_key_stream(ciphertext, key, nonce)


def _tag(key: bytes, label: bytes, nonce: bytes, ciphertext: bytes) -> bytes:
    length = len(label).to_bytes(8, "big")  # so that nothing can move between the label and the rest
    return hmac.digest(_derived_key(key, b"tag"), length + label + nonce + ciphertext, "sha256")


def _xor_key_stream(content: bytes, key: bytes, nonce: bytes) -> bytes:
    stream = hashlib.shake_256(_derived_key(key, b"stream") + nonce).digest(len(content))
    mixed = int.from_bytes(content, "little") ^ int.from_bytes(stream, "little")
    return mixed.to_bytes(len(content), "little")


def _derived_key(key: bytes, purpose: bytes) -> bytes:
    if len(key) != KEY_BYTES:  # a hash function takes any, also an empty one, which protects nothing
        raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
    return hmac.digest(key, b"vmss_sdk " + purpose, "sha256")
