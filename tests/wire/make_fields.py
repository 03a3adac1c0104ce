"""Makes ``fields.json`` from Azure's models (``models.csv``) and its operations (``operations.md``).

    python -m tests.wire.make_fields <folder with the two>

The table has the columns model, wire, type, required, enum_values, as the public API description gives them.
Members are written as ``"name": "type"`` with a ``!`` in front of a required one's type. A type is string, integer,
number, boolean, time, duration, any, a model's name, a choice ``A|B``, ``[type]`` for arrays or ``{type}`` for maps.
"""

import csv
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
_SCALARS = {
    "str": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "datetime": "time",
    "datetime.timedelta": "duration",
    "Any": "any",
}
_PLACES = {
    "VMSS": "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.Compute/virtualMachineScaleSets",
    "SUB": "/subscriptions/{}/providers",
}


def made_type(text: str, values: str) -> str:
    """A type of the table in the words of ``fields.json``."""
    text = text.replace("'", "").replace('"', "").replace("_models.", "")
    if inner := re.fullmatch(r"Optional\[(.*)\]", text):
        return made_type(inner[1], values)
    if inner := re.fullmatch(r"list\[(.*)\]", text):
        return f"[{made_type(inner[1], values)}]"
    if inner := re.fullmatch(r"dict\[str, (.*)\]", text):
        return f"{{{made_type(inner[1], values)}}}"
    if text.startswith("Union[str, "):
        assert "|" in values or values, text
        return values if "|" in values else f"{values}|"
    return _SCALARS.get(text, text)


def models(table: Path) -> dict[str, dict[str, str]]:
    """Each model's members."""
    found: dict[str, dict[str, str]] = {}
    with table.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            required = "!" if row["required"] else ""
            found.setdefault(row["model"], {})[row["wire"]] = required + made_type(row["type"], row["enum_values"])
    return found


def operations(page: Path) -> list[list[str]]:
    """Each operation: method, path, statuses of success, and the model of the answer."""
    found = []
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) < 11 or cells[1] not in {"GET", "PUT", "PATCH", "POST", "DELETE"}:
            continue
        place, _, rest = cells[2].partition("/")
        path = f"{_PLACES[place]}/{rest}" if rest else _PLACES[place]
        model = re.sub(r"^(LROPoller|ItemPaged)\[(.*)\]$", r"\2", cells[9])
        listed = "[]" if cells[9].startswith("ItemPaged") else ""
        found.append([cells[1], re.sub(r"\{\w+\}", "{}", path), cells[6], "" if model == "None" else model + listed])
    return found


def main(folder: Path) -> None:
    """Write ``fields.json``, a model or an operation on each line."""
    known = models(folder / "models.csv")
    lines = [f"{json.dumps(name)}: {json.dumps(members)}" for name, members in sorted(known.items())]
    rows = [json.dumps(row) for row in operations(folder / "operations.md")]
    text = '{"models": {\n' + ",\n".join(lines) + '\n},\n"operations": [\n' + ",\n".join(rows) + "\n]}\n"
    json.loads(text)
    (HERE / "fields.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
