"""Freeing large messages in steps: everything goes, little at a time, and nothing that somebody kept."""

from __future__ import annotations

import weakref
from collections.abc import Generator
from typing import Any

from kafkalite.model.limits import STEP_MAX_ITEM_COUNT
from kafkalite.protocol.leftovers import discard_steps, leftovers
from kafkalite.protocol.messages.fetch_request import FetchPartition, FetchRequest, FetchTopic


class Tracked(FetchPartition):
    """A partition that can be seen to go."""

    __slots__ = ("__weakref__",)


def request(topic_count: int, partition_count: int) -> tuple[FetchRequest, list[Any]]:
    topics = [
        FetchTopic(topic=f"t{number}", partitions=[Tracked(partition=index) for index in range(partition_count)])
        for number in range(topic_count)
    ]
    living = [weakref.ref(partition) for topic in topics for partition in topic.partitions]
    return FetchRequest(topics=topics), living  # type: ignore[arg-type]


def living_count(living: list[Any]) -> int:
    return sum(reference() is not None for reference in living)


def longest_step(steps: Generator[None, None, None], living: list[Any]) -> int:
    """Take all steps and return the most objects that one of them freed."""
    longest, before = 0, living_count(living)
    for _ in steps:
        now = living_count(living)
        longest, before = max(longest, before - now), now
    return max(longest, before - living_count(living))


def test_a_long_list_goes_in_steps_wherever_it_is_nested() -> None:
    for topic_count, partition_count in ((1, 1_000), (200, 5), (100, 50)):
        message, living = request(topic_count, partition_count)
        pending = leftovers(message)
        del message
        bound = STEP_MAX_ITEM_COUNT * max(1, min(partition_count, STEP_MAX_ITEM_COUNT))
        assert longest_step(discard_steps(pending), living) <= bound
        assert living_count(living) == 0


def test_what_is_kept_elsewhere_stays_as_it_is() -> None:
    message, living = request(1, 500)
    kept = message.topics[0].partitions
    pending = leftovers(message)
    del message
    for _ in discard_steps(pending):
        pass
    assert len(kept) == 500 and living_count(living) == 500


def test_short_messages_and_what_is_none_leave_nothing() -> None:
    message, _ = request(2, 2)
    assert leftovers(message, None, object()) == []
    assert list(discard_steps([])) == []
