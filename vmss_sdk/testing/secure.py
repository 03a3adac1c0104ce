"""The same with HTTPS and tokens, for clients that insist on both: az, azure-identity, every client of an Azure SDK."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vmss_sdk.client import VmssClient
from vmss_sdk.emulator.app import Emulator, EntryPoint
from vmss_sdk.emulator.arm.identity.principal import Kind
from vmss_sdk.emulator.data_directory import DataDirectory
from vmss_sdk.emulator.in_thread import serving
from vmss_sdk.emulator.registrations import open_directory
from vmss_sdk.emulator.tls import ca_certificate, server_certificate
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.testing.server import EmulatorServer
from vmss_sdk.transport.base import WallClock
from vmss_sdk.transport.http import HttpTransport

if TYPE_CHECKING:
    from vmss_sdk.credentials import AccessToken
    from vmss_sdk.emulator.arm.identity.directory import Directory
    from vmss_sdk.emulator.arm.identity.principal import Principal

__all__ = ["SecureServer", "served_securely", "tenant_of"]

_BUNDLES = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")


class SecureServer(EmulatorServer):
    """The emulator of a test over HTTPS, where every call needs a token.

    There are the service principals ``contributor`` and ``reader`` and the managed identity ``managed-identity``.

    Attributes:
        ca: The file with the certificate to trust.
        tenant_id: The tenant.
    """

    def __init__(
        self,
        url: str,
        subscription_id: str,
        folder: Path,
        open_until: ExitStack,
        *,
        directory: Directory,
        data_directory: DataDirectory,
    ) -> None:
        """For the SDK's own use: see the fixture ``vmss_secure_server``."""
        super().__init__(url, subscription_id, folder, open_until)
        self.ca = str(ca_certificate(data_directory, WallClock()))
        self.tenant_id = directory.tenant_id
        self._directory = directory
        self._data_directory = data_directory

    @property
    def environment(self) -> dict[str, str]:
        """The variables by which programs find it, trust it and log in as ``contributor``; see `environment_of`."""
        return self.environment_of("contributor")

    def environment_of(self, principal: str) -> dict[str, str]:
        """The variables by which programs find it, trust its certificate, and log in as a principal.

        Args:
            principal: ``contributor``, ``reader`` or ``managed-identity``.

        Raises:
            ClientUsageError: There is none of this name.
        """
        found = self._principal(principal)
        bundles = dict.fromkeys(_BUNDLES, self.ca)
        return {**super().environment, **bundles, "AZURE_CLIENT_ID": found.client_id, **self._login(found)}

    def _login(self, principal: Principal) -> dict[str, str]:
        if principal.kind is Kind.MANAGED_IDENTITY:
            return {"IDENTITY_ENDPOINT": f"{self.url}/msi/token", "IDENTITY_HEADER": self._directory.identity_secret}
        return {
            "AZURE_AUTHORITY_HOST": self.url,
            "AZURE_TENANT_ID": self.tenant_id,
            "AZURE_CLIENT_SECRET": principal.secret,
        }

    def credential(self, principal: str = "contributor") -> Credential:
        """A credential without azure-identity, for our client and for those of the Azure SDKs.

        Args:
            principal: ``contributor``, ``reader`` or ``managed-identity``.

        Raises:
            ClientUsageError: There is none of this name.
        """
        return Credential(self._directory, self._principal(principal), self.url)

    def _make_client(self, options: dict[str, Any]) -> VmssClient:
        options.setdefault("credential", self.credential())
        options.setdefault("transport", HttpTransport(self.url, verify=self.ca))
        return super()._make_client(options)

    def log_in_az(self, principal: str = "contributor", az: str = "az") -> None:
        """Log the Azure CLI in, in the profile that `environment` names: scripts that call ``az`` find all ready.

        Args:
            principal: ``contributor`` or ``reader``.
            az: The program.

        Raises:
            ClientUsageError: There is no such principal, or logging in failed; the error has what was said.
            FileNotFoundError: The Azure CLI is not there.
        """
        found = self._principal(principal)
        secret = self._folder / "secret"
        secret.touch(mode=0o600)
        secret.write_text(found.secret)
        vmss = (sys.executable, "-m", "vmss_sdk.cli", "emulator", "az-env", str(self._folder / "azure"))
        place = ("--port", self.url.rpartition(":")[2], "--data-dir", str(self._data_directory.folder))
        who = ("--username", found.client_id, f"--password=@{secret}", "--tenant", self.tenant_id)
        for command in ((*vmss, *place), (az, "login", "--service-principal", *who, "--output", "none")):
            _succeeded(self.run(*command, timeout=120))

    def _principal(self, name: str) -> Principal:
        found = self._directory.named(name)
        if found is None:
            known = ", ".join(principal.name for principal in self._directory.principals)
            raise ClientUsageError(f"there is no principal {name!r}; there are {known}")
        return found


class Credential:
    """Tokens of a principal, asked for in this process."""

    def __init__(self, directory: Directory, principal: Principal, url: str) -> None:
        """For the SDK's own use: see `SecureServer.credential`."""
        self._directory = directory
        self._principal = principal
        self._url = url

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:  # noqa: ARG002  # as azure-identity's
        """A token for the server, whatever it is asked for."""
        from vmss_sdk.credentials import AccessToken

        given = self._directory.give(self._principal, self._url)
        return AccessToken(given.text, given.expires_on)

    def __repr__(self) -> str:
        return f"Credential({self._principal.name!r})"


def _succeeded(done: subprocess.CompletedProcess[str]) -> None:
    if done.returncode:
        raise ClientUsageError(f"{' '.join(map(str, done.args[:3]))} … failed: {done.stderr.strip()}")


def tenant_of(folder: Path) -> str:
    """The tenant whose certificates, keys and principals are in a folder; all are made when they are not there."""
    return open_directory(DataDirectory(folder)).tenant_id


@contextmanager
def served_securely(
    emulator: Emulator, subscription_id: str, data_directory: Path, folder: Path
) -> Iterator[SecureServer]:
    """Serve an emulator over HTTPS, with tokens.

    Args:
        emulator: Whom to serve.
        subscription_id: The subscription in the environment.
        data_directory: Where certificates, keys and principals are; servers may share it.
        folder: For what belongs to this server alone.
    """
    kept = DataDirectory(data_directory)
    directory = open_directory(kept)
    entrance = EntryPoint(emulator=emulator, skip_on_poll=True, directory=directory)
    certificate = server_certificate(kept, (), WallClock())
    with serving(entrance, certificate=certificate) as url, ExitStack() as open_until:
        yield SecureServer(url, subscription_id, folder, open_until, directory=directory, data_directory=kept)
