"""Sizes and numbers of instances."""

from collections.abc import MutableSequence

from vmss_sdk.models._base import Model, boolean, choice, integer, nested, nested_list, text
from vmss_sdk.models.enums import AllocationStrategy, VirtualMachineScaleSetSkuScaleType


class Sku(Model):
    """The size and number of a scale set's instances.

    Attributes:
        name: The size, for example ``Standard_D2s_v5``. A change restarts each instance when it is upgraded
            (semantics 1.4).
        tier: Standard or Basic.
        capacity: The number of instances, 0 to 1000 (semantics 7.1). No part of the model: a change outdates
            no instance (semantics 1.3.8).
    """

    name: str | None = text("name", default=None)
    tier: str | None = text("tier", default=None)
    capacity: int | None = integer("capacity", default=None)


class VirtualMachineScaleSetSkuCapacity(Model):
    """The least, the most and the usual number of instances of a size."""

    minimum: int | None = integer("minimum", init=False)
    maximum: int | None = integer("maximum", init=False)
    default_capacity: int | None = integer("defaultCapacity", init=False)
    scale_type: VirtualMachineScaleSetSkuScaleType | str | None = choice(
        "scaleType", VirtualMachineScaleSetSkuScaleType, init=False
    )


class VirtualMachineScaleSetSku(Model):
    """A size that a scale set may have."""

    resource_type: str | None = text("resourceType", init=False)
    sku: Sku | None = nested("sku", Sku, init=False)
    capacity: VirtualMachineScaleSetSkuCapacity | None = nested(
        "capacity", VirtualMachineScaleSetSkuCapacity, init=False
    )


class SkuProfileVMSize(Model):
    """One size of a SKU profile; the lowest rank goes first."""

    name: str | None = text("name", default=None)
    rank: int | None = integer("rank", default=None)


class AutomaticSkuMigrationPolicy(Model):
    """Whether the platform may move instances to another size of the profile; default false."""

    enabled: bool | None = boolean("enabled", default=None)


class SkuProfile(Model):
    """Several sizes for one Flexible scale set, and how they are chosen."""

    vm_sizes: MutableSequence[SkuProfileVMSize] | None = nested_list("vmSizes", SkuProfileVMSize, default=None)
    allocation_strategy: AllocationStrategy | str | None = choice(
        "allocationStrategy", AllocationStrategy, default=None
    )
    automatic_sku_migration_policy: AutomaticSkuMigrationPolicy | None = nested(
        "automaticSkuMigrationPolicy", AutomaticSkuMigrationPolicy, default=None
    )
