"""A forecast for people and for pipelines: a chart of letters, Markdown, JUnit."""

from __future__ import annotations

from xml.etree import ElementTree

from vmss_sdk.forecast.result import Forecast

__all__ = ["chart", "junit", "markdown", "summary"]

_ROWS = 8
_WIDTH = 60
_MINUTE = 60


def summary(found: Forecast) -> list[str]:
    """What it tells, in sentences."""
    if found.refused:
        return [f"The change would be refused: {found.why_refused}"]
    p50, p90, p99 = (_time(found.duration(percent)) for percent in (50, 90, 99))
    lines = [
        f"{len(found.stories)} stories with {found.instances} instances:"
        f" {p50} at the median, {p90} at 90 %, {p99} at 99 %.",
        f"At the worst moment {found.min_capacity} instances serve, {found.min_capacity_percent:.0f} %.",
    ]
    typical = found.typical
    if typical is not None and typical.batches:
        sizes = " + ".join(str(len(batch.instance_ids)) for batch in typical.batches)
        lines.append(f"Batches: {sizes}; the first is {', '.join(typical.batches[0].instance_ids)}.")
    if found.stop_chance:
        where = ", ".join(f"{count} after batch {batch}" for batch, count in found.stops.items())
        lines.append(f"It stops in {found.stop_chance:.1%} of the stories ({where}).")
        lines.append(f"At most {found.max_hit} instances fail, and {found.max_outdated} stay outdated.")
    if found.disks_lost:
        lines.append(f"{found.disks_lost} instances lose their OS disk with what is on it.")
    lines.append(f"Afterwards: {found.pending}.")
    return [*lines, *(f"Note: {note}" for note in found.notes)]


def chart(found: Forecast, width: int = _WIDTH) -> str:
    """How many instances serve over time: ``#`` in all stories, ``.`` in some."""
    band = found.band(width)
    if not band:
        return ""
    top = max(high for *_, high in band)
    rows = min(_ROWS, max(1, top))
    levels = [top * (rows - at) / rows for at in range(rows)]
    lines = [
        f"{level:6.0f} |" + "".join("#" if low >= level else "." if high >= level else " " for _, low, _, high in band)
        for level in levels
    ]
    end = _time(band[-1][0])
    return "\n".join([*lines, f"{'':6} +{'-' * width}", f"{'':8}0{end:>{width - 1}}"])


def markdown(found: Forecast, verdict: str | None = None) -> str:
    """A summary for a pull request.

    Args:
        found: The forecast.
        verdict: Why it fails the gate; None: it does not.
    """
    name = found.scale_set.rpartition("/")[2]
    head = f"### Forecast for `{name}`: {'fails' if verdict else 'passes'}"
    lines = [head, "", *([f"**{verdict}**", ""] if verdict else []), *(f"- {line}" for line in summary(found))]
    if found.stories:
        lines += ["", "```", chart(found), "```"]
    return "\n".join(lines) + "\n"


def junit(found: Forecast, condition: str, verdict: str | None) -> str:
    """The verdict as a test case of JUnit's XML.

    Args:
        found: The forecast.
        condition: The gate; empty for none.
        verdict: Why it fails; None: it does not.
    """
    name = found.scale_set.rpartition("/")[2]
    suite = ElementTree.Element("testsuite", name="vmss forecast", tests="1", failures="1" if verdict else "0")
    case = ElementTree.SubElement(suite, "testcase", classname=f"forecast.{name}", name=condition or "forecast")
    if verdict:
        ElementTree.SubElement(case, "failure", message=verdict).text = "\n".join(summary(found))
    else:
        ElementTree.SubElement(case, "system-out").text = "\n".join(summary(found))
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _time(seconds: float) -> str:
    """As in ``1 h 5 min`` or ``45 s``."""
    minutes, rest = divmod(round(seconds), _MINUTE)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, _MINUTE)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
