"""Principals: who may do what, and where."""

from __future__ import annotations

import re
import secrets
import uuid
from enum import StrEnum

import attrs

from vmss_sdk.emulator.arm.identity.roles import built_in

__all__ = ["EVERYWHERE", "Kind", "Principal", "Role", "checked_name", "checked_scope", "is_within", "role_of"]

EVERYWHERE = "/"
"""The scope of whoever may act in every subscription."""

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?", re.ASCII)
_SCOPE = re.compile(
    r"/|/subscriptions/[^/]+(?:/resourceGroups/[^/]+(?:/providers/[^/]+(?:/[^/]+/[^/]+)+)?)?", re.IGNORECASE
)


class Role(StrEnum):
    """What a principal is given with its name: a role that does not belong to one service (Azure RBAC, "general")."""

    OWNER = "Owner"
    CONTRIBUTOR = "Contributor"
    READER = "Reader"
    NONE = "None"
    """No role: it may do what role assignments over REST allow it, and nothing else."""


class Kind(StrEnum):
    """How a principal gets its tokens."""

    SERVICE_PRINCIPAL = "ServicePrincipal"
    MANAGED_IDENTITY = "ManagedIdentity"


def role_of(text: str) -> str:
    """The role that a text names, in any case: a `Role`, or another built-in role by its name.

    Raises:
        ValueError: It names none.
    """
    found = next((role for role in Role if role.lower() == text.lower()), None)
    if found is not None:
        return found
    other = built_in(text)
    if other is None:
        raise ValueError(f"'{text}' is no role: expected {', '.join(Role)} or the name of another built-in role")
    return other.name


def checked_scope(text: str) -> str:
    """A scope without a slash at its end.

    Raises:
        ValueError: It is none.
    """
    scope = text.rstrip("/") or EVERYWHERE
    if not _SCOPE.fullmatch(scope):
        raise ValueError(
            f"'{text}' is no scope: expected '/', '/subscriptions/ID' or '/subscriptions/ID/resourceGroups/NAME'"
        )
    return scope


def checked_name(text: str) -> str:
    """The name of a principal; files are named after it.

    Raises:
        ValueError: It cannot be one.
    """
    if not _NAME.fullmatch(text):
        raise ValueError(
            f"'{text}' is no name for a principal: expected up to 64 lower-case letters, digits, '-' or '_', beginning"
            " and ending with a letter or digit"
        )
    return text


def is_within(inner: str, outer: str) -> bool:
    """Whether a scope, or a resource, is the other one or lies in it."""
    inner, outer = inner.lower().rstrip("/"), outer.lower().rstrip("/")
    return inner == outer or inner.startswith(f"{outer}/")


@attrs.frozen(kw_only=True)
class Principal:
    """A service principal or a managed identity, with the role that it was given with its name.

    Attributes:
        name: By which people know it.
        client_id: The application's id, which tokens carry as ``appid``.
        object_id: Its own id in the directory, which tokens carry as ``oid``.
        secret: Its client secret; empty for a managed identity. Never shown.
        role: What it may do.
        scope: Where: `EVERYWHERE`, a subscription, a resource group or a resource.
        kind: How it gets its tokens.
    """

    name: str = attrs.field(converter=checked_name)
    client_id: str
    object_id: str
    secret: str = attrs.field(default="", repr=False)
    role: str = attrs.field(default=Role.CONTRIBUTOR, converter=role_of)
    scope: str = attrs.field(default=EVERYWHERE, converter=checked_scope)
    kind: Kind = attrs.field(default=Kind.SERVICE_PRINCIPAL, converter=Kind)

    @classmethod
    def new(
        cls,
        name: str,
        role: str = Role.CONTRIBUTOR,
        scope: str = EVERYWHERE,
        *,
        secret: str | None = None,
        kind: Kind = Kind.SERVICE_PRINCIPAL,
    ) -> Principal:
        """A principal with new ids and, unless one is given, a random secret.

        Raises:
            ValueError: The name, the role or the scope is none.
        """
        if kind is Kind.MANAGED_IDENTITY:
            secret = ""
        return cls(
            name=name,
            client_id=str(uuid.uuid4()),
            object_id=str(uuid.uuid4()),
            # Letters and digits: a secret that begins with `-` is an option to every command line that is given it.
            secret=secrets.token_hex(20) if secret is None else secret,
            role=role,
            scope=scope,
            kind=kind,
        )

    def may(self, action: str, scope: str) -> bool:
        """Whether it may do something there; actions are written as Azure's, such as ``…/virtualMachines/read``."""
        return is_within(scope, self.scope) and self.has_right(action)

    def has_right(self, action: str) -> bool:
        """Whether its role includes an action, wherever that would be.

        Source: Azure RBAC, built-in roles.
        """
        role = built_in(self.role)
        return role is not None and role.allows(action)

    def has_secret(self, secret: str) -> bool:
        """Whether this is its secret."""
        return bool(self.secret) and secrets.compare_digest(self.secret.encode(), secret.encode())
