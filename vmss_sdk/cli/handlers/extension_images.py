"""The catalogue of extensions: publishers, their handlers, the handlers' versions."""

from __future__ import annotations

import copy
import os
import re
from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.errors import ClientUsageError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable

    from vmss_sdk.cli.call import Call

__all__ = ["list_all", "list_names", "list_versions", "newest", "show"]

_API_VERSION = "2024-11-01"
_LOCATIONS_API_VERSION = "2022-12-01"
_TYPES = ("artifacttypes", "vmextension", "types")
_ID = re.compile(
    r"/subscriptions/(?P<subscription>[^/]+)/providers/Microsoft\.Compute/locations/(?P<location>[^/]+)"
    r"/publishers/(?P<publisher>[^/]+)(?:/artifacttypes/vmextension/types/(?P<name>[^/]+)"
    r"(?:/versions/(?P<version>[^/]+))?)?/?",
    re.IGNORECASE,
)


def list_all(call: Call) -> list[dict[str, Any]]:
    """Publisher, name and version of each; parts of names are enough."""
    args = call.args
    place = args.location or _first_location(call)
    publishers = _matching(_read(call, place, "publishers"), args.publisher)
    return [row for publisher in publishers for row in _of_publisher(call, place, publisher)]


def list_names(call: Call) -> Any:
    """The handlers of a publisher."""
    return _each(call, lambda one: _read(one, *_handlers(one)))


def list_versions(call: Call) -> Any:
    """The versions of a handler."""
    args = call.args
    query = {"$expand": args.expand, "$filter": args.filter, "$orderby": args.orderby, "$top": args.top}
    return _each(call, lambda one: _read(one, *_handlers(one), _name(one), "versions", query=query))


def show(call: Call) -> Any:
    """One version of a handler."""
    return _each(call, _version)


def _version(call: Call) -> dict[str, Any]:
    found = _read(call, *_handlers(call), _name(call), "versions", call.needed("version", "--version"))
    return {**{key: value for key, value in found.items() if key != "properties"}, **found.get("properties", {})}


def _name(call: Call) -> str:
    return call.needed("name", "--name/-n")


def _each(call: Call, act: Callable[[Call], Any]) -> Any:
    """What is found for the arguments, or a list of it for several ids."""
    calls = [_named(call, resource) for resource in call.args.catalogue_ids or ()] or [call]
    found = [act(one) for one in calls]
    return found if len(found) > 1 else found[0]


def _named(call: Call, resource: str) -> Call:
    """The call with the region and names of an id.

    Raises:
        ClientUsageError: It is none of the catalogue of extensions.
    """
    found = _ID.fullmatch(resource)
    if found is None:
        raise ClientUsageError(
            f"--ids: '{resource}' is no id of the catalogue of extensions: expected /subscriptions/ID/providers"
            "/Microsoft.Compute/locations/REGION/publishers/NAME/artifacttypes/vmextension/types/NAME/versions/VERSION"
        )
    args = copy.copy(call.args)
    for name, value in found.groupdict().items():
        if value is not None:
            setattr(args, name, value)
    return call.to(args)


def newest(call: Call, publisher: str, name: str, location: str) -> str:
    """The newest version of a handler.

    Raises:
        CommandError: There is no such handler.
    """
    try:
        found = _read(call, location, "publishers", publisher, *_TYPES, name, "versions")
    except NotFoundError:
        found = []
    versions = [str(one["name"]) for one in found]
    if not versions:
        raise CommandError(f"no version of the extension '{publisher}.{name}' is known in {location}; say --version")
    return max(versions, key=_order)


def _handlers(call: Call) -> tuple[str, ...]:
    """The path of a publisher's handlers below the locations."""
    place = call.args.location or os.environ.get("AZURE_DEFAULTS_LOCATION") or call.needed("location", "--location/-l")
    return (place, "publishers", call.needed("publisher", "--publisher/-p"), *_TYPES)


def _of_publisher(call: Call, place: str, publisher: str) -> list[dict[str, Any]]:
    args, path = call.args, ("publishers", publisher, *_TYPES)
    rows = []
    for name in _matching(_there(call, place, *path), args.name):
        versions = _matching(_there(call, place, *path, name, "versions"), args.version)
        chosen = [max(versions, key=_order)] if args.latest and versions else versions
        rows += [{"publisher": publisher, "name": name, "version": version} for version in chosen]
    return rows


def _there(call: Call, *path: str) -> Any:
    """What is listed there; publishers of images alone have no handlers."""
    try:
        return _read(call, *path)
    except NotFoundError:
        return []


def _matching(found: list[dict[str, Any]], wanted: str | None) -> list[str]:
    names = [str(one["name"]) for one in found]
    return names if wanted is None else [name for name in names if wanted.lower() in name.lower()]


def _order(version: str) -> list[int]:
    return [int(part) if part.isdecimal() else 0 for part in version.split(".")]


def _read(call: Call, location: str, *path: str, query: dict[str, str | None] | None = None) -> Any:
    """What is at this path below the locations of the compute provider."""
    from vmss_sdk.handles._resource import segment

    place = location.lower().replace(" ", "")
    parts = [segment(part, "a name in the catalogue of extensions") for part in (place, *path)]
    base = f"/subscriptions/{call.client.subscription_id}/providers/Microsoft.Compute/locations"
    return call.client.resource("/".join([base, *parts]), api_version=_API_VERSION).get(query)


def _first_location(call: Call) -> str:
    """The first region of the subscription, as in az where none is named."""
    named = os.environ.get("AZURE_DEFAULTS_LOCATION")
    if named:
        return named
    locations = f"/subscriptions/{call.client.subscription_id}/locations"
    found = call.client.resource(locations, api_version=_LOCATIONS_API_VERSION).get()
    return str(found["value"][0]["name"])
