"""Ansible's azure.azcollection, which knows only Azure's names; the playbooks in ``ansible/`` check what they did."""

from pathlib import Path

import pytest

from tests.clients.foreign import FOLDER, installed, run

PLAYBOOKS = sorted((FOLDER / "ansible").glob("*.yml"))


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=lambda path: path.name)
def test_playbook(playbook: Path, principal: dict[str, str], names: dict[str, str], tmp_path: Path) -> None:
    """Each task does what it says, and a description that is applied again changes nothing."""
    command = installed("VMSS_ANSIBLE", ".venv-ansible/bin/ansible-playbook")
    own = {
        # the collection's own names for two of them
        "AZURE_TENANT": principal["AZURE_TENANT_ID"],
        "AZURE_SECRET": principal["AZURE_CLIENT_SECRET"],
        "ANSIBLE_HOME": str(tmp_path),
        "ANSIBLE_LOCALHOST_WARNING": "false",
    }
    interpreter = f"ansible_python_interpreter={command.parent / 'python'}"
    line: list[str | Path] = [command, "--inventory", "localhost,", "--extra-vars", interpreter, playbook]
    assert "failed=0" in run(line, tmp_path, {**principal, **names, **own})
