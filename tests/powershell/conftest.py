"""Collects ``*.Tests.ps1``: each ``It`` is a test, each file runs once, in one PowerShell."""

import fcntl
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.powershell import shell

_IT = re.compile(r"^\s*It\s+'(?P<name>(?:[^']|'')*)'", re.MULTILINE)
_EXPANDED = re.compile(r"<[\w.]+>")
_RESULTS = shell.ROOT / ".pytest_cache" / "pester"

_PESTER = """
Import-Module -Name Pester -MinimumVersion 5.0
$c = New-PesterConfiguration
$c.Run.Path = '{path}'
$c.Output.Verbosity = 'None'
$c.TestResult.Enabled = $true
$c.TestResult.OutputFormat = 'JUnitXml'
$c.TestResult.OutputPath = '{report}'
Invoke-Pester -Configuration $c
"""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Pester's files."""
    if file_path.name.endswith(".Tests.ps1"):
        return PesterFile.from_parent(parent, path=file_path)
    return None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The process that began the run takes its results away."""
    if not hasattr(session.config, "workerinput"):
        shutil.rmtree(_folder(), ignore_errors=True)


def _folder() -> Path:
    """Where the results of this run are: shared by all processes of pytest-xdist."""
    return _RESULTS / os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))


class PesterFile(pytest.File):
    """One file of tests in Pester's form."""

    def collect(self) -> Iterable[pytest.Item]:
        """A test for each ``It``, found without PowerShell; one with -ForEach stands for all that it expands to."""
        names = [found["name"].replace("''", "'") for found in _IT.finditer(self.path.read_text())]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"{self.path.name}: two tests are called {twice.pop()!r}")
        return [PesterItem.from_parent(self, name=name) for name in names]

    def cases(self) -> Iterator[ElementTree.Element]:
        """The results of the whole file, which runs when the first of its tests is asked for."""
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        report = folder / f"{self.path.name}.xml"
        with (folder / f"{self.path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not report.exists():
                self._run(report)
        return ElementTree.parse(report).iter("testcase")

    def _run(self, report: Path) -> None:
        done = shell.run(_PESTER.format(path=self.path, report=report))
        if not report.exists():
            report.write_text("<testsuites/>")
            raise PesterError(f"Pester ended with {done.returncode} and no report:\n{done.stdout}")


class PesterError(Exception):
    """What a test in Pester's form has to complain about."""


class PesterItem(pytest.Item):
    """One ``It``."""

    parent: PesterFile

    def runtest(self) -> None:
        """Look up what became of it, and of all that it expands to."""
        if shell.find() is None:
            pytest.skip(shell.MISSING)
        pattern = ".*".join(map(re.escape, _EXPANDED.split(self.name)))
        own = re.compile(rf"(?:.*\.)?{pattern}", re.DOTALL)
        found = [case for case in self.parent.cases() if own.fullmatch(case.get("name", ""))]
        if not found:
            raise PesterError("it was not run: did something fail before, outside of the tests?")
        self._judge(found)

    def _judge(self, cases: list[ElementTree.Element]) -> None:
        failures = [f"{case.get('name')}\n{_text(failure)}" for case in cases for failure in case.iter("failure")]
        if failures:
            raise PesterError("\n".join(failures))
        if any(case.find("skipped") is not None for case in cases):
            pytest.skip("Pester skipped it")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """The text of Pester; where in this file it was raised says nothing."""
        if isinstance(excinfo.value, PesterError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """File and name."""
        return self.path, None, self.name


def _text(failure: ElementTree.Element) -> str:
    return "\n".join(filter(None, [failure.get("message"), failure.text]))
