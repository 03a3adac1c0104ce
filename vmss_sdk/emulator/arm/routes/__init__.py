"""The table of routes: every call that the REST face answers."""

from vmss_sdk.emulator.arm.routes import control, instances, resources, scale_sets
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (*resources.ROUTES, *scale_sets.ROUTES, *instances.ROUTES, *control.ROUTES)
