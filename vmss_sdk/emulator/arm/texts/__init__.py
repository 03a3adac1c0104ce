"""The words of every error of the service: status, code, text and target, verbatim where Azure's are known (wire.md 7).

A text without a source is ours and marked CHOICE.
"""

from vmss_sdk.emulator.arm.texts import access, compute, deployments, gateway, scopes
from vmss_sdk.emulator.arm.texts.flaw import Flaw, Text
from vmss_sdk.emulator.arm.texts.reasons import BY_FEATURE
from vmss_sdk.emulator.arm.texts.reasons import REASONS as _REASONS
from vmss_sdk.emulator.arm.texts.sizes import SIZES
from vmss_sdk.emulator.engine.common.refusals import Reason

__all__ = ["BY_FEATURE", "FLAWS", "REASONS", "Flaw", "Text"]

REASONS: dict[Reason, Text] = {**_REASONS, **SIZES}
FLAWS: dict[Flaw, Text] = {**gateway.FLAWS, **access.FLAWS, **compute.FLAWS, **deployments.FLAWS, **scopes.FLAWS}
