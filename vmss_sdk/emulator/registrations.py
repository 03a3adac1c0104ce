"""The directory that outlives the server: its tenant, its signing key and its principals, as files of one user."""

from __future__ import annotations

import secrets
import uuid
from functools import partial
from typing import Any

import attrs

from vmss_sdk import wire
from vmss_sdk.data_directory import OWNER_SECRET_FILE
from vmss_sdk.emulator.arm.identity.directory import Directory, default_principals
from vmss_sdk.emulator.arm.identity.principal import Principal, checked_name, checked_scope, role_of
from vmss_sdk.emulator.arm.identity.tokens import new_key
from vmss_sdk.emulator.data_directory import DataDirectory, DataDirectoryError

__all__ = ["PrincipalSpec", "open_directory"]

_TENANT = "tenant.json"
_KEY = "signing.key.pem"
_PRINCIPALS = "principals"
_ENDING = ".json"
_MEMBERS = {
    "name": "name",
    "clientId": "client_id",
    "objectId": "object_id",
    "secret": "secret",
    "role": "role",
    "scope": "scope",
    "kind": "kind",
}


@attrs.frozen
class PrincipalSpec:
    """A principal as it is asked for on a command line.

    Attributes:
        name: Its name.
        role: What it may do.
        scope: Where.
    """

    name: str
    role: str
    scope: str

    @classmethod
    def parse(cls, text: str) -> PrincipalSpec:
        """Read ``NAME=ROLE`` or ``NAME=ROLE@SCOPE``.

        Raises:
            ValueError: It is not in that form, or a part of it is not what it should be.
        """
        name, found, rest = text.partition("=")
        role, _, scope = rest.partition("@")
        if not (found and name and role):
            raise ValueError(
                f"'{text}' describes no principal: expected NAME=ROLE or NAME=ROLE@SCOPE, for example"
                " ops=Reader@/subscriptions/ID/resourceGroups/rg"
            )
        return cls(checked_name(name), str(role_of(role)), checked_scope(scope or "/"))


def open_directory(
    data_directory: DataDirectory, principals: tuple[PrincipalSpec, ...] = (), **options: Any
) -> Directory:
    """The directory that is kept in a folder; what is missing there is made.

    Args:
        data_directory: The folder.
        principals: Those that it has to have; one that is there gets this role and scope, and keeps ids and secret.
        **options: Further arguments of `Directory`.

    Raises:
        DataDirectoryError: A file is not what it should be, or cannot be written.
        ImportError: cryptography or PyJWT is not installed.
    """
    tenant = _read(data_directory, _TENANT, data_directory.secret(_TENANT, _new_tenant))
    _keep(data_directory, principals)
    try:
        return Directory(
            tenant_id=_text(tenant, "tenantId"),
            identity_secret=_text(tenant, "identitySecret"),
            owner_secret=data_directory.secret(OWNER_SECRET_FILE, _new_secret).decode("ascii").strip(),
            key=data_directory.secret(_KEY, new_key),
            principals=_load(data_directory),
            **options,
        )
    except (ValueError, TypeError):
        raise DataDirectoryError(
            _broken_error(data_directory, _KEY if tenant.keys() >= {"tenantId", "identitySecret"} else _TENANT)
        ) from None


def _keep(data_directory: DataDirectory, principals: tuple[PrincipalSpec, ...]) -> None:
    for principal in default_principals():
        data_directory.secret(_file(principal.name), partial(_written, principal))
    for spec in principals:
        found = data_directory.read_secret(_file(spec.name))
        if found is None:
            data_directory.secret(_file(spec.name), partial(_written, Principal.new(spec.name, spec.role, spec.scope)))
        else:
            changed = attrs.evolve(_principal(data_directory, spec.name, found), role=spec.role, scope=spec.scope)
            data_directory.replace_secret(_file(spec.name), _written(changed))


def _load(data_directory: DataDirectory) -> list[Principal]:
    contents = {name: data_directory.read_secret(_file(name)) for name in data_directory.names(_PRINCIPALS, _ENDING)}
    return [_principal(data_directory, name, content) for name, content in contents.items() if content is not None]


def _file(name: str) -> str:
    return f"{_PRINCIPALS}/{name}{_ENDING}"


def _new_tenant() -> bytes:
    return wire.encode({"tenantId": str(uuid.uuid4()), "identitySecret": secrets.token_hex(16)})


def _new_secret() -> bytes:
    return secrets.token_urlsafe(32).encode()


def _written(principal: Principal) -> bytes:
    return wire.encode({member: str(getattr(principal, name)) for member, name in _MEMBERS.items()})


def _principal(data_directory: DataDirectory, name: str, content: bytes) -> Principal:
    document = _read(data_directory, _file(name), content)
    try:
        return Principal(**{attribute: _text(document, member) for member, attribute in _MEMBERS.items()})
    except (ValueError, TypeError):
        raise DataDirectoryError(_broken_error(data_directory, _file(name))) from None


def _read(data_directory: DataDirectory, name: str, content: bytes) -> dict[str, Any]:
    try:
        document = wire.decode(content)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise DataDirectoryError(_broken_error(data_directory, name))
    return document


def _text(document: dict[str, Any], member: str) -> str:
    value = document.get(member)
    if not isinstance(value, str):
        raise TypeError(member)
    return value


def _broken_error(data_directory: DataDirectory, name: str) -> str:
    path = data_directory.folder / name
    return f"'{path}' is not what it should be. Delete the file: a new one is made at the next start"
