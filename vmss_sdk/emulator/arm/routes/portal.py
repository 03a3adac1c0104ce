"""The portal: files for a browser, which it gets before it has a token."""

from vmss_sdk.emulator.arm.portal import file
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES"]

ROUTES: tuple[Route, ...] = tuple(
    Route(method, path, file, versioned=False, public=True)
    for method in ("GET", "HEAD")
    for path in ("/portal", "/portal/{file}", "/portal/{folder}/{file}")
)
