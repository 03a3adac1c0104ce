"""The portal's scripts, judged by TypeScript's types in their comments and by eslint."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.clients.foreign import installed, run

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


@pytest.mark.parametrize(
    "command",
    [
        ("typescript/bin/tsc", "-p", HERE / "tsconfig.json"),
        ("eslint/bin/eslint.js", "-c", HERE / "eslint.config.mjs", "--no-ignore", ROOT / "vmss_sdk" / "portal"),
    ],
    ids=["types", "eslint"],
)
def test_the_scripts_have_nothing_wrong(command: tuple[str | Path, ...]) -> None:
    """Neither tool has anything to say."""
    modules = installed("VMSS_PORTAL_MODULES", ".node-portal/node_modules")
    node = shutil.which("node")
    assert node, "no `node` on the PATH; Node.js 20 or later runs these checks"
    program, *arguments = command
    said = run([node, modules / program, *arguments], ROOT, {"VMSS_PORTAL_MODULES": str(modules)})
    assert said.strip() == ""
