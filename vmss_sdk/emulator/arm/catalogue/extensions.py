"""The catalogue of extension handlers: types and versions of a publisher.

The table has the handlers that az, Az.PowerShell, Azure's documentation and public templates use. CHOICE: of a handler
whose full version no recorded answer shows, one of the documented major and minor version.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from vmss_sdk.emulator.arm import data
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.replies import Reply

__all__ = ["get_version", "handler_publishers", "list_types", "list_versions"]

Document = dict[str, Any]


@cache
def _table() -> tuple[Document, ...]:
    return tuple(data.load("extension_handlers"))


def handler_publishers(call: Call) -> list[str]:
    """The publishers of handlers, those of the table first."""
    return [publisher for publisher, _, _ in _handlers(call)]


def list_types(call: Call) -> Reply:
    """The handlers of a publisher."""
    wanted = call.values["publisherName"].lower()
    names: dict[str, str] = {}
    for publisher, kind, _ in _handlers(call):
        if publisher.lower() == wanted:
            names.setdefault(kind.lower(), kind)
    return Reply(200, [_entry(call, names[key]) for key in sorted(names)])


def list_versions(call: Call) -> Reply:
    """The versions of a handler, oldest first."""
    return Reply(200, [_entry(call, version) for version in _versions(call)])


def get_version(call: Call) -> Reply:
    """One version of a handler.

    Raises:
        ArmError: There is no such version.
    """
    publisher, kind, version = (call.values[name] for name in ("publisherName", "type", "version"))
    if version not in _versions(call):
        raise ArmError.of(ErrorReason.HANDLER_NOT_FOUND, publisher=publisher, kind=kind, version=version)
    row = next((row for row in _table() if _is(row, publisher, kind)), None)
    system = row["os"] if row else "Linux"
    properties = {
        "operatingSystem": system,
        "computeRole": "IaaS",
        "vmScaleSetEnabled": True,
        "supportsMultipleExtensions": False,
    }
    return Reply(200, {**_entry(call), "name": version, "properties": properties})


def _handlers(call: Call) -> list[tuple[str, str, list[str]]]:
    """Publisher, type and versions of each handler: the table's, then those that were published."""
    published = [handler.rpartition(".") for handler in call.state.handlers.newest]
    rows = [(row["publisher"], row["type"], list(row["versions"])) for row in _table()]
    return [*rows, *((publisher, kind, []) for publisher, _, kind in published)]


def _versions(call: Call) -> list[str]:
    publisher, kind = call.values["publisherName"], call.values["type"]
    row = next((row for row in _table() if _is(row, publisher, kind)), None)
    versions = list(row["versions"]) if row else []
    newest = call.state.handlers.newest.get(f"{publisher}.{kind}".lower())
    return versions if newest is None else [*(one for one in versions if one != newest), newest]


def _is(row: Document, publisher: str, kind: str) -> bool:
    return (row["publisher"].lower(), row["type"].lower()) == (publisher.lower(), kind.lower())


def _entry(call: Call, name: str = "") -> Document:
    return {"location": call.values["location"], "name": name, "id": f"{call.url.path}/{name}".rstrip("/")}
