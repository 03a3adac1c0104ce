"""Previews of calls: the answer and the effect on instances, tried by an emulator on a copy of its state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from vmss_sdk import wire
from vmss_sdk._answers import details_of, service_error
from vmss_sdk.errors import ErrorDetail
from vmss_sdk.records import PendingChanges
from vmss_sdk.transport.base import Request, Response

__all__ = ["Preview", "PreviewedInstance", "PreviewedOperation"]

Document = Mapping[str, Any]

_LONG = 300
"""So many letters of a message are in the text; `error` has all."""
_MANY = 12
"""So many instances are named one by one in the text."""


@attrs.frozen
class PreviewedInstance:
    """What a call would do to one instance.

    Attributes:
        instance_id: The instance.
        effects: What happens to it, in this order: ``hot``, ``restart``, ``swap``, as an upgrade's effects are called;
            or ``create``, ``delete``, ``reimage``, ``restart``, ``start``, ``powerOff``, ``deallocate``, ``redeploy``.
        loses: What is lost by that, for example ``the OS disk and what is on it``; empty: nothing.
        error: Why it fails there, or None.
    """

    instance_id: str
    effects: tuple[str, ...]
    loses: tuple[str, ...]
    error: ErrorDetail | None

    @classmethod
    def of(cls, document: Document) -> PreviewedInstance:
        """From the emulator's JSON."""
        return cls(
            document["instanceId"], tuple(document["effects"]), tuple(document["loses"]), _error(document["error"])
        )


@attrs.frozen
class PreviewedOperation:
    """A long-running operation that a call would start, as it would end.

    Attributes:
        name: What it does, for example ``update``.
        status: ``Succeeded`` or ``Failed``; ``InProgress`` when it waits for something that does not come by itself.
        error: Why it fails, or None.
    """

    name: str
    status: str
    error: ErrorDetail | None

    @classmethod
    def of(cls, document: Document) -> PreviewedOperation:
        """From the emulator's JSON."""
        return cls(document["name"], document["status"], _error(document["error"]))


@attrs.frozen
class Preview:
    """What a call would be answered, and what would come of it.

    Attributes:
        method: Of the call, for example ``PATCH``.
        url: To which it would be sent.
        refused: Whether the service would refuse it.
        status: The HTTP status of the answer.
        error: What it would be refused with, or None.
        instances: The instances that would be reached, in the order in which they are; no others.
        operations: What would be started, and how it would end if nothing else happens.
        seconds: How long that takes, in the emulator's time.
        pending: What the instances would lack afterwards; None when there are none to ask, or it is refused.
    """

    method: str
    url: str
    refused: bool
    status: int
    error: ErrorDetail | None
    instances: tuple[PreviewedInstance, ...]
    operations: tuple[PreviewedOperation, ...]
    seconds: float
    pending: PendingChanges | None

    @classmethod
    def of(cls, document: Document, method: str, url: str) -> Preview:
        """From the emulator's JSON."""
        reached = document["scaleSets"]
        last = reached[-1]["pending"] if reached else None
        return cls(
            method,
            url,
            document["refused"],
            document["status"],
            _error(document["error"]),
            tuple(PreviewedInstance.of(one) for each in reached for one in each["instances"]),
            tuple(PreviewedOperation.of(one) for each in reached for one in each["operations"]),
            max((each["seconds"] for each in reached), default=0.0),
            None if last is None else PendingChanges.of(last),
        )

    def check(self) -> None:
        """Be refused as the call would be.

        Raises:
            ServiceError: As the call would raise it; never when it would be accepted.
        """
        if self.error is not None:
            body = wire.encode({"error": _body(self.error)})
            raise service_error(Request(self.method, self.url), Response(self.status, {}, body), 0.0)

    @property
    def text(self) -> str:
        """All of it for people, in a few lines."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.error is not None:
            yield f"refused ({self.status}): {_sentence(self.error)}"
            return
        yield f"accepted ({self.status})" + ("" if self.instances else "; no instance is reached")
        yield from self._groups()
        yield from (f"instance {one.instance_id} fails: {_sentence(one.error)}" for one in self.instances if one.error)
        yield from (f"{one.name} fails: {_sentence(one.error)}" for one in self.operations if one.error)
        if self.pending is not None:
            yield f"afterwards: {self.pending.summary}"
            for action, lost in self.pending.losses.items():
                yield f"{action}: {', '.join(lost)}"

    def _groups(self) -> Iterator[str]:
        """One line for all to whom the same happens."""
        alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
        for one in self.instances:
            alike.setdefault((one.effects, one.loses), []).append(one.instance_id)
        for (effects, loses), found in alike.items():
            ids = sorted(found, key=lambda instance_id: (len(instance_id), instance_id))
            named = ", ".join(ids[:_MANY]) + (f" and {len(ids) - _MANY} more" if len(ids) > _MANY else "")
            lost = f"; lost: {', '.join(loses)}" if loses else "; nothing is lost"
            noun = "instance" if len(ids) == 1 else "instances"
            yield f"{noun} {named}: {', then '.join(effects)}{lost}"

    def __str__(self) -> str:
        return self.text


def _error(document: Document | None) -> ErrorDetail | None:
    if document is None:
        return None
    return ErrorDetail(document["code"], document["message"], document.get("target"), details_of(document))


def _body(error: ErrorDetail) -> dict[str, Any]:
    details = {"details": [_body(detail) for detail in error.details]} if error.details else {}
    return {"code": error.code, "message": error.message, "target": error.target, **details}


def _sentence(error: ErrorDetail) -> str:
    first = error.message.splitlines()[0] if error.message else ""
    return f"({error.code}) {first if len(first) <= _LONG else first[:_LONG] + '…'}"
