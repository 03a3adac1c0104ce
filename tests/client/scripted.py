"""A client whose service gives prepared answers and remembers what it was asked; waiting costs nothing."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.transport.stand_in import CountingClock
from vmss_sdk import Operation, Request, Response, VirtualMachineScaleSet, VmssClient, wire

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
ENDPOINT = "https://management.azure.com"
NOW = 1_700_000_000.0
COMPUTE = f"{ENDPOINT}/subscriptions/{SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Compute"
WEB = f"{COMPUTE}/virtualMachineScaleSets/web"
OPERATION = f"{ENDPOINT}/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Compute/locations/westus/operations/op-1"
POLL = f"{OPERATION}?api-version=2026-04-01"
WEB_URL = f"{WEB}?api-version=2026-04-01"
MONITOR = f"{OPERATION}?monitor=true&api-version=2026-04-01"

Outcome = Response | Exception | Callable[[Request], Response]


def answer(status: int = 200, body: Any = None, **headers: str) -> Response:
    """A response; ``retry_after="1"`` becomes the header Retry-After."""
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, fields, b"" if body is None else wire.encode(body))


def accepted(**headers: str) -> Response:
    """202 as every POST action gets it (wire.md 1): both addresses, no body, no Retry-After."""
    return answer(202, azure_asyncoperation=POLL, location=MONITOR, **headers)


def running(**headers: str) -> Response:
    """The answer to a poll of an operation that runs (wire.md 3.16)."""
    body = {"startTime": "2024-08-26T08:30:21.6338452+00:00", "status": "InProgress", "name": "op-1"}
    return answer(200, body, **headers)


def ended(status: str = "Succeeded", error: Mapping[str, Any] | None = None, **more: Any) -> Response:
    """The answer to a poll of an operation that has ended (wire.md 3.16 and 4)."""
    body = {"startTime": "2024-08-26T08:30:21.6338452+00:00", "endTime": "2024-08-26T08:30:38.1185086+00:00"}
    inner = {} if error is None else {"error": dict(error)}
    return answer(200, {**body, "status": status, **inner, "name": "op-1", **more})


class Script:
    """A transport that gives prepared outcomes in order, the last one again and again."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.clock = CountingClock(NOW)
        self.outcomes = list(outcomes)
        self.requests: list[Request] = []

    def send(self, request: Request) -> Response:
        self.requests.append(request)
        outcome = self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome if isinstance(outcome, Response) else outcome(request)

    def close(self) -> None:
        """Nothing is open."""

    @property
    def sent(self) -> list[str]:
        """What was asked, as ``METHOD url``."""
        return [f"{request.method} {request.url}" for request in self.requests]

    @property
    def body(self) -> Any:
        """The JSON of the last request; None without a body."""
        return wire.decode(self.requests[-1].body) if self.requests[-1].body else None


def scripted(*outcomes: Outcome, **options: Any) -> tuple[VmssClient, Script]:
    """A client over a script."""
    script = Script(*outcomes)
    return VmssClient(SUBSCRIPTION, endpoint=ENDPOINT, transport=script, **options), script


def scale_set(state: str | None = None, **more: Any) -> dict[str, Any]:
    """A scale set's document."""
    properties = {} if state is None else {"provisioningState": state}
    return {"name": "web", "location": "westus", "properties": properties, **more}


def put(*outcomes: Any) -> tuple[Operation[VirtualMachineScaleSet], Script]:
    """The operation of a PUT of a scale set; the first outcome is its answer."""
    client, script = scripted(*outcomes)
    return client.scale_set("rg", "web").create_or_update(VirtualMachineScaleSet(location="westus")), script


def reimage(*outcomes: Any, **options: Any) -> tuple[Operation[None], Script]:
    """The operation of a POST without result; the first outcome is its answer."""
    client, script = scripted(*outcomes, **options)
    return client.scale_set("rg", "web").reimage(["0"]), script
