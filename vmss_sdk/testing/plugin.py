"""The pytest plugin: an emulated Azure for each test. It is there as soon as the SDK is installed.

Every test that asks for one of these fixtures gets an emulator of its own, whose time stands still at
2026-01-01T00:00:00Z and skips ahead whenever somebody waits. When such a test fails, its report shows what the upgrade
machinery decided, and which requests were sent.

``@pytest.mark.vmss(...)`` sets what the emulator is like: ``seed``, ``page_size``, ``overprovision``,
``reimage_source``, ``upgraded_denominator``, ``respect_update_domains``, ``max_instances``, ``timings``; see
`vmss_sdk.emulator.engine.platform.settings.Settings`. On a class or a module it is for all tests in it; the nearest
one wins, option by option.

pytest imports this module at every start, so nothing here imports the SDK before a fixture is asked for.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from vmss_sdk.client import VmssClient
    from vmss_sdk.emulator.app import Emulator
    from vmss_sdk.testing.captured import CapturedRequests
    from vmss_sdk.testing.faults import Faults
    from vmss_sdk.testing.rehearsal import MakeScaleSet, Rehearsal, VirtualTime
    from vmss_sdk.testing.secure import SecureServer
    from vmss_sdk.testing.server import EmulatorServer

_REHEARSAL: pytest.StashKey[Rehearsal] = pytest.StashKey()
_SECURE = "vmss_secure_server"
_MARKER = "vmss(**options): what the emulator of the test is like: seed, page_size, overprovision, reimage_source ..."


def pytest_configure(config: pytest.Config) -> None:
    """The marker is known, so that ``--strict-markers`` takes it."""
    config.addinivalue_line("markers", _MARKER)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test tells what its emulator did."""
    report = yield
    rehearsal = item.stash.get(_REHEARSAL, None)
    if rehearsal is not None and report.failed and call.when == "call":
        from vmss_sdk.testing.report import sections

        try:
            report.sections.extend(sections(rehearsal))
        except Exception as error:  # a report is no place to fail; the test's own failure is what counts
            report.sections.append(("vmss", f"nothing to show: {type(error).__name__}"))
    return report


def _options(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The options of all markers, the nearest one first."""
    options: dict[str, Any] = {}
    for marker in request.node.iter_markers("vmss"):
        if marker.args:
            pytest.fail(f"@pytest.mark.vmss takes options by name only, got {marker.args!r}", pytrace=False)
        options = {**marker.kwargs, **options}
    return options


@pytest.fixture
def _vmss_rehearsal(request: pytest.FixtureRequest) -> Iterator[Rehearsal]:
    """What the other fixtures share."""
    from vmss_sdk.errors import ClientUsageError
    from vmss_sdk.testing.rehearsal import Rehearsal, emulator_of

    tenant = None
    if _SECURE in request.fixturenames:
        from vmss_sdk.testing.secure import tenant_of

        tenant = tenant_of(request.getfixturevalue("_vmss_home"))
    try:
        rehearsal = Rehearsal(emulator_of(_options(request), tenant))
    except ClientUsageError as error:
        pytest.fail(f"@pytest.mark.vmss: {error}", pytrace=False)
    request.node.stash[_REHEARSAL] = rehearsal
    yield rehearsal
    del request.node.stash[_REHEARSAL]
    rehearsal.close()


@pytest.fixture(scope="session")
def _vmss_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the certificates, keys and principals of a whole run are."""
    return tmp_path_factory.mktemp("vmss-home")


@pytest.fixture
def vmss_emulator(_vmss_rehearsal: Rehearsal) -> Emulator:
    """The emulated Azure of this test, empty, with a clock that stands still; see ``@pytest.mark.vmss``.

    An object of this process, for ``VmssClient.in_process(vmss_emulator)`` and the like.
    """
    return _vmss_rehearsal.emulator


@pytest.fixture
def vmss_client(_vmss_rehearsal: Rehearsal) -> VmssClient:
    """A client of the emulator in this process: no network, and waiting costs no time.

    The subscription is empty: ``vmss_resource_group`` and ``vmss_scale_set`` fill it.
    """
    return _vmss_rehearsal.client


@pytest.fixture
def vmss_resource_group(_vmss_rehearsal: Rehearsal) -> str:
    """The name of a resource group that is there: ``rg``, in westus2."""
    return _vmss_rehearsal.resource_group()


@pytest.fixture
def vmss_scale_set(_vmss_rehearsal: Rehearsal) -> MakeScaleSet:
    """Makes scale sets that are complete and healthy.

    ``web = vmss_scale_set("web", capacity=3, mode="Rolling")``; more: ``resource_group=`` (``rg``),
    ``custom_data="v1"``, ``rolling=RollingUpgradePolicy(...)``, ``image_version="1.0.0"``, ``zones=["1", "2"]``; or
    ``model=`` and nothing else.
    """
    return _vmss_rehearsal.scale_set


@pytest.fixture
def virtual_clock(_vmss_rehearsal: Rehearsal) -> VirtualTime:
    """The emulated time: ``now``, ``advance(600)``, ``skip()`` to the next event, ``settle()`` until all is quiet."""
    return _vmss_rehearsal.time


@pytest.fixture
def vmss_faults(_vmss_rehearsal: Rehearsal) -> Faults:
    """What goes wrong, until the test ends.

    ``vmss_faults.on(web).unhealthy_after_upgrade(["0"])``, ``vmss_faults.service.throttle(count=2)``,
    ``vmss_faults.emulated(web).report_health(["1"], "Unhealthy")``.
    """
    return _vmss_rehearsal.faults


@pytest.fixture
def captured_requests(_vmss_rehearsal: Rehearsal) -> CapturedRequests:
    """What was sent to the emulator so far, by ``vmss_client`` or over HTTP by any other program.

    ``captured_requests.lines``, ``.writes``, ``.to("*/web/reimage", method="POST")``; each has ``method``, ``path``,
    ``query``, ``headers``, ``body`` (JSON) and ``status``.
    """
    return _vmss_rehearsal.requests


@pytest.fixture
def vmss_server(_vmss_rehearsal: Rehearsal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmulatorServer]:
    """The emulator of this test over HTTP on a free port: ``url``, ``environment``, ``client()``, ``run("bash", ...)``.

    The state is that of ``vmss_client``. Time skips whenever a client polls.
    """
    from contextlib import ExitStack

    from vmss_sdk.emulator.app import EntryPoint
    from vmss_sdk.emulator.in_thread import serving
    from vmss_sdk.testing.server import EmulatorServer

    entrance = EntryPoint(emulator=_vmss_rehearsal.emulator, skip_on_poll=True)
    subscription, folder = _vmss_rehearsal.client.subscription_id, tmp_path_factory.mktemp("vmss-server")
    with serving(entrance) as url, ExitStack() as open_until:
        yield EmulatorServer(url, subscription, folder, open_until)


@pytest.fixture
def vmss_secure_server(
    _vmss_rehearsal: Rehearsal, _vmss_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SecureServer]:
    """The same over HTTPS and with tokens, for az, azure-identity and whatever else insists on both.

    More: ``ca``, ``credential("reader")``, ``environment_of("reader")``, ``log_in_az()``. It needs
    ``vmss-sdk[server]``.
    """
    try:
        from vmss_sdk.testing.secure import served_securely
    except ModuleNotFoundError as error:
        if error.name not in ("cryptography", "jwt"):
            raise
        pytest.fail(f"{_SECURE} needs {error.name}: pip install 'vmss-sdk[server]'", pytrace=False)

    subscription, folder = _vmss_rehearsal.client.subscription_id, tmp_path_factory.mktemp("vmss-server")
    with served_securely(_vmss_rehearsal.emulator, subscription, _vmss_home, folder) as server:
        yield server
