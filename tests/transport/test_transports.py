"""What every transport does alike: the same tests for the in-process one and the one over HTTP."""

from collections.abc import Iterator
from typing import Any, cast

import pytest

from tests.transport.stand_in import EchoService, serving
from vmss_sdk import ClientUsageError, HttpTransport, InProcessTransport, Request, Transport
from vmss_sdk.transport.base import WallClock


@pytest.fixture(params=["in process", "http"])
def there(request: pytest.FixtureRequest) -> Iterator[tuple[Transport, str]]:
    service = EchoService()
    if request.param == "in process":
        yield InProcessTransport(cast("Any", service)), "https://emulator.invalid"
        return
    with serving(service) as address:
        transport = HttpTransport(address)
        yield transport, address
        transport.close()


def test_a_get_brings_status_headers_and_body(there: tuple[Transport, str]) -> None:
    """The answer arrives whole: status, header fields, JSON body."""
    transport, address = there

    response = transport.send(Request("GET", f"{address}/subscriptions/s?api-version=2026-04-01"))

    assert response.status == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.json()["path"] == "/subscriptions/s?api-version=2026-04-01"


@pytest.mark.parametrize("name", ["X-Mixed-Case", "x-mixed-case", "X-MIXED-CASE"])
def test_response_headers_are_found_in_any_case(there: tuple[Transport, str], name: str) -> None:
    """A header field is found however its name is written."""
    transport, address = there

    assert transport.send(Request("GET", f"{address}/x")).headers[name] == "kept"


@pytest.mark.parametrize("method", ["PUT", "POST", "PATCH", "DELETE", "GET"])
def test_method_query_headers_and_body_arrive_unchanged(there: tuple[Transport, str], method: str) -> None:
    """Percent signs, dollar signs, upper case and UTF-8 reach the service as they were given."""
    transport, address = there
    path = "/resourceGroups/RG/virtualMachines/%2A/poweroff?skipShutdown=false&$expand=instanceView"
    body = '{"näme":"ü","n":[1,2]}' if method != "GET" else ""

    echo = transport.send(Request(method, address + path, {"X-Own": "Value"}, body.encode())).json()

    assert (echo["method"], echo["path"], echo["body"]) == (method, path, body)
    assert echo["headers"]["x-own"] == "Value"


def test_a_post_without_body_is_a_post_without_body(there: tuple[Transport, str]) -> None:
    """No body stays no body: that is how "all instances" is said."""
    transport, address = there

    echo = transport.send(Request("POST", f"{address}/reimage")).json()

    assert echo["body"] == ""
    assert "transfer-encoding" not in echo["headers"]


@pytest.mark.parametrize("status", [400, 401, 404, 409, 412, 429, 500, 503])
def test_an_error_status_is_an_answer(there: tuple[Transport, str], status: int) -> None:
    """A transport raises nothing for a status; its body arrives too."""
    transport, address = there

    response = transport.send(Request("GET", f"{address}/status/{status}"))

    assert (response.status, response.json()) == (status, {"error": {"code": "Some"}})


def test_a_body_of_megabytes_arrives_whole(there: tuple[Transport, str]) -> None:
    """4 MB, the size of a list of 1,000 instances, is not cut."""
    transport, address = there

    assert transport.send(Request("GET", f"{address}/big/4000000")).body == b"x" * 4_000_000


def test_an_answer_without_body_has_an_empty_body(there: tuple[Transport, str]) -> None:
    """204 gives empty bytes, and no JSON value."""
    transport, address = there

    response = transport.send(Request("DELETE", f"{address}/empty"))

    assert (response.status, response.body, response.json()) == (204, b"", None)


def test_several_requests_go_over_one_transport(there: tuple[Transport, str]) -> None:
    """A transport is used again and again."""
    transport, address = there

    statuses = [transport.send(Request("GET", f"{address}/status/{200 + n}")).status for n in range(3)]

    assert statuses == [200, 201, 202]


def test_a_closed_transport_sends_nothing(there: tuple[Transport, str]) -> None:
    """Sending after close is an error of the caller."""
    transport, address = there
    transport.close()

    with pytest.raises(ClientUsageError, match="closed"):
        transport.send(Request("GET", f"{address}/x"))


def test_repr_of_a_request_shows_no_header_and_no_body() -> None:
    """A token in a header, or a password in a body, is not shown when a request is printed."""
    request = Request("PUT", "https://x.test/y", {"Authorization": "Bearer secret-token"}, b'{"adminPassword":"pw"}')

    assert "secret" not in repr(request)
    assert "adminPassword" not in repr(request)


class Patient:
    """Stands in for the event of a clock: nobody interrupts before the third wait."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def wait(self, timeout: float) -> bool:
        self.waits.append(timeout)
        return len(self.waits) == 3


def test_a_long_sleep_is_cut_into_slices_where_a_lock_cannot_be_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows Ctrl-C is heard between two waits; elsewhere the wait is one."""
    clock, patient = WallClock(), Patient()
    monkeypatch.setattr(clock, "_interrupted", patient)
    monkeypatch.setattr("vmss_sdk.transport.base._LONGEST_WAIT", 0.5)

    clock.sleep(3600)

    assert patient.waits == [0.5, 0.5, 0.5]


@pytest.mark.parametrize("seconds", [0.0, -1.0, 1e-9])
def test_a_sleep_of_nothing_is_over_at_once(seconds: float) -> None:
    """And an interrupted clock sleeps no more."""
    clock = WallClock()
    clock.sleep(seconds)
    clock.interrupt()
    clock.sleep(1e12)
