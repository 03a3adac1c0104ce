"""``vmss emulator …``."""

import argparse
import contextlib
import shlex
import sys
import webbrowser
from collections.abc import Callable
from functools import partial

__all__ = ["start"]

_FAILED = 1
_WRONG_USAGE = 2
_TLS_ONLY = ("name", "principal", "token_lifetime")

_DIRECTIONS = """
  vmss: make a resource group, see what there is, let an hour pass
    vmss group create --endpoint {url} -n rg -l westus2
    vmss emulator status --endpoint {url} -o table
    vmss emulator clock --endpoint {url} --advance PT1H
  vmss_sdk
    client = VmssClient("00000000-0000-0000-0000-000000000000", endpoint="{url}")
  azure-mgmt-compute
    client = ComputeManagementClient(object(), "00000000-0000-0000-0000-000000000000",
        base_url="{url}",
        authentication_policy=azure.core.pipeline.policies.SansIOHTTPPolicy())
  curl: the same
    curl -X PUT -H 'Content-Type: application/json' -d '{{"location": "westus2"}}' \\
      '{url}/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg?api-version=2021-04-01'
    curl {url}/_emulator/status
    curl -X POST -d '{{"advance": 3600}}' {url}/_emulator/clock

{pace}
Everybody on this machine can use it, without a token; where others have accounts, start it with --tls.
{kept}: Ctrl-C."""

_IN_MEMORY = "All state is in memory and ends with the server"

_WITH_TLS = (
    """
  trust: what clients have to be told to trust this server
    vmss emulator trust --port {port}{here}
"""
    + _DIRECTIONS
)
_WITH_TOKENS = """
  trust: what clients have to be told to trust this server
    vmss emulator trust --port {port}{here}
  log in: the environment for azure-identity, as 'contributor', 'reader' or 'managed-identity'
    eval "$(vmss emulator credentials contributor --port {port}{here})"
  az, the unmodified Azure CLI: a profile for it, logged in
    eval "$(vmss emulator az-env --port {port}{here})"
  vmss, as you, to whom the data directory belongs: see what there is, let an hour pass
    {home}vmss emulator status --endpoint {url} -o table
    {home}vmss emulator clock --endpoint {url} --advance PT1H
  vmss_sdk
    client = VmssClient.from_environment(subscription_id="00000000-0000-0000-0000-000000000000")
  azure-mgmt-compute
    credential = EnvironmentCredential(disable_instance_discovery=True)
    client = ComputeManagementClient(credential, "00000000-0000-0000-0000-000000000000", base_url="{url}",
        credential_scopes=["{url}/.default"])

{pace}
{kept}: Ctrl-C. Certificates, keys and principals are kept."""


def start(args: argparse.Namespace) -> int:
    """Serve the emulator until Ctrl-C or SIGTERM.

    Returns:
        0 when it was told to stop, 1 when it could not start, 2 when it may not listen there.
    """
    from vmss_sdk.emulator import server
    from vmss_sdk.emulator.registrations import PrincipalSpec

    if args.open and args.no_portal:
        return _print_error("--open has nothing to show with --no-portal", _WRONG_USAGE)
    if not args.tls and (needless := [flag for flag in _TLS_ONLY if getattr(args, flag)]):
        return _print_error(f"--{needless[0].replace('_', '-')} has no meaning without --tls", _WRONG_USAGE)
    try:
        options = server.ServerOptions(
            host=args.host,
            port=args.port,
            clock=args.clock,
            seed=args.seed,
            reimage_source=args.reimage_source,
            catalogue=args.catalogue,
            concurrency=args.concurrency,
            kept_operations=args.keep_operations,
            kept_decisions=args.keep_decisions,
            tls=args.tls,
            authentication=not args.no_auth,
            names=tuple(args.name),
            allowed_hosts=tuple(args.allowed_host),
            data_dir=args.data_dir,
            principals=tuple(map(PrincipalSpec.parse, args.principal)),
            token_lifetime=args.token_lifetime or server.DEFAULT_LIFETIME,
            portal=not args.no_portal,
            state=args.state,
            log_format=args.log_format,
        )
        tokens = args.tls and not args.no_auth
        ready = partial(
            announce, args.clock, tokens=tokens, folder=args.data_dir, portal=options.portal, state=args.state
        )
        server.serve(options, partial(show_portal, ready) if args.open else ready)
    except (server.ExposureError, ValueError) as error:
        return _print_error(str(error), _WRONG_USAGE)
    except server.CannotServeError as error:
        return _print_error(str(error), _FAILED)
    except ModuleNotFoundError as error:
        if error.name not in ("granian", "cryptography", "jwt"):
            raise
        return _print_error(f"the server needs {error.name}: pip install 'vmss-sdk[server]'", _FAILED)
    return 0


def show_portal(ready: Callable[[str], object], url: str) -> None:
    """Say that the server is there, and show the portal in the user's browser, if there is one.

    Args:
        ready: Says that it is there.
        url: Where it listens.
    """
    ready(url)
    webbrowser.open(f"{_local_url(url)}/portal/")


def _print_error(text: str, code: int) -> int:
    print(f"vmss emulator start: {text}", file=sys.stderr)
    return code


def announce(
    clock: str,
    url: str,
    *,
    tokens: bool = False,
    folder: str | None = None,
    portal: bool = True,
    state: str | None = None,
) -> None:
    """Say where the server listens, and how to use it.

    Args:
        clock: As it was asked for.
        url: Where it listens.
        tokens: Whether calls need a token.
        folder: The data directory, if it is not the usual one: other commands have to be told of it.
        portal: Whether there is a portal to tell of.
        state: The file in which the emulator is kept, if it is.
    """
    near = _local_url(url)
    port = url.rpartition(":")[2]
    text = _WITH_TOKENS if tokens else _WITH_TLS if url.startswith("https") else _DIRECTIONS
    here = f" --data-dir {shlex.quote(folder)}" if folder else ""
    home = f"VMSS_HOME={shlex.quote(folder)} " if folder else ""
    kept = f"What was answered is kept in {state}. To end the server" if state else _IN_MEMORY
    directions = text.format(url=near, pace=_clock_text(clock), port=port, here=here, home=home, kept=kept)
    with contextlib.suppress(OSError):  # nobody has to listen
        shown = (f"\n  portal: see it in a browser\n    {near}/portal/",) if portal else ()
        print(f"Listening on {url}", *shown, directions, sep="\n", flush=True)


def _local_url(url: str) -> str:
    """The server's address as this machine reaches it."""
    return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")


def _clock_text(clock: str) -> str:
    kind, _, factor = clock.partition(":")
    if kind == "virtual":
        return (
            "Emulated time stands still, and skips to the next event whenever a client polls or reads the same again."
        )
    if kind == "system":
        return "Emulated time is real time."
    return f"Emulated time runs {float(factor or 60):g} times as fast as yours."
