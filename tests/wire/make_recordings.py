"""Makes ``recordings.json.xz`` from files with exchanges that were recorded with Azure.

    python -m tests.wire.make_recordings <folder with the recorded exchanges>

Each file has ``interactions``: ``{"request": {method, url, body, headers}, "response": {status, headers, body}}``, and
gives one conversation. What tests do not compare is left out: other services' resources, repeated polls, headers that
only name the exchange, and of long lists all but the first items.
"""

import ast
import json
import lzma
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TARGET = HERE / "recordings.json.xz"

_KEPT = (
    "azure-asyncoperation",
    "azure-asyncnotification",
    "location",
    "retry-after",
    "etag",
    "x-ms-request-charge",
    "x-ms-failure-cause",
    "x-ms-ratelimit-remaining-resource",
    "content-type",
)
_OTHER = re.compile(r"/(networkInterfaces|publicipaddresses)\b", re.IGNORECASE)
_COMPUTE = re.compile(r"/providers/Microsoft\.Compute/", re.IGNORECASE)
_DEPLOYMENT = re.compile(r"/resourcegroups/([^/]+)/providers/Microsoft\.Resources/deployments/", re.IGNORECASE)
_HOST = re.compile(r"https://[^/]+")
_ITEMS = 3

Exchange = dict[str, Any]


def exchange(interaction: dict[str, Any]) -> Exchange | None:
    """What is kept of an interaction: a list as small as JSON allows; None: nothing."""
    request, response = interaction["request"], interaction["response"]
    path = _HOST.sub("", request["url"])
    if _DEPLOYMENT.search(path) and isinstance(request.get("body"), list):
        return {"deploy": request["body"], "path": path.partition("/providers/")[0]}
    if not _COMPUTE.search(path) or _OTHER.search(path):
        return None
    headers = {name: value for name in _KEPT if (value := response["headers"].get(name)) is not None}
    kept: Exchange = {"method": request["method"], "path": path, "status": response["status"], "headers": headers}
    if isinstance(response.get("body"), str):
        return None  # what was left of a compressed answer
    if request.get("body") is not None:
        kept["request"] = sent(request["body"])
    if "headers" in request:
        kept["sent"] = request["headers"]
    if response.get("body") is not None:
        kept["body"] = shortened(response["body"])
    return kept


def sent(body: Any) -> Any:
    """A request's document; some recorders wrote it as Python writes bytes."""
    written = isinstance(body, str) and body.startswith(("b'", 'b"'))
    return json.loads(ast.literal_eval(body)) if written else body


def shortened(body: Any) -> Any:
    """A page with no more than three items, the first that differ in shape."""
    if not isinstance(body, dict) or not isinstance(body.get("value"), list):
        return body
    seen: dict[str, Any] = {}
    for item in body["value"]:
        seen.setdefault(json.dumps(_shape(item)), item)
    first = list(seen.values())[:_ITEMS]
    more = [item for item in body["value"] if item not in first][: _ITEMS - len(first)]
    return {**body, "value": [*first, *more]}


def _shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _shape(inner) for name, inner in value.items()}
    return [_shape(inner) for inner in value[:1]] if isinstance(value, list) else type(value).__name__


def main(folder: Path) -> None:
    """Write all conversations, smallest possible and always the same."""
    found = []
    for file in sorted(folder.glob("*.json")):
        source = json.loads(file.read_text("utf-8"))
        exchanges = list(filter(None, map(exchange, source["interactions"])))
        if exchanges:
            found.append({"name": file.stem, "exchanges": exchanges})
    text = json.dumps(found, separators=(",", ":"), ensure_ascii=False).encode()
    TARGET.write_bytes(lzma.compress(text, preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
