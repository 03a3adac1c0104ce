"""Long random stories over REST, in virtual time: whatever is asked for, what was promised holds.

``python -m tests.walk --actions 50000`` tells stories of new scale sets until so many actions were done, and says what
it did; the exit code is 1 when a promise was broken, and then the story is told. The promises: no answer is a 5xx; no
instance id is used twice; who is protected from scale set actions is kept; a roll on a healthy scale set completes,
takes no more instances out of service than a batch has, with surge none, and leaves all at the latest model; every
operation ends.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.emulator.arm.azure import CONTROL, SET, Azure, changed, rolling
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.engine.platform.settings import Settings

if TYPE_CHECKING:
    from vmss_sdk.transport.base import Response

__all__ = ["BrokenPromiseError", "Story", "walk"]

_WAITS = (0, 1, 7, 45, 200, 900)
_ACTIONS = (
    *("image", "image", "data", "scale", "verb", "verb", "verb", "one", "protect", "protect", "cancel", "fault"),
    *("no faults", "os", "health", "delete"),
)
_FAULTS = ("unhealthyAfterUpgrade", "provisioningFailure", "extensionFailure")
_ENDED = ("Completed", "Faulted", "Cancelled")
_LAST = 30


class BrokenPromiseError(AssertionError):
    """Something did not hold; the text has the last actions."""


class Story:
    """One scale set, and what a seed has done to it.

    Attributes:
        counts: How often each action was taken, and each refused.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.counts: Counter[str] = Counter()
        self._azure = Azure(Emulator(settings=Settings(seed=seed)))
        self._log: list[str] = [f"seed {seed}"]
        self._operations: list[str] = []
        self._seen: set[str] = set()
        self._gone: set[str] = set()
        self._protected: set[str] = set()
        self._image = 1
        self.capacity = self.random.randint(3, 12)
        self.percent = self.random.choice((10, 20, 25, 34, 50, 100))
        self.surge = self.random.random() < 0.4  # two stories in five
        policy = {
            "maxBatchInstancePercent": self.percent,
            "maxUnhealthyInstancePercent": max(self.percent, self.random.choice((20, 50, 100))),
            "maxUnhealthyUpgradedInstancePercent": self.random.choice((20, 100)),
            "pauseTimeBetweenBatches": "PT0S",
            "maxSurge": self.surge,
        }
        self.mode = self.random.choice(("Rolling", "Rolling", "Rolling", "Manual", "Automatic"))
        body = changed(rolling(self.capacity, policy), {"properties.upgradePolicy.mode": self.mode})
        self._azure.create(body)
        self._look()

    def tell(self, actions: int) -> None:
        """Take so many actions, then see whether a roll goes well, and whether everything has ended.

        Raises:
            BrokenPromiseError: What was promised does not hold.
        """
        for _ in range(actions):
            self._act()
        self._heal()
        if self.mode == "Rolling" and len(self._healthy()) == self.capacity:
            self._roll()
        self._wait(10 * 86400)
        for url in self._operations:
            status = self._azure.get(url)["status"]
            self._promise(status in ("Succeeded", "Failed", "Canceled"), f"an operation never ends: {url} is {status}")

    def _act(self) -> None:
        name = self.random.choice(_ACTIONS)
        action = {
            "image": self._change_image,
            "data": self._change_data,
            "scale": self._scale,
            "verb": self._verb,
            "one": self._verb_on_one,
            "protect": self._protect,
            "cancel": lambda: self._post("rollingUpgrades/cancel"),
            "fault": self._fail,
            "no faults": lambda: self._send("DELETE", f"{CONTROL}/faults"),
            "os": lambda: self._post("osRollingUpgrade"),
            "health": self._report_health,
            "delete": self._delete,
        }[name]
        answer = action()
        if answer is not None:
            self.counts[f"{name}{'' if answer.status < 400 else ' refused'}"] += 1  # HTTP's errors
        self._wait(self.random.choice(_WAITS))
        self._look()

    def _change_image(self) -> Response:
        self._image += 1
        version = {"imageReference": {"version": f"{self._image}.0.0"}}
        return self._send("PATCH", SET, {"properties": {"virtualMachineProfile": {"storageProfile": version}}})

    def _change_data(self) -> Response:
        data = {"customData": self.random.choice(("dQ==", "dg==", "dw=="))}
        return self._send("PATCH", SET, {"properties": {"virtualMachineProfile": {"osProfile": data}}})

    def _scale(self) -> Response:
        capacity = self.random.randint(0, 14)
        return self._send("PATCH", SET, {"sku": {"name": "Standard_D2s_v3", "capacity": capacity}})

    def _verb(self) -> Response | None:
        verb = self.random.choice(
            ("start", "restart", "poweroff", "deallocate", "redeploy", "reimage", "reimageall", "manualupgrade")
        )
        chosen = self._some()
        return self._post(verb, {"instanceIds": chosen}) if chosen else None

    def _verb_on_one(self) -> Response | None:
        verb = self.random.choice(("start", "restart", "poweroff", "deallocate", "redeploy", "reimage", "reimageall"))
        chosen = self._some()
        return self._post(f"virtualMachines/{chosen[0]}/{verb}") if chosen else None

    def _protect(self) -> Response | None:
        chosen = self._some()
        if not chosen:
            return None
        wanted = self.random.random() < 0.6  # oftener than not
        policy = {"protectFromScaleIn": wanted, "protectFromScaleSetActions": wanted}
        body = {"location": "westus", "properties": {"protectionPolicy": policy}}
        answer = self._send("PUT", f"{SET}/virtualMachines/{chosen[0]}", body)
        if answer.status == 200:
            (self._protected.add if wanted else self._protected.discard)(chosen[0])
        return answer

    def _fail(self) -> Response:
        body: dict[str, Any] = {"kind": self.random.choice(_FAULTS), "instanceIds": self._some() or None}
        return self._send("POST", f"{CONTROL}/faults", {name: value for name, value in body.items() if value})

    def _report_health(self) -> Response | None:
        chosen = self._some()
        body = {"kind": "health", "instanceIds": chosen, "state": self.random.choice(("Healthy", "Unhealthy", None))}
        return self._send("POST", f"{CONTROL}/faults", body) if chosen else None

    def _delete(self) -> Response | None:
        """Only the unprotected: whoever deletes by id deletes a protected one too, which is no broken promise."""
        chosen = [instance_id for instance_id in self._some() if instance_id not in self._protected]
        return self._post("delete", {"instanceIds": chosen}) if chosen else None

    def _some(self) -> list[str]:
        present = sorted(self._seen - self._gone, key=int)
        return self.random.sample(present, min(len(present), self.random.randint(1, 3)))

    def _heal(self) -> None:
        """Everything that went wrong is mended, as far as the service lets one."""
        self._send("DELETE", f"{CONTROL}/faults")
        self._post("rollingUpgrades/cancel")
        self._wait(40_000)
        for instance_id in sorted(self._protected):
            body = {"location": "westus", "properties": {"protectionPolicy": {"protectFromScaleSetActions": False}}}
            self._send("PUT", f"{SET}/virtualMachines/{instance_id}", body)
        self._protected.clear()
        self._post("start")
        self._wait(9000)
        self._send("PATCH", SET, {"sku": {"name": "Standard_D2s_v3", "capacity": self.capacity}})
        self._wait(90_000)
        for verb in ("manualupgrade", "reimage"):
            self._post(verb, {"instanceIds": ["*"]})
            self._wait(90_000)
        self._look()

    def _roll(self) -> None:
        if self._change_image().status >= 400:
            return
        batch = max(1, math.ceil(self.capacity * self.percent / 100))
        lowest, most, code = self.capacity, self.capacity, ""
        while code not in _ENDED:
            self._wait(13)
            self._look()
            lowest, most = min(lowest, len(self._healthy())), max(most, len(self._seen - self._gone))
            code = self._azure.get(f"{SET}/rollingUpgrades/latest")["properties"]["runningStatus"]["code"]
        self.counts[f"roll{' with surge' if self.surge else ''}"] += 1
        self._promise(code == "Completed", f"a roll on a healthy scale set is {code}")
        self._promise(lowest >= self.capacity - (0 if self.surge else batch), f"{lowest} of {self.capacity} healthy")
        self._promise(most <= self.capacity + (batch if self.surge else 0), f"{most} instances, {self.capacity} wanted")
        self._promise(all(self._azure.applied()), "an instance lacks the latest model after the roll")

    def _look(self) -> None:
        present = {each["instanceId"] for each in self._azure.instances()}
        again, lost = present & self._gone, self._protected - present
        self._promise(not again, f"ids are used again: {again}")
        self._promise(not lost, f"protected and gone: {lost}")
        self._gone |= self._seen - present
        self._seen |= present

    def _healthy(self) -> list[str]:
        views = {
            each["instanceId"]: each["properties"]["instanceView"]
            for each in self._azure.instances("?$expand=instanceView")
        }
        return [
            instance_id
            for instance_id, view in views.items()
            if (view.get("vmHealth") or {}).get("status", {}).get("code") == "HealthState/healthy"
        ]

    def _post(self, verb: str, body: dict[str, Any] | None = None) -> Response:
        return self._send("POST", f"{SET}/{verb}", body)

    def _send(self, method: str, path: str, body: Any = None) -> Response:
        version = None if path.startswith("/_emulator") else ""
        answer = self._azure.send(method, path, body, version=version)
        self._log.append(f"{method} {path.removeprefix(SET)} {body or ''} -> {answer.status}")
        self._promise(answer.status < 500, f"a defect: {answer.body!r}")
        if url := answer.headers.get("Azure-AsyncOperation"):
            self._operations.append(url)
        return answer

    def _wait(self, seconds: float) -> None:
        self._log.append(f"+{seconds:g} s")
        self._azure.emulator.clock.sleep(seconds)

    def _promise(self, kept: bool, broken: str) -> None:
        if not kept:
            raise BrokenPromiseError("\n".join([*self._log[:1], *self._log[-_LAST:], broken]))


def walk(actions: int, seed: int) -> Counter[str]:
    """Tell stories until so many actions were taken.

    Returns:
        What was done.

    Raises:
        BrokenPromiseError: What was promised does not hold.
    """
    lengths, counts, taken = random.Random(seed), Counter[str](), 0
    while taken < actions:
        length = min(lengths.randint(20, 80), actions - taken)
        story = Story(lengths.randrange(10**6))
        story.tell(length)
        counts += story.counts
        taken += length
        counts["stories"] += 1
    return counts


def main(arguments: list[str] | None = None) -> int:
    """Walk, and say what was done."""
    parser = argparse.ArgumentParser(prog="python -m tests.walk", description="Random stories over REST.")
    parser.add_argument("--actions", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    try:
        counts = walk(given.actions, given.seed)
    except BrokenPromiseError as broken:
        print(broken, file=sys.stderr)
        return 1
    print(f"{given.actions} actions, nothing broken:", ", ".join(f"{n} {name}" for name, n in sorted(counts.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
