"""Lists that are returned in parts: ``--max-items`` and ``--next-token``."""

from __future__ import annotations

import base64
import binascii
from itertools import islice
from typing import TYPE_CHECKING, Any

from vmss_sdk.errors import ClientUsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vmss_sdk.cli.call import Call

__all__ = ["page"]


def page(call: Call, items: Iterator[Any]) -> list[Any]:
    """As many items as were asked for, from where an earlier call ended; what comes next is said beside them.

    az puts the token into the result; here it is on standard error, so that the result stays a list of one kind.

    Raises:
        ClientUsageError: The token is none.
    """
    first = _position(call.args.next_token)
    rest = islice(items, first, None)
    if call.args.max_items is None:
        return list(rest)
    found = list(islice(rest, call.args.max_items))
    if next(rest, None) is not None:
        call.note(f"There are more: --next-token {_token(first + len(found))}")
    return found


def _token(position: int) -> str:
    return base64.urlsafe_b64encode(f"vmss:{position}".encode()).decode()


def _position(token: str | None) -> int:
    if token is None:
        return 0
    try:
        return int(base64.urlsafe_b64decode(token).decode().removeprefix("vmss:"))
    except (ValueError, binascii.Error):
        raise ClientUsageError(f"--next-token: '{token}' was not printed by an earlier call with --max-items") from None
