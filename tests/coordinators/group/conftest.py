"""Every conversation ends with the question whether the log tells the same story."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.coordinators.group.conversation import Conversation


@pytest.fixture
def new_talk() -> Iterator[Callable[..., Conversation]]:
    """Return what makes conversations with properties of their own."""
    made: list[Conversation] = []

    def make(**properties: int) -> Conversation:
        made.append(Conversation(**properties))
        return made[-1]

    yield make
    for one in made:
        one.check_replay()


@pytest.fixture
def talk(new_talk: Callable[..., Conversation]) -> Conversation:
    """Return a conversation with the default properties."""
    return new_talk()
