"""Conditions on a forecast, for gates: ``min_capacity < 80% or p90 > 2h or refused``."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

import attrs

from vmss_sdk.errors import ClientUsageError
from vmss_sdk.forecast.result import Forecast

__all__ = ["Condition"]

_COMPARE: Mapping[str, Callable[[float, float], bool]] = MappingProxyType(
    {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq}
)
_TERM = re.compile(
    r"(?P<name>[a-z_]\w*)\s*(?:(?P<sign><=|>=|==|<|>)\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>%|[smh])?)?"
)
_UNITS = {"s": 1, "m": 60, "h": 3600}
_TIME, _COUNT, _CHANCE, _FLAG = "a time such as 2h", "a number, or a percentage of the instances", "a percentage", ""
_NAMES: Mapping[str, tuple[str, Callable[[Forecast], float]]] = MappingProxyType(
    {
        "p50": (_TIME, lambda found: found.duration(50)),
        "p90": (_TIME, lambda found: found.duration(90)),
        "p99": (_TIME, lambda found: found.duration(99)),
        "max_duration": (_TIME, lambda found: found.duration(100)),
        "min_capacity": (_COUNT, lambda found: found.min_capacity),
        "max_hit": (_COUNT, lambda found: found.max_hit),
        "max_outdated": (_COUNT, lambda found: found.max_outdated),
        "disks_lost": (_COUNT, lambda found: found.disks_lost),
        "stop_chance": (_CHANCE, lambda found: found.stop_chance),
        "refused": (_FLAG, lambda found: found.refused),
    }
)


@attrs.frozen
class _Term:
    text: str
    name: str
    sign: str = ""
    number: float = 0.0
    unit: str = ""

    def holds(self, found: Forecast) -> bool:
        kind, read = _NAMES[self.name]
        if kind == _FLAG:
            return bool(read(found))
        limit = self.number
        if kind == _TIME:
            limit *= _UNITS[self.unit or "s"]
        elif self.unit == "%":
            limit *= found.instances / 100 if kind == _COUNT else 0.01
        return not found.refused and _COMPARE[self.sign](read(found), limit)

    def said(self, found: Forecast) -> str:
        kind, read = _NAMES[self.name]
        if kind == _FLAG:
            return f"the change is refused: {found.why_refused}"
        value = read(found)
        shown = f"{value:g}"
        if kind == _TIME:
            shown = f"{value:.0f} s"
        elif kind == _CHANCE:
            shown = f"{value:.1%}"
        elif self.unit == "%" and found.instances:
            shown = f"{value:g} of {found.instances} instances, {100 * value / found.instances:.0f} %"
        return f"{self.name} is {shown}: {self.text}"


@attrs.frozen
class Condition:
    """Comparisons joined by ``or``, and within these by ``and``.

    Attributes:
        text: As it was written.
    """

    text: str
    _any: tuple[tuple[_Term, ...], ...] = attrs.field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Condition:
        """Read a condition.

        Args:
            text: Of ``p50``, ``p90``, ``p99``, ``max_duration`` (``s``, ``m``, ``h``), ``min_capacity``, ``max_hit``,
                ``max_outdated``, ``disks_lost`` (a number, or ``%`` of the instances), ``stop_chance`` (0 to 1, or
                ``%``) with ``<``, ``<=``, ``>``, ``>=`` or ``==`` and a number; and of ``refused``.

        Raises:
            ClientUsageError: It is none.
        """
        ways = [re.split(r"\s+and\s+", way) for way in re.split(r"\s+or\s+", text.strip())]
        return cls(text, tuple(tuple(_term(one.strip(), text) for one in way) for way in ways))

    def met(self, found: Forecast) -> str | None:
        """The sentence that says why it holds; None: it does not. Of a refused change only ``refused`` holds."""
        for way in self._any:
            if all(term.holds(found) for term in way):
                return "; ".join(term.said(found) for term in way)
        return None


def _term(text: str, whole: str) -> _Term:
    found = _TERM.fullmatch(text)
    if found is None or found["name"] not in _NAMES:
        names = ", ".join(_NAMES)
        raise ClientUsageError(f"'{text}' in '{whole}' is no condition: expected such as 'p90 > 2h', of {names}")
    kind, unit = _NAMES[found["name"]][0], found["unit"] or ""
    if (kind == _FLAG) != (found["sign"] is None):
        expected = "nothing behind it" if kind == _FLAG else f"it to be compared with {kind}"
        raise ClientUsageError(f"'{text}' in '{whole}': {found['name']} wants {expected}")
    if unit and (unit in _UNITS) != (kind == _TIME):
        raise ClientUsageError(f"'{text}' in '{whole}': {found['name']} wants {kind}")
    return _Term(text, found["name"], found["sign"] or "", float(found["number"] or 0), unit)
