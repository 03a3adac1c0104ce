"""The flags of ``vmss create`` that are no single members of the model."""

from typing import Any

from vmss_sdk.cli import values
from vmss_sdk.cli.arguments import GROUP, LOCATION, NAME, WAITING, three_state
from vmss_sdk.cli.command import Argument
from vmss_sdk.cli.table import members
from vmss_sdk.cli.table.refused import refused_arguments
from vmss_sdk.cli.table.special import EPHEMERAL, RESERVATION, SECURITY, SKU_PROFILE

__all__ = ["create_arguments"]

_LOGIN, _BALANCER, _NETWORK, _STORAGE, _IMAGE = "Login", "Load balancer", "Network", "Storage", "Image"


def _text(*flags: str, help: str, section: str = "", metavar: str = "NAME", **options: Any) -> Argument:
    return Argument(flags, help, {"metavar": metavar, **options}, section=section)


def _count(*flags: str, help: str, section: str = "", **options: Any) -> Argument:
    return Argument(flags, help, {"type": values.whole, "metavar": "COUNT", **options}, section=section)


def _choice(*flags: str, help: str, words: str, section: str = "", **options: Any) -> Argument:
    return Argument(flags, help, {**values.words(*words.split()), **options}, section=section)


def _switch(*flags: str, help: str, section: str = "") -> Argument:
    """A flag without a value; None when it is not given."""
    return Argument(flags, help, {"action": "store_const", "const": True}, section=section)


def _many(*flags: str, help: str, section: str = "", metavar: str = "NAME", **options: Any) -> Argument:
    return Argument(flags, help, {"nargs": "+", "metavar": metavar, **options}, section=section)


_MAIN = (
    _choice(
        "--orchestration-mode",
        help="Uniform for instances that are alike, Flexible for virtual machines (default: %(default)s)",
        words="Uniform Flexible",
        default="Flexible",
    ),
    _count("--instance-count", help="how many instances (default: %(default)s)", default=2),
    _text("--vm-sku", help="the size of the instances (default: Standard_D2s_v5)", metavar="SIZE"),
    _switch("--disable-overprovision", help="do not make more instances at first than are wanted; Uniform only"),
    _text("--computer-name-prefix", help="how the names of the instances' computers begin", metavar="PREFIX"),
    Argument(("--tags",), "tags of all that is made: key=value key=value", {"nargs": "*", "metavar": "TAG"}),
    _text("--edge-zone", help="an edge zone of the region"),
    _switch("--validate", help="see whether the template is good, and make nothing"),
    _switch("--dry-run", help="print the template, and make nothing"),
)
_IMAGES = (
    _text(
        "--image",
        help="Ubuntu2204 and the like, publisher:offer:sku:version, or an id; Flexible scale sets can do without",
        section=_IMAGE,
        metavar="IMAGE",
    ),
    _choice(
        "--os-type",
        help="the operating system on an image of a gallery that does not tell",
        words="windows linux",
        section=_IMAGE,
    ),
    three_state("--specialized", help="whether the image has its users and names already", section=_IMAGE),
    _switch("--accept-term", help="you have read the terms of a community gallery's image", section=_IMAGE),
    _text("--plan-name", help="the marketplace plan of the image", section=_IMAGE),
    _text("--plan-product", help="its product", section=_IMAGE),
    _text("--plan-publisher", help="its publisher", section=_IMAGE),
    _text("--plan-promotion-code", help="its promotion code", section=_IMAGE, metavar="CODE"),
)
_LOGINS = (
    _text("--admin-username", help="the administrator (default: your own name, else azureuser)", section=_LOGIN),
    _text(
        "--admin-password",
        help="the administrator's password; it is asked for when one is needed and none is given",
        section=_LOGIN,
        metavar="PASSWORD",
    ),
    _choice(
        "--authentication-type",
        help="how to log in (default: password on Windows, else ssh)",
        words="ssh password all",
        section=_LOGIN,
    ),
    _many("--ssh-key-values", help="public keys, or files with one (default: ~/.ssh)", section=_LOGIN, metavar="KEY"),
    _switch("--generate-ssh-keys", help="make keys in ~/.ssh when there are none", section=_LOGIN),
    _choice(
        "--ssh-key-type",
        help="what kind of keys (default: %(default)s)",
        words="RSA Ed25519",
        default="RSA",
        section=_LOGIN,
    ),
    _text("--ssh-dest-key-path", help="the file on the instances that holds the keys", section=_LOGIN, metavar="PATH"),
    _many("--secrets", help="certificates of key vaults: JSON, or files with it", section=_LOGIN, metavar="JSON"),
    Argument(
        ("--assign-identity",),
        "managed identities: [system], names or ids (default: [system])",
        {"nargs": "*", "metavar": "NAME"},
        section=_LOGIN,
    ),
    _text("--encryption-identity", help="which of them encrypts disks, an id", section=_LOGIN, metavar="ID"),
    three_state("--enable-agent", help="whether the VM agent is installed", section=_LOGIN),
    three_state("--enable-auto-update", help="whether Windows updates itself", section=_LOGIN),
    _choice(
        "--patch-mode",
        help="who patches the guests",
        words="AutomaticByOS AutomaticByPlatform Manual ImageDefault",
        section=_LOGIN,
    ),
)
_BALANCERS = (
    _text("--load-balancer", "--lb", help="a load balancer, new or there already; '' for none", section=_BALANCER),
    _choice(
        "--lb-sku",
        help="of a new one (default: %(default)s)",
        words="Basic Standard Gateway",
        default="Standard",
        section=_BALANCER,
    ),
    _text("--app-gateway", help="an application gateway that is there, its name or id", section=_BALANCER),
    _text("--backend-pool-name", help="the backend pool", section=_BALANCER),
    Argument(
        ("--backend-port",),
        "the port of instances behind NAT rules (default: 22, on Windows 3389)",
        {"type": values.port, "metavar": "PORT"},
        section=_BALANCER,
    ),
    _text("--nat-rule-name", "--lb-nat-rule-name", help="the NAT rule (default: NatRule)", section=_BALANCER),
    _text("--nat-pool-name", "--lb-nat-pool-name", help="older: a NAT pool; Uniform only", section=_BALANCER),
    _text("--health-probe", help="a probe of a load balancer that is there; Uniform only", section=_BALANCER),
)
_NETWORKS = (
    _text("--vnet-name", help="the virtual network, new or there already", section=_NETWORK),
    _text(
        "--vnet-address-prefix",
        help="the addresses of a new one (default: %(default)s)",
        default="10.0.0.0/16",
        section=_NETWORK,
        metavar="RANGE",
    ),
    _text("--subnet", help="the subnet; or the id of one that is there", section=_NETWORK),
    _text("--subnet-address-prefix", help="the addresses of a new one", section=_NETWORK, metavar="RANGE"),
    _text("--public-ip-address", help="the public address of a new load balancer; '' for none", section=_NETWORK),
    _choice("--public-ip-address-allocation", help="how it is given", words="dynamic static", section=_NETWORK),
    _text("--public-ip-address-dns-name", help="its name in DNS", section=_NETWORK),
    _switch("--public-ip-per-vm", help="a public address for every instance", section=_NETWORK),
    _text("--vm-domain-name", help="with it: their name in DNS", section=_NETWORK),
    _many("--dns-servers", help="addresses of DNS servers", section=_NETWORK, metavar="ADDRESS"),
    three_state("--accelerated-networking", help="whether the network bypasses the host", section=_NETWORK),
    _text("--nsg", help="the network security group, its name or id", section=_NETWORK),
    _many("--asgs", help="application security groups, their names or ids", section=_NETWORK),
    _text("--network-api-version", help="of Microsoft.Network for Flexible", section=_NETWORK, metavar="VERSION"),
)
_DISKS = (
    _choice(
        "--os-disk-caching",
        "--storage-caching",
        help="of the OS disk (default: ReadWrite)",
        words="None ReadOnly ReadWrite",
        section=_STORAGE,
    ),
    _text("--os-disk-name", help="of an image of a shared or community gallery", section=_STORAGE),
    _count("--os-disk-size-gb", help="how many GiB the OS disk has", section=_STORAGE),
    _text("--os-disk-encryption-set", help="its disk encryption set, a name or id", section=_STORAGE),
    _choice(
        "--os-disk-security-encryption-type",
        help="what is encrypted of confidential machines",
        words="VMGuestStateOnly DiskWithVMGuestState NonPersistedTPM",
        section=_STORAGE,
    ),
    _text("--os-disk-secure-vm-disk-encryption-set", help="with a disk encryption set, a name or id", section=_STORAGE),
    _choice("--os-disk-delete-option", help="Flexible only", words="Delete Detach", section=_STORAGE),
    _many("--storage-sku", help="kind of disk: one for all, or os=KIND 0=KIND", section=_STORAGE, metavar="KIND"),
    _many(
        "--data-disk-sizes-gb",
        help="new data disks, their GiB",
        section=_STORAGE,
        metavar="SIZE",
        type=values.whole,
    ),
    _many("--data-disk-caching", help="one for all, or 0=WORD 1=WORD", section=_STORAGE, metavar="WORD"),
    _many("--data-disk-encryption-sets", help="disk encryption sets of the data disks", section=_STORAGE),
    _many("--data-disk-iops", help="their operations per second", section=_STORAGE, type=values.whole),
    _many("--data-disk-mbps", help="their megabytes per second", section=_STORAGE, type=values.whole),
    _choice("--data-disk-delete-option", help="Flexible only", words="Delete Detach", section=_STORAGE),
    three_state(
        "--ephemeral-os-disk-enable-full-caching",
        "--ephemeral-full-caching",
        help="whether an ephemeral OS disk is cached as a whole",
        section=_STORAGE,
    ),
)
_INTEGRITY = (
    _switch("--enable-integrity-monitoring", help="install the extension GuestAttestation", section="Security"),
    _switch("--disable-integrity-monitoring", help="do not install it; so it is anyway", section="Security"),
    _switch(
        "--disable-integrity-monitoring-autoupgrade", help="do not keep it up to date by itself", section="Security"
    ),
)


def create_arguments() -> tuple[Argument, ...]:
    """All arguments of the command."""
    return (
        GROUP,
        NAME,
        LOCATION,
        *_MAIN,
        *_IMAGES,
        *_LOGINS,
        *members.arguments("create"),
        *_INTEGRITY,
        *SECURITY,
        *SKU_PROFILE,
        RESERVATION,
        *_BALANCERS,
        *_NETWORKS,
        EPHEMERAL,
        *_DISKS,
        *WAITING,
        *refused_arguments("create"),
    )
