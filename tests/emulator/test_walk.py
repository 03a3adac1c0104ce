"""The random walk over REST of `tests.walk`, a short one; `make walk` takes a long one."""

import pytest

from tests.walk import BrokenPromiseError, Story, walk


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_promised_holds_whatever_is_asked_for(seed: int) -> None:
    """Rolls, reimages, scaling, protection, faults: no 5xx, no id twice, nobody lost, everything ends."""
    counts = walk(400, seed)
    assert counts["stories"] >= 5
    assert sum(counts[name] for name in ("image", "verb", "one", "scale", "protect", "fault")) > 100


def test_a_broken_promise_is_told_with_the_story() -> None:
    """The seed comes first, so that it can be told again."""
    story = Story(3)
    story._protected.add("99")
    with pytest.raises(BrokenPromiseError, match=r"seed 3\n(.*\n)*protected and gone: \{'99'\}"):
        story.tell(1)
