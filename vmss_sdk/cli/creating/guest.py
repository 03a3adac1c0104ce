"""The guest of a new instance: names, custom data, certificates, extensions."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from vmss_sdk import wire
from vmss_sdk.cli.creating.context import Document, wrong
from vmss_sdk.cli.creating.login import os_profile
from vmss_sdk.cli.handlers.flags import content

if TYPE_CHECKING:
    from vmss_sdk.cli.creating.context import Context, Plan

__all__ = ["extensions", "guest"]

_LINUX_PATCHES, _WINDOWS_PATCHES = (
    ("AutomaticByPlatform", "ImageDefault"),
    ("AutomaticByOS", "AutomaticByPlatform", "Manual"),
)
_FLEXIBLE_LETTERS = 8  # of a scale set's name, in those of its machines
_WEB_SERVER = b"#cloud-config\npackages:\n  - nginx\nruncmd:\n  - [systemctl, enable, --now, nginx]\n"
"""Answers what the health extension asks for."""


def guest(context: Context, plan: Plan, *, windows: bool) -> Document:
    """The OS profile; empty for a specialized image, which has one.

    Raises:
        CommandError: Flags do not go together.
    """
    args = context.args
    if args.specialized:
        return {}
    profile: Document = {"computerNamePrefix": _names(context), **os_profile(context, plan, windows=windows)}
    if args.secrets:
        profile["secrets"] = _secrets(args.secrets, windows=windows)
    if args.upgrade_policy_mode == "Rolling" and not args.health_probe:
        _health(context, profile, windows=windows)
    _agent(context, profile, windows=windows)
    return profile


def _health(context: Context, profile: Document, *, windows: bool) -> None:
    """Somebody has to answer what the health extension asks."""
    asks = (
        f"Rolling mode needs to know the health of instances: ApplicationHealth{'Windows' if windows else 'Linux'} asks"
    )
    if windows or context.args.custom_data is not None:
        context.call.note(f"{asks} http://localhost:80/ on each, where something has to answer.")
        return
    profile["customData"] = base64.b64encode(_WEB_SERVER).decode()
    context.call.note(
        f"{asks} http://localhost:80/ on each, and custom data installs a web server that answers there. Use"
        " --custom-data for one of your own."
    )


def _names(context: Context) -> str:
    wanted: str | None = context.args.computer_name_prefix
    return wanted or (context.name[:_FLEXIBLE_LETTERS] if context.flexible else context.prefix)


def _agent(context: Context, profile: Document, *, windows: bool) -> None:
    args = context.args
    kind = "windowsConfiguration" if windows else "linuxConfiguration"
    known = _WINDOWS_PATCHES if windows else _LINUX_PATCHES
    if args.patch_mode and args.patch_mode not in known:
        raise wrong(f"--patch-mode: for this image it is one of {', '.join(known)}")
    if args.enable_auto_update is not None and not windows:
        raise wrong("--enable-auto-update is for Windows only")
    wanted: Document = {}
    if args.enable_agent is not None:
        wanted["provisionVMAgent"] = args.enable_agent
    if args.enable_auto_update is not None:
        wanted["enableAutomaticUpdates"] = args.enable_auto_update
    if args.patch_mode:
        wanted["patchSettings"] = {"patchMode": args.patch_mode}
    if wanted:
        profile[kind] = {**profile.get(kind, {}), **wanted}


def _secrets(words: list[str], *, windows: bool) -> list[Document]:
    """Certificates of key vaults, by their vault; no word of them is in an error."""
    by_vault: dict[str, list[Document]] = {}
    for number, word in enumerate(words, start=1):
        for group in _groups(word, number):
            try:
                vault, certificates = group["sourceVault"]["id"], list(group["vaultCertificates"])
                complete = all("certificateUrl" in each for each in certificates)
            except (KeyError, TypeError):
                vault, certificates, complete = "", [], False
            if not (vault and certificates and complete):
                raise wrong(
                    f"--secrets: number {number} must have sourceVault.id, and vaultCertificates with a certificateUrl"
                    " each"
                )
            if windows and not all("certificateStore" in each for each in certificates):
                raise wrong(f"--secrets: on Windows each certificate of number {number} needs a certificateStore")
            by_vault[vault] = certificates + by_vault.get(vault, [])
    return [{"sourceVault": {"id": vault}, "vaultCertificates": found} for vault, found in by_vault.items()]


def _groups(word: str, number: int) -> list[Any]:
    try:
        found = wire.decode(content("--secrets", word))
    except ValueError:
        raise wrong(f"--secrets: number {number} is neither JSON nor a file with JSON") from None
    return found if isinstance(found, list) else [found]


def extensions(context: Context, *, windows: bool) -> list[Document]:
    """Those that flags bring along: health for Rolling mode, attestation for Trusted Launch."""
    args = context.args
    made = []
    if args.upgrade_policy_mode == "Rolling" and not args.health_probe:
        settings = {"port": 80, "protocol": "http", "requestPath": "/"}
        kind = "ApplicationHealthWindows" if windows else "ApplicationHealthLinux"
        made.append(_extension(kind, "Microsoft.ManagedServices", kind, settings=settings))
    if args.enable_integrity_monitoring:
        system = "Windows" if windows else "Linux"
        publisher = f"Microsoft.Azure.Security.{system}Attestation"
        automatic = not args.disable_integrity_monitoring_autoupgrade
        made.append(_extension("GuestAttestation", publisher, "GuestAttestation", enableAutomaticUpgrade=automatic))
    return made


def _extension(name: str, publisher: str, kind: str, **more: Any) -> Document:
    properties = {"publisher": publisher, "type": kind, "typeHandlerVersion": "1.0", "autoUpgradeMinorVersion": True}
    return {"name": name, "properties": {**properties, **more}}
