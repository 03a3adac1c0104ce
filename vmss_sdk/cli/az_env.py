"""``vmss emulator az-env``: a profile for the unmodified Azure CLI, and the lines by which a shell uses it."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from vmss_sdk.cli.shells import Shell, shell_of
from vmss_sdk.cli.trust import bundle, guarded, principal_named

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.identity.directory import Directory
    from vmss_sdk.emulator.arm.identity.principal import Principal
    from vmss_sdk.emulator.data_directory import DataDirectory

__all__ = ["az_env"]

_CLOUD = "VmssEmulator"
_MARK = "vmss-emulator.txt"  # az rewrites its own files, and would lose a comment in them
_MARK_TEXT = "This profile of the Azure CLI belongs to 'vmss emulator az-env', which writes it anew.\n"
_CONFIG = f"""[core]
collect_telemetry = no
survey_message = no
instance_discovery = false
login_experience_v2 = off
[auto-upgrade]
enable = no
[extension]
use_dynamic_install = no
[cloud]
name = {_CLOUD}
"""
_ENDPOINTS = f"""[{_CLOUD}]
endpoint_resource_manager = {{url}}
endpoint_management = {{url}}/
endpoint_active_directory = {{url}}/
endpoint_active_directory_resource_id = {{url}}/
endpoint_active_directory_graph_resource_id = {{url}}/
endpoint_microsoft_graph_resource_id = {{url}}/
endpoint_vm_image_alias_doc = {{url}}/metadata/imageAliases
"""
_SUFFIXES = {
    "acr_login_server_endpoint": ".{acrLoginServer}",
    "attestation_endpoint": ".{attestationEndpoint}",
    "keyvault_dns": ".{keyVaultDns}",
    "mariadb_server_endpoint": ".{mariadbServerEndpoint}",
    "mhsm_dns": ".{mhsmDns}",
    "mysql_server_endpoint": ".{mysqlServerEndpoint}",
    "postgresql_server_endpoint": ".{postgresqlServerEndpoint}",
    "sql_server_hostname": ".{sqlServerHostname}",
    "storage_endpoint": "{storage}",
    "storage_sync_endpoint": "{storageSyncEndpointSuffix}",
    "synapse_analytics_endpoint": ".{synapseAnalytics}",
}
"""az's names of the suffixes that ``/metadata/endpoints`` tells; az wants a dot in front of most."""
_SECRET = "secret"
_LOGINS = ("azureProfile.json", "msal_token_cache.json", "msal_token_cache.bin", "service_principal_entries.json")
"""What an earlier login left; one to another server, or as somebody else, is of no use any more."""


def az_env(args: argparse.Namespace) -> int:
    """Write the profile, and print the lines that make a shell use it and log in.

    Returns:
        0, or 1 when the folder or what is kept cannot be used.
    """
    return guarded("az-env", args, _prepare)


def _prepare(args: argparse.Namespace, data_directory: "DataDirectory") -> None:
    from vmss_sdk.emulator.registrations import open_directory

    directory = open_directory(data_directory)
    principal = principal_named(directory, args.name, data_directory)
    folder = _folder(Path(args.folder).expanduser().absolute() if args.folder else data_directory.folder / "az")
    url = f"https://localhost:{args.port}"
    mark = f"{_MARK_TEXT}{principal.client_id} of {directory.tenant_id} at {url}\n"
    if not _is(folder / _MARK, mark):
        for name in _LOGINS:
            (folder / name).unlink(missing_ok=True)
    _write(folder / _MARK, mark)
    _write(folder / "config", _CONFIG)
    _write(folder / "clouds.config", _clouds(url))
    shell = shell_of(args)
    lines = {"AZURE_CONFIG_DIR": str(folder), "REQUESTS_CA_BUNDLE": bundle(data_directory)}
    print(f"# az as {principal.name} ({principal.role}) on {url}, which has to be there")
    for name, value in lines.items():
        print(shell.set(name, value))
    print(*_login(shell, folder, directory, principal, url), sep="\n")


def _clouds(url: str) -> str:
    """The emulator as a cloud of az's."""
    from vmss_sdk.emulator.arm.resources.cloud import SUFFIXES

    suffixes = (f"suffix_{name} = {form.format_map(SUFFIXES)}\n" for name, form in _SUFFIXES.items())
    return _ENDPOINTS.format(url=url) + "".join(suffixes)


def _login(shell: Shell, folder: Path, directory: "Directory", principal: "Principal", url: str) -> list[str]:
    """The lines that log in; the secret stays in a file."""
    from vmss_sdk.emulator.arm.identity.principal import Kind

    secret = folder / _SECRET
    if principal.kind is Kind.MANAGED_IDENTITY:
        _write(secret, directory.identity_secret)
        return [
            shell.set("IDENTITY_ENDPOINT", f"{url}/msi/token"),
            shell.set_from_file("IDENTITY_HEADER", str(secret)),
            shell.if_there("az", "az login --identity --output none"),
        ]
    _write(secret, principal.secret)
    password = shell.quote(f"--password=@{secret}")  # one word: a secret that begins with `-` is no option so
    return [
        shell.if_there(
            "az",
            f"az login --service-principal --username {principal.client_id} {password}"
            f" --tenant {directory.tenant_id} --output none",
        )
    ]


def _folder(folder: Path) -> Path:
    """The folder, made when there is none.

    Raises:
        DataDirectoryError: It holds something else, such as the profile of the real Azure, or cannot be made.
    """
    from vmss_sdk.emulator.data_directory import DataDirectoryError

    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        inside = any(folder.iterdir())
        ours = (folder / _MARK).is_file()
    except OSError as error:
        raise DataDirectoryError(f"'{folder}' cannot be used: {(error.strerror or str(error)).lower()}") from None
    if inside and not ours:
        raise DataDirectoryError(
            f"'{folder}' is not empty and was not written by this command, so nothing in it is changed."
            " Name a folder that is not there yet"
        )
    return folder


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8", errors="replace") == text


def _write(path: Path, text: str) -> None:
    from vmss_sdk.emulator.data_directory import DataDirectoryError

    try:
        path.unlink(missing_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise DataDirectoryError(f"'{path}' cannot be written: {(error.strerror or str(error)).lower()}") from None
