"""The output of a command: shaped as az shapes it, narrowed by a query, in one of az's formats."""

from vmss_sdk.cli.output.formats import FORMATS, written
from vmss_sdk.cli.output.shape import Verbatim, shape

__all__ = ["FORMATS", "Verbatim", "shape", "written"]
