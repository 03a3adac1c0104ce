"""Connection settings from environment variables: one precedence for Python, command line, PowerShell.

What is said in the code wins over a variable, and an empty variable counts as not set.

**Where**: the first of

1. ``VMSS_ENDPOINT``: a URL, or ``in-process`` for an emulator in this process;
2. ``AZURE_CLOUD``: ``AzureCloud``, ``AzureChinaCloud``, ``AzureUSGovernment``, or azure-core's names for them;
3. ``AZURE_AUTHORITY_HOST``, when it is the authority of one of these clouds;
4. public Azure.

**Which state**, for an emulator in this process: ``VMSS_STATE``, the path of a file in which it is kept; without it the
emulator begins empty and ends with the process.

**Which subscription**: ``AZURE_SUBSCRIPTION_ID``. Only an emulator in this process needs none.

**As whom**: the first of

1. nobody, for an emulator in this process;
2. ``VMSS_ACCESS_TOKEN``: this very token;
3. nobody over plain HTTP, by which only an emulator on this machine is reached;
4. in Azure's clouds what azure-identity's ``DefaultAzureCredential`` finds: a service principal (``AZURE_TENANT_ID``,
   ``AZURE_CLIENT_ID`` and ``AZURE_CLIENT_SECRET`` or ``AZURE_CLIENT_CERTIFICATE_PATH``), workload identity
   (``AZURE_FEDERATED_TOKEN_FILE``), managed identity (``IDENTITY_ENDPOINT``, ``MSI_ENDPOINT``), the login of az, of
   Azure PowerShell …; ``AZURE_TOKEN_CREDENTIALS`` narrows that down;
5. anywhere else the same, but only when variables name the credential, and a service principal only together with
   ``AZURE_AUTHORITY_HOST``: neither a login nor a secret that is meant for Azure goes anywhere else;
6. over HTTPS on this machine, without such variables: the owner of the data directory (``VMSS_HOME``, see
   `vmss_sdk.data_directory`), by the secret that an emulator's server left there for its owner alone;
7. anywhere else without such variables: nobody.

**For whom tokens are**: ``VMSS_AUDIENCE``, else the audience of the cloud, else the endpoint.

**Whom to trust**: ``VMSS_CA_BUNDLE``, ``REQUESTS_CA_BUNDLE``, ``CURL_CA_BUNDLE``: the path of a CA bundle, for the
service and for the authority. Who calls as the owner of the data directory trusts the certificate that is there, and no
other; so ``VMSS_CA_BUNDLE`` says that another server is meant, to which that secret does not go. Proxies:
``HTTPS_PROXY``, ``HTTP_PROXY``, ``NO_PROXY``; see `HttpTransport`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Self

import attrs

from vmss_sdk.cloud import DEFAULT_SUBSCRIPTION, Cloud
from vmss_sdk.credentials import StaticTokenCredential, TokenCredential
from vmss_sdk.data_directory import CA_FILE, OWNER_SECRET_FILE, DataDirectoryError, default_folder, read_secret
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.transport.origin import Origin

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Environment", "LocalLogin"]

_IN_PROCESS = "in-process"
_SECRET = ("AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PATH")
_NAMED = (*_SECRET, "AZURE_FEDERATED_TOKEN_FILE", "AZURE_TOKEN_CREDENTIALS", "IDENTITY_ENDPOINT", "MSI_ENDPOINT")
_PRINCIPAL = ("AZURE_TENANT_ID", "AZURE_CLIENT_ID")


@attrs.frozen
class LocalLogin:
    """How the owner of a data directory calls an emulator's server on this machine.

    Attributes:
        credential: Its secret.
        ca_bundle: The path of the certificate to trust, and no other: nobody else on this machine has its key, so the
            secret reaches no other server that listens there.
    """

    credential: StaticTokenCredential = attrs.field(repr=False)
    ca_bundle: str

    @classmethod
    def find(cls, endpoint: str, variables: Mapping[str, str] | None = None) -> Self | None:
        """The login for an endpoint; None when it is no HTTPS on this machine, or no server left a secret.

        Args:
            endpoint: A URL.
            variables: By default the environment of this process.

        Raises:
            ClientUsageError: Others could have read or put it there.
        """
        origin = Origin.of(endpoint)
        if origin.scheme != "https" or not origin.is_loopback:
            return None
        folder = default_folder(variables).absolute()
        try:
            secret = read_secret(folder / OWNER_SECRET_FILE)
        except DataDirectoryError as error:
            raise ClientUsageError(str(error)) from None
        bundle = folder / CA_FILE
        if secret is None or not bundle.exists():
            return None
        return cls(StaticTokenCredential(secret.decode("ascii", "replace").strip()), str(bundle))


class _Variables:
    """Variables, of which an empty one is not set. It shows none of them."""

    def __init__(self, variables: Mapping[str, str], instead: Mapping[str, str | None]) -> None:
        self.variables = variables
        self._instead = instead

    def __getitem__(self, name: str) -> str | None:
        return (self._instead.get(name) or self.variables.get(name) or "").strip() or None


@attrs.frozen(kw_only=True)
class Environment:
    """What the environment says about where to connect, and as whom; no secret is in its ``repr``.

    Attributes:
        subscription_id: None when it is not set, for an emulator in this process; one on this machine has
            `vmss_sdk.cloud.DEFAULT_SUBSCRIPTION` then.
        endpoint: None for an emulator in this process.
        state: The path of the file in which that emulator's state is kept; None: nowhere.
        audience: Whom tokens are for.
        authority_host: Who gives tokens; None when that is not known.
        ca_bundle: Path; None for the usual authorities.
    """

    subscription_id: str | None
    endpoint: str | None
    state: str | None
    audience: str
    authority_host: str | None
    ca_bundle: str | None
    _token: StaticTokenCredential | None = attrs.field(repr=False)
    _said: _Variables = attrs.field(repr=False)

    @classmethod
    def read(
        cls,
        variables: Mapping[str, str] | None = None,
        *,
        subscription_id: str | None = None,
        endpoint: str | None = None,
        state: str | os.PathLike[str] | None = None,
    ) -> Self:
        """Read and check the variables; nothing is sent, and azure-identity is not needed for it.

        Args:
            variables: By default those of this process; azure-identity always reads those of this process.
            subscription_id: Wins over the variable.
            endpoint: Wins over the variable.
            state: Wins over the variable.

        Raises:
            ClientUsageError: A variable is missing or wrong, or two contradict each other; the error names them and
                says what to set.
        """
        file = None if state is None else os.fspath(state)
        instead = {"AZURE_SUBSCRIPTION_ID": subscription_id, "VMSS_ENDPOINT": endpoint, "VMSS_STATE": file}
        said = _Variables(os.environ if variables is None else variables, instead)
        cloud, place = _cloud_or_endpoint(said)
        local = _local_login(said, place)
        subscription = said["AZURE_SUBSCRIPTION_ID"] or _default_subscription(place)
        if place is not None and not subscription:
            raise ClientUsageError(
                f"AZURE_SUBSCRIPTION_ID is not set: set it to the id of the subscription at {place}"
                " (`az account show --query id -o tsv` prints it; an emulator takes any id)"
            )
        if place is not None and state is not None:
            raise ClientUsageError(
                f"a state file is for an emulator in this process, but the service is at {place}: leave the state file"
                f" out, or say {_IN_PROCESS!r} for the endpoint"
            )
        return cls(
            subscription_id=subscription,
            endpoint=place,
            state=said["VMSS_STATE"] if place is None else None,
            audience=said["VMSS_AUDIENCE"] or (cloud.audience if cloud else place or ""),
            authority_host=said["AZURE_AUTHORITY_HOST"] or (cloud.authority_host if cloud else None),
            ca_bundle=_ca_bundle(said) if local is None else local.ca_bundle,
            token=_token(said) if local is None else local.credential,
            said=said,
        )

    def credential(self) -> TokenCredential | None:
        """Who gives the tokens; None when none are to be sent.

        Raises:
            ClientUsageError: The variables of a credential contradict each other, azure-identity is needed and not
                installed, or it refuses what they say.
        """
        if self.endpoint is None or self._token is not None:
            return self._token if self.endpoint else None
        azure = Cloud.at(self.endpoint) is not None
        if Origin.of(self.endpoint).scheme == "http" or not (azure or any(self._said[name] for name in _NAMED)):
            return None
        _check_secret(self._said, self.endpoint, azure=azure)
        return _default_credential(self._identity_options())

    def _identity_options(self) -> dict[str, Any]:
        options: dict[str, Any] = {} if self.ca_bundle is None else {"connection_verify": self.ca_bundle}
        if self.authority_host is not None:
            options["authority"] = self.authority_host
            # What is no authority of Azure cannot be looked up there.
            options["disable_instance_discovery"] = Cloud.of_authority(self.authority_host) is None
        return options


def _default_subscription(place: str | None) -> str | None:
    """An emulator on this machine takes any subscription, so that nobody has to name one; Azure's has to be named."""
    if place is None:
        return None
    origin = Origin.of(place)
    return DEFAULT_SUBSCRIPTION if origin.scheme == "http" or origin.is_loopback else None


def _local_login(said: _Variables, place: str | None) -> LocalLogin | None:
    if place is None or any(said[name] for name in ("VMSS_ACCESS_TOKEN", "VMSS_CA_BUNDLE", *_NAMED)):
        return None
    return LocalLogin.find(place, said.variables)


def _cloud_or_endpoint(said: _Variables) -> tuple[Cloud | None, str | None]:
    """The cloud of Azure, if it is one, and the endpoint, if it is not in this process."""
    if endpoint := said["VMSS_ENDPOINT"]:
        if endpoint.lower() == _IN_PROCESS:
            return None, None
        return _at("VMSS_ENDPOINT", endpoint), endpoint.rstrip("/")
    cloud = _cloud(said)
    return cloud, cloud.endpoint


def _at(name: str, endpoint: str) -> Cloud | None:
    try:
        return Cloud.at(endpoint)
    except ClientUsageError as error:
        raise ClientUsageError(f"{name}: {error}; or {_IN_PROCESS!r}") from None


def _cloud(said: _Variables) -> Cloud:
    authority, name = said["AZURE_AUTHORITY_HOST"], said["AZURE_CLOUD"]
    told = None if authority is None else Cloud.of_authority(authority)
    if name is not None:
        return _named(name, told)
    if authority is not None and told is None:
        raise ClientUsageError(
            f"AZURE_AUTHORITY_HOST is {authority!r}, which belongs to no cloud of Azure, and nothing says where the"
            " service is: set VMSS_ENDPOINT to its URL as well, or unset AZURE_AUTHORITY_HOST for public Azure"
        )
    return told or Cloud.PUBLIC


def _named(name: str, told: Cloud | None) -> Cloud:
    try:
        cloud = Cloud.named(name)
    except ClientUsageError as error:
        raise ClientUsageError(f"AZURE_CLOUD: {error} (VMSS_ENDPOINT)") from None
    if told not in (None, cloud):
        raise ClientUsageError(
            f"AZURE_CLOUD is {name!r}, but AZURE_AUTHORITY_HOST belongs to another cloud: its tokens are refused there;"
            f" unset AZURE_AUTHORITY_HOST, or set it to {cloud.authority_host!r}"
        )
    return cloud


def _check_secret(said: _Variables, endpoint: str, *, azure: bool) -> None:
    """A service principal must be whole, and its secret must not go where it was not meant to."""
    secret = next((name for name in _SECRET if said[name]), None)
    if secret is None:
        return
    missing = [name for name in _PRINCIPAL if not said[name]]
    if missing:
        raise ClientUsageError(
            f"{secret} is set, but {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not:"
            " set them together, or unset the secret for another way to log in"
        )
    if not azure and said["AZURE_AUTHORITY_HOST"] is None:
        raise ClientUsageError(
            f"{secret} is set, but {endpoint} is not Azure, so it is not known who may see it: set"
            " AZURE_AUTHORITY_HOST to the authority that gives tokens for this endpoint (for an emulator its own URL),"
            f" set VMSS_ACCESS_TOKEN instead, or unset {secret} to send no token"
        )


def _token(said: _Variables) -> StaticTokenCredential | None:
    token = said["VMSS_ACCESS_TOKEN"]
    if token is None:
        return None
    try:
        return StaticTokenCredential(token)
    except ClientUsageError:
        raise ClientUsageError(
            "VMSS_ACCESS_TOKEN cannot be sent: expected the token alone, ASCII without blanks and without the word"
            " Bearer (it is not shown here)"
        ) from None


def _ca_bundle(said: _Variables) -> str | None:
    for name in ("VMSS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        if path := said[name]:
            if not os.path.exists(path):
                raise ClientUsageError(f"{name} names the CA bundle {path!r}, which does not exist")
            return path
    return None


def _default_credential(options: dict[str, Any]) -> TokenCredential:
    try:
        from azure.identity import DefaultAzureCredential
    except ImportError:
        raise ClientUsageError(
            "the environment gives no token, and to log in azure-identity is needed, which is not installed:"
            " `pip install vmss-sdk[azure]`; or set VMSS_ACCESS_TOKEN"
            " (`az account get-access-token --query accessToken -o tsv` prints one)"
        ) from None
    try:
        credential: TokenCredential = DefaultAzureCredential(**options)
    except ValueError as error:
        raise ClientUsageError(f"azure-identity refuses what the environment says: {error}") from error
    return credential
