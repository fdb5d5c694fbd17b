"""Subscriptions of consumers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kafkalite.coordinators.group.classic.subscription import read_subscribed_topics
from tests.coordinators.group.conversation import subscription


@given(st.lists(st.text(max_size=20), max_size=5), st.integers(0, 4), st.binary(max_size=20))
def test_the_topics_of_every_version_are_read(topics: list[str], version: int, rest: bytes) -> None:
    data = version.to_bytes(2) + subscription(*topics)[2:-4] + rest
    assert read_subscribed_topics(data) == frozenset(topics)


@given(st.binary(max_size=40))
def test_bytes_that_are_no_subscription_do_no_harm(data: bytes) -> None:
    assert read_subscribed_topics(data) is None or len(data) >= 6


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"\0\0\0\0\0",
        b"\0\0\xff\xff\xff\xff",
        b"\0\0\x7f\xff\xff\xff",
        b"\0\0\0\0\0\1\0\5ab",
        b"\0\0\0\0\0\1\xff\xff",
        b"\0\0\0\0\0\1\0\2\xff\xff",
    ],
)
def test_what_is_cut_off_or_nonsense_is_none(data: bytes) -> None:
    assert read_subscribed_topics(data) is None
