"""Boot diagnostics: signed addresses that answer until they are over."""

import struct
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest

from tests.emulator.arm.azure import BASE, FLEXIBLE, GROUP, HEALTH_EXTENSION, SET, Azure, model
from vmss_sdk import wire
from vmss_sdk.transport.base import Response

INSTANCE = f"{SET}/virtualMachines/0"
RETRIEVE = f"{INSTANCE}/retrieveBootDiagnosticsData"
PROFILE = "properties.virtualMachineProfile"
ENABLED = {f"{PROFILE}.diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}}
SCREEN, LOG = "consoleScreenshotBlobUri", "serialConsoleLogBlobUri"


def there(changes: dict[str, Any] | None = None, capacity: int = 1) -> Azure:
    """An instance that runs, with boot diagnostics."""
    azure = Azure()
    azure.create(model(capacity, {**ENABLED, **(changes or {})}))
    return azure


def uris(azure: Azure, path: str = RETRIEVE) -> dict[str, str]:
    """The addresses."""
    response = azure.post(path)
    assert response.status == 200, response.body
    found: dict[str, str] = response.json()
    return found


def fetch(azure: Azure, uri: str, method: str = "GET") -> Response:
    """What is there, asked for as a browser would: no api-version, no token."""
    return azure.send(method, uri, version=None)


def denied(response: Response) -> tuple[int, str | None, str]:
    """Status and code of an error of the blob service."""
    code = ET.fromstring(response.body.decode().partition("?>")[2]).findtext("Code")
    return response.status, code, response.headers["Content-Type"]


def test_addresses_are_on_this_host_and_signed() -> None:
    """Both members, two hours from now by default, for reading one blob."""
    azure = there()
    found = uris(azure)
    assert list(found) == [SCREEN, LOG]
    for uri in found.values():
        assert uri.startswith(f"{BASE}/")
        query = parse_qs(urlsplit(uri).query)
        assert (query["sp"], query["sr"]) == (["r"], ["b"])
        left = wire.parse_time(query["se"][0]).timestamp() - azure.emulator.clock.now()
        assert 7199 <= left <= 7200


def test_the_screenshot_is_a_bitmap() -> None:
    """Header, size and rows are those of a BMP file."""
    azure = there()
    response = fetch(azure, uris(azure)[SCREEN])
    assert (response.status, response.headers["Content-Type"]) == (200, "image/bmp")
    magic, size, _, _, offset = struct.unpack_from("<2sIHHI", response.body)
    assert (magic, size) == (b"BM", len(response.body))
    width, height, planes, bits = struct.unpack_from("<iiHH", response.body, 18)
    assert (planes, bits) == (1, 1)
    assert len(response.body) - offset == height * ((width + 31) // 32 * 4)


def test_the_serial_log_tells_what_became_of_the_machine() -> None:
    """The OS disk, its image, the extensions that ran on it, and whether it is up."""
    azure = there({f"{PROFILE}.extensionProfile.extensions": [HEALTH_EXTENSION]})
    response = fetch(azure, uris(azure)[LOG])
    assert response.headers["Content-Type"].startswith("text/plain")
    text = response.body.decode()
    assert "OS disk 1: Canonical:0001-com-ubuntu-server-jammy:22_04-lts, version 1.0.0" in text
    assert "extension health (Created) succeeded" in text
    assert text.rstrip().endswith("login:")
    azure.done(azure.post(f"{INSTANCE}/reimage"))
    azure.done(azure.post(f"{INSTANCE}/powerOff"))
    later = fetch(azure, uris(azure)[LOG]).body.decode()
    assert "OS disk 2:" in later
    assert "extension health (OsDiskReplaced) succeeded" in later
    assert later.rstrip().endswith("power stopped")


def test_head_has_no_body() -> None:
    """As the blob service answers it."""
    azure = there()
    response = fetch(azure, uris(azure)[LOG], "HEAD")
    assert (response.status, response.body) == (200, b"")


@pytest.mark.parametrize(("minutes", "passed", "status"), [(1, 59, 200), (1, 60, 403), (1440, 86399, 200)])
def test_addresses_are_valid_for_as_long_as_asked(minutes: int, passed: float, status: int) -> None:
    """From 1 minute to a day, in the emulator's time."""
    azure = there()
    found = azure.post(f"{RETRIEVE}?sasUriExpirationTimeInMinutes={minutes}").json()
    expiry = wire.parse_time(parse_qs(urlsplit(found[LOG]).query)["se"][0]).timestamp()
    azure.emulator.clock.sleep(expiry - 60 * minutes + passed - azure.emulator.clock.now())
    assert fetch(azure, found[LOG]).status == status


@pytest.mark.parametrize("spoil", [("sp=r", "sp=r&sig=x"), ("se=2", "se=3"), ("serialconsole.log", "screenshot.bmp")])
def test_another_signature_is_refused(spoil: tuple[str, str]) -> None:
    """403 AuthenticationFailed in XML: for a changed address, a later end, no signature."""
    azure = there()
    response = fetch(azure, uris(azure)[LOG].replace(*spoil))
    assert denied(response) == (403, "AuthenticationFailed", "application/xml")
    assert response.headers["x-ms-error-code"] == "AuthenticationFailed"
    bare = fetch(azure, uris(azure)[LOG].partition("?")[0])
    assert denied(bare)[:2] == (403, "AuthenticationFailed")


def test_nothing_is_there_when_the_machine_is_gone() -> None:
    """404 BlobNotFound in XML."""
    azure = there(capacity=2)
    found = uris(azure)
    azure.done(azure.send("DELETE", INSTANCE))
    assert denied(fetch(azure, found[LOG])) == (404, "BlobNotFound", "application/xml")


@pytest.mark.parametrize("minutes", ["0", "1441", "-1", "x", "1.5"])
def test_minutes_out_of_range(minutes: str) -> None:
    """1 to 1440."""
    azure = there()
    response = azure.post(f"{RETRIEVE}?sasUriExpirationTimeInMinutes={minutes}")
    assert azure.error(response) == (400, "InvalidParameter", "sasUriExpirationTimeInMinutes")


@pytest.mark.parametrize("settings", [None, {"bootDiagnostics": {"enabled": False}}])
def test_not_without_boot_diagnostics(settings: Any) -> None:
    """409 when the instance's model does not enable them."""
    azure = there({f"{PROFILE}.diagnosticsProfile": settings})
    assert azure.error(azure.post(RETRIEVE)) == (409, "OperationNotAllowed", None)
    assert "bootDiagnostics" not in azure.get(f"{INSTANCE}/instanceView")


def test_unknown_instance() -> None:
    """404, as for every instance that is not there."""
    azure = there()
    assert azure.error(azure.post(RETRIEVE.replace("/0/", "/9/"))) == (404, "NotFound", None)


def test_the_instance_view_names_blobs_in_the_users_own_storage() -> None:
    """Unsigned, at the account of the model; where Azure keeps them they are not told."""
    storage = "https://logs.blob.core.windows.net/"
    azure = there({f"{PROFILE}.diagnosticsProfile": {"bootDiagnostics": {"enabled": True, "storageUri": storage}}})
    view = azure.get(f"{INSTANCE}/instanceView")["bootDiagnostics"]
    machine = azure.get(INSTANCE)["properties"]["vmId"]
    assert view[LOG] == f"{storage}bootdiagnostics-web0-{machine}/web_0.{machine}.serialconsole.log"
    assert uris(azure)[LOG].startswith(f"{BASE}/_blob/logs/bootdiagnostics-web0-{machine}/")
    assert "bootDiagnostics" not in there().get(f"{INSTANCE}/instanceView")


def test_of_a_virtual_machine_of_a_flexible_scale_set() -> None:
    """Under its own address too."""
    azure = there(FLEXIBLE)
    [name] = [item["name"] for item in azure.instances()]
    found = uris(azure, f"{GROUP}/providers/Microsoft.Compute/virtualMachines/{name}/retrieveBootDiagnosticsData")
    assert fetch(azure, found[LOG]).status == 200
