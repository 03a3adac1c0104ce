"""Credentials by protocol, and the tokens they give.

Any object with azure-identity's ``get_token`` works unchanged; nothing of azure-identity is needed here.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import attrs

from vmss_sdk.errors import ClientUsageError, CredentialError, InsecureTransportError
from vmss_sdk.transport.base import Clock
from vmss_sdk.transport.origin import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["AccessToken", "BearerTokens", "EmulatorCredential", "StaticTokenCredential", "TokenCredential"]

_REFRESH_BEFORE = 300.0
_JITTER = 60.0
_TRY_AGAIN = 30.0
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
    """The Authorization header for one endpoint: fetched once, renewed before its token ends.

    That is when the credential says (``refresh_on``), else five minutes before the end; always a little apart from
    other clients. Threads that need a new token at the same time cause one call of the credential, and do not wait for
    it while the old token is good.

    Args:
        credential: Who gives the tokens.
        endpoint: Where they are sent.
        audience: Whom they are for; None takes the endpoint itself.
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
        now = self._clock.now()
        if now >= self._refresh_at and self._lock.acquire(blocking=now >= self._expires_on):
            try:
                if self._clock.now() >= self._refresh_at:
                    self._renew()
            finally:
                self._lock.release()
        return self._header

    def after_refusal(self, headers: Mapping[str, str], refused: str) -> str | None:
        """What to send after a 401: a token that answers the challenge of Continuous Access Evaluation.

        Args:
            headers: Of the 401.
            refused: The Authorization header that was sent.

        Returns:
            The value of the Authorization header to repeat the request with; None when there is no challenge. Then
            the token is forgotten, and the next request asks the credential.

        Raises:
            CredentialError: The credential has no token for the claims.
        """
        claims = demanded_claims(headers)
        with self._lock:
            if self._header == refused:
                self._refresh_at = self._expires_on = float("-inf")
                if claims is not None:
                    self._fetch(claims)
            return None if claims is None else self._header

    def _renew(self) -> None:
        try:
            self._fetch()
        except CredentialError:
            now = self._clock.now()
            if now >= self._expires_on:
                raise
            self._refresh_at = now + _TRY_AGAIN  # still good for minutes

    def _fetch(self, claims: str | None = None) -> None:
        try:
            token = self._requested_token(claims)
            expires_on = float(token.expires_on)
        except Exception as error:
            demand = "" if claims is None else ", with the claims that the service demands"
            raise CredentialError(
                f"the credential {type(self._credential).__name__} gave no token for the scope {self._scope}{demand};"
                f" its {type(error).__name__}, the cause of this error, says why"
            ) from error
        self._header = f"Bearer {_sendable(token.token)}"
        self._expires_on = expires_on
        self._refresh_at = _refresh_time(token, expires_on)

    def _requested_token(self, claims: str | None) -> TokenLike:
        options: dict[str, Any] = {} if claims is None else {"claims": claims}
        newer = getattr(self._credential, "get_token_info", None)
        if newer is None:
            return self._credential.get_token(self._scope, **options)
        token: TokenLike = newer(self._scope, **({"options": options} if options else {}))
        return token


def _refresh_time(token: TokenLike, expires_on: float) -> float:
    said = getattr(token, "refresh_on", None)
    if said is None:
        return expires_on - _REFRESH_BEFORE - _jitter()
    return min(float(said) + _jitter(), expires_on)


def _jitter() -> float:
    import random

    return random.uniform(0.0, _JITTER)


def demanded_claims(headers: Mapping[str, str]) -> str | None:
    """The claims that a 401 demands: ``Bearer …, error="insufficient_claims", claims="<base64>"``; None without them.

    Base64 is read as azure-core reads it: the URL-safe alphabet, padding may be missing.
    """
    import re

    challenges = headers.get("WWW-Authenticate")
    bearer = re.search(r"(?i)(?:^|,)\s*bearer\s+(.*)", challenges) if challenges else None
    if bearer is None:
        return None
    members: dict[str, str] = {}
    for name, quoted, plain in re.findall(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s",]+))', bearer[1]):
        members.setdefault(name.lower(), quoted or plain)
    if members.get("error") != "insufficient_claims":
        return None
    return _from_base64(members.get("claims", ""))


def _from_base64(text: str) -> str | None:
    import base64

    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode() or None
    except ValueError:
        return None
