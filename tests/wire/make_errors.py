"""Makes ``errors.json`` from a list of the errors that were recorded with Azure (``errors_from_recordings.json``).

    python -m tests.wire.make_errors <the list>

Kept of each: operation, status, where it stood, code, message, target, and who raised it.
"""

import json
import sys
from pathlib import Path

TARGET = Path(__file__).parent / "errors.json"
_KEPT = ("operation", "status", "where", "code", "message", "target", "x_ms_failure_cause", "last_seen")


def main(file: Path) -> None:
    """Write one error on each line."""
    found = json.loads(file.read_text("utf-8"))
    lines = [json.dumps({name: each[name] for name in _KEPT}) for each in found]
    TARGET.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
