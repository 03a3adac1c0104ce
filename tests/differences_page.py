"""The part of the page of differences that comes from the emulator's own tables.

``python -m tests.differences_page`` writes it into ``docs/differences.md``, between its two comments: the members and
the kinds of resources that are kept without effect.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from vmss_sdk.emulator.arm.resources.known_types import provider_names, provider_types
from vmss_sdk.emulator.arm.without_effect import NO_EFFECT, rows

__all__ = ["PAGE", "kinds", "members", "page", "section"]

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/differences.md"
BEGIN = "<!-- python -m tests.differences_page: begin -->\n"
END = "<!-- end -->\n"
_PLACES = {
    "VirtualMachineScaleSetUpdate": "VirtualMachineScaleSet",
    "SecurityPostureReferenceUpdate": "SecurityPostureReference",
}
PROOF = "test_a_member_without_effect_is_found_wherever_it_is"


def members() -> dict[tuple[str, str, str], list[str]]:
    """The models that have each member without effect, by the member, what happens instead, and Azure's subject."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in rows():
        if row.answer == NO_EFFECT:
            model = next((row.model.replace(a, b) for a, b in _PLACES.items() if row.model.startswith(a)), row.model)
            model = model.removesuffix("Properties")
            places = found[row.member, row.note, row.source]
            places += [model] if model not in places else []
    return found


def kinds() -> dict[str, str]:
    """What of their effect there is not, by the types of resources that are only kept."""
    known = (one for namespace in provider_names() for one in provider_types(namespace))
    return {one.name: one.note for one in known if one.note}


def section() -> str:
    """The tables."""
    lines = ["| member | of | what happens instead | in Azure's documentation |", "|---|---|---|---|"]
    for (member, note, source), models in sorted(members().items(), key=lambda entry: entry[0][0].lower()):
        lines.append(f"| `{member}` | {', '.join(sorted(models))} | {note} | {source} |")
    lines += ["", "| resource | what happens instead |", "|---|---|"]
    lines += [f"| `{name}` | {note} |" for name, note in sorted(kinds().items(), key=lambda entry: entry[0].lower())]
    return "\n".join(lines) + "\n"


def page() -> str:
    """The page with the part made anew."""
    text = PAGE.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{section()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
