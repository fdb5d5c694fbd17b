"""Heartbeats of classic members, and sessions that end without them."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.group.classic.states import (
    COMPLETING_REBALANCE,
    EMPTY,
    PREPARING_REBALANCE,
    STABLE,
    STATES,
)
from kafkalite.protocol import errors
from tests.coordinators.group.classic.stories import bring_to
from tests.coordinators.group.conversation import SESSION_MS, Conversation


@pytest.mark.parametrize(
    ("state", "error"),
    [
        (EMPTY, errors.UNKNOWN_MEMBER_ID),
        (PREPARING_REBALANCE, errors.REBALANCE_IN_PROGRESS),
        (COMPLETING_REBALANCE, errors.NONE),
        (STABLE, errors.NONE),
    ],
)
def test_a_member_in_every_state(talk: Conversation, state: str, error: int) -> None:
    """The table ON_HEARTBEAT, cell by cell."""
    story = bring_to(talk, state)
    assert talk.heartbeat(story.follower, story.generation) == error
    assert talk.state == state


@pytest.mark.parametrize("state", STATES)
def test_who_does_not_belong_is_refused_in_every_state(talk: Conversation, state: str) -> None:
    story = bring_to(talk, state)
    is_there = state != EMPTY
    assert talk.heartbeat("nobody", story.generation) == errors.UNKNOWN_MEMBER_ID
    old = errors.ILLEGAL_GENERATION if is_there else errors.UNKNOWN_MEMBER_ID
    assert talk.heartbeat(story.follower, story.generation - 1) == old
    assert talk.heartbeat(story.follower, story.generation, instance_id="i") == errors.UNKNOWN_MEMBER_ID
    assert talk.heartbeat(story.follower, story.generation, group_id="another") == errors.UNKNOWN_MEMBER_ID


def test_a_static_member_whose_place_was_taken_is_fenced(talk: Conversation) -> None:
    old = talk.join(instance_id="i").member_id
    talk.sync(old, 1, {}, instance_id="i")
    talk.join(instance_id="i")
    assert talk.heartbeat(old, 1, instance_id="i") == errors.FENCED_INSTANCE_ID


@pytest.mark.parametrize("state", [PREPARING_REBALANCE, COMPLETING_REBALANCE, STABLE])
def test_heartbeats_keep_the_session(talk: Conversation, state: str) -> None:
    story = bring_to(talk, state)
    for _ in range(4):
        talk.pass_time(SESSION_MS - 1)
        for member_id in (story.leader, story.follower):
            talk.heartbeat(member_id, story.generation)
    assert set(talk.group().members) == {story.leader, story.follower}


@pytest.mark.parametrize("state", [PREPARING_REBALANCE, COMPLETING_REBALANCE, STABLE])
def test_without_heartbeats_the_session_ends(talk: Conversation, state: str) -> None:
    story = bring_to(talk, state)
    talk.pass_time(SESSION_MS - 1)
    talk.heartbeat(story.leader, story.generation)
    talk.pass_time(1)
    assert set(talk.group().members) == {story.leader}
    assert talk.state == PREPARING_REBALANCE


def test_a_group_whose_members_are_all_lost_is_empty_and_says_so_in_the_log(talk: Conversation) -> None:
    _, generation = talk.make_stable(2)
    talk.pass_time(SESSION_MS)
    assert talk.state == EMPTY
    value = talk.recorded()[-1][1]
    assert (value.generation, value.members, value.protocol, value.leader) == (generation + 1, [], None, None)
    assert value.protocol_type == "consumer"


def test_who_waits_for_us_needs_no_heartbeats(talk: Conversation) -> None:
    story = bring_to(talk, COMPLETING_REBALANCE)
    waiting = talk.sync(story.follower, story.generation)
    for _ in range(3):
        talk.pass_time(SESSION_MS - 1)
        talk.heartbeat(story.leader, story.generation)
    assert waiting.is_waiting
    talk.sync(story.leader, story.generation, {})
    assert waiting.error == errors.NONE
    talk.pass_time(SESSION_MS - 1)
    assert talk.heartbeat(story.follower, story.generation) == errors.NONE


def test_sessions_begin_anew_after_a_restart(talk: Conversation) -> None:
    [leader, _], generation = talk.make_stable(2)
    talk.pass_time(SESSION_MS - 1)
    talk.restart()
    talk.pass_time(SESSION_MS - 1)
    assert talk.heartbeat(leader, generation) == errors.NONE
    talk.pass_time(1)
    assert list(talk.group().members) == [leader]


def test_a_session_that_ended_leaves_no_timer(talk: Conversation) -> None:
    talk.make_stable(3)
    talk.pass_time(SESSION_MS)
    assert talk.runtime.timers.keys() == ["expiration"]
