"""Every operation of Azure through azure-mgmt-compute: a success of each, and the error that users meet most.

Each case is a call as a user writes it, the status of the first answer on the wire, another call, and the status and
code of its error. What was sent is held against the table of operations, so that no case can stand for another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import HttpResponseError
from azure.mgmt.compute import ComputeManagementClient

from tests.conformance.backdoor import Backdoor
from tests.conformance.cases import CASES, NOT_ALLOWED
from tests.conformance.conftest import SUBSCRIPTION, credential_of
from tests.conformance.parameters import error_of
from tests.conformance.stages import Stage, empty, plain
from tests.coverage_page import operations
from tests.serving import SecureServer

pytestmark = pytest.mark.conformance

OPERATIONS = {operation.id: operation for operation in operations()}
YEAR_9999 = 253_402_300_799


class WrongCredential:
    """A token that nobody gave."""

    def get_token(self, *_scopes: str, **_options: Any) -> AccessToken:
        """The token."""
        return AccessToken("nobody's", YEAR_9999)


ELSEWHERE = {  # their success or error needs more than a call, and has a test of its own below
    "virtual_machine_scale_sets.list_all",
    "virtual_machine_scale_set_vms.begin_perform_maintenance",
}


@pytest.fixture(scope="module")
def telling(secure: SecureServer) -> Iterator[tuple[Any, list[Stage]]]:
    """A client that tells the stages in the list what it sends."""
    listening: list[Stage] = []

    def tell(response: Any) -> None:
        for stage in listening:
            stage.remember(response)

    with (
        credential_of(secure) as credential,
        ComputeManagementClient(
            credential, SUBSCRIPTION, base_url=secure.url, connection_verify=secure.ca, raw_response_hook=tell
        ) as client,
    ):
        yield client, listening


@pytest.fixture
def stage(telling: tuple[Any, list[Stage]], group: str, backdoor: Backdoor) -> Iterator[Stage]:
    """A stage whose client tells what it sends."""
    client, listening = telling
    made = Stage(client, group, backdoor)
    listening.append(made)
    yield made
    listening.remove(made)


def _finished(result: Any) -> None:
    if hasattr(result, "wait"):
        result.result()


def _is_of(name: str, stage: Stage) -> bool:
    method, path, _ = stage.sent[0]
    return OPERATIONS[name].is_request(method, path)


@pytest.mark.parametrize("name", CASES)
def test_it_works(stage: Stage, name: str) -> None:
    """The first answer has the status that Azure gives, and a poller ends well."""
    case = CASES[name]
    case.before(stage)
    stage.sent.clear()
    _finished(case.works(stage))
    assert _is_of(name, stage), stage.sent[0]
    assert stage.sent[0][2] == case.status


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused(stage: Stage, name: str) -> None:
    """Status and code of the error are Azure's."""
    case = CASES[name]
    case.before_error(stage)
    stage.sent.clear()
    with pytest.raises(HttpResponseError) as caught:
        case.fails(stage)
    assert _is_of(name, stage), stage.sent[0]
    assert (caught.value.status_code, error_of(caught).code) == case.error


def test_all_scale_sets_are_listed_for_those_whom_the_service_knows(stage: Stage, secure: SecureServer) -> None:
    """The subscription's list has the new one; with somebody else's token it is 401."""
    plain(stage)
    stage.sent.clear()
    assert any(found.id.split("/")[4] == stage.group.upper() for found in stage.sets.list_all())
    assert _is_of("virtual_machine_scale_sets.list_all", stage)
    with (
        ComputeManagementClient(
            WrongCredential(), SUBSCRIPTION, base_url=secure.url, connection_verify=secure.ca
        ) as stranger,
        pytest.raises(HttpResponseError) as caught,
    ):
        list(stranger.virtual_machine_scale_sets.list_all())
    assert (caught.value.status_code, error_of(caught).code) == (401, "InvalidAuthenticationToken")


def test_maintenance_of_an_instance(stage: Stage) -> None:
    """202 where there is none that could be refused, 409 for an instance (wire.md 3.19)."""
    empty(stage)
    stage.sent.clear()
    stage.vms.begin_perform_maintenance(stage.group, "web", "*").result()
    assert _is_of("virtual_machine_scale_set_vms.begin_perform_maintenance", stage)
    assert stage.sent[0][2] == 202
    plain(stage)
    with pytest.raises(HttpResponseError) as caught:
        stage.vms.begin_perform_maintenance(stage.group, "web", "0")
    assert (caught.value.status_code, error_of(caught).code) == NOT_ALLOWED


def test_no_operation_is_left_out() -> None:
    """Each of the table has its success and its error here."""
    assert OPERATIONS.keys() == CASES.keys() | ELSEWHERE
