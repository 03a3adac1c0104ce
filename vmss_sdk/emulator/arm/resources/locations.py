"""The list of regions."""

from __future__ import annotations

from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.catalogue.facts import azure
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.engine.platform.regions import Region

__all__ = ["display_names", "list_all"]

Document = dict[str, Any]


def list_all(call: Call) -> Reply:
    """The regions of a subscription, logical ones such as Europe among them."""
    regions = azure().regions.by_name.values()
    return Reply(200, {"value": [_document(call.subscription_id, region) for region in regions]})


def display_names() -> list[str]:
    """The names, as people read them, of the regions in which resources can be placed."""
    return [region.display_name for region in azure().regions.physical]


def _document(subscription_id: str, region: Region) -> Document:
    prefix = f"/subscriptions/{subscription_id}/locations"
    document = {
        "id": f"{prefix}/{region.name}",
        "name": region.name,
        "type": "Region",
        "displayName": region.display_name,
        "regionalDisplayName": region.regional_display_name,
        "metadata": _metadata(prefix, region),
    }
    zones = [{"logicalZone": zone, "physicalZone": f"{region.name}-az{zone}"} for zone in region.zones]
    return {**document, "availabilityZoneMappings": zones} if zones else document


def _metadata(prefix: str, region: Region) -> Document:
    metadata: Document = {"regionType": "Physical" if region.physical else "Logical", "regionCategory": region.category}
    metadata |= {"geography": region.geography} if region.geography else {}
    metadata |= {"geographyGroup": region.geography_group} if region.geography_group else {}
    if region.physical:
        metadata |= {
            "longitude": region.longitude,
            "latitude": region.latitude,
            "physicalLocation": region.physical_location,
            "pairedRegion": [{"name": region.paired, "id": f"{prefix}/{region.paired}"}] if region.paired else [],
        }
    return metadata
