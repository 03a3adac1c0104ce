"""Azure Virtual Machine Scale Sets: a client, and an emulator that really runs upgrades.

Begin with `VmssClient`; every model is in `vmss_sdk.models`, every error in `vmss_sdk.errors`.
"""

from vmss_sdk._version import __version__
from vmss_sdk.client import VmssClient
from vmss_sdk.credentials import AccessToken, EmulatorCredential, StaticTokenCredential, TokenCredential
from vmss_sdk.errors import (
    AuthenticationError,
    ClientUsageError,
    ConflictError,
    CredentialError,
    DecodeError,
    ErrorDetail,
    ForeignHostError,
    InsecureTransportError,
    InvalidRequestError,
    NotFoundError,
    OperationCanceledError,
    OperationError,
    OperationFailedError,
    OperationNotAllowedError,
    OperationTimeoutError,
    PermissionDeniedError,
    PreconditionFailedError,
    RequestNotSentError,
    ResponseLostError,
    ResponseTimeoutError,
    RollingUpgradeFailedError,
    ServerError,
    ServiceError,
    ThrottledError,
    TransportError,
    UnexpectedAnswerError,
    UntrustedCertificateError,
    VmssError,
)
from vmss_sdk.handles._selection import ALL_INSTANCES
from vmss_sdk.handles.instance import Instance
from vmss_sdk.handles.resource_group import ResourceGroups
from vmss_sdk.handles.rolling_upgrade import RollingUpgrade
from vmss_sdk.handles.scale_set import ScaleSet
from vmss_sdk.handles.virtual_machine import FlexibleVirtualMachine
from vmss_sdk.models import (
    AutomaticOSUpgradePolicy,
    RollingUpgradePolicy,
    RollingUpgradeStatusInfo,
    Sku,
    UpgradeMode,
    UpgradePolicy,
    VirtualMachineScaleSet,
    VirtualMachineScaleSetUpdate,
    VirtualMachineScaleSetVM,
)
from vmss_sdk.operation import Operation, wait_all
from vmss_sdk.transport.base import Request, Response, Transport
from vmss_sdk.transport.http import HttpTransport
from vmss_sdk.transport.in_process import InProcessTransport
from vmss_sdk.transport.retry import RetryPolicy

__all__ = [
    "ALL_INSTANCES",
    "AccessToken",
    "AuthenticationError",
    "AutomaticOSUpgradePolicy",
    "ClientUsageError",
    "ConflictError",
    "CredentialError",
    "DecodeError",
    "EmulatorCredential",
    "ErrorDetail",
    "FlexibleVirtualMachine",
    "ForeignHostError",
    "HttpTransport",
    "InProcessTransport",
    "InsecureTransportError",
    "Instance",
    "InvalidRequestError",
    "NotFoundError",
    "Operation",
    "OperationCanceledError",
    "OperationError",
    "OperationFailedError",
    "OperationNotAllowedError",
    "OperationTimeoutError",
    "PermissionDeniedError",
    "PreconditionFailedError",
    "Request",
    "RequestNotSentError",
    "ResourceGroups",
    "Response",
    "ResponseLostError",
    "ResponseTimeoutError",
    "RetryPolicy",
    "RollingUpgrade",
    "RollingUpgradeFailedError",
    "RollingUpgradePolicy",
    "RollingUpgradeStatusInfo",
    "ScaleSet",
    "ServerError",
    "ServiceError",
    "Sku",
    "StaticTokenCredential",
    "ThrottledError",
    "TokenCredential",
    "Transport",
    "TransportError",
    "UnexpectedAnswerError",
    "UntrustedCertificateError",
    "UpgradeMode",
    "UpgradePolicy",
    "VirtualMachineScaleSet",
    "VirtualMachineScaleSetUpdate",
    "VirtualMachineScaleSetVM",
    "VmssClient",
    "VmssError",
    "__version__",
    "wait_all",
]
