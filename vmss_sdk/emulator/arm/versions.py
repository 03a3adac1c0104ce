"""Which api-versions are served: every one from a route's oldest on, also those that are not made yet."""

import re

from vmss_sdk.emulator.arm.errors import ArmError, Flaw

__all__ = ["check_api_version"]

_FORM = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(-[A-Za-z0-9.]+)?")
_NAMED = ", ".join(  # those of the API descriptions that we know (wire.md 8, operations.md)
    (
        "2019-03-01, 2019-07-01, 2019-12-01, 2020-06-01, 2020-12-01, 2021-03-01, 2021-04-01, 2021-07-01, 2021-11-01",
        "2022-03-01, 2022-08-01, 2022-11-01, 2023-03-01, 2023-07-01, 2023-09-01, 2024-03-01, 2024-07-01, 2024-11-01",
        "2025-04-01, 2025-11-01, 2026-04-01",
    )
)
_good: set[tuple[str, str]] = set()


def check_api_version(version: str | None, resource_type: str, oldest: str) -> None:
    """See whether a request's api-version is served.

    Raises:
        ArmError: It is missing, malformed or older than `oldest`.
    """
    if not version:
        raise ArmError.of(Flaw.MISSING_API_VERSION)
    if (version, oldest) in _good:
        return
    if not _FORM.fullmatch(version):
        raise ArmError.of(Flaw.INVALID_API_VERSION, version=version, supported=_NAMED)
    if version[:10] < oldest:
        raise ArmError.of(Flaw.OLD_API_VERSION, version=version, type=resource_type, supported=_NAMED)
    if len(_good) < 100:  # noqa: PLR2004  # a bound, so that nonsense cannot fill the memory
        _good.add((version, oldest))
