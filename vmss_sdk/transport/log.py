"""Logging under ``vmss_sdk``: at DEBUG each request with its answer, at INFO what makes a caller wait; never a secret.

Bodies and headers are not logged, but for the two request ids. Of a URL's query only what is known to be harmless is
shown: poll URLs are signed there.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

if TYPE_CHECKING:
    from logging import Logger

    from vmss_sdk.transport.base import Request, Response

__all__ = ["DEBUG", "INFO", "exchange", "listener", "shown"]

DEBUG, INFO = 10, 20
_HARMLESS = frozenset(
    {
        *("api-version", "$expand", "$filter", "$select", "$top", "monitor"),
        *("skipshutdown", "hibernate", "forcedeletion", "forceupdateosdiskforephemeral"),
        *("platformupdatedomain", "zone", "placementgroupid", "sasuriexpirationtimeinminutes"),
    }
)


def listener(level: int) -> Logger | None:
    """The logger, if somebody wants to hear this level.

    Whoever listens has imported `logging`; as long as nobody has, nobody pays for importing it.
    """
    logging = sys.modules.get("logging")
    if logging is None:
        return None
    logger: Logger = logging.getLogger("vmss_sdk")
    return logger if logger.isEnabledFor(level) else None


def shown(url: str) -> str:
    """The URL as it may be logged."""
    path, mark, query = url.partition("?")
    if not mark:
        return path
    pairs = [
        (name, value if name.lower() in _HARMLESS else "REDACTED")
        for name, value in parse_qsl(query, keep_blank_values=True)
    ]
    return f"{path}?{urlencode(pairs, safe='$/:,')}"


def exchange(logger: Logger, request: Request, outcome: Response | Exception, attempt: int, seconds: float) -> None:
    """One line for one request and what came of it."""
    came: object
    if isinstance(outcome, Exception):
        came, their_id = type(outcome).__name__, None
    else:
        came, their_id = outcome.status, outcome.headers.get("x-ms-request-id")
    logger.debug(
        "%s %s: %s in %.0f ms (attempt %d, client-request-id %s, request-id %s)",
        request.method,
        shown(request.url),
        came,
        seconds * 1000,
        attempt,
        request.headers.get("x-ms-client-request-id", "-"),
        their_id or "-",
    )
