"""What holds for the repository as a whole."""

import ast
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import vmss_sdk
from tests.imports import imports_of, shortest_loop

ROOT = Path(__file__).parents[1]
TEXT = {".cfg", ".css", ".html", ".js", ".json", ".md", ".ps1", ".psd1", ".psm1", ".py", ".sh", ".toml", ".txt", ".yml"}
LOCAL = {".venv", ".venv-az", "_build", "build", "dist"}


def files(*folders: str) -> list[Path]:
    """The repository's files (not what tools leave behind) as paths below its root."""
    found = []
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name not in LOCAL and (not name.startswith(".") or name == ".ci")]
        found += [Path(folder, name).relative_to(ROOT) for name in names]
    return sorted(path for path in found if not folders or path.parts[0] in folders)


def python(code: str) -> str:
    """The output of a fresh interpreter."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_readme_names_the_two_commands() -> None:
    """A stranger finds the two commands that show and check everything."""
    readme = (ROOT / "README.md").read_text()
    assert "make demo" in readme
    assert "make test" in readme


@pytest.mark.parametrize("heavy", ["vmss_sdk.emulator", "granian", "requests", "rich", "sqlite3", "jmespath"])
def test_import_stays_light(heavy: str) -> None:
    """Importing the package loads neither the emulator nor what only some calls need."""
    loaded = python("import sys, vmss_sdk; print(*sys.modules)").split()
    assert not [name for name in loaded if name == heavy or name.startswith(heavy + ".")]


def test_importing_the_client_names_stays_light() -> None:
    """The public names need neither the emulator nor HTTP, which are for the first call."""
    loaded = python("import sys; from vmss_sdk import *; print(*sys.modules)").split()
    assert not {"vmss_sdk.emulator", "granian", "requests", "rich", "sqlite3"}.intersection(loaded)


def test_version_is_the_distribution_version() -> None:
    """The package and the metadata of the installed distribution agree."""
    from vmss_sdk._version import __version__

    assert vmss_sdk.__version__ == __version__
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_exports_are_sorted_and_exist() -> None:
    """`__all__` is the public surface, in one predictable order."""
    assert list(vmss_sdk.__all__) == sorted(vmss_sdk.__all__)
    assert all(hasattr(vmss_sdk, name) for name in vmss_sdk.__all__)


@pytest.mark.parametrize("name", [name for name in vmss_sdk.__all__ if not name.startswith("_")])
def test_every_public_name_is_documented(name: str) -> None:
    """Each exported class and function says what it is, in its own words."""
    thing = getattr(vmss_sdk, name)
    if callable(thing):
        assert vars(thing).get("__doc__") or thing.__doc__, f"{name} has no docstring"


def test_no_modules_import_each_other_in_a_circle() -> None:
    """What is imported for type checkers alone, or late, counts: a reader follows that arrow too."""
    loop = shortest_loop(imports_of(ROOT / "vmss_sdk"))
    assert not loop, "modules import each other in a circle: " + " -> ".join(loop)


@pytest.mark.parametrize("path", [p for p in files("vmss_sdk", "tests", "samples") if p.suffix == ".py"], ids=str)
def test_modules_stay_small(path: Path) -> None:
    """A module that grows past 600 lines wants a noun of its own."""
    lines = (ROOT / path).read_text().count("\n")
    assert lines <= 600


@pytest.mark.parametrize(
    "path", [p for p in files("tests") if p.name.startswith("test_") and p.suffix == ".py"], ids=str
)
def test_every_test_says_what_it_shows(path: Path) -> None:
    """Each test has a sentence about the behaviour that it checks."""
    functions = [node for node in ast.walk(ast.parse((ROOT / path).read_text())) if isinstance(node, ast.FunctionDef)]
    silent = [node.name for node in functions if node.name.startswith("test_") and not ast.get_docstring(node)]
    assert not silent


def test_the_map_of_the_engine_names_every_room() -> None:
    """ARCHITECTURE.md has a line for each, and import-linter a layer."""
    rooms = {path.parent.name for path in (ROOT / "vmss_sdk/emulator/engine").glob("*/__init__.py")}
    told = re.findall(r"^\| `(\w+)/` \|", (ROOT / "ARCHITECTURE.md").read_text(), re.MULTILINE)
    assert len(told) == len(set(told))
    assert set(told) == rooms


def test_no_machine_paths() -> None:
    """The repository's texts name no directory of the machine they were written on."""
    absolute = re.compile(r"(?<![\w.:/~-])/(?:home|root|work|opt|Users|mnt)/(?![\w-]+/\.ssh)\w")  # .ssh: in a guest
    texts = [path for path in files() if path.suffix in TEXT or path.parts[0] in {".ci", "Makefile"}]
    assert not [str(path) for path in texts if absolute.search((ROOT / path).read_text())]


def test_tests_cannot_leave_the_machine() -> None:
    """A connection beyond loopback is refused before it is tried, with a message that says so."""
    with socket.socket() as client, pytest.raises(RuntimeError, match=r"192\.0\.2\.1"):
        client.connect(("192.0.2.1", 443))


def test_names_beyond_the_machine_are_not_looked_up() -> None:
    """A host name other than localhost is refused as well."""
    with pytest.raises(RuntimeError, match=r"management\.azure\.com"):
        socket.create_connection(("management.azure.com", 443))


@pytest.mark.parametrize(("ci", "failed"), [("true", True), ("", False)])
@pytest.mark.parametrize(
    "how", ["def test(): pytest.skip('no time')", "pytest.skip('no time', allow_module_level=True)"]
)
def test_a_skip_fails_in_ci_only(tmp_path: Path, how: str, ci: str, failed: bool) -> None:
    """With CI set, a skipped test and a skipped module are failures that give the reason."""
    (tmp_path / "conftest.py").write_text((ROOT / "tests/conftest.py").read_text())
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_it.py").write_text(f"import pytest\n{how}\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rs", str(tmp_path)]
    run = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "CI": ci}, check=False, capture_output=True, text=True
    )
    assert "no time" in run.stdout
    assert (run.returncode in {1, 2}) is failed


def test_the_stub_says_what_the_package_has() -> None:
    """Type checkers read every public name from where it really is."""
    stub = ROOT / "vmss_sdk" / "__init__.pyi"
    imports = [node for node in ast.parse(stub.read_text()).body if isinstance(node, ast.ImportFrom)]
    told = {alias.name: str(node.module) for node in imports for alias in node.names}
    table = {name: f"vmss_sdk.{part}" for name, part in vmss_sdk._HOME.items()}  # type: ignore[attr-defined]  # the stub hides it
    assert told == {**table, "__version__": "vmss_sdk._version"}
