"""Whether an answer is one that Azure could have given: its status, its headers, and each member of its body."""

import json
import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from tests.wire.fields import OPERATIONS, problems
from vmss_sdk.transport.base import Request, Response

__all__ = ["faults_of", "operation_of"]

_FOR_EVER = "Strict-Transport-Security"
_COMMON = (
    "Cache-Control",
    "Pragma",
    "Expires",
    _FOR_EVER,
    "X-Content-Type-Options",
    "x-ms-request-id",
    "x-ms-correlation-request-id",
    "x-ms-routing-request-id",
    "Date",
)
"""Every answer has them (wire.md 1)."""
_OLDER = re.compile(
    r"\.(automaticOSUpgrade|autoOSUpgradePolicy|zoneBalanace): \w+ has no such member"
    r"|identity\.identityIds: \w+ has no such member"
)
"""Members that API descriptions before 2018-10-01 have, and the newest one has not."""
_SERVER_ERROR = 500
_REFUSED = 400
_ROWS = tuple(
    (method, re.compile(re.escape(path).replace(r"\{\}", "[^/]+") + "/?", re.IGNORECASE), statuses, model)
    for method, path, statuses, model in OPERATIONS
)
_seen: set[tuple[str, int, int]] = set()


@lru_cache(maxsize=4096)
def operation_of(method: str, path: str) -> tuple[frozenset[int], str] | None:
    """An operation's statuses of success and the model of its answer; None: none that we know."""
    path = re.sub("/{2,}", "/", path)
    for known, pattern, statuses, model in _ROWS:
        if known == method and pattern.fullmatch(path):
            return frozenset(map(int, statuses.split())), model
    return None


def faults_of(request: Request, response: Response) -> list[str]:
    """What of an answer Azure would not say; nothing for what is not ARM's (tokens, the control plane)."""
    url = urlsplit(request.url)
    found = operation_of(request.method.upper(), url.path)
    if found is None:
        return []
    statuses, model = found
    left_out = (_FOR_EVER,) if "Sec-Fetch-Site" in request.headers else ()  # a browser would remember it
    common = [name for name in _COMMON if name not in left_out]
    missing_changes = [f"header {name} is lacking" for name in common if name not in response.headers]
    if response.status >= _REFUSED:
        return missing_changes + _body(response, "ErrorAnswer")
    if response.status not in statuses:
        return [*missing_changes, f"status {response.status} is none of {sorted(statuses)}"]
    if "monitor=true" in url.query:
        return missing_changes
    found_in_body = _body(response, model if response.status != 202 else "")
    older = [] if _is_newer(url.query) else [fault for fault in found_in_body if _OLDER.search(fault)]
    return missing_changes + _headers(request, response) + [fault for fault in found_in_body if fault not in older]


def _is_newer(query: str) -> bool:
    version = re.search(r"api-version=([^&]*)", query)
    return version is None or version[1] >= "2018-10-01"


def _headers(request: Request, response: Response) -> list[str]:
    found = []
    asynchronous = "Azure-AsyncOperation" in response.headers
    if "Location" in response.headers and request.method in {"PUT", "PATCH"}:
        found.append("a PUT or PATCH has no Location (wire.md 1)")
    if asynchronous and request.method in {"POST", "DELETE"} and "Location" not in response.headers:
        found.append("an action with Azure-AsyncOperation has Location too (wire.md 1)")
    if asynchronous and response.headers.get("Azure-AsyncNotification") != "Enabled":
        found.append("Azure-AsyncNotification is not Enabled (wire.md 1)")
    return found


def _body(response: Response, model: str) -> list[str]:
    if not model or not response.body:
        return [] if bool(model) == bool(response.body) or (not model and response.status == 200) else [_misfit(model)]
    if not response.headers.get("Content-Type", "").startswith("application/json"):
        return [] if response.status >= _SERVER_ERROR else ["the body is no JSON"]
    key = model, len(response.body), hash(response.body)
    if key in _seen:
        return []
    found = _document(model, json.loads(response.body))
    if not found:
        _seen.add(key)
    return found


def _misfit(model: str) -> str:
    return f"the body is empty, expected {model}" if model else "there is a body, expected none"


def _document(model: str, document: Any) -> list[str]:
    if not model.endswith("[]"):
        return problems(model, document)
    if not isinstance(document, dict) or "value" not in document:
        return ["$: expected a page with value"]
    extra = [f"$.{name}: a page has no such member" for name in document.keys() - {"value", "nextLink"}]
    return extra + problems(f"[{model[:-2]}]", document["value"], "$.value")
