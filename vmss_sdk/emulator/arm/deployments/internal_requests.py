"""Requests of the emulator to itself: deployments write resources through the same handlers as clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import attrs

from vmss_sdk import wire
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.arm.identity.grants import may
from vmss_sdk.emulator.arm.replies import Reply
from vmss_sdk.emulator.arm.resources.known_types import known_type
from vmss_sdk.emulator.templates.identity import parse_id
from vmss_sdk.emulator.templates.resources import DEPLOYMENT_TYPE

if TYPE_CHECKING:
    from vmss_sdk.emulator.arm.identity.principal import Principal
    from vmss_sdk.emulator.arm.state import State

__all__ = ["InternalRequests", "api_version_for"]

Document = dict[str, Any]

_FALLBACK = "2024-11-01"
"""CHOICE: for what is read without an api-version and is in no table."""
_NOT_FOUND = 404


@attrs.frozen(eq=False)
class InternalRequests:
    """Writes and reads resources; also what expressions see of them while a deployment runs.

    Attributes:
        state: What they act on.
        caller: By whose rights.
    """

    state: State = attrs.field(repr=False)
    _caller: Principal | None

    def may_deploy(self, deployment_id: str) -> None:
        """See whether a deployment may be begun there.

        Raises:
            ArmError: It may not.
        """
        caller, action = self._caller, f"{DEPLOYMENT_TYPE}/write"
        if caller is not None and not may(self.state, caller, action, deployment_id):
            facts = {"client": caller.client_id, "object": caller.object_id, "action": action}
            raise ArmError.of(ErrorReason.NOT_AUTHORIZED, None, scope=deployment_id, **facts)

    def put(self, resource_id: str, api_version: str, body: Document) -> Reply:
        """Create or change a resource.

        Raises:
            ArmError: It is refused.
        """
        return self._send("PUT", resource_id, api_version, wire.encode(body))

    def delete(self, resource_id: str) -> Reply:
        """Delete a resource.

        Raises:
            ArmError: It is refused.
        """
        return self._send("DELETE", resource_id, api_version_for(resource_id))

    def resource(self, resource_id: str, api_version: str) -> Document:
        """A resource as a GET tells it.

        Raises:
            ArmError: There is none.
        """
        reply = self._send("GET", resource_id, api_version or api_version_for(resource_id))
        # through the text, so that nothing that is shown is shared with what is kept
        document: Document = wire.decode(wire.encode(reply.document))
        return document

    def exists(self, resource_id: str, api_version: str) -> bool:
        """Whether there is such a resource.

        Raises:
            ArmError: It may not be read.
        """
        try:
            self.resource(resource_id, api_version)
        except ArmError as error:
            if error.status == _NOT_FOUND:
                return False
            raise
        return True

    def action(self, name: str, resource_id: str, api_version: str, body: Any) -> Any:
        """What an action of a resource answers.

        Raises:
            ArmError: There is none, or it is not served.
        """
        version = api_version or api_version_for(resource_id)
        return self._send("POST", f"{resource_id}/{name}", version, wire.encode(body) if body else b"").document

    def _send(self, method: str, path: str, api_version: str, body: bytes = b"") -> Reply:
        if not path.lower().startswith("/subscriptions/"):
            raise ArmError.of(ErrorReason.UNKNOWN_TYPE, path=path)
        target = f"{quote(path)}?api-version={quote(api_version)}"
        return self.state.request(method, target, body, self._caller)


def api_version_for(resource_id: str) -> str:
    """The newest api-version that is known of a resource's type, or of the type that it is a child of."""
    address = parse_id(resource_id)
    kind = address.type if address else ""
    while "/" in kind:
        known = known_type(kind)
        if known is not None and known.api_versions:
            return known.api_versions[0]
        kind = kind.rpartition("/")[0]
    return _FALLBACK
