"""Tests of ``rotate.py`` and ``deploy.sh``: no Azure, no network, no waiting; ``pytest samples/testing`` runs them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from vmss_sdk import VmssClient, VmssError
from vmss_sdk.testing import CapturedRequests, EmulatorServer, Faults, MakeScaleSet

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from rotate import rotate  # noqa: E402  # beside this file, wherever pytest was started


def test_every_instance_starts_with_the_new_custom_data(vmss_client: VmssClient, vmss_scale_set: MakeScaleSet) -> None:
    """Not only the model: a reimage has to bring it to those that run."""
    web = vmss_scale_set("web", capacity=5, custom_data="v1")
    assert rotate(vmss_client, "rg", "web", "v2") == ["0", "1", "2", "3", "4"]
    assert all(not instance.changes for instance in web.pending().instances)


def test_never_more_than_two_are_down_at_once(
    vmss_client: VmssClient, vmss_scale_set: MakeScaleSet, captured_requests: CapturedRequests
) -> None:
    """What was sent says it."""
    vmss_scale_set("web", capacity=5)
    rotate(vmss_client, "rg", "web", "v2")
    reimages = captured_requests.to("*/web/reimage", method="POST")
    assert [request.body["instanceIds"] for request in reimages] == [["0", "1"], ["2", "3"], ["4"]]


def test_it_stops_at_an_instance_that_does_not_come_up(
    vmss_client: VmssClient, vmss_scale_set: MakeScaleSet, vmss_faults: Faults
) -> None:
    """The others keep running with what they have."""
    vmss_scale_set("web", capacity=5)
    vmss_faults.on("web").slow_boot(3600, ["2"])
    with pytest.raises(VmssError):
        rotate(vmss_client, "rg", "web", "v2", at_once=1)
    healthy = [one.health_state for one in vmss_client.scale_set("rg", "web").instance_summaries()].count("healthy")
    assert healthy >= 4


def test_the_script_deploys(vmss_server: EmulatorServer, vmss_scale_set: MakeScaleSet) -> None:
    """A bash script talks to the same emulator over HTTP."""
    vmss_scale_set("web", capacity=5)
    ran = vmss_server.run("bash", HERE / "deploy.sh", "rg", "web", "2.0.0")
    assert (ran.returncode, ran.stdout) == (0, "deployed 2.0.0\n"), ran.stderr


def test_the_script_says_why_a_roll_stopped(
    vmss_server: EmulatorServer, vmss_scale_set: MakeScaleSet, vmss_faults: Faults
) -> None:
    """And fails, so that the pipeline stops."""
    web = vmss_scale_set("web", capacity=5)
    vmss_faults.on(web).unhealthy_after_upgrade()
    ran = vmss_server.run("bash", HERE / "deploy.sh", "rg", "web", "2.0.0")
    assert (ran.returncode, ran.stdout) == (1, "MaxUnhealthyUpgradedInstancePercentExceededInRollingUpgrade\n")
