"""The tests on the page about testing pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

PAGE = Path(__file__).parents[2] / "docs/testing.md"


def test_the_tests_on_the_page_pass(pytester: pytest.Pytester) -> None:
    """All of them, as one file."""
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    pytester.makepyfile("\n".join(blocks))
    result = pytester.runpytest_inprocess("--strict-markers", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=sum(block.count("\ndef test_") + block.startswith("def test_") for block in blocks))


def test_every_fixture_is_on_the_page() -> None:
    """A new one is not forgotten."""
    plugin = (PAGE.parents[1] / "vmss_sdk/testing/plugin.py").read_text()
    fixtures = re.findall(r"@pytest\.fixture\ndef ([a-z]\w+)", plugin)
    assert len(fixtures) >= 9
    assert not [name for name in fixtures if f"| `{name}` |" not in PAGE.read_text()]
