"""What will this change do to my scale set? Many seeded stories, told by the emulator's engine on copies of a twin.

Begin with `forecast`.
"""

from vmss_sdk.forecast.assumptions import Assumptions
from vmss_sdk.forecast.compare import Choice, Comparison, Limits, compare, grid
from vmss_sdk.forecast.result import Forecast
from vmss_sdk.forecast.run import forecast
from vmss_sdk.forecast.story import Batch, Story

__all__ = [
    "Assumptions",
    "Batch",
    "Choice",
    "Comparison",
    "Forecast",
    "Limits",
    "Story",
    "compare",
    "forecast",
    "grid",
]
