"""Gallery applications in a scale set's model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.error_output import CommandError
from vmss_sdk.cli.handlers.model_rewrite import update_model, virtual_machine_profile
from vmss_sdk.cli.running import Begun
from vmss_sdk.errors import ClientUsageError

if TYPE_CHECKING:
    from vmss_sdk.cli.call import Call

__all__ = ["list_all", "set_all"]


def list_all(call: Call) -> Any:
    """The application profile of the model."""
    properties = call.scale_set.get().wire.get("properties", {})
    return properties.get("virtualMachineProfile", {}).get("applicationProfile", {})


def set_all(call: Call) -> Begun:
    """These applications and no others."""
    applications = _applications(call)

    def change(properties: dict[str, Any]) -> None:
        virtual_machine_profile(properties)["applicationProfile"] = {"galleryApplications": applications}

    return Begun(update_model(call, change), f"the applications of '{call.scale_set_name}'")


def _applications(call: Call) -> list[dict[str, Any]]:
    args, ids = call.args, call.args.app_version_ids
    columns: dict[str, list[Any]] = {
        "order": list(range(1, len(ids) + 1)) if args.order_applications else [],
        "configurationReference": _one_per_application(ids, "--app-config-overrides", args.app_config_overrides),
        "treatFailureAsDeploymentFailure": _flags(
            ids, "--treat-deployment-as-failure", args.treat_deployment_as_failure
        ),
        "enableAutomaticUpgrade": _flags(ids, "--enable-automatic-upgrade", args.enable_automatic_upgrade),
    }
    found = []
    for at, version in enumerate(ids):
        more = {name: column[at] for name, column in columns.items() if column and column[at] is not None}
        found.append({"packageReferenceId": version, **more})
    return found


def _one_per_application(ids: list[str], flag: str, words: list[str] | None) -> list[str | None]:
    """One for each application; ``null`` is none.

    Raises:
        CommandError: There are more or fewer.
    """
    if not words:
        return []
    if len(words) != len(ids):
        raise CommandError(f"usage error: {flag} should have the same number of items as --app-version-ids", 2)
    return [None if word.lower() in ("", "null") else word for word in words]


def _flags(ids: list[str], flag: str, words: list[str] | None) -> list[bool]:
    found = [str(word).lower() for word in _one_per_application(ids, flag, words)]
    wrong = [word for word in found if word not in ("true", "false")]
    if wrong:
        raise ClientUsageError(f'usage error: {flag} only accepts a list of "true" or "false" values')
    return [word == "true" for word in found]
