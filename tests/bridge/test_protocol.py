"""The bridge as another program drives it: messages, errors, and how it ends."""

import json
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Generator

import pytest

from tests.bridge.driving import MODEL, ROOT, Driver, driven
from vmss_sdk import __version__


@pytest.fixture(scope="module")
def bridge() -> Generator[Driver]:
    """A bridge that many tests talk to, which it has to survive."""
    with driven() as driver:
        yield driver


def test_it_says_its_versions_first(bridge: Driver) -> None:
    """The first line names the versions of protocol, package and Python."""
    assert bridge.hello["method"] == "hello"
    versions = {"protocol": 1, "package": __version__, "python": platform.python_version(), "pid": bridge.process.pid}
    assert bridge.hello["params"] == versions


def test_garbage_is_an_error_and_no_end(bridge: Driver) -> None:
    """A line that is no JSON is answered with the parse error, and the next request works."""
    bridge.write(b"\x00\xff garbage\n")
    assert bridge.answer(None)["error"]["code"] == -32700
    assert bridge.ask("ping") == {"protocol": 1}


@pytest.mark.parametrize(
    "line", [b"[]", b"7", b'{"id":1,"method":"ping"}', b'{"jsonrpc":"2.0","id":[],"method":"ping"}']
)
def test_json_that_is_no_request(bridge: Driver, line: bytes) -> None:
    """JSON that is no request is an invalid request."""
    bridge.write(line + b"\n")
    assert bridge.next()["error"]["code"] == -32600


def test_params_must_be_an_object(bridge: Driver) -> None:
    """Parameters by position are refused, and the answer has the id."""
    bridge.write(b'{"jsonrpc":"2.0","id":5,"method":"ping","params":[1]}\n')
    assert bridge.answer(5)["error"]["code"] == -32602


def test_an_unknown_method(bridge: Driver) -> None:
    """An unknown method is refused by its name."""
    error = bridge.error("scaleSet.explode")
    assert error["code"] == -32601
    assert "scaleSet.explode" in error["message"]


def test_an_unknown_parameter(bridge: Driver) -> None:
    """A parameter that a method does not have is refused, and the text says which it has."""
    error = bridge.error("scaleSet.get", resourceGroup="rg", scaleSet="web", name="x")
    assert error["code"] == -32602
    assert "'name'" in error["message"]
    assert "resourceGroup" in error["message"]


def test_a_missing_parameter(bridge: Driver) -> None:
    """A required parameter is named when it is missing; instances are never all by mistake."""
    error = bridge.error("scaleSet.reimage", resourceGroup="rg", scaleSet="web")
    assert error["code"] == -32602
    assert "'instances'" in error["message"]


@pytest.mark.parametrize("instances", [[], "0", [0], {}])
def test_wrong_instances(bridge: Driver, instances: object) -> None:
    """Instances are a list of at least one text, or the star."""
    error = bridge.error("scaleSet.reimage", resourceGroup="rg", scaleSet="web", instances=instances)
    assert error["code"] == -32602


def test_a_byte_order_mark_is_passed_over() -> None:
    """.NET writes a byte order mark before the first line on some systems."""
    with driven() as bridge:
        bridge.write(b"\xef\xbb\xbf")
        assert bridge.ask("ping") == {"protocol": 1}


def test_windows_line_ends(bridge: Driver) -> None:
    """A carriage return before the line end does no harm, and an empty line means nothing."""
    bridge.write(b'\r\n{"jsonrpc":"2.0","id":"a","method":"ping"}\r\n')
    assert bridge.answer("a")["result"] == {"protocol": 1}


def test_a_notification_gets_no_answer(bridge: Driver) -> None:
    """A message without id is not answered."""
    bridge.notes.clear()
    bridge.write(b'{"jsonrpc":"2.0","method":"ping"}\n')
    bridge.ask("ping")
    assert bridge.notes == []


def test_an_id_in_use_is_refused() -> None:
    """Two open requests cannot share an id; the first is answered all the same."""
    with driven() as bridge:
        bridge.ask("connect", kind="inProcess", clock="scaled:0")
        bridge.ask("resourceGroup.createOrUpdate", name="rg", location="westus2")
        create = json.dumps({"resourceGroup": "rg", "scaleSet": "web", "model": MODEL})
        request = f'{{"jsonrpc":"2.0","id":"same","method":"scaleSet.createOrUpdate","params":{create}}}\n'.encode()
        bridge.write(request + request)
        assert bridge.answer("same")["error"]["code"] == -32600


def test_the_end_of_input_ends_it() -> None:
    """It ends with code 0 when its input does, has nothing to complain about, and leaves half a line undone."""
    with driven() as bridge:
        bridge.ask("ping")
        bridge.write(b'{"jsonrpc":"2.0","id":7,"method":"ping"')
        assert bridge.end() == (0, "")


def test_a_killed_parent_ends_it() -> None:
    """When the program that started it is killed, nothing is left behind, even while a request waits."""
    code = (
        "import subprocess, sys, os\n"
        "bridge = subprocess.Popen([sys.executable, '-m', 'vmss_sdk.bridge'], stdin=-1, stdout=-1, stderr=1)\n"
        "bridge.stdout.readline(); print(bridge.pid, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert int(parent.stdout.readline()) > 0
        parent.kill()
        # The bridge's standard error is the same pipe, which has an end only when the last one who holds it has ended.
        assert parent.stdout.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be sent SIGINT there")
def test_ctrl_c_is_for_the_parent(bridge: Driver) -> None:
    """SIGINT, which a terminal sends to all its processes, does not end it."""
    bridge.ask("ping")
    os.kill(bridge.process.pid, signal.SIGINT)
    assert bridge.ask("ping") == {"protocol": 1}


def test_stray_prints_go_to_standard_error() -> None:
    """What something prints in its process, also without Python, never gets into the protocol."""
    code = (
        "import sys, os, vmss_sdk.bridge.methods as m\n"
        "def noisy(client):\n"
        "    print('stray'); sys.stdout.flush(); os.write(1, b'deep\\n'); sys.__stdout__.write('old\\n')\n"
        "    sys.__stdout__.flush()\n"
        "    return []\n"
        "from vmss_sdk.bridge.answers import NOTHING\n"
        "m.METHODS = {'noisy': m.Method('noisy', m._CLIENT, noisy, NOTHING)}\n"
    )
    with driven(code=code) as bridge:
        bridge.ask("connect", kind="inProcess")
        assert bridge.ask("noisy") is None
        assert bridge.end() == (0, "stray\ndeep\nold\n")


def test_a_defect_is_told_without_its_text() -> None:
    """An error that is none of ours ends one request; its text, which may hold anything, is not shown."""
    code = (
        "import vmss_sdk.bridge.methods as m\n"
        "from vmss_sdk.bridge.answers import NOTHING\n"
        "def broken(client): raise KeyError('top-secret')\n"
        "m.METHODS = {'broken': m.Method('broken', m._CLIENT, broken, NOTHING)}\n"
    )
    with driven(code=code) as bridge:
        bridge.ask("connect", kind="inProcess")
        error = bridge.error("broken")
        assert error["code"] == -32603
        assert "KeyError in broken, line " in error["message"]
        assert bridge.ask("ping") == {"protocol": 1}
        code_, said = bridge.end()
        assert code_ == 0
        assert "in broken" in said
        assert "top-secret" not in said + json.dumps(error)


def test_the_catalogue_names_every_method(bridge: Driver) -> None:
    """The method 'methods' tells what can be asked for and what each takes."""
    found = bridge.ask("methods")
    assert found["instance.reimage"]["instanceId"] == {"expects": "a text", "required": True}
    assert found["scaleSet.reimage"]["tempDisk"]["required"] is False
