"""Conversations whose live state is compared with the replayed one when the test is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.coordinators.transaction.conversation import Conversation


@pytest.fixture
def converse() -> Iterator[Callable[..., Conversation]]:
    """Return a function that begins a conversation."""
    begun: list[Conversation] = []

    def begin(server_version: int = 2) -> Conversation:
        begun.append(Conversation(server_version))
        return begun[-1]

    yield begin
    for conversation in begun:
        conversation.check_replay()


@pytest.fixture
def coordinator(converse: Callable[..., Conversation]) -> Conversation:
    """Return a conversation with a cluster of today: transaction.version 2."""
    return converse()
