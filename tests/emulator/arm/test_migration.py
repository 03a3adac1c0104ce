"""Moving instances to another zone over REST (the shapes of API version 2026-04-01)."""

from typing import Any

import pytest

from tests.emulator.arm.azure import FLEXIBLE, SET, Azure, model

ACTION = f"{SET}/migrateVMAvailabilityZone"


def there(**changes: Any) -> Azure:
    """Three instances in two zones: 1, 2, 1."""
    azure = Azure()
    azure.create(model(3, {"location": "westus2", "zones": ["1", "2"], **changes}))
    return azure


def zones(azure: Azure) -> list[str]:
    """The zone of each instance."""
    return [item["zones"][0] for item in azure.instances()]


def test_answers_202_and_moves() -> None:
    """Both addresses, no body, one charge for each that moves; afterwards they are there."""
    azure = there()
    assert zones(azure) == ["1", "2", "1"]
    response = azure.post(ACTION, {"instanceIds": ["0", "1"], "targetZone": "2"}, version="2026-04-01")
    assert (response.status, response.body, response.headers["x-ms-request-charge"]) == (202, b"", "1")
    assert "monitor=true" in response.headers["Location"]
    azure.done(response)
    assert zones(azure) == ["2", "2", "1"]
    assert azure.applied() == [True, True, True]


def test_there_already_is_204() -> None:
    """Nobody has to move: no operation, no body."""
    azure = there()
    response = azure.post(ACTION, {"instanceIds": ["1"], "targetZone": "2"})
    assert (response.status, response.body) == (204, b"")
    assert "Azure-AsyncOperation" not in response.headers


def test_without_a_target() -> None:
    """The platform chooses another zone than the instance's own."""
    azure = there()
    azure.done(azure.post(ACTION, {"instanceIds": ["0"]}))
    assert zones(azure) == ["2", "2", "1"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"targetZone": "2"}, (400, "InvalidParameter", "instanceIds")),
        ({"instanceIds": [], "targetZone": "2"}, (400, "InvalidParameter", "instanceIds")),
        ({"instanceIds": ["0"], "targetZone": "3"}, (400, "InvalidParameter", "targetZone")),
        ({"instanceIds": ["7"], "targetZone": "2"}, (400, "InvalidParameter", "instanceIds")),
        (None, (400, "InvalidRequestContent", None)),
    ],
)
def test_refusals(body: Any, expected: tuple[int, str, str | None]) -> None:
    """No ids, none in the list, a zone that the scale set is not in, an unknown instance, no body."""
    azure = there()
    status, code, target = azure.error(azure.post(ACTION, body))
    assert (status, code) == expected[:2] or (body is None and status == 400)
    if expected[2]:
        assert target == expected[2]
    assert zones(azure) == ["1", "2", "1"]


def test_a_flexible_scale_set_names_its_machines() -> None:
    """Ids are the names of the virtual machines, in any case."""
    azure = there(**FLEXIBLE)
    name = azure.instances()[0]["instanceId"]
    azure.done(azure.post(ACTION, {"instanceIds": [name.upper()], "targetZone": "2"}))
    assert zones(azure) == ["2", "2", "1"]
