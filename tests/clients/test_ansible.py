"""Ansible's azure.azcollection, which knows only Azure's names; the playbooks in ``ansible/`` check what they did."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clients.foreign import FOLDER, installed, run
from tests.clients.pages import example

PLAYBOOKS = sorted((FOLDER / "ansible").glob("*.yml"))


@pytest.fixture
def play(principal: dict[str, str], names: dict[str, str], tmp_path: Path) -> Callable[[Path], str]:
    """Runs a playbook; the answer is what it printed."""
    command = installed("VMSS_ANSIBLE", ".venv-ansible/bin/ansible-playbook")
    own = {
        # the collection's own names for two of them
        "AZURE_TENANT": principal["AZURE_TENANT_ID"],
        "AZURE_SECRET": principal["AZURE_CLIENT_SECRET"],
        "ANSIBLE_HOME": str(tmp_path),
        "ANSIBLE_LOCALHOST_WARNING": "false",
    }
    interpreter = f"ansible_python_interpreter={command.parent / 'python'}"

    def played(playbook: Path) -> str:
        line: list[str | Path] = [command, "--inventory", "localhost,", "--extra-vars", interpreter, playbook]
        return run(line, tmp_path, {**principal, **names, **own})

    return played


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=lambda path: path.name)
def test_playbook(playbook: Path, play: Callable[[Path], str]) -> None:
    """Each task does what it says, and a description that is applied again changes nothing."""
    assert "failed=0" in play(playbook)


def test_the_example_of_the_page(play: Callable[[Path], str], tmp_path: Path) -> None:
    """It makes a group, in which there is no scale set."""
    playbook = tmp_path / "example.yml"
    playbook.write_text(example("ansible.md", "yaml"))
    assert '"msg": []' in play(playbook)
