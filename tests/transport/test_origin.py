"""Which URLs belong to an endpoint: the rule that keeps tokens at home."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmss_sdk import ClientUsageError, ForeignHostError
from vmss_sdk.transport.origin import Origin, without_query

AZURE = Origin.of("https://management.azure.com")


@pytest.mark.parametrize(
    "url",
    [
        "https://management.azure.com/subscriptions/s?api-version=1",
        "https://management.azure.com:443/x",
        "HTTPS://MANAGEMENT.AZURE.COM/x",
        "https://management.azure.com",
        "https://management.azure.com?x=1",
    ],
)
def test_the_same_place_in_other_words(url: str) -> None:
    """Case and the default port make no difference."""
    AZURE.require_same(url, "this link")


@pytest.mark.parametrize(
    "url",
    [
        "http://management.azure.com/x",
        "https://management.azure.com:444/x",
        "https://management.azure.com.evil.example/x",
        "https://management.azure.com@evil.example/x",
        "https://user@management.azure.com/x",
        "https://evil.example/https://management.azure.com/",
        "https://evil.example\\@management.azure.com/x",
        "//management.azure.com/x",
        "/subscriptions/s",
        "ftp://management.azure.com/x",
        "https://management.azure.com:port/x",
        "https://[::1/x",
        "",
    ],
)
def test_another_place(url: str) -> None:
    """Scheme, host and port must be the same, and nothing else may look like them."""
    with pytest.raises(ForeignHostError, match="this link"):
        AZURE.require_same(url, "this link")


@given(st.text())
def test_any_text_is_either_home_or_refused(text: str) -> None:
    """Whatever a service names as a link, the answer is one of two."""
    try:
        AZURE.require_same(text, "this link")
    except ForeignHostError:
        return
    assert text.lower().startswith("https://management.azure.com")


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("https://anywhere.test", True),
        ("http://localhost:8080", True),
        ("http://127.1.2.3", True),
        ("http://[::1]:1", True),
        ("http://10.0.0.1", False),
        ("http://127.0.0.1.nip.io", False),
        ("http://my.localhost", False),
        ("http://0.0.0.0", False),
    ],
)
def test_who_could_read_what_is_sent(url: str, private: bool) -> None:
    """Only TLS and this very machine are private."""
    assert Origin.of(url).is_private is private


def test_it_is_written_as_a_url() -> None:
    """Without the default port; IPv6 in brackets."""
    urls = ["https://a.test", "http://[::1]:8080", "https://a.test:80"]

    assert [str(Origin.of(url)) for url in urls] == urls


def test_a_text_that_is_no_url_is_refused() -> None:
    """With an example of what is expected."""
    with pytest.raises(ClientUsageError, match=r"'a\.test' cannot be used: expected an absolute URL"):
        Origin.of("a.test")


def test_the_query_is_not_shown() -> None:
    """Poll URLs are signed there."""
    assert without_query("https://a.test/op?c=x&s=y") == "https://a.test/op"
