"""The requests that Terraform's azurerm provider makes, one after the other, with the waits that it takes.

Its client is go-azure-sdk: it reads ``Retry-After`` and no other header, and waits 10 seconds where there is none.
"""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from tests.emulator.arm.azure import GROUP, SET, SUBSCRIPTION, Azure, rolling
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.platform.timings import Timings
from vmss_sdk.transport.base import Response

USER_AGENT = "HashiCorp Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-azurerm/4.14.0 go-azure-sdk/..."
COMPUTE = "2024-07-01"
SUBNET = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net/subnets/s"
CREATED_BY_APPLY: dict[str, Any] = {
    "location": "westeurope",
    "sku": {"name": "Standard_D2s_v5", "capacity": 2, "tier": "Standard"},
    "identity": {"type": "SystemAssigned"},
    "tags": {"a": "b"},
    "properties": {
        "additionalCapabilities": {},
        "overprovision": False,
        "singlePlacementGroup": True,
        "upgradePolicy": {"mode": "Manual"},
        "virtualMachineProfile": {
            "extensionProfile": {"extensionsTimeBudget": "PT1H30M"},
            "networkProfile": {
                "networkInterfaceConfigurations": [
                    {
                        "name": "nic",
                        "properties": {
                            "dnsSettings": {"dnsServers": []},
                            "enableAcceleratedNetworking": False,
                            "enableIPForwarding": False,
                            "ipConfigurations": [
                                {
                                    "name": "ip",
                                    "properties": {
                                        "applicationGatewayBackendAddressPools": [],
                                        "applicationSecurityGroups": [],
                                        "loadBalancerBackendAddressPools": [],
                                        "loadBalancerInboundNatPools": [],
                                        "primary": True,
                                        "privateIPAddressVersion": "IPv4",
                                        "subnet": {"id": SUBNET},
                                    },
                                }
                            ],
                            "primary": True,
                        },
                    }
                ]
            },
            "osProfile": {
                "adminPassword": "Pa55w0rd!1234",
                "adminUsername": "azureuser",
                "computerNamePrefix": "web",
                "linuxConfiguration": {"disablePasswordAuthentication": False, "provisionVMAgent": True},
                "secrets": [],
            },
            "priority": "Regular",
            "storageProfile": {
                "dataDisks": [],
                "imageReference": {
                    "offer": "0001-com-ubuntu-server-jammy",
                    "publisher": "Canonical",
                    "sku": "22_04-lts-gen2",
                    "version": "latest",
                },
                "osDisk": {
                    "caching": "ReadWrite",
                    "createOption": "FromImage",
                    "managedDisk": {"storageAccountType": "Standard_LRS"},
                    "osType": "Linux",
                    "writeAcceleratorEnabled": False,
                },
            },
        },
    },
}


@attrs.define
class Terraform:
    """The provider, and how long it waited in real time.

    Attributes:
        azure: Whom it talks to: a server on virtual time.
        waited: Each wait, in seconds.
    """

    azure: Azure = attrs.field(
        factory=lambda: Azure(Emulator(settings=Settings(timings=Timings.exact()), skip_on_poll=True))
    )
    waited: list[int] = attrs.field(factory=list)

    def send(self, method: str, path: str, body: Any = None, version: str = COMPUTE) -> Response:
        """One request."""
        return self.azure.send(method, path, body, headers={"User-Agent": USER_AGENT}, version=version)

    def get(self, path: str, version: str = COMPUTE) -> Any:
        """The body of a GET that must succeed."""
        answer = self.send("GET", path, version=version)
        assert answer.status == 200, answer.body
        return answer.json()

    def act(self, method: str, path: str, body: Any = None, version: str = COMPUTE) -> None:
        """A write, polled until it has succeeded."""
        answer = self.send(method, path, body, version)
        assert answer.status in (200, 201, 202), answer.body
        poll = answer.headers.get("Azure-AsyncOperation") or answer.headers.get("Location")
        for _ in range(100 if poll else 0):
            self.waited.append(int(answer.headers.get("Retry-After", "10")))
            answer = self.send("GET", str(poll))
            assert answer.status in (200, 202), answer.body
            status = answer.json().get("status", "Succeeded") if answer.status == 200 and answer.body else "Succeeded"
            if answer.status == 200 and status != "InProgress":
                assert status == "Succeeded", answer.body
                return
        assert poll is None

    def prepare(self) -> None:
        """Group, network and subnet."""
        assert self.send("GET", GROUP, version="2023-07-01").status == 404
        self.act("PUT", GROUP, {"location": "westeurope", "tags": {}}, "2023-07-01")
        network = SUBNET.partition("/subnets/")[0]
        assert self.send("GET", network, version="2024-03-01").status == 404
        body = {"location": "westeurope", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}}
        self.act("PUT", network, body, "2024-03-01")
        self.act("PUT", SUBNET, {"properties": {"addressPrefixes": ["10.0.1.0/24"]}}, "2024-03-01")

    def create(self) -> Any:
        """The scale set of the first apply, as it is read afterwards."""
        self.prepare()
        assert self.send("GET", f"{SET}?$expand=userData").status == 404
        self.act("PUT", SET, CREATED_BY_APPLY)
        return self.get(f"{SET}?$expand=userData")


@pytest.fixture
def terraform() -> Terraform:
    """The provider, before it asked for anything."""
    return Terraform()


def test_the_provider_starts_by_metadata_host(terraform: Terraform) -> None:
    """What it needs of the metadata to know Azure's services, and all of the providers that it registers."""
    cloud = terraform.get("/metadata/endpoints", "2022-09-01")
    assert cloud["name"]
    assert cloud["resourceManager"]
    assert cloud["microsoftGraphResourceId"]
    assert {"storage", "keyVaultDns", "mhsmDns"} <= cloud["suffixes"].keys()
    known = terraform.get(f"{SUBSCRIPTION}/providers", "2022-09-01")["value"]
    assert all(provider["registrationState"] == "Registered" for provider in known)
    register = f"{SUBSCRIPTION}/providers/{known[0]['namespace']}/register"
    assert terraform.send("POST", register, version="2022-09-01").status == 200


def test_a_plan_after_the_apply_is_empty(terraform: Terraform) -> None:
    """Empty capabilities are not shown, so that the provider sees no block that nobody wrote."""
    assert "additionalCapabilities" not in terraform.create()["properties"]


def test_capabilities_that_say_something_are_shown(terraform: Terraform) -> None:
    """Also when they switch it off."""
    terraform.create()
    terraform.act("PATCH", SET, {"properties": {"additionalCapabilities": {"ultraSSDEnabled": False}}})
    assert terraform.get(SET)["properties"]["additionalCapabilities"] == {"ultraSSDEnabled": False}


def test_a_set_without_extensions_can_be_imported(terraform: Terraform) -> None:
    """The import reads the list of extensions without asking whether there is one."""
    profile = terraform.create()["properties"]["virtualMachineProfile"]["extensionProfile"]
    assert profile == {"extensionsTimeBudget": "PT1H30M", "extensions": []}


def test_an_apply_that_rolls_instances(terraform: Terraform) -> None:
    """A change of the size is brought onto every instance: ``roll_instances_when_required``."""
    terraform.create()
    terraform.act("PATCH", SET, {"sku": {"name": "Standard_D4s_v5", "capacity": 2, "tier": "Standard"}})
    for instance in terraform.get(f"{SET}/virtualMachines")["value"]:
        assert instance["properties"]["latestModelApplied"] is False
        named = {"instanceIds": [instance["instanceId"]]}
        terraform.act("POST", f"{SET}/manualupgrade", named)
        terraform.act("POST", f"{SET}/reimage", named)
    rolled = terraform.get(f"{SET}/virtualMachines")["value"]
    assert all(instance["properties"]["latestModelApplied"] for instance in rolled)


def test_a_destroy(terraform: Terraform) -> None:
    """The set is scaled to zero and deleted, the group is found empty, deleted, and gone."""
    terraform.create()
    terraform.act("PATCH", SET, {"sku": {"name": "Standard_D2s_v5", "capacity": 0, "tier": "Standard"}})
    terraform.act("DELETE", f"{SET}?forceDeletion=true")
    assert terraform.send("GET", SET).status == 404
    terraform.act("DELETE", SUBNET, version="2024-03-01")
    terraform.act("DELETE", SUBNET.partition("/subnets/")[0], version="2024-03-01")
    assert terraform.get(f"{GROUP}/resources?$top=10", "2023-07-01")["value"] == []
    terraform.act("DELETE", GROUP, version="2023-07-01")
    assert terraform.send("GET", GROUP, version="2023-07-01").status == 404


def test_it_never_waits_more_than_a_second(terraform: Terraform) -> None:
    """Every answer that it waits by says so; 10 seconds a poll are what it takes otherwise."""
    test_an_apply_that_rolls_instances(terraform)
    terraform.act("DELETE", SET)
    terraform.act("DELETE", GROUP, version="2023-07-01")
    assert terraform.waited
    assert set(terraform.waited) == {1}


@pytest.mark.parametrize(
    "agent", ["azsdk-python-core/1.41.0 Python/3.11.2", "AZURECLI/2.91.0 azsdk-python-core/1.35.0"]
)
def test_clients_that_read_milliseconds_do_not_wait(terraform: Terraform, agent: str) -> None:
    """azure-core for Python goes by Retry-After first, so it is told milliseconds alone."""
    azure = terraform.azure
    azure.create(rolling(5))
    change = {"sku": {"name": "Standard_D4s_v3"}}
    begun = azure.send("PATCH", SET, change, headers={"User-Agent": agent})
    poll = azure.send("GET", begun.headers["Azure-AsyncOperation"], headers={"User-Agent": agent})
    assert poll.json()["status"] == "InProgress"
    assert "Retry-After" not in begun.headers
    assert "Retry-After" not in poll.headers
    assert poll.headers["retry-after-ms"] == "1"
