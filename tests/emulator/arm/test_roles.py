"""Microsoft.Authorization: role definitions, role assignments that count, and what of it tools ask Graph for."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.emulator.arm.azure import GROUP, SET, SUBSCRIPTION, Azure, model
from tests.emulator.arm.guarded import Guarded
from vmss_sdk.emulator.arm.identity.principal import Principal, Role, role_of
from vmss_sdk.emulator.arm.identity.roles import built_in_roles

VERSION = "2022-04-01"
NETWORK = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net"
IDS = {  # Azure's own
    "Owner": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    "Contributor": "b24988ac-6180-42a0-ab88-20f7382dd24c",
    "Reader": "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    "User Access Administrator": "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
    "Virtual Machine Contributor": "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
    "Network Contributor": "4d97b98b-1d4f-4787-a291-c67834d212e7",
    "Managed Identity Operator": "f1a07417-d97a-45cb-824c-7a7467783830",
    "Tag Contributor": "4a9ae827-6dc8-4573-8ac7-8239d42aa03f",
}


def assignments(scope: str, name: str = "") -> str:
    """Where role assignments of a scope are."""
    return f"{scope}/providers/Microsoft.Authorization/roleAssignments{f'/{name}' if name else ''}"


def definition(role: str) -> str:
    """The id of a built-in role, or of one by its GUID."""
    return f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{IDS.get(role, role)}"


class World(Guarded):
    """A group with a scale set and a network, made by the owner, and a principal ``nobody`` without any role."""

    def __init__(self) -> None:
        super().__init__("owner")
        self.nobody = Principal.new("nobody", Role.NONE)
        self.directory.add(self.nobody)
        self.create()
        self.put({"location": "westus"}, NETWORK)

    def give(self, role: str, scope: str, principal_id: str = "") -> str:
        """Give a role to a principal, by default to ``nobody``; the name of the assignment."""
        name = str(uuid.uuid4())
        body = {"roleDefinitionId": definition(role), "principalId": principal_id or self.nobody.object_id}
        answer = self.put({"properties": body}, assignments(scope, name), version=VERSION)
        assert answer.status == 201, answer.body
        return name


@pytest.fixture
def world() -> World:
    """As `World` says."""
    return World()


def status(azure: Azure, method: str, path: str, body: Any = None) -> int:
    """The status of a request."""
    return azure.send(method, path, body).status


# ---- definitions


@pytest.mark.parametrize("role", IDS)
def test_built_in_roles_have_azures_ids(role: str) -> None:
    """They are listed at every scope, found by name in any case, and read by id."""
    azure = Azure()
    azure.create()
    for scope in (SUBSCRIPTION, GROUP, SET, ""):
        listed = f"{scope}/providers/Microsoft.Authorization/roleDefinitions?$filter=roleName eq '{role.lower()}'"
        [found] = azure.get(listed, version=VERSION)["value"]
        assert (found["name"], found["properties"]["roleName"]) == (IDS[role], role)
        assert found["properties"]["type"] == "BuiltInRole"
        assert azure.get(found["id"], version=VERSION) == found


def test_an_unknown_role() -> None:
    """404."""
    answer = Azure().send("GET", definition("00000000-1111-2222-3333-444444444444"))
    assert answer.json()["error"]["code"] == "RoleDefinitionDoesNotExist"


def test_what_a_contributor_lacks() -> None:
    """It may not give access, nor write locks; that is all."""
    contributor = next(role for role in built_in_roles() if role.name == "Contributor")
    for action in ("roleAssignments/write", "roleAssignments/delete", "locks/write", "locks/delete"):
        assert not contributor.allows(f"Microsoft.Authorization/{action}")
    assert contributor.allows("Microsoft.Authorization/locks/read")
    assert contributor.allows("Microsoft.Compute/virtualMachineScaleSets/reimage/action")


CUSTOM = "11111111-aaaa-bbbb-cccc-222222222222"
REIMAGER = {
    "roleName": "Reimager",
    "description": "May reimage.",
    "type": "CustomRole",
    "assignableScopes": [SUBSCRIPTION],
    "permissions": [
        {"actions": ["Microsoft.Compute/*"], "notActions": ["Microsoft.Compute/virtualMachineScaleSets/delete"]}
    ],
}


def test_a_custom_role(world: World) -> None:
    """It is made, listed, given, counts by actions and notActions, and cannot be deleted while somebody has it."""
    made = world.put({"properties": REIMAGER}, definition(CUSTOM), version=VERSION)
    assert (made.status, made.json()["name"]) == (201, CUSTOM)
    listed = f"{GROUP}/providers/Microsoft.Authorization/roleDefinitions?$filter=type eq 'CustomRole'"
    assert [item["name"] for item in world.get(listed)["value"]] == [CUSTOM]
    name = world.give(CUSTOM, GROUP)
    assert world.error(world.send("DELETE", definition(CUSTOM)))[:2] == (400, "RoleDefinitionHasAssignments")
    world.be("nobody")
    assert status(world, "POST", f"{SET}/reimage") == 202
    assert status(world, "DELETE", SET) == 403
    assert status(world, "GET", NETWORK) == 403
    world.be("owner")
    assert status(world, "DELETE", assignments(GROUP, name)) == 200
    assert [status(world, "DELETE", definition(CUSTOM)) for _ in range(2)] == [200, 204]


@pytest.mark.parametrize(
    ("name", "changes", "expected"),
    [
        (IDS["Reader"], {}, (403, "BuiltInRoleDefinitionIsReadOnly")),
        ("reimager", {}, (400, "InvalidRoleDefinitionId")),
        (CUSTOM, {"roleName": "reader"}, (409, "RoleDefinitionWithSameNameExists")),
        (CUSTOM, {"roleName": ""}, (400, "InvalidRequestContent")),
        (CUSTOM, {"permissions": "*"}, (400, "InvalidRequestContent")),
        (CUSTOM, {"permissions": [{"actions": "*"}]}, (400, "InvalidRequestContent")),
    ],
)
def test_custom_roles_that_are_refused(name: str, changes: dict[str, Any], expected: tuple[int, str]) -> None:
    """And nothing is kept."""
    azure = Azure()
    answer = azure.put({"properties": {**REIMAGER, **changes}}, definition(name))
    assert azure.error(answer)[:2] == expected
    listed = f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions?$filter=type eq 'CustomRole'"
    assert azure.get(listed)["value"] == []


# ---- assignments


def test_an_assignment_as_it_is_shown(world: World) -> None:
    """The members that Azure answers with; the role's id is that of the subscription."""
    name = world.give("Reader", GROUP)
    shown = world.get(assignments(GROUP, name))
    properties = shown["properties"]
    assert (shown["name"], shown["id"]) == (name, assignments(GROUP, name))
    assert shown["type"] == "Microsoft.Authorization/roleAssignments"
    assert properties["roleDefinitionId"] == definition("Reader")
    assert properties["principalId"] == world.nobody.object_id
    assert properties["scope"] == GROUP
    assert properties["principalType"] == "ServicePrincipal"
    owner = world.directory.named("owner")
    assert owner is not None
    assert properties["createdBy"] == owner.object_id


def test_without_a_role_nothing_may_be_done(world: World) -> None:
    """Not even read, and lists are empty."""
    world.be("nobody")
    for path in (GROUP, SET, NETWORK, f"{GROUP}/resources"):
        assert status(world, "GET", path) == 403
    assert world.get("/subscriptions")["value"] == []


def test_words_of_a_refusal(world: World) -> None:
    """ARM's, with client, object, action and scope."""
    world.be("nobody")
    answer = world.send("DELETE", SET)
    assert answer.json()["error"]["code"] == "AuthorizationFailed"
    message = answer.json()["error"]["message"]
    assert f"object id '{world.nobody.object_id}'" in message
    assert f"'Microsoft.Compute/virtualMachineScaleSets/delete' over scope '{SET}'" in message


@pytest.mark.parametrize("scope", [SUBSCRIPTION, GROUP, SET])
def test_a_role_holds_at_its_scope_and_in_it(world: World, scope: str) -> None:
    """And nowhere else; taken away, it holds no more."""
    name = world.give("Contributor", scope)
    world.be("nobody")
    assert status(world, "POST", f"{SET}/restart") == 202
    assert status(world, "GET", NETWORK) == (403 if scope == SET else 200)
    assert status(world, "GET", GROUP) == (403 if scope == SET else 200)
    world.be("owner")
    world.settle()
    assert [status(world, "DELETE", assignments(scope, name)) for _ in range(2)] == [200, 204]
    world.be("nobody")
    assert status(world, "POST", f"{SET}/restart") == 403


@pytest.mark.parametrize(
    ("role", "allowed", "refused"),
    [
        ("Reader", [("GET", SET)], [("POST", f"{SET}/start"), ("PUT", SET)]),
        ("Virtual Machine Contributor", [("POST", f"{SET}/start"), ("GET", NETWORK)], [("PUT", NETWORK)]),
        ("Network Contributor", [("PUT", NETWORK)], [("GET", SET), ("POST", f"{SET}/start")]),
        ("User Access Administrator", [("GET", SET)], [("POST", f"{SET}/start")]),
    ],
)
def test_a_role_allows_its_actions(
    world: World, role: str, allowed: list[tuple[str, str]], refused: list[tuple[str, str]]
) -> None:
    """By the actions of the built-in roles."""
    world.give(role, GROUP)
    world.be("nobody")
    bodies = {NETWORK: {"location": "westus"}, SET: model()}
    for method, path in allowed:
        assert status(world, method, path, bodies.get(path) if method == "PUT" else None) < 300
    for method, path in refused:
        assert status(world, method, path, bodies.get(path) if method == "PUT" else None) == 403


@pytest.mark.parametrize(
    ("role", "expected"), [("Contributor", 403), ("Owner", 201), ("User Access Administrator", 201)]
)
def test_who_may_give_roles_and_write_locks(world: World, role: str, expected: int) -> None:
    """As on Azure."""
    world.give(role, GROUP)
    world.be("nobody")
    body = {"properties": {"roleDefinitionId": definition("Reader"), "principalId": str(uuid.uuid4())}}
    assert status(world, "PUT", assignments(GROUP, str(uuid.uuid4())), body) == expected
    lock = f"{GROUP}/providers/Microsoft.Authorization/locks/keep"
    assert status(world, "PUT", lock, {"properties": {"level": "CanNotDelete"}}) == expected


def test_tag_contributor(world: World) -> None:
    """It may write tags, and nothing else of the resource."""
    world.give("Tag Contributor", GROUP)
    world.be("nobody")
    tags = f"{SET}/providers/Microsoft.Resources/tags/default"
    assert status(world, "PUT", tags, {"properties": {"tags": {"a": "b"}}}) == 200
    assert status(world, "PATCH", SET, {"tags": {"a": "c"}}) == 403


def test_lists_have_what_may_be_read(world: World) -> None:
    """Of the subscription's resources those that the role reaches."""
    world.give("Reader", SET)
    world.be("nobody")
    listed = [item["name"] for item in world.get(f"{SUBSCRIPTION}/resources")["value"]]
    assert listed == ["web"]
    assert [item["subscriptionId"] for item in world.get("/subscriptions")["value"]] == [SUBSCRIPTION.split("/")[2]]


def test_a_deployment_by_an_assigned_role(world: World) -> None:
    """What a template makes is made by the caller's rights."""
    world.give("Contributor", GROUP)
    world.be("nobody")
    network = {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01", "name": "n", "location": "x"}
    template = {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [{**network, "location": "westus"}],
    }
    body = {"properties": {"mode": "Incremental", "template": template}}
    path = f"{GROUP}/providers/Microsoft.Resources/deployments/d"
    assert status(world, "PUT", path, body) == 201
    world.be("owner")
    world.settle()
    assert world.get(path)["properties"]["provisioningState"] == "Succeeded"


def names(azure: Azure, scope: str, query: str = "") -> list[str]:
    """The principals in a list of assignments."""
    return [item["properties"]["principalId"] for item in azure.get(assignments(scope) + query)["value"]]


def test_lists_and_filters(world: World) -> None:
    """At a scope, above it and in it; atScope() without those in it; by principal."""
    high, middle, low = (str(uuid.uuid4()) for _ in range(3))
    for scope, principal in ((SUBSCRIPTION, high), (GROUP, middle), (SET, low)):
        world.give("Reader", scope, principal)
    assert names(world, GROUP) == [high, middle, low]
    assert names(world, GROUP, "?$filter=atScope()") == [high, middle]
    assert names(world, NETWORK) == [high, middle]
    assert names(world, GROUP, f"?$filter=principalId eq '{low}'") == [low]
    assert names(world, SUBSCRIPTION, f"?$filter=atScope() and assignedTo('{high}')") == [high]
    assert status(world, "GET", f"{assignments(GROUP)}?$filter=roleName eq 'x'") == 400


def test_the_same_twice(world: World) -> None:
    """Under the same name 200; under another one it exists; another role under the same name is no update."""
    name = world.give("Reader", GROUP)
    body = {"properties": {"roleDefinitionId": definition("Reader"), "principalId": world.nobody.object_id}}
    assert world.put(body, assignments(GROUP, name)).status == 200
    again = world.put(body, assignments(GROUP, str(uuid.uuid4())))
    assert world.error(again)[:2] == (409, "RoleAssignmentExists")
    assert name.replace("-", "") in again.json()["error"]["message"]
    body["properties"]["roleDefinitionId"] = definition("Owner")
    changed = world.put(body, assignments(GROUP, name))
    assert world.error(changed)[:2] == (400, "RoleAssignmentUpdateNotPermitted")
    assert len(names(world, GROUP)) == 1


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("reader", {}, "InvalidRoleAssignmentId"),
        (CUSTOM, {"principalId": CUSTOM}, "InvalidRequestContent"),
        (CUSTOM, {"roleDefinitionId": definition("Reader")}, "InvalidRequestContent"),
        (CUSTOM, {"roleDefinitionId": definition("Reader"), "principalId": "me"}, "InvalidPrincipalId"),
        (CUSTOM, {"roleDefinitionId": "Reader", "principalId": CUSTOM}, "InvalidRoleDefinitionId"),
    ],
)
def test_assignments_that_are_refused(world: World, name: str, body: dict[str, str], code: str) -> None:
    """400, and nothing is kept."""
    answer = world.put({"properties": body}, assignments(GROUP, name))
    assert world.error(answer)[:2] == (400, code)
    assert names(world, GROUP) == []


def test_an_assignment_goes_with_its_scope(world: World) -> None:
    """A new resource of the same name is nobody's."""
    world.give("Contributor", NETWORK)
    world.give("Contributor", SET)
    world.send("DELETE", NETWORK)
    world.done(world.send("DELETE", SET))
    world.settle()
    world.create()
    world.put({"location": "westus"}, NETWORK)
    assert names(world, SET) == names(world, NETWORK) == []


def test_they_are_no_resources(world: World) -> None:
    """No list of resources has them."""
    world.give("Reader", GROUP)
    assert "Microsoft.Authorization/roleAssignments" not in {
        item["type"] for item in world.get(f"{GROUP}/resources")["value"]
    }


def test_permissions_of_the_caller(world: World) -> None:
    """What the caller may do over a scope, as its roles say."""
    world.give("Reader", GROUP)
    world.be("nobody")
    [found] = world.get(f"{SET}/providers/Microsoft.Authorization/permissions")["value"]
    assert (found["actions"], found["notActions"]) == (["*/read"], [])


# ---- principals, and Graph


@pytest.mark.parametrize(
    ("text", "role"),
    [("owner", Role.OWNER), ("none", Role.NONE), ("virtual machine contributor", "Virtual Machine Contributor")],
)
def test_principals_may_have_any_built_in_role(text: str, role: str) -> None:
    """By its name in any case; None is no role."""
    assert role_of(text) == role


def test_a_principal_with_another_built_in_role(world: World) -> None:
    """It holds as an assignment does."""
    world.directory.add(Principal.new("nets", "Network Contributor", GROUP))
    world.be("nets")
    assert status(world, "GET", NETWORK) == 200
    assert status(world, "GET", SET) == 403


def test_graph_finds_principals(world: World) -> None:
    """By client id and by object id, as az asks; nobody else is in the directory."""
    nobody = world.nobody
    query = f"?$filter=servicePrincipalNames/any(c:c eq '{nobody.client_id}')"
    [found] = world.get(f"/v1.0/servicePrincipals{query}", version=None)["value"]
    assert (found["id"], found["appId"], found["displayName"]) == (nobody.object_id, nobody.client_id, "nobody")
    assert world.get(f"/v1.0/servicePrincipals/{nobody.object_id}", version=None)["id"] == nobody.object_id
    asked = {"ids": [nobody.object_id, str(uuid.uuid4())], "types": []}
    answer = world.post("/v1.0/directoryObjects/getByIds", asked, version=None)
    assert [item["id"] for item in answer.json()["value"]] == [nobody.object_id]
    assert world.get("/v1.0/users?$filter=userPrincipalName eq 'x'", version=None)["value"] == []
    assert world.send("GET", f"/v1.0/servicePrincipals/{uuid.uuid4()}", version=None).status == 404


def test_graph_needs_a_token(world: World) -> None:
    """401 without."""
    world.header = None
    assert world.send("GET", "/v1.0/servicePrincipals", version=None).status == 401


# ---- rights over what is referred to

SUBNET = f"{GROUP.replace('Shop', 'Nets')}/providers/Microsoft.Network/virtualNetworks/net/subnets/s"
IDENTITY = f"{GROUP.replace('Shop', 'Nets')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id"


def elsewhere(world: World) -> None:
    """A network and an identity in a group of the owner's."""
    world.group(SUBNET.partition("/providers/")[0])
    subnet = {"name": "s", "properties": {"addressPrefix": "10.0.0.0/24"}}
    world.put({"location": "westus", "properties": {"subnets": [subnet]}}, SUBNET.partition("/subnets/")[0])
    world.put({"location": "westus"}, IDENTITY)


def with_subnet(subnet: str) -> dict[str, Any]:
    """The model with this subnet."""
    document = model()
    interface = document["properties"]["virtualMachineProfile"]["networkProfile"]["networkInterfaceConfigurations"][0]
    interface["properties"]["ipConfigurations"][0]["properties"]["subnet"] = {"id": subnet}
    return document


def test_a_subnet_of_another_group(world: World) -> None:
    """Who may write the scale set must also be allowed to join the subnet; the words are Azure's."""
    elsewhere(world)
    world.give("Virtual Machine Contributor", GROUP)
    world.be("nobody")
    answer = world.put(with_subnet(SUBNET))
    assert world.error(answer)[:2] == (403, "LinkedAuthorizationFailed")
    message = answer.json()["error"]["message"]
    assert f"to perform action 'Microsoft.Compute/virtualMachineScaleSets/write' on scope '{SET}'" in message
    assert f"'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope(s) '{SUBNET}'" in message
    world.be("owner")
    world.give("Network Contributor", SUBNET)
    world.be("nobody")
    assert world.put(with_subnet(SUBNET), f"{SET}2").status == 201


def test_a_subnet_of_the_same_group(world: World) -> None:
    """A Virtual Machine Contributor may join it."""
    world.give("Virtual Machine Contributor", GROUP)
    world.be("nobody")
    assert world.put(with_subnet(f"{NETWORK}/subnets/s"), f"{SET}2").status == 201


def test_an_identity_of_another_group(world: World) -> None:
    """To assign it takes a Managed Identity Operator."""
    elsewhere(world)
    world.give("Contributor", GROUP)
    change = {"identity": {"type": "UserAssigned", "userAssignedIdentities": {IDENTITY: {}}}}
    world.be("nobody")
    assert world.error(world.patch(change))[:2] == (403, "LinkedAuthorizationFailed")
    world.be("owner")
    world.give("Managed Identity Operator", IDENTITY)
    world.be("nobody")
    assert world.patch(change).status == 200
