"""Where a call is made: what is there before, and what the client tells of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import attrs
from azure.mgmt.compute import models

from tests.conformance.backdoor import Backdoor
from tests.conformance.os_upgrades import HOUR, publish
from tests.conformance.parameters import HEALTH_EXTENSION, LOCATION, scale_set

__all__ = [
    "COMMAND",
    "DIAGNOSTIC",
    "OWN_EXTENSION",
    "SCRIPT",
    "Stage",
    "asking",
    "commanded",
    "commanded_and_off",
    "diagnosed",
    "empty",
    "extended",
    "extended_alone",
    "extended_alone_and_off",
    "flexible",
    "following",
    "none",
    "off",
    "plain",
    "repaired",
    "rolling",
    "spot",
    "zonal",
]

SCRIPT = models.VirtualMachineRunCommandProperties(
    source=models.VirtualMachineRunCommandScriptSource(script="ls"), timeout_in_seconds=60
)
COMMAND = models.VirtualMachineRunCommand(location=LOCATION, properties=SCRIPT)
DIAGNOSTIC = models.VirtualMachineDiagnosticRunCommand(location=LOCATION, properties=SCRIPT)
OWN_EXTENSION = models.VirtualMachineScaleSetVMExtension(
    location=LOCATION,
    properties=models.VirtualMachineExtensionProperties(
        publisher="Microsoft.Azure.Extensions", type="CustomScript", type_handler_version="2.1"
    ),
)


@attrs.define
class Stage:
    """What a case acts on.

    Attributes:
        compute: Microsoft's client.
        group: A resource group of the case's own.
        backdoor: The emulator's control plane.
        sent: Method, path and status of every exchange.
    """

    compute: Any
    group: str
    backdoor: Backdoor
    sent: list[tuple[str, str, int]] = attrs.field(factory=list)

    def __getattr__(self, name: str) -> Any:
        """The client's operations by the end of their group's name: ``stage.vms``, ``stage.rolling_upgrades``."""
        return getattr(self.compute, f"virtual_machine_scale_set_{name}")

    @property
    def sets(self) -> Any:
        """The operations of scale sets."""
        return self.compute.virtual_machine_scale_sets

    def create(self, parameters: Any) -> None:
        """Make the scale set ``web``."""
        self.sets.begin_create_or_update(self.group, "web", parameters).result()

    def remember(self, response: Any) -> None:
        """Called by the client after every answer."""
        path = "/" + response.http_request.url.partition("?")[0].partition("://")[2].partition("/")[2]
        self.sent.append((response.http_request.method, path, response.http_response.status_code))


def plain(stage: Stage) -> None:
    """Two instances in Manual mode."""
    stage.create(scale_set(2))


def none(stage: Stage) -> None:
    """No scale set at all."""


def empty(stage: Stage) -> None:
    """A scale set without instances."""
    stage.create(scale_set(0))


def flexible(stage: Stage) -> None:
    """Two virtual machines."""
    stage.create(scale_set(2, orchestration_mode="Flexible", platform_fault_domain_count=1))


def rolling(stage: Stage) -> None:
    """Two instances in Rolling mode with the health extension, and a rolling upgrade that goes on."""
    stage.create(scale_set(2, "Rolling", extension=HEALTH_EXTENSION, image_version="latest"))
    stage.backdoor.advance(HOUR)
    publish(stage.backdoor)
    stage.rolling_upgrades.begin_start_os_upgrade(stage.group, "web", polling=False)


def following(stage: Stage) -> None:
    """Two healthy instances whose image is the latest."""
    stage.create(scale_set(2, extension=HEALTH_EXTENSION, image_version="latest"))
    stage.backdoor.advance(HOUR)


def repaired(stage: Stage) -> None:
    """Automatic repairs are on."""
    repairs = models.AutomaticRepairsPolicy(enabled=True, grace_period="PT30M")
    stage.create(scale_set(1, extension=HEALTH_EXTENSION, automatic_repairs_policy=repairs))


def spot(stage: Stage) -> None:
    """One Spot instance."""
    parameters: Any = scale_set(1)
    parameters.properties.virtual_machine_profile.priority = "Spot"
    stage.create(parameters)


def diagnosed(stage: Stage) -> None:
    """One instance with boot diagnostics."""
    parameters: Any = scale_set(1)
    diagnostics = models.DiagnosticsProfile(boot_diagnostics=models.BootDiagnostics(enabled=True))
    parameters.properties.virtual_machine_profile.diagnostics_profile = diagnostics
    stage.create(parameters)


def extended(stage: Stage) -> None:
    """Two instances with the health extension."""
    stage.create(scale_set(2, extension=HEALTH_EXTENSION))


def commanded(stage: Stage) -> None:
    """An instance with a run command of each family."""
    stage.create(scale_set(1))
    place = stage.group, "web", "0", "script"
    stage.vm_run_commands.begin_create_or_update(*place, COMMAND).result()
    stage.vm_diagnostic_run_commands.begin_create_or_update(*place, DIAGNOSTIC).result()


def commanded_and_off(stage: Stage) -> None:
    """The same, stopped."""
    commanded(stage)
    stage.vms.begin_power_off(stage.group, "web", "0").result()


def off(stage: Stage) -> None:
    """Two deallocated instances."""
    plain(stage)
    stage.sets.begin_deallocate(stage.group, "web").result()


def asking(stage: Stage) -> None:
    """An automatic OS upgrade waits for an answer."""
    hook = models.LifecycleHook(
        type="UpgradeAutoOSScheduling", wait_duration=timedelta(hours=12), default_action="Approve"
    )
    profile = models.LifecycleHooksProfile(lifecycle_hooks=[hook])
    parameters: Any = scale_set(1, extension=HEALTH_EXTENSION, image_version="latest", lifecycle_hooks_profile=profile)
    automatic = models.AutomaticOSUpgradePolicy(enable_automatic_os_upgrade=True)
    parameters.properties.upgrade_policy.automatic_os_upgrade_policy = automatic
    stage.create(parameters)
    publish(stage.backdoor)
    stage.backdoor.advance(4 * HOUR)


def extended_alone(stage: Stage) -> None:
    """An instance with an extension of its own."""
    plain(stage)
    stage.vm_extensions.begin_create_or_update(stage.group, "web", "0", "script", OWN_EXTENSION).result()


def extended_alone_and_off(stage: Stage) -> None:
    """The same, stopped."""
    extended_alone(stage)
    stage.vms.begin_power_off(stage.group, "web", "0").result()


def zonal(stage: Stage) -> None:
    """Two instances in two zones."""
    parameters: Any = scale_set(2)
    parameters.zones = ["1", "2"]
    stage.create(parameters)
