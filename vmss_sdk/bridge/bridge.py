"""The bridge: reads requests, runs them side by side, and answers each when it is done."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from vmss_sdk import wire
from vmss_sdk._version import __version__
from vmss_sdk.bridge import answers, params
from vmss_sdk.bridge.connections import DEFAULT, Connected, Connections, Recipe
from vmss_sdk.bridge.failures import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    RpcError,
    failure,
)
from vmss_sdk.bridge.methods import METHODS, Method
from vmss_sdk.bridge.progress import QUIET, tell_progress
from vmss_sdk.bridge.requests import Call
from vmss_sdk.bridge.sequences import SEQUENCE, Sequence
from vmss_sdk.bridge.servers import Server, Servers
from vmss_sdk.bridge.tracing import TELL
from vmss_sdk.bridge.waiting import StepScheduler, real_seconds, skips
from vmss_sdk.operation import Operation
from vmss_sdk.transport.base import WallClock
from vmss_sdk.transport.notes import LISTENER

__all__ = ["PROTOCOL", "Bridge"]

PROTOCOL = 1
"""The version of what is said here; a program that knows another one refuses to go on."""

_THREADS = 16
_CONNECTION = ("VmssSdk.Connection",)
_SERVER = ("VmssSdk.EmulatorServer",)
_WAIT = "wait"

Send = Callable[[dict[str, Any]], None]


class Bridge:
    """The requests of one program.

    Args:
        send: Writes one message; called from many threads.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._pool = ThreadPoolExecutor(_THREADS, "vmss-bridge")
        self._agenda = StepScheduler(self._pool.submit)
        self._connections = Connections()
        self._servers = Servers()
        self._open: dict[int | str, Call] = {}
        self._clock = WallClock()
        self._own: dict[str, Callable[[dict[str, Any]], Any]] = {
            "ping": lambda _: {"protocol": PROTOCOL},
            "methods": lambda _: _catalogue(),
            "connect": self._connect,
            "disconnect": self._disconnect,
            "connections": lambda _: self._told(self._connections.all()),
            "preview": self._preview,
            "server.start": self._start_server,
            "server.stop": self._stop_servers,
        }

    def run(self, lines: Iterable[bytes]) -> None:
        """Say hello, then take requests until there are no more; what is under way then is not waited for."""
        versions = {"protocol": PROTOCOL, "package": __version__, "python": platform.python_version()}
        self._send({"jsonrpc": "2.0", "method": "hello", "params": {**versions, "pid": os.getpid()}})
        for line in lines:
            self.take(line)

    def take(self, line: bytes) -> None:
        """Take one message; anything that is none is answered with an error."""
        try:
            call = self._read(line)
            if call.method == "$/cancelRequest":
                self._cancel(call.params.get("id"))
            elif call.id is not None:
                self._begin(call)
        except RpcError as error:
            self._send({"jsonrpc": "2.0", "id": (error.data or {}).get("id"), "error": error.document})

    def _read(self, line: bytes) -> Call:
        try:
            message = wire.decode(line)
        except ValueError as error:
            raise RpcError(PARSE_ERROR, f"this line is no JSON: {error}") from None
        if not isinstance(message, dict):
            raise RpcError(INVALID_REQUEST, "expected a JSON object on each line; batches are not taken")
        id, method, given = message.get("id"), message.get("method"), message.get("params", {})
        if not isinstance(id, int | str | None) or isinstance(id, bool):
            raise RpcError(INVALID_REQUEST, "id must be a number or a text")
        if message.get("jsonrpc") != "2.0" or not isinstance(method, str):
            raise RpcError(INVALID_REQUEST, 'expected "jsonrpc": "2.0" and the name of a method', {"id": id})
        if not isinstance(given, dict):
            raise RpcError(INVALID_PARAMS, f"{method}: params must be an object", {"id": id})
        return Call(id, method, given, self._send)

    def _begin(self, call: Call) -> None:
        assert call.id is not None
        if call.id in self._open:
            raise RpcError(INVALID_REQUEST, f"there is a request with the id {call.id!r} already", {"id": call.id})
        self._open[call.id] = call
        call.on_answered = self._forget
        self._submit(call)

    def _submit(self, call: Call) -> None:
        self._pool.submit(self._guarded, call, partial(self._serve, call))

    def _forget(self, call: Call) -> None:
        if call.id is not None:
            self._open.pop(call.id, None)

    def _cancel(self, id: object) -> None:
        call = self._open.get(id) if isinstance(id, int | str) else None
        if call is not None:
            call.cancel()

    def _guarded(self, call: Call, step: Callable[[], None]) -> None:
        """Do one step of a request in a thread of the pool; whatever it raises is the answer."""
        if call.is_answered:
            return
        token = TELL.set(call.tell if call.params.get("trace") is True else None)
        listening = LISTENER.set(partial(call.tell, "warning"))
        try:
            step()
        except Exception as error:
            told = failure(error)
            if told.code == INTERNAL_ERROR:
                _report(error)
            call.fail(told)
        finally:
            LISTENER.reset(listening)
            TELL.reset(token)

    def _serve(self, call: Call) -> None:
        own = self._own.get(call.method)
        if own is not None:
            call.succeed(own(dict(call.params)))
            return
        if call.method == SEQUENCE:
            Sequence(call, self._submit).next_step()
            return
        method = METHODS.get(call.method)
        if method is None:
            raise RpcError(METHOD_NOT_FOUND, f"there is no method {call.method!r}; the method 'methods' lists them")
        self._call(call, method)

    def _call(self, call: Call, method: Method) -> None:
        given = {name: value for name, value in call.params.items() if name != _WAIT}
        arguments = params.read(method.name, method.all_params, given)
        connected = self._connections.find(_text(call, "connection"))
        wait = _WaitingRequest(self, call, method, connected)
        found = method.call(connected.client, arguments)
        if not isinstance(found, Operation):
            call.succeed(wait.result(found, None))
        elif call.params.get(_WAIT) is False:
            call.succeed(answers.begun(found))
        else:
            wait.follow(found)

    def _preview(self, given: dict[str, Any]) -> dict[str, Any]:
        """What another request (``method``, ``params``) would come to, which is not done."""
        name, inner = given.get("method"), given.get("params") or {}
        method = METHODS.get(name) if isinstance(name, str) else None
        if method is None or not isinstance(inner, dict):
            raise RpcError(INVALID_PARAMS, "preview: expected the name of a method, and its params as an object")
        arguments = params.read(method.name, method.all_params, inner)
        client = self._connections.find(given.get("connection")).client
        found = client.preview(lambda it: method.call(it, arguments))
        return answers.result(_PREVIEW.types, {**_PREVIEW.value(found), "Text": found.text})

    def _connect(self, given: dict[str, Any]) -> dict[str, Any]:
        name = given.pop("name", None) or DEFAULT
        arguments = params.read("connect", _RECIPE, given)
        return self._told([self._connections.connect(str(name), Recipe(**arguments))])

    def _disconnect(self, given: dict[str, Any]) -> dict[str, Any]:
        name = str(given.get("name") or DEFAULT)
        return {"types": [], "value": self._connections.disconnect(name)}

    def _start_server(self, given: dict[str, Any]) -> dict[str, Any]:
        name = str(given.pop("connection", None) or DEFAULT)
        server, recipe = self._servers.start(name, **params.read("server.start", _SERVER_OPTIONS, given))
        self._connections.connect(name, recipe)
        return _servers_told([server])

    def _stop_servers(self, given: dict[str, Any]) -> dict[str, Any]:
        stopped = self._servers.stop(params.read("server.stop", _WHICH_SERVER, given).get("endpoint"))
        for server in stopped:
            self._connections.disconnect(server.connection)
        return _servers_told(stopped)

    def _told(self, found: list[Connected]) -> dict[str, Any]:
        return answers.result(_CONNECTION, [connected.document for connected in found])


class _WaitingRequest:
    """One request that waits for its operation."""

    def __init__(self, bridge: Bridge, call: Call, method: Method, connected: Connected) -> None:
        self._bridge = bridge
        self._call = call
        self._method = method
        self._connected = connected
        self._clock = connected.client.clock
        self._start = self._clock.now()
        self._real_start = bridge._clock.now()

    def result(self, found: Any, operation: Operation[Any] | None) -> dict[str, Any]:
        answer = self._method.answer
        if answer.is_status:
            return answers.status(operation, self._start, self._clock.now())
        return answers.result(answer.types, answer.value(found))

    def follow(self, operation: Operation[Any]) -> None:
        """Wait until the operation has ended: at once where time can be skipped, else poll by poll."""
        if skips(self._clock):
            self._skip(operation)
        if operation.has_ended:
            self._call.succeed(self.result(operation.result(), operation))
        elif not self._call.is_answered:
            step = partial(self._bridge._guarded, self._call, partial(self._poll, operation))
            self._bridge._agenda.after(real_seconds(operation, self._clock), step)

    def _skip(self, operation: Operation[Any]) -> None:
        while not (operation.has_ended or self._call.is_answered):
            with self._connected.waiting:
                self._clock.sleep(max(0.0, operation.next_poll - self._clock.now()))
            operation.poll()
            self._report_progress(operation)

    def _poll(self, operation: Operation[Any]) -> None:
        operation.poll()
        self._report_progress(operation)
        self.follow(operation)

    def _report_progress(self, operation: Operation[Any]) -> None:
        seconds = self._bridge._clock.now() - self._real_start
        if seconds >= QUIET and not operation.has_ended:
            tell_progress(self._call, self._connected.client, operation, seconds)


_RECIPE = (
    *(
        params.Param(name, argument, params.TEXT)
        for name, argument in {
            "kind": "kind",
            "endpoint": "endpoint",
            "subscriptionId": "subscription_id",
            "token": "token",
            "tenantId": "tenant_id",
            "clientId": "client_id",
            "clientSecret": "client_secret",
            "authority": "authority",
            "audience": "audience",
            "caFile": "ca_file",
            "clock": "clock",
        }.items()
    ),
    params.Param("seed", "seed", params.INTEGER),
    params.Param("pollingInterval", "polling_interval", params.NUMBER),
    params.Param("variables", "variables", params.JSON),
)

_PREVIEW = answers.records("Preview")
_WHICH_SERVER = (params.Param("endpoint", "endpoint", params.TEXT),)
_SERVER_OPTIONS = (
    params.Param("port", "port", params.INTEGER),
    params.Param("https", "https", params.FLAG),
    params.Param("clock", "clock", params.TEXT),
    params.Param("seed", "seed", params.INTEGER),
    params.Param("dataDir", "data_dir", params.TEXT),
)


def _servers_told(servers: list[Server]) -> dict[str, Any]:
    return answers.result(_SERVER, [server.document for server in servers])


def _catalogue() -> dict[str, Any]:
    """Every method of the table with its parameters."""
    return {
        name: {param.name: {"expects": param.kind.words, "required": param.required} for param in method.all_params}
        for name, method in METHODS.items()
    }


def _text(call: Call, name: str) -> str | None:
    value = call.params.get(name)
    if value is not None and not isinstance(value, str):
        raise RpcError(INVALID_PARAMS, f"{call.method}: {name} must be a text")
    return value


def _report(error: Exception) -> None:
    """A defect, for whoever reads standard error: where it is, but not its text, which may hold anything."""
    where = "".join(traceback.format_tb(error.__traceback__))
    print(f"vmss_sdk.bridge: {type(error).__name__}\n{where}", file=sys.stderr, flush=True)
