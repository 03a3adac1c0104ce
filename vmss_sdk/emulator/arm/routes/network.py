"""What the network provider tells of the instances of a Uniform scale set; its api-versions are of its own."""

from vmss_sdk.emulator.arm.compute import interfaces
from vmss_sdk.emulator.arm.routes.paths import INSTANCE, SET
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES"]

_NIC = f"{INSTANCE}/networkInterfaces/{{networkInterfaceName}}"
_CONFIGURATION = f"{_NIC}/ipConfigurations/{{ipConfigurationName}}"

ROUTES: tuple[Route, ...] = (
    Route("GET", f"{SET}/networkInterfaces", interfaces.list_of_set, "get set"),
    Route("GET", f"{SET}/publicIPAddresses", interfaces.list_addresses, "get set"),
    Route("GET", f"{INSTANCE}/networkInterfaces", interfaces.list_of_instance, "get instance"),
    Route("GET", _NIC, interfaces.get, "get instance"),
    Route("GET", f"{_NIC}/ipConfigurations", interfaces.list_configurations, "get instance"),
    Route("GET", _CONFIGURATION, interfaces.get_configuration, "get instance"),
    Route("GET", f"{_CONFIGURATION}/publicIPAddresses", interfaces.list_configured_addresses, "get instance"),
    Route("GET", f"{_CONFIGURATION}/publicIPAddresses/{{publicIpAddressName}}", interfaces.get_address, "get instance"),
)
