"""What the network provider tells of the instances of a Uniform scale set; its api-versions are of its own."""

from functools import partial

from vmss_sdk.emulator.arm.compute import interfaces
from vmss_sdk.emulator.arm.routes.paths import INSTANCE, SET
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES"]

_route = partial(Route, oldest="")

ROUTES: tuple[Route, ...] = (
    _route("GET", f"{SET}/networkInterfaces", interfaces.list_of_set, "get set"),
    _route("GET", f"{SET}/publicIPAddresses", interfaces.list_addresses, "get set"),
    _route("GET", f"{INSTANCE}/networkInterfaces", interfaces.list_of_instance, "get instance"),
    _route("GET", f"{INSTANCE}/networkInterfaces/{{networkInterfaceName}}", interfaces.get, "get instance"),
)
