"""The portal as somebody uses it, in a real browser on the emulator's own port."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.clients.foreign import installed
from tests.serving import served_securely
from vmss_sdk import RollingUpgradePolicy, VmssClient
from vmss_sdk.errors import OperationFailedError
from vmss_sdk.models import VirtualMachineScaleSet
from vmss_sdk.testing import linux_scale_set

if TYPE_CHECKING:
    from playwright.sync_api import Page

SET = "/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets"
PASSWORD = "Only-For-Tests-1"  # made up
OF_A_SET = (
    *("overview", "instances", "scaling", "policy", "rolling", "health"),
    *("extensions", "model", "decisions", "faults", "activity"),
)
OPEN = """async place => {
  const shown = () => document.querySelector('main > *');
  const before = shown();
  location.hash = '#/' + place;
  while (shown() === before || !shown()?.ready) await new Promise(done => setTimeout(done, 20));
}"""
"""Goes to a page and waits until it is drawn; strings that the page itself would have to run are forbidden to it."""
GENERAL = ("home", "create", "deployments", "activity", "resources", "service")


def flexible(capacity: int) -> VirtualMachineScaleSet:
    """A Flexible scale set in Manual mode."""
    document = linux_scale_set(capacity, mode="Manual").wire
    properties = document["properties"]
    properties |= {"orchestrationMode": "Flexible", "platformFaultDomainCount": 1}
    del properties["overprovision"]
    properties["virtualMachineProfile"]["networkProfile"]["networkApiVersion"] = "2020-11-01"
    return VirtualMachineScaleSet.from_wire(document)


@pytest.mark.parametrize("mode", ["Uniform", "Flexible"])
def test_the_line_of_the_documentation(page: Page, emulator: str, client: VmssClient, mode: str) -> None:
    """Source: upgrade-policies.md, tab Portal: in the menu under Settings, Instances, select, click Reimage."""
    name = f"line-{mode.lower()}"
    web = client.scale_set("rg", name)
    web.create_or_update(linux_scale_set(4, mode="Manual") if mode == "Uniform" else flexible(4)).result()
    inside = client.emulator.scale_set("rg", name)
    before = inside.instances()
    inside.write_data([one.instance_id for one in before], "os", "the orders of today")
    chosen = [before[1], before[2]]

    page.goto(f"{emulator}/portal/")
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Instances").click()
    for one in chosen:
        page.get_by_role("checkbox", name=f"Select {one.name}", exact=True).check()
    page.get_by_text("2 instances selected").wait_for()
    page.get_by_role("toolbar").get_by_role("button", name="Reimage").click()
    dialog = page.get_by_role("dialog", name="Reimage: 2 instances?")
    dialog.get_by_text("Lost: the OS disk and what is on it").wait_for()
    dialog.get_by_text("The same from elsewhere").click()
    ids = " ".join(one.instance_id for one in chosen)
    assert (
        dialog.get_by_role("tabpanel").inner_text().startswith(f"az vmss reimage -g rg -n {name} --instance-ids {ids}")
    )
    dialog.get_by_role("button", name="Reimage").click()
    page.locator(".toast.good").filter(has_text="Reimage").wait_for()

    after = {one.instance_id: one for one in inside.instances()}
    reimaged = {one.instance_id for one in chosen}
    for one in before:
        touched = one.instance_id in reimaged
        assert after[one.instance_id].os_disk.number == (2 if touched else 1)
        assert after[one.instance_id].data == ({} if touched else {"os": "the orders of today"})


def test_reimage_with_the_keyboard_alone(page: Page, emulator: str, client: VmssClient) -> None:
    """Tab leads to everything that is needed, in its order; the dialog keeps the focus and gives it back."""
    client.scale_set("rg", "keys").create_or_update(linux_scale_set(2, mode="Manual")).result()
    page.goto(f"{emulator}/portal/#/instances?id={SET}/keys")
    page.get_by_text("2 rows").wait_for()
    press(page, "Select keys_1", "Space")
    page.get_by_text("1 instance selected").wait_for()
    press(page, "Reimage", "Enter", back=True)
    page.get_by_role("dialog").wait_for()
    press(page, "Reimage", "Enter")
    page.locator(".toast.good").filter(has_text="Reimage").wait_for()
    assert [one.os_disk.number for one in client.emulator.scale_set("rg", "keys").instances()] == [1, 2]


def press(page: Page, name: str, key: str, *, back: bool = False) -> None:
    """Go to what has this name by the tabulator, and press a key there."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent") == name:
            page.keyboard.press(key)
            return
    pytest.fail(f"the tabulator leads to no '{name}'")


def test_a_failing_roll_watched_to_its_end(page: Page, emulator: str, client: VmssClient) -> None:
    """Its batches come by themselves, then the gate that stopped it with its figures, and the state Faulted."""
    web = client.scale_set("rg", "roll")
    policy = RollingUpgradePolicy(max_batch_instance_percent=20, max_unhealthy_upgraded_instance_percent=20)
    web.create_or_update(linux_scale_set(5, rolling=policy)).result()
    page.goto(f"{emulator}/portal/#/rolling?id={SET}/roll")
    page.get_by_text("There was no rolling upgrade of this scale set yet.").wait_for()
    client.emulator.scale_set("rg", "roll").faults.unhealthy_after_upgrade(["1"])
    operation = web.create_or_update(linux_scale_set(5, rolling=policy, image_version="2.0.0"))
    page.get_by_text("Batch 1", exact=False).first.wait_for()
    page.locator(".badge", has_text="Faulted").wait_for()
    page.get_by_text(re.compile(r"1 of 2 upgraded instances .* so the upgrade stops")).wait_for()
    assert page.locator(".square.good").count() == 1
    assert page.locator(".square.bad").get_attribute("title") == "1: failed, fault domain 1, unhealthy"
    assert page.get_by_role("button", name="Cancel the upgrade").is_disabled()
    with pytest.raises(OperationFailedError, match="MaxUnhealthyUpgradedInstancePercentExceeded"):
        operation.result()


def test_create_by_the_wizard(page: Page, emulator: str, client: VmssClient) -> None:
    """The review refuses what the emulator would refuse; then it is created."""
    page.goto(f"{emulator}/portal/#/create")
    page.get_by_label("Subscription").fill("sub")
    page.get_by_label("Scale set name").fill("made")
    page.get_by_label("Admin password").fill(PASSWORD)
    page.get_by_label("Size").fill("Standard_Nothing")
    page.get_by_role("button", name="Review").click()
    page.get_by_text("It would be refused (400)").wait_for()
    assert page.get_by_role("button", name="Create").is_disabled()
    page.get_by_label("Size").fill("Standard_D2s_v5")
    page.get_by_role("button", name="Review").click()
    page.get_by_text("Validation passed.").wait_for()
    page.get_by_role("button", name="Create").click()
    page.get_by_role("heading", name="made").wait_for()
    page.locator(".toast.good").filter(has_text="Create").wait_for()
    assert len(list(client.scale_set("rg", "made").instances())) == 3


def test_a_server_that_is_gone_is_said(page: Page, emulator: str, client: VmssClient) -> None:
    """And the page goes on by itself when it is there again."""
    client.scale_set("rg", "gone").create_or_update(linux_scale_set(1, mode="Manual")).result()
    page.goto(f"{emulator}/portal/#/instances?id={SET}/gone")
    page.get_by_text("Live", exact=True).wait_for()
    page.context.set_offline(True)
    client.scale_set("rg", "gone").set_capacity(2).result()
    page.get_by_text("trying again").wait_for()
    page.context.set_offline(False)
    page.get_by_text("Live", exact=True).wait_for()
    page.get_by_text("2 rows").wait_for()


def test_a_reader_looks_and_changes_nothing(page: Page, home: Path) -> None:
    """Over TLS one signs in; a wrong secret is said, buttons are off, and what is forbidden is explained."""
    with served_securely(home, "--clock", "scaled:600") as server:
        reader, contributor = server.principal("reader"), server.principal("contributor")
        page.goto(f"{server.url}/portal/")
        page.get_by_label("Client id").fill(reader.client_id)
        page.get_by_label("Client secret").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        page.get_by_text("invalid_client").wait_for()
        make_set(page, contributor.client_id, contributor.secret)
        page.get_by_label("Client id").fill(reader.client_id)
        page.get_by_label("Client secret").fill(reader.secret)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="seen", exact=True).click()
        page.get_by_role("link", name="Instances", exact=True).first.click()
        page.get_by_text("Your role may look and change nothing").wait_for()
        page.get_by_role("checkbox", name="Select all").check()
        assert page.get_by_role("button", name="Reimage").is_disabled()
        page.get_by_role("link", name="Faults and time").click()
        page.get_by_label("Kind").select_option("quota")
        page.get_by_role("button", name="Set a fault").click()
        page.get_by_text("AuthorizationFailed").wait_for()
        stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
        assert stored == [0, 0, ""]


def make_set(page: Page, client_id: str, secret: str) -> None:
    """A contributor makes a scale set in the portal, and signs out."""
    page.get_by_label("Client id").fill(client_id)
    page.get_by_label("Client secret").fill(secret)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Home").wait_for()
    page.get_by_role("link", name="Create a scale set").first.click()
    page.get_by_label("Scale set name").fill("seen")
    page.get_by_label("Admin password").fill(PASSWORD)
    page.get_by_role("button", name="Review").click()
    page.get_by_text("Validation passed.").wait_for()
    page.get_by_role("button", name="Create").click()
    page.locator(".toast.good").wait_for()
    page.get_by_role("button", name="Sign out").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_for_axe_to_find(page: Page, emulator: str, client: VmssClient, scheme: str) -> None:
    """On each page, and none is wider than a small screen."""
    axe = installed("VMSS_PORTAL_MODULES", ".node-portal/node_modules") / "axe-core/axe.min.js"
    client.scale_set("rg", "axe").create_or_update(linux_scale_set(3)).result()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its literals
    page.set_viewport_size({"width": 390, "height": 800})
    places = [*GENERAL[1:], "home", *(f"{name}?id={SET}/axe" for name in OF_A_SET)]
    places += [f"instance?id={SET}/axe&instance=1", f"resource?resource={SET}/axe"]
    found = []
    page.goto(f"{emulator}/portal/")
    page.evaluate(f"{axe.read_text('utf-8')};0")
    for place in places:
        page.evaluate(OPEN, place)
        said = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found += [(place, one["id"], one["nodes"][0]["html"]) for one in said["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((place, "too wide", ""))
    assert found == []


def test_a_thousand_instances_are_there_in_a_second(page: Page, emulator: str, client: VmssClient) -> None:
    """And of their rows only those that can be seen are in the page; the time is told, a slow machine fails nothing."""
    big = linux_scale_set(1000, mode="Manual")
    client.scale_set("rg", "big").create_or_update(big).result()
    page.goto(f"{emulator}/portal/#/instances?id={SET}/big")
    page.get_by_text("1,000 rows").wait_for()
    print("first paint of the rows, ms:", page.evaluate("performance.now()"), os.environ.get("PYTEST_XDIST_WORKER", ""))
    assert page.locator("tbody tr").count() < 80
    page.get_by_role("region", name="Instances").evaluate("it => { it.scrollTop = 36 * 700; }")
    page.get_by_role("link", name="big_700", exact=True).wait_for()
