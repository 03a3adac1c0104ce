"""The body of a deployment as it is sent, and where in it an error stands."""

from __future__ import annotations

import hashlib
from typing import Any

import attrs

from vmss_sdk import wire
from vmss_sdk.emulator.arm.deployments.record import Mode
from vmss_sdk.emulator.arm.errors import ArmError, ErrorReason
from vmss_sdk.emulator.templates import json_reader
from vmss_sdk.emulator.templates.errors import Step, TemplateError
from vmss_sdk.emulator.templates.types import is_secure
from vmss_sdk.emulator.templates.values import find
from vmss_sdk.transport.base import Request

__all__ = ["DeploymentRequest", "hash_of", "read", "read_properties"]

Document = dict[str, Any]


@attrs.frozen(kw_only=True)
class DeploymentRequest:
    """What a deployment is asked to do.

    Attributes:
        text: The body as it was sent; empty for a deployment inside of another.
        prefix: Where the deployment's properties stand in it.
    """

    template: Any = attrs.field(repr=False)
    parameters: Document = attrs.field(repr=False)
    mode: Mode
    tags: dict[str, str] | None = None
    settings: Document = attrs.field(factory=dict)
    text: str = attrs.field(default="", repr=False)
    prefix: tuple[Step, ...] = ("properties",)

    @property
    def template_hash(self) -> str:
        """A number that tells templates apart."""
        return hash_of(self.template)

    @property
    def open_parameters(self) -> Document:
        """The values that are given, without those of secure parameters and of what is no parameter."""
        definitions = find(self.template, "parameters")
        return {
            name: value
            for name, value in self.parameters.items()
            if (kind := find(find(definitions, name), "type")) is not None and not is_secure(str(kind))
        }

    def refused(self, error: TemplateError) -> ArmError:
        """The answer to a template that is refused, with the line and column of what is wrong."""
        path = (*self.prefix, *error.path)
        line, column = self._place(path)
        message = error.message.replace("{place}", f"line '{line}' and column '{column}'")
        refusal = ArmError.of(ErrorReason.TEMPLATE, code=error.code, message=message)
        info = {"lineNumber": line, "linePosition": column, "path": _written(path)}
        refusal.error["additionalInfo"] = [{"type": "TemplateViolation", "info": info}]
        return refusal

    def _place(self, path: tuple[Step, ...]) -> json_reader.Position:
        try:
            return json_reader.place_of(self.text, path) if self.text else (1, 1)
        except json_reader.JsonTextError:  # plain JSON may have what a template may not, such as 80 digits
            return 1, 1


def hash_of(template: Any) -> str:
    """A number that tells templates apart."""
    return str(int.from_bytes(hashlib.sha256(wire.encode(template)).digest()[:8], "big"))


def read(request: Request) -> DeploymentRequest:
    """What a request asks for; ``az deployment`` sends templates with comments, which is no JSON.

    Raises:
        ArmError: It cannot be read, or is no deployment.
    """
    try:
        text = request.body.decode()
    except UnicodeDecodeError:
        raise ArmError.of(ErrorReason.INVALID_BODY, why="It is no UTF-8 text.") from None
    body = _decoded(request.body, text)
    if body is None:
        raise ArmError.of(ErrorReason.BODY_MISSING)
    if not isinstance(body, dict):
        raise ArmError.of(ErrorReason.INVALID_BODY, why="Expected a JSON object.")
    tags = body.get("tags")
    if tags is not None and not (isinstance(tags, dict) and all(isinstance(item, str) for item in tags.values())):
        raise ArmError.of(ErrorReason.INVALID_BODY, why='"tags" must be an object of strings.')
    return attrs.evolve(read_properties(body.get("properties")), tags=tags, text=text)


def read_properties(properties: Any) -> DeploymentRequest:
    """What the properties of a deployment ask for.

    Raises:
        ArmError: They are not those of a deployment, or name what is not emulated.
    """
    if not isinstance(properties, dict):
        raise _required("properties", "")
    for name in ("templateLink", "parametersLink"):
        if find(properties, name) is not None:
            raise ArmError.of(ErrorReason.LINK_NOT_EMULATED, member=name)
    parameters, template = find(properties, "parameters") or {}, find(properties, "template")
    if isinstance(parameters, dict) and "$schema" in parameters:  # a whole parameters file, as some clients send it
        parameters = find(parameters, "parameters") or {}
    if not isinstance(parameters, dict):
        raise ArmError.of(ErrorReason.INVALID_BODY, why='"parameters" must be an object.')
    if template is None:
        raise _required("template", "properties")
    settings = find(properties, "whatIfSettings") or {}
    return DeploymentRequest(template=template, parameters=parameters, mode=_mode(properties), settings=settings)


def _decoded(body: bytes, text: str) -> Any:
    if not body.strip():
        return None
    try:
        return wire.decode(body)
    except ValueError:
        pass
    try:
        return json_reader.read(text)
    except ValueError as error:
        raise ArmError.of(ErrorReason.INVALID_BODY, why=str(error).replace("'", '"')) from None


def _mode(properties: Document) -> Mode:
    wanted = find(properties, "mode")
    if wanted is None:
        raise _required("mode", "properties")
    found = next((mode for mode in Mode if mode.lower() == str(wanted).lower()), None)
    if found is None:
        raise ArmError.of(ErrorReason.INVALID_BODY, why='"mode" must be "Incremental" or "Complete".')
    return found


def _required(name: str, path: str) -> ArmError:
    return ArmError.of(ErrorReason.INVALID_BODY, why=f'Required property "{name}" not found in JSON. Path "{path}".')


def _written(path: tuple[Step, ...]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")
