"""Faults for a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmss_sdk.errors import ClientUsageError
from vmss_sdk.handles._control import place_of
from vmss_sdk.handles.emulator import ScaleSetFaults

if TYPE_CHECKING:
    from vmss_sdk.client import VmssClient
    from vmss_sdk.handles.emulator import EmulatedScaleSet, ServiceFaults
    from vmss_sdk.handles.scale_set import ScaleSet

__all__ = ["Faults", "place"]


def place(scale_set: ScaleSet | str, resource_group: str) -> tuple[str, str]:
    """Resource group and name of a scale set.

    Raises:
        ClientUsageError: A text is neither ``name`` nor ``group/name``.
    """
    if not isinstance(scale_set, str):
        return scale_set.resource_group, scale_set.name
    group, slash, name = scale_set.rpartition("/")
    if "/" in group or not name or (slash and not group):
        raise ClientUsageError(f"{scale_set!r} names no scale set: expected 'web' or 'group/web'")
    return group or resource_group, name


class Faults:
    """Faults of the emulator of a test; they end with the test."""

    def __init__(self, client: VmssClient, resource_group: str) -> None:
        """For the SDK's own use: see the fixture ``vmss_faults``."""
        self._client = client
        self._resource_group = resource_group

    @property
    def service(self) -> ServiceFaults:
        """Of the whole service: ``throttle``, ``server_error``, ``drop_connection``."""
        return self._client.emulator.faults

    def on(self, scale_set: ScaleSet | str) -> ScaleSetFaults:
        """Of one scale set: ``unhealthy_after_upgrade``, ``provisioning_failure``, ``quota`` and more.

        Args:
            scale_set: A handle, its name, or ``group/name``.
        """
        return self.emulated(scale_set).faults

    def emulated(self, scale_set: ScaleSet | str) -> EmulatedScaleSet:
        """What happens once and at once: ``report_health``, ``evict``, ``start_platform_upgrade`` and more.

        It also shows what is on the disks of the instances.

        Args:
            scale_set: A handle, its name, or ``group/name``.
        """
        return self._client.emulator.scale_set(*place(scale_set, self._resource_group))

    def clear(self) -> None:
        """Take all faults away, of the service and of every scale set."""
        self.service.clear()
        for found in self._client.emulator.status()["scaleSets"]:
            ScaleSetFaults(self._client._connection, f"{place_of(found['id'])}/faults").clear()
