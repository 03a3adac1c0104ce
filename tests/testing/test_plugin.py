"""The plugin as pytest sees it: markers, reports of failures, cost."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.running import ROOT, environment

pytest_plugins = ["pytester"]

FAILING = """
def test_it(vmss_client, vmss_scale_set, vmss_faults):
    web = vmss_scale_set(capacity=5)
    vmss_faults.on(web).unhealthy_after_upgrade(["0", "1"])
    vmss_client.resource_groups.create_or_update("other", "westus", tags={"password": "Can" + "ary-1"})
    web.reimage(["3"]).result()
    assert web.get().sku.capacity == 6
"""


def run(pytester: pytest.Pytester, text: str, *arguments: str) -> pytest.RunResult:
    """A user's tests, with warnings as errors and strict markers."""
    pytester.makepyfile(text)
    return pytester.runpytest_inprocess("-W", "error", "--strict-markers", "-p", "no:cacheprovider", *arguments)


def test_a_failure_shows_what_was_decided_and_sent(pytester: pytest.Pytester) -> None:
    """In sections of their own, with the emulated time; secrets are in none."""
    result = run(pytester, FAILING)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*vmss: decisions of rg/web*", "*vmss: requests*", "POST */reimage -> 202"])
    assert "Canary-1" not in result.stdout.str()
    assert "Only-For-Tests-1" not in result.stdout.str()


def test_a_test_that_passes_shows_nothing(pytester: pytest.Pytester) -> None:
    """And neither does one that does not use the fixtures."""
    result = run(pytester, "def test_it(vmss_client): assert True\ndef test_other(): assert True\n", "-rA")
    result.assert_outcomes(passed=2)
    assert "vmss:" not in result.stdout.str()


@pytest.mark.parametrize(
    ("marker", "said"),
    [
        ("sed=1", "'sed' is no option: did you mean 'seed'?"),
        ("seed='x'", "seed='x': expected a whole number"),
        ("reimage_source='disk'", "reimage_source='disk': expected one of"),
        ("page_size=0", "page_size is 0: expected at least 1"),
        ("1", "takes options by name only"),
    ],
)
def test_a_wrong_option_is_said(pytester: pytest.Pytester, marker: str, said: str) -> None:
    """The test has an error that names it, without a traceback through the plugin."""
    result = run(pytester, f"import pytest\n@pytest.mark.vmss({marker})\ndef test_it(vmss_client): pass\n")
    result.assert_outcomes(errors=1)
    assert said in result.stdout.str()


def test_the_nearest_marker_wins_option_by_option(pytester: pytest.Pytester) -> None:
    """One on the module is for all tests in it."""
    text = (
        "import pytest\npytestmark = pytest.mark.vmss(seed=1, page_size=7)\n"
        "@pytest.mark.vmss(seed=2)\n"
        "def test_it(vmss_emulator):\n"
        "    assert (vmss_emulator.settings.seed, vmss_emulator._state.page_size) == (2, 7)\n"
    )
    run(pytester, text).assert_outcomes(passed=1)


def test_it_costs_nothing_who_does_not_use_it() -> None:
    """The start of pytest imports no HTTP, no models, no emulator for it."""
    code = (
        "import sys, pytest\n"
        "pytest.main(['--version', '-p', 'no:cacheprovider'])\n"
        "print([name for name in sys.modules if name.startswith('vmss_sdk')], 'attrs' in sys.modules)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "docs", env=environment(), capture_output=True, text=True, check=True,
        timeout=60,
    )  # fmt: skip
    loaded = ran.stdout.splitlines()[-1]
    assert loaded.rpartition("]")[0].count("'") // 2 <= 4, loaded  # vmss_sdk, its version, testing, testing.plugin
    assert loaded.endswith("False")
