"""The words of every error of the service: status, code, text and target, verbatim where Azure's are known (wire.md 7).

A text without a source is ours and marked CHOICE.
"""

from vmss_sdk.emulator.arm.texts import access, compute, deployments, gateway, scopes
from vmss_sdk.emulator.arm.texts.error_template import ErrorReason, ErrorTemplate
from vmss_sdk.emulator.arm.texts.models import MODELS
from vmss_sdk.emulator.arm.texts.reasons import BY_FEATURE
from vmss_sdk.emulator.arm.texts.reasons import REFUSAL_TEMPLATES as _REASONS
from vmss_sdk.emulator.arm.texts.sizes import SIZES
from vmss_sdk.emulator.engine.common.refusals import Reason

__all__ = ["BY_FEATURE", "ERROR_TEMPLATES", "REFUSAL_TEMPLATES", "ErrorReason", "ErrorTemplate"]

REFUSAL_TEMPLATES: dict[Reason, ErrorTemplate] = {**_REASONS, **MODELS, **SIZES}
ERROR_TEMPLATES: dict[ErrorReason, ErrorTemplate] = {
    **gateway.ERROR_TEMPLATES,
    **access.ERROR_TEMPLATES,
    **compute.ERROR_TEMPLATES,
    **deployments.ERROR_TEMPLATES,
    **scopes.ERROR_TEMPLATES,
}
