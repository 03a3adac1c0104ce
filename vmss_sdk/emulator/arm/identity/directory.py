"""The directory: a tenant with its principals, which gives tokens and knows them again."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import attrs

from vmss_sdk.emulator.arm.identity.principal import Kind, Principal, Role
from vmss_sdk.emulator.arm.identity.tokens import Claims, Signer, new_key
from vmss_sdk.emulator.arm.names import ServerNames
from vmss_sdk.transport.base import Clock, WallClock

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["AZURE_AUDIENCES", "DEFAULT_LIFETIME", "OWNER", "Directory", "Token", "default_principals"]

AZURE_AUDIENCES = (
    "https://management.core.windows.net/",
    "https://management.core.windows.net",
    "https://management.azure.com/",
    "https://management.azure.com",
)
"""The audiences of Azure's own ARM, in the order in which its error names them."""

DEFAULT_LIFETIME = 3600
"""Seconds; Entra gives tokens 60 to 90 minutes."""

OWNER = Principal(
    name="data-directory-owner",
    client_id="00000000-0000-0000-0000-000000000001",
    object_id="00000000-0000-0000-0000-000000000001",
    role=Role.OWNER,
)
"""Who shows the secret of the data directory; it is none of the principals."""

_REMEMBERED = 1000


def default_principals() -> tuple[Principal, ...]:
    """Those that every new directory has: one who may change things, one who may look, one without a secret."""
    return (
        Principal.new("contributor", Role.CONTRIBUTOR),
        Principal.new("reader", Role.READER),
        Principal.new("managed-identity", Role.CONTRIBUTOR, kind=Kind.MANAGED_IDENTITY),
    )


def _by_name(principals: Iterable[Principal]) -> dict[str, Principal]:
    return {principal.name: principal for principal in principals}


@attrs.frozen
class Token:
    """A token that was given.

    Attributes:
        text: The token; never shown.
        audience: For whom it is.
        not_before: In seconds since 1970-01-01 UTC.
        expires_on: In seconds since 1970-01-01 UTC.
        expires_in: Seconds.
    """

    text: str = attrs.field(repr=False)
    audience: str
    not_before: int
    expires_on: int
    expires_in: int


@attrs.define(kw_only=True, eq=False)
class Directory:
    """A tenant.

    Attributes:
        tenant_id: Its id.
        identity_secret: What a client must know to get tokens of a managed identity in the ways of App Service and
            Azure ML; never shown.
        owner_secret: What the owner of the data directory may show instead of a token; it opens everything. Empty:
            there is none. Never shown.
        key: The RSA key that signs, as PEM; never shown.
        names: Host names and addresses under which the service is reached besides this machine's; tokens for these
            are accepted as well as those for Azure.
        is_local: Whether only this machine can reach it. Only there is an instance metadata endpoint, as in Azure.
        lifetime: Of tokens, in seconds.
        clock: By which tokens age: real time, whatever the emulator's clock does, because clients compare with theirs.
    """

    tenant_id: str = attrs.field(factory=lambda: str(uuid.uuid4()))
    identity_secret: str = attrs.field(factory=lambda: secrets.token_hex(16), repr=False)
    owner_secret: str = attrs.field(default="", repr=False)
    key: bytes = attrs.field(factory=new_key, repr=False)
    names: tuple[str, ...] = ()
    is_local: bool = True
    lifetime: int = DEFAULT_LIFETIME
    clock: Clock = attrs.field(factory=WallClock, repr=False)
    _principals: dict[str, Principal] = attrs.field(factory=default_principals, converter=_by_name, alias="principals")
    _signer: Signer = attrs.field(init=False, repr=False)
    _seen: dict[str, Claims] = attrs.field(init=False, factory=dict, repr=False)

    def __attrs_post_init__(self) -> None:
        self._signer = Signer(self.tenant_id, self.key)
        self._signer.check()

    @property
    def principals(self) -> Iterator[Principal]:
        """All of them."""
        return iter(list(self._principals.values()))

    @property
    def public_key(self) -> dict[str, str]:
        """The key by which everybody can verify its tokens, as a JSON web key."""
        return self._signer.public_key

    @property
    def issuer(self) -> str:
        """The issuer in its tokens."""
        return self._signer.issuer

    def add(self, principal: Principal) -> None:
        """Take a principal in; one of the same name makes way."""
        self._principals[principal.name] = principal

    def remove(self, name: str) -> bool:
        """Remove a principal: its tokens stay valid and open nothing. False when there is none of that name."""
        return self._principals.pop(name, None) is not None

    def named(self, name: str) -> Principal | None:
        """The principal of that name."""
        return self._principals.get(name)

    def application(self, client_id: str) -> Principal | None:
        """The service principal of an application."""
        found = (item for item in self.principals if item.kind is Kind.SERVICE_PRINCIPAL)
        return next((item for item in found if item.client_id == client_id.lower()), None)

    def is_owner_secret(self, text: str) -> bool:
        """Whether this is what only the owner of the data directory can know."""
        return bool(self.owner_secret) and secrets.compare_digest(text.encode(), self.owner_secret.encode())

    def holder(self, claims: Claims) -> Principal:
        """The principal that a token was given to; if it is gone, one that may do nothing anywhere."""
        found = next((item for item in self.principals if item.object_id == claims.object_id), None)
        return found or Principal(
            name="removed", client_id=claims.object_id, object_id=claims.object_id, role=Role.NONE
        )

    def give(self, principal: Principal, audience: str) -> Token:
        """A token for a principal."""
        now = int(self.clock.now())
        text = self._signer.sign(principal, audience, now, self.lifetime, secrets.token_urlsafe(16))
        return Token(text, audience, now, now + self.lifetime, self.lifetime)

    def read(self, token: str) -> Claims:
        """What one of its tokens says, whether it has expired or not.

        Verifying a signature costs more than answering most requests, so what was verified is remembered.

        Raises:
            BadTokenError: It is none of its tokens.
        """
        found = self._seen.get(token)
        if found is None:
            found = self._signer.verify(token)
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            self._seen[token] = found
        return found

    def accepts(self, audience: str) -> bool:
        """Whether a token for this audience is meant for this service: Azure's ARM, or a name of this server.

        CHOICE: the port does not count; a container's is often another one outside.
        """
        if audience in AZURE_AUDIENCES:
            return True
        try:
            parts = urlsplit(audience)
            host = (parts.hostname or "").lower()
        except ValueError:
            return False
        if parts.scheme not in ("https", "http") or parts.path.strip("/") or parts.query:
            return False
        return ServerNames(self.names).include(host)
