"""The finder of circles finds what it is to find; test_project.py has it look at the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.imports import imports_of, shortest_loop


@pytest.mark.parametrize(
    "late",
    [
        "from shop.stock import count",
        "import shop.stock",
        "from shop import stock",
        "from .stock import count",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.stock import count",
        "def buy():\n    from shop.stock import count",
    ],
)
def test_a_planted_circle_is_found(tmp_path: Path, late: str) -> None:
    """However it is imported; the shorter of two circles is told."""
    package = tmp_path / "shop"
    package.mkdir()
    sources = {"__init__": "", "stock": "from shop import price", "price": "import shop.tax", "tax": late}
    sources |= {"a": "import shop.b", "b": "import shop.c", "c": "import shop.d", "d": "import shop.a, shop.tax"}
    for name, text in sources.items():
        (package / f"{name}.py").write_text(text)
    loop = ["shop.price", "shop.tax", "shop.stock", "shop.price"]
    assert shortest_loop(imports_of(package)) == loop
    (package / "tax.py").write_text("import json")
    assert shortest_loop(imports_of(package)) == ["shop.a", "shop.b", "shop.c", "shop.d", "shop.a"]


def test_a_tree_has_no_circle(tmp_path: Path) -> None:
    """A module that is imported by several others is none."""
    package = tmp_path / "shop"
    package.mkdir()
    sources = {"__init__": "from shop.a import x", "a": "import shop.b\nimport shop.c", "b": "import shop.c", "c": ""}
    for name, text in sources.items():
        (package / f"{name}.py").write_text(text)
    assert shortest_loop(imports_of(package)) == []
