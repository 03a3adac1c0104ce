"""Commands about what the network has for instances."""

from vmss_sdk.cli.arguments import GROUP, INSTANCE_ID, PAGES, RESOURCE_IDS, SCALE_SET, VMSS_NAME
from vmss_sdk.cli.command import Argument, Command, Example

__all__ = ["COMMANDS"]

_HANDLERS = "vmss_sdk.cli.handlers.network"
_UNIFORM = "Of a Uniform scale set; those of a Flexible one are resources of their own."
_INSTANCE = INSTANCE_ID._replace(aliases=("--virtualmachine-index",))
_COLUMNS = (
    "{Name:name, Instance:virtualMachine.id, Address:ipConfigurations[0].privateIPAddress, Primary:primary,"
    " ProvisioningState:provisioningState}"
)

COMMANDS: tuple[Command, ...] = (
    Command(
        ("nic", "list"),
        "the network interfaces of all instances",
        f"{_HANDLERS}:list_all",
        (GROUP, VMSS_NAME, *PAGES),
        _UNIFORM,
        table=f"[].{_COLUMNS}",
        examples=(
            Example(
                "the private addresses",
                "vmss nic list -g rg --vmss-name web --query [].ipConfigurations[0].privateIPAddress -o tsv",
            ),
        ),
    ),
    Command(
        ("nic", "list-vm-nics"),
        "the network interfaces of one instance",
        f"{_HANDLERS}:list_of_instance",
        (GROUP, VMSS_NAME, _INSTANCE, *PAGES),
        _UNIFORM,
        table=f"[].{_COLUMNS}",
    ),
    Command(
        ("nic", "show"),
        "a network interface of an instance",
        f"{_HANDLERS}:show",
        (
            GROUP,
            VMSS_NAME,
            RESOURCE_IDS,
            _INSTANCE,
            Argument(
                ("--name", "-n"), "the interface", {"metavar": "NAME"}, ("--network-interface-name",), "Resource id"
            ),
            Argument(("--expand",), "what to show more of: ipConfigurations/subnet", {"metavar": "WHAT"}),
        ),
        _UNIFORM,
        table=_COLUMNS,
    ),
    Command(
        ("list-instance-public-ips",),
        "the public addresses of the instances",
        f"{_HANDLERS}:addresses",
        SCALE_SET,
        "Those that the model's 'publicIPAddressConfiguration' asks for.",
        table="[].{Name:name, Address:ipAddress, Allocation:publicIPAllocationMethod, Instance:ipConfiguration.id}",
    ),
)
