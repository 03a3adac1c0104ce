"""The server, driven to the recorded state, answers as Azure did: each recorded exchange.

Compared are the status, the headers that carry meaning, the members with their types and their order, flags, numbers
and fixed words. What differs on purpose stands in `known` with the reason.
"""

from collections import defaultdict

import pytest

from tests.wire.known import KNOWN, PENDING, Known, reason
from tests.wire.recordings import Exchange, conversations
from tests.wire.replay import Replayed, differences, replayed


def compared(exchange: Exchange) -> bool:
    """Whether an exchange is one that the server should answer alike."""
    return exchange.method != "DEPLOY" and exchange.operation not in PENDING


def _items() -> list[tuple[str, str]]:
    found = {
        (conversation.name, exchange.operation): None
        for conversation in conversations()
        for exchange in conversation.exchanges
        if compared(exchange)
    }
    return list(found)


@pytest.mark.parametrize(("name", "operation"), _items())
def test_azures_answer(name: str, operation: str) -> None:
    """Status, headers, members, types, order and words are the recorded ones, but for differences with a reason."""
    found = []
    for index, each in enumerate(replayed(name)):
        if each.response is not None and compared(each.exchange) and each.exchange.operation == operation:
            wrong = [d for d in differences(each.exchange, each.response) if reason(name, each.exchange, d) is None]
            found += [f"[{index}] {difference}" for difference in wrong]
    assert found == []


def _all() -> list[tuple[str, Replayed]]:
    names = [found.name for found in conversations() if any(map(compared, found.exchanges))]
    return [(name, each) for name in names for each in replayed(name) if compared(each.exchange)]


def test_every_known_difference_is_one() -> None:
    """A reason that explains nothing any more is to be taken away."""
    used: set[Known] = set()
    for name, each in _all():
        if each.response is not None:
            used |= {
                known for d in differences(each.exchange, each.response) if (known := reason(name, each.exchange, d))
            }
    assert [known.what for known in KNOWN if known not in used] == []


def test_nearly_everything_is_asked() -> None:
    """The server is asked six of seven recorded requests; the others follow on something that was not recorded."""
    everything = _all()
    asked = [each for _, each in everything if each.response is not None]
    assert len(asked) > 0.85 * len(everything)
    assert len(asked) > 1900


def test_every_recorded_operation_is_asked() -> None:
    """No operation is left out but those that are pending, and what is pending is not there."""
    seen: dict[str, set[bool]] = defaultdict(set)
    for conversation in conversations():
        for each in replayed(conversation.name):
            if each.exchange.method != "DEPLOY":
                served = each.response is not None and each.response.status != 405 and not _unknown(each)
                seen[each.exchange.operation].add(served)
    unasked = {operation for operation, served in seen.items() if True not in served}
    assert unasked == set(PENDING)


def _unknown(each: Replayed) -> bool:
    assert each.response is not None
    return b"InvalidResourceType" in each.response.body
