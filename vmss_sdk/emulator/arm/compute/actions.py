"""Actions on instances, each verb once, over every way in which a request names them (wire.md 3.15-3.19)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.compute.platform_actions import maintain
from vmss_sdk.emulator.arm.long_running import accepted
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.engine.fleet.platform_actions import evict
from vmss_sdk.emulator.engine.record.operation import Operation
from vmss_sdk.emulator.engine.work import lifecycle
from vmss_sdk.emulator.engine.work.selection import Scope, select
from vmss_sdk.emulator.engine.writing.scale_set import ScaleSet

__all__ = ["Actions", "Named"]

Named = tuple[ScaleSet, list[str] | None, Scope]
"""Instances that a request names: of which scale set, their ids (None: all), and through which resource."""


class Actions:
    """The verbs that are alike for a scale set, an instance of it, and a virtual machine of a Flexible one.

    Args:
        named: Reads from a call which instances it means.
    """

    def __init__(self, named: Callable[[Call], Named]) -> None:
        self._named = named

    def start(self, call: Call) -> Reply:
        """Start them."""
        return self.act(call, lifecycle.start)

    def restart(self, call: Call) -> Reply:
        """Restart them."""
        return self.act(call, lifecycle.restart)

    def redeploy(self, call: Call) -> Reply:
        """Move them to other hosts."""
        return self.act(call, lifecycle.redeploy)

    def power_off(self, call: Call) -> Reply:
        """Stop them; they keep their hardware. CHOICE: without a graceful shutdown it is not quicker."""
        call.flag("skipShutdown")
        return self.act(call, lifecycle.power_off)

    def deallocate(self, call: Call) -> Reply:
        """Stop them and release their hardware. CHOICE: hibernating is no different, there is no memory to keep."""
        call.flag("hibernate")
        return self.act(call, lifecycle.deallocate)

    def simulate_eviction(self, call: Call) -> Reply:
        """Evict Spot instances: 204, and they go (wire.md 3.28)."""
        scale_set, ids, scope = self._named(call)
        for instance in select(scale_set, ids, scope=scope):
            evict(scale_set, instance)
        return Reply(204)

    def perform_maintenance(self, call: Call) -> Reply:
        """Refused (wire.md 3.19)."""
        return maintain(call, *self._named(call))

    def act(self, call: Call, verb: Callable[..., Operation], **options: Any) -> Reply:
        """Begin what a verb of the engine does to them."""
        scale_set, ids, scope = self._named(call)
        return accepted(call, scale_set, verb(scale_set, ids, scope=scope, **options))
