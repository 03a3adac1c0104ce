"""The extensions of instances, and of Flexible virtual machines, as resources."""

from typing import Any

import pytest

from tests.emulator.arm.azure import FLEXIBLE, GROUP, HEALTH_EXTENSION, SET, Azure, changed, model

EXTENSIONS = f"{SET}/virtualMachines/0/extensions"
SCRIPT = f"{EXTENSIONS}/script"
PROFILE = "properties.virtualMachineProfile.extensionProfile.extensions"
BODY: dict[str, Any] = {
    "location": "westus",
    "properties": {
        "publisher": "Microsoft.Azure.Extensions",
        "type": "CustomScript",
        "typeHandlerVersion": "2.1",
        "settings": {"commandToExecute": "true"},
        "protectedSettings": {"token": "Sesame-0"},
    },
}


def there(**changes: Any) -> Azure:
    """A scale set of two instances with the health extension in its model."""
    azure = Azure()
    azure.create(model(2, {PROFILE: [HEALTH_EXTENSION], **changes}))
    return azure


def test_put_makes_one() -> None:
    """201, the extension in state Creating without its secrets, where to poll, and one charge."""
    azure = there()
    response = azure.put(BODY, SCRIPT)
    assert response.status == 201
    assert response.json() == {
        "name": "script",
        "id": SCRIPT,
        "type": "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/extensions",
        "location": "westus",
        "properties": {
            "autoUpgradeMinorVersion": False,
            "provisioningState": "Creating",
            "publisher": "Microsoft.Azure.Extensions",
            "type": "CustomScript",
            "typeHandlerVersion": "2.1",
            "settings": {"commandToExecute": "true"},
        },
    }
    headers = response.headers
    assert (headers["Azure-AsyncNotification"], headers["x-ms-request-charge"]) == ("Enabled", "1")
    assert "Location" not in headers
    policies = headers["x-ms-ratelimit-remaining-resource"].split(",")
    assert policies[0].startswith("Microsoft.Compute/VMScaleSetVMActionsSubscriptionMaximum;")
    azure.done(response)
    assert azure.get(SCRIPT)["properties"]["provisioningState"] == "Succeeded"


def test_put_again_and_patch_answer_200() -> None:
    """An existing one is Updating; what is not sent stays."""
    azure = there()
    azure.done(azure.put(BODY, SCRIPT))
    for response in (
        azure.put(changed(BODY, {"properties.forceUpdateTag": "2"}), SCRIPT),
        azure.patch({"properties": {"forceUpdateTag": "3"}}, SCRIPT),
    ):
        assert (response.status, response.json()["properties"]["provisioningState"]) == (200, "Updating")
        azure.done(response)
    shown = azure.get(SCRIPT)["properties"]
    assert (shown["forceUpdateTag"], shown["settings"]) == ("3", {"commandToExecute": "true"})


def test_list_shows_the_models_too() -> None:
    """What is installed there: the extension of the model, and the instance's own; on the other one only the first."""
    azure = there()
    azure.done(azure.put(BODY, SCRIPT))
    assert [item["name"] for item in azure.get(EXTENSIONS)["value"]] == ["health", "script"]
    assert [item["name"] for item in azure.get(f"{SET}/virtualMachines/1/extensions")["value"]] == ["health"]


def test_expand_tells_how_it_is_doing() -> None:
    """With $expand=instanceView the statuses of its last run, without not."""
    azure = there()
    azure.done(azure.put(BODY, SCRIPT))
    assert "instanceView" not in azure.get(SCRIPT)["properties"]
    view = azure.get(f"{SCRIPT}?$expand=instanceView")["properties"]["instanceView"]
    assert (view["name"], view["type"]) == ("script", "Microsoft.Azure.Extensions.CustomScript")
    assert view["statuses"][0]["code"] == "ProvisioningState/succeeded"
    listed = azure.get(f"{EXTENSIONS}?$expand=instanceView")["value"]
    assert all("instanceView" in item["properties"] for item in listed)


def test_resources_of_the_instance() -> None:
    """As recorded: its extensions under the name of its virtual machine, after the etag; the instance view has them."""
    azure = there()
    azure.done(azure.put(BODY, SCRIPT))
    shown = azure.get(f"{SET}/virtualMachines/0?$expand=instanceView")
    assert list(shown)[-2:] == ["etag", "resources"]
    assert [item["name"] for item in shown["resources"]] == ["health", "script"]
    own = shown["resources"][1]
    assert own["id"] == f"{GROUP}/providers/Microsoft.Compute/virtualMachines/web_0/extensions/script"
    assert own["type"] == "Microsoft.Compute/virtualMachines/extensions"
    assert list(own["properties"])[:2] == ["autoUpgradeMinorVersion", "provisioningState"]
    assert [item["name"] for item in shown["properties"]["instanceView"]["extensions"]] == ["health", "script"]
    assert azure.applied() == [False, True]
    assert "resources" not in azure.get()


def test_no_extension_no_resources() -> None:
    """As recorded: an instance without any has no such member."""
    azure = Azure()
    azure.create(model(1))
    assert "resources" not in azure.get(f"{SET}/virtualMachines/0")
    assert azure.get(EXTENSIONS) == {"value": []}


def test_delete() -> None:
    """202 with both addresses and no body; afterwards it is not found, and deleted again it is 204."""
    azure = there()
    azure.done(azure.put(BODY, SCRIPT))
    response = azure.send("DELETE", SCRIPT)
    assert (response.status, response.body) == (202, b"")
    assert "monitor=true" in response.headers["Location"]
    azure.done(response)
    assert azure.error(azure.send("GET", SCRIPT)) == (404, "NotFound", None)
    assert azure.send("DELETE", SCRIPT).status == 204


def test_secrets_never_come_back() -> None:
    """Protected settings are in no answer."""
    azure = there()
    azure.done(azure.put(BODY, SCRIPT))
    for path in (SCRIPT, EXTENSIONS, f"{SET}/virtualMachines/0", f"{SET}/virtualMachines"):
        assert b"Sesame" not in azure.send("GET", path).body
        assert b"protectedSettings" not in azure.send("GET", path).body


@pytest.mark.parametrize(
    ("method", "path", "change", "expected"),
    [
        ("PUT", SCRIPT, {"properties.publisher": None}, (400, "InvalidParameter", "properties.publisher")),
        ("PUT", SCRIPT, {"properties.nonsense": 1}, (400, "BadRequest", None)),
        (
            "PUT",
            SCRIPT,
            {"properties.protectedSettingsFromKeyVault": {"secretUrl": "https://vault/secrets/s"}},
            (400, "InvalidParameter", "properties.protectedSettingsFromKeyVault.sourceVault"),
        ),
        ("PATCH", SCRIPT, {}, (404, "NotFound", None)),
        ("PUT", f"{SET}/virtualMachines/9/extensions/script", {}, (404, "NotFound", None)),
    ],
)
def test_errors(method: str, path: str, change: dict[str, Any], expected: tuple[int, str, str | None]) -> None:
    """A member that lacks, one that there is not, no such extension, no such instance."""
    status, code, target = azure_error = there_error(method, path, change)
    assert (status, code) == expected[:2], azure_error
    if expected[2] is not None:
        assert target == expected[2]


def there_error(method: str, path: str, change: dict[str, Any]) -> tuple[int, str, str | None]:
    """Status, code and target of the error of a request."""
    azure = there()
    return azure.error(azure.send(method, path, changed(BODY, change)))


def test_one_extension_for_each_handler() -> None:
    """A second one of the same publisher and type is refused in Azure's words."""
    azure = there()
    azure.done(azure.put(BODY, SCRIPT))
    response = azure.put(BODY, f"{EXTENSIONS}/other")
    assert azure.error(response)[:2] == (400, "BadRequest")
    assert response.json()["error"]["message"] == (
        "Multiple VMExtensions per handler not supported for OS type 'Linux'. VMExtension 'script' with handler"
        " 'Microsoft.Azure.Extensions.CustomScript' already added or specified in input."
    )


def test_a_machine_that_is_down() -> None:
    """Nothing of its extensions can be changed, in Azure's words."""
    azure = there()
    azure.done(azure.post(f"{SET}/virtualMachines/0/deallocate"))
    response = azure.put(BODY, SCRIPT)
    assert azure.error(response)[:2] == (409, "OperationNotAllowed")
    message = "Cannot modify extensions in the VM when the VM is not running."
    assert response.json()["error"]["message"] == message


def test_of_a_flexible_virtual_machine() -> None:
    """The same by the virtual machine's own address, tags included; its scale set's model has none."""
    azure = Azure()
    azure.create(model(1, FLEXIBLE))
    [instance] = azure.instances()
    machine = f"{GROUP}/providers/Microsoft.Compute/virtualMachines/{instance['name']}"
    response = azure.put({**BODY, "tags": {"a": "b"}}, f"{machine}/extensions/script")
    assert response.status == 201
    azure.done(response)
    shown = azure.get(f"{machine}/extensions/script")
    assert (shown["type"], shown["tags"]) == ("Microsoft.Compute/virtualMachines/extensions", {"a": "b"})
    assert [item["name"] for item in azure.get(f"{machine}/extensions")["value"]] == ["script"]
    assert [item["name"] for item in azure.get(machine)["resources"]] == ["script"]
    azure.done(azure.send("DELETE", f"{machine}/extensions/script"))
    assert "resources" not in azure.get(machine)
