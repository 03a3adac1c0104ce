"""``vmss emulator trust`` and ``credentials``: what clients are told."""

import subprocess
from pathlib import Path

import pytest

from vmss_sdk.cli import main
from vmss_sdk.emulator.data_directory import DataDirectory
from vmss_sdk.emulator.registrations import open_directory

_NAMES = ("VMSS_ENDPOINT", "AZURE_AUTHORITY_HOST", "AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET")
_SHOW = f"printenv {' '.join(_NAMES)}"


def test_trust_makes_the_authority_and_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line can be run as printed; the file is there."""
    folder = tmp_path / "with space"
    assert main(["emulator", "trust", "--data-dir", str(folder), "--shell", "sh"]) == 0
    printed = capsys.readouterr().out
    assert (folder / "ca.pem").exists()
    code = f'{printed}\nprintf "%s\\n" "$REQUESTS_CA_BUNDLE" "$SSL_CERT_FILE" "$CURL_CA_BUNDLE" "$NODE_EXTRA_CA_CERTS"'
    run = subprocess.run(["sh", "-e"], input=code, check=True, capture_output=True, text=True)
    assert run.stdout.splitlines() == [str(folder / "ca.pem")] * 4
    assert run.stderr == ""


def test_trust_for_powershell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its own assignment and quotation marks, and how to get rid of the certificate again."""
    folder = tmp_path / "it's"
    assert main(["emulator", "trust", "--data-dir", str(folder), "--shell", "powershell"]) == 0
    printed = capsys.readouterr().out
    quoted = str(folder / "ca.pem").replace("'", "''")
    assert f"$env:REQUESTS_CA_BUNDLE = '{quoted}'" in printed
    assert f"curl --cacert '{quoted}' " in printed
    assert f"Import-Certificate -FilePath '{quoted}' " in printed
    assert "Remove-Item Cert:\\CurrentUser\\Root\\" in printed


def test_credentials_can_be_sourced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The variables that azure-identity reads, for the principal that was asked for."""
    assert main(["emulator", "credentials", "reader", "--port", "1", "--data-dir", str(tmp_path), "--shell", "sh"]) == 0
    code = f"{capsys.readouterr().out}\n{_SHOW}"
    run = subprocess.run(["sh", "-e"], input=code, check=True, capture_output=True, text=True)
    directory = open_directory(DataDirectory(tmp_path))
    reader = directory.named("reader")
    assert reader is not None
    expected = ["https://localhost:1", "https://localhost:1", directory.tenant_id, reader.client_id, reader.secret]
    assert run.stdout.splitlines() == expected


def test_credentials_of_the_managed_identity(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It has no secret, but an endpoint and a header."""
    assert main(["emulator", "credentials", "managed-identity", "--data-dir", str(tmp_path), "--shell", "sh"]) == 0
    printed = capsys.readouterr().out
    assert "export IDENTITY_ENDPOINT=https://localhost:8677/msi/token" in printed
    assert f"export IDENTITY_HEADER={open_directory(DataDirectory(tmp_path)).identity_secret}" in printed
    assert "AZURE_CLIENT_SECRET" not in printed


def test_credentials_of_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message names those that there are."""
    assert main(["emulator", "credentials", "nobody", "--data-dir", str(tmp_path)]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert "no principal 'nobody'" in output.err
    assert "contributor, managed-identity, reader" in output.err


def test_what_is_broken_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback, and exit code 1; starting the server says the same."""
    DataDirectory(tmp_path).replace_secret("ca.key.pem", b"broken")
    for command in (["trust"], ["start", "--tls", "--port", "0"]):
        assert main(["emulator", *command, "--data-dir", str(tmp_path)]) == 1
        output = capsys.readouterr()
        assert output.err.startswith(f"vmss emulator {command[0]}: the certificate authority in ")
        assert output.err.count("\n") == 1
