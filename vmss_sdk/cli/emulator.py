"""``vmss emulator …``."""

import argparse
import contextlib
import sys
from functools import partial

__all__ = ["start"]

_FAILED = 1
_WRONG_USAGE = 2

_DIRECTIONS = """
  vmss_sdk
    client = VmssClient("any-subscription", endpoint="{url}")
  azure-mgmt-compute
    client = ComputeManagementClient(object(), "any-subscription",
        base_url="{url}",
        authentication_policy=azure.core.pipeline.policies.SansIOHTTPPolicy())
  curl: make a resource group, see what there is, let an hour pass
    curl -X PUT -d '{{"location": "westus2"}}' \\
      '{url}/subscriptions/any-subscription/resourceGroups/rg?api-version=2021-04-01'
    curl {url}/_emulator/status
    curl -X POST -d '{{"advance": 3600}}' {url}/_emulator/clock

{pace}
All state is in memory and ends with the server: Ctrl-C."""


def start(args: argparse.Namespace) -> int:
    """Serve the emulator until Ctrl-C or SIGTERM.

    Returns:
        0 when it was told to stop, 1 when it could not start, 2 when it may not listen there.
    """
    from vmss_sdk.emulator import server

    try:
        if not (server.is_loopback(args.host) or (args.allow_remote and args.without_authentication)):
            return _complain(_refusal(args.host), _WRONG_USAGE)
        options = server.ServerOptions(
            host=args.host, port=args.port, clock=args.clock, seed=args.seed, reimage_source=args.reimage_source
        )
        server.serve(options, partial(announce, args.clock))
    except server.CannotServeError as error:
        return _complain(str(error), _FAILED)
    except ModuleNotFoundError as error:
        if error.name != "granian":
            raise
        return _complain("the server needs granian: pip install 'vmss-sdk[server]'", _FAILED)
    return 0


def _complain(text: str, code: int) -> int:
    print(f"vmss emulator start: {text}", file=sys.stderr)
    return code


def _refusal(host: str) -> str:
    return (
        f"{host} can be reached from other machines, and the emulator asks nobody who they are."
        " To serve there all the same, say so twice: --allow-remote --without-authentication"
    )


def announce(clock: str, url: str) -> None:
    """Say where the server listens, and how to use it."""
    near = url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")
    with contextlib.suppress(OSError):  # nobody has to listen
        print(f"Listening on {url}", _DIRECTIONS.format(url=near, pace=_pace(clock)), sep="\n", flush=True)


def _pace(clock: str) -> str:
    kind, _, factor = clock.partition(":")
    if kind == "virtual":
        return (
            "Emulated time stands still, and skips to the next event whenever a client polls or reads the same again."
        )
    if kind == "system":
        return "Emulated time is real time."
    return f"Emulated time runs {float(factor or 60):g} times as fast as yours."
