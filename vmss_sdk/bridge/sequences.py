"""Several requests that are done one after the other as if they were one: a job of many steps needs but one answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vmss_sdk.bridge.failures import INVALID_PARAMS, RpcError
from vmss_sdk.bridge.requests import Call

__all__ = ["SEQUENCE", "Sequence"]

SEQUENCE = "sequence"
"""The method: ``steps`` are objects with ``method`` and ``params``; ``members`` are added to the object that comes."""


class Sequence:
    """The steps of one request. Its answer is that of the last step, or the first failure.

    Args:
        call: The request.
        begin: Has a step done, in whatever thread.

    Raises:
        RpcError: The steps are none.
    """

    def __init__(self, call: Call, begin: Callable[[Call], object]) -> None:
        self._call = call
        self._begin = begin
        self._steps = _checked(call.params.get("steps"))
        self._members = call.params.get("members") or {}
        if not isinstance(self._members, dict):
            raise RpcError(INVALID_PARAMS, f"{SEQUENCE}: members must be an object")
        self._step: Call | None = None
        forget = call.on_answered

        def answered(call: Call) -> None:
            forget(call)
            if self._step is not None:
                self._step.is_answered = True  # whoever works on it looks at this

        call.on_answered = answered

    def next_step(self) -> None:
        """Begin the next step."""
        if self._call.is_answered:
            return
        step = self._steps.pop(0)
        shared = {name: self._call.params[name] for name in ("connection", "trace") if name in self._call.params}
        self._step = Call(self._call.id, step["method"], {**step["params"], **shared}, self._on_message)
        self._begin(self._step)

    def _on_message(self, message: dict[str, Any]) -> None:
        if "method" in message:
            told = {name: value for name, value in message["params"].items() if name != "id"}
            self._call.notify(message["method"], told)
        elif "error" in message:
            error = message["error"]
            self._call.fail(RpcError(error["code"], error["message"], error.get("data")))
        elif self._steps:
            self.next_step()
        else:
            self._succeed(message["result"])

    def _succeed(self, result: Any) -> None:
        if self._members and isinstance(result.get("value"), dict):
            result = {**result, "value": {**result["value"], **self._members}}
        self._call.succeed(result)


def _checked(steps: Any) -> list[dict[str, Any]]:
    fits = isinstance(steps, list) and steps and all(_is_step(step) for step in steps)
    if not fits:
        raise RpcError(INVALID_PARAMS, f"{SEQUENCE} needs steps: a list of objects with a method and params")
    return list(steps)


def _is_step(step: Any) -> bool:
    if not isinstance(step, dict):
        return False
    return isinstance(step.get("method"), str) and isinstance(step.get("params"), dict) and step["method"] != SEQUENCE
