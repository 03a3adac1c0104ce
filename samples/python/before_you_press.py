"""Before the button is pressed: what will a new image do to this scale set, and which policy would be better?

A forecast makes the change on a twin of the scale set, many times, with durations and failures by chance. The scale set
itself is only read.
"""

from _common import heading, images, new_image, production

from vmss_sdk import Twin
from vmss_sdk.forecast import Assumptions, Limits, compare, forecast, grid
from vmss_sdk.forecast.conditions import Condition
from vmss_sdk.forecast.report import summary

BOOT = Assumptions(boot=(90, 240))
BAD = Assumptions(boot=(90, 240), bad_image=True)


def main() -> None:
    """Capture, forecast, compare, and hold it against a gate."""
    change = new_image(images()[1])
    with production(azure=True) as (_, web):
        twin = Twin.capture(web)

    heading("The new image, when all goes well:")
    good = forecast(twin, change, stories=100, assume=BOOT)
    print(*(f"  {line}" for line in summary(good)), sep="\n")

    heading("When the image is bad:")
    print(*(f"  {line}" for line in summary(forecast(twin, change, stories=20, assume=BAD))), sep="\n")

    heading("Other policies:")
    found = compare(twin, change, grid(batch=[10, 20], surge=[False, True]), stories=20, assume=BOOT)
    for choice in found.choices:
        best = "  Pareto" if choice in found.pareto else ""
        told = choice.found
        print(f"  {choice.name:<22} at least {told.min_capacity}, a bad image hits {choice.bad.max_hit}{best}")
    chosen = found.choose(Limits(at_least=90, bad_image_hits_at_most=1))
    if chosen is not None:
        print(f"  {chosen.command('shop', 'web')}")

    heading("The gate of the pipeline:")
    print(f"  {Condition.parse('refused or min_capacity < 90%').met(good) or 'passed'}")


if __name__ == "__main__":
    main()
