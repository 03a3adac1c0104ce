"""Facts about marketplace images: system, generation, architecture and security type.

One place for both who asks for an image and who creates from it. Azure's marketplace has more images than a table could
hold, so a SKU's facts come from the names that publishers follow.
"""

from __future__ import annotations

import re
from typing import Any

import attrs

__all__ = ["ImageFacts", "facts_of", "image_facts"]

_BOTH = "TrustedLaunchAndConfidentialVmSupported"
_LAUNCH = "TrustedLaunchSupported"
_CONFIDENTIAL = "ConfidentialVmSupported"

# CHOICE: three rules by the names of SKUs. Every image in Azure's recorded answers and documentation follows them.
_WINDOWS = re.compile(
    r"windows|(^|[:_-])win\d*(-|$)|win1[01]|ws20\d\d|visualstudio|sharepoint|biztalk|dynamics", re.IGNORECASE
)
_FIRST_GENERATION = re.compile(r"gen-?1(-|$)", re.IGNORECASE)
_SECOND_GENERATION = re.compile(
    r"gen-?2|gensecond|(^|[:_-])g2(-|$)|azure-edition|arm64|:win11-|[:_-]cvm"  # what the SKU says
    r"|:ubuntu-(2[2-9]|[3-9]\d)[_.]\d\d[^:]*:"  # from these offers on the first generation is the one that is marked
    r"|^microsoftazurelinux:azurelinux-\d+:",
    re.IGNORECASE,
)
# CHOICE: these publishers mark their images of the second generation, so one of theirs without a mark is of the first.
_MARKS_GENERATION = re.compile(
    r"^(canonical|microsoftwindowsserver|microsoftwindowsdesktop|debian|openlogic|redhat|suse|oracle):", re.IGNORECASE
)
_SECURITY: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), value)
    for pattern, value in (
        # Documentation of trusted launch ("Operating systems supported") and of confidential virtual machines. The
        # first that matches counts, and an empty value says that Azure refuses the image.
        (r"[:_-]cvm", _CONFIDENTIAL),
        (r"^microsoftwindowsserver:windowsserver:20(19|2\d)", _BOTH),
        (r"^microsoftwindowsserver:windowsserver:2016", _LAUNCH),
        (r"^microsoftwindowsdesktop:(windows-1[01]|office-365):", _BOTH),
        (r"^canonical:ubuntu-2[4-9]", _LAUNCH),
        (r"arm64", ""),
        (r"^canonical:(0001-com-ubuntu-|ubuntu-|ubuntuserver:(18|20|22)_04)", _LAUNCH),
        (r"^debian:debian-1[1-9]", _LAUNCH),
        (r"^redhat:rhel(-[a-z]+)*:(8|9|1\d)", _LAUNCH),
        (r"^suse:sles-(sap-)?15-sp[3-9]", _LAUNCH),
        (r"^oracle:oracle-linux:ol(8|9)", _LAUNCH),
        (r"^(almalinux|resf):", _LAUNCH),
        (r"^(microsoftcblmariner|microsoftazurelinux):", _LAUNCH),
        (r"^microsoftsqlserver:sql\d+-ws20(19|2\d):", _LAUNCH),
        (r"^(thefreebsdfoundation|debian|openlogic|redhat|suse|oracle|kinvolk):", ""),
    )
)
_HIBERNATES = re.compile(r"^(canonical:(0001-com-)?ubuntu-|microsoftwindows(server|desktop):)", re.IGNORECASE)


@attrs.frozen
class ImageFacts:
    """What an image's publisher, offer and SKU say about it.

    Attributes:
        os: ``Linux`` or ``Windows``.
        generation: Of the hypervisor, ``V1`` or ``V2``.
        generation_is_told: Whether its names tell the generation; else it is taken for the first.
        architecture: ``x64`` or ``Arm64``.
        security: The value of the image's feature ``SecurityType``; empty when it supports no security type, None when
            nobody knows.
        hibernates: Whether it can hibernate.
    """

    os: str
    generation: str
    generation_is_told: bool
    architecture: str
    security: str | None
    hibernates: bool

    def supports(self, security_type: str) -> bool:
        """Whether a scale set of this security type can be made of the image; yes where nobody knows."""
        if security_type not in {"TrustedLaunch", "ConfidentialVM"}:
            return True
        if self.generation == "V1":
            return False
        return self.security is None or security_type.lower() in self.security.lower()

    @property
    def features(self) -> list[dict[str, str]]:
        """As the answer for an image has them."""
        second = self.generation == "V2"
        named = {
            "SecurityType": self.security or "",
            "IsAcceleratedNetworkSupported": "True",
            "DiskControllerTypes": "SCSI, NVMe" if second else "SCSI",
            "IsHibernateSupported": "True" if self.hibernates else "",
        }
        return [{"name": name, "value": value} for name, value in named.items() if value]


def facts_of(publisher: str, offer: str, sku: str) -> ImageFacts:
    """The facts of a marketplace image; the case of its names does not matter."""
    urn = f"{publisher}:{offer}:{sku}"
    second = _SECOND_GENERATION.search(urn) and not _FIRST_GENERATION.search(sku)
    known = next((value for pattern, value in _SECURITY if pattern.search(urn)), None) if second else ""
    return ImageFacts(
        os="Windows" if _WINDOWS.search(urn) else "Linux",
        generation="V2" if second else "V1",
        generation_is_told=bool(second or _MARKS_GENERATION.search(urn)),
        architecture="Arm64" if "arm64" in sku.lower() else "x64",
        security=known,
        hibernates=bool(second and known and _HIBERNATES.search(urn)),
    )


def image_facts(reference: dict[str, Any]) -> ImageFacts | None:
    """The facts of an image reference that names a marketplace image; None for one by an identifier."""
    if "publisher" not in reference:
        return None
    publisher, offer, sku = (str(reference.get(part, "")) for part in ("publisher", "offer", "sku"))
    return facts_of(publisher, offer, sku)
