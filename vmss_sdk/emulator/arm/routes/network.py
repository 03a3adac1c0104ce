"""Network interfaces and public addresses of instances."""

from vmss_sdk.emulator.arm.network import handlers
from vmss_sdk.emulator.arm.routes.paths import INSTANCE, SET
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES"]

_NIC = f"{INSTANCE}/networkInterfaces/{{networkInterfaceName}}"
_CONFIGURATION = f"{_NIC}/ipConfigurations/{{ipConfigurationName}}"
_ADDRESS = f"{_CONFIGURATION}/publicIPAddresses/{{publicIpAddressName}}"

ROUTES: tuple[Route, ...] = (
    Route("GET", f"{SET}/networkInterfaces", handlers.list_of_set, "get set"),
    Route("GET", f"{SET}/publicIPAddresses", handlers.list_addresses, "get set"),
    Route("GET", f"{INSTANCE}/networkInterfaces", handlers.list_of_instance, "get instance"),
    Route("GET", _NIC, handlers.get, "get instance"),
    Route("GET", f"{_NIC}/ipConfigurations", handlers.list_configurations, "get instance"),
    Route("GET", _CONFIGURATION, handlers.get_configuration, "get instance"),
    Route("GET", f"{_CONFIGURATION}/publicIPAddresses", handlers.list_addresses_of_configuration, "get instance"),
    Route("GET", _ADDRESS, handlers.get_address, "get instance"),
)
