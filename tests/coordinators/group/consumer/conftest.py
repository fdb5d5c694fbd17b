"""Every conversation ends with the question whether the log tells the same story."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest

from tests.coordinators.group.consumer.conversation import ConsumerConversation

NewConsumerTalk = Callable[..., ConsumerConversation]


@pytest.fixture
def new_consumer_talk() -> Iterator[NewConsumerTalk]:
    """Return what makes conversations with topics and properties of their own."""
    made: list[ConsumerConversation] = []

    def make(topics: Mapping[str, int] | None = None, **properties: str) -> ConsumerConversation:
        named = {name.replace("_", "."): value for name, value in properties.items()}
        made.append(ConsumerConversation(topics, named))
        return made[-1]

    yield make
    for one in made:
        one.check_replay()


@pytest.fixture
def consumers(new_consumer_talk: NewConsumerTalk) -> ConsumerConversation:
    """Return a conversation in a cluster with the topics a (4 partitions) and b (2)."""
    return new_consumer_talk({"a": 4, "b": 2})
