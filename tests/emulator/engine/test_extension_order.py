"""The order in which extensions run, and what it costs to find it."""

import sys
from collections.abc import Callable

import pytest

from tests.emulator.engine.stories import document, runs, scale_set
from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason, Refused
from vmss_sdk.emulator.engine.model.extensions import in_order, name_of, order_problems


def waiting(**after: list[str]) -> list[Document]:
    """Extensions with these names, each after others."""
    return [
        {
            "name": name,
            "properties": {
                "publisher": "P",
                "type": f"T{name}",
                "typeHandlerVersion": "1.0",
                "provisionAfterExtensions": others,
            },
        }
        for name, others in after.items()
    ]


def chained(number: int) -> list[Document]:
    """Each waits for the one that stands behind it."""
    return waiting(**{f"e{at}": [f"e{at + 1}"] if at + 1 < number else [] for at in range(number)})


def steps(work: Callable[[], object]) -> int:
    """How many functions are called."""
    called = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal called
        called += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return called


@pytest.mark.rule("1.5.20")
@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({"a": [], "b": [], "c": []}, "abc"),
        ({"a": ["c"], "b": [], "c": []}, "bca"),
        ({"a": ["b", "c"], "b": ["d"], "c": [], "d": []}, "cdba"),
        ({"a": ["gone"], "b": ["a"], "c": []}, "abc"),
    ],
)
def test_each_runs_after_those_that_it_waits_for(after: dict[str, list[str]], expected: str) -> None:
    """Else in the model's order; for what is not in the model nobody waits (rule 1.5.20)."""
    assert "".join(map(name_of, in_order(waiting(**after)))) == expected


def test_what_is_in_a_circle_runs_last() -> None:
    """No model has one; an instance's own extensions may come to have one when the model changes."""
    assert [name_of(e) for e in in_order(waiting(a=["b"], b=["a"], c=["a"], d=[]))] == ["d", "a", "b", "c"]


@pytest.mark.parametrize(
    ("after", "named"),
    [
        ({"a": ["b"], "b": ["a"], "c": []}, ["a", "b"]),
        ({"a": ["a"]}, ["a"]),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, ["a", "b", "c"]),
        ({"a": ["x"], "b": ["a"]}, ["x"]),
    ],
)
def test_a_circle_and_an_unknown_name_are_refused(after: dict[str, list[str]], named: list[str]) -> None:
    """With the names of all that can never run, or that do not exist."""
    target = "properties"
    expected = [Failure(Reason.EXTENSION_ORDER, {"target": target, "extension": name}) for name in named]
    assert order_problems(waiting(**after), target) == expected


@pytest.mark.parametrize(
    "read",
    [in_order, lambda extensions: order_problems(extensions, "properties")],
    ids=["the order", "what speaks against it"],
)
def test_the_order_of_many_is_found_in_steps_that_grow_as_they_do(read: Callable[[list[Document]], object]) -> None:
    """Four times as many extensions in a chain: about four times the steps, not sixteen times."""
    few, many = chained(100), chained(400)
    assert steps(lambda: read(many)) < 6 * steps(lambda: read(few))


def test_many_are_written_and_run_in_steps_that_grow_as_they_do() -> None:
    """The whole of it: the write is judged, an instance comes up and runs them."""

    def story(number: int) -> None:
        made = scale_set(document(instances=1, extensions=chained(number)))
        made.advance(made.now + 1_000_000)
        assert len(runs(made.instances["0"])) == number

    assert steps(lambda: story(400)) < 6 * steps(lambda: story(100))


def test_names_that_stand_twice_are_told_once_each() -> None:
    """However often they stand there."""
    extensions = [*waiting(a=[], b=[]), *waiting(a=[], c=[]), *waiting(a=[], b=[])]
    with pytest.raises(Refused) as refused:
        scale_set(document(extensions=extensions))
    assert [(f.reason, f.facts["extension"]) for f in refused.value.failures] == [
        (Reason.DUPLICATE_EXTENSION, "a"),
        (Reason.DUPLICATE_EXTENSION, "b"),
    ]
