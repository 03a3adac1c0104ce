"""The emulator behind a client: its clock, its faults, and what it tells beyond Azure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from vmss_sdk.errors import ClientUsageError
from vmss_sdk.handles._control import ask, decoded, place_of
from vmss_sdk.records import ClockReading, Decision, Fault, InstanceState, PendingChanges

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from vmss_sdk._connection import Connection
    from vmss_sdk.twin import Twin

__all__ = ["EmulatedScaleSet", "EmulatorClock", "EmulatorControl", "ScaleSetFaults", "ServiceFaults"]


class EmulatorControl:
    """Everything that an emulator lets one control, in this process and over HTTP alike.

    All methods raise `NotAnEmulatorError` when the endpoint is none, and `InvalidRequestError` for a value that
    makes no sense.

    Attributes:
        clock: The emulated time.
        faults: What is wrong with the service as a whole.
    """

    def __init__(self, connection: Connection, scale_set_id: Callable[[str, str], str]) -> None:
        """For the SDK's own use: see ``VmssClient.emulator``."""
        self._connection = connection
        self._scale_set_id = scale_set_id
        self.clock = EmulatorClock(connection)
        self.faults = ServiceFaults(connection, "faults")

    def scale_set(self, resource_group: str, name: str) -> EmulatedScaleSet:
        """What the emulator lets one do to a scale set; sends nothing.

        Raises:
            ClientUsageError: A name is empty or holds a slash.
        """
        return EmulatedScaleSet(self._connection, place_of(self._scale_set_id(resource_group, name)))

    def publish_image(self, image: str, version: str) -> list[str]:
        """Make a version the newest of an image: ``latest`` means it from now on.

        Args:
            image: ``publisher:offer:sku``, or the resource id of an image in a gallery.
            version: For example ``1.1.0``.

        Returns:
            All versions published so far, the newest last.
        """
        found = ask(self._connection, "POST", "images", {"image": image, "version": version})
        return list(found["versions"])

    def publish_extension_handler(self, handler: str, version: str) -> None:
        """Make a version the newest of an extension's handler.

        Args:
            handler: ``publisher.type``.
            version: For example ``2.1``.
        """
        ask(self._connection, "POST", "extensionHandlers", {"handler": handler, "version": version})

    def load(self, twin: Twin) -> list[str]:
        """Bring a twin up: a scale set in the state in which it was captured, with its instances and their ids.

        Returns:
            What could not be told from it, and how it was taken, in sentences.

        Raises:
            InvalidRequestError: There is a scale set of that name already, or the twin is none.
        """
        return list(ask(self._connection, "POST", "twins", twin.document)["notes"])

    def reset(self) -> None:
        """Forget every resource, everything published and every fault; the clock goes on."""
        ask(self._connection, "POST", "reset")

    def status(self) -> dict[str, Any]:
        """Version, clock and every scale set in one line, as JSON."""
        return ask(self._connection, "GET", "status")

    def __repr__(self) -> str:
        return f"EmulatorControl({self._connection.endpoint!r})"


class EmulatorClock:
    """The emulated time."""

    def __init__(self, connection: Connection) -> None:
        """For the SDK's own use: see ``EmulatorControl.clock``."""
        self._connection = connection

    def read(self) -> ClockReading:
        """What time it is, and when the next thing happens."""
        return decoded(ClockReading.of, ask(self._connection, "GET", "clock"))

    def advance(self, seconds: float) -> ClockReading:
        """Let time pass at once; everything that is due happens."""
        return self._set({"advance": seconds})

    def skip(self) -> ClockReading:
        """Go to the moment when the next thing happens; nothing changes when nothing goes on."""
        return self._set({"skip": "next"})

    def settle(self, limit: int = 10_000) -> ClockReading:
        """Skip until nothing goes on any more.

        Args:
            limit: So many events at most.

        Raises:
            ClientUsageError: After so many events there is still something going on.
        """
        for _ in range(limit):
            reading = self.skip()
            if reading.next_event is None:
                return reading
        raise ClientUsageError(f"after {limit} events there is still something going on")

    def set_speed(self, factor: float) -> ClockReading:
        """How many times faster than real time it goes, 0 to stop it. A virtual clock has no speed."""
        return self._set({"speed": factor})

    def _set(self, body: Mapping[str, Any]) -> ClockReading:
        return decoded(ClockReading.of, ask(self._connection, "POST", "clock", body))


class _Faults:
    """Faults at one place of the control plane. As a context manager it clears them at the end."""

    def __init__(self, connection: Connection, path: str) -> None:
        """For the SDK's own use."""
        self._connection = connection
        self._path = path

    def add(self, kind: str, **members: Any) -> Fault:
        """Set a fault.

        Args:
            kind: As the control plane names it.
            **members: By their names on the wire; those that are None are left out.
        """
        body = {name: value for name, value in members.items() if value is not None}
        return decoded(Fault.of, ask(self._connection, "POST", self._path, {"kind": kind, **body}))

    def list(self) -> list[Fault]:
        """The faults that are set, in the order in which they are tried."""
        return [decoded(Fault.of, found) for found in ask(self._connection, "GET", self._path)["value"]]

    def clear(self, kind: str | None = None) -> None:
        """Take all faults away, or those of a kind."""
        ask(self._connection, "DELETE", self._path if kind is None else f"{self._path}?kind={kind}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()


class ServiceFaults(_Faults):
    """What is wrong with the service as a whole. The control plane itself is never hit.

    All take: ``count``, how many requests are hit (by default all, until it is cleared); ``seconds``, after how much
    emulated time it is over; ``method``; ``path``, a pattern of the whole path such as ``*/reimage``, in any case.
    """

    def throttle(
        self,
        *,
        count: int | None = None,
        seconds: float | None = None,
        retry_after: int | None = None,
        method: str | None = None,
        path: str | None = None,
    ) -> Fault:
        """Answer 429 ``OperationNotAllowed``, and process nothing.

        Args:
            count: See above.
            seconds: See above.
            retry_after: What ``Retry-After`` says; by default as long as it lasts, in the client's own time.
            method: See above.
            path: See above.
        """
        common = {"count": count, "seconds": seconds, "method": method, "path": path}
        return self.add("throttle", retryAfter=retry_after, **common)

    def server_error(
        self,
        status: int = 500,
        *,
        processed: bool = False,
        retry_after: int | None = None,
        count: int | None = None,
        seconds: float | None = None,
        method: str | None = None,
        path: str | None = None,
    ) -> Fault:
        """Answer 500, 502, 503 or 504.

        Args:
            status: One of these.
            processed: Whether the request is processed all the same.
            retry_after: What ``Retry-After`` says; by default the header is absent.
            count: See above.
            seconds: See above.
            method: See above.
            path: See above.
        """
        common = {"count": count, "seconds": seconds, "method": method, "path": path}
        return self.add("serverError", status=status, processed=processed, retryAfter=retry_after, **common)

    def drop_connection(
        self,
        *,
        processed: bool = True,
        count: int | None = None,
        seconds: float | None = None,
        method: str | None = None,
        path: str | None = None,
    ) -> Fault:
        """Break the connection without an answer.

        In this process the client sees which of the two it was; over HTTP it cannot know.

        Args:
            processed: Whether the request is processed before.
            count: See above.
            seconds: See above.
            method: See above.
            path: See above.
        """
        common = {"count": count, "seconds": seconds, "method": method, "path": path}
        return self.add("dropConnection", processed=processed, **common)


class ScaleSetFaults(_Faults):
    """What goes wrong with one scale set.

    Most take: ``instances``, the ids of those hit, also of some still to come (by default all); ``count``, how many
    times it happens (by default until it is cleared).
    """

    def unhealthy_after_upgrade(
        self, instances: Sequence[str] | None = None, *, count: int | None = None, state: str | None = None
    ) -> Fault:
        """Instances report this health once they were upgraded, until they are reimaged or upgraded again.

        Args:
            instances: See above.
            count: See above.
            state: ``Unhealthy`` by default; or ``Unknown``, ``Initializing``, which a health source that cannot
                tell them reads as ``Unhealthy``.
        """
        return self.add("unhealthyAfterUpgrade", instanceIds=_ids(instances), count=count, state=state)

    def provisioning_failure(
        self,
        instances: Sequence[str] | None = None,
        *,
        count: int | None = None,
        code: str | None = None,
        message: str | None = None,
    ) -> Fault:
        """Creating, reimaging or upgrading an instance fails.

        Args:
            instances: See above.
            count: See above.
            code: ``OSProvisioningTimedOut`` by default.
            message: By default Azure's own for the code.
        """
        return self.add("provisioningFailure", instanceIds=_ids(instances), count=count, code=code, message=message)

    def extension_failure(
        self,
        extension: str | None = None,
        instances: Sequence[str] | None = None,
        *,
        count: int | None = None,
        code: str | None = None,
        message: str | None = None,
    ) -> Fault:
        """A run of an extension fails.

        Args:
            extension: Its name; by default any.
            instances: See above.
            count: See above.
            code: ``VMExtensionProvisioningError`` by default.
            message: By default Azure's own for the code.
        """
        more = {"extension": extension, "code": code, "message": message}
        return self.add("extensionFailure", instanceIds=_ids(instances), count=count, **more)

    def quota(self, left: int = 0) -> Fault:
        """The quota has room for so many more instances and no others."""
        return self.add("quota", left=left)

    def zone_down(self, zone: str) -> Fault:
        """A zone of the scale set takes no new instances."""
        return self.add("zoneDown", zone=zone)

    def slow_boot(self, seconds: float, instances: Sequence[str] | None = None, *, count: int | None = None) -> Fault:
        """Creating, reimaging and upgrading by a new OS disk take so much longer.

        Args:
            seconds: So much longer.
            instances: See above.
            count: See above.
        """
        return self.add("slowBoot", seconds=seconds, instanceIds=_ids(instances), count=count)

    def script_answer(
        self,
        command: str | None = None,
        instances: Sequence[str] | None = None,
        *,
        script: str | None = None,
        exit_code: int = 0,
        output: str = "",
        error: str = "",
        seconds: float = 0.0,
        count: int | None = None,
    ) -> Fault:
        """A script that is run on instances answers this; of several that fit, the one set first does.

        Without any, every script succeeds at once and writes nothing.

        Args:
            command: A pattern such as ``deploy-*`` of the run command's name, or of the built-in command's id when
                the action runs it; by default any.
            instances: See above.
            script: A pattern such as ``*systemctl*`` of the script's text; by default any.
            exit_code: What it ends with.
            output: What it writes to its standard output.
            error: What it writes to its standard error.
            seconds: How long it runs; longer than its timeout, and it times out.
            count: See above.
        """
        members = {"command": command, "script": script, "exitCode": exit_code, "output": output, "error": error}
        return self.add("scriptAnswer", instanceIds=_ids(instances), count=count, seconds=seconds, **members)

    def conflict(
        self, instances: Sequence[str] | None = None, *, count: int | None = None, preempts: bool = False
    ) -> Fault:
        """A write that comes while another one is under way is refused with 409 ``Conflict``.

        Without this fault they are done one after the other. Azure does either, so a script that sends several at once
        has to bear both.

        Args:
            instances: Only writes about these instances, while something is done to them; by default any write to the
                scale set while anything goes on there.
            count: See above.
            preempts: Whether the later one is taken in its place, and the earlier one ends failed, as
                ``OperationPreempted``; what it began on instances goes on.
        """
        return self.add("conflict", instanceIds=_ids(instances), count=count, preempts=preempts)

    def machine_names(self, *names: str) -> Fault:
        """The next instances of a Flexible scale set are called so: for a script in which names are written down.

        Args:
            names: In the order in which instances come; those after the last get names like Azure's. No other
                virtual machine of the resource group may have them.
        """
        return self.add("machineNames", names=names)


class EmulatedScaleSet:
    """One scale set, as only its emulator knows it.

    Attributes:
        faults: What goes wrong with it.
    """

    def __init__(self, connection: Connection, path: str) -> None:
        """For the SDK's own use: see ``EmulatorControl.scale_set``."""
        self._connection = connection
        self._path = path
        self.faults = ScaleSetFaults(connection, f"{path}/faults")

    def instances(self) -> list[InstanceState]:
        """Every instance with what ARM does not tell: OS disk, extension runs, data, what is pending.

        Raises:
            NotFoundError: There is no such scale set.
        """
        found = ask(self._connection, "GET", f"{self._path}/instances")["value"]
        return [decoded(InstanceState.of, document) for document in found]

    def pending(self) -> PendingChanges:
        """What each instance lacks, and which action brings it.

        Raises:
            NotFoundError: There is no such scale set.
        """
        return decoded(PendingChanges.of, ask(self._connection, "GET", f"{self._path}/pending"))

    def decisions(self, since: int = 0) -> list[Decision]:
        """What the upgrade machinery decided, and why.

        Args:
            since: Only what came after the entry of that number.

        Raises:
            NotFoundError: There is no such scale set.
        """
        found = ask(self._connection, "GET", f"{self._path}/decisions?since={since}")["value"]
        return [decoded(Decision.of, document) for document in found]

    def report_health(self, instances: Sequence[str], state: str | None) -> None:
        """Have the application on instances report a health at once, until they are upgraded or reimaged.

        Args:
            instances: Ids.
            state: ``Healthy``, ``Unhealthy``, ``Unknown``, ``Initializing``; None for the truth again. The last two
                only where the health source can tell them: the extension of version 2 (over TCP not ``Unknown``).
        """
        self._event({"kind": "health", "instanceIds": _ids(instances), "state": state})

    def start_platform_upgrade(self) -> None:
        """Have Azure start an upgrade of its own, which can be cancelled and holds up writes.

        Raises:
            OperationNotAllowedError: A rolling upgrade is running.
        """
        self._event({"kind": "platformUpgrade"})

    def evict(self, instances: Sequence[str]) -> None:
        """Have Azure take Spot instances away: deallocated or deleted, as ``evictionPolicy`` says.

        Raises:
            OperationNotAllowedError: They are no Spot instances.
        """
        self._event({"kind": "eviction", "instanceIds": _ids(instances)})

    def set_custom_metrics(
        self, instances: Sequence[str], *, phase: int | None = None, skip_upgrade: bool | None = None
    ) -> None:
        """Have the application on instances report metrics, in place of those before.

        Args:
            instances: Ids; they need the Application Health extension of version 2.
            phase: ``PhaseOrderingNumber``: lower ones are upgraded first.
            skip_upgrade: ``SkipUpgrade``: whether they are left out.
        """
        given = {"PhaseOrderingNumber": phase, "SkipUpgrade": skip_upgrade}
        metrics = {name: value for name, value in given.items() if value is not None}
        self._event({"kind": "customMetrics", "instanceIds": _ids(instances), "metrics": metrics})

    def write_data(self, instances: Sequence[str], place: str, value: str | None) -> None:
        """Keep something on a disk of instances, to see what a reimage takes and what it leaves.

        Args:
            instances: Ids.
            place: ``os``, ``temp``, or ``lun 0`` and so on for a data disk.
            value: Any text; None takes it away.
        """
        self._event({"kind": "data", "instanceIds": _ids(instances), "place": place, "value": value})

    def _event(self, body: Mapping[str, Any]) -> None:
        ask(self._connection, "POST", f"{self._path}/faults", body)


def _ids(instances: Sequence[str] | None) -> list[str] | None:
    """The ids as JSON; a bare string would be taken for many ids of one letter.

    Raises:
        ClientUsageError: It is a string, or empty.
    """
    if instances is None:
        return None
    if isinstance(instances, str) or not instances:
        raise ClientUsageError(f"instances must be a list of instance ids such as ['0', '3'], got {instances!r}")
    return list(instances)
