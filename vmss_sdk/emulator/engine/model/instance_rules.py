"""Rules for the individual model of an instance, as a PUT of the instance writes it (semantics 1.3.11)."""

from __future__ import annotations

from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.emulator.engine.model.resource_ids import INSTANCE_REFERENCES, problems_of
from vmss_sdk.emulator.engine.platform.catalogue import Catalogue

__all__ = ["instance_problems"]

_SIZE = "properties.hardwareProfile.vmSize"


def instance_problems(incoming: Document, before: Document, catalogue: Catalogue) -> list[Failure]:
    """Problems of the parts of an instance's model that are written.

    Args:
        incoming: The body of the PUT.
        before: The instance's model as it is.
        catalogue: The sizes by which it is judged; an empty one judges none.
    """
    found = [failure for each in INSTANCE_REFERENCES for failure in problems_of(incoming, each)]
    size = get_path(incoming, _SIZE)
    changed = size is not None and str(size).lower() != str(get_path(before, _SIZE, "")).lower()
    if changed and catalogue.sizes.rows and catalogue.sizes.find(str(size)) is None:
        facts = {"size": size, "sizes": ",".join(catalogue.sizes.names), "target": "vmSize", "parameter": "vmSize"}
        found.append(Failure(Reason.SIZE_NOT_AVAILABLE, facts))
    return found
