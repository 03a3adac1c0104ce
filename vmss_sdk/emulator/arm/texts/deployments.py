"""The words of deployments; those of templates themselves are in `vmss_sdk.emulator.templates`."""

from vmss_sdk.emulator.arm.texts.error_template import ErrorReason, ErrorTemplate

__all__ = ["ERROR_TEMPLATES"]


def _gateway(status: int, code: str, message: str) -> ErrorTemplate:
    return ErrorTemplate(status, code, message, gateway=True)


ERROR_TEMPLATES: dict[ErrorReason, ErrorTemplate] = {
    ErrorReason.TEMPLATE: _gateway(400, "{code}", "{message}"),
    # reported
    ErrorReason.DEPLOYMENT_INVALID: _gateway(
        400,
        "InvalidTemplateDeployment",
        "The template deployment '{name}' is not valid according to the validation procedure. The tracking id is"
        " '{tracking}'. See inner errors for details.",
    ),
    # reported
    ErrorReason.DEPLOYMENT_NOT_FOUND: _gateway(404, "DeploymentNotFound", "Deployment '{name}' could not be found."),
    # reported
    ErrorReason.DEPLOYMENT_ACTIVE: _gateway(
        409,
        "DeploymentActive",
        "Unable to edit or replace deployment '{name}': previous deployment from '{since}' is still active (expiration"
        " time is '{until}'). Please see https://aka.ms/arm-deploy for usage details.",
    ),
    # CHOICE
    ErrorReason.DEPLOYMENT_ENDED: _gateway(
        409,
        "DeploymentCannotBeCancelled",
        "The deployment '{name}' cannot be cancelled because it is in the terminal state '{state}'.",
    ),
    # CHOICE
    ErrorReason.DEPLOYMENT_CANCELED: _gateway(409, "DeploymentCanceled", "The deployment '{name}' was canceled."),
    # CHOICE
    ErrorReason.DEPLOYMENT_NAME_INVALID: _gateway(
        400,
        "InvalidDeploymentName",
        "The deployment name '{name}' is invalid: expected 1 to 64 letters, digits, '-', '_', '.', '(' or ')'.",
    ),
    # CHOICE: it would need the network
    ErrorReason.LINK_NOT_EMULATED: _gateway(
        400,
        "InvalidContentLink",
        "Unable to download deployment content: '{member}' is not emulated. Send the template and the parameters"
        " themselves.",
    ),
    # CHOICE
    ErrorReason.NESTED_TOO_DEEP: _gateway(
        400, "InvalidTemplate", "The deployment '{name}' is nested in more than '{most}' deployments."
    ),
    # reported
    ErrorReason.DEPLOYMENT_FAILED: _gateway(
        409,
        "DeploymentFailed",
        "At least one resource deployment operation failed. Please list deployment operations for details. Please see"
        " https://aka.ms/arm-deployment-operations for usage details.",
    ),
    # reported
    ErrorReason.RESOURCE_WRITE_FAILED: _gateway(
        409,
        "ResourceDeploymentFailure",
        "The resource write operation failed to complete successfully, because it reached terminal provisioning state"
        " '{state}'.",
    ),
}
