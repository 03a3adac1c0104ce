"""The tests' own test: small changes of the engine, each of which some test has to notice.

``python -m tests.mutants --sample 300`` (``make mutants``) runs the tests of the emulator once and notes which of them
come by which line. Then it makes one change after the other (a comparison, ``and`` for ``or``, a number, plus for
minus: cosmic-ray's operators), a seeded sample of all there are, each in a copy of the tree, and runs the tests that
come by the changed line until one fails. It prints the changes that no test noticed; the exit code is 1 when less than
96 % of them were.
"""

from __future__ import annotations

import argparse
import difflib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

import coverage
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

__all__ = ["Mutant", "main", "mutants"]

_ROOT = Path(__file__).parent.parent
_ENGINE = Path("vmss_sdk/emulator/engine")
_TESTS = ("tests/emulator/engine", "tests/emulator/arm", "tests/emulator/store")
_OPERATORS = (
    *(f"ReplaceComparisonOperator_{pair}" for pair in ("Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Eq_NotEq", "NotEq_Eq")),
    *(f"ReplaceComparisonOperator_{pair}" for pair in ("Is_IsNot", "IsNot_Is", "In_NotIn", "NotIn_In")),
    *("ReplaceAndWithOr", "ReplaceOrWithAnd", "ReplaceUnaryOperator_Delete_Not", "AddNot"),
    *("ReplaceBinaryOperator_Add_Sub", "ReplaceBinaryOperator_Sub_Add", "ReplaceTrueWithFalse"),
    *("ReplaceFalseWithTrue", "NumberReplacer"),
)
_FIRST, _THEN = 25, 400
"""How many of the tests of a line are run at first, and how many when those notice nothing; then the rest."""
_GOAL = 0.96
_TIMEOUT = 300  # an endless loop is noticed too


class Mutant(NamedTuple):
    """One change.

    Attributes:
        path: The module, from the root.
        operator: Cosmic-ray's name of the kind of change.
        occurrence: Which of the places in the module where it can be made, from 0.
        line: Where that is.
    """

    path: Path
    operator: str
    occurrence: int
    line: int

    def diff(self) -> str:
        """The changed lines."""
        before = (_ROOT / self.path).read_text()
        lines = difflib.unified_diff(before.splitlines(), self.code().splitlines(), lineterm="", n=0)
        return "\n".join(f"    {line}" for line in list(lines)[3:])

    def code(self) -> str:
        """The module with the change."""
        code = (_ROOT / self.path).read_text()
        changed: str = mutate_code(code, get_operator(self.operator)(), self.occurrence)
        return changed


def mutants(paths: list[Path]) -> list[Mutant]:
    """All changes that can be made to these modules, outside of their docstrings and imports."""
    names = sorted(name for name in operator_names() if name.partition("/")[2] in _OPERATORS)
    found = []
    for path in paths:
        tree = get_ast((_ROOT / path).read_text())
        nodes = list(ast_nodes(tree))
        for name in names:
            operator, occurrence = get_operator(name)(), 0
            for node in nodes:
                for start, _ in operator.mutation_positions(node):
                    found.append(Mutant(path, name, occurrence, start[0]))
                    occurrence += 1
    return found


def _lines(tree: Path, processes: int) -> dict[tuple[str, int], list[str]]:
    """The tests that come by each line of the engine, and under line 0 all that come by the module."""
    data = tree / ".coverage"
    environment = {**os.environ, "COVERAGE_FILE": str(data), "PYTHONDONTWRITEBYTECODE": "1"}
    options = [f"--cov={_ENGINE}", "--cov-context=test", "--cov-report=", "-q", "-n", str(processes)]
    subprocess.run([sys.executable, "-m", "pytest", *options, *_TESTS], cwd=tree, env=environment, check=True)
    found = coverage.CoverageData(str(data))
    found.read()
    lines = {}
    for name in found.measured_files():
        path = str(Path(name).resolve().relative_to(tree.resolve()))
        for line, contexts in found.contexts_by_lineno(name).items():
            lines[path, line] = sorted({context.rpartition("|")[0] for context in contexts if context})
        lines[path, 0] = sorted({test for (where, _), tests in lines.items() if where == path for test in tests})
    return lines


def _is_noticed(mutant: Mutant, tests: list[str], tree: Path) -> bool:
    """Whether a test fails; first a few of them, then, if need be, many."""
    changed, before = tree / mutant.path, (tree / mutant.path).read_text()
    order = random.Random(f"{mutant}").sample(tests, len(tests))
    changed.write_text(mutant.code())
    try:
        parts = order[:_FIRST], order[_FIRST:_THEN], order[_THEN:]
        return any(_fails(tree, some) for some in parts if some)
    finally:
        changed.write_text(before)


def _fails(tree: Path, tests: list[str]) -> bool:
    listed = tree / "some.tests"
    listed.write_text("\n".join(tests))
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", f"@{listed}"]
    # Compiled modules are known by size and second, which a change of one sign leaves as they are.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, timeout=_TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def _copy(folder: Path, number: int) -> Path:
    tree = folder / str(number)
    tree.mkdir()
    for name in ("vmss_sdk", "tests", "docs", "powershell", "samples"):
        shutil.copytree(_ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", "_build"))
    for name in ("pyproject.toml", "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "Makefile"):
        shutil.copy(_ROOT / name, tree / name)
    return tree


def _survivors(sample: list[Mutant], folder: Path, processes: int) -> list[tuple[Mutant, int]]:
    """Those that nobody noticed, with the number of tests that come by their line."""
    trees: SimpleQueue[Path] = SimpleQueue()
    for number in range(processes):
        trees.put(_copy(folder, number))
    first = trees.get()
    lines = _lines(first, processes)
    trees.put(first)

    def judge(mutant: Mutant) -> tuple[Mutant, int] | None:
        path, tree = str(mutant.path), trees.get()
        # What is in a table or goes over several lines is run when the module is read, or counts as another line.
        tests = lines.get((path, mutant.line)) or lines.get((path, 0), [])
        try:
            noticed = bool(tests) and _is_noticed(mutant, tests, tree)
        finally:
            trees.put(tree)
        print("." if noticed else "S", end="", flush=True)
        return None if noticed else (mutant, len(tests))

    with ThreadPoolExecutor(processes) as pool:
        return [found for found in pool.map(judge, sample) if found is not None]


def main(arguments: list[str] | None = None) -> int:
    """Change, test, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="Do the tests notice changes?")
    parser.add_argument("--sample", type=int, default=300, help="how many changes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args(arguments)
    everything = mutants(sorted(path.relative_to(_ROOT) for path in (_ROOT / _ENGINE).rglob("*.py")))
    sample = random.Random(given.seed).sample(everything, min(given.sample, len(everything)))
    with tempfile.TemporaryDirectory() as folder:
        survivors = _survivors(sample, Path(folder), given.processes)
    noticed = 1 - len(survivors) / len(sample)
    print(f"\n{len(sample)} of {len(everything)} changes, {noticed:.1%} noticed")
    for mutant, tests in survivors:
        print(f"{mutant.path}:{mutant.line}: {mutant.operator}, {tests} tests come by", mutant.diff(), sep="\n")
    return 0 if noticed >= _GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
