"""``vmss emulator trust`` and ``credentials``: what clients of the HTTPS server have to be told."""

import argparse
import os
import shlex
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from vmss_sdk.cli.shells import POWERSHELL, shell_of

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.identity.directory import Directory
    from vmss_sdk.emulator.arm.identity.principal import Principal
    from vmss_sdk.emulator.data_directory import DataDirectory

__all__ = ["bundle", "credentials", "guarded", "principal_named", "trust"]

_FAILED = 1
_BUNDLES = {
    "REQUESTS_CA_BUNDLE": "az, azure-identity, azure-mgmt-compute and whatever uses requests, vmss_sdk too",
    "SSL_CERT_FILE": "Python's ssl, OpenSSL, .NET and PowerShell on Linux, Go",
    "CURL_CA_BUNDLE": "curl",
    "NODE_EXTRA_CA_CERTS": "Node.js",
}
_TRUST = """
For one command
  curl --cacert {quoted} '{url}/metadata/endpoints?api-version=2022-09-01'
  Python: requests.get(url, verify={path!r}); HttpTransport({url!r}, verify={path!r})
PowerShell reads the system's store of certificates; for this user only, and gone again with the second line
  Windows: Import-Certificate -FilePath {powershell} -CertStoreLocation Cert:\\CurrentUser\\Root
           Remove-Item Cert:\\CurrentUser\\Root\\{thumbprint}
  macOS:   security add-trusted-cert -k ~/Library/Keychains/login.keychain-db {sh}
           security delete-certificate -t -Z {thumbprint}
  Linux:   SSL_CERT_FILE, as above

SSL_CERT_FILE, REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE replace what is trusted otherwise: with them, other HTTPS addresses
are refused."""


def trust(args: argparse.Namespace) -> int:
    """Print what to tell clients so that they trust the server; make its authority when there is none.

    Returns:
        0, or 1 when what is kept cannot be used.
    """
    return guarded("trust", args, _trust)


def credentials(args: argparse.Namespace) -> int:
    """Print the environment by which a client logs in as one of the principals; make them when there are none.

    Returns:
        0, or 1 when there is no such principal, or what is kept cannot be used.
    """
    return guarded("credentials", args, _credentials)


def guarded(command: str, args: argparse.Namespace, show: Callable[[argparse.Namespace, "DataDirectory"], None]) -> int:
    """Run a command about what is kept in the data directory, and say what is wrong with that.

    Returns:
        0, or 1 when it cannot be used.
    """
    from vmss_sdk.emulator.data_directory import DataDirectory, DataDirectoryError

    try:
        show(args, DataDirectory(args.data_dir))
    except DataDirectoryError as error:
        text = str(error)
    except ModuleNotFoundError as error:
        if error.name not in ("cryptography", "jwt"):
            raise
        text = f"it needs {error.name}: pip install 'vmss-sdk[server]'"
    else:
        return 0
    print(f"vmss emulator {command}: {text}", file=sys.stderr)
    return _FAILED


def _trust(args: argparse.Namespace, data_directory: "DataDirectory") -> None:
    path, shell = bundle(data_directory), shell_of(args)
    print("# The certificate that clients of 'vmss emulator start --tls' have to trust:", f"# {path}", sep="\n")
    for name, readers in _BUNDLES.items():
        print(f"{shell.set(name, path)}  # {readers}")
    url = f"https://localhost:{args.port}"
    more = _TRUST.format(
        path=path,
        quoted=shell.quote(path),
        sh=shlex.quote(path),
        powershell=POWERSHELL.quote(path),
        url=url,
        thumbprint=_thumbprint(path),
    )
    print("\n".join(f"# {line}".rstrip() for line in more.splitlines()))


def _thumbprint(path: str) -> str:
    """By which the stores of Windows and macOS know a certificate."""
    import hashlib
    import ssl
    from pathlib import Path

    certificate = ssl.PEM_cert_to_DER_cert(Path(path).read_text())
    return hashlib.sha1(certificate, usedforsecurity=False).hexdigest().upper()


def _credentials(args: argparse.Namespace, data_directory: "DataDirectory") -> None:
    from vmss_sdk.emulator.registrations import open_directory

    directory = open_directory(data_directory)
    principal = principal_named(directory, args.name, data_directory)
    url = f"https://localhost:{args.port}"
    variables = _environment(directory, principal, url)
    print(f"# {principal.name}: {principal.role} of {principal.scope}")
    if not os.environ.get("AZURE_SUBSCRIPTION_ID"):
        from vmss_sdk.cloud import DEFAULT_SUBSCRIPTION

        variables = {"AZURE_SUBSCRIPTION_ID": DEFAULT_SUBSCRIPTION, **variables}
    for name, value in {"VMSS_ENDPOINT": url, **variables, "REQUESTS_CA_BUNDLE": bundle(data_directory)}.items():
        print(shell_of(args).set(name, value))


def principal_named(directory: "Directory", name: str, data_directory: "DataDirectory") -> "Principal":
    """A principal.

    Raises:
        DataDirectoryError: There is none of this name; the text says which there are.
    """
    from vmss_sdk.emulator.data_directory import DataDirectoryError

    principal = directory.named(name)
    if principal is None:
        known = ", ".join(item.name for item in directory.principals)
        raise DataDirectoryError(
            f"there is no principal '{name}' in '{data_directory.folder}'; there are {known}."
            " A new one is made by: vmss emulator start --tls --principal NAME=ROLE"
        )
    return principal


def bundle(data_directory: "DataDirectory") -> str:
    """The file with the certificate to trust; made when there is none.

    Raises:
        DataDirectoryError: What is kept cannot be used.
    """
    from vmss_sdk.emulator.tls import ca_certificate
    from vmss_sdk.transport.base import WallClock

    return str(ca_certificate(data_directory, WallClock()))


def _environment(directory: "Directory", principal: "Principal", url: str) -> dict[str, str]:
    from vmss_sdk.emulator.arm.identity.principal import Kind

    if principal.kind is Kind.MANAGED_IDENTITY:
        return {
            "AZURE_CLIENT_ID": principal.client_id,
            "IDENTITY_ENDPOINT": f"{url}/msi/token",
            "IDENTITY_HEADER": directory.identity_secret,
        }
    return {
        "AZURE_AUTHORITY_HOST": url,
        "AZURE_TENANT_ID": directory.tenant_id,
        "AZURE_CLIENT_ID": principal.client_id,
        "AZURE_CLIENT_SECRET": principal.secret,
    }
