"""The certificates of the HTTPS server, and the folder where they are kept."""

import ipaddress
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.transport.stand_in import CountingClock
from vmss_sdk.data_directory import default_folder
from vmss_sdk.emulator import tls
from vmss_sdk.emulator.data_directory import DataDirectory, DataDirectoryError
from vmss_sdk.emulator.registrations import PrincipalSpec, open_directory
from vmss_sdk.emulator.tls import ca_certificate, checked_name, server_certificate

DAY = 86_400.0


def certificate(path: Path) -> x509.Certificate:
    """What is in a file."""
    return x509.load_pem_x509_certificate(path.read_bytes())


def names(leaf: x509.Certificate) -> set[str]:
    """The names that a leaf is for."""
    found = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    texts = found.get_values_for_type(x509.DNSName)
    return {*texts, *map(str, found.get_values_for_type(x509.IPAddress))}


def test_the_authority_may_sign_and_nothing_else(tmp_path: Path) -> None:
    """Critical basic constraints and key usage, one level, identifiers of its key (RFC 5280)."""
    ca = certificate(ca_certificate(DataDirectory(tmp_path), CountingClock()))
    limits = ca.extensions.get_extension_for_class(x509.BasicConstraints)
    usage = ca.extensions.get_extension_for_class(x509.KeyUsage)
    assert (limits.critical, limits.value.ca, limits.value.path_length) == (True, True, 0)
    assert (usage.critical, usage.value.key_cert_sign, usage.value.digital_signature) == (True, True, False)
    assert ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    ca.verify_directly_issued_by(ca)


def test_a_leaf_is_for_a_server_and_its_names(tmp_path: Path) -> None:
    """This machine's names always, those that were asked for as well, and no authority."""
    path = server_certificate(DataDirectory(tmp_path), ("VMSS.lab.test", "10.0.0.7", "*.lab.test"), CountingClock())
    leaf, ca = certificate(path), certificate(tmp_path / "ca.pem")
    leaf.verify_directly_issued_by(ca)
    assert names(leaf) == {"localhost", "127.0.0.1", "::1", "vmss.lab.test", "10.0.0.7", "*.lab.test"}
    usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    issuer = leaf.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
    assert issuer == ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    assert (leaf.not_valid_after_utc - leaf.not_valid_before_utc).days <= 398  # more is refused by Apple's verifiers


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_secrets_are_their_owners(tmp_path: Path) -> None:
    """Keys and principals: 0600 in a folder of 0700, whatever the umask; the certificate is for everybody."""
    home = DataDirectory(tmp_path / "new")
    before = os.umask(0)
    try:
        server_certificate(home, (), CountingClock())
        open_directory(home)
    finally:
        os.umask(before)
    modes = {path.relative_to(home.folder): stat.S_IMODE(path.stat().st_mode) for path in home.folder.rglob("*")}
    assert stat.S_IMODE(home.folder.stat().st_mode) == 0o700
    assert modes.pop(Path("ca.pem")) == 0o644
    assert modes.pop(Path("principals")) == 0o700
    assert set(modes.values()) == {0o600}
    assert len(modes) == 8  # authority, leaf, signing key, tenant, the owner's secret, three principals; no drafts


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    """It may not be one any more; the message names the file and what to do."""
    ca_certificate(DataDirectory(tmp_path), CountingClock())
    (tmp_path / "ca.key.pem").chmod(0o644)
    with pytest.raises(DataDirectoryError, match=r"ca\.key\.pem.* others can read it \(mode 644\): chmod 600"):
        ca_certificate(DataDirectory(tmp_path), CountingClock())


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("inner", ["", "principals"])
@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o702])
def test_a_folder_that_everybody_can_write_into_is_refused(tmp_path: Path, mode: int, inner: str) -> None:
    """Others could put an owner of theirs there; it is said which folder, and what to do."""
    home = DataDirectory(tmp_path / "home")
    open_directory(home)
    (home.folder / inner).chmod(mode)
    with pytest.raises(DataDirectoryError, match=f"can be written by everybody .*{mode:o}.* chmod 700"):
        open_directory(home)
    (home.folder / inner).chmod(0o770)
    assert open_directory(home).owner_secret


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_nothing_is_made_in_a_folder_that_everybody_can_write_into(tmp_path: Path) -> None:
    """A server is refused before its first key is there."""
    tmp_path.chmod(0o777)
    with pytest.raises(DataDirectoryError, match="can be written by everybody"):
        server_certificate(DataDirectory(tmp_path), (), CountingClock())
    assert list(tmp_path.iterdir()) == []


def test_the_authority_is_made_once(tmp_path: Path) -> None:
    """What clients trust stays; also the leaf, as long as it is good."""
    home, clock = DataDirectory(tmp_path), CountingClock()
    leaf = server_certificate(home, (), clock).read_bytes()
    ca = (tmp_path / "ca.pem").read_bytes()
    clock.time += 300 * DAY
    assert server_certificate(home, (), clock).read_bytes() == leaf
    assert (tmp_path / "ca.pem").read_bytes() == ca


def test_a_lost_copy_of_the_certificate_is_written_again(tmp_path: Path) -> None:
    """The public file is only a copy; what others wrote into it does not count."""
    path = ca_certificate(DataDirectory(tmp_path), CountingClock())
    before = path.read_bytes()
    path.write_text("something else")
    assert ca_certificate(DataDirectory(tmp_path), CountingClock()).read_bytes() == before


def test_a_leaf_is_renewed_in_time(tmp_path: Path) -> None:
    """A month before it expires, by the same authority; and when its file is broken."""
    home, clock = DataDirectory(tmp_path), CountingClock()
    path = server_certificate(home, (), clock)
    old = certificate(path)
    clock.time += 380 * DAY
    new = certificate(server_certificate(home, (), clock))
    assert new.not_valid_after_utc > old.not_valid_after_utc
    new.verify_directly_issued_by(certificate(tmp_path / "ca.pem"))
    path.write_bytes(b"broken")
    assert certificate(server_certificate(home, (), clock)).issuer == new.issuer


def test_a_leaf_follows_its_authority(tmp_path: Path) -> None:
    """A new authority, because the old one was deleted, signs a new leaf."""
    home, clock = DataDirectory(tmp_path), CountingClock()
    server_certificate(home, (), clock)
    (tmp_path / "ca.key.pem").unlink()
    leaf = certificate(server_certificate(home, (), clock))
    leaf.verify_directly_issued_by(certificate(tmp_path / "ca.pem"))


def test_an_expired_authority_is_said_so(tmp_path: Path) -> None:
    """It is not replaced silently: clients would have to trust the new one."""
    home, clock = DataDirectory(tmp_path), CountingClock()
    ca_certificate(home, clock)
    clock.time += 3651 * DAY
    with pytest.raises(DataDirectoryError, match=r"it was valid until 2033-.* Delete the file: a new one is made"):
        server_certificate(home, (), clock)


@pytest.mark.parametrize("how", ["empty", "garbage", "only the key", "another key"])
def test_a_broken_authority_is_said_so(tmp_path: Path, how: str) -> None:
    """The message names the file and what to do; nothing is overwritten."""
    home, clock = DataDirectory(tmp_path / "a"), CountingClock()
    ca_certificate(home, clock)
    path = home.folder / "ca.key.pem"
    key, mark, rest = path.read_bytes().partition(b"-----BEGIN CERT")
    ca_certificate(DataDirectory(tmp_path / "b"), clock)
    other = (tmp_path / "b" / "ca.key.pem").read_bytes().partition(b"-----BEGIN CERT")[0]
    content = {"empty": b"", "garbage": b"x\n", "only the key": key, "another key": other + mark + rest}[how]
    path.write_bytes(content)
    with pytest.raises(DataDirectoryError, match=r"ca\.key\.pem' cannot be used: .* Delete the file"):
        ca_certificate(home, clock)
    assert path.read_bytes() == content


def test_starting_at_once_makes_one_authority(tmp_path: Path) -> None:
    """Sixteen at the same time, with names of their own, agree on the authority and on every principal."""
    home = DataDirectory(tmp_path)

    def start(number: int) -> tuple[bytes, str, list[str]]:
        path = server_certificate(home, (f"host-{number}.test",), CountingClock())
        directory = open_directory(home)
        certificate(path).verify_directly_issued_by(certificate(tmp_path / "ca.pem"))
        assert certificate(path).public_key() == load_pem_private_key(path.read_bytes(), None).public_key()
        return (tmp_path / "ca.pem").read_bytes(), directory.tenant_id, [item.secret for item in directory.principals]

    with ThreadPoolExecutor(16) as pool:
        first, *others = pool.map(start, range(16))
    assert all(other == first for other in others)


def test_starting_at_once_makes_one_leaf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who finds that another start has made the certificate meanwhile takes that one: the other may be reading it."""
    home, make = DataDirectory(tmp_path), tls._leaf
    others: list[bytes] = []

    def meanwhile(*arguments: Any) -> bytes:
        monkeypatch.setattr(tls, "_leaf", make)
        others.append(server_certificate(home, (), CountingClock()).read_bytes())
        return make(*arguments)

    monkeypatch.setattr(tls, "_leaf", meanwhile)
    assert [server_certificate(home, (), CountingClock()).read_bytes()] == others


@pytest.mark.parametrize("name", ["", "no name", "-x", "a..b", "x" * 64, "http://x", "a*.b", "300.1.1.1.", "é"])
def test_no_certificate_for_what_is_no_name(name: str) -> None:
    """The message repeats it and says what was expected."""
    with pytest.raises(ValueError, match="neither a host name nor an IP address"):
        checked_name(name)


@pytest.mark.parametrize(("name", "usual"), [("LocalHost", "localhost"), ("0:0:0:0:0:0:0:1", "::1"), ("*.a", "*.a")])
def test_names_in_their_usual_form(name: str, usual: str) -> None:
    """Lower case, and one form for an address."""
    assert checked_name(name) == usual
    if ":" in usual:
        ipaddress.ip_address(usual)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A file stands in its place: the message names what could not be written."""
    (tmp_path / "file").write_text("")
    with pytest.raises(DataDirectoryError, match=r"cannot (read|write) '.*file/ca\.key\.pem'"):
        ca_certificate(DataDirectory(tmp_path / "file"), CountingClock())


def test_where_it_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """VMSS_HOME wins; else it is the user's place for data."""
    monkeypatch.setenv("VMSS_HOME", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv("VMSS_HOME")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert default_folder() == tmp_path / "data" / "vmss"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert default_folder() == tmp_path / "local" / "vmss"


def test_principals_are_kept(tmp_path: Path) -> None:
    """One that is asked for again keeps ids and secret, and gets the new role and scope."""
    home = DataDirectory(tmp_path)
    first = open_directory(home, (PrincipalSpec.parse("ops=reader"),)).named("ops")
    again = open_directory(home, (PrincipalSpec.parse("ops=Contributor@/subscriptions/s/resourceGroups/rg"),))
    second = open_directory(home).named("ops")
    assert first is not None
    assert second is not None
    assert (first.client_id, first.object_id, first.secret) == (second.client_id, second.object_id, second.secret)
    assert (second.role, second.scope) == ("Contributor", "/subscriptions/s/resourceGroups/rg")
    assert again.named("ops") == second


@pytest.mark.parametrize("name", ["tenant.json", "principals/reader.json", "signing.key.pem"])
@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"tenantId": 1}'])
def test_a_broken_file_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    """And what to do about it; its content is not repeated."""
    home = DataDirectory(tmp_path)
    open_directory(home)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataDirectoryError, match=r"is not what it should be\. Delete the file") as caught:
        open_directory(home)
    assert name in str(caught.value)


def test_nothing_heavy_before_it_is_needed() -> None:
    """The emulator in process and the server's options load no cryptography."""
    code = "import sys, vmss_sdk.emulator.app, vmss_sdk.emulator.server; vmss_sdk.emulator.app.Emulator()"
    show = "print([name for name in ('cryptography', 'jwt', 'ssl') if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", f"{code}; {show}"], check=True, capture_output=True, text=True)
    assert run.stdout == "[]\n"
