"""Where all stories start: a scale set with the change decided, kept so that copies of it cost little."""

from __future__ import annotations

import io
import pickle
from typing import Any

import attrs

from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["Start"]

_FIELDS = tuple(field.name for field in attrs.fields(Instance))


@attrs.frozen
class Start:
    """A scale set as bytes. It can be sent to another process, and is small there: what never changes is kept once.

    Attributes:
        shared: What all copies have in common and never change.
        written: The rest.
    """

    shared: list[Any]
    written: bytes

    @classmethod
    def of(cls, scale_set: ScaleSet) -> Start:
        """Of a scale set as it is now."""
        versions = [version for version in scale_set.versions if version is not None]
        shared: list[Any] = [scale_set.settings, scale_set.images, scale_set.handlers, scale_set.catalogue]
        shared += [scale_set.document, *scale_set.decisions, *versions, *(version.content for version in versions)]
        for instance in scale_set.instances.values():
            # an OS disk's record is replaced when another disk is written, never changed
            shared += [instance.os, instance.os.content, instance.protection]
        target = io.BytesIO()
        _Writer(target, shared).dump(scale_set)
        return cls(shared, target.getvalue())

    def copy(self) -> ScaleSet:
        """A scale set of one's own."""
        found: ScaleSet = _Reader(io.BytesIO(self.written), self.shared).load()
        found.document = dict(found.document)
        if "sku" in found.document:
            found.document["sku"] = dict(found.document["sku"])  # the capacity follows deletions
        return found


class _Writer(pickle.Pickler):
    def __init__(self, target: io.BytesIO, shared: list[Any]) -> None:
        super().__init__(target, pickle.HIGHEST_PROTOCOL)
        self._shared = {id(item): at for at, item in enumerate(shared)}

    def persistent_id(self, item: Any) -> int | None:
        return self._shared.get(id(item))

    def reducer_override(self, item: Any) -> Any:
        """An instance by its constructor, which is three times as fast as the state of a class with slots."""
        if type(item) is not Instance or item.jobs or item.executions or item.commands:
            return NotImplemented
        return Instance, tuple(getattr(item, name) for name in _FIELDS)


class _Reader(pickle.Unpickler):
    def __init__(self, source: io.BytesIO, shared: list[Any]) -> None:
        super().__init__(source)
        self._shared = shared

    def persistent_load(self, at: int) -> Any:
        return self._shared[at]
