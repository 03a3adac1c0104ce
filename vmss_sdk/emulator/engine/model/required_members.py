"""Members that the parts of a document must have: those that the models call required, as the API description does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vmss_sdk.emulator.engine.common.documents import Document, get_path
from vmss_sdk.emulator.engine.common.refusals import Failure, Reason
from vmss_sdk.models import Model
from vmss_sdk.models.schema import Node, schema

__all__ = ["member_problems"]


def member_problems(model: type[Model], document: Document) -> list[Failure]:
    """The required members that are missing, wherever the part of the document that needs them is there.

    What the document itself must have depends on what is done with it, and is not judged here.
    """
    return list(_of_members(schema(model), document, ""))


def _of_members(node: Node, value: Document, path: str) -> Iterator[Failure]:
    for name, inner in value.items():
        known = node.items if node.kind == "map" else node.members.get(name)
        if known is not None:
            yield from _of(known, inner, f"{path}.{name}" if path else name)


def _of(node: Node, value: Any, path: str) -> Iterator[Failure]:
    if isinstance(value, list) and node.items is not None:
        for at, item in enumerate(value):
            yield from _of(node.items, item, f"{path}[{at}]")
    elif isinstance(value, dict):
        yield from (_missing(path, needed) for needed in node.required if get_path(value, needed) is None)
        yield from _of_members(node, value, path)


def _missing(path: str, needed: str) -> Failure:
    """Named as Azure does: ``osDisk.createOption``, and ``dataDisk.createOption`` of an item of ``dataDisks``."""
    part = path.rpartition(".")[2]
    part = part.partition("[")[0].removesuffix("s") if part.endswith("]") else part
    return Failure(Reason.REQUIRED, {"parameter": f"{part}.{needed.rpartition('.')[2]}", "target": f"{path}.{needed}"})
