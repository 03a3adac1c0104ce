"""Refusals: the reasons with their facts. Their texts and status codes are the REST face's business."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import attrs

__all__ = ["Failure", "Reason", "Refused"]


class Reason(StrEnum):
    """A reason to refuse a request, or for which an operation failed. The comment names the facts it carries."""

    # a request's values: target (JSON path) and parameter (its last name) each
    REQUIRED = "required"
    INVALID = "invalid"
    OUT_OF_RANGE = "out of range"  # low, high
    DURATION_OUT_OF_RANGE = "duration out of range"  # low, high, in minutes
    NOT_CHANGEABLE = "not changeable"
    MEMBER_NOT_ALLOWED = "member not allowed"  # beside another one, or in the orchestration mode
    AVAILABILITY_SET_WITH_ZONE = "availability set with zone"
    WINDOWS_COMPUTER_NAME = "windows computer name"
    LINUX_COMPUTER_NAME = "linux computer name"
    PASSWORD_TOO_SIMPLE = "password too simple"
    WINDOWS_NAME_PREFIX = "windows name prefix"
    LINUX_NAME_PREFIX = "linux name prefix"
    CUSTOM_DATA_NOT_BASE64 = "custom data not base64"
    PAUSE_INVALID = "pause invalid"  # value
    DUPLICATE_EXTENSION = "duplicate extension"  # scale_set, extension
    NO_SCALE_IN_RULE = "no scale-in rule"
    EXTENSION_ORDER = "extension order"  # extension: it waits for itself, or for one that is not in the model
    PROTECTION_CONFLICT = "protection conflict"
    # what does not go together: feature is ROLLING, AUTOMATIC_OS or REPAIRS
    HEALTH_SOURCE_MISSING = "health source missing"  # feature
    HEALTH_SOURCE_TWICE = "health source twice"  # feature
    FLEXIBLE_NEEDS_EXTENSION = "flexible needs the health extension"  # feature
    HEALTH_NOT_APPLIED = "health not applied"
    CROSS_ZONE_WITHOUT_ZONES = "cross zone without zones"
    SURGE_WITH_OVERPROVISION = "surge with overprovision"
    SURGE_WITH_FLEXIBLE_OS_UPGRADE = "surge with flexible OS upgrade"
    SERVICE_FABRIC_NO_REPAIRS = "service fabric no repairs"
    UEFI_WITH_GENERATION_1 = "UEFI with generation 1"
    SECURITY_TYPE_OF_IMAGE = "security type of image"  # security_type: one that the image does not support
    TRUSTED_LAUNCH_WITH_MANAGED_IMAGE = "trusted launch with managed image"
    SERVICE_FABRIC_NOT_MANUAL = "service fabric not manual"
    TOO_MANY_INSTANCES = "too many instances"  # scale_set, limit
    # what a region or a size does not have: target, parameter each; of a size also size
    ZONE_NOT_SUPPORTED = "zone not supported"  # zones, scale_set, location, supported
    SIZE_NOT_AVAILABLE = "size not available"  # sizes
    DISK_PLACEMENT_NOT_SUPPORTED = "disk placement not supported"  # placement
    EPHEMERAL_DISK_TOO_LARGE = "ephemeral disk too large"  # placement, room
    PREMIUM_NOT_SUPPORTED = "premium not supported"  # account
    TOO_MANY_INTERFACES = "too many interfaces"  # count, limit
    ACCELERATED_NETWORKING_NOT_SUPPORTED = "accelerated networking not supported"
    SPOT_NOT_SUPPORTED = "spot not supported"
    ENCRYPTION_AT_HOST_NOT_SUPPORTED = "encryption at host not supported"
    TRUSTED_LAUNCH_NOT_SUPPORTED = "trusted launch not supported"
    ARCHITECTURE_DIFFERS = "architecture differs"  # architecture, given
    GENERATION_NOT_BOOTED = "size does not boot the image's generation"  # size, generation
    # the image of a model
    IMAGE_NAMED_TWICE = "image named twice"  # one, other
    IMAGE_TYPE_CHANGED = "image type changed"
    PLATFORM_IMAGE_NOT_FOUND = "platform image not found"  # urn
    GALLERY_IMAGE_NOT_FOUND = "gallery image not found"  # image, location
    PATCHED_BY_PLATFORM = "patched by the platform"
    # what a model needs, and how its members go together
    ID_MALFORMED = "id malformed"  # id, path
    NO_PROFILE_FOR_MODE = "no profile for mode"  # mode
    NO_LOGIN = "no login"
    USER_NAME_NOT_ALLOWED = "user name not allowed"
    SUBNET_MISSING = "subnet missing"  # scale_set, nic, address
    SUBNETS_OF_SEVERAL_NETWORKS = "subnets of several networks"
    PRIMARY_INTERFACE = "primary interface"
    PROBE_WITHOUT_BALANCER = "probe without balancer"  # scale_set, probe
    NETWORK_API_VERSION_MISSING = "network api-version missing"
    NETWORK_API_VERSION_UNKNOWN = "network api-version unknown"
    PLACEMENT_GROUP_WITH_ZONES = "placement group with zones"
    NO_NOTICE_FOR_SPOT = "no notice for Spot"
    SERVICE_FABRIC_TOO_OLD = "service fabric too old"
    SERVICE_FABRIC_TOO_FEW = "service fabric too few"  # node_type, durability, fewest, capacity
    # what a model does beside instances that are there
    TOO_MANY_MODELS = "too many models"  # scale_set, limit
    LUN_COLLISION = "LUN collision"  # disk, lun, vm
    HANDLER_VERSION_FIXED = "handler version fixed"  # extension, handler, version, upgrades
    # instances named by a request: scale_set each
    UNKNOWN_INSTANCE = "unknown instance"  # instance_id
    MALFORMED_INSTANCE_ID = "malformed instance id"  # instance_id
    PROTECTED_INSTANCES = "protected instances"  # instance_ids
    NOT_ENOUGH_UNPROTECTED = "not enough unprotected"  # wanted, available
    QUOTA_EXCEEDED = "quota exceeded"  # limit, in_use, wanted
    VM_DEALLOCATED = "vm deallocated"  # operation, vm
    # data disks: target each
    LUN_TAKEN = "lun taken"  # lun
    DISK_NOT_ATTACHED = "disk not attached"  # disk, vm
    DISK_OWNED = "disk owned"  # disk, vm
    DISK_BEING_DETACHED = "disk being detached"  # disk, vm
    DISK_OF_OTHER_SUBSCRIPTION = "disk of another subscription"  # subscription, own
    TOO_MANY_DISKS = "too many disks"  # limit
    HANDLER_TWICE = "handler twice"  # os_type, extension, handler
    NOT_SPOT = "not spot"  # vm
    VM_NOT_RUNNING = "vm not running"  # vm
    EXTENSIONS_DISALLOWED = "extensions disallowed"  # vm
    RUN_COMMAND_BUSY = "run command busy"  # vm
    UNKNOWN_COMMAND = "unknown command"  # command
    COMMAND_FOR_OTHER_OS = "command for other os"  # command, os_type, vm
    BOOT_DIAGNOSTICS_OFF = "boot diagnostics off"  # vm
    CUSTOM_DATA_DIFFERS = "custom data differs"
    OS_PROFILE_DIFFERS = "OS profile differs"  # vm, scale_set
    NOT_FLEXIBLE = "not flexible"  # scale_set, target
    IMAGES_DIFFER = "images differ"
    IMAGE_NOT_LATEST = "image not latest"
    WINDOWS_UPDATES_CONFLICT = "windows updates conflict"
    TEMP_DISK_INVALID = "temp disk invalid"
    # what the scale set is doing: scale_set, operation each
    ROLLING_UPGRADE_RUNNING = "rolling upgrade running"
    NOTHING_FOLLOWS_LATEST = "nothing follows latest"
    HOOK_EVENT_OVER = "hook event over"  # event
    INSTANCES_RUNNING = "instances running"  # a change that needs all of them down
    NO_ROLLING_UPGRADE = "no rolling upgrade"
    CONFLICT = "conflict"  # no facts: with a request that is under way
    MARKED_FOR_DELETION = "marked for deletion"
    FLEXIBLE_HAS_INSTANCES = "flexible has instances"
    # why an operation failed
    UNHEALTHY_BEFORE_UPGRADE = "unhealthy before upgrade"  # percent, limit
    UNHEALTHY_IN_UPGRADE = "unhealthy in upgrade"  # percent, limit
    UNHEALTHY_UPGRADED = "unhealthy upgraded"  # percent, limit, first_failed
    PREEMPTED = "preempted"
    UPGRADE_TIMED_OUT = "upgrade timed out"
    FAILED_INSTANCES = "failed instances"  # an upgrade goes on although some failed
    INSTANCE_UNHEALTHY = "instance unhealthy"  # instance_id
    PROVISIONING_FAILED = "provisioning failed"  # instance_id, vm, code, message
    EXTENSION_FAILED = "extension failed"  # instance_id, vm, code, message, extension, publisher, type
    SCRIPT_FAILED = "script failed"  # instance_id, vm, extension, publisher, type, exit_code
    SCRIPT_TIMED_OUT = "script timed out"  # the same


@attrs.frozen(hash=False)
class Failure:
    """One reason with its facts, and what it consists of."""

    reason: Reason
    facts: dict[str, Any] = attrs.field(factory=dict)
    details: tuple["Failure", ...] = ()


class Refused(Exception):  # noqa: N818  # a refusal is Azure's word, not a defect
    """The request is refused and nothing has changed.

    Attributes:
        failures: All the reasons, at least one.
    """

    def __init__(self, failures: Sequence[Failure]) -> None:
        self.failures = tuple(failures)
        super().__init__("; ".join(f"{failure.reason.value} {failure.facts}" for failure in self.failures))

    @classmethod
    def because(cls, reason: Reason, **facts: Any) -> "Refused":
        """A refusal for one reason."""
        return cls([Failure(reason, facts)])
