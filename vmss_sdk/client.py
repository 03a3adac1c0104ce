"""The client: where everything begins."""

from __future__ import annotations

import copy
import math
from typing import TYPE_CHECKING, Any, Self

from vmss_sdk import models
from vmss_sdk._connection import Connection
from vmss_sdk.cloud import DEFAULT_SUBSCRIPTION, Cloud
from vmss_sdk.credentials import BearerTokens, TokenCredential
from vmss_sdk.errors import ClientUsageError
from vmss_sdk.handles._resource import segment
from vmss_sdk.handles.resource_group import ResourceGroups
from vmss_sdk.handles.scale_set import ScaleSet
from vmss_sdk.handles.virtual_machine import FlexibleVirtualMachine
from vmss_sdk.operation import Operation, wait_all
from vmss_sdk.transport.http import HttpTransport
from vmss_sdk.transport.origin import Origin
from vmss_sdk.transport.retry import RetryingTransport, RetryPolicy

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

    from vmss_sdk.emulator.app import Emulator
    from vmss_sdk.handles.any_resource import AnyResource
    from vmss_sdk.handles.emulator import EmulatorControl
    from vmss_sdk.previews import Preview
    from vmss_sdk.transport.base import Clock, Transport
    from vmss_sdk.twin import Twin

__all__ = ["VmssClient"]

_IN_PROCESS = "https://emulator.invalid"  # a name that can never be resolved: nothing meant for it can leave


class VmssClient:
    """A client for the scale sets of one subscription; threads may share it.

    ::

        with VmssClient(subscription_id, credential=DefaultAzureCredential()) as client:
            web = client.scale_set("rg", "web")
            web.reimage(["0", "3"]).result(timeout=600)

    Args:
        subscription_id: The subscription.
        endpoint: Azure, another Azure cloud, or the mock REST backend; by default that of the cloud.
        cloud: Instead of an endpoint: `Cloud.CHINA`, ``Cloud.discover(url)``, or a name such as
            ``"AzureUSGovernment"``. By default public Azure.
        credential: Who gives the bearer tokens: anything with ``get_token(*scopes)``. None sends none.
        audience: For whom tokens are asked; by default the cloud's, or an endpoint's own that is no cloud of Azure.
        transport: What carries the requests; by default HTTP to the endpoint.
        retry: When a request is sent again; see `RetryPolicy`.
        polling_interval: Seconds between two polls of a long-running operation when the service does not say.
        api_version: Of Microsoft.Compute.

    Raises:
        ClientUsageError: An argument can never work.
        InsecureTransportError: A credential was given for plain HTTP to another machine.
    """

    def __init__(
        self,
        subscription_id: str,
        *,
        endpoint: str | None = None,
        cloud: Cloud | str | None = None,
        credential: TokenCredential | None = None,
        audience: str | None = None,
        transport: Transport | None = None,
        retry: RetryPolicy | None = None,
        polling_interval: float = 30.0,
        api_version: str = "2026-04-01",
    ) -> None:
        if not (math.isfinite(polling_interval) and polling_interval > 0):
            raise ClientUsageError(f"polling_interval must be a number of seconds > 0, got {polling_interval!r}")
        place = _place(endpoint, cloud)
        endpoint, origin = place.endpoint, Origin.of(place.endpoint)
        self._transport = transport or HttpTransport(endpoint)
        self._path = f"/subscriptions/{segment(subscription_id, 'a subscription id')}"
        self.subscription_id = subscription_id
        self._connection = Connection(
            endpoint=endpoint,
            origin=origin,
            transport=RetryingTransport(self._transport, retry or RetryPolicy()),
            tokens=None
            if credential is None
            else BearerTokens(credential, origin, self._transport.clock, audience or place.audience),
            api_version=api_version,
            polling_interval=polling_interval,
        )

    @classmethod
    def in_process(
        cls,
        emulator: Emulator | None = None,
        subscription_id: str | None = None,
        *,
        state: str | os.PathLike[str] | None = None,
        twin: Twin | None = None,
        **options: Any,
    ) -> Self:
        """A client whose service is an emulator in this process: no network, no credential, virtual time.

        ::

            with VmssClient.in_process(state="web.vmss") as client:  # goes on where the last one left it
                print(list(client.scale_sets()))

        Args:
            emulator: The emulator; by default a new one, which is ``client.transport.emulator``.
            subscription_id: Any text; by default that of the twin, or of zeros.
            twin: A scale set to begin with, as it was captured; a new emulator's clock stands at that moment.
            state: Instead of an emulator the path of a file in which its state is kept: the next client with this file
                sees what this one did, at the time where it was. What a request changed is in the file before its
                answer comes. One client at a time has it: close it, or use it as a context manager.
            **options: As for the client itself.

        Raises:
            ClientUsageError: An emulator and a state file were given, or an option can never work.
            StateFileError: The state file is open elsewhere for more than ten seconds, or cannot be used; it is left as
                it is.
        """
        from vmss_sdk.transport.in_process import InProcessTransport

        if subscription_id is None:
            subscription_id = DEFAULT_SUBSCRIPTION if twin is None else twin.subscription_id
        start = None if twin is None else twin.captured_at.timestamp()
        transport = InProcessTransport(emulator, state=state, start=start)
        try:
            client = cls(subscription_id, endpoint=_IN_PROCESS, transport=transport, **options)
            if twin is not None:
                client.emulator.load(twin)
            return client
        except BaseException:
            transport.close()
            raise

    @classmethod
    def from_environment(
        cls,
        variables: Mapping[str, str] | None = None,
        *,
        subscription_id: str | None = None,
        endpoint: str | None = None,
        state: str | os.PathLike[str] | None = None,
        **options: Any,
    ) -> Self:
        """The client that the environment variables describe: those of Azure's SDKs, and a few of our own.

        ``AZURE_SUBSCRIPTION_ID``, ``VMSS_ENDPOINT`` (a URL, or ``in-process``), ``VMSS_STATE``, ``AZURE_CLOUD``,
        ``AZURE_AUTHORITY_HOST``, ``AZURE_TENANT_ID``, ``AZURE_CLIENT_ID``, ``AZURE_CLIENT_SECRET``,
        ``VMSS_ACCESS_TOKEN``, ``VMSS_AUDIENCE``, ``VMSS_CA_BUNDLE`` …: `vmss_sdk.environment` says which wins.

        Args:
            variables: By default the environment of this process.
            subscription_id: Wins over ``AZURE_SUBSCRIPTION_ID``.
            endpoint: Wins over ``VMSS_ENDPOINT``.
            state: Wins over ``VMSS_STATE``; see `in_process`.
            **options: As for the client itself; what is given here wins over the variables.

        Raises:
            ClientUsageError: A variable is missing or wrong, azure-identity is needed and not installed, or a state
                file was given for a service that is not in this process.
            StateFileError: The state file is open elsewhere, or cannot be used.
            InsecureTransportError: A token would travel over plain HTTP to another machine.
        """
        from vmss_sdk.environment import Environment

        environment = Environment.read(variables, subscription_id=subscription_id, endpoint=endpoint, state=state)
        if environment.endpoint is None:
            subscription = environment.subscription_id or DEFAULT_SUBSCRIPTION
            kept = state if "emulator" in options else environment.state  # what is said in the code wins
            return cls.in_process(subscription_id=subscription, state=kept, **options)
        options.setdefault("audience", environment.audience)
        if "credential" not in options:
            options["credential"] = environment.credential()
        if "transport" not in options:
            options["transport"] = HttpTransport(environment.endpoint, verify=environment.ca_bundle or True)
        return cls(environment.subscription_id or "", endpoint=environment.endpoint, **options)

    @property
    def endpoint(self) -> str:
        """Where requests go."""
        return self._connection.endpoint

    @property
    def transport(self) -> Transport:
        """What carries the requests, without the retries around it."""
        return self._transport

    @property
    def clock(self) -> Clock:
        """The clock by which this client waits."""
        return self._transport.clock

    def preview(self, call: Callable[[Self], object]) -> Preview:
        """What a call would be answered, and what it would do; as `ScaleSet.preview`, for any handle. Emulator only.

        Args:
            call: Makes it with the client that it is given; the first call that changes something counts.

        Raises:
            ClientUsageError: It makes no call that changes something.
            NotAnEmulatorError: The endpoint is Azure, which could only carry it out.
        """
        from vmss_sdk.handles._trial import preview_of

        def begin(connection: Connection) -> object:
            twin = copy.copy(self)
            twin._connection = connection
            return call(twin)

        return preview_of(self._connection, begin)

    @property
    def emulator(self) -> EmulatorControl:
        """What only an emulator has: its clock, faults, decision log. Sends nothing.

        Its methods raise `NotAnEmulatorError` when the endpoint is none.
        """
        from vmss_sdk.handles.emulator import EmulatorControl

        return EmulatorControl(self._connection, lambda group, name: self.scale_set(group, name).id)

    @property
    def resource_groups(self) -> ResourceGroups:
        """The resource groups of the subscription."""
        return ResourceGroups(self._connection, self._path)

    def scale_set(self, resource_group: str, name: str) -> ScaleSet:
        """A handle for a scale set; sends nothing.

        Raises:
            ClientUsageError: A name is empty or holds a slash.
        """
        return ScaleSet(self._connection, self._group(resource_group), resource_group, name)

    def scale_sets(
        self, resource_group: str | None = None, *, location: str | None = None
    ) -> Iterator[models.VirtualMachineScaleSet]:
        """The scale sets of a resource group, of a region, or of the whole subscription; pages are followed.

        Args:
            resource_group: Only those in this group.
            location: Only those in this region, in all groups.

        Raises:
            ClientUsageError: Both were given, or one is empty or holds a slash.
            NotFoundError: There is no such resource group.
        """
        if location is None:
            return self._list(models.VirtualMachineScaleSet, "virtualMachineScaleSets", resource_group)
        if resource_group is not None:
            raise ClientUsageError("scale_sets takes resource_group or location, not both")
        collection = f"locations/{segment(location, 'a location')}/virtualMachineScaleSets"
        return self._list(models.VirtualMachineScaleSet, collection, None)

    def virtual_machine(self, resource_group: str, name: str) -> FlexibleVirtualMachine:
        """A handle for a virtual machine of a Flexible scale set; sends nothing.

        Raises:
            ClientUsageError: A name is empty or holds a slash.
        """
        return FlexibleVirtualMachine(self._connection, self._group(resource_group), resource_group, name)

    def virtual_machines(self, resource_group: str | None = None) -> Iterator[models.VirtualMachine]:
        """The virtual machines of a resource group, or of the whole subscription; pages are followed.

        Instances of Uniform scale sets are not among them.

        Raises:
            NotFoundError: There is no such resource group.
        """
        return self._list(models.VirtualMachine, "virtualMachines", resource_group)

    def resource(self, id: str, *, api_version: str) -> AnyResource:
        """A handle for a resource of any type, as JSON: a network, an image; sends nothing.

        Args:
            id: Its resource id.
            api_version: Of its provider.

        Raises:
            ClientUsageError: It is no resource id.
        """
        from vmss_sdk.handles.any_resource import AnyResource

        return AnyResource(self._connection, id, api_version)

    def resume(self, token: str) -> Operation[Any]:
        """Go on watching a long-running operation, also one that another process began.

        Args:
            token: The ``resume_token`` of an operation or of an error.

        Raises:
            ClientUsageError: The text is no resume token.
            ForeignHostError: The operation runs at another endpoint.
        """
        return Operation.resume(self._connection, token)

    def wait_all(self, operations: Iterable[Operation[Any]], timeout: float | None = None) -> None:
        """Wait until all these operations have ended: see `vmss_sdk.wait_all`."""
        wait_all(operations, timeout)

    def _group(self, resource_group: str) -> str:
        return f"{self._path}/resourceGroups/{segment(resource_group, 'a resource group name')}"

    def _list(self, model: type[Any], collection: str, resource_group: str | None) -> Iterator[Any]:
        parent = self._path if resource_group is None else self._group(resource_group)
        url = self._connection.url(f"{parent}/providers/Microsoft.Compute/{collection}")
        return map(model.from_wire, self._connection.pages(url))

    def close(self) -> None:
        """Let go of connections; save and let go of a state file.

        Raises:
            StateFileError: The state file cannot be written.
        """
        self._connection.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"VmssClient({self.subscription_id!r}, endpoint={self.endpoint!r})"


def _place(endpoint: str | None, cloud: Cloud | str | None) -> Cloud:
    from vmss_sdk.cloud import Cloud

    if endpoint is None:
        return Cloud.named(cloud) if isinstance(cloud, str) else cloud or Cloud.PUBLIC
    if cloud is not None:
        raise ClientUsageError("a client takes an endpoint or a cloud, not both")
    return Cloud.at(endpoint) or Cloud("", endpoint.rstrip("/"), str(Origin.of(endpoint)), "")
