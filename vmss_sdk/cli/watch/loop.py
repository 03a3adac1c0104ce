"""Watching: look, show what is new, wait, until nothing goes on any more."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

from vmss_sdk.cli.durations import duration_text
from vmss_sdk.cli.watch.changes import changes
from vmss_sdk.cli.watch.counts_text import count_text, ids_text
from vmss_sdk.cli.watch.display import Outcome
from vmss_sdk.cli.watch.poll_interval import PollInterval
from vmss_sdk.cli.watch.source import Source
from vmss_sdk.cli.watch.states import State
from vmss_sdk.errors import NotFoundError, ServerError, ThrottledError, TransportError, UntrustedCertificateError

if TYPE_CHECKING:
    from datetime import datetime

    from vmss_sdk.cli.watch.display import Display
    from vmss_sdk.cli.watch.frame import Frame
    from vmss_sdk.cli.watch.source import Observation
    from vmss_sdk.client import VmssClient
    from vmss_sdk.errors import VmssError
    from vmss_sdk.handles.scale_set import ScaleSet

__all__ = ["Options", "watch"]

_PATIENCE = 120.0
"""Seconds for which a service that cannot be reached is asked again."""
_SETTLING = 1800.0
"""Seconds for which instances may still have to tell their health after everything else has ended.

CHOICE: half an hour. An instance starts its application first; one that says nothing for longer is not waited for.
"""
_INTERRUPTED = 130
_NOT_FOUND = 3


@attrs.frozen
class Options:
    """What a user can choose.

    Attributes:
        interval: Real seconds between two looks; by default as `PollInterval` says.
        timeout: Seconds by the client's clock after which the watching ends; None for no end.
        wait_for_start: Whether to wait when nothing goes on at first.
        place: What commands that are told to be typed need besides, such as `` --endpoint URL``.
    """

    interval: float | None = None
    timeout: float | None = None
    wait_for_start: bool = False
    place: str = ""


def watch(client: VmssClient, scale_set: ScaleSet, options: Options, display: Display) -> Outcome:
    """Show a scale set until nothing goes on in it any more.

    Returns:
        How it ended. Ctrl-C is one of the ways.

    Raises:
        NotFoundError: There is no such scale set.
        TransportError: The service could not be reached for two minutes.
    """
    watching = _Watching(client, scale_set, options, display)
    with display:
        try:
            outcome = watching.until_quiet()
        except KeyboardInterrupt:
            outcome = watching.interrupted()
        display.end(outcome)
    return outcome


class _Watching:
    def __init__(self, client: VmssClient, scale_set: ScaleSet, options: Options, display: Display) -> None:
        self._client = client
        self._scale_set = scale_set
        self._options = options
        self._display = display
        self._source: Source | None = None
        self._poll_interval = PollInterval(client, display, options.interval)
        self._first: Frame | None = None
        self._last: Observation | None = None
        self._was_busy = False
        self._was_updating = False
        self._quiet_since: datetime | None = None
        self._quiet_looks = 0

    def until_quiet(self) -> Outcome:
        """Go on until there is an outcome."""
        timeout = self._options.timeout
        deadline = math.inf if timeout is None else self._client.clock.now() + timeout
        while True:
            try:
                observation = self._observe()
            except NotFoundError:
                if self._last is None:
                    raise
                return self._gone_outcome(self._last.frame)
            if (outcome := self._outcome_after(observation)) is not None:
                return outcome
            if (left := deadline - self._client.clock.now()) <= 0:
                return self._timeout_outcome(timeout or 0.0)
            self._poll_interval.wait(observation, left, skip=self._was_busy)

    def _gone_outcome(self, frame: Frame) -> Outcome:
        name = self._scale_set.name
        if frame.provisioning_state == "Deleting":
            return Outcome("deleted", 0, (f"{name} was deleted.",))
        line = f"{name} is no longer there. An emulator that was started anew has forgotten what was in its memory."
        return Outcome("gone", _NOT_FOUND, (line,))

    def _observe(self) -> Observation:
        observation = self._observe_with_retries()
        before, self._last = self._last, observation
        found = changes(before, observation)
        self._poll_interval.see(observation)
        self._display.show(observation, found)
        self._poll_interval.eventful = any(change.text and not change.minor for change in found)
        return observation

    def _observe_with_retries(self) -> Observation:
        since: float | None = None
        while True:
            try:
                if self._source is None:
                    self._source = Source(self._client, self._scale_set)
                observation = self._source.observe()
            except UntrustedCertificateError:
                raise
            except (TransportError, ServerError, ThrottledError) as error:
                since = self._trouble(error, since)
            else:
                if since is not None:
                    self._display.trouble("")
                return observation

    def _trouble(self, error: VmssError, since: float | None) -> float:
        now = self._client.clock.now()
        since = now if since is None else since
        if self._first is None or now - since >= _PATIENCE:
            raise error
        reason = str(error).splitlines()[0]
        self._display.trouble(f"not reachable for {duration_text(now - since)}: {reason}")
        self._client.clock.sleep(self._poll_interval.retry_seconds)
        return since

    def _outcome_after(self, observation: Observation) -> Outcome | None:
        """What this look means for the end."""
        frame = observation.frame
        if self._first is None:
            self._first = frame
        if frame.busy or frame.waits_for_health or frame.roll is not None:
            self._was_busy = True
        if frame.provisioning_state == "Updating":
            self._was_updating = True
        if not self._was_busy:
            return self._nothing_outcome(observation)
        return self._ended(frame) if self._is_quiet(observation) else None

    def _nothing_outcome(self, observation: Observation) -> Outcome | None:
        name = self._scale_set.name
        if not self._options.wait_for_start:
            line = f"Nothing is in progress in {name}; --wait-for-start waits until something is."
            unwell = _unwell(observation.frame)
            return Outcome("nothing", 1 if unwell else 0, (line, *self._before(), *unwell, _summary(observation.frame)))
        if self._poll_interval.alone and (observation.clock is None or observation.clock.next_event is None):
            line = f"Nothing will start in {name}: nobody else can reach this emulator, and nothing is due in it."
            return Outcome("nothing", 0, (line,))
        return None

    def _before(self) -> tuple[str, ...]:
        """The rolling upgrade that nobody watched."""
        roll = self._source.ended_before if self._source else None
        if roll is None:
            return ()
        when = f" began at {roll.started:%Y-%m-%d %H:%M:%S} and" if roll.started else ""
        return (f"The last rolling upgrade{when} is {roll.code}: {roll.counts}.",)

    def _is_quiet(self, observation: Observation) -> bool:
        frame = observation.frame
        if frame.busy:
            self._quiet_since, self._quiet_looks = None, 0
            return False
        self._quiet_looks += 1
        self._quiet_since = self._quiet_since or frame.time
        if frame.waits_for_health and self._may_become_healthy(observation):
            return False
        # Azure's answers come from several places that do not change at the same moment.
        return observation.clock is not None or self._quiet_looks > 1

    def _may_become_healthy(self, observation: Observation) -> bool:
        left = _SETTLING - (observation.frame.time - (self._quiet_since or observation.frame.time)).total_seconds()
        if observation.clock is not None:
            following = observation.clock.seconds_to_next_event
            return following is not None and following <= left
        return left > 0

    def _ended(self, frame: Frame) -> Outcome:
        roll = frame.roll
        if roll is not None:
            word = {"Completed": "completed", "Cancelled": "cancelled"}.get(roll.code, "failed")
            lines = [f"The rolling upgrade {word} after {duration_text(frame.seconds)}: {roll.counts}."]
            lines += [line for line in (frame.gate, frame.end if word != "completed" else "") if line]
        else:
            word, lines = self._without_roll(frame)
        unwell = _unwell(frame)
        if unwell and word == "completed":
            word = "unhealthy"
        return Outcome(word, 0 if word == "completed" else 1, (*lines, *unwell, _summary(frame)))

    def _without_roll(self, frame: Frame) -> tuple[str, list[str]]:
        after = f"after {duration_text(frame.seconds)}"
        if self._was_updating and frame.provisioning_state != "Succeeded":
            return "failed", [f"The scale set's provisioning state is {frame.provisioning_state} {after}."]
        return "completed", [f"Everything came to rest {after}."]

    def _timeout_outcome(self, timeout: float) -> Outcome:
        line = f"It did not end within {timeout:g} s and goes on. {self._watch_again()}"
        return Outcome("timeout", 1, (line,))

    def interrupted(self) -> Outcome:
        """Ctrl-C: what goes on without somebody who watches, and how to stop that."""
        lines = [self._goes_on(), self._watch_again()]
        frame = self._last.frame if self._last else None
        if frame is not None and frame.roll is not None and frame.roll.running:
            lines.append(f"Stop the roll after its batch:  vmss rolling-upgrade cancel {self._names}")
        return Outcome("interrupted", _INTERRUPTED, tuple(lines))

    def _goes_on(self) -> str:
        if self._poll_interval.virtual:
            return "Stopped watching. Emulated time stands still until somebody waits again."
        return "Stopped watching. What was in progress goes on."

    def _watch_again(self) -> str:
        return f"Watch again:  vmss watch {self._names}"

    @property
    def _names(self) -> str:
        return f"-g {self._scale_set.resource_group} -n {self._scale_set.name}{self._options.place}"


_UNWELL = {
    State.FAILED: ("has failed", "have failed"),
    State.SICK: ("is unhealthy", "are unhealthy"),
    State.WAITING: ("has not told its health", "have not told their health"),
}


def _unwell(frame: Frame) -> list[str]:
    """A line for each kind of trouble that instances are in; none when all that run are well."""
    lines = []
    for state, (singular, plural) in _UNWELL.items():
        if ids := [cell.instance_id for cell in frame.cells if cell.state is state]:
            text = f"{ids_text(ids)} {singular if len(ids) == 1 else plural}."
            lines.append(text[0].upper() + text[1:])
    return lines


def _summary(frame: Frame) -> str:
    """As in ``8 of 10 instances are healthy: 2 new model, 6 old model, 2 unhealthy.``."""
    total = len(frame.cells)
    if frame.healthy is None:
        return f"{count_text(total)}: {frame.counts}."
    return f"{frame.healthy} of {count_text(total)} {'is' if total == 1 else 'are'} healthy: {frame.counts}."
