"""Stored outputs of samples, one readable file for each."""

from __future__ import annotations

import re

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

__all__ = ["lines", "story_snapshot"]


class Story(SingleFileSnapshotExtension):
    """What a sample printed, as it is read."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def story_snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """The stored output of this sample; ``pytest tests/samples --snapshot-update`` writes it anew: then read it."""
    return snapshot.use_extension(Story)


def lines(text: str, pattern: str) -> list[str]:
    """The lines of a text that begin like this."""
    return [line.strip() for line in text.splitlines() if re.match(rf"\s*{pattern}", line)]
