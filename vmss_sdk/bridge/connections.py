"""The connections of a session, by name."""

from __future__ import annotations

import importlib
import os
import threading
from collections.abc import Mapping
from typing import Any

import attrs

from vmss_sdk.bridge.failures import INVALID_PARAMS, RpcError
from vmss_sdk.bridge.tracing import trace
from vmss_sdk.client import VmssClient
from vmss_sdk.cloud import DEFAULT_SUBSCRIPTION, Cloud
from vmss_sdk.credentials import StaticTokenCredential, TokenCredential
from vmss_sdk.environment import LocalLogin
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.transport.http import HttpTransport

__all__ = ["DEFAULT", "Connected", "Connections", "Recipe"]

DEFAULT = "default"
"""The connection of requests that name none."""

_AZURE = "https://management.azure.com"
_EMULATED_CLOCK = "virtual"
_OF_CONNECTIONS = (
    "VMSS_",
    "AZURE_",
    "IDENTITY_",
    "MSI_",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "REQUESTS_",
    "CURL_",
)


@attrs.frozen(kw_only=True)
class Recipe:
    """How a connection is made.

    Attributes:
        kind: ``endpoint``, ``inProcess``, ``azure`` or ``environment``.
        endpoint: For ``endpoint``: where it is. For ``azure``: another cloud.
        subscription_id: The subscription.
        token: A bearer token that was fetched elsewhere. Never shown.
        tenant_id: Of a service principal.
        client_id: Of a service principal.
        client_secret: Of a service principal. Never shown.
        authority: Who gives tokens, when that is not the public cloud.
        audience: For whom tokens are asked, when that is not the endpoint.
        ca_file: A file with the certificates to trust.
        clock: For ``inProcess``: ``virtual``, ``scaled:60`` or ``system``.
        seed: For ``inProcess``: of everything that varies.
        variables: For ``environment``: those of the program that asks, which may have changed them since it started
            this process. Never shown.
        polling_interval: Seconds between two polls when the service does not say.
    """

    kind: str = "environment"
    endpoint: str | None = None
    subscription_id: str | None = None
    token: str | None = attrs.field(default=None, repr=False)
    tenant_id: str | None = None
    client_id: str | None = None
    client_secret: str | None = attrs.field(default=None, repr=False)
    authority: str | None = None
    audience: str | None = None
    ca_file: str | None = None
    clock: str | None = None
    seed: int | None = None
    variables: Mapping[str, str] | None = attrs.field(default=None, repr=False)
    polling_interval: float | None = None


@attrs.define(eq=False)
class Connected:
    """One connection.

    Attributes:
        name: Its name.
        kind: How it was made.
        client: Who asks.
        credential: What kind of credential it has; empty without one.
        waiting: Held while somebody lets virtual time pass, which all waiting for it share.
    """

    name: str
    kind: str
    client: VmssClient
    credential: str
    waiting: threading.Lock = attrs.field(factory=threading.Lock, repr=False)

    @property
    def document(self) -> dict[str, Any]:
        """What can be told of it."""
        return {
            "Name": self.name,
            "Kind": self.kind,
            "Endpoint": self.client.endpoint,
            "SubscriptionId": self.client.subscription_id,
            "Credential": self.credential or None,
        }


class Connections:
    """The connections of this process; threads may share them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, Connected] = {}

    def connect(self, name: str, recipe: Recipe) -> Connected:
        """Make a connection; one of that name is closed. Nothing is sent.

        Raises:
            ClientUsageError: The recipe does not make one.
        """
        maker = _MAKERS.get(recipe.kind)
        if maker is None:
            raise RpcError(INVALID_PARAMS, f"connect: kind must be one of {', '.join(_MAKERS)}, got {recipe.kind!r}")
        client, credential = maker(recipe)
        trace(client)
        connected = Connected(name, recipe.kind, client, credential)
        with self._lock:
            before, self._open[name] = self._open.get(name), connected
        if before is not None:
            before.client.close()
        return connected

    def find(self, name: str | None) -> Connected:
        """A connection; the default one is made from the environment when it is first asked for.

        Raises:
            RpcError: There is none of that name.
            ClientUsageError: The environment does not say whom to ask.
        """
        wanted = name or DEFAULT
        with self._lock:
            found = self._open.get(wanted)
        if found is not None:
            return found
        if wanted == DEFAULT:
            return self.connect(DEFAULT, Recipe())
        raise RpcError(INVALID_PARAMS, f"there is no connection {wanted!r}; make it with the method connect")

    def disconnect(self, name: str) -> bool:
        """Close a connection; an emulator in this process is gone with it.

        Returns:
            Whether there was one.
        """
        with self._lock:
            found = self._open.pop(name, None)
        if found is not None:
            found.client.close()
        return found is not None

    def all(self) -> list[Connected]:
        """Those that are open."""
        with self._lock:
            return list(self._open.values())


def _at_endpoint(recipe: Recipe) -> tuple[VmssClient, str]:
    if not recipe.endpoint:
        raise ClientUsageError("a connection to an endpoint needs its URL, for example http://127.0.0.1:8677")
    endpoint, credential = recipe.endpoint, _credential(recipe)
    if credential is None and not recipe.ca_file and (local := LocalLogin.find(endpoint)):
        recipe, credential = attrs.evolve(recipe, ca_file=local.ca_bundle), local.credential
    return _client(recipe, endpoint, credential), _name_of(credential)


def _azure(recipe: Recipe) -> tuple[VmssClient, str]:
    if not recipe.subscription_id:
        raise ClientUsageError("a connection to Azure needs the id of a subscription")
    credential = _credential(recipe) or _default_credential()
    return _client(recipe, recipe.endpoint or _AZURE, credential), _name_of(credential)


def _in_process(recipe: Recipe) -> tuple[VmssClient, str]:
    from vmss_sdk.emulator.app import Emulator
    from vmss_sdk.emulator.engine.platform.clock import clock_from
    from vmss_sdk.emulator.engine.platform.settings import Settings

    try:
        clock = clock_from(recipe.clock or _EMULATED_CLOCK)
    except ValueError as error:
        raise ClientUsageError(str(error)) from None
    emulator = Emulator(clock, Settings(seed=recipe.seed or 0))
    return VmssClient.in_process(emulator, recipe.subscription_id or DEFAULT_SUBSCRIPTION), ""


def _environment(recipe: Recipe) -> tuple[VmssClient, str]:
    if recipe.variables is not None:
        _adopt(recipe.variables)
    try:
        client = VmssClient.from_environment()
    except ClientUsageError as error:
        raise ClientUsageError(_no_connection(error)) from None
    return client, _name_of_tokens(client)


def _no_connection(error: ClientUsageError) -> str:
    """What a user of PowerShell does about it; what is wrong with the environment is of use to who has set it."""
    text = "There is no connection: use Connect-Vmss first, with -InProcess, -Endpoint or -Azure."
    if any(os.environ.get(name) for name in ("AZURE_SUBSCRIPTION_ID", "VMSS_ENDPOINT")):
        text += f" What the environment says does not do: {error}"
    return text


def _adopt(variables: Mapping[str, str]) -> None:
    """Have the variables that say whom to ask as the other program has them; azure-identity reads them by itself."""
    for name in [name for name in os.environ if name.upper().startswith(_OF_CONNECTIONS)]:
        if name not in variables:
            del os.environ[name]
    os.environ.update(
        {name: str(value) for name, value in variables.items() if name.upper().startswith(_OF_CONNECTIONS)}
    )


_MAKERS = {"endpoint": _at_endpoint, "inProcess": _in_process, "azure": _azure, "environment": _environment}


def _client(recipe: Recipe, endpoint: str, credential: TokenCredential | None) -> VmssClient:
    more: dict[str, Any] = {} if recipe.polling_interval is None else {"polling_interval": recipe.polling_interval}
    return VmssClient(
        recipe.subscription_id or DEFAULT_SUBSCRIPTION,
        endpoint=endpoint,
        credential=credential,
        audience=recipe.audience,
        transport=HttpTransport(endpoint, verify=recipe.ca_file or True),
        **more,
    )


def _credential(recipe: Recipe) -> TokenCredential | None:
    principal = {"tenant": recipe.tenant_id, "client id": recipe.client_id, "client secret": recipe.client_secret}
    if recipe.token:
        return StaticTokenCredential(recipe.token)
    if not any(principal.values()):
        return None
    if missing := [what for what, value in principal.items() if not value]:
        raise ClientUsageError(f"a service principal needs tenant, client id and client secret; missing: {missing[0]}")
    more: dict[str, Any] = {}
    if recipe.authority:
        # What is no authority of Azure cannot be looked up there.
        more = {"authority": recipe.authority, "disable_instance_discovery": not Cloud.of_authority(recipe.authority)}
    if recipe.ca_file:
        more["connection_verify"] = recipe.ca_file
    made: TokenCredential = _identity("ClientSecretCredential")(*principal.values(), **more)
    return made


def _default_credential() -> TokenCredential:
    made: TokenCredential = _identity("DefaultAzureCredential")()
    return made


def _identity(name: str) -> Any:
    try:
        return getattr(importlib.import_module("azure.identity"), name)
    except ImportError:
        raise ClientUsageError("this credential needs azure-identity: pip install 'vmss-sdk[azure]'") from None


def _name_of(credential: TokenCredential | None) -> str:
    return "" if credential is None else type(credential).__name__


def _name_of_tokens(client: VmssClient) -> str:
    tokens = client._connection.tokens
    return "" if tokens is None else _name_of(tokens._credential)
