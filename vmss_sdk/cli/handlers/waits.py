"""``wait``: look at something now and then until it is as it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable

    from vmss_sdk.cli.call import Call

__all__ = ["wait_for_health_or_roll", "wait_until"]

_CONDITIONS = ("created", "updated", "deleted", "exists", "custom")


def wait_for_health_or_roll(call: Call) -> bool:
    """Wait as ``--rolled`` and ``--healthy`` say, one after the other.

    Returns:
        Whether one of them was given.

    Raises:
        CommandError: Another condition was given beside them.
        RollingUpgradeFailedError: The roll failed.
        OperationCanceledError: The roll was cancelled.
        OperationTimeoutError: The roll has not ended in time.
        UnhealthyError: Instances were not healthy in time.
    """
    args, web, clock = call.args, call.scale_set, call.client.clock
    if not (args.rolled or args.healthy):
        return False
    if others := [name for name in _CONDITIONS if getattr(args, name)]:
        raise CommandError(f"--rolled and --healthy cannot be combined with --{others[0]}", 2)
    last = clock.now() + args.timeout
    if args.rolled:
        _wait_for_roll(call)
    if args.healthy:
        ids = [args.instance_id] if args.instance_id else None
        web.wait_until_healthy(ids, timeout=max(0.0, last - clock.now()), interval=args.interval)
    return True


def _wait_for_roll(call: Call) -> None:
    try:
        call.scale_set.rolling_upgrade.wait(call.args.timeout)
    except NotFoundError:
        call.scale_set.get()  # is it the scale set that is not there?
        call.note(f"There never was a rolling upgrade in {call.scale_set_name}.")


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
        also = ", --rolled, --healthy" if hasattr(args, "healthy") else ""
        raise CommandError(f"say what to wait for: --created, --updated, --deleted, --exists{also} or --custom", 2)
    last = clock.now() + args.timeout
    while not _is_met(call, what, look):
        if clock.now() + args.interval > last:
            raise CommandError(f"{what} was not as expected within {args.timeout:g} seconds")
        clock.sleep(args.interval)


def _is_met(call: Call, what: str, look: Callable[[], Any]) -> bool:
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
