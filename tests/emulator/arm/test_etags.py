"""Conditional writes (wire.md 1.3)."""

import pytest

from tests.emulator.arm.azure import SET, Azure, model

VM = f"{SET}/virtualMachines/0"


@pytest.mark.rule("1.6.31")
def test_stale_if_match() -> None:
    """412 in Azure's words, before anything changes."""
    azure = Azure()
    before = azure.create()
    response = azure.put(model(5), headers={"if-match": "invalid"})
    assert response.status == 412
    assert response.json() == {
        "error": {
            "code": "PreconditionFailed",
            "message": 'Etag provided in if-match header "invalid" does not match etag "1" of resource.',
        }
    }
    assert azure.get() == before


def test_comes_before_the_body() -> None:
    """The condition is checked before the body is read."""
    azure = Azure()
    azure.create()
    assert azure.put(b"{", headers={"If-Match": '"7"'}).status == 412


@pytest.mark.rule("1.6.31")
@pytest.mark.parametrize("header", ['"1"', "1", "*", '"0", "1"'])
def test_fitting_if_match(header: str) -> None:
    """The present etag, or any."""
    azure = Azure()
    azure.create()
    assert azure.patch({"tags": {"a": "b"}}, headers={"If-Match": header}).status == 200


def test_each_change_has_its_etag() -> None:
    """A change of the model moves the etag; a write that changes nothing keeps it."""
    azure = Azure()
    azure.create()
    assert azure.patch({"tags": {"a": "b"}}).headers["ETag"] == '"2"'
    assert azure.patch({"tags": {"a": "b"}}).headers["ETag"] == '"2"'
    assert azure.get()["etag"] == '"2"'


def test_if_match_on_nothing() -> None:
    """A write that wants something there creates nothing."""
    azure = Azure()
    azure.group()
    assert azure.error(azure.put(model(), headers={"If-Match": "*"}))[:2] == (412, "PreconditionFailed")
    assert azure.send("GET", SET).status == 404


@pytest.mark.rule("1.6.31")
def test_if_none_match() -> None:
    """``*`` creates, and refuses to change."""
    azure = Azure()
    azure.group()
    assert azure.put(model(), headers={"If-None-Match": "*"}).status == 201
    assert azure.error(azure.put(model(5), headers={"If-None-Match": "*"}))[:2] == (412, "PreconditionFailed")
    assert azure.get()["sku"]["capacity"] == 3


@pytest.mark.rule("1.6.31")
def test_instance() -> None:
    """An instance has an etag of its own; a stale one is refused (wire.md 7.1)."""
    azure = Azure()
    azure.create()
    protect = {"properties": {"protectionPolicy": {"protectFromScaleIn": True}}}
    response = azure.put(protect, VM, headers={"If-Match": '"invalid-etag"'})
    assert response.status == 412
    assert response.json()["error"]["message"] == (
        'Etag provided in if-match header "invalid-etag" does not match etag "1" of resource.'
    )
    assert "protectionPolicy" not in azure.get(VM)["properties"]
    changed = azure.put(protect, VM, headers={"If-Match": '"1"'})
    assert changed.headers["ETag"] == changed.json()["etag"] == '"2"'
    assert azure.get()["etag"] == '"1"'
