"""Run commands, the action that runs a script, and their answers as recorded (wire.md 3.31)."""

from typing import Any

import pytest

from tests.emulator.arm.azure import CONTROL, FLEXIBLE, GROUP, SET, Azure, model
from vmss_sdk import wire

INSTANCE = f"{SET}/virtualMachines/0"
MIGRATE = f"{INSTANCE}/runCommands/migrate"
FAMILIES = ["runCommands", "diagnosticRunCommands"]
BODY: dict[str, Any] = {"location": "westus", "properties": {"source": {"script": "Write-Host Hello World!"}}}
SHELL: dict[str, Any] = {"commandId": "RunShellScript", "script": ["echo $0 $1"]}
NOT_FOUND = (404, "NotFound", None)


@pytest.fixture
def azure() -> Azure:
    """Two instances that run."""
    azure = Azure()
    azure.create(model(2))
    return azure


def answers(azure: Azure, **answer: Any) -> None:
    """Say what scripts answer."""
    assert azure.post(f"{CONTROL}/faults", {"kind": "scriptAnswer", **answer}).status == 201


def test_created_as_recorded(azure: Azure) -> None:
    """PUT answers 201 with the resource in Creating, and where to ask; no Location."""
    response = azure.put(BODY, MIGRATE)
    assert response.status == 201
    expected = {
        "name": "migrate",
        "id": MIGRATE,
        "type": "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommands",
        "location": "westus",
        "properties": {
            "source": {"script": "Write-Host Hello World!"},
            "timeoutInSeconds": 0,
            "provisioningState": "Creating",
            "asyncExecution": False,
        },
    }
    assert response.json() == expected
    assert list(response.json()["properties"]) == list(expected["properties"])
    headers = response.headers
    assert (headers["x-ms-request-charge"], headers["Azure-AsyncNotification"]) == ("1", "Enabled")
    assert "Location" not in headers
    assert headers["x-ms-ratelimit-remaining-resource"].startswith(
        "Microsoft.Compute/VMScaleSetVMActionsSubscriptionMaximum;"
    )
    azure.done(response)
    assert azure.get(MIGRATE)["properties"]["provisioningState"] == "Succeeded"


def test_diagnostic_run_commands_are_written_without_a_body(azure: Azure) -> None:
    """201, then 200, as the API description has it; reading shows a type of their own."""
    path = f"{INSTANCE}/diagnosticRunCommands/dump"
    first = azure.put(BODY, path)
    azure.done(first)
    second = azure.put(BODY, path)
    changed = azure.patch({"tags": {"a": "b"}}, path)
    assert [(r.status, r.body) for r in (first, second, changed)] == [(201, b""), (200, b""), (200, b"")]
    shown = azure.get(path)
    assert shown["type"] == "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/diagnosticRunCommands"
    assert shown["tags"] == {"a": "b"}


@pytest.mark.parametrize("family", FAMILIES)
def test_instance_view_as_recorded(azure: Azure, family: str) -> None:
    """A script that failed: its members, their order, and whole seconds."""
    error = "script.sh: line 1: Write-Host: command not found\n"
    answers(azure, exitCode=127, error=error)
    azure.done(azure.put(BODY, f"{INSTANCE}/{family}/migrate"))
    view = azure.get(f"{INSTANCE}/{family}/migrate?$expand=instanceView")["properties"]["instanceView"]
    message = "Execution failed: failed to execute command: command terminated with exit status=127"
    names = ["exitCode", "executionState", "executionMessage", "output", "error", "startTime", "endTime"]
    assert list(view) == names
    assert [view[name] for name in names[:5]] == [127, "Failed", message, "", error]
    assert view["startTime"] == view["endTime"]
    assert "." not in view["startTime"]
    assert "instanceView" not in azure.get(f"{INSTANCE}/{family}/migrate")["properties"]


def test_instance_view_of_a_script_that_waits(azure: Azure) -> None:
    """Pending, without what is not known yet."""
    azure.put(BODY, MIGRATE)
    view = azure.get(f"{MIGRATE}?$expand=instanceView")["properties"]["instanceView"]
    assert view == {"executionState": "Pending", "executionMessage": "", "output": "", "error": ""}


def test_put_of_one_that_exists(azure: Azure) -> None:
    """200, and Updating; the name is found in any case and stays as it was."""
    azure.done(azure.put(BODY, MIGRATE))
    response = azure.put(BODY, MIGRATE.upper().replace(SET.upper(), SET))
    assert (response.status, response.json()["name"]) == (200, "migrate")
    assert response.json()["properties"]["provisioningState"] == "Updating"


def test_patched_as_recorded(azure: Azure) -> None:
    """200 with what it is now in Updating; what is shown has the recorded order."""
    azure.done(azure.put(BODY, MIGRATE))
    change = {
        "properties": {
            "source": {"script": "script1"},
            "parameters": [{"name": "arg1", "value": "f1"}],
            "asyncExecution": False,
            "runAsUser": "user1",
            "timeoutInSeconds": 3600,
        }
    }
    response = azure.patch(change, MIGRATE)
    assert response.status == 200
    assert "Location" not in response.headers
    expected = {
        "source": {"script": "script1"},
        "parameters": [{"name": "arg1", "value": "f1"}],
        "runAsUser": "user1",
        "timeoutInSeconds": 3600,
        "provisioningState": "Updating",
        "asyncExecution": False,
    }
    assert list(response.json()["properties"].items()) == list(expected.items())
    azure.done(response)


@pytest.mark.parametrize("family", FAMILIES)
def test_deleted_as_recorded(azure: Azure, family: str) -> None:
    """202 with both addresses; Deleting meanwhile, then gone, and 204 from then on."""
    path = f"{INSTANCE}/{family}/migrate"
    azure.done(azure.put(BODY, path))
    response = azure.send("DELETE", path)
    assert (response.status, response.body) == (202, b"")
    assert "monitor=true" in response.headers["Location"]
    assert response.headers["x-ms-ratelimit-remaining-resource"].startswith("Microsoft.Compute/DeleteVMScaleSetVM")
    assert azure.get(path)["properties"]["provisioningState"] == "Deleting"
    azure.done(response)
    assert azure.get(f"{INSTANCE}/{family}") == {"value": []}
    assert azure.send("DELETE", path).status == 204


def test_listed(azure: Azure) -> None:
    """In the order of their creation, each family by itself; the instance view on demand."""
    for path in ("runCommands/b", "runCommands/a", "diagnosticRunCommands/c"):
        azure.done(azure.put(BODY, f"{INSTANCE}/{path}"))
    listed = azure.get(f"{INSTANCE}/runCommands")["value"]
    assert [item["name"] for item in listed] == ["b", "a"]
    assert "instanceView" not in listed[0]["properties"]
    [only] = azure.get(f"{INSTANCE}/diagnosticRunCommands?$expand=instanceView")["value"]
    assert (only["name"], only["properties"]["instanceView"]["executionState"]) == ("c", "Succeeded")
    assert azure.get(f"{SET}/virtualMachines/1/runCommands") == {"value": []}


def test_listed_page_by_page() -> None:
    """Like every list."""
    azure = Azure(page_size=2)
    azure.create(model(1))
    for name in "abc":
        azure.done(azure.put(BODY, f"{INSTANCE}/runCommands/{name}"))
    first = azure.get(f"{INSTANCE}/runCommands")
    rest = azure.get(first["nextLink"])
    assert [item["name"] for page in (first, rest) for item in page["value"]] == ["a", "b", "c"]


def test_secrets_are_never_shown(azure: Azure) -> None:
    """Neither in an answer nor in an error text."""
    secret = {"runAsPassword": "hunter2", "protectedParameters": [{"name": "key", "value": "hunter2"}]}
    blobs = {"outputBlobUri": "https://logs.blob/o", "errorBlobUri": "https://logs.blob/e"}
    signed = {name: f"{uri}?sp=racw&sig=hunter2" for name, uri in blobs.items()}
    properties = {**BODY["properties"], **secret, **signed}
    response = azure.put({**BODY, "properties": properties}, MIGRATE)
    assert b"hunter2" not in response.body
    shown = azure.get(f"{MIGRATE}?$expand=instanceView")["properties"]
    assert {name: shown[name] for name in blobs} == blobs
    assert not shown.keys() & secret.keys()
    source = {"scriptUri": "https://scripts.blob/s?sig=hunter2"}
    response = azure.put({**BODY, "properties": {**properties, "source": source}}, MIGRATE)
    assert response.json()["properties"]["source"] == {"scriptUri": "https://scripts.blob/s"}
    assert b"hunter2" not in wire.encode(azure.emulator.saved())
    wrong = azure.put({**BODY, "properties": {**properties, "timeoutInSeconds": -1}}, MIGRATE)
    assert wrong.status == 400
    assert b"hunter2" not in wrong.body


def test_failure_on_demand(azure: Azure) -> None:
    """With treatFailureAsDeploymentFailure the operation fails as that of an extension, and the state is Failed."""
    answers(azure, exitCode=3)
    properties = {**BODY["properties"], "treatFailureAsDeploymentFailure": True}
    ended = azure.end(azure.put({**BODY, "properties": properties}, MIGRATE))
    assert (ended["status"], ended["error"]["code"]) == ("Failed", "VMExtensionProvisioningError")
    assert "'migrate' (publisher 'Microsoft.CPlat.Core' and type 'RunCommandHandlerLinux')" in ended["error"]["message"]
    assert azure.get(MIGRATE)["properties"]["provisioningState"] == "Failed"


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("GET", MIGRATE, None, NOT_FOUND),
        ("PATCH", MIGRATE, {"properties": {}}, NOT_FOUND),
        ("GET", f"{SET}/virtualMachines/9/runCommands/migrate", None, NOT_FOUND),
        ("PUT", f"{SET}/virtualMachines/9/runCommands/migrate", BODY, NOT_FOUND),
        ("DELETE", f"{SET}/virtualMachines/9/runCommands/migrate", None, NOT_FOUND),
        ("POST", f"{SET}/virtualMachines/9/runCommand", SHELL, NOT_FOUND),
        ("PUT", MIGRATE, {"properties": BODY["properties"]}, (400, "LocationRequired", None)),
        ("PUT", MIGRATE, {**BODY, "location": "eastus"}, (400, "LocationNotAvailableForResourceType", None)),
        ("PUT", MIGRATE, {"location": "westus"}, (400, "InvalidParameter", "properties.source")),
        ("PUT", MIGRATE, None, (400, "InvalidRequestContent", None)),
        ("PUT", MIGRATE, {**BODY, "nonsense": 1}, (400, "BadRequest", "runCommand.nonsense")),
        ("POST", f"{INSTANCE}/runCommand", {}, (400, "InvalidParameter", "commandId")),
        ("POST", f"{INSTANCE}/runCommand", {"commandId": "RunPowerShellCommand"}, NOT_FOUND),
        ("POST", f"{INSTANCE}/runCommand", {"commandId": "IPConfig"}, (409, "OperationNotAllowed", None)),
        (
            "POST",
            f"{INSTANCE}/runCommand",
            {**SHELL, "parameters": [{"name": "a"}]},
            (400, "InvalidParameter", "parameters[0].value"),
        ),
    ],
)
def test_refusals(azure: Azure, method: str, path: str, body: Any, expected: tuple[int, str, str | None]) -> None:
    """Status, code and target of each."""
    assert azure.error(azure.send(method, path, body)) == expected


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", MIGRATE, BODY),
        ("PATCH", MIGRATE, {"properties": {"runAsUser": "a"}}),
        ("DELETE", MIGRATE, None),
        ("POST", f"{INSTANCE}/runCommand", SHELL),
    ],
)
def test_an_instance_that_is_down(azure: Azure, method: str, path: str, body: Any) -> None:
    """409, in Azure's words; reading goes on."""
    azure.done(azure.put(BODY, MIGRATE))
    azure.done(azure.post(f"{INSTANCE}/deallocate"))
    response = azure.send(method, path, body)
    assert azure.error(response) == (409, "OperationNotAllowed", None)
    assert response.json()["error"]["message"] == "Cannot modify extensions in the VM when the VM is not running."
    assert azure.get(MIGRATE)["name"] == "migrate"


def test_the_action_as_recorded(azure: Azure) -> None:
    """202 without body and with both addresses; the result is in the operation and at the Location."""
    answers(azure, command="RunShellScript", script="echo*", output="/var/lib/waagent/script.sh hello\n")
    parameters = [{"name": "arg1", "value": "hello"}, {"name": "arg2", "value": "world"}]
    response = azure.post(f"{INSTANCE}/runCommand", {**SHELL, "parameters": parameters})
    assert (response.status, response.body, response.headers["x-ms-request-charge"]) == (202, b"", "1")
    started = azure.get(response.headers["Azure-AsyncOperation"])
    assert list(started) == ["startTime", "status", "name"]
    ended = azure.end(response)
    assert list(ended) == ["startTime", "endTime", "status", "properties", "name"]
    message = "Enable succeeded: \n[stdout]\n/var/lib/waagent/script.sh hello\n\n[stderr]\n"
    value = [
        {
            "code": "ProvisioningState/succeeded",
            "level": "Info",
            "displayStatus": "Provisioning succeeded",
            "message": message,
        }
    ]
    assert ended["properties"] == {"output": {"value": value}}
    assert azure.get(response.headers["Location"]) == {"value": value}


def test_the_action_on_windows_as_recorded(azure: Azure) -> None:
    """A status for each stream."""
    image = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": "2022", "version": "1.0.0"}
    profile = "properties.virtualMachineProfile.storageProfile"
    azure.create(model(1, {f"{profile}.imageReference": image}), SET.replace("/web", "/win"))
    place = CONTROL.replace("/web", "/win")
    answer = {"kind": "scriptAnswer", "command": "ipconfig", "output": "Windows IP Configuration", "error": "oh"}
    assert azure.post(f"{place}/faults", answer).status == 201
    path = f"{SET.replace('/web', '/win')}/virtualMachines/0/runCommand"
    value = azure.end(azure.post(path, {"commandId": "ipconfig"}))["properties"]["output"]["value"]
    assert [(status["code"], status["message"]) for status in value] == [
        ("ComponentStatus/StdOut/succeeded", "Windows IP Configuration"),
        ("ComponentStatus/StdErr/succeeded", "oh"),
    ]


def test_only_the_end_of_a_long_output_is_shown(azure: Azure) -> None:
    """The last 4,096 bytes, and no half of a character."""
    answers(azure, output="ä" * 3000)
    azure.done(azure.put(BODY, MIGRATE))
    view = azure.get(f"{MIGRATE}?$expand=instanceView")["properties"]["instanceView"]
    assert view["output"] == "ä" * 2048


def test_the_action_runs_one_script_at_a_time(azure: Azure) -> None:
    """409 Conflict, in Azure's words."""
    azure.post(f"{INSTANCE}/runCommand", SHELL)
    response = azure.post(f"{INSTANCE}/runCommand", SHELL)
    assert azure.error(response) == (409, "Conflict", None)
    assert response.json()["error"]["message"] == (
        "Run command extension execution is in progress. Please wait for completion before invoking a run command."
    )


def test_of_a_virtual_machine_of_a_flexible_scale_set() -> None:
    """The same commands under both addresses, each with its own ids and types."""
    azure = Azure()
    azure.create(model(1, FLEXIBLE))
    [name] = [item["name"] for item in azure.instances()]
    machine = f"{GROUP}/providers/Microsoft.Compute/virtualMachines/{name}"
    azure.done(azure.put(BODY, f"{machine}/runCommands/migrate"))
    alone = azure.get(f"{machine}/runCommands/migrate")
    inside = azure.get(f"{SET}/virtualMachines/{name}/runCommands/migrate")
    assert (alone["id"], alone["type"]) == (
        f"{machine}/runCommands/migrate",
        "Microsoft.Compute/virtualMachines/runCommands",
    )
    assert inside["type"] == "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommands"
    assert alone["properties"] == inside["properties"]
    ended = azure.end(azure.post(f"{machine}/runCommand", SHELL))
    assert ended["properties"]["output"]["value"][0]["message"] == "Enable succeeded: \n[stdout]\n\n[stderr]\n"
    azure.done(azure.send("DELETE", f"{machine}/runCommands/migrate"))
    assert azure.get(f"{machine}/runCommands") == {"value": []}


@pytest.mark.parametrize(
    "wrong",
    [{"exitCode": "1"}, {"seconds": -1}, {"output": 1}, {"command": ""}, {"script": ""}, {"zone": "1"}, {"count": 0}],
)
def test_what_a_scripted_answer_must_not_say(azure: Azure, wrong: dict[str, Any]) -> None:
    """It is refused by the member's name."""
    response = azure.post(f"{CONTROL}/faults", {"kind": "scriptAnswer", **wrong})
    assert azure.error(response) == (400, "InvalidParameter", next(iter(wrong)))


def test_a_scripted_answer_is_listed_and_cleared(azure: Azure) -> None:
    """As every fault."""
    answers(azure, command="migrate", exitCode=-1, output="", seconds=5, count=1, instanceIds=["0"])
    [listed] = azure.get(f"{CONTROL}/faults")["value"]
    assert listed == {
        "kind": "scriptAnswer",
        "instanceIds": ["0"],
        "count": 1,
        "command": "migrate",
        "script": None,
        "exitCode": -1,
        "output": "",
        "error": "",
        "seconds": 5.0,
    }
    assert azure.send("DELETE", f"{CONTROL}/faults?kind=scriptAnswer").status == 204
    assert azure.get(f"{CONTROL}/faults") == {"value": []}
