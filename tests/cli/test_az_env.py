"""``vmss emulator az-env``; what az makes of it is in tests/az."""

import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from vmss_sdk.cli import main


def prepared(capsys: pytest.CaptureFixture[str], folder: Path, *options: str) -> str:
    """What the command printed; it must succeed."""
    assert main(["emulator", "az-env", str(folder), "--data-dir", str(folder.parent / "home"), *options]) == 0
    return capsys.readouterr().out


def test_files_and_lines(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A profile with telemetry off and the emulator as its cloud; the lines name it and the certificate."""
    profile = tmp_path / "profile"
    lines = prepared(capsys, profile, "--port", "9999", "--shell", "sh")
    assert "collect_telemetry = no" in (profile / "config").read_text()
    assert "endpoint_resource_manager = https://localhost:9999\n" in (profile / "clouds.config").read_text()
    assert "suffix_keyvault_dns = .vault.azure.net\n" in (profile / "clouds.config").read_text()
    assert "suffix_storage_endpoint = core.windows.net\n" in (profile / "clouds.config").read_text()
    assert "endpoint_microsoft_graph_resource_id = https://localhost:9999/\n" in (profile / "clouds.config").read_text()
    assert f"export AZURE_CONFIG_DIR={profile}\n" in lines
    assert f"export REQUESTS_CA_BUNDLE={tmp_path / 'home' / 'ca.pem'}\n" in lines
    assert "az login --service-principal" in lines


@pytest.mark.parametrize("who", ["contributor", "managed-identity"])
@pytest.mark.parametrize("shell", ["sh", "powershell"])
def test_the_secret_is_in_a_file_only(capsys: pytest.CaptureFixture[str], tmp_path: Path, who: str, shell: str) -> None:
    """The printed lines name the file, which its owner alone can read."""
    profile = tmp_path / "profile"
    lines = prepared(capsys, profile, "--as", who, "--shell", shell)
    secret = profile / "secret"
    assert secret.read_text() not in lines
    assert str(secret) in lines
    assert (stat.S_IMODE(secret.stat().st_mode), stat.S_IMODE(profile.stat().st_mode)) == (0o600, 0o700)


def test_the_secret_is_one_word_with_its_option(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """So that one which begins with ``-`` is no option to az, and those that are made are of letters and digits."""
    assert f"--password=@{tmp_path / 'az' / 'secret'}" in prepared(capsys, tmp_path / "az", "--shell", "sh")
    assert (tmp_path / "az" / "secret").read_text().isalnum()


def test_without_az_the_lines_say_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A shell that has no az is told, and has its variables all the same."""
    lines = prepared(capsys, tmp_path / "a profile", "--as", "managed-identity", "--shell", "sh")
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "cat").symlink_to(shutil.which("cat") or "")
    script = f'{lines}\n[ "$IDENTITY_HEADER" = "$(cat "$AZURE_CONFIG_DIR/secret")" ]'
    done = subprocess.run(
        ["/bin/sh", "-ec", script], env={"PATH": str(programs)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "az is not installed" in done.stderr


def test_again_for_the_same_keeps_the_login(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """To look at the lines once more does not log out the shell that uses them."""
    profile = tmp_path / "profile"
    lines = prepared(capsys, profile)
    (profile / "azureProfile.json").write_text("{}")
    assert prepared(capsys, profile) == lines
    assert (profile / "azureProfile.json").exists()


@pytest.mark.parametrize("change", [("--as", "reader"), ("--port", "1234")], ids=" ".join)
def test_again_for_another_forgets_the_login(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, change: tuple[str, str]
) -> None:
    """A login to another server, or as somebody else, is gone; what az itself wrote stays."""
    profile = tmp_path / "profile"
    prepared(capsys, profile)
    (profile / "azureProfile.json").write_text("{}")
    (profile / "commandIndex.json").write_text("{}")
    prepared(capsys, profile, *change)
    assert not (profile / "azureProfile.json").exists()
    assert (profile / "commandIndex.json").exists()


def test_another_folder_is_left_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A folder with something else in it, such as the profile of the real Azure, is refused and stays as it is."""
    config = tmp_path / "config"
    config.write_text("mine")
    assert main(["emulator", "az-env", str(tmp_path), "--data-dir", str(tmp_path / "home")]) == 1
    assert "nothing in it is changed" in capsys.readouterr().err
    assert config.read_text() == "mine"


def test_unknown_principal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The error names those that there are, and nothing is written."""
    profile = tmp_path / "profile"
    assert main(["emulator", "az-env", str(profile), "--as", "nobody", "--data-dir", str(tmp_path / "home")]) == 1
    assert "there are contributor" in capsys.readouterr().err
    assert not profile.exists()
