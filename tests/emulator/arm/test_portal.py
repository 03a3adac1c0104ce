"""The portal's files and what its pages follow: the events and the rows of instances."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vmss_sdk import wire
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.arm.control.changes import Changes
from vmss_sdk.emulator.arm.names import ServerNames
from vmss_sdk.testing import linux_scale_set
from vmss_sdk.transport.base import Request, Response

PORTAL = Path(__file__).parents[3] / "vmss_sdk" / "portal"
SCRIPTS = sorted(PORTAL.rglob("*.js"))
GROUP = "/subscriptions/s/resourceGroups/rg"
SET = f"{GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/web"
ROWS = "/_emulator/subscriptions/s/resourceGroups/rg/scaleSets/web/rows"
MOST_SCRIPT = 150_000


def asked(emulator: Emulator, path: str, method: str = "GET", **headers: str) -> Response:
    """The answer to a browser's request, as a server gives it."""
    fields = {"Host": "localhost:1", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return emulator.served(ServerNames()).handle(Request(method, f"http://localhost:1{path}", fields))


@pytest.mark.parametrize(
    "path", ["/portal", "/portal/", "/portal/main.js", "/portal/pages/home.js", "/portal/portal.css"]
)
def test_a_file_is_served_with_a_strict_policy(path: str) -> None:
    """Nothing inline, nothing of another host, in no frame; and not taken for another type."""
    found = asked(Emulator(), path)
    assert found.status == 200
    policy = found.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert found.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_is_the_same_is_not_sent_again() -> None:
    """Its etag says so."""
    first = asked(Emulator(), "/portal/main.js")
    again = asked(Emulator(), "/portal/main.js", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/portal/nothing.js", "/portal/..%2Fapp.py", "/portal/pages/x/%2e%2e/none.js", "/portal/a/b/c.js"]
)
def test_nothing_else_is_served(path: str) -> None:
    """Only the files of the list."""
    assert asked(Emulator(), path).status == 404


def test_a_server_without_the_portal() -> None:
    """As ``--no-portal`` wants it."""
    entrance = Emulator().served(ServerNames(), portal=False)
    request = Request("GET", "http://localhost:1/portal/", {"Host": "localhost:1"})
    assert entrance.handle(request).status == 404


def test_a_browser_is_not_told_to_use_https_for_ever() -> None:
    """It would for every server on this machine's name."""
    assert "Strict-Transport-Security" not in asked(Emulator(), "/portal/", Sec_Fetch_Site="none").headers


def test_what_a_browser_reads_moves_no_clock() -> None:
    """A page reads again to show; a program that reads the same again waits."""
    emulator = Emulator(skip_on_poll=True)
    put(emulator)
    before = emulator.clock.now()
    for _ in range(3):
        asked(emulator, f"{SET}?api-version=2024-11-01", Sec_Fetch_Site="same-origin")
    assert emulator.clock.now() == before
    for _ in range(3):
        asked(emulator, f"{SET}?api-version=2024-11-01")
    assert emulator.clock.now() > before


def test_scripts_are_small() -> None:
    """All together under 150 kB, each under 300 lines; no HTML text is made anywhere."""
    assert sum(path.stat().st_size for path in SCRIPTS) < MOST_SCRIPT
    for path in SCRIPTS:
        text = path.read_text("utf-8")
        assert len(text.splitlines()) < 300, path
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text), path


def test_events_tell_each_change_once() -> None:
    """Without a cursor everything; with the last one only what changed since, and 204 when nothing did."""
    emulator = Emulator()
    first = wire.decode(asked(emulator, "/_emulator/events").body)
    assert first["reset"] is True
    assert first["value"] == []
    put(emulator)
    second = wire.decode(asked(emulator, f"/_emulator/events?after={first['cursor']}").body)
    assert (second["reset"], second["value"]) == (False, [{"id": SET, "deleted": False}])
    assert second["clock"]["kind"] == "virtual"
    quiet = asked(emulator, f"/_emulator/events?after={second['cursor']}&wait=20")
    assert (quiet.status, quiet.headers["x-vmss-emulator-waits"]) == (204, "20")
    emulator.clock.advance(3600)
    third = wire.decode(asked(emulator, f"/_emulator/events?after={second['cursor']}").body)
    assert third["value"] == [{"id": SET, "deleted": False}]


def test_a_cursor_of_another_time_starts_anew() -> None:
    """As after a restart: everything is told, and said to be everything."""
    emulator = Emulator()
    put(emulator)
    found = wire.decode(asked(emulator, "/_emulator/events?after=0123456789ab-99").body)
    assert (found["reset"], len(found["value"])) == (True, 1)


def test_a_deleted_scale_set_is_told() -> None:
    """Once, by its id."""
    emulator = Emulator()
    put(emulator)
    cursor = wire.decode(asked(emulator, "/_emulator/events").body)["cursor"]
    asked(emulator, f"{SET}?api-version=2024-11-01", "DELETE")
    emulator.clock.advance(7200)
    found = wire.decode(asked(emulator, f"/_emulator/events?after={cursor}").body)
    assert found["value"] == [{"id": SET, "deleted": True}]


def test_rows_tell_the_instances_that_changed() -> None:
    """And those that are gone."""
    emulator = Emulator()
    put(emulator)
    emulator.clock.advance(3600)
    first = wire.decode(asked(emulator, ROWS).body)
    assert [row["instanceId"] for row in first["value"]] == ["0", "1", "2"]
    assert {row["powerState"] for row in first["value"]} == {"running"}
    asked(emulator, f"{SET}/virtualMachines/1/restart?api-version=2024-11-01", "POST")
    second = wire.decode(asked(emulator, f"{ROWS}?after={first['cursor']}").body)
    assert ([row["instanceId"] for row in second["value"]], second["deleted"]) == (["1"], [])
    asked(emulator, f"{SET}/virtualMachines/2?api-version=2024-11-01", "DELETE")
    emulator.clock.advance(3600)
    third = wire.decode(asked(emulator, f"{ROWS}?after={second['cursor']}").body)
    assert third["deleted"] == ["2"]


def test_what_is_gone_is_not_remembered_for_ever() -> None:
    """When there is too much of it the numbers begin anew, and a cursor from before gets everything."""
    changes = Changes()
    changes.look(changes.sets, {str(number): number for number in range(10_001)})
    before = changes.cursor
    changes.look(changes.sets, {"left": 1})
    assert changes.after(before) is None
    assert list(changes.sets.items) == ["left"]


@pytest.mark.parametrize("wait", ["21", "-1", "soon"])
def test_a_wait_that_is_too_long(wait: str) -> None:
    """It is refused, with what was expected."""
    emulator = Emulator()
    cursor = wire.decode(asked(emulator, "/_emulator/events").body)["cursor"]
    found = asked(emulator, f"/_emulator/events?after={cursor}&wait={wait}")
    assert found.status == 400
    assert "from 0 to 20" in found.body.decode()


def put(emulator: Emulator) -> None:
    """A scale set of three instances."""
    for path, body in (
        (f"{GROUP}?api-version=2021-04-01", {"location": "westus2"}),
        (f"{SET}?api-version=2024-11-01", linux_scale_set(3).wire),
    ):
        request = Request("PUT", f"http://localhost:1{path}", {"Content-Type": "application/json"}, wire.encode(body))
        assert emulator.handle(request).status in (200, 201)
