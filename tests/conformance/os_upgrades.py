"""Scale sets whose image has no fixed version, and newer versions for them."""

import itertools
from typing import Any

from azure.mgmt.compute import models

from tests.conformance.backdoor import Backdoor
from tests.conformance.parameters import HEALTH_EXTENSION, scale_set

__all__ = ["HOUR", "create_following", "image_versions", "publish"]

HOUR = 3600
_versions = itertools.count(2)


def create_following(
    compute: Any,
    group: str,
    capacity: int = 3,
    automatic: models.AutomaticOSUpgradePolicy | None = None,
    **properties: Any,
) -> None:
    """A scale set in Manual mode whose image is the latest."""
    parameters: Any = scale_set(capacity, image_version="latest", extension=HEALTH_EXTENSION, **properties)
    parameters.properties.upgrade_policy.automatic_os_upgrade_policy = automatic
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", parameters).result()


def publish(backdoor: Backdoor) -> str:
    """A newer version of the image; which."""
    version = f"{next(_versions)}.0.0"
    body = {"image": "Canonical:ubuntu-24_04-lts:server", "version": version}
    assert backdoor.send("POST", "/_emulator/images", body).status == 200
    return version


def image_versions(compute: Any, group: str) -> list[str]:
    """The version on each instance."""
    instances = compute.virtual_machine_scale_set_vms.list(group, "web")
    return [vm.storage_profile.image_reference.exact_version for vm in instances]
