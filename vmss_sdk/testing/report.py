"""The report of a failed test on its emulator: decisions and requests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from vmss_sdk.emulator.engine.platform.clock import DEFAULT_START

if TYPE_CHECKING:
    from vmss_sdk.testing.captured import CapturedRequest
    from vmss_sdk.testing.rehearsal import Rehearsal

__all__ = ["sections"]

_MOST = 30


def sections(rehearsal: Rehearsal) -> Iterator[tuple[str, str]]:
    """Title and text of each section that has something to say.

    Args:
        rehearsal: The test's.
    """
    for found in rehearsal.backstage.emulator.status()["scaleSets"]:
        _, _, _, _, group, *_, name = found["id"].split("/")
        entries = rehearsal.faults.emulated(f"{group}/{name}").decisions()
        lines = [f"{_since_start(entry.time)}  {entry.text}" for entry in entries]
        if lines:
            yield f"vmss: decisions of {group}/{name}", _newest(lines)
    if len(rehearsal.requests):
        yield "vmss: requests", _newest(list(_request_lines(rehearsal.requests)))


def _request_lines(requests: Sequence[CapturedRequest]) -> Iterator[str]:
    """One line for each, polls and other repetitions in one."""
    before, times = "", 1
    for line in [*map(str, requests), ""]:
        if line == before:
            times += 1
            continue
        if before:
            yield before + (f" ({times} times)" if times > 1 else "")
        before, times = line, 1


def _newest(lines: list[str]) -> str:
    left_out = len(lines) - _MOST
    head = [f"({left_out} earlier ones are not shown)"] if left_out > 0 else []
    return "\n".join([*head, *lines[-_MOST:]])


def _since_start(moment: datetime) -> str:
    """``+0:12:30``: after so much emulated time."""
    return f"+{timedelta(seconds=int(moment.timestamp() - DEFAULT_START))}"
