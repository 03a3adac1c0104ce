"""``python -m tests.drawings`` draws what the documentation shows of upgrades, from stories that the emulator runs."""

from pathlib import Path

from tests.drawings.stories import STORIES, Story, told
from tests.drawings.svg import drawn

FOLDER = Path(__file__).parents[2] / "docs/drawings"


def drawing(story: Story) -> str:
    """The text of the file."""
    return drawn(story, told(story))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in STORIES:
        (FOLDER / f"{each.name}.svg").write_text(drawing(each))
