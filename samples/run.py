"""Runs the samples, each in a process of its own and in an emulator in that process, and prints how it went.

::

    python samples/run.py                        # all of them: `make samples`
    python samples/run.py cli                    # those of a language
    python samples/run.py bad_image              # a story in every language
    python samples/run.py powershell/BadImage
    python samples/run.py --list
"""

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # as a script, and without an installation

from samples import pwsh
from vmss_sdk.transport.base import Clock, WallClock

__all__ = ["FOLDER", "LANGUAGES", "STORIES", "MissingError", "Result", "Sample", "find", "main", "run"]

FOLDER = Path(__file__).resolve().parent
# In the order in which they are told.
STORIES = ("bad_image", "canary_group", "protected_leader", "monthly_image", "rotate_custom_data")
_PATIENCE = 180  # seconds for one sample


class MissingError(Exception):
    """What a language needs is not on this machine; the text says what to install."""


class Sample(NamedTuple):
    """One sample.

    Attributes:
        language: ``python``, ``powershell``, ``cli``, ``testing``.
        name: Of its file without the ending, or of its folder.
        path: Of its file or folder.
    """

    language: str
    name: str
    path: Path

    @property
    def key(self) -> str:
        """The name as it is in every language: ``BadImage`` and ``bad-image`` are ``badimage``."""
        return _key(self.name)

    @property
    def summary(self) -> str:
        """The first sentence about it."""
        text = (self.path / "README.md" if self.path.is_dir() else self.path).read_text(encoding="utf-8")
        lines = (line.strip('#" ') for line in text.splitlines() if not line.startswith("#!"))
        return next(filter(None, lines), "")


class Result(NamedTuple):
    """How it went.

    Attributes:
        sample: The sample.
        verdict: ``ok``, ``FAILED`` or ``skipped``.
        seconds: How long it took.
        output: All that it printed, errors too; what is missing when it was skipped.
    """

    sample: Sample
    verdict: str
    seconds: float
    output: str


def _python(sample: Sample) -> list[str]:
    return [sys.executable, str(sample.path)]


def _powershell(sample: Sample) -> list[str]:
    shell = pwsh.find()
    if shell is None:
        raise MissingError(pwsh.MISSING)
    return [str(shell), "-NoProfile", "-NonInteractive", "-File", str(sample.path)]


def _cli(sample: Sample) -> list[str]:
    shell = shutil.which("bash")
    if shell is None:
        raise MissingError("there is no bash: `apt-get install bash`; on Windows install Git, which brings one")
    if shutil.which("vmss", path=_path()) is None:
        raise MissingError(f"there is no vmss: `{sys.executable} -m pip install --editable .`")
    return [shell, str(sample.path)]


def _testing(sample: Sample) -> list[str]:
    if importlib.util.find_spec("pytest") is None:
        raise MissingError(f"there is no pytest: `{sys.executable} -m pip install pytest`")
    return [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(sample.path)]


class Language(NamedTuple):
    """How the samples of a language are found and run.

    Attributes:
        files: A pattern below this folder.
        command: What runs a sample.
    """

    files: str
    command: Callable[[Sample], list[str]]


LANGUAGES = {
    "python": Language("python/[!_]*.py", _python),
    "powershell": Language("powershell/[!_]*.ps1", _powershell),
    "cli": Language("cli/[!_]*.sh", _cli),
    "testing": Language("testing", _testing),
}


def find(folder: Path = FOLDER) -> list[Sample]:
    """All samples below a folder: the stories in their order, then what else there is."""
    return [
        sample
        for language, (files, _) in LANGUAGES.items()
        for sample in sorted((Sample(language, path.stem, path) for path in folder.glob(files)), key=_order)
    ]


def _order(sample: Sample) -> tuple[int, str]:
    told = [_key(story) for story in STORIES]
    return (told.index(sample.key) if sample.key in told else len(told)), sample.name.lower()


def _key(name: str) -> str:
    return re.sub("[^a-z0-9/]", "", name.lower())


def chosen(samples: Sequence[Sample], names: Iterable[str]) -> list[Sample]:
    """Those that are meant by names: of a language, of a sample, or both with a slash between.

    Raises:
        LookupError: A name means none.
    """
    meant = [_key(re.sub(r"\.(py|ps1|sh)$", "", name.removeprefix("samples/"))) for name in names]
    for name, key in zip(names, meant, strict=True):
        if not any(key in _names(sample) for sample in samples):
            raise LookupError(f"there is no sample {name!r}; --list shows all of them")
    return [sample for sample in samples if not meant or _names(sample).intersection(meant)]


def _names(sample: Sample) -> set[str]:
    return {sample.language, sample.key, f"{sample.language}/{sample.key}"}


def run(sample: Sample, clock: Clock | None = None) -> Result:
    """Run one sample until it ends."""
    clock = clock or WallClock()
    began = clock.now()
    try:
        command = LANGUAGES[sample.language].command(sample)
    except MissingError as error:
        return Result(sample, "skipped", 0.0, str(error))
    with tempfile.TemporaryDirectory() as home:
        succeeded, output = _output(command, _environment(home))
    return Result(sample, "ok" if succeeded else "FAILED", clock.now() - began, output)


def _output(command: Sequence[str], environment: dict[str, str]) -> tuple[bool, str]:
    try:
        done = subprocess.run(
            command,
            cwd=pwsh.ROOT,
            env=environment,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired as error:
        printed = error.output.decode("utf-8", "replace") if isinstance(error.output, bytes) else error.output or ""
        return False, f"{printed}\nit did not end within {_PATIENCE} s"
    return done.returncode == 0, done.stdout


def _environment(home: str) -> dict[str, str]:
    """Nothing that leads to a service elsewhere, and nothing that changes how the output looks.

    The stories on the command line are some hundred processes: they share the bytecode of the first.
    """
    left_out = ("COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in pwsh.environment().items() if name not in left_out}
    bytecode = str(pwsh.ROOT / ".pytest_cache" / "bytecode")
    ours = {"PYTHONIOENCODING": "utf-8", "PYTHONPYCACHEPREFIX": bytecode, "TZ": "UTC", "VMSS_HOME": home}
    return {**kept, "PATH": _path(), **ours}


def _path() -> str:
    """The ``vmss`` and the ``python`` of this environment before others."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


def _table(results: Sequence[Result]) -> str:
    rows = [("sample", "language", "seconds", "result")]
    for sample, verdict, seconds, output in results:
        said = f"{verdict}: {output}" if verdict == "skipped" else verdict
        rows.append((sample.name, sample.language, f"{seconds:7.1f}", said))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]}" for row in rows)


def _report(results: Sequence[Result], seconds: float) -> None:
    for result in results:
        if result.verdict == "FAILED":
            print(f"\n== {result.sample.language} {result.sample.name} FAILED\n{result.output.rstrip()}")
    print(f"\n{_table(results)}\n")
    counts = {verdict: [result.verdict for result in results].count(verdict) for verdict in ("ok", "FAILED", "skipped")}
    print(", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count), f"in {seconds:.0f} s")


def main(arguments: Sequence[str] | None = None, folder: Path = FOLDER) -> int:
    """The command: 0 when none failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="name", help="of a language, of a sample, or python/bad_image")
    parser.add_argument("--list", action="store_true", help="show them and run none")
    given = parser.parse_args(arguments)
    try:
        samples = chosen(find(folder), given.names)
    except LookupError as error:
        parser.error(str(error))
    if given.list:
        for sample in samples:
            print(f"{f'{sample.language}/{sample.name}':<32} {sample.summary}")
        return 0
    clock, workers = WallClock(), max(2, os.cpu_count() or 1)
    began = clock.now()
    print(f"running {len(samples)} sample{'' if len(samples) == 1 else 's'}, {workers} at a time ...", flush=True)
    with ThreadPoolExecutor(workers) as pool:
        results = list(pool.map(run, samples))
    _report(results, clock.now() - began)
    return int(any(result.verdict == "FAILED" for result in results))


if __name__ == "__main__":
    sys.exit(main())
