"""``vmss emulator …``."""

import argparse
import contextlib
import sys
from functools import partial

__all__ = ["start"]

_FAILED = 1
_WRONG_USAGE = 2

_DIRECTIONS = """
  vmss_sdk            client = VmssClient("any-subscription", endpoint="{url}")
  azure-mgmt-compute  from azure.core.pipeline.policies import SansIOHTTPPolicy
                      client = ComputeManagementClient(object(), "any-subscription", base_url="{url}",
                                                       authentication_policy=SansIOHTTPPolicy())
  a resource group    curl -X PUT '{url}/subscriptions/any-subscription/resourceGroups/rg?api-version=2021-04-01' \\
                           -H 'Content-Type: application/json' -d '{{"location": "westus2"}}'
  what there is       curl {url}/_emulator/status
  let an hour pass    curl -X POST {url}/_emulator/clock -d '{{"advance": 3600}}'

{pace} All state is in memory and ends with the server: Ctrl-C."""


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
        return "Time stands still, and skips to the next event whenever a client polls."
    return "Time is real." if kind == "system" else f"Time runs {float(factor or 60):g} times as fast as yours."
