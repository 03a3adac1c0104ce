"""The evaluation budget of a deployment: steps and produced sizes are counted and bounded."""

from __future__ import annotations

from typing import Any

import attrs

from vmss_sdk.emulator.templates.errors import LanguageError

__all__ = ["Budget"]

# CHOICE: Azure gives up too, after a time that is not documented. These are a multiple of what a template at ARM's
# own limits (800 resources, 4 MB when all is expanded) needs, and less than two seconds of work.
_STEPS = 1_000_000
_SIZE = 64 * 1024 * 1024
_NODE = 16
_CHARACTERS_A_STEP = 256
_VALUES_A_STEP = 4
_WITH_SIZE = frozenset((str, list, dict))


@attrs.define(eq=False)
class Budget:
    """What is left for one deployment and those inside of it. Once it is used up, every use of it fails.

    Attributes:
        steps: Parts of expressions and rounds of loops that may still be evaluated.
        size: How large all values together may still be that are made: 16 for each value, and its characters.
    """

    steps: int = _STEPS
    size: int = _SIZE

    def renew(self) -> None:
        """Begin anew: a deployment that was checked may use as much again while it runs."""
        self.steps, self.size = _STEPS, _SIZE

    def charge(self, steps: int = 1) -> None:
        """Take so many steps.

        Raises:
            LanguageError: There are not so many left.
        """
        self.steps -= steps
        if self.steps < 0:
            raise LanguageError(
                f"The evaluation of the template exceeded the limit of '{_STEPS}' steps. Split the template, or use"
                " fewer and smaller loops."
            )

    def read(self, characters: int, each: int = _CHARACTERS_A_STEP) -> None:
        """Take the steps for going through a text of this length, `each` characters of it in one step.

        Raises:
            LanguageError: There are not so many left.
        """
        self.charge(characters // each)

    def read_all(self, *values: Any) -> None:
        """Take the steps for going through all that is in some values.

        Raises:
            LanguageError: There are not so many left.
        """
        left: list[Any] = list(values)
        while left:
            item = left.pop()
            if isinstance(item, str):
                self.read(len(item))
            elif isinstance(item, list | dict):
                self.charge(1 + len(item) // _VALUES_A_STEP)
                parts = item if isinstance(item, list) else item.values()
                left.extend(part for part in parts if type(part) in _WITH_SIZE)

    def reserve(self, size: int) -> None:
        """Take the size of something that is going to be made.

        Raises:
            LanguageError: There is not so much left.
        """
        self.size -= size
        if self.size < 0:
            raise LanguageError(
                f"The values of the template exceeded the limit of '{_SIZE}' characters. Use shorter texts and smaller"
                " arrays."
            )

    def made(self, value: Any) -> Any:
        """The value, whose size is taken as if it were written out: what is in it twice counts twice.

        Raises:
            LanguageError: There is not so much left.
        """
        if isinstance(value, str):
            self.reserve(_NODE + len(value))
        elif isinstance(value, list | dict):
            self._take_all(value)
        return value

    def _take_all(self, value: list[Any] | dict[str, Any]) -> None:
        left: list[Any] = [value]
        while left:
            item = left.pop()
            if isinstance(item, str):
                self.reserve(len(item))
            elif isinstance(item, list):
                self.reserve(_NODE * len(item))
                left.extend(part for part in item if type(part) in _WITH_SIZE)
            elif isinstance(item, dict):
                self.reserve(sum(map(len, item)) + _NODE * len(item))
                left.extend(part for part in item.values() if type(part) in _WITH_SIZE)
