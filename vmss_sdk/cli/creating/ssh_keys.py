"""Pairs of SSH keys in files."""

import os
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

__all__ = ["public_key_for"]

_BITS = 3072
_PRIVATE = (serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption())


def public_key_for(private: Path, public: Path, kind: str) -> str:
    """The public key of a private one, which is made when it is not there.

    Args:
        private: Its file; only its owner can read it.
        public: Where the public key is written.
        kind: ``RSA`` or ``Ed25519``.

    Returns:
        The public key as OpenSSH writes it.
    """
    key = _read(private) if private.exists() else _made(private, kind)
    openssh = serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    text: str = key.public_key().public_bytes(*openssh).decode()
    public.write_text(f"{text}\n", encoding="utf-8")
    return text


def _read(private: Path) -> Any:
    text = private.read_bytes()
    if b"OPENSSH" in text:
        return serialization.load_ssh_private_key(text, None)
    return serialization.load_pem_private_key(text, None)


def _made(private: Path, kind: str) -> Any:
    key: Any = (
        ed25519.Ed25519PrivateKey.generate()
        if kind == "Ed25519"
        else rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    )
    private.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.private_bytes(*_PRIVATE))
    return key
