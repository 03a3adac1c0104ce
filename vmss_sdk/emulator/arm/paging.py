"""Lists page by page, with a link to the next one."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import quote

from vmss_sdk.emulator.arm.call import Call
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason

__all__ = ["page"]

T = TypeVar("T")

_TOKEN = "$skiptoken"


def page(call: Call, items: Sequence[T], name: Callable[[T], str]) -> tuple[Sequence[T], str | None]:
    """The page that a request asks for, and the link to the next one or None.

    Args:
        call: The request.
        items: The whole list.
        name: The name of an item.

    The token holds the last item's name and place, so that items that come or go in between shift nothing.

    Raises:
        ArmError: The token is none of ours.
    """
    start = _start(call, items, name) if _TOKEN in call.query else 0
    end = start + call.state.page_size
    if end >= len(items):
        return items[start:], None
    return items[start:end], _link(call, f"{end} {name(items[end - 1])}")


def _start(call: Call, items: Sequence[T], name: Callable[[T], str]) -> int:
    try:
        text = base64.b64decode(call.query[_TOKEN], altchars=b"-_", validate=True).decode()
        place, _, last = text.partition(" ")
        number = int(place)
    except (binascii.Error, ValueError):
        raise ArmError.of(ErrorReason.QUERY_INVALID, parameter=_TOKEN, why="it is not from a nextLink.") from None
    return next((at + 1 for at, item in enumerate(items) if name(item) == last), max(0, number))


def _link(call: Call, token: str) -> str:
    query = {key: value for key, value in call.query.items() if key != _TOKEN}
    query[_TOKEN] = base64.urlsafe_b64encode(token.encode()).decode()
    text = "&".join(f"{quote(key, safe='$-')}={quote(value, safe='-')}" for key, value in query.items())
    return f"{call.url.base}{call.url.path}?{text}"
