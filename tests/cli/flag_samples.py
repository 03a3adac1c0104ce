"""Words for any flag, to see that it does something."""

from vmss_sdk.cli import values
from vmss_sdk.cli.command import Argument

__all__ = ["sample"]


def sample(argument: Argument) -> str:
    """What could follow the flag; the last word of an enumeration, which is seldom the default."""
    options = argument.options
    if "choices" in options:
        return str(options["choices"][-1])
    if options.get("action") == "store_const" or options.get("nargs") == "?":
        return ""
    kind = options.get("type")
    if kind is values.duration:
        return "PT1M"
    return "10" if kind else "something"
