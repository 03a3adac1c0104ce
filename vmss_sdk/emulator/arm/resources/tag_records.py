"""Records of tags that belong to no resource or group."""

from __future__ import annotations

import attrs

__all__ = ["SubscriptionTags", "TagName"]


@attrs.define(kw_only=True)
class SubscriptionTags:
    """The tags of a subscription."""

    tags: dict[str, str] = attrs.field(factory=dict)


@attrs.define(kw_only=True)
class TagName:
    """A tag's name that was made by itself, used or not.

    Attributes:
        subscription_id: Where.
        name: As it was written.
        values: The values that were made for it.
    """

    subscription_id: str
    name: str
    values: list[str] = attrs.field(factory=list)
