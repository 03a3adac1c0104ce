"""The functions of the template language, by name in lower case."""

from collections.abc import Mapping

from vmss_sdk.emulator.templates.evaluation import Function
from vmss_sdk.emulator.templates.functions import (
    addresses,
    collections,
    dates,
    logic,
    numbers,
    resources,
    scopes,
    strings,
    uris,
)

__all__ = ["FUNCTIONS"]

FUNCTIONS: Mapping[str, Function] = {
    function.name.lower(): function
    for part in (logic, numbers, strings, uris, collections, dates, addresses, scopes, resources)
    for function in part.FUNCTIONS
}
