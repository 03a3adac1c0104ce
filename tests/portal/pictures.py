"""``python -m tests.portal.pictures`` makes the pictures of docs/portal.md from a portal that runs."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.browser.chromium import browser
from tests.serving import served
from vmss_sdk import VmssClient
from vmss_sdk.errors import OperationFailedError
from vmss_sdk.testing import linux_scale_set

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = Path(__file__).parents[2] / "docs/pictures"
WEB = "/subscriptions/docs/resourceGroups/rg/providers/Microsoft.Compute/virtualMachineScaleSets/web"
SIZE = {"width": 1000, "height": 580}


def prepare(client: VmssClient) -> None:
    """A scale set whose roll stopped at its gate."""
    client.resource_groups.create_or_update("rg", "westeurope")
    web = client.scale_set("rg", "web")
    web.create_or_update(linux_scale_set(9, zones=["1", "2", "3"], location="westeurope")).result()
    client.emulator.scale_set("rg", "web").faults.unhealthy_after_upgrade(["1", "4"])
    try:
        changed = linux_scale_set(9, zones=["1", "2", "3"], location="westeurope", image_version="2.0.0")
        web.create_or_update(changed).result()
    except OperationFailedError:
        return


def take(page: Page, url: str) -> None:
    """Go through the portal and take each picture."""
    FOLDER.mkdir(exist_ok=True)
    page.set_viewport_size(SIZE)  # type: ignore[arg-type]  # playwright's TypedDict
    page.goto(f"{url}/portal/#/rolling?id={WEB}")
    page.locator(".square").first.wait_for()
    page.screenshot(path=FOLDER / "rolling.png")
    page.goto(f"{url}/portal/#/instances?id={WEB}")
    for name in ("web_2", "web_3"):
        page.get_by_role("checkbox", name=f"Select {name}", exact=True).check()
    page.screenshot(path=FOLDER / "instances.png")
    page.get_by_role("button", name="Reimage").click()
    page.get_by_text("Afterwards").wait_for()
    page.screenshot(path=FOLDER / "reimage.png")


def main() -> None:
    """Make them all anew."""
    with (
        served("--clock", "scaled:600") as url,
        VmssClient("docs", endpoint=url) as client,
        TemporaryDirectory() as home,
    ):
        prepare(client)
        with browser(Path(home)) as context:
            take(context.new_page(), url)


if __name__ == "__main__":
    main()
