"""Which module of a package imports which, read from the source: nothing is run, so no import escapes it."""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path

__all__ = ["imports_of", "shortest_loop"]


def imports_of(package: Path) -> dict[str, set[str]]:
    """The modules of a package and what each imports of it: inside functions and under ``TYPE_CHECKING`` as well.

    ``from a.b import c`` is an import of ``a.b.c`` where that is a module, else of ``a.b``.

    Args:
        package: Its folder.
    """
    files = {_name(package, path): path for path in sorted(package.rglob("*.py"))}
    return {name: set(_imported(name, path, files)) - {name} for name, path in files.items()}


def shortest_loop(imports: Mapping[str, set[str]]) -> list[str]:
    """The shortest way from a module to itself, which stands at both ends; empty when there is none."""
    loops = (loop for name in imports if (loop := _way_back(name, imports)))
    return min(loops, key=lambda loop: (len(loop), loop), default=[])


def _name(package: Path, path: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(name: str, path: Path, files: Mapping[str, Path]) -> Iterator[str]:
    here = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in files)
        elif isinstance(node, ast.ImportFrom):
            outer = here.rsplit(".", node.level - 1)[0] if node.level else ""
            source = ".".join(part for part in (outer, node.module) if part)
            for alias in node.names:
                found = f"{source}.{alias.name}"
                yield from (module for module in (found if found in files else source,) if module in files)


def _way_back(start: str, imports: Mapping[str, set[str]]) -> list[str]:
    ways, seen = deque([[start]]), {start}
    while ways:
        way = ways.popleft()
        for name in sorted(imports.get(way[-1], ())):
            if name == start:
                return [*way, start]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []
