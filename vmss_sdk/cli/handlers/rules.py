"""Rules for flags of ``create`` and ``update`` that exclude or need each other, or set more than one member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vmss_sdk.cli.handlers.flags import identify
from vmss_sdk.errors import ClientUsageError

if TYPE_CHECKING:
    import argparse

__all__ = ["check", "reservation", "security", "sku_profile"]

Document = dict[str, Any]


def check(args: argparse.Namespace, *, flexible: bool) -> None:
    """What holds for both commands.

    Raises:
        ClientUsageError: Two flags contradict each other.
    """
    _refuse_both(args, "include_zones", "exclude_zones")
    if not flexible and (args.regular_priority_count is not None or args.regular_priority_percentage is not None):
        raise ClientUsageError(
            "--regular-priority-count and --regular-priority-percentage are for Flexible scale sets only"
        )
    if args.instance_percent_policy and args.max_instance_percent is None:
        raise ClientUsageError("--instance-percent-policy needs --max-instance-percent")
    if args.max_instance_percent is not None and not 1 <= args.max_instance_percent <= 100:  # noqa: PLR2004
        raise ClientUsageError("--max-instance-percent is a percentage from 1 to 100")
    if args.enable_automatic_repairs is False and (
        args.automatic_repairs_grace_period is not None or args.automatic_repairs_action is not None
    ):
        raise ClientUsageError(
            "--automatic-repairs-grace-period and --automatic-repairs-action have no meaning together with"
            " --enable-automatic-repairs false"
        )
    reserved = args.capacity_reservation_group not in (None, "None")
    if args.disable_capacity_reservation_assignment and reserved:
        raise ClientUsageError(
            "--disable-capacity-reservation-assignment true leaves no room for a --capacity-reservation-group"
        )


def _refuse_both(args: argparse.Namespace, one: str, other: str) -> None:
    if getattr(args, one) and getattr(args, other):
        flags = " and ".join(f"--{name.replace('_', '-')}" for name in (one, other))
        raise ClientUsageError(f"{flags} exclude each other")


def security(args: argparse.Namespace, profile: Document, *, secure_boot: bool) -> None:
    """``--security-type``, ``--enable-secure-boot`` and ``--enable-vtpm``.

    Args:
        args: The parsed arguments.
        profile: The virtual machine profile.
        secure_boot: Whether secure boot is on by default for Trusted Launch: for new scale sets, not for old ones.
    """
    kind, boot, vtpm = args.security_type, args.enable_secure_boot, args.enable_vtpm
    if kind is None and boot is None and vtpm is None:
        return
    section: Document = profile.setdefault("securityProfile", {})
    if kind == "TrustedLaunch" and section.get("securityType") != kind:
        boot, vtpm = secure_boot if boot is None else boot, True if vtpm is None else vtpm
    if kind is not None:
        section["securityType"] = kind
    wanted = {"secureBootEnabled": boot, "vTpmEnabled": vtpm}
    wanted = {name: value for name, value in wanted.items() if value is not None}
    if wanted and kind != "Standard":
        section["uefiSettings"] = {**(section.get("uefiSettings") or {}), **wanted}
    elif wanted:
        raise ClientUsageError("--enable-secure-boot and --enable-vtpm are not for --security-type Standard")


def sku_profile(args: argparse.Namespace, properties: Document) -> None:
    """``--skuprofile-…``.

    Raises:
        ClientUsageError: The ranks do not fit the sizes.
    """
    sizes, ranks, strategy = args.skuprofile_vmsizes, args.skuprofile_rank, args.skuprofile_allocation_strategy
    if sizes is None and ranks is None and strategy is None:
        return
    if ranks is not None and len(ranks) != len(sizes or ()):
        raise ClientUsageError("--skuprofile-rank needs one rank for each of --skuprofile-vmsizes")
    profile: Document = properties.setdefault("skuProfile", {})
    if sizes is not None:
        named = [{"name": size} for size in sizes]
        profile["vmSizes"] = (
            [{**each, "rank": rank} for each, rank in zip(named, ranks, strict=True)] if ranks else named
        )
    if strategy is not None:
        profile["allocationStrategy"] = strategy


def reservation(args: argparse.Namespace, profile: Document, group_id: str) -> None:
    """``--capacity-reservation-group``; ``None`` takes it away."""
    name = args.capacity_reservation_group
    if name is None:
        return
    kind = "Microsoft.Compute/capacityReservationGroups"
    found = None if name == "None" else identify(name, group_id, kind)
    profile.setdefault("capacityReservation", {})["capacityReservationGroup"] = {"id": found}
