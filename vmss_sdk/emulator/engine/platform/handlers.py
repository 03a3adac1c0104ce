"""The catalogue of extension handlers: which version of which is the newest."""

from collections.abc import Iterable
from typing import Any

import attrs

from vmss_sdk.emulator.engine.common.documents import get_path

__all__ = ["HandlerCatalog"]


@attrs.define
class HandlerCatalog:
    """Published versions by ``publisher.type``; a handler nobody published has its extension's own version."""

    newest: dict[str, str] = attrs.field(factory=dict)

    def publish(self, handler: str, version: str) -> None:
        """Make a version of a handler (``publisher.type``) the newest."""
        self.newest[handler.lower()] = version

    def current(self, extension: dict[str, Any]) -> str:
        """The version that a fresh installation of this extension gets."""
        key = f"{get_path(extension, 'properties.publisher')}.{get_path(extension, 'properties.type')}".lower()
        return self.newest.get(key) or str(get_path(extension, "properties.typeHandlerVersion", "1.0"))

    def behind(self, extensions: Iterable[dict[str, Any]], installed: dict[str, str]) -> dict[str, str]:
        """The extensions whose installed version is not the newest, with the newest."""
        current = {str(extension.get("name")): self.current(extension) for extension in extensions}
        return {name: version for name, version in current.items() if installed.get(name, version) != version}
