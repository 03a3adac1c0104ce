"""The api-versions that ``apiProfile`` stands for (https://aka.ms/api-profiles)."""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["profile_version"]

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-(?:hybrid|profile)", re.IGNORECASE)
# the profiles of Azure Stack Hub name one version for all types of a provider
_NAMED: dict[str, dict[str, str]] = {
    "2018-03-01-hybrid": {
        "microsoft.compute": "2017-03-30",
        "microsoft.keyvault": "2016-10-01",
        "microsoft.network": "2017-10-01",
        "microsoft.storage": "2016-01-01",
    },
    "2019-03-01-hybrid": {
        "microsoft.compute": "2017-12-01",
        "microsoft.keyvault": "2016-10-01",
        "microsoft.network": "2017-10-01",
        "microsoft.storage": "2017-10-01",
    },
    "2020-09-01-hybrid": {
        "microsoft.compute": "2020-06-01",
        "microsoft.keyvault": "2019-09-01",
        "microsoft.network": "2018-11-01",
        "microsoft.storage": "2019-06-01",
    },
}


def profile_version(profile: str, kind: str, versions: Callable[[str, str], list[str]]) -> str:
    """The api-version of a type in a profile; empty: it names none.

    CHOICE: where a profile does not name a version, it is the newest one that is not younger than the profile.

    Args:
        profile: Such as ``2019-03-01-hybrid``, or ``latest``.
        kind: A resource type.
        versions: The api-versions of a type, the newest first, by namespace and the rest of it.
    """
    namespace, _, rest = kind.partition("/")
    named = _NAMED.get(profile.lower(), {}).get(namespace.lower())
    dated = _DATED.fullmatch(profile)
    if named or not (dated or profile.lower() == "latest"):
        return named or ""
    known = [version for version in versions(namespace, rest) if "preview" not in version.lower()]
    if dated is None:
        return known[0] if known else ""
    return next((version for version in known if version <= dated[1]), known[-1] if known else dated[1])
