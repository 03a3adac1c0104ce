"""The body of a reimage, as the engine's options (semantics 1.5.17, 18, 27)."""

from typing import Any

from vmss_sdk.emulator.engine.common.documents import get_path
from vmss_sdk.emulator.engine.work.reimage import ReimageOptions

__all__ = ["options_of"]


def options_of(body: dict[str, Any], *, single: bool = False) -> ReimageOptions:
    """What a request asks for.

    Args:
        body: The parameters, checked against their model.
        single: Whether it came through a VM's own resource, where custom data has to be the VM's (rule 27).
    """
    return ReimageOptions(
        temp_disk=body.get("tempDisk"),
        exact_version=body.get("exactVersion"),
        force_update_ephemeral=bool(body.get("forceUpdateOSDiskForEphemeral")),
        custom_data=get_path(body, "osProfile.customData") if single else None,
    )
