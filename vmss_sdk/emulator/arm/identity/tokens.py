"""Access tokens: JSON web tokens signed with RS256, in the shape of Entra's v1.0 tokens, which are ARM's."""

from __future__ import annotations

import base64
import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.emulator.arm.identity.principal import Kind

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    from vmss_sdk.emulator.arm.identity.principal import Principal

__all__ = ["BadTokenError", "Claims", "Signer", "new_key"]

_ALGORITHM = "RS256"
_BITS = 2048
_LAST_MOMENT = 253402300799  # 9999-12-31
_BACKDATED = 300  # as Entra's are, for clocks that are behind
_REQUIRED = ["aud", "iss", "exp", "nbf", "oid", "tid"]


class BadTokenError(Exception):
    """A text is no token that this key has signed."""


def new_key() -> bytes:
    """A new signing key, as PEM.

    Raises:
        ImportError: cryptography is not installed.
    """
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@attrs.frozen
class Claims:
    """What a token that was verified says.

    Attributes:
        object_id: Of the principal it was given to.
        audience: For whom it is.
        not_before: When it begins to count, in seconds since 1970-01-01 UTC.
        expires_on: When it ceases to.
    """

    object_id: str
    audience: str
    not_before: float
    expires_on: float


class Signer:
    """Signs tokens for one tenant, and tells its own from others.

    Args:
        tenant_id: The tenant.
        key: An RSA key as PEM.
    """

    def __init__(self, tenant_id: str, key: bytes) -> None:
        self._tenant_id = tenant_id
        self._pem = key

    @property
    def issuer(self) -> str:
        """Who gave the tokens, as v1.0 tokens say it, whatever address the service has."""
        return f"https://sts.windows.net/{self._tenant_id}/"

    @cached_property
    def _key(self) -> RSAPrivateKey:
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        key = load_pem_private_key(self._pem, None)
        if not isinstance(key, RSAPrivateKey):
            raise TypeError("expected an RSA key")
        return key

    def check(self) -> None:
        """See to it that the key is one.

        Raises:
            ValueError: It is not.
            ImportError: cryptography or PyJWT is not installed.
        """
        import jwt  # noqa: F401  # better missed now than in the middle of a request

        try:
            _ = self._key
        except TypeError as error:
            raise ValueError(str(error)) from None

    @cached_property
    def public_key(self) -> dict[str, str]:
        """The key by which everybody can verify, as a JSON web key."""
        numbers = self._key.public_key().public_numbers()
        modulus, exponent = _number(numbers.n), _number(numbers.e)
        # RFC 7638: the name of a key is the hash of its required members in this order
        thumbprint = hashlib.sha256(f'{{"e":"{exponent}","kty":"RSA","n":"{modulus}"}}'.encode()).digest()
        return {"kty": "RSA", "use": "sig", "kid": _text(thumbprint), "n": modulus, "e": exponent}

    def sign(self, principal: Principal, audience: str, now: float, lifetime: int, token_id: str) -> str:
        """A token for a principal.

        Args:
            principal: To whom it is given.
            audience: For whom it is.
            now: The present moment, in seconds since 1970-01-01 UTC.
            lifetime: How long it counts, in seconds.
            token_id: What tells it from all others.
        """
        import jwt

        begins = int(now) - _BACKDATED
        claims: dict[str, Any] = {
            "aud": audience,
            "iss": self.issuer,
            "iat": begins,
            "nbf": begins,
            "exp": int(now) + lifetime,
            "appid": principal.client_id,
            "appidacr": "2" if principal.kind is Kind.MANAGED_IDENTITY else "1",
            "idp": self.issuer,
            "idtyp": "app",
            "oid": principal.object_id,
            "sub": principal.object_id,
            "tid": self._tenant_id,
            "uti": token_id,
            "ver": "1.0",
        }
        kid = self.public_key["kid"]
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM, headers={"kid": kid, "x5t": kid})

    def verify(self, token: str) -> Claims:
        """What a token says, whether it has expired or not.

        Raises:
            BadTokenError: It is none, or another key has signed it.
        """
        import jwt

        # times are the caller's business, and so is the audience
        unchecked: Any = {f"verify_{name}": False for name in ("exp", "nbf", "iat", "aud", "sub")}
        unchecked["require"] = _REQUIRED
        try:
            claims = jwt.decode(
                token,
                self._key.public_key(),
                algorithms=[_ALGORITHM],
                issuer=self.issuer,
                options=unchecked,
            )
        except (jwt.PyJWTError, ValueError, TypeError):
            raise BadTokenError from None
        if claims["tid"] != self._tenant_id:
            raise BadTokenError
        return Claims(
            str(claims["oid"]), str(claims["aud"]), _numeric_date(claims["nbf"]), _numeric_date(claims["exp"])
        )


def _numeric_date(value: object) -> float:
    """Seconds since 1970-01-01 UTC; a JSON number (RFC 7519, 2), of a moment that a calendar has.

    Raises:
        BadTokenError: It is not.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LAST_MOMENT:
        raise BadTokenError
    return float(value)


def _number(value: int) -> str:
    return _text(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
