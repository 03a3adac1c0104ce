"""Microsoft.Resources/deployments."""

from vmss_sdk.emulator.arm.deployments import handlers
from vmss_sdk.emulator.arm.routes.paths import GROUP
from vmss_sdk.emulator.arm.routing import Route

__all__ = ["ROUTES"]

_DEPLOYMENTS = f"{GROUP}/providers/Microsoft.Resources/deployments"
_DEPLOYMENT = f"{_DEPLOYMENTS}/{{deploymentName}}"

ROUTES: tuple[Route, ...] = (
    Route("POST", "/providers/Microsoft.Resources/calculateTemplateHash", handlers.template_hash),
    Route("GET", _DEPLOYMENTS, handlers.list_all),
    Route("PUT", _DEPLOYMENT, handlers.put),
    Route("GET", _DEPLOYMENT, handlers.get),
    Route("HEAD", _DEPLOYMENT, handlers.exists),
    Route("DELETE", _DEPLOYMENT, handlers.delete),
    Route("POST", f"{_DEPLOYMENT}/validate", handlers.validate),
    Route("POST", f"{_DEPLOYMENT}/whatIf", handlers.what_if_start),
    Route("GET", f"{_DEPLOYMENT}/whatIfResults/{{resultId}}", handlers.what_if_result),
    Route("POST", f"{_DEPLOYMENT}/cancel", handlers.cancel),
    Route("POST", f"{_DEPLOYMENT}/exportTemplate", handlers.export_template),
    Route("GET", f"{_DEPLOYMENT}/operationStatuses/{{operationId}}", handlers.status, poll=True),
    Route("GET", f"{_DEPLOYMENT}/operations", handlers.list_operations),
    Route("GET", f"{_DEPLOYMENT}/operations/{{operationId}}", handlers.get_operation),
    # where the API description has them, without the provider
    Route("GET", f"{GROUP}/deployments/{{deploymentName}}/operations", handlers.list_operations),
    Route("GET", f"{GROUP}/deployments/{{deploymentName}}/operations/{{operationId}}", handlers.get_operation),
)
