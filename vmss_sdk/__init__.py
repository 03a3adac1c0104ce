"""Azure Virtual Machine Scale Sets: a client, and an emulator that really runs upgrades.

Begin with `VmssClient`; every model is in `vmss_sdk.models`, every error in `vmss_sdk.errors`.

A name is loaded when it is first asked for; type checkers read the stub beside this file.
"""

from importlib import import_module
from typing import Any

from vmss_sdk._version import __version__ as __version__

_PARTS = {
    "client": "VmssClient",
    "cloud": "Cloud",
    "credentials": "AccessToken EmulatorCredential StaticTokenCredential TokenCredential",
    "errors": (
        "AuthenticationError ClientUsageError ConflictError CredentialError DecodeError ErrorDetail "
        "ForeignHostError InsecureTransportError InvalidRequestError NotAnEmulatorError NotFoundError "
        "OperationCanceledError OperationError OperationFailedError OperationNotAllowedError "
        "OperationTimeoutError PermissionDeniedError PreconditionFailedError RequestNotSentError "
        "ResponseLostError ResponseTimeoutError RollingUpgradeFailedError ServerError ServiceError StateFileError "
        "ThrottledError TransportError UnexpectedAnswerError "
        "UnhealthyError UntrustedCertificateError VmssError"
    ),
    "handles._selection": "ALL_INSTANCES",
    "handles.any_resource": "AnyResource",
    "handles.extensions": "Extensions",
    "handles.instance": "Instance",
    "handles.lifecycle_hook_event": "LifecycleHookEvent",
    "handles.resource_group": "ResourceGroups",
    "handles.rolling_upgrade": "RollingUpgrade",
    "handles.run_command": "DiagnosticRunCommands RunCommands",
    "handles.scale_set": "ScaleSet",
    "handles.virtual_machine": "FlexibleVirtualMachine",
    "models": (
        "AutomaticOSUpgradePolicy RollingUpgradePolicy RollingUpgradeStatusInfo Sku UpgradeMode UpgradePolicy "
        "VirtualMachineScaleSet VirtualMachineScaleSetUpdate VirtualMachineScaleSetVM"
    ),
    "operation": "Operation wait_all",
    "transport.base": "Request Response Transport",
    "transport.http": "HttpTransport",
    "transport.in_process": "InProcessTransport",
    "transport.retry": "RetryPolicy",
    "twin": "Twin",
}
_HOME = {name: part for part, names in _PARTS.items() for name in names.split()}

__all__ = sorted([*_HOME, "__version__"])  # noqa: PLE0605  # the stub has it spelled out


def __getattr__(name: str) -> Any:
    part = _HOME.get(name)
    if part is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{part}"), name)
    return value


def __dir__() -> list[str]:
    return __all__
