"""Regions: a few that are listed with their zones; any other name is accepted too."""

from __future__ import annotations

from functools import cache
from typing import Any

from vmss_sdk.emulator.arm import data
from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.replies import Reply

__all__ = ["display_names", "list_all", "regions", "zones_of"]

Document = dict[str, Any]


def list_all(call: Call) -> Reply:
    """The regions of a subscription."""
    return Reply(200, {"value": [_document(call.subscription_id, region) for region in regions()]})


@cache
def regions() -> tuple[Document, ...]:
    """The rows of the table of regions."""
    return tuple(data.load("locations"))


def display_names() -> list[str]:
    """The names as people read them."""
    return [str(region["displayName"]) for region in regions()]


def zones_of(region: Document) -> list[str]:
    """The availability zones of a row."""
    return [str(number) for number in range(1, region["zones"] + 1)]


def _document(subscription_id: str, region: Document) -> Document:
    name, geography = region["name"], region["geographyGroup"]
    prefix = f"/subscriptions/{subscription_id}/locations"
    document = {
        "id": f"{prefix}/{name}",
        "name": name,
        "type": "Region",
        "displayName": region["displayName"],
        "regionalDisplayName": f"({geography}) {region['displayName']}",
        "metadata": {
            "regionType": "Physical",
            "regionCategory": region["category"],
            "geography": region["geography"],
            "geographyGroup": geography,
            "longitude": region["longitude"],
            "latitude": region["latitude"],
            "physicalLocation": region["physicalLocation"],
            "pairedRegion": [{"name": region["paired"], "id": f"{prefix}/{region['paired']}"}],
        },
    }
    zones = [{"logicalZone": zone, "physicalZone": f"{name}-az{zone}"} for zone in zones_of(region)]
    return {**document, "availabilityZoneMappings": zones} if zones else document
