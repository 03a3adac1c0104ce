"""The page of differences is what the emulator's tables say."""

from tests.differences_page import BEGIN, END, PAGE, kinds, members, page


def test_the_page_is_what_the_tables_say() -> None:
    """After a change of one, `python -m tests.differences_page` writes it anew."""
    text = PAGE.read_text("utf-8")
    assert (text.count(BEGIN), text.count(END)) == (1, 1)
    assert text == page()


def test_it_names_what_has_no_effect() -> None:
    """Members of each policy that is only kept, and kinds of resources."""
    named = {member for member, _, _ in members()}
    assert {"priorityMixPolicy", "skuProfile", "spotRestorePolicy", "placement", "extensionsTimeBudget"} <= named
    assert {"Microsoft.Insights/autoscaleSettings", "Microsoft.Compute/galleries/images/versions"} <= kinds().keys()
