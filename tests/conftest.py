"""Rules for every test: no traffic beyond this machine, the same story each time, and in CI nothing skipped."""

import ipaddress
import os
import signal
import socket
import unittest.mock
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from tests.wire.watch import watched
from vmss_sdk import wire
from vmss_sdk.emulator.arm.views.texts import InstanceTexts

if TYPE_CHECKING:
    from tests.serving import SecureServer

# The suite with the real Azure CLI needs that, and an environment of its own: `make test-az`.
collect_ignore = [] if "VMSS_AZ" in os.environ else ["az"]

CI = os.environ.get("CI", "").lower() not in {"", "0", "false"}

# Machines differ in speed and a test is not a race; CI repeats itself, a developer's machine explores.
hypothesis.settings.register_profile("vmss", deadline=None, derandomize=CI)
hypothesis.settings.load_profile("vmss")


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a unix socket
    host = address[0]
    if host in {"", "localhost", None}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def _signals_as_at_a_terminal() -> None:
    """Processes that tests start mind Ctrl-C and a hang-up, also when the tests run in the background.

    What is ignored stays ignored in every process that is started; what is handled does not.
    """
    for number in (signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


@pytest.fixture(autouse=True, scope="session")
def _stay_on_this_machine() -> Generator[None]:
    """Connections and name look-ups that leave the machine end the test with a message that says so."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(address: Any) -> None:
        if not _is_local(address):
            raise RuntimeError(f"a test wants to talk to {address[0]}, but tests stay on this machine")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        check(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        check(address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        if str(host).endswith(".invalid"):  # RFC 6761: no name server knows it, so none is asked
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        check((host,))
        return getaddrinfo(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


@pytest.fixture(autouse=True, scope="session")
def _answer_as_azure() -> Generator[None]:
    """An answer of an emulator that has a member which Azure does not have, or lacks one, ends the test."""
    with pytest.MonkeyPatch.context() as patch:
        watched(patch)
        yield


@pytest.fixture(autouse=True, scope="session")
def _kept_texts_are_what_would_be_told() -> Generator[None]:
    """Whenever the emulator tells of an instance by a text that it has kept, the text is what it would make now."""
    kept = InstanceTexts.kept

    def compared(self: InstanceTexts, scale_set: Any, name: str, show: Any) -> Any:
        text = kept(self, scale_set, name, show)

        def checked(instance: Any) -> Any:
            told = text(instance)
            assert bytes(told) == wire.encode(show(instance)), f"{name} of instance {instance.id} has changed"
            return told

        return checked

    with unittest.mock.patch.object(InstanceTexts, "kept", compared):
        yield


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data directory with certificates, keys and principals that all tests of the session share."""
    base = tmp_path_factory.getbasetemp()
    return (base if worker_id == "master" else base.parent) / "vmss-home"


@pytest.fixture(autouse=True, scope="session")
def _leave_the_users_home_alone(home: Path) -> Generator[None]:
    """Whatever a test starts without a data directory uses that one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VMSS_HOME", str(home))
        yield


@pytest.fixture(scope="session")
def secure(home: Path) -> "Iterator[SecureServer]":
    """A server with HTTPS and tokens, one for each worker; resources in it are to have names of the test's own."""
    from tests.serving import served_securely

    with served_securely(home) as server:
        yield server


def _fail_when_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"CI runs every test, but this one was left out: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test is a failure."""
    report = yield
    _fail_when_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """In CI a module skipped while it is collected is a failure."""
    report = yield
    _fail_when_skipped(report)
    return report
