"""Members that what is in a model's lists and optional parts must have: those the API description calls required."""

from __future__ import annotations

from collections.abc import Iterator

from vmss_sdk.emulator.engine.common.documents import Document, dig
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason

__all__ = ["member_problems"]

_PROFILE = "properties.virtualMachineProfile"
_NETWORK = f"{_PROFILE}.networkProfile.networkInterfaceConfigurations[]"
_ADDRESS = f"{_NETWORK}.properties.ipConfigurations[]"
_PUBLIC = f"{_ADDRESS}.properties.publicIPAddressConfiguration"
_NEEDS = (
    (_NETWORK, ("name", "properties.ipConfigurations")),
    (_ADDRESS, ("name",)),
    (_PUBLIC, ("name",)),
    (f"{_PUBLIC}.properties.dnsSettings", ("domainNameLabel",)),
    (f"{_PROFILE}.storageProfile.dataDisks[]", ("lun", "createOption")),
    (f"{_PROFILE}.applicationProfile.galleryApplications[]", ("packageReferenceId",)),
    (f"{_PROFILE}.securityPostureReference", ("id",)),
)


def member_problems(document: Document, _: str) -> list[Failure]:
    """The required members that are missing, wherever the part that needs them is there."""
    return [
        Failure(Reason.REQUIRED, {"parameter": needed.rpartition(".")[2], "target": f"{path}.{needed}"})
        for pattern, names in _NEEDS
        for path, part in _parts(document, pattern)
        for needed in names
        if dig(part, needed) is None
    ]


def _parts(document: Document, pattern: str) -> Iterator[tuple[str, Document]]:
    """Every part of a document that a pattern means, with its path; ``[]`` stands for each item of a list."""
    head, found, rest = pattern.partition("[]")
    value = dig(document, head)
    if not found:
        if isinstance(value, dict):
            yield head, value
        return
    for at, item in enumerate(value if isinstance(value, list) else ()):
        here = f"{head}[{at}]"
        if not rest:
            yield here, item
            continue
        for path, part in _parts(item, rest.removeprefix(".")):
            yield f"{here}.{path}", part
