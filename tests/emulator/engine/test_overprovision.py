"""Overprovisioning (semantics 7.5)."""

import pytest

from tests.emulator.engine.stories import capacity, document, exact, finish, runs, scale_set, told
from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.platform.faults import ProvisioningFailure
from vmss_sdk.emulator.engine.record.decisions import DecisionKind
from vmss_sdk.emulator.engine.record.instance import Protection
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

ON: Document = {"overprovision": True}


def made_with(instances: int, *faults: ProvisioningFailure, **properties: object) -> ScaleSet:
    """A scale set that overprovisions, whose creation has just begun."""
    made = scale_set(document(instances=instances, properties={**ON, **properties}), ready=False)
    made.faults.items.extend(faults)
    return made


@pytest.mark.rule("7.5")
def test_a_fifth_more_come_up_and_go_again() -> None:
    """Ten wanted: twelve come up, two go, and the operation ends with ten."""
    made = made_with(10)
    assert len(made.instances) == 12
    finish(made, next(iter(made.operations.values())))
    assert list(made.instances) == [str(number) for number in range(10)]
    assert [d.instance_ids for d in made.decisions if d.kind is DecisionKind.EXTRA_REMOVED] == [("10", "11")]


@pytest.mark.rule("7.3")
def test_ids_have_gaps_afterwards() -> None:
    """The next instance counts on from the extra ones (rule 7.3)."""
    made = made_with(10)
    made.advance(0)
    finish(made, made.put(capacity(11)))
    assert list(made.instances)[-1] == "12"


@pytest.mark.rule("7.5")
def test_an_extra_one_stands_in_for_one_that_fails() -> None:
    """That is what they are for: the operation succeeds with the wanted number."""
    made = made_with(10, ProvisioningFailure(instance_ids=("3",), count=1))
    operation = finish(made, next(iter(made.operations.values())))
    assert (operation.status, len(made.instances)) == ("Succeeded", 10)
    assert "3" not in made.instances
    assert "10" in made.instances


def test_when_even_they_are_not_enough_the_operation_fails() -> None:
    """Three of five fail, one extra came up: five are there, and the error is told."""
    made = made_with(5, ProvisioningFailure(instance_ids=("1", "2", "3"), count=3))
    operation = finish(made, next(iter(made.operations.values())))
    assert (operation.status, len(made.instances)) == ("Failed", 5)


def test_extra_ones_do_not_count() -> None:
    """They are in no percentage, and the capacity is what was asked for."""
    made = made_with(10)
    assert [i.extra for i in made.instances.values()].count(True) == 2
    assert made.document["sku"]["capacity"] == 10


@pytest.mark.rule("7.5")
def test_extensions_can_be_spared_on_them() -> None:
    """With doNotRunExtensionsOnOverprovisionedVMs only the wanted ones run them."""
    made = made_with(5, doNotRunExtensionsOnOverprovisionedVMs=True)
    extra = made.instances["5"]
    made.advance(0)
    assert (runs(extra), runs(made.instances["0"])) == ([], ["health Created"])


@pytest.mark.rule("7.5")
def test_flexible_does_not_overprovision() -> None:
    """Uniform sets only."""
    made = scale_set(
        document(instances=5, properties={"overprovision": False, "orchestrationMode": "Flexible"}), ready=False
    )
    assert len(made.instances) == 5


def test_the_effect_can_be_switched_off() -> None:
    """With the setting off exactly the wanted number comes up."""
    made = scale_set(document(instances=5, properties=ON), ready=False, settings=exact(overprovision=False))
    assert len(made.instances) == 5
    assert told(made) == []


@pytest.mark.rule("7.5", "5.2")
def test_an_extra_one_that_is_protected_stays() -> None:
    """Nothing takes it; the capacity counts it from then on."""
    made = made_with(10)
    made.instances["11"].protection = Protection(from_scale_in=True)
    finish(made, next(iter(made.operations.values())))
    assert list(made.instances) == [*(str(number) for number in range(10)), "11"]
    assert made.document["sku"]["capacity"] == len(made.present) == 11
