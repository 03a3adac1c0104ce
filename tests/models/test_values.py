"""Times and durations on the wire."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmss_sdk.wire import format_duration, format_time, parse_duration, parse_time

AZURE_DURATIONS = [
    ("PT0S", timedelta(0)),
    ("PT1S", timedelta(seconds=1)),
    ("PT1M", timedelta(minutes=1)),
    ("PT1M30S", timedelta(minutes=1, seconds=30)),
    ("PT15M", timedelta(minutes=15)),
    ("PT30M", timedelta(minutes=30)),
    ("PT1H", timedelta(hours=1)),
    ("PT1H30M", timedelta(minutes=90)),
    ("P1DT2H", timedelta(days=1, hours=2)),
    ("P7D", timedelta(days=7)),
]


@pytest.mark.parametrize(("text", "length"), AZURE_DURATIONS)
def test_azures_durations_are_read(text: str, length: timedelta) -> None:
    """Durations as Azure and its documentation write them are understood."""
    assert parse_duration(text) == length


@pytest.mark.parametrize(("text", "length"), AZURE_DURATIONS)
def test_durations_are_written_as_azure_writes_them(text: str, length: timedelta) -> None:
    """The text of a duration is the one that Azure uses."""
    assert format_duration(length) == text


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("PT90M", timedelta(minutes=90)),
        ("pt5m", timedelta(minutes=5)),
        ("PT0.5S", timedelta(milliseconds=500)),
        ("P2W", timedelta(weeks=2)),
        ("-PT1S", timedelta(seconds=-1)),
    ],
)
def test_other_spellings_are_read(text: str, length: timedelta) -> None:
    """ISO 8601 has more than one way to write a length of time."""
    assert parse_duration(text) == length


@pytest.mark.parametrize("text", ["", "P", "PT", "P1DT", "-P", "30", "PT30", "30S", "P1Y", "P1M", "00:05:00", "PT1S "])
def test_other_texts_are_no_durations(text: str) -> None:
    """A text that is no duration is refused, and the message shows how one looks."""
    with pytest.raises(ValueError, match="PT30S"):
        parse_duration(text)


@given(st.timedeltas(min_value=timedelta(days=-3650), max_value=timedelta(days=3650)))
def test_a_duration_survives(length: timedelta) -> None:
    """Writing and reading a duration gives the same length, to the microsecond."""
    assert parse_duration(format_duration(length)) == length


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-08-26T08:27:24.2869511+00:00", datetime(2024, 8, 26, 8, 27, 24, 286951, UTC)),
        ("2023-12-06T08:35:21.789833+00:00", datetime(2023, 12, 6, 8, 35, 21, 789833, UTC)),
        ("2020-03-19T06:36:15.7276887-07:00", datetime(2020, 3, 19, 13, 36, 15, 727688, UTC)),
        ("2020-03-19T03:47:05-07:00", datetime(2020, 3, 19, 10, 47, 5, tzinfo=UTC)),
        ("2001-02-03T04:05:06Z", datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)),
        ("2001-02-03T04:05:06.5Z", datetime(2001, 2, 3, 4, 5, 6, 500000, UTC)),
    ],
)
def test_azures_times_are_read(text: str, moment: datetime) -> None:
    """Times come with none to seven decimals, in UTC or with an offset."""
    assert parse_time(text) == moment


@pytest.mark.parametrize("text", ["", "yesterday", "2024-08-26", "2024-13-01T00:00:00Z", "2024-08-26 08:27:24Z"])
def test_other_texts_are_no_times(text: str) -> None:
    """A text that is no RFC 3339 time is refused."""
    with pytest.raises(ValueError, match=r"RFC 3339|month"):
        parse_time(text)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC), "2001-02-03T04:05:06+00:00"),
        (datetime(2001, 2, 3, 4, 5, 10, 120000, UTC), "2001-02-03T04:05:10.12+00:00"),
        (datetime(2001, 2, 3, 4, 5, 6, tzinfo=timezone(timedelta(hours=-7))), "2001-02-03T11:05:06+00:00"),
    ],
)
def test_times_are_written_in_utc(moment: datetime, text: str) -> None:
    """A time is written in UTC, without zeros at the end of its decimals."""
    assert format_time(moment) == text


@given(st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)))
def test_a_time_survives(moment: datetime) -> None:
    """Writing and reading a time gives the same moment."""
    assert parse_time(format_time(moment)) == moment
