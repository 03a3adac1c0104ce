"""Which api-versions are served."""

import pytest

from tests.emulator.arm.azure import GROUP, SET, Azure


@pytest.mark.parametrize("version", ["2019-03-01", "2024-07-01", "2026-04-01", "2031-12-31", "2022-11-01-preview"])
def test_served(version: str) -> None:
    """Every version from 2019-03-01 on, also unknown newer ones and previews."""
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
    """A version that is no date is refused."""
    assert Azure().error(Azure().send("GET", SET, version=version)) == (400, "InvalidApiVersionParameter", None)


def test_too_old() -> None:
    """Before 2019-03-01: NoRegisteredProviderFound, with version and type (wire.md 7.2)."""
    response = Azure().send("GET", f"{SET}/virtualMachines/0", version="2018-10-01")
    error = response.json()["error"]
    assert (response.status, error["code"]) == (400, "NoRegisteredProviderFound")
    assert error["message"].startswith("No registered resource provider found for location '")
    assert "API version '2018-10-01' for type 'virtualMachineScaleSets/virtualMachines'." in error["message"]


def test_asked_before_the_body_is_read() -> None:
    """A wrong version is told whatever else is wrong."""
    response = Azure().send("PUT", GROUP, b"{", version=None)
    assert response.json()["error"]["code"] == "MissingApiVersionParameter"


def test_in_any_case() -> None:
    """The name of the query parameter is compared without regard to case."""
    azure = Azure()
    azure.create()
    assert azure.send("GET", f"{SET}?API-Version=2024-07-01", version=None).status == 200
