"""The control plane."""

from vmss_sdk.emulator.arm.control import (
    emulator,
    faults,
    instances,
    live,
    metrics,
    preview,
    principals,
    service,
    twins,
)
from vmss_sdk.emulator.arm.routes.paths import CONTROLLED
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = (
    Route("GET", "/_emulator/status", emulator.status, versioned=False),
    Route("GET", "/_emulator/health", metrics.health, versioned=False, waits=False, public=True),
    Route("GET", "/_emulator/ready", metrics.ready, versioned=False, waits=False, public=True),
    Route("GET", "/_emulator/metrics", metrics.metrics, versioned=False, waits=False),
    Route("GET", "/_emulator/events", live.events, versioned=False, poll=True),
    Route("GET", "/_emulator/clock", emulator.get_clock, versioned=False),
    Route("POST", "/_emulator/clock", emulator.set_clock, versioned=False),
    Route("POST", "/_emulator/reset", emulator.reset, versioned=False),
    Route("POST", "/_emulator/images", emulator.publish_image, versioned=False),
    Route("POST", "/_emulator/extensionHandlers", service.publish_handler, versioned=False),
    Route("GET", "/_emulator/faults", service.list_faults, versioned=False),
    Route("POST", "/_emulator/faults", service.add_fault, versioned=False),
    Route("DELETE", "/_emulator/faults", service.clear_faults, versioned=False),
    Route("POST", "/_emulator/preview", preview.preview, versioned=False, kept=False),
    Route("POST", "/_emulator/twins", twins.load, versioned=False),
    Route("GET", "/_emulator/principals", principals.list_all, versioned=False),
    Route("POST", "/_emulator/principals", principals.add, versioned=False, kept=False),
    Route("DELETE", "/_emulator/principals", principals.remove, versioned=False, kept=False),
    Route("GET", f"{CONTROLLED}/instances", instances.list_all, versioned=False),
    Route("GET", f"{CONTROLLED}/rows", live.list_rows, versioned=False, poll=True),
    Route("GET", f"{CONTROLLED}/pending", instances.get_pending, versioned=False),
    Route("GET", f"{CONTROLLED}/decisions", emulator.decisions, versioned=False),
    Route("GET", f"{CONTROLLED}/faults", faults.list_all, versioned=False),
    Route("POST", f"{CONTROLLED}/faults", faults.add, versioned=False),
    Route("DELETE", f"{CONTROLLED}/faults", faults.clear, versioned=False),
)
