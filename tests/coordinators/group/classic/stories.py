"""How a group of two gets into each of its states."""

from __future__ import annotations

from typing import NamedTuple

from kafkalite.coordinators.group.classic.states import COMPLETING_REBALANCE, EMPTY, PREPARING_REBALANCE
from tests.coordinators.group.conversation import Conversation


class Story(NamedTuple):
    """Who was there, and the generation they know."""

    leader: str
    follower: str
    generation: int


def bring_to(talk: Conversation, state: str) -> Story:
    """Bring a group of a leader and a follower into a state; in Empty both have left."""
    [leader, follower], generation = talk.make_stable(2)
    if state == EMPTY:
        talk.leave(leader, follower)
    elif state == PREPARING_REBALANCE:
        third = talk.join_new()
        talk.leave(next(one for one in talk.group().members if one not in (leader, follower)))
        assert not third.is_waiting
    elif state == COMPLETING_REBALANCE:
        calls = [talk.join(leader), talk.join(follower)]
        generation = calls[0].generation
    assert talk.state == state
    return Story(leader, follower, generation)
