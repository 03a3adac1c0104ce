"""Routes of Compute's catalogue of a region."""

from vmss_sdk.emulator.arm.catalogue import extensions, images, sizes
from vmss_sdk.emulator.arm.routes.paths import COMPUTE, SUBSCRIPTION
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES"]

_LOCATION = f"{SUBSCRIPTION}/{COMPUTE}/locations/{{location}}"
_PUBLISHER = f"{_LOCATION}/publishers/{{publisherName}}"
_OFFERS = f"{_PUBLISHER}/artifacttypes/vmimage/offers"
_VERSIONS = f"{_OFFERS}/{{offer}}/skus/{{skus}}/versions"
_TYPES = f"{_PUBLISHER}/artifacttypes/vmextension/types"

ROUTES: tuple[Route, ...] = (
    Route("GET", f"{SUBSCRIPTION}/{COMPUTE}/skus", sizes.list_skus, "read catalogue"),
    Route("GET", f"{_LOCATION}/vmSizes", sizes.list_sizes, "read catalogue"),
    Route("GET", f"{_LOCATION}/usages", sizes.list_usages, "read catalogue"),
    Route("GET", f"{_LOCATION}/publishers", images.list_publishers, "read catalogue"),
    Route("GET", _OFFERS, images.list_offers, "read catalogue"),
    Route("GET", f"{_OFFERS}/{{offer}}/skus", images.list_skus, "read catalogue"),
    Route("GET", _VERSIONS, images.list_versions, "read catalogue"),
    Route("GET", f"{_VERSIONS}/{{version}}", images.get_version, "read catalogue"),
    Route("GET", _TYPES, extensions.list_types, "read catalogue"),
    Route("GET", f"{_TYPES}/{{type}}/versions", extensions.list_versions, "read catalogue"),
    Route("GET", f"{_TYPES}/{{type}}/versions/{{version}}", extensions.get_version, "read catalogue"),
)
