"""JSON texts of instances, kept as long as nothing that they tell can have changed."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary

import attrs
import msgspec

from vmss_sdk import wire
from vmss_sdk.emulator.engine.common.documents import Document
from vmss_sdk.emulator.engine.record.instance import Instance
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["InstanceTexts"]

_MOST_TEXTS = 5000  # of some 4 kB each

Show = Callable[[Instance], Document]


@attrs.define
class _ScaleSetTexts:
    """The texts of one scale set at one revision, by what is shown and the instance's id."""

    revision: int
    texts: dict[tuple[str, str], msgspec.Raw] = attrs.field(factory=dict)


@attrs.define
class InstanceTexts:
    """What instances were last told as.

    A text holds for one revision of its scale set, which moves on with each event in it and with each request that is
    no read (`State.revise`). So what is shown must come from the scale set alone, and not from the time of the request.
    """

    _sets: WeakKeyDictionary[ScaleSet, _ScaleSetTexts] = attrs.field(factory=WeakKeyDictionary)
    _count: int = 0

    def kept(self, scale_set: ScaleSet, name: str, show: Show) -> Callable[[Instance], msgspec.Raw]:
        """Shows instances by their texts, which are made where there are none.

        Args:
            scale_set: Their scale set.
            name: Of what is shown: another one for each way to show an instance.
            show: Makes the document.
        """
        texts = self._of(scale_set).texts

        def text(instance: Instance) -> msgspec.Raw:
            key = name, instance.id
            found = texts.get(key)
            if found is None:
                found = texts[key] = msgspec.Raw(wire.encode(show(instance)))
                self._count += 1
            return found

        return text

    def _of(self, scale_set: ScaleSet) -> _ScaleSetTexts:
        if self._count >= _MOST_TEXTS:
            self._sets.clear()
            self._count = 0
        found = self._sets.get(scale_set)
        if found is None or found.revision != scale_set.revision:
            found = self._sets[scale_set] = _ScaleSetTexts(scale_set.revision)
        return found
