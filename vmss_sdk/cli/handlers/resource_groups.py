"""Resource groups."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.cli.handlers.key_values import key_values
from vmss_sdk.cli.running import Begun

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vmss_sdk.cli.call import Call

__all__ = ["create", "delete", "exists", "list_all", "show"]


def create(call: Call) -> Any:
    """Make it.

    Raises:
        CommandError: No region was named.
    """
    region = call.args.location or os.environ.get("AZURE_DEFAULTS_LOCATION")
    if not region:
        raise CommandError("the following arguments are required: --location/-l", 2)
    return call.client.resource_groups.create_or_update(
        call.resource_group, region, tags=key_values("--tags", call.args.tags)
    )


def show(call: Call) -> Any:
    """One."""
    return call.client.resource_groups.get(call.resource_group)


def list_all(call: Call) -> Any:
    """All, or those with a tag."""
    groups, wanted = call.client.resource_groups.list(), call.args.tag
    return [group for group in groups if _has(group.tags or {}, wanted)] if wanted else groups


def _has(tags: Mapping[str, str], wanted: str) -> bool:
    name, equals, value = wanted.partition("=")
    return name in tags and (not equals or tags[name] == value)


def exists(call: Call) -> bool:
    """Whether it is there."""
    return call.client.resource_groups.exists(call.resource_group)


def delete(call: Call) -> Begun:
    """Delete it with all that is in it."""
    call.confirm(f"This deletes the resource group '{call.resource_group}' with all that is in it. Go on?")
    return Begun(call.client.resource_groups.delete(call.resource_group), f"deletion of '{call.resource_group}'")
