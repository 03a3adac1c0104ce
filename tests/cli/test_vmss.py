"""The command line as such: help, exit codes, messages, and what it does not import."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.measure import stub
from tests.cli.running import ROOT, environment, python, vmss
from vmss_sdk import ClientUsageError, __version__
from vmss_sdk.cli import main
from vmss_sdk.cli.emulator import announce, show_portal
from vmss_sdk.cli.table import COMMANDS, GROUPS

HEAVY = ("requests", "urllib3", "rich", "granian", "jmespath", "tenacity", "vmss_sdk.emulator")
SDK = ("attrs", "msgspec", "vmss_sdk.client", "vmss_sdk.models")
MANY_FLAGS = "vmss_sdk.cli.table.members"
"""A hundred flags, of which only two commands want to know."""


def loaded_by(code: str, **environment: str) -> list[str]:
    """Which of the heavy modules a program loads."""
    return [name for name in all_loaded_by(code, **environment) if name in HEAVY]


def all_loaded_by(code: str, **environment: str) -> list[str]:
    """Which of the modules that something can do without a program loads."""
    run = python("-c", f"{code}\nimport sys\nprint(*sys.modules, file=sys.stderr)", **environment)
    assert run.returncode == 0
    names = run.stderr.split()
    known = (*HEAVY, *SDK, MANY_FLAGS)
    return [heavy for heavy in known if any(name == heavy or name.startswith(f"{heavy}.") for name in names)]


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["emulator", "start", "--help"], ["demo", "--spede"], ["reimage", "--help"]],
)
def test_help_and_wrong_usage_import_nothing_heavy(arguments: list[str]) -> None:
    """No HTTP, no emulator, no rich before a command runs, and nothing of the SDK but its version."""
    assert all_loaded_by(f"from vmss_sdk.cli import main\nmain({arguments!r})") == []


def test_a_command_on_a_server_imports_what_it_needs() -> None:
    """HTTP, and neither an emulator nor a terminal library, nor a language for queries when there is none."""
    with stub() as endpoint:
        words = ["show", "-g", "rg", "-n", "web", "--endpoint", endpoint]
        assert set(loaded_by(f"from vmss_sdk.cli import main\nmain({words!r})")) <= {"requests", "urllib3", "tenacity"}
        words += ["--query", "name"]
        assert "jmespath" in loaded_by(f"from vmss_sdk.cli import main\nmain({words!r})")


def test_a_command_in_process_imports_no_http(tmp_path: Path) -> None:
    """The emulator is there, and nothing that is for the network."""
    words = ["group", "list", "--endpoint", "in-process"]
    found = loaded_by(f"from vmss_sdk.cli import main\nmain({words!r})", VMSS_HOME=str(tmp_path))
    assert set(found) <= {"vmss_sdk.emulator", "tenacity"}


def test_the_demo_in_a_pipe_does_not_import_rich() -> None:
    """Plain lines need no terminal library; and nothing in process needs HTTP."""
    assert loaded_by("from vmss_sdk.cli import main\nmain(['demo'])") == ["vmss_sdk.emulator"]


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Each group and command is in the help of its parent, with its line."""
    for command in COMMANDS:
        assert main([*command.path[:-1], "--help"]) == 0
        shown = capsys.readouterr().out
        assert command.path[-1] in shown
        assert command.help in shown


@pytest.mark.parametrize("path", [command.path for command in COMMANDS] + list(GROUPS), ids=" ".join)
def test_every_command_has_help(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """``--help`` of a command says how it is called, and ends with 0."""
    assert main([*path, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"usage: vmss {' '.join(path)} ")


def test_every_command_belongs_to_a_known_group() -> None:
    """The table is whole: a group has a line of its own."""
    assert {command.path[:-1] for command in COMMANDS} - {()} == set(GROUPS)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """``vmss --version`` names the program and its version."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"vmss {__version__}\n"


def test_vmss_alone_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    """As with az: the program's name alone shows what there is."""
    assert main([]) == 0
    assert "commands:" in capsys.readouterr().out


def test_a_group_alone_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """``vmss emulator`` shows what there is, but is no command."""
    assert main(["emulator"]) == 2
    assert "start" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["upgrade"], "'upgrade' is no command"),
        (["reimag"], "'reimag' is no command; did you mean 'reimage'?"),
        (["reimage", "--instances", "0"], "unrecognized arguments: --instances 0; did you mean '--instance-ids'?"),
        (["show", "--query", "[?"], "'[?' is no JMESPath expression"),
        (["demo", "--spee", "2"], "unrecognized arguments: --spee 2"),
        (["demo", "--speed", "-1"], "'-1' is no factor: expected a number >= 0"),
        (["demo", "--speed", "fast"], "'fast' is no factor: expected a number >= 0"),
        (["emulator", "start", "--port", "65536"], "'65536' is no port: expected a number from 0 to 65535"),
        (["emulator", "start", "--port", "http"], "'http' is no port: expected a number from 0 to 65535"),
        (["emulator", "start", "--clock", "fast"], "'fast' names no clock: expected 'virtual', 'system' or 'scaled:N'"),
        (["emulator", "start", "--clock", "scaled:-1"], "'scaled:-1' names no clock"),
        (["emulator", "start", "--reimage-source", "disk"], "invalid choice: 'disk'"),
    ],
)
def test_wrong_usage_is_said_and_ends_with_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names what was wrong and what was expected; standard output stays empty."""
    assert main(arguments) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert said in output.err


@pytest.mark.parametrize("options", [[], ["--no-auth"], ["--tls", "--no-auth"]])
def test_other_machines_are_let_in_only_with_tokens(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A host beyond loopback needs HTTPS and authentication, and the message says so."""
    assert main(["emulator", "start", "--host", "0.0.0.0", *options]) == 2
    assert "use --tls with authentication" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--open", "--no-portal"], "--open has nothing to show with --no-portal"),
        (["--name", "emulator.test"], "--name has no meaning without --tls"),
        (["--principal", "ops=Reader"], "--principal has no meaning without --tls"),
        (["--token-lifetime", "60"], "--token-lifetime has no meaning without --tls"),
        (["--token-lifetime", "0"], "expected a whole number of seconds from 1"),
        (["--tls", "--name", "no name"], "'no name' is neither a host name nor an IP address"),
        (["--tls", "--principal", "ops"], "expected NAME=ROLE or NAME=ROLE@SCOPE"),
        (["--tls", "--principal", "ops=King"], "'King' is no role: expected Owner, Contributor, Reader"),
        (["--tls", "--principal", "../x=Reader"], "'../x' is no name for a principal"),
        (["--tls", "--principal", "ops=Reader@/groups/x"], "'/groups/x' is no scope"),
    ],
)
def test_what_makes_no_sense_for_https_is_said(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is started, and the message names the option's value and what was expected."""
    assert main(["emulator", "start", "--port", "0", *options]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("clock", "pace"),
    [
        ("scaled:60", "runs 60 times as fast"),
        ("scaled", "runs 60 times as fast"),
        ("virtual", "skips to the next event"),
        ("system", "is real time"),
    ],
)
def test_the_server_says_where_it_is_and_how_to_use_it(
    clock: str, pace: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first line is for programs; the rest are lines to copy, and how time goes."""
    announce(clock, "http://127.0.0.1:53411")
    first, *rest = capsys.readouterr().out.splitlines()
    assert first == "Listening on http://127.0.0.1:53411"
    assert 'client = VmssClient("00000000-0000-0000-0000-000000000000", endpoint="http://127.0.0.1:53411")' in map(
        str.strip, rest
    )
    assert any(pace in line for line in rest)
    assert sum("Everybody on this machine can use it" in line for line in rest) == 1


@pytest.mark.parametrize(("folder", "said"), [(None, ""), ("/my data", "VMSS_HOME='/my data' ")])
def test_with_tokens_the_owner_needs_no_login(
    folder: str | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The lines for vmss work as they are, and nothing says that everybody may."""
    announce("virtual", "https://localhost:1", tokens=True, folder=folder)
    told = capsys.readouterr().out
    assert f"    {said}vmss emulator status --endpoint https://localhost:1 -o table\n" in told
    assert "Everybody" not in told


@pytest.mark.parametrize(
    ("url", "near"), [("http://0.0.0.0:1", "http://127.0.0.1:1/"), ("http://[::]:1", "http://[::1]:1/")]
)
def test_on_all_addresses_the_directions_name_one(url: str, near: str, capsys: pytest.CaptureFixture[str]) -> None:
    """``0.0.0.0`` is where it listens, and nothing that every client can call."""
    announce("virtual", url)
    first, *rest = capsys.readouterr().out.splitlines()
    assert first == f"Listening on {url}"
    assert any(near in line for line in rest)
    assert not any(url in line for line in rest)


def test_granian_missing_names_the_extra(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra the server cannot run; the message says how to get it."""
    monkeypatch.setitem(sys.modules, "granian", None)
    assert main(["emulator", "start", "--port", "0"]) == 1
    assert "pip install 'vmss-sdk[server]'" in capsys.readouterr().err


def test_an_error_of_the_sdk_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What the SDK raises reaches the user as a sentence, without a traceback."""

    def fail(_: object) -> int:
        raise ClientUsageError("that can never work")

    monkeypatch.setattr("vmss_sdk.cli.demo.run", fail)
    assert main(["demo"]) == 2
    assert capsys.readouterr().err == "ERROR: that can never work\n"


def test_ctrl_c_ends_a_command_with_130(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """128 + SIGINT, as shells count; no traceback."""

    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("vmss_sdk.cli.demo.run", interrupt)
    assert main(["demo"]) == 130
    assert capsys.readouterr().err == ""


def test_a_reader_that_has_seen_enough_is_no_traceback() -> None:
    """``vmss demo | head -1``: the pipe closes, and nothing is said about it."""
    command = [sys.executable, "-m", "vmss_sdk.cli", "demo"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


def test_python_m_is_vmss() -> None:
    """``python -m vmss_sdk.cli`` is the same program, exit code included."""
    run = vmss("nonsense")
    assert run.returncode == 2
    assert run.stderr.startswith("usage: vmss ")


@pytest.mark.parametrize("portal", [True, False])
def test_the_portal_is_told_where_it_is_served(portal: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """With its address on this machine."""
    announce("virtual", "http://0.0.0.0:1", portal=portal)
    assert ("http://127.0.0.1:1/portal/" in capsys.readouterr().out) is portal


def test_open_shows_the_portal_once_the_server_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """First it is said where the server listens, then the browser is told to go there."""
    happened: list[str] = []
    monkeypatch.setattr("webbrowser.open", happened.append)
    show_portal(happened.append, "https://0.0.0.0:1")
    assert happened == ["https://0.0.0.0:1", "https://127.0.0.1:1/portal/"]
