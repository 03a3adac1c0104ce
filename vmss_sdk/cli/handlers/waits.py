"""``wait``: look at something now and then until it is as it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable

    from vmss_sdk.cli.call import Call

__all__ = ["wait_until"]


def wait_until(call: Call, what: str, look: Callable[[], Any]) -> None:
    """Look until it is as it was said.

    Args:
        call: With the arguments of `WAIT_CONDITIONS`.
        what: What is looked at, for errors.
        look: Reads it.

    Raises:
        CommandError: Nothing was said, or it took too long, or it failed.
        NotFoundError: It is not there, and only its change is waited for.
    """
    args, clock = call.args, call.client.clock
    if not (args.created or args.updated or args.deleted or args.exists or args.custom is not None):
        raise CommandError("say what to wait for: --created, --updated, --deleted, --exists or --custom", 2)
    last = clock.now() + args.timeout
    while not _reached(call, what, look):
        if clock.now() + args.interval > last:
            raise CommandError(f"{what} was not as expected within {args.timeout:g} seconds")
        clock.sleep(args.interval)


def _reached(call: Call, what: str, look: Callable[[], Any]) -> bool:
    from vmss_sdk.cli.output import shape

    args = call.args
    try:
        found = shape(look())
    except NotFoundError:
        if args.deleted:
            return True
        if args.created or args.exists:
            return False
        raise
    if args.deleted:
        return False
    if args.exists:
        return True
    if args.custom is not None:
        return bool(args.custom.search(found))
    state = found.get("provisioningState")
    if state in ("Failed", "Canceled"):
        raise CommandError(f"{what} ended as {state}")
    return bool(state == "Succeeded")
