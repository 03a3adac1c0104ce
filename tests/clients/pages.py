"""The examples of the documentation's pages about other clients, to be run by these."""

import re
from pathlib import Path

__all__ = ["example"]

DOCS = Path(__file__).parents[2] / "docs"


def example(page: str, language: str) -> str:
    """The only block of a language on a page."""
    [block] = re.findall(rf"(?ms)^```{language}\n(.*?)^```", (DOCS / page).read_text())
    return str(block)
