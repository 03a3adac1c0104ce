"""What Azure refuses of a model is refused with its status, code, target and words; what Azure takes is taken.

Strictness in one kind must not refuse what is right in it.
"""

from __future__ import annotations

import pytest

from tests.emulator.arm.azure import (
    SET,
    Azure,
    model,
)
from tests.emulator.arm.refusal_cases import ACCEPTED, REFUSED
from tests.emulator.arm.refusal_parts import (
    COMMUNITY,
    GALLERY,
    IMAGE,
    MANAGED,
    SHARED,
    TOGETHER,
    UBUNTU,
    Changes,
    Refusal,
    group,
)
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.platform.timings import Timings


@pytest.mark.parametrize(("changes", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_azure_refuses_of_a_new_scale_set(changes: Changes, expected: Refusal) -> None:
    """Status, code, target and words, and nothing was made."""
    azure = group()
    response = azure.put(model(1, changes))
    error = response.json()["error"]
    assert (response.status, error["code"], error.get("target", ""), error["message"]) == expected
    assert azure.send("GET", SET).status == 404


@pytest.mark.parametrize("changes", ACCEPTED.values(), ids=ACCEPTED)
def test_what_azure_takes(changes: Changes) -> None:
    """It is created, and what is read back may be written again."""
    azure = group()
    response = azure.put(model(1, changes))
    assert response.status == 201, response.body
    azure.done(response)
    again = azure.put(azure.get())
    assert again.status == 200, again.body


@pytest.mark.parametrize(
    ("before", "after"),
    [(UBUNTU, {"id": MANAGED}), (UBUNTU, {"communityGalleryImageId": COMMUNITY}), ({"id": GALLERY}, UBUNTU)],
)
def test_a_platform_image_and_ones_own_do_not_change_places(before: Changes, after: Changes) -> None:
    """In Azure's words (azure-docs#89791, azure-docs#92371)."""
    azure = group()
    azure.done(azure.put(model(1, {IMAGE: before})))
    response = azure.patch({"properties": {"virtualMachineProfile": {"storageProfile": {"imageReference": after}}}})
    assert azure.error(response)[:2] == (409, "OperationNotAllowed")
    assert b"The Image type for a Virtual Machine Scale Set may not be changed." in response.body


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"id": MANAGED}, {"id": GALLERY}),
        ({"id": GALLERY}, {"sharedGalleryImageId": SHARED}),
        (UBUNTU, {**UBUNTU, "offer": "ubuntu-24_04-lts", "sku": "server"}),
        (UBUNTU, {"version": "22.04.202403010"}),
    ],
)
def test_images_that_change_places(before: Changes, after: Changes) -> None:
    """The new reference takes the place of the old one where it names the image in another way."""
    azure = group()
    azure.done(azure.put(model(1, {IMAGE: before})))
    change = {"properties": {"virtualMachineProfile": {"storageProfile": {"imageReference": after}}}}
    azure.done(azure.patch(change))
    shown = azure.get()["properties"]["virtualMachineProfile"]["storageProfile"]["imageReference"]
    assert {name: shown[name] for name in after} == after
    assert len({"id", "sharedGalleryImageId", "publisher"} & shown.keys()) == 1


@pytest.mark.parametrize("change", [{"version": "1.0.0"}, {"sku": "server"}])
def test_a_part_of_a_platform_image_does_not_go_with_an_id(change: Changes) -> None:
    """A PATCH of it is merged into the reference, which then names two images."""
    azure = group()
    azure.done(azure.put(model(1, {IMAGE: {"id": GALLERY}})))
    response = azure.patch({"properties": {"virtualMachineProfile": {"storageProfile": {"imageReference": change}}}})
    assert azure.error(response)[:2] == (400, "InvalidParameter")
    assert TOGETHER.format("id", *change).encode() in response.body


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ({"id": f"{GALLERY}/versions/2.5.0"}, "2.5.0"),
        ({"communityGalleryImageId": f"{COMMUNITY}/versions/3.1.4"}, "3.1.4"),
        ({"id": f"{GALLERY}/versions/latest"}, "7.0.0"),
        ({"id": GALLERY}, "7.0.0"),
    ],
)
def test_an_instance_has_the_version_that_the_id_of_its_image_names(image: Changes, expected: str) -> None:
    """With a version in the id it stays there; without one it is the newest (azure-rest-api-specs#4446)."""
    azure = group()
    for name in (GALLERY, COMMUNITY):
        azure.send("POST", "/_emulator/images", {"image": name, "version": "7.0.0"}, version=None)
    if image.get("id", "").endswith("2.5.0"):
        azure.send("POST", "/_emulator/images", {"image": GALLERY, "version": "2.5.0"}, version=None)
        azure.send("POST", "/_emulator/images", {"image": GALLERY, "version": "8.0.0"}, version=None)
    azure.done(azure.put(model(1, {IMAGE: image})))
    storage = azure.get(f"{SET}/virtualMachines/0")["properties"]["storageProfile"]
    assert storage["imageReference"]["exactVersion"] == expected


def test_a_version_that_a_known_gallery_has_not_is_refused() -> None:
    """In Azure's words; nothing is made."""
    azure = group()
    azure.send("POST", "/_emulator/images", {"image": GALLERY, "version": "7.0.0"}, version=None)
    response = azure.put(model(1, {IMAGE: {"id": f"{GALLERY}/versions/2026.1.77"}}))
    assert azure.error(response) == (404, "GalleryImageNotFound", "imageReference")
    assert b"is not available in westus region. Please contact image owner" in response.body


def test_an_open_catalogue_takes_any_version() -> None:
    """As it takes any size and region."""
    azure = Azure(Emulator(settings=Settings(timings=Timings.exact(), catalogue="open")))
    azure.group()
    assert azure.put(model(1, {IMAGE: {**UBUNTU, "version": "16.04.201801090"}})).status == 201
