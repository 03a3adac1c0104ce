"""Extensions of scale sets and of instances through azure-mgmt-compute (wire.md 3.30)."""

from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.mgmt.compute import models

from tests.conformance.parameters import HEALTH_EXTENSION, applied, error_of, scale_set

pytestmark = pytest.mark.conformance

HANDLER = {"publisher": "Microsoft.Azure.Extensions", "type": "CustomScript", "type_handler_version": "2.1"}


def _script(**members: Any) -> models.VirtualMachineScaleSetExtension:
    properties = models.VirtualMachineScaleSetExtensionProperties(**{**HANDLER, **members})
    return models.VirtualMachineScaleSetExtension(name="script", properties=properties)


def _create(compute: Any, group: str, **options: Any) -> Any:
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", scale_set(**options)).result()
    return compute.virtual_machine_scale_set_extensions


def test_create_read_list(compute: Any, group: str) -> None:
    """What was created is read and listed, without its protected settings."""
    extensions = _create(compute, group, mode="Automatic")
    made = extensions.begin_create_or_update(
        group, "web", "script", _script(settings={"a": 1}, protected_settings={"token": "Sesame-0"})
    ).result()
    assert (made.name, made.type) == ("script", "Microsoft.Compute/virtualMachineScaleSets/extensions")
    assert made.properties.provisioning_state == "Succeeded"
    assert made.properties.settings == {"a": 1}
    assert made.properties.protected_settings is None
    assert extensions.get(group, "web", "script").as_dict() == made.as_dict()
    assert [item.as_dict() for item in extensions.list(group, "web")] == [made.as_dict()]
    assert applied(compute, group) == {"0": True, "1": True}


def test_update(compute: Any, group: str) -> None:
    """An update changes what it names; in Manual mode the instances are outdated then."""
    extensions = _create(compute, group)
    extensions.begin_create_or_update(group, "web", "script", _script(settings={"a": 1})).result()
    change = models.VirtualMachineScaleSetExtensionUpdate(
        properties=models.VirtualMachineScaleSetExtensionProperties(force_update_tag="2")
    )
    changed = extensions.begin_update(group, "web", "script", change).result()
    assert (changed.properties.force_update_tag, changed.properties.settings) == ("2", {"a": 1})
    assert changed.properties.provisioning_state == "Creating"
    assert applied(compute, group) == {"0": False, "1": False}


def test_delete(compute: Any, group: str) -> None:
    """Deleted it is gone; deleted again is no error."""
    extensions = _create(compute, group, mode="Automatic")
    extensions.begin_create_or_update(group, "web", "script", _script()).result()
    assert extensions.begin_delete(group, "web", "script").result() is None
    with pytest.raises(ResourceNotFoundError) as caught:
        extensions.get(group, "web", "script")
    assert error_of(caught).code == "NotFound"
    assert extensions.begin_delete(group, "web", "script").result() is None


def test_refusals(compute: Any, group: str) -> None:
    """Without a publisher; and the health extension of a rolling scale set."""
    extensions = _create(compute, group, mode="Rolling", extension=HEALTH_EXTENSION)
    with pytest.raises(HttpResponseError) as caught:
        extensions.begin_create_or_update(group, "web", "script", _script(publisher=None))
    assert (caught.value.status_code, error_of(caught).target) == (400, "properties.publisher")
    with pytest.raises(HttpResponseError) as caught:
        extensions.begin_delete(group, "web", "health")
    assert caught.value.status_code == 400


def _own(**members: Any) -> models.VirtualMachineScaleSetVMExtension:
    properties = models.VirtualMachineExtensionProperties(**{**HANDLER, **members})
    return models.VirtualMachineScaleSetVMExtension(location="westus2", properties=properties)


def test_instance_create_read_list(compute: Any, group: str) -> None:
    """An extension of one instance is read, listed and expanded; the instance's model is its own then."""
    _create(compute, group)
    extensions = compute.virtual_machine_scale_set_vm_extensions
    made = extensions.begin_create_or_update(group, "web", "0", "script", _own(settings={"a": 1})).result()
    assert (made.name, made.properties.provisioning_state) == ("script", "Succeeded")
    assert made.properties.settings == {"a": 1}
    assert extensions.get(group, "web", "0", "script").as_dict() == made.as_dict()
    [listed] = extensions.list(group, "web", "0", expand="instanceView").value
    assert listed.properties.instance_view.statuses[0].code == "ProvisioningState/succeeded"
    assert applied(compute, group) == {"0": False, "1": True}
    instance = compute.virtual_machine_scale_set_vms.get(group, "web", "0")
    assert [item.name for item in instance.resources] == ["script"]


def test_instance_update_and_delete(compute: Any, group: str) -> None:
    """Changed in what is named, then deleted, then deleted again without error."""
    _create(compute, group)
    extensions = compute.virtual_machine_scale_set_vm_extensions
    extensions.begin_create_or_update(group, "web", "0", "script", _own()).result()
    change = models.VirtualMachineScaleSetVMExtensionUpdate(
        properties=models.VirtualMachineExtensionUpdateProperties(force_update_tag="2")
    )
    changed = extensions.begin_update(group, "web", "0", "script", change).result()
    assert (changed.properties.force_update_tag, changed.properties.type) == ("2", "CustomScript")
    assert extensions.begin_delete(group, "web", "0", "script").result() is None
    with pytest.raises(ResourceNotFoundError):
        extensions.get(group, "web", "0", "script")
    assert extensions.begin_delete(group, "web", "0", "script").result() is None
    with pytest.raises(ResourceNotFoundError):
        extensions.begin_update(group, "web", "0", "script", change)
    assert extensions.list(group, "web", "0").value == []


def test_instance_refusals(compute: Any, group: str) -> None:
    """Without a publisher; on an instance that is down; on one that there is not."""
    _create(compute, group)
    extensions = compute.virtual_machine_scale_set_vm_extensions
    with pytest.raises(HttpResponseError) as caught:
        extensions.begin_create_or_update(group, "web", "0", "script", _own(publisher=None))
    assert (caught.value.status_code, error_of(caught).target) == (400, "properties.publisher")
    compute.virtual_machine_scale_set_vms.begin_deallocate(group, "web", "0").result()
    with pytest.raises(HttpResponseError) as caught:
        extensions.begin_create_or_update(group, "web", "0", "script", _own())
    assert (caught.value.status_code, error_of(caught).code) == (409, "OperationNotAllowed")
    with pytest.raises(ResourceNotFoundError):
        extensions.list(group, "web", "9")
