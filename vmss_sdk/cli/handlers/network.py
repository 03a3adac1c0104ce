"""Handlers for network resources of instances; these have no models here and are shaped as az shapes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.handlers.pages import page

if TYPE_CHECKING:
    from vmss_sdk.cli.call import Call
    from vmss_sdk.handles.any_resource import AnyResource

__all__ = ["addresses", "list_all", "list_of_instance", "show"]

# The versions that az 2.91 asks for.
_INTERFACES, _ADDRESSES = "2023-09-01", "2018-10-01"


def list_all(call: Call) -> Any:
    """The interfaces of all instances."""
    return page(call, map(_flat, _at(call, _INTERFACES, "networkInterfaces").list()))


def list_of_instance(call: Call) -> Any:
    """Those of one."""
    return page(call, map(_flat, _at(call, _INTERFACES, *_instance(call), "networkInterfaces").list()))


def show(call: Call) -> Any:
    """One."""
    name = call.needed("name", "--name/-n")
    found = _at(call, _INTERFACES, *_instance(call), "networkInterfaces", name)
    return _flat(found.get({"$expand": call.args.expand}))


def addresses(call: Call) -> Any:
    """The public addresses."""
    return [_flat(found) for found in _at(call, _ADDRESSES, "publicIPAddresses").list()]


def _instance(call: Call) -> tuple[str, str]:
    return "virtualMachines", call.needed("instance_id", "--instance-id")


def _at(call: Call, api_version: str, *parts: str) -> AnyResource:
    return call.client.resource("/".join([call.scale_set.id, *parts]), api_version=api_version)


def _flat(document: Any) -> Any:
    """Without ``properties``: nothing in these documents has members that are somebody's own."""
    if isinstance(document, list):
        return [_flat(one) for one in document]
    if not isinstance(document, dict):
        return document
    inner = document.get("properties")
    merged = {**document, **inner} if isinstance(inner, dict) else document
    return {name: _flat(value) for name, value in merged.items() if value is not inner}
