"""Serves an emulator over HTTP or HTTPS with granian: one process that waits for signals, one that holds the state.

The state lives in the memory of one worker process, so there is never a second one. With a state file it is there too.
"""

from __future__ import annotations

import errno
import gc
import ipaddress
import multiprocessing
import multiprocessing.util
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.arm.identity.directory import DEFAULT_LIFETIME, Directory
from vmss_sdk.emulator.arm.names import ServerNames
from vmss_sdk.emulator.data_directory import DataDirectory, DataDirectoryError
from vmss_sdk.emulator.engine.platform.clock import ScaledClock, VirtualClock, clock_at, clock_from
from vmss_sdk.emulator.engine.platform.settings import CatalogueMode, Concurrency, ReimageSource, Settings
from vmss_sdk.emulator.incoming import PATIENCE, Service, authority
from vmss_sdk.emulator.measured import LOG_FORMATS, Measured, log_as_json
from vmss_sdk.emulator.persistence import PersistentEmulator
from vmss_sdk.emulator.registrations import PrincipalSpec, open_directory
from vmss_sdk.emulator.tls import checked_name, server_certificate
from vmss_sdk.errors import StateFileError
from vmss_sdk.transport.base import WallClock

if TYPE_CHECKING:
    from granian.server.common import AbstractServer

    from vmss_sdk.emulator.asgi import AsgiApp

__all__ = [
    "DEFAULT_LIFETIME",
    "DEFAULT_PORT",
    "CannotServeError",
    "ExposureError",
    "ServerOptions",
    "is_loopback",
    "serve",
]

DEFAULT_PORT = 8677
"""VMSS on a telephone's keys."""

_EVERYWHERE = ("0.0.0.0", "::")
_MAX_HEAD_BYTES = 128 * 1024
_MOST_CONNECTIONS = 8192
_OTHER_FILES = 100  # that the worker has open besides its connections
_GARBAGE = 20_000  # objects after which cycles are looked for: an answer alone makes many, and leaves no cycles
_KILL_AFTER = 1  # seconds; all that was answered is saved
_KILL_AFTER_SNAPSHOT = 20  # seconds; what a snapshot takes at the end need not be done again at the next beginning

_STATE_PATIENCE = 2.0  # seconds; a worker ends soon after the process that was killed
_BEGUN_WITH = ("seed", "reimage_source", "catalogue", "concurrency", "kept_operations", "kept_decisions")

Ready = Callable[[str], object]


class CannotServeError(Exception):
    """The server could not start, or its worker died; the text says why in one sentence."""


class ExposureError(CannotServeError):
    """Others could reach a server that asks nobody who they are."""


@attrs.frozen(kw_only=True)
class ServerOptions:
    """What a server is started with.

    Attributes:
        host: An address or name of this machine.
        port: 0 takes a free one.
        clock: ``scaled:N``, ``virtual`` or ``system``. On a virtual clock a poll skips to the next event.
        seed: Of everything that varies.
        reimage_source: Decision C1, see `Settings`.
        catalogue: ``complete`` or ``open``, see `Settings`.
        concurrency: ``queued``, ``conflict`` or ``preempted``, see `Settings`.
        kept_operations: See `Settings`.
        kept_decisions: See `Settings`.
        tls: Whether to serve HTTPS.
        authentication: Whether calls need a token; over plain HTTP they never do, because no client would send one.
        names: Host names and addresses of the server and for its certificate, besides this machine's and `host`.
        allowed_hosts: Further names of the server, which are not in the certificate, such as a proxy's in front of it.
        data_dir: Where certificates, keys and principals are kept; None for the usual place, see `DataDirectory`.
        principals: Those that have to be there besides the default ones.
        token_lifetime: Seconds.
        portal: Whether to serve the portal under ``/portal/``.
        state: The file in which the emulator is kept; None: in memory alone.
        log_format: ``text`` or ``json``, see `LOG_FORMATS`.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    clock: str = "scaled:60"
    seed: int = 0
    reimage_source: str = ReimageSource.SCALE_SET_MODEL
    catalogue: str = CatalogueMode.COMPLETE
    concurrency: str = Concurrency.QUEUED
    kept_operations: int = Settings().kept_operations
    kept_decisions: int = Settings().kept_decisions
    tls: bool = False
    authentication: bool = True
    names: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    data_dir: str | None = None
    principals: tuple[PrincipalSpec, ...] = ()
    token_lifetime: int = DEFAULT_LIFETIME
    portal: bool = True
    state: str | None = None
    log_format: str = LOG_FORMATS[0]

    @property
    def data_directory(self) -> DataDirectory:
        """Where certificates, keys and principals are kept."""
        return DataDirectory(self.data_dir)

    def check_exposure(self) -> None:
        """See to it that nobody else can reach a server that asks nobody who they are.

        Raises:
            CannotServeError: Others could.
        """
        if not is_loopback(self.host) and not (self.tls and self.authentication):
            raise ExposureError(
                f"{self.host} can be reached from other machines, and the emulator would ask nobody who they are."
                " To serve there, use --tls with authentication"
            )

    @property
    def server_names(self) -> ServerNames:
        """By which clients may call it.

        Raises:
            ValueError: A name is none.
        """
        allowed = tuple(checked_name(name) for name in self.allowed_hosts)
        own = (checked_name(_address(self.host)),) if self.host not in _EVERYWHERE else (self.host,)
        return ServerNames((*self._certified(), *own, *allowed), everywhere=self.host in _EVERYWHERE)

    def emulator(self) -> Emulator:
        """A new emulator with these options.

        Raises:
            ValueError: The clock or the reimage source is none, or nothing is to be kept.
            DataDirectoryError: What is kept in the data directory cannot be used.
        """
        clock = clock_from(self.clock)
        return Emulator(clock, self._settings(), **self._entrance())

    def kept(self) -> PersistentEmulator | None:
        """The emulator in the state file, which is locked until that is closed; None without one.

        CHOICE: time goes on at the pace of these options; the other settings are those with which the file was begun.

        Raises:
            ValueError: As of `emulator`, or a setting is not the one with which the file was begun.
            DataDirectoryError: What is kept in the data directory cannot be used.
            StateFileError: The file cannot be used.
        """
        if self.state is None:
            return None
        return PersistentEmulator(
            self.state,
            data_directory=self.data_directory,
            patience=_STATE_PATIENCE,
            make=self._restored,
            resume=self._resumed,
        )

    def _restored(self, written: dict[str, Any] | None, clock: VirtualClock | ScaledClock | None) -> Emulator:
        if written is None:
            return self.emulator() if clock is None else Emulator(clock, self._settings(), **self._entrance())
        found = Emulator.from_saved(written, clock=clock, **self._entrance())
        self._check_begun_with(found.settings)
        return found

    def _resumed(self, _kind: str, moment: float, _factor: float) -> VirtualClock | ScaledClock:
        pace = clock_from(self.clock)
        factor = pace.factor if isinstance(pace, ScaledClock) else 0.0
        return clock_at(pace.kind, moment, factor)

    def _check_begun_with(self, settings: Settings) -> None:
        """CHOICE: an option that is its default counts as not given."""
        for name in _BEGUN_WITH:
            wanted, found = getattr(self, name), getattr(settings, name)
            if wanted not in (found, attrs.fields_dict(ServerOptions)[name].default):
                raise ValueError(
                    f"the state file '{self.state}' was begun with {name.replace('_', ' ')} {found}, and {wanted} is"
                    " asked for: leave that option away, or name another file"
                )

    def _entrance(self) -> dict[str, Any]:
        return {"skip_on_poll": clock_from(self.clock).kind == "virtual", "directory": self._directory()}

    def _settings(self) -> Settings:
        return Settings(
            seed=self.seed,
            reimage_source=ReimageSource(self.reimage_source),
            catalogue=CatalogueMode(self.catalogue),
            concurrency=Concurrency(self.concurrency),
            kept_operations=self.kept_operations,
            kept_decisions=self.kept_decisions,
        )

    def certificate(self) -> Path | None:
        """The file with the server's key and certificate, made or renewed when needed; None over plain HTTP.

        Raises:
            DataDirectoryError: What is kept in the data directory cannot be used.
            ValueError: A name is none.
        """
        return server_certificate(self.data_directory, self._certified(), WallClock()) if self.tls else None

    def _directory(self) -> Directory | None:
        if not (self.tls and self.authentication):
            return None
        return open_directory(
            self.data_directory,
            self.principals,
            names=self.server_names.names,
            is_local=is_loopback(self.host),
            lifetime=self.token_lifetime,
        )

    def _certified(self) -> tuple[str, ...]:
        """The names besides this machine's own; a server at all addresses is also reached by the machine's name."""
        host = socket.gethostname() if self.host in _EVERYWHERE else self.host
        return tuple(dict.fromkeys(checked_name(name) for name in (host, *self.names)))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server on that host.

    Raises:
        CannotServeError: It is no address, and no name that can be looked up.
    """
    return ipaddress.ip_address(_address(host)).is_loopback


def serve(options: ServerOptions, ready: Ready) -> None:
    """Serve until SIGINT or SIGTERM (or SIGHUP, unless that is ignored); to be called in the main thread.

    Args:
        options: What to serve, and where.
        ready: Called with the server's URL once it answers; in the worker process, so it has to be a function
            that can be pickled.

    Raises:
        CannotServeError: The address cannot be listened on, the state file cannot be used, or the worker died.
        ValueError: The clock, the reimage source or a name for the certificate is none, or the state file was begun
            with another setting.
        ImportError: granian, or for HTTPS cryptography or PyJWT, is not installed.
    """
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces, SSLProtocols
    from granian.http import HTTP1Settings

    options.check_exposure()
    try:
        _ = options.server_names
        _validate(options)
        certificate = options.certificate()
    except (DataDirectoryError, StateFileError) as error:
        raise CannotServeError(str(error)) from None
    address = _address(options.host)
    with _reserved(address, options.port) as port:
        server = Granian(
            __name__,
            address=address,
            port=port,
            interface=Interfaces.ASGINL,
            workers=1,
            backpressure=_connections(),
            http=HTTPModes.http1,
            http1_settings=HTTP1Settings(header_read_timeout=int(PATIENCE * 1000), max_buffer_size=_MAX_HEAD_BYTES),
            websockets=False,
            log_enabled=False,
            workers_kill_timeout=_KILL_AFTER_SNAPSHOT if options.state else _KILL_AFTER,
            ssl_cert=certificate,
            ssl_key=certificate,
            ssl_protocol_min=SSLProtocols.tls12,
        )
        _stop_on_hangup(server)
        loader = partial(_load, options, address, port, ready)
        _run(server, loader, options.state)


def _validate(options: ServerOptions) -> None:
    """What is wrong with the options is better said here than in the worker."""
    kept = options.kept()
    if kept is None:
        options.emulator()
    else:
        kept.release()


def _connections() -> int:
    """How many connections there may be at the same time: as many as the system lets the process have files open."""
    if sys.platform == "win32":
        return _MOST_CONNECTIONS
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_CONNECTIONS + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        return max(1, soft - _OTHER_FILES)
    return _MOST_CONNECTIONS


def _run(server: AbstractServer[Any], loader: Callable[[], AsgiApp], state: str | None) -> None:
    try:
        server.serve(target_loader=loader, wrap_loader=False)
    except KeyboardInterrupt:
        return  # before granian minded signals
    except SystemExit:
        # A worker that ends before granian tells it to counts as dead, also when both got the same signal.
        if not server.interrupt_signal:
            kept = f"what it answered is kept in '{state}'" if state else "its state is lost"
            raise CannotServeError(f"the process that holds the emulator's state died; {kept}") from None


def _stop_on_hangup(server: AbstractServer[Any]) -> None:
    """A closed terminal ends the server; granian would start a new worker, and the state would be gone silently."""
    if sys.platform == "win32":
        return
    ignored = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN  # as nohup arranges it
    wanted: Any = signal.SIG_IGN if ignored else server.signal_handler_interrupt
    server.on_startup(partial(signal.signal, signal.SIGHUP, wanted))


def _load(options: ServerOptions, address: str, port: int, ready: Ready) -> AsgiApp:
    """In the worker process: make the emulator, and see to it that the worker neither starts unnoticed nor lingers."""
    from vmss_sdk.emulator.asgi import asgi_app

    _leave_signals_to_parent()
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    if options.log_format == "json":
        log_as_json()
    app = asgi_app(_service(options))
    url = f"{'https' if options.tls else 'http'}://{authority(_shown(options, address), port)}"
    for task in (_end_with_parent, partial(_announce, address, port, partial(ready, url), tls=options.tls)):
        threading.Thread(target=task, daemon=True).start()
    return app


def _service(options: ServerOptions) -> Service:
    kept = options.kept()
    if kept is None:
        emulator = options.emulator()
        return Measured(emulator.served(options.server_names, portal=options.portal), emulator.metrics)
    # not atexit: a forked process does not mind that
    multiprocessing.util.Finalize(None, kept.close, exitpriority=0)
    return Measured(kept.served(options.server_names, portal=options.portal), kept.emulator.metrics)


def _leave_signals_to_parent() -> None:
    """Ctrl-C reaches every process of a terminal; the worker's end is for the parent to say."""
    if sys.platform != "win32":
        os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM):  # a forked worker has inherited the parent's handlers
        signal.signal(number, signal.SIG_DFL)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _shown(options: ServerOptions, address: str) -> str:
    """The host in the address that users are told: with HTTPS a name, because that is what they trust."""
    return "localhost" if options.tls and address in ("127.0.0.1", "::1") else address


def _announce(address: str, port: int, ready: Callable[[], object], *, tls: bool) -> None:
    clock = WallClock()
    while not _answers(address, port, tls=tls):
        clock.sleep(0.01)
    ready()


def _answers(address: str, port: int, *, tls: bool) -> bool:
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)
    question = f"GET /_emulator/clock HTTP/1.1\r\nHost: {authority(near, port)}\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection((near, port), timeout=5) as plain, _wrapped(plain, tls=tls) as connection:
            connection.sendall(question.encode())
            return bool(connection.recv(1))
    except OSError:
        return False


def _wrapped(connection: socket.socket, *, tls: bool) -> socket.socket:
    """The connection, inside TLS if it has to be; nothing is told to whoever answers, so it need not be trusted."""
    if not tls:
        return connection
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context.wrap_socket(connection)


def _address(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return _look_up(host)


def _look_up(name: str) -> str:
    """The IP address of a name, IPv4 first: that is what clients of ``localhost`` all try."""
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise CannotServeError(f"'{name}' is no address of this machine, and no name that can be looked up") from None
    return str(min(found, key=lambda entry: entry[0] != socket.AF_INET)[4][0])


@contextmanager
def _reserved(address: str, port: int) -> Iterator[int]:
    """Find out whether a port is free, or a free one for 0, and keep it from others.

    Raises:
        CannotServeError: It cannot be listened on.
    """
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as holder:
        if port and os.name == "posix":  # what is left of closed connections does not count as in use
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            holder.bind((address, port))
        except OSError as error:
            raise CannotServeError(f"cannot listen on {authority(address, port)}: {_reason(error)}") from None
        port = holder.getsockname()[1]
        if sys.platform == "linux":
            # There granian shares the port with everybody of the same user who allows it. Only an exclusive bind finds
            # such a neighbour; allowing it afterwards lets granian in, and keeps later exclusive binds out.
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        else:
            holder.close()
        yield port


def _reason(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return "the port is in use; choose another one, or 0 for a free one"
    if error.errno == errno.EADDRNOTAVAIL:
        return "it is no address of this machine"
    return (error.strerror or str(error)).lower()
