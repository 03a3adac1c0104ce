"""Settings of the emulated Azure."""

from enum import StrEnum

import attrs

from vmss_sdk.emulator.engine.platform import seeded_random
from vmss_sdk.emulator.engine.platform.timings import Timings

__all__ = ["CatalogueMode", "Denominator", "ReimageSource", "Settings"]


class ReimageSource(StrEnum):
    """Where a reimage takes the OS disk's content from (decision C1)."""

    SCALE_SET_MODEL = "scale_set_model"
    INSTANCE_MODEL = "instance_model"


class Denominator(StrEnum):
    """Of what the failed instances of a rolling upgrade are a share (decision C4)."""

    UPGRADED = "upgraded"
    ALL = "all"


class Concurrency(StrEnum):
    """What becomes of a write where another one is under way."""

    QUEUED = "queued"
    CONFLICT = "conflict"
    PREEMPTED = "preempted"


class CatalogueMode(StrEnum):
    """By which lists regions, their zones, sizes and versions of images are judged."""

    COMPLETE = "complete"
    OPEN = "open"


@attrs.frozen(kw_only=True)
class Settings:
    """The switches of an emulator.

    Attributes:
        reimage_source: ``scale_set_model``: a reimage brings the OS profile, data-disk profile and custom data up
            to date, as Azure's document on upgrade policies says. ``instance_model``: it rebuilds what the
            instance's own applied model says, as users observe on Azure today (semantics 10, C1).
        upgraded_denominator: ``upgraded``: maxUnhealthyUpgradedInstancePercent is a share of the instances upgraded
            so far, as the API says. ``all``: of the whole scale set, as an example in the documents has it (C4).
        respect_update_domains: Whether batches of a rolling upgrade of a Uniform scale set stay inside one of its
            five update domains (semantics 10, S7).
        overprovision: Whether ``overprovision`` has its effect: a fifth more instances come up, and go again.
        max_instances: The most instances a scale set may have; Azure's limit is 1,000 (semantics 7.1), a forecast
            may go beyond it.
        catalogue: ``complete``: a region, a zone, a size or an image version that Azure does not have is refused, as
            Azure does. ``open``: everything is taken, such as sizes and regions that are newer than the lists.
        concurrency: What becomes of a write to a scale set where another one is under way. ``queued``: on an instance
            they are done one after the other. ``conflict``: the later one is refused with 409 Conflict.
            ``preempted``: the earlier one ends failed, as OperationPreempted. Azure does each of these, and which is
            not documented (CHOICE: queued, as most often seen).
        kept_operations: How many long-running operations of a scale set are kept, those that have not ended always.
        kept_decisions: How many entries of a scale set's decision log are kept.
        kept_upgrades: How many rolling upgrades of a scale set are kept.
        kept_hook_events: How many lifecycle hook events of a scale set are kept, those that wait for an answer always.
        kept_models: How many versions of a scale set's model are kept, those that are needed always.
        timings: How long things take.
        seed: Of everything that varies.
        tenant_id: The one Entra ID tenant there is; by default one that comes from the seed.
    """

    reimage_source: ReimageSource = attrs.field(default=ReimageSource.SCALE_SET_MODEL, converter=ReimageSource)
    upgraded_denominator: Denominator = attrs.field(default=Denominator.UPGRADED, converter=Denominator)
    respect_update_domains: bool = True
    overprovision: bool = True
    max_instances: int = 1000
    catalogue: CatalogueMode = attrs.field(default=CatalogueMode.COMPLETE, converter=CatalogueMode)
    concurrency: Concurrency = attrs.field(default=Concurrency.QUEUED, converter=Concurrency)
    kept_operations: int = attrs.field(default=1000, validator=attrs.validators.ge(1))
    kept_decisions: int = attrs.field(default=10_000, validator=attrs.validators.ge(1))
    kept_upgrades: int = attrs.field(default=1000, validator=attrs.validators.ge(1))
    kept_hook_events: int = attrs.field(default=1000, validator=attrs.validators.ge(1))
    kept_models: int = attrs.field(default=1000, validator=attrs.validators.ge(1))
    timings: Timings = attrs.field(factory=Timings)
    seed: int = 0
    tenant_id: str = attrs.field(
        default=attrs.Factory(lambda settings: seeded_random.guid(settings.seed, "tenant"), takes_self=True)
    )
