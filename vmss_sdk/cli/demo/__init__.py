"""``vmss demo``: a rolling upgrade of ten instances and a reimage, told on a terminal or in plain lines."""

import argparse
import sys

from vmss_sdk.cli.demo.display import Display
from vmss_sdk.cli.demo.plain import PlainDisplay
from vmss_sdk.cli.demo.story import tell
from vmss_sdk.client import VmssClient

__all__ = ["run"]


def run(args: argparse.Namespace) -> int:
    """Tell the story."""
    with VmssClient.in_process() as client, _display(args.speed) as display:
        tell(client, display)
    return 0


def _display(speed: float) -> Display:
    if sys.stdout.isatty():
        from vmss_sdk.cli.demo.live import LiveDisplay

        live = LiveDisplay(speed)
        if live.fits:
            return live
    return PlainDisplay()
