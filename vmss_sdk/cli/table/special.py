"""Flags of ``create`` and ``update`` that set more than one member, or depend on others."""

from vmss_sdk.cli import values
from vmss_sdk.cli.arguments import three_state
from vmss_sdk.cli.command import Argument

__all__ = ["EPHEMERAL", "IMAGE", "RESERVATION", "SECURITY", "SKU_PROFILE"]

SECURITY = (
    Argument(
        ("--security-type",),
        "what protects instances from the first instruction on",
        values.words("TrustedLaunch", "Standard", "ConfidentialVM"),
        section="Security",
    ),
    three_state("--enable-secure-boot", help="whether only signed code may boot", section="Security"),
    three_state("--enable-vtpm", help="whether there is a virtual TPM", section="Security"),
)
SKU_PROFILE = (
    Argument(
        ("--skuprofile-vmsizes",),
        "several sizes, of which Azure takes one for each instance; Flexible only",
        {"nargs": "+", "metavar": "SIZE"},
    ),
    Argument(
        ("--skuprofile-allocation-strategy", "--sku-allocat-strat"),
        "how it chooses among them",
        values.words("LowestPrice", "CapacityOptimized", "Prioritized"),
    ),
    Argument(
        ("--skuprofile-rank",),
        "with Prioritized: the rank of each size, 0 first",
        {"nargs": "+", "type": values.whole, "metavar": "RANK"},
    ),
)
EPHEMERAL = three_state(
    "--ephemeral-os-disk", help="whether the OS disk is on the host; false makes it a persistent one", section="Storage"
)
IMAGE = Argument(
    ("--image",),
    "another image: a short name such as Ubuntu2204, a URN publisher:offer:sku:version, or an id",
    {"metavar": "IMAGE"},
    section="Storage",
)
RESERVATION = Argument(
    ("--capacity-reservation-group", "--crg"),
    "the capacity reservation group, its name or id; None for none",
    {"metavar": "NAME_OR_ID"},
)
