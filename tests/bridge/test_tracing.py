"""What a trace tells of requests and answers: everything but secrets."""

from __future__ import annotations

import pytest

from vmss_sdk import VmssClient
from vmss_sdk.bridge.tracing import TELL, trace

SECRET = "hunter2-canary"
NAMES = (
    "adminPassword", "customData", "userData", "protectedSettings", "protectedParameters", "runAsPassword",
    "outputBlobUri", "errorBlobUri", "scriptUri", "consoleScreenshotBlobUri", "content",
    "password", "token", "clientSecret", "client_secret", "access_token", "identitySecret", "accessSAS",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("spelling", [str, str.lower, str.upper, str.swapcase])
def test_a_secret_is_not_told_in_any_case_of_its_name(name: str, spelling: type[str]) -> None:
    """ARM reads names in any case, so a secret may be sent and answered under any spelling."""
    told: list[str] = []
    with VmssClient.in_process() as client:
        client.resource_groups.create_or_update("rg", "westus")
        trace(client)
        group = f"/subscriptions/{client.subscription_id}/resourceGroups/rg"
        vault = client.resource(f"{group}/providers/Contoso.Secrets/vaults/v", api_version="2024-01-01")
        before = TELL.set(lambda level, text: told.append(text))
        try:
            vault.create_or_update(
                {"location": "westus", "properties": {"list": [{spelling(name): SECRET}], "other": "shown"}}
            ).wait()
        finally:
            TELL.reset(before)
    assert '"other":"shown"' in "".join(told)
    assert spelling(name) in "".join(told)
    assert SECRET not in "".join(told)
