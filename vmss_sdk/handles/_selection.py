"""Selections of instances: named ones, or explicitly all of them."""

from collections.abc import Sequence
from enum import Enum
from typing import Any, Final, Literal

from vmss_sdk.errors import ClientUsageError
from vmss_sdk.handles._resource import Verb, is_name

__all__ = ["ALL_INSTANCES", "AllInstances", "Instances", "instance_body", "instance_ids"]


class AllInstances(Enum):
    """The type of `ALL_INSTANCES`."""

    ALL_INSTANCES = "*"

    def __repr__(self) -> str:
        return self.name


ALL_INSTANCES: Final = AllInstances.ALL_INSTANCES
"""Says that an action is meant for every instance. Nothing else says so: no empty list, no missing argument."""

Instances = Sequence[str] | Literal[AllInstances.ALL_INSTANCES]

_HINT = "pass a list of instance ids such as ['0', '3'], or ALL_INSTANCES for every instance"


def instance_body(verb: Verb, instances: Instances) -> dict[str, Any]:
    """The members of a request body that say for which instances it is; none for "all" where the wire allows.

    Raises:
        ClientUsageError: Neither a non-empty list of ids nor `ALL_INSTANCES`.
    """
    if instances is ALL_INSTANCES:
        return {"instanceIds": ["*"]} if verb.names_all else {}
    return {"instanceIds": instance_ids(instances)}


def instance_ids(instances: Sequence[str]) -> list[str]:
    """The ids of named instances.

    Raises:
        ClientUsageError: It is no list of at least one id.
    """
    if isinstance(instances, str):
        raise ClientUsageError(f"instances must be a list: pass [{instances!r}] instead of {instances!r}")
    if not (_is_sequence(instances) and instances):
        raise ClientUsageError(f"instances must not be {instances!r}: {_HINT}")
    for instance_id in instances:
        if not is_name(instance_id) or instance_id == "*":
            raise ClientUsageError(f"{instance_id!r} is no instance id: {_HINT}")
    return list(instances)


def _is_sequence(value: object) -> bool:
    return isinstance(value, Sequence)
