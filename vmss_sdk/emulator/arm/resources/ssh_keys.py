"""Pairs of SSH keys (Microsoft.Compute/sshPublicKeys)."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm import request_body
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.address import Address
from vmss_sdk.emulator.arm.resources.store import Resource

__all__ = ["generate"]

_BITS = 3072
_KINDS = {"": "RSA", "rsa": "RSA", "ed25519": "Ed25519"}


def generate(call: Call, address: Address, found: Resource) -> Reply:
    """Make a pair of keys; the public one is kept in the resource, the private one is told this once.

    Raises:
        ArmError: ``encryptionType`` is neither RSA nor Ed25519, or the package that makes keys is not installed.
    """
    body = request_body.read_any(call.request) if call.request.body else {}
    given = str(body.get("encryptionType") or "")
    if given.lower() not in _KINDS:
        raise ArmError.of(
            ErrorReason.INVALID_BODY, why=f"Expected RSA or Ed25519 as 'encryptionType', found '{given}'."
        )
    # the private one is told once, and nowhere kept
    private: list[str] = []

    def make() -> str:
        made, secret = _pair(_KINDS[given.lower()])
        private.append(secret)
        return made

    public = call.state.draw(make)
    call.state.resources.patch(address, found, {"properties": {"publicKey": public}}, call.state.now)
    return Reply(200, {"publicKey": public, "privateKey": "".join(private), "id": found.id})


def _pair(kind: str) -> tuple[str, str]:
    """A public key as OpenSSH writes it, and its private key as PEM."""
    try:
        from cryptography.hazmat.primitives import serialization  # of the extra [server]
        from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
    except ImportError:
        why = "The emulator makes keys with the package cryptography: pip install 'vmss-sdk[server]'."
        raise ArmError.of(ErrorReason.INVALID_BODY, why=why) from None
    pem, openssh = serialization.Encoding.PEM, serialization.Encoding.OpenSSH
    key: Any
    if kind == "RSA":
        key, form = rsa.generate_private_key(65537, _BITS), serialization.PrivateFormat.TraditionalOpenSSL
    else:
        key, form = ed25519.Ed25519PrivateKey.generate(), serialization.PrivateFormat.OpenSSH
    public: str = key.public_key().public_bytes(openssh, serialization.PublicFormat.OpenSSH).decode()
    private: str = key.private_bytes(pem, form, serialization.NoEncryption()).decode()
    return f"{public} generated-by-azure", private
