"""Conditional requests: If-Match and If-None-Match (wire.md 1.3)."""

from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.transport.base import Headers

__all__ = ["check_conditions"]


def check_conditions(headers: Headers, etag: int | None) -> None:
    """See whether a write may go on; call it before anything changes.

    Args:
        headers: Of the request.
        etag: Of the resource; None: it does not exist.

    Raises:
        ArmError: The etag is not the one that was asked for, or the one that must not be.
    """
    wanted, unwanted = headers.get("If-Match"), headers.get("If-None-Match")
    if wanted is not None:
        tags = _tags(wanted)
        if etag is None:
            raise ArmError.of(ErrorReason.ETAG_ABSENT, header=_shown(wanted))
        if "*" not in tags and str(etag) not in tags:
            raise ArmError.of(ErrorReason.ETAG_DIFFERS, header=_shown(wanted), etag=etag)
    if unwanted is not None and etag is not None:
        tags = _tags(unwanted)
        if "*" in tags or str(etag) in tags:
            raise ArmError.of(ErrorReason.ETAG_EXISTS, header=_shown(unwanted), etag=etag)


def _tags(header: str) -> list[str]:
    return [tag.strip().removeprefix("W/").strip('"') for tag in header.split(",")]


def _shown(header: str) -> str:
    return header.strip().strip('"')
