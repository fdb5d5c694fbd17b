"""A waiting fetch counts the bytes that come, or looks for itself."""

from __future__ import annotations

from kafkalite.broker.data.waiting_fetch import WaitingFetch
from kafkalite.model.identifiers import TopicPartition

ORDERS = [TopicPartition("orders", 0)]


def test_it_is_served_when_enough_bytes_have_come() -> None:
    waiting = WaitingFetch(ORDERS, 100, lambda: None, None)
    assert [waiting.is_served(amount) for amount in (40, 59, 1, 1)] == [False, False, True, True]


def test_one_that_growth_alone_does_not_serve_looks_for_itself() -> None:
    is_worth = False
    waiting = WaitingFetch(ORDERS, 1, lambda: None, lambda: is_worth)
    assert not waiting.is_served(1 << 20)
    is_worth = True
    assert waiting.is_served(0)
