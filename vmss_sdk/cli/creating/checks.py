"""Checks of the flags of ``create`` against each other: az's rules, where they make sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmss_sdk.cli.creating.context import wrong
from vmss_sdk.cli.handlers import rules

if TYPE_CHECKING:
    import argparse

    from vmss_sdk.cli.creating.context import Context

__all__ = ["check"]

_NOT_FLEXIBLE = ("disable_overprovision", "health_probe", "host_group", "nat_pool_name", "scale_in_policy", "user_data")
_FLEXIBLE_ONLY = ("os_disk_delete_option", "data_disk_delete_option")
_NO_IMAGE = (
    "admin_username", "admin_password", "authentication_type", "ssh_key_values", "ssh_dest_key_path",
    "generate_ssh_keys", "custom_data", "secrets", "vm_sku", "os_disk_size_gb", "os_disk_name", "os_disk_caching",
    "storage_sku", "data_disk_sizes_gb", "data_disk_caching", "ephemeral_os_disk", "specialized", "security_type",
    "user_data", "computer_name_prefix", "enable_agent", "patch_mode", "enable_integrity_monitoring",
)  # fmt: skip
"""Flags that say something of instances, which have no model without an image."""


def check(context: Context) -> None:
    """Before anything is looked at.

    Raises:
        CommandError: Flags do not go together.
        ClientUsageError: The same, for both commands.
    """
    args = context.args
    rules.check(args, flexible=context.flexible)
    for name in _NOT_FLEXIBLE if context.flexible else _FLEXIBLE_ONLY:
        if getattr(args, name) is not None:
            mode = "Uniform" if context.flexible else "Flexible"
            raise wrong(f"{_flag(name)} is for --orchestration-mode {mode} only")
    if args.image is None and context.flexible:
        _without_image(args)
    if args.eviction_policy and not args.priority:
        raise wrong("--eviction-policy needs a --priority")
    if args.enable_integrity_monitoring and not _guarded(args):
        raise wrong(
            "--enable-integrity-monitoring needs --security-type TrustedLaunch with secure boot and vTPM, or"
            " ConfidentialVM"
        )
    if args.disable_integrity_monitoring and args.enable_integrity_monitoring:
        raise wrong("--enable-integrity-monitoring and --disable-integrity-monitoring exclude each other")
    _placement(args, flexible=context.flexible)
    _repairs(args)


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _without_image(args: argparse.Namespace) -> None:
    for name in _NO_IMAGE:
        if getattr(args, name) is not None:
            raise wrong(f"{_flag(name)} is about instances, so it needs an --image")
    if args.upgrade_policy_mode == "Rolling":
        raise wrong("--upgrade-policy-mode Rolling needs an --image")


def _guarded(args: argparse.Namespace) -> bool:
    if args.security_type == "ConfidentialVM":
        return True
    return args.security_type == "TrustedLaunch" and False not in (args.enable_secure_boot, args.enable_vtpm)


def _placement(args: argparse.Namespace, *, flexible: bool) -> None:
    automatic = args.zone_placement_policy
    if automatic and args.zones:
        raise wrong("--zone-placement-policy and --zones exclude each other")
    if automatic and not flexible and not args.disable_overprovision:
        raise wrong("--zone-placement-policy needs --disable-overprovision")
    for name in ("ppg", "capacity_reservation_group"):
        if automatic and getattr(args, name):
            raise wrong(f"--zone-placement-policy and {_flag(name)} exclude each other")
    if args.max_zone_count is not None and args.max_zone_count < 1:
        raise wrong("--max-zone-count is at least 1")
    if args.max_instance_percent is not None and not args.instance_percent_policy:
        raise wrong("--max-instance-percent needs --instance-percent-policy true")


def _repairs(args: argparse.Namespace) -> None:
    """Az asks for a probe; with Rolling there is the health extension, which does as well."""
    wanted = args.automatic_repairs_grace_period or args.automatic_repairs_action or args.enable_automatic_repairs
    if wanted and not args.health_probe and args.upgrade_policy_mode != "Rolling":
        raise wrong(
            "automatic repairs need to know the health of instances: use --load-balancer and --health-probe, or"
            " --upgrade-policy-mode Rolling, which brings the health extension"
        )
