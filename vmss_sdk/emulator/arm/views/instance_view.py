"""The instance view: how an instance is doing (wire.md 3.12, 6)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from vmss_sdk import wire
from vmss_sdk.emulator.arm.errors import document as error_document
from vmss_sdk.emulator.arm.views import boot
from vmss_sdk.emulator.arm.views.common import provisioning_status, time_text
from vmss_sdk.emulator.engine.common.states import HealthState, PowerState, ProvisioningState
from vmss_sdk.emulator.engine.guest.extensions import installed, last_run
from vmss_sdk.emulator.engine.model.defaults import generation
from vmss_sdk.emulator.engine.model.extensions import is_health_extension
from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.work.data_disks import data_disks, os_disk_name

if TYPE_CHECKING:
    from vmss_sdk.emulator.engine.model.version import ModelVersion
    from vmss_sdk.emulator.engine.record.instance import Instance
    from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["extension_view", "instance_view"]

Document = dict[str, Any]

_AGENT = {"Windows": "2.7.41491.1149", "Linux": "2.11.1.4"}
_AGENT_WORKS = {"Windows": "GuestAgent is running and processing the extensions.", "Linux": "Guest Agent is running"}
_EXTENSION_WORKS = "ExtensionOperation:enable. Status:Success"
_EXTENSION_FAILED = "ExtensionOperation:enable. Status:Error"  # CHOICE
_HEALTH = {
    HealthState.HEALTHY: ("Info", "The VM is reporting itself as healthy"),  # recorded
    HealthState.UNHEALTHY: ("Error", "The VM is reporting itself as unhealthy"),  # CHOICE
    HealthState.UNKNOWN: ("Warning", "The health of the VM is unknown"),  # CHOICE
    HealthState.INITIALIZING: ("Info", "The VM is reporting itself as initializing"),  # CHOICE
}


def instance_view(scale_set: ScaleSet, instance: Instance) -> Document:
    """The state of an instance; what only the guest can tell is there while it runs."""
    version = scale_set.version(instance.applied)
    view = _placement(scale_set, instance)
    extensions = []
    done = provisioning_status("Succeeded", instance.changed_at)
    if _has_guest_report(instance):
        extensions = [(item, _handler(item)) for item in installed(instance, version.extensions)]
        view |= _guest(instance, version, [handler for _, handler in extensions], done["time"])
    view["disks"] = [{"name": name, "statuses": [done]} for name in _disk_names(scale_set, instance)]
    if extensions:
        view["extensions"] = [_extension_view(instance, item, handler) for item, handler in extensions]
    source = version.health_source
    if source is not None:
        view["vmHealth"] = {"status": _health(instance)}
    if (blobs := boot.own_storage(scale_set, instance)) is not None:
        view["bootDiagnostics"] = blobs
    view["hyperVGeneration"] = generation(version.content.image)
    view["statuses"] = [_provisioning(instance), _power(instance)]
    return view


def _has_guest_report(instance: Instance) -> bool:
    """Whether a guest was there to tell of itself. What it told last stays while it is stopped (recorded 2024-08)."""
    there = instance.power is not PowerState.DEALLOCATED
    return there and instance.provisioning is not ProvisioningState.CREATING


def _placement(scale_set: ScaleSet, instance: Instance) -> Document:
    """A Flexible scale set's instance shows no domains (semantics 8.3)."""
    if scale_set.flexible:
        return {}
    view: Document = {"placementGroupId": _placement_group(scale_set.settings.seed, scale_set.unique_id)}
    if instance.update_domain is not None:
        view["platformUpdateDomain"] = instance.update_domain
    if instance.fault_domain is not None:
        view["platformFaultDomain"] = instance.fault_domain
    return view


@lru_cache(maxsize=64)
def _placement_group(seed: int, scale_set_id: str) -> str:
    return seeded_random.guid(seed, scale_set_id, "placement group")


def _guest(instance: Instance, version: ModelVersion, extensions: list[Document], time: str) -> Document:
    ready = {"code": "ProvisioningState/succeeded", "level": "Info", "displayStatus": "Ready"}
    agent: Document = {
        "vmAgentVersion": _AGENT.get(version.os_type, "Unknown"),
        "statuses": [{**ready, "message": _AGENT_WORKS.get(version.os_type, _AGENT_WORKS["Linux"]), "time": time}],
    }
    handlers = [{**handler, "status": {**ready, "message": _EXTENSION_WORKS}} for handler in extensions]
    if handlers or version.os_type != "Windows":  # with none, only Linux agents were recorded to say so
        agent["extensionHandlers"] = handlers
    return {"computerName": instance.computer_name, **_system(instance, version), "vmAgent": agent}


def _system(instance: Instance, version: ModelVersion) -> Document:
    """CHOICE: what the image's names suggest; no guest is there to be asked."""
    image = instance.os.content.image
    if version.os_type == "Windows":
        name = _windows_name(str(image.get("sku") or "2022-datacenter"))
    else:
        name = _linux_name(str(image.get("offer") or "linux").lower())
    return {"osName": name, "osVersion": instance.os.content.image_version}


@lru_cache(maxsize=64)
def _windows_name(sku: str) -> str:
    year, _, edition = sku.partition("-")
    return f"Windows Server {year} {edition.replace('-', ' ').title() or 'Datacenter'}"


@lru_cache(maxsize=64)
def _linux_name(offer: str) -> str:
    return next((name for name in ("ubuntu", "debian", "centos", "rhel", "sles") if name in offer), offer)


def _handler(extension: Document) -> Document:
    properties = extension.get("properties", {})
    kind = ".".join(str(properties[key]) for key in ("publisher", "type") if key in properties)
    return {"type": kind, "typeHandlerVersion": str(properties.get("typeHandlerVersion", "1.0"))}


def extension_view(instance: Instance, extension: Document) -> Document:
    """How an extension of an instance is doing."""
    return _extension_view(instance, extension, _handler(extension))


def _extension_view(instance: Instance, extension: Document, handler: Document) -> Document:
    name = str(extension.get("name"))
    last = last_run(instance, name)
    failed = last is not None and not last.succeeded
    ran = provisioning_status("Failed" if failed else "Succeeded", last.at if last else instance.changed_at)
    del ran["time"]
    status = {**ran, "message": _EXTENSION_FAILED if failed else _EXTENSION_WORKS}
    shown = {"name": name, **handler, "statuses": [status]}
    if instance.custom_metrics and is_health_extension(extension):  # semantics 3.9: JSON text in the message
        metrics = wire.encode(instance.custom_metrics).decode()
        shown["substatuses"] = [
            {"code": "ComponentStatus/CustomMetrics/succeeded", "level": "Info", "message": metrics}
        ]
    return shown


def _disk_names(scale_set: ScaleSet, instance: Instance) -> list[str]:
    return [os_disk_name(scale_set, instance), *(str(disk["name"]) for disk in data_disks(scale_set, instance))]


def _health(instance: Instance) -> Document:
    state = instance.health or HealthState.UNKNOWN
    level, text = _HEALTH[state]
    time = time_text(instance.health_since)
    return {"code": f"HealthState/{state.value.lower()}", "level": level, "displayStatus": text, "time": time}


def _provisioning(instance: Instance) -> Document:
    failure = error_document(instance.failure) if instance.failure is not None else None
    code = failure["code"] if failure and instance.provisioning is ProvisioningState.FAILED else None
    status = provisioning_status(instance.provisioning.value, instance.changed_at, code)
    if code and failure:
        status["message"] = failure["message"]
    return status


def _power(instance: Instance) -> Document:
    power = instance.power.value
    return {"code": f"PowerState/{power}", "level": "Info", "displayStatus": f"VM {power}"}
