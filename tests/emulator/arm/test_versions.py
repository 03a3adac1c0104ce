"""Which api-versions are served: those of the type."""

import pytest

from tests.emulator.arm.azure import GROUP, SET, SUBSCRIPTION, Azure, model

VNET = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/net"
STORAGE = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/shopdata"
COMPUTE = (  # the list of an error of Azure's of 2024, and what came since
    "2015-05-01-preview, 2015-06-15, 2016-03-30, 2016-04-30-preview, 2016-08-30, 2017-03-30, 2017-12-01, 2018-04-01,"
    " 2018-06-01, 2018-10-01, 2019-03-01, 2019-07-01, 2019-12-01, 2020-06-01, 2020-12-01, 2021-03-01, 2021-04-01,"
    " 2021-07-01, 2021-11-01, 2022-03-01, 2022-08-01, 2022-11-01, 2023-03-01, 2023-07-01, 2023-09-01, 2024-03-01,"
    " 2024-07-01, 2024-11-01, 2025-04-01, 2025-11-01, 2026-03-01, 2026-04-01"
)


@pytest.mark.parametrize("version", [*COMPUTE.split(", "), "2031-12-31", "2016-04-30-PREVIEW"])
def test_served(version: str) -> None:
    """Every version that scale sets have on Azure, and newer ones than are known."""
    azure = Azure()
    azure.create()
    assert azure.get(version=version)["name"] == "web"


def test_missing() -> None:
    """Without api-version: ARM's 400 in ARM's words (wire.md 7.2)."""
    response = Azure().send("GET", SET, version=None)
    assert response.status == 400
    assert response.json() == {
        "error": {
            "code": "MissingApiVersionParameter",
            "message": "The api-version query parameter (?api-version=) is required for all requests.",
        }
    }
    assert response.headers["x-ms-failure-cause"] == "gateway"


@pytest.mark.parametrize("version", ["2024", "latest", "2024-13-01", "2024-7-1", "2024-07-01-", "v2024-07-01"])
def test_malformed(version: str) -> None:
    """A version that is no date is refused, with those that the type has."""
    azure = Azure()
    response = azure.send("GET", SET, version=version)
    assert azure.error(response) == (400, "InvalidApiVersionParameter", None)
    assert response.json()["error"]["message"].endswith("2015-06-15,2015-05-01-preview'.")


@pytest.mark.parametrize("version", ["2014-04-01", "2020-01-01", "2022-11-01-preview", "2023-10-02"])
def test_never_there(version: str) -> None:
    """A version that scale sets never had: the type's list and the region of the set, in ARM's words (wire.md 7.2)."""
    azure = Azure()
    azure.create()
    response = azure.send("GET", f"{SET}/virtualMachines/0", version=version)
    error = response.json()["error"]
    assert (response.status, error["code"]) == (400, "NoRegisteredProviderFound")
    assert error["message"].startswith(
        f"No registered resource provider found for location 'westus' and API version '{version}' for type"
        f" 'virtualMachineScaleSets/virtualMachines'. The supported api-versions are '{COMPUTE}'."
        " The supported locations are '"
    )
    assert "westeurope" in error["message"].rpartition("locations are")[2]


def test_location_of_what_is_to_be() -> None:
    """A PUT that is refused for its version tells the location that it has; a list has none."""
    azure = Azure()
    azure.group()
    refused = azure.put({**model(1), "location": "North Europe"}, version="2020-01-01")
    assert "for location 'northeurope' and" in refused.json()["error"]["message"]
    listed = azure.send("GET", SET.rpartition("/")[0], version="2020-01-01")
    assert "for location 'null' and" in listed.json()["error"]["message"]


@pytest.mark.parametrize(
    ("path", "served", "refused"),
    [
        (VNET, ["2015-06-15", "2016-03-30", "2019-11-01", "2024-05-01"], ["2019-03-01", "2016-04-30-preview"]),
        (STORAGE, ["2015-06-15", "2016-01-01", "2019-06-01", "2023-01-01"], ["2019-03-01", "2024-07-01"]),
        (f"{GROUP}/providers/Microsoft.Compute/disks/data", ["2018-09-30", "2023-10-02"], ["2023-09-01"]),
        (f"{GROUP}/providers/Microsoft.Compute/galleries/shop", ["2018-06-01", "2022-03-03"], ["2022-03-01"]),
        (f"{GROUP}/providers/Microsoft.Compute/disks/later", ["2026-03-02", "2025-07-02"], ["2024-07-01"]),
        (f"{GROUP}/providers/Microsoft.Network/natGateways/out", ["2019-02-01"], ["2018-12-01"]),
        (f"{GROUP}/providers/Contoso.Teapots/pots/brown", ["2011-11-11", "2031-01-01-alpha"], []),
    ],
)
def test_each_type_has_its_own(path: str, served: list[str], refused: list[str]) -> None:
    """Networks, accounts, disks … have other versions than scale sets; a type that nobody knows has any."""
    azure = Azure()
    azure.group()
    for version in served:
        assert azure.put({"location": "westus"}, path, version=version).status in {200, 201, 202}, version
    for version in refused:
        response = azure.put({"location": "westus"}, path, version=version)
        assert azure.error(response)[:2] == (400, "NoRegisteredProviderFound"), version


@pytest.mark.parametrize(
    ("path", "version"),
    [
        (GROUP, "2018-05-01"),
        (GROUP, "2016-09-01"),
        ("/subscriptions", "2016-06-01"),
        (SUBSCRIPTION, "2018-06-01"),
        (f"{GROUP}/providers/Microsoft.Resources/deployments", "2018-05-01"),
        (f"{SUBSCRIPTION}/providers/Microsoft.Compute", "2015-01-01"),
        (f"{SUBSCRIPTION}/providers/Microsoft.Compute/skus", "2017-09-01"),
        (f"{SUBSCRIPTION}/resources", "2019-05-10"),
    ],
)
def test_types_of_arm(path: str, version: str) -> None:
    """Groups, subscriptions, deployments and providers have ARM's versions, which libcloud and old SDKs use."""
    azure = Azure()
    azure.group()
    assert azure.send("GET", path, version=version).status == 200


@pytest.mark.parametrize("path", [GROUP, SUBSCRIPTION, "/subscriptions", f"{SUBSCRIPTION}/providers/Microsoft.Compute"])
def test_versions_that_arm_has_not(path: str) -> None:
    """ARM's own types are refused with another code, and with ARM's list, the newest first."""
    response = Azure().send("GET", path, version="2017-07-14")
    error = response.json()["error"]
    assert (response.status, error["code"]) == (400, "InvalidApiVersionParameter")
    assert error["message"].startswith("The api-version '2017-07-14' is invalid. The supported versions are '20")
    assert "2020-10-01,2020-09-01,2020-08-01" in error["message"]


def test_children_have_their_parents_versions() -> None:
    """What is below a gallery has the gallery's versions; what Compute has in a region is no part of another type."""
    azure = Azure()
    azure.group()
    gallery = f"{GROUP}/providers/Microsoft.Compute/galleries/shop"
    azure.put({"location": "westus"}, gallery, version="2022-03-03")
    assert azure.put({"location": "westus"}, f"{gallery}/images/golden", version="2023-07-03").status == 201
    assert azure.put({"location": "westus"}, f"{gallery}/images/golden", version="2024-07-01").status == 400
    shared = f"{SUBSCRIPTION}/providers/Microsoft.Compute/locations/westus/communityGalleries/shop"
    assert azure.send("GET", shared, version="2022-01-03").status == 404


def test_interfaces_of_scale_sets() -> None:
    """They are a type of Compute's, with some of Network's older versions; Azure refuses Network's newer ones."""
    azure = Azure()
    azure.create()
    path = f"{SET}/networkInterfaces"
    assert azure.send("GET", path, version="2016-09-01").status == 200
    assert azure.send("GET", path, version="2018-10-01").status == 200
    error = azure.send("GET", path, version="2023-04-01").json()["error"]
    wanted = "for location 'westus' and API version '2023-04-01' for type 'virtualMachineScaleSets/networkInterfaces'"
    assert wanted in error["message"]


def test_asked_before_the_body_is_read() -> None:
    """A wrong version is told whatever else is wrong."""
    response = Azure().send("PUT", GROUP, b"{", version=None)
    assert response.json()["error"]["code"] == "MissingApiVersionParameter"
    response = Azure().send("PUT", SET, b"{", version="2020-01-01")
    assert response.json()["error"]["code"] == "NoRegisteredProviderFound"


def test_in_any_case() -> None:
    """The name of the query parameter is compared without regard to case."""
    azure = Azure()
    azure.create()
    assert azure.send("GET", f"{SET}?API-Version=2024-07-01", version=None).status == 200
