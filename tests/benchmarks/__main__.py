"""``python -m tests.benchmarks [part ...]``: the table; parts are named in `PARTS`."""

import sys

from tests.benchmarks import emulator, http, imports, load, operations, state
from tests.benchmarks.measure import Row, Sample

PARTS = {
    "imports": imports.rows,
    "http": http.rows,
    "operations": operations.rows,
    "emulator": emulator.rows,
    "load": load.rows,
    "state": state.rows,
}


def line(row: Row) -> str:
    """One row of a Markdown table."""
    verdict = {None: "", True: "yes", False: "**no**"}[row.reached()]
    if row.other is None:
        ratio, reach = "", "" if row.reach is None else f"{row.reach * 1000:g} ms"
    else:
        ratio = f"{row.ours.best / row.other.best:.3f} ({row.ours.median / row.other.median:.3f})"
        reach = "" if row.reach is None else f"{row.reach:.3f}"
    cells = [row.what, row.beside, _milliseconds(row.ours), _milliseconds(row.other), ratio, reach, verdict, row.note]
    return f"| {' | '.join(cells)} |"


def _milliseconds(sample: Sample | None) -> str:
    return f"{sample.best * 1000:.3g} ({sample.median * 1000:.3g})" if sample else ""


def main(names: list[str]) -> int:
    """Print the table, line by line as the figures come."""
    print("CPU in ms unless the line says otherwise: best round (median).\n", flush=True)
    print("| what | beside | ours | other | ratio | reach | reached | |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    for name in names or PARTS:
        for row in PARTS[name]():
            print(line(row), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
