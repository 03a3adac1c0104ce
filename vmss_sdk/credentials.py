"""Who is asking: credentials by protocol, and the tokens they give.

Any object with azure-identity's ``get_token`` works unchanged; nothing of azure-identity is needed here.
"""

import threading
from typing import Any, Protocol, runtime_checkable

import attrs

from vmss_sdk.errors import ClientUsageError, CredentialError, InsecureTransportError
from vmss_sdk.transport.base import Clock
from vmss_sdk.transport.origin import Origin

__all__ = ["AccessToken", "BearerTokens", "EmulatorCredential", "StaticTokenCredential", "TokenCredential"]

_REFRESH_BEFORE = 300.0
_JITTER = 60.0
_NEVER = 253402300799.0  # 9999-12-31


class TokenLike(Protocol):
    """What a credential returns: azure-core's AccessToken is one."""

    @property
    def token(self) -> str:
        """The bearer token."""

    @property
    def expires_on(self) -> int | float:
        """Seconds since 1970-01-01 UTC."""


@runtime_checkable
class TokenCredential(Protocol):
    """Gives tokens for scopes. Every credential of azure-identity is one.

    A credential that also has ``get_token_info(*scopes)`` is asked by that.
    """

    def get_token(self, *scopes: str, **options: Any) -> TokenLike:
        """A token that is valid for these scopes."""


@attrs.frozen
class AccessToken:
    """A bearer token; its text is never shown.

    Attributes:
        token: The token itself.
        expires_on: Seconds since 1970-01-01 UTC.
    """

    token: str = attrs.field(repr=False)
    expires_on: float = _NEVER


def _sendable(token: str) -> str:
    if not (token and token.isascii() and token.isprintable()) or " " in token:
        raise ClientUsageError(
            "a token must be non-empty ASCII text without blanks and line breaks (it is not shown here)"
        )
    return token


class StaticTokenCredential:
    """A credential for a token that was fetched elsewhere, for example by ``az account get-access-token``.

    Args:
        token: The bearer token, without the word ``Bearer``.
        expires_on: Seconds since 1970-01-01 UTC; by default never, then the service says when it is too old.

    Raises:
        ClientUsageError: The token is empty or cannot be a header value.
    """

    def __init__(self, token: str, expires_on: float | None = None) -> None:
        self._token = AccessToken(_sendable(token), _NEVER if expires_on is None else expires_on)

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:  # noqa: ARG002
        """The token, whatever the scopes."""
        return self._token


class EmulatorCredential:
    """A credential for an emulator that wants to see a token, but does not look at it.

    Unmodified Azure clients need some credential object; give them this one.
    """

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:  # noqa: ARG002
        """A token that is no secret and opens nothing."""
        return AccessToken("emulator")


class BearerTokens:
    """The Authorization header for one endpoint: fetched once, renewed five minutes before its token ends.

    Threads that need a new token at the same time cause one call of the credential.

    Args:
        credential: Who gives the tokens.
        endpoint: Where they are sent.
        audience: Whom they are for; None takes the endpoint itself, which is right for every Azure cloud.
        clock: By which tokens age.

    Raises:
        InsecureTransportError: The endpoint is plain HTTP on another machine.
        ClientUsageError: The credential has no ``get_token``.
    """

    def __init__(
        self, credential: TokenCredential, endpoint: Origin, clock: Clock, audience: str | None = None
    ) -> None:
        if not endpoint.is_private:
            raise InsecureTransportError(
                f"a token must not travel to {endpoint} over plain HTTP, where anybody on the way can read it;"
                " use https, or leave the credential out"
            )
        if not callable(getattr(credential, "get_token", None)):
            raise ClientUsageError(
                f"a credential needs a method get_token(*scopes), {type(credential).__name__} has none"
            )
        self._credential = credential
        self._scope = f"{(audience or str(endpoint)).rstrip('/')}/.default"
        self._clock = clock
        self._lock = threading.Lock()
        self._header = ""
        self._refresh_at = self._expires_on = float("-inf")

    @property
    def scope(self) -> str:
        """What tokens are asked for."""
        return self._scope

    def header(self) -> str:
        """The value of the Authorization header.

        Raises:
            CredentialError: The credential failed, and the last token has expired.
        """
        if self._clock.now() >= self._refresh_at:
            with self._lock:
                if self._clock.now() >= self._refresh_at:
                    self._renew()
        return self._header

    def _renew(self) -> None:
        try:
            token = self._fetch()
        except Exception as error:
            if self._clock.now() < self._expires_on:
                return  # still good for minutes: the next call tries again
            raise CredentialError(
                f"the credential {type(self._credential).__name__} gave no token for the scope {self._scope}"
            ) from error
        self._header = f"Bearer {_sendable(token.token)}"
        self._expires_on = float(token.expires_on)
        self._refresh_at = self._expires_on - _REFRESH_BEFORE - _jitter()

    def _fetch(self) -> TokenLike:
        fetch = getattr(self._credential, "get_token_info", None) or self._credential.get_token
        token: TokenLike = fetch(self._scope)
        return token


def _jitter() -> float:
    import random

    return random.uniform(0.0, _JITTER)
