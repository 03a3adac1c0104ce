"""An emulator that asks who calls."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from tests.emulator.arm.azure import GROUP, Azure
from tests.transport.stand_in import CountingClock
from vmss_sdk.emulator.app import Emulator
from vmss_sdk.emulator.arm.identity.directory import Directory, default_principals
from vmss_sdk.emulator.arm.identity.principal import Principal, Role
from vmss_sdk.emulator.arm.identity.tokens import new_key
from vmss_sdk.emulator.engine.platform.settings import Settings
from vmss_sdk.emulator.engine.platform.timings import Timings
from vmss_sdk.transport.base import Response

__all__ = ["ARM", "IN_GROUP", "KEY", "OTHER_GROUP", "Guarded"]

KEY = new_key()  # one is enough, and takes a tenth of a second
ARM = "https://management.azure.com/"
IN_GROUP = Principal.new("in-group", Role.CONTRIBUTOR, GROUP)
OTHER_GROUP = GROUP.replace("Shop", "Other")


class Guarded(Azure):
    """An emulator that asks who calls, and one of its principals."""

    def __init__(self, caller: str = "contributor", **options: Any) -> None:
        self.clock = CountingClock()
        more = (IN_GROUP, Principal.new("group-reader", Role.READER, GROUP), Principal.new("owner", Role.OWNER))
        found = (*default_principals(), *more)
        options.setdefault("owner_secret", "the owner's")
        self.directory = Directory(key=KEY, clock=self.clock, principals=found, **options)
        super().__init__(Emulator(settings=Settings(timings=Timings.exact()), directory=self.directory))
        self.be(caller)

    def be(self, name: str, audience: str = ARM) -> None:
        """Call as this principal from now on."""
        principal = self.directory.named(name)
        assert principal is not None
        self.header: str | None = f"Bearer {self.directory.give(principal, audience).text}"

    def send(self, method: str, path: str, body: Any = None, **options: Any) -> Response:
        """With the token, unless the request has one of its own."""
        own = {} if self.header is None else {"Authorization": self.header}
        return super().send(method, path, body, **{**options, "headers": {**own, **(options.get("headers") or {})}})

    def settle(self) -> None:
        """As the owner of the data directory: the clock is not for every role."""
        caller, self.header = self.header, f"Bearer {self.directory.owner_secret}"
        super().settle()
        self.header = caller

    def form(self, path: str = "oauth2/v2.0/token", tenant: str = "", **fields: str | None) -> Response:
        """Ask for a token as a client does; None leaves a field out."""
        principal = self.directory.named("contributor")
        assert principal is not None
        usual = {
            "grant_type": "client_credentials",
            "client_id": principal.client_id,
            "client_secret": principal.secret,
            "scope": f"{ARM}/.default",
        }
        sent = {name: value for name, value in {**usual, **fields}.items() if value is not None}
        url = f"/{tenant or self.directory.tenant_id}/{path}"
        return super().send("POST", url, urlencode(sent).encode(), version=None)
