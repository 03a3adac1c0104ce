"""Flags that set one member of a scale set's model.

From these rows come the arguments of ``create`` and ``update``, their help, and what is written.
"""

from typing import Any, NamedTuple

from vmss_sdk.cli import values
from vmss_sdk.cli.arguments import three_state
from vmss_sdk.cli.command import Argument

__all__ = ["MEMBERS", "MemberFlag", "arguments", "rows"]

BOTH, CREATE, UPDATE = ("create", "update"), ("create",), ("update",)


class MemberFlag(NamedTuple):
    """One flag.

    Attributes:
        flags: ``--name`` and its other forms.
        path: The member, as ``--set`` names it.
        help: One line.
        kind: How its words are read: text, boolean, switch, whole, number, percent, upper_percent, duration, minutes,
            words, data (text or a file, as base64), names (words, JSON or a file), or the type of a resource whose
            name or id is given.
        choices: The words of an enumeration.
        commands: Which commands have it.
        section: The heading in the help.
        aliases: Spellings that are understood and not shown.
    """

    flags: tuple[str, ...]
    path: str
    help: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    commands: tuple[str, ...] = BOTH
    section: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def dest(self) -> str:
        """The attribute of the parsed arguments."""
        return self.flags[0].removeprefix("--").replace("-", "_")


_P = "virtualMachineProfile."
_ROLL = "upgradePolicy.rollingUpgradePolicy."
_EVENTS = "scheduledEventsPolicy."
_PROXY = f"{_P}securityProfile.proxyAgentSettings."
_OS_DISK = f"{_P}storageProfile.osDisk."
_RESILIENCY = "resiliencyPolicy."
_UPGRADE, _HEALTH, _SECURITY, _SPOT, _ZONES, _NOTICES = (
    "Upgrade policy",
    "Repairs and scale-in",
    "Security",
    "Spot",
    "Zones",
    "Scheduled events",
)
_MODES = ("Audit", "Enforce")
_LICENSES = (
    "Windows_Server Windows_Client RHEL_BYOS SLES_BYOS RHEL_BASE RHEL_SAPAPPS RHEL_SAPHA RHEL_EUS RHEL_BASESAPAPPS"
    " RHEL_BASESAPHA SLES_STANDARD SLES SLES_SAP SLES_HPC None RHEL_ELS_6 UBUNTU_PRO UBUNTU"
)
_F = MemberFlag

MEMBERS: tuple[MemberFlag, ...] = (
    # how a change reaches the instances
    _F(
        ("--upgrade-policy-mode",),
        "upgradePolicy.mode",
        "how a change reaches existing instances",
        choices=("Automatic", "Manual", "Rolling"),
        section=_UPGRADE,
    ),
    _F(
        ("--max-batch-instance-percent",),
        f"{_ROLL}maxBatchInstancePercent",
        "the biggest batch of a rolling upgrade, in percent of all instances",
        "percent",
        section=_UPGRADE,
    ),
    _F(
        ("--max-unhealthy-instance-percent",),
        f"{_ROLL}maxUnhealthyInstancePercent",
        "a rolling upgrade stops when more of all instances are unhealthy",
        "percent",
        section=_UPGRADE,
    ),
    _F(
        ("--max-unhealthy-upgraded-instance-percent",),
        f"{_ROLL}maxUnhealthyUpgradedInstancePercent",
        "a rolling upgrade stops when more of the upgraded instances are unhealthy",
        "upper_percent",
        section=_UPGRADE,
    ),
    _F(
        ("--pause-time-between-batches",),
        f"{_ROLL}pauseTimeBetweenBatches",
        "how long a rolling upgrade waits after a batch: PT30S, or seconds",
        "duration",
        section=_UPGRADE,
    ),
    _F(
        ("--enable-cross-zone-upgrade",),
        f"{_ROLL}enableCrossZoneUpgrade",
        "whether batches go over the borders of zones",
        "boolean",
        section=_UPGRADE,
    ),
    _F(
        ("--prioritize-unhealthy-instances",),
        f"{_ROLL}prioritizeUnhealthyInstances",
        "whether unhealthy instances are upgraded first",
        "boolean",
        section=_UPGRADE,
    ),
    _F(
        ("--max-surge",),
        f"{_ROLL}maxSurge",
        "whether new instances are made instead of changing those that are there",
        "boolean",
        section=_UPGRADE,
    ),
    _F(
        ("--enable-auto-os-upgrade",),
        "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade",
        "whether new versions of the image reach the instances by themselves",
        "boolean",
        section=_UPGRADE,
    ),
    # repairs, scale-in
    _F(
        ("--enable-automatic-repairs",),
        "automaticRepairsPolicy.enabled",
        "whether unhealthy instances are repaired",
        "boolean",
        section=_HEALTH,
        aliases=("--enable-auto-repairs",),
    ),
    _F(
        ("--automatic-repairs-grace-period",),
        "automaticRepairsPolicy.gracePeriod",
        "minutes that an instance has after a change of its state before it is repaired",
        "minutes",
        section=_HEALTH,
    ),
    _F(
        ("--automatic-repairs-action",),
        "automaticRepairsPolicy.repairAction",
        "what a repair does",
        choices=("Replace", "Restart", "Reimage"),
        section=_HEALTH,
    ),
    _F(
        ("--scale-in-policy",),
        "scaleInPolicy.rules",
        "which instances go first when there are to be fewer",
        "words",
        ("Default", "OldestVM", "NewestVM"),
        section=_HEALTH,
    ),
    _F(
        ("--force-deletion",),
        "scaleInPolicy.forceDeletion",
        "delete instances without waiting for their shutdown when there are to be fewer",
        "switch",
        commands=UPDATE,
        section=_HEALTH,
    ),
    # size and hardware
    _F(("--vm-sku",), "sku.name", "the size of the instances", commands=UPDATE),
    _F(
        ("--image-version",),
        f"{_P}storageProfile.imageReference.version",
        "the version of the image that instances are made of",
        commands=UPDATE,
    ),
    _F(
        ("--v-cpus-available",),
        f"{_P}hardwareProfile.vmSizeProperties.vCPUsAvailable",
        "how many virtual CPUs an instance has",
        "whole",
    ),
    _F(
        ("--v-cpus-per-core",),
        f"{_P}hardwareProfile.vmSizeProperties.vCPUsPerCore",
        "virtual CPUs per core; 1 switches hyper-threading off",
        "whole",
    ),
    _F(
        ("--processor-mode",),
        f"{_P}hardwareProfile.processorMode",
        "the mode of the processors",
        choices=("Deterministic", "Opportunistic"),
    ),
    _F(
        ("--ultra-ssd-enabled",),
        "additionalCapabilities.ultraSSDEnabled",
        "whether data disks may be of UltraSSD_LRS",
        "boolean",
        section="Storage",
    ),
    _F(
        ("--enable-hibernation",),
        "additionalCapabilities.hibernationEnabled",
        "whether instances can hibernate",
        "boolean",
    ),
    _F(
        ("--disk-controller-type",),
        f"{_P}storageProfile.diskControllerType",
        "the disk controller",
        choices=("NVMe", "SCSI"),
        section="Storage",
    ),
    _F(
        ("--license-type",),
        f"{_P}licenseType",
        "the licence that is brought along",
        choices=tuple(_LICENSES.split()),
    ),
    _F(
        ("--user-data",),
        f"{_P}userData",
        "user data, text or a file; it reaches running instances",
        "data",
    ),
    _F(
        ("--custom-data",),
        f"{_P}osProfile.customData",
        "custom data, text or a file; existing instances get it by a reimage",
        "data",
    ),
    _F(
        ("--ppg",),
        "proximityPlacementGroup.id",
        "the proximity placement group, its name or id",
        "Microsoft.Compute/proximityPlacementGroups",
    ),
    _F(
        ("--disable-capacity-reservation-assignment", "--no-cap-reservation"),
        f"{_P}capacityReservation.disableCapacityReservationAssignment",
        "whether it keeps out of every capacity reservation",
        "boolean",
    ),
    # Spot
    _F(
        ("--priority",),
        f"{_P}priority",
        "Spot for instances that may be evicted",
        choices=("Regular", "Low", "Spot", "SpotPlus"),
        section=_SPOT,
    ),
    _F(
        ("--eviction-policy",),
        f"{_P}evictionPolicy",
        "what becomes of an evicted Spot instance",
        choices=("Deallocate", "Delete"),
        commands=CREATE,
        section=_SPOT,
    ),
    _F(
        ("--max-price",),
        f"{_P}billingProfile.maxPrice",
        "the highest price of a Spot instance in US dollars per hour; -1 for any",
        "number",
        section=_SPOT,
    ),
    _F(
        ("--enable-spot-restore",),
        "spotRestorePolicy.enabled",
        "whether evicted Spot instances are tried again",
        "boolean",
        section=_SPOT,
    ),
    _F(
        ("--spot-restore-timeout",),
        "spotRestorePolicy.restoreTimeout",
        "until when they are tried again: PT1H",
        "duration",
        section=_SPOT,
    ),
    _F(
        ("--regular-priority-count",),
        "priorityMixPolicy.baseRegularPriorityCount",
        "how many instances at least are regular ones; Flexible only",
        "whole",
        section=_SPOT,
    ),
    _F(
        ("--regular-priority-percentage",),
        "priorityMixPolicy.regularPriorityPercentageAboveBase",
        "how many percent of the others are regular ones; Flexible only",
        "upper_percent",
        section=_SPOT,
    ),
    # zones
    _F(("--zones", "-z"), "zones", "the availability zones", "words", section=_ZONES),
    _F(
        ("--zone-balance",),
        "zoneBalance",
        "whether instances must be spread evenly over the zones",
        "boolean",
        section=_ZONES,
    ),
    _F(
        ("--zone-placement-policy",),
        "placement.zonePlacementPolicy",
        "Auto lets Azure choose the zones",
        choices=("Auto",),
        section=_ZONES,
    ),
    _F(("--include-zones",), "placement.includeZones", "with Auto: these zones only", "words", section=_ZONES),
    _F(("--exclude-zones",), "placement.excludeZones", "with Auto: not these zones", "words", section=_ZONES),
    _F(
        ("--max-zone-count",),
        f"{_RESILIENCY}zoneAllocationPolicy.maxZoneCount",
        "with Auto: how many zones at most",
        "whole",
        section=_ZONES,
    ),
    _F(
        ("--instance-percent-policy", "--ipp"),
        f"{_RESILIENCY}zoneAllocationPolicy.maxInstancePercentPerZonePolicy.enabled",
        "whether a zone may have no more than some percent of the instances",
        "boolean",
        section=_ZONES,
    ),
    _F(
        ("--max-instance-percent", "--value-max-instance-percent-per-zone"),
        f"{_RESILIENCY}zoneAllocationPolicy.maxInstancePercentPerZonePolicy.value",
        "how many percent that are",
        "whole",
        section=_ZONES,
    ),
    _F(
        ("--enable-automatic-zone-balancing", "--enable-zone-balancing"),
        f"{_RESILIENCY}automaticZoneRebalancingPolicy.enabled",
        "whether Azure balances the zones again by itself",
        "boolean",
        section=_ZONES,
    ),
    _F(
        ("--automatic-zone-balancing-strategy", "--balancing-strategy"),
        f"{_RESILIENCY}automaticZoneRebalancingPolicy.rebalanceStrategy",
        "how it balances them",
        choices=("Recreate",),
        section=_ZONES,
    ),
    _F(
        ("--automatic-zone-balancing-behavior", "--balancing-behavior"),
        f"{_RESILIENCY}automaticZoneRebalancingPolicy.rebalanceBehavior",
        "in which order it recreates instances",
        choices=("CreateBeforeDelete",),
        section=_ZONES,
    ),
    _F(
        ("--enable-resilient-creation",),
        f"{_RESILIENCY}resilientVMCreationPolicy.enabled",
        "whether a failed creation of an instance is tried again",
        "boolean",
        section=_HEALTH,
    ),
    _F(
        ("--enable-resilient-deletion",),
        f"{_RESILIENCY}resilientVMDeletionPolicy.enabled",
        "whether a failed deletion of an instance is tried again",
        "boolean",
        section=_HEALTH,
    ),
    # security
    _F(
        ("--enable-proxy-agent",),
        f"{_PROXY}enabled",
        "whether the metadata security protocol guards the metadata service",
        "boolean",
        section=_SECURITY,
    ),
    _F(
        ("--proxy-agent-mode",),
        f"{_PROXY}mode",
        "its mode; newer are --wire-server-mode and --imds-mode",
        choices=_MODES,
        section=_SECURITY,
    ),
    _F(
        ("--wire-server-mode",),
        f"{_PROXY}wireServer.mode",
        "its mode for the wire server",
        choices=_MODES,
        section=_SECURITY,
    ),
    _F(
        ("--wire-server-use-local-file-rules", "--wire-local-rules"),
        f"{_PROXY}wireServer.useLocalFileRules",
        "whether rules of a file on the instance count too",
        "boolean",
        section=_SECURITY,
    ),
    _F(
        ("--wire-server-access-control-profile-reference-id", "--wire-server-profile-id"),
        f"{_PROXY}wireServer.inVMAccessControlProfileReferenceId",
        "the access control profile version of the wire server, an id",
        section=_SECURITY,
    ),
    _F(("--imds-mode",), f"{_PROXY}imds.mode", "its mode for the metadata service", choices=_MODES, section=_SECURITY),
    _F(
        ("--imds-access-control-profile-reference-id", "--imds-profile-id"),
        f"{_PROXY}imds.inVMAccessControlProfileReferenceId",
        "the access control profile version of the metadata service, an id",
        section=_SECURITY,
    ),
    _F(
        ("--add-proxy-agent-extension", "--add-proxy-agent-ext"),
        f"{_PROXY}addProxyAgentExtension",
        "whether the extension of the proxy agent is installed; Linux only",
        "boolean",
        section=_SECURITY,
    ),
    _F(
        ("--security-posture-reference-id", "--security-posture-id"),
        f"{_P}securityPostureReference.id",
        "the security posture, an id with its version",
        section=_SECURITY,
    ),
    _F(
        ("--security-posture-reference-exclude-extensions", "--exclude-extensions"),
        f"{_P}securityPostureReference.excludeExtensions",
        "extensions of it that are left out: names, JSON or a file",
        "names",
        section=_SECURITY,
    ),
    _F(
        ("--security-posture-reference-is-overridable", "--is-overridable"),
        f"{_P}securityPostureReference.isOverridable",
        "whether users may override it",
        "boolean",
        section=_SECURITY,
    ),
    _F(
        ("--encryption-at-host",),
        f"{_P}securityProfile.encryptionAtHost",
        "whether disks are encrypted at the host, temporary ones too",
        "boolean",
        commands=CREATE,
        section=_SECURITY,
    ),
    # scheduled events
    _F(
        ("--terminate-notification-time",),
        f"{_P}scheduledEventsProfile.terminateNotificationProfile.notBeforeTimeout",
        "minutes that an instance is told before it is deleted, 5 to 15",
        "minutes",
        section=_NOTICES,
    ),
    _F(
        ("--enable-terminate-notification",),
        f"{_P}scheduledEventsProfile.terminateNotificationProfile.enable",
        "whether an instance is told before it is deleted",
        "boolean",
        commands=UPDATE,
        section=_NOTICES,
    ),
    _F(
        ("--enable-osimage-notification",),
        f"{_P}scheduledEventsProfile.osImageNotificationProfile.enable",
        "whether an instance is told before it gets a new OS disk",
        "boolean",
        section=_NOTICES,
    ),
    _F(
        ("--additional-scheduled-events", "--additional-events"),
        f"{_EVENTS}scheduledEventsAdditionalPublishingTargets.eventGridAndResourceGraph.enable",
        "whether events go to Event Grid and Resource Graph",
        "boolean",
        section=_NOTICES,
    ),
    _F(
        ("--scheduled-events-api-version", "--se-api-version"),
        f"{_EVENTS}scheduledEventsAdditionalPublishingTargets.eventGridAndResourceGraph.scheduledEventsApiVersion",
        "in which version they are told there",
        section=_NOTICES,
    ),
    _F(
        ("--enable-user-reboot-scheduled-events", "--enable-reboot"),
        f"{_EVENTS}userInitiatedReboot.automaticallyApprove",
        "whether a restart by a user is approved by itself",
        "boolean",
        section=_NOTICES,
    ),
    _F(
        ("--enable-user-redeploy-scheduled-events", "--enable-redeploy"),
        f"{_EVENTS}userInitiatedRedeploy.automaticallyApprove",
        "whether a redeployment by a user is approved by itself",
        "boolean",
        section=_NOTICES,
    ),
    _F(
        ("--enable-all-instance-down", "--all-instance-down"),
        f"{_EVENTS}allInstancesDown.automaticallyApprove",
        "whether events are approved by themselves when all instances are down",
        "boolean",
        section=_NOTICES,
    ),
    # what only one of the commands has
    _F(
        ("--ephemeral-os-disk-placement", "--ephemeral-placement"),
        f"{_OS_DISK}diffDiskSettings.placement",
        "where an ephemeral OS disk is",
        choices=("CacheDisk", "NvmeDisk", "ResourceDisk"),
        section="Storage",
    ),
    _F(
        ("--ephemeral-os-disk-option", "--ephemeral-option"),
        f"{_OS_DISK}diffDiskSettings.option",
        "what kind of ephemeral OS disk",
        choices=("Local",),
        commands=UPDATE,
        section="Storage",
    ),
    _F(
        ("--single-placement-group",),
        "singlePlacementGroup",
        "whether at most 100 instances are kept in one placement group",
        "boolean",
        commands=CREATE,
    ),
    _F(
        ("--platform-fault-domain-count",),
        "platformFaultDomainCount",
        "fault domains per placement group",
        "whole",
        commands=CREATE,
    ),
    _F(
        ("--host-group",),
        "hostGroup.id",
        "the dedicated host group, its name or id; Uniform only",
        "Microsoft.Compute/hostGroups",
        commands=CREATE,
    ),
)


def rows(command: str) -> tuple[MemberFlag, ...]:
    """The rows that a command has."""
    return tuple(row for row in MEMBERS if command in row.commands)


def arguments(command: str) -> tuple[Argument, ...]:
    """The rows that a command has, as its arguments."""
    return tuple(_argument(row) for row in rows(command))


_TYPES: dict[str, Any] = {
    "whole": values.whole,
    "number": values.real,
    "percent": values.percent,
    "upper_percent": values.upper_percent,
    "duration": values.duration,
    "minutes": values.minutes,
}
_METAVARS = {
    "whole": "COUNT",
    "number": "NUMBER",
    "percent": "PERCENT",
    "upper_percent": "PERCENT",
    "duration": "TIME",
    "minutes": "MINUTES",
    "data": "TEXT_OR_FILE",
}


def _argument(row: MemberFlag) -> Argument:
    if row.kind == "boolean":
        return three_state(*row.flags, help=row.help, aliases=row.aliases, section=row.section)
    if row.kind == "switch":
        options: dict[str, Any] = {"action": "store_const", "const": True}
    elif row.choices:
        options = values.words(*row.choices)
    else:
        options = {"metavar": _METAVARS.get(row.kind, "NAME_OR_ID" if "/" in row.kind else "VALUE")}
        if row.kind in _TYPES:
            options["type"] = _TYPES[row.kind]
    if row.kind in ("words", "names"):
        options["nargs"] = "*" if row.kind == "names" else "+"
    return Argument(row.flags, row.help, options, row.aliases, row.section)
