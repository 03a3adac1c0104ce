"""Certificates for the HTTPS server: an authority that is made once, and a leaf for the names it is served under."""

from __future__ import annotations

import hashlib
import ipaddress
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vmss_sdk.data_directory import CA_FILE
from vmss_sdk.emulator.arm.names import LOCAL_NAMES
from vmss_sdk.emulator.data_directory import DataDirectory, DataDirectoryError

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

    from vmss_sdk.transport.base import Clock

__all__ = ["ca_certificate", "checked_name", "server_certificate"]

_CA_SECRET = "ca.key.pem"
_CA_LIFE = timedelta(days=3650)
_LEAF_LIFE = timedelta(days=397)  # more is refused by some verifiers
_RENEW_BEFORE = timedelta(days=30)
_BACKDATED = timedelta(days=1)  # clocks of containers and virtual machines differ
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST_NAME = re.compile(rf"(?:\*\.)?{_LABEL}(?:\.{_LABEL})*", re.IGNORECASE | re.ASCII)
_LONGEST_NAME = 253


def ca_certificate(data_directory: DataDirectory, clock: Clock) -> Path:
    """Where the certificate of the authority is; the authority is made when there is none.

    Raises:
        DataDirectoryError: Its file is not what it should be, or it has expired.
        ImportError: cryptography is not installed.
    """
    certificate, _ = _authority(data_directory, _moment(clock))
    return data_directory.publish(CA_FILE, _pem(certificate))


def server_certificate(data_directory: DataDirectory, names: tuple[str, ...], clock: Clock) -> Path:
    """A file with the key and the certificate of a server; made, or renewed, when it is needed.

    Args:
        data_directory: Where authority and leaf are kept.
        names: Host names and IP addresses besides `LOCAL_NAMES`.
        clock: By which certificates age.

    Raises:
        DataDirectoryError: The authority cannot be used, or files cannot be written.
        ValueError: A name is none.
        ImportError: cryptography is not installed.
    """
    now = _moment(clock)
    wanted = tuple(sorted({checked_name(name) for name in (*LOCAL_NAMES, *names)}))
    ca_certificate(data_directory, clock)
    authority, key = _authority(data_directory, now)
    # a file for each set of names: servers that start at the same time do not take each other's away
    file = f"server-{hashlib.sha256(' '.join(wanted).encode()).hexdigest()[:12]}.pem"
    # who comes second takes what the first has made: it may be reading key and certificate one after the other
    found = data_directory.secret(file, lambda: _leaf(authority, key, wanted, now))
    if not _serves(found, authority, wanted, now):
        data_directory.replace_secret(file, _leaf(authority, key, wanted, now))
    return data_directory.folder / file


def checked_name(name: str) -> str:
    """A host name in lower case, or an IP address in its usual form.

    Raises:
        ValueError: It is neither.
    """
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        pass
    if len(name) <= _LONGEST_NAME and _HOST_NAME.fullmatch(name):
        return name.lower()
    raise ValueError(f"'{name}' is neither a host name nor an IP address: a certificate cannot be made for it")


def _moment(clock: Clock) -> datetime:
    return datetime.fromtimestamp(clock.now(), UTC)


def _authority(data_directory: DataDirectory, now: datetime) -> tuple[x509.Certificate, EllipticCurvePrivateKey]:
    content = data_directory.secret(_CA_SECRET, lambda: _new_authority(now))
    path = data_directory.folder / _CA_SECRET
    try:
        certificate, key = _read(content)
    except (ValueError, TypeError):
        raise DataDirectoryError(_unusable(path, "it is not the key and the certificate of an authority")) from None
    if not _signed_by(certificate, certificate) or certificate.public_key() != key.public_key():
        raise DataDirectoryError(_unusable(path, "its key and its certificate do not belong together"))
    if not certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc:
        raise DataDirectoryError(_unusable(path, f"it was valid until {certificate.not_valid_after_utc:%Y-%m-%d}"))
    return certificate, key


def _unusable(path: Path, why: str) -> str:
    return (
        f"the certificate authority in '{path}' cannot be used: {why}."
        " Delete the file: a new one is made, which clients have to be told to trust anew (vmss emulator trust)"
    )


def _read(content: bytes) -> tuple[x509.Certificate, EllipticCurvePrivateKey]:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key: PrivateKeyTypes = load_pem_private_key(content, None)
    if not isinstance(key, EllipticCurvePrivateKey):
        raise TypeError("another kind of key")
    return x509.load_pem_x509_certificate(content), key


def _signed_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _new_authority(now: datetime) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    number = x509.random_serial_number()
    name = _name(f"vmss emulator CA {number & 0xFFFFFFFF:08x}")  # told apart where several are trusted
    usage = _usage(key_cert_sign=True, crl_sign=True)
    builder = (
        _certificate(name, name, key, now, _CA_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    )
    return _signed(builder, key, key)


def _leaf(
    authority: x509.Certificate, authority_key: EllipticCurvePrivateKey, names: tuple[str, ...], now: datetime
) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID

    key = ec.generate_private_key(ec.SECP256R1())
    identifier = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    issuer = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)
    life = min(_LEAF_LIFE, authority.not_valid_after_utc - now)
    builder = (
        _certificate(_name("vmss emulator"), authority.subject, key, now, life)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(issuer, critical=False)
    )
    return _signed(builder, authority_key, key)


def _serves(content: bytes, authority: x509.Certificate, names: tuple[str, ...], now: datetime) -> bool:
    from cryptography import x509

    try:
        certificate, key = _read(content)
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, TypeError, x509.ExtensionNotFound):
        return False
    lasts = certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc - _RENEW_BEFORE
    whole = certificate.public_key() == key.public_key() and set(map(_general_name, names)) <= set(found)
    return lasts and whole and _signed_by(certificate, authority)


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: EllipticCurvePrivateKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    from cryptography import x509

    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _signed(builder: x509.CertificateBuilder, signer: EllipticCurvePrivateKey, key: EllipticCurvePrivateKey) -> bytes:
    """The file of a certificate: its own key, and itself."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return text + _pem(builder.sign(signer, hashes.SHA256()))


def _pem(certificate: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM)


def _name(text: str) -> x509.Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _general_name(name: str) -> x509.GeneralName:
    from cryptography import x509

    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _usage(**wanted: bool) -> x509.KeyUsage:
    from cryptography import x509

    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    values: dict[str, Any] = {name: wanted.get(name, False) for name in names}
    return x509.KeyUsage(**values)
