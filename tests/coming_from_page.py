"""The table of equivalents of docs/coming-from.md.

``python -m tests.coming_from_page`` writes it from ``tests/coming_from.toml``, between the two comments on the page.
"""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path

import attrs

__all__ = ["PAGE", "Row", "page", "rows"]

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/coming-from.md"
TABLE = ROOT / "tests/coming_from.toml"
BEGIN, END = "<!-- the table: python -m tests.coming_from_page -->", "<!-- the end of the table -->"


@attrs.frozen
class Row:
    """One thing that is done, in four ways.

    Attributes:
        task: What it is.
        operation: That of azure-mgmt-compute, with its group.
        python: With this SDK.
        az: With az, without the word itself; None when it has no command for it.
        vmss: With our command line, where it is not az's line.
        powershell: With Az.Compute, and with the module here.
    """

    task: str
    operation: str
    python: str
    az: str | None = None
    vmss: str | None = None
    powershell: str | None = None

    @property
    def verb(self) -> str:
        """The client's verb, as the page of coverage names it."""
        words = re.sub(r'\("[^"]*"\)\.', ".", self.python).partition("(")[0]
        return re.sub(r"^web\b", "scale_set", words)

    @property
    def typed(self) -> str | None:
        """The line of ``vmss``."""
        return self.vmss or self.az


@functools.cache
def rows() -> tuple[Row, ...]:
    """The table."""
    return tuple(Row(**row) for row in tomllib.loads(TABLE.read_text())["row"])


def page() -> str:
    """The text of the page, its table made anew."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    head = [
        "| | azure-mgmt-compute | here, in Python | az; `vmss` without `az` | Az.Compute, and here |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([f"{before}{BEGIN}", "", *head, *map(_line, rows()), "", f"{END}{after}"])


def _line(row: Row) -> str:
    group, _, name = row.operation.partition(".")
    typed = "—" if row.az is None else f"`az {row.az}`"
    if row.vmss:
        typed += f"; here `{row.vmss}`"
    shell = f"`{row.powershell}`" if row.powershell else "—"
    return f"| {row.task} | `{group}` `.{name}` | `{row.python}` | {typed} | {shell} |"


if __name__ == "__main__":
    PAGE.write_text(page())
