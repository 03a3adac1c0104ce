"""The table of routes: every call that the REST face answers."""

from vmss_sdk.emulator.arm.routes import (
    catalogue,
    commands,
    control,
    deployments,
    identity,
    insights,
    instances,
    network,
    portal,
    resources,
    scale_sets,
    scoped,
)
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES", "SCOPED", "SHADOWED"]

ROUTES: tuple[Route, ...] = (
    *resources.ROUTES,
    *scale_sets.ROUTES,
    *instances.ROUTES,
    *commands.ROUTES,
    *catalogue.ROUTES,
    *network.ROUTES,
    *deployments.ROUTES,
    *control.ROUTES,
    *identity.ROUTES,
    *insights.ROUTES,
    *portal.ROUTES,
)

SCOPED: tuple[Route, ...] = scoped.SCOPED
"""Routes behind a scope of any depth, see `scoped.ScopedRouter`."""

SHADOWED: tuple[Route, ...] = (*resources.SHADOWED, *identity.SHADOWED)
"""Routes in which a value stands where others have a fixed segment; they are tried when no other has the path."""
