"""SyncGroup of classic groups, as conversations."""

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
from tests.coordinators.group.conversation import REBALANCE_MS, SESSION_MS, Call, Conversation


def test_followers_wait_for_the_leader_and_everybody_gets_what_is_theirs(talk: Conversation) -> None:
    story = bring_to(talk, COMPLETING_REBALANCE)
    follower = talk.sync(story.follower, story.generation)
    assert follower.is_waiting
    assignments = {story.leader: b"one", story.follower: b"two"}
    leader = talk.sync(story.leader, story.generation, assignments)
    assert (leader.error, leader.response.assignment) == (errors.NONE, b"one")
    assert (follower.error, follower.response.assignment) == (errors.NONE, b"two")
    assert (follower.response.protocol_type, follower.response.protocol_name) == ("consumer", "range")
    assert talk.state == STABLE
    value = talk.recorded()[-1][1]
    assert (value.generation, value.leader, value.protocol, value.protocol_type) == (
        story.generation,
        story.leader,
        "range",
        "consumer",
    )
    assert {member.member_id: member.assignment for member in value.members} == assignments


def test_a_follower_may_come_after_the_leader(talk: Conversation) -> None:
    story = bring_to(talk, COMPLETING_REBALANCE)
    talk.sync(story.leader, story.generation, {story.follower: b"two"})
    assert talk.sync(story.follower, story.generation).response.assignment == b"two"


def test_whom_the_leader_forgets_gets_nothing_and_strangers_are_left_out(talk: Conversation) -> None:
    story = bring_to(talk, COMPLETING_REBALANCE)
    talk.sync(story.leader, story.generation, {"stranger": b"x"})
    assert talk.sync(story.follower, story.generation).response.assignment == b""
    assert {member.member_id for member in talk.recorded()[-1][1].members} == {story.leader, story.follower}


@pytest.mark.parametrize("state", STATES)
def test_a_follower_in_every_state(talk: Conversation, state: str) -> None:
    """The table ON_SYNC, cell by cell."""
    story = bring_to(talk, state)
    call = talk.sync(story.follower, story.generation)
    if state == EMPTY:
        assert call.error == errors.UNKNOWN_MEMBER_ID
    elif state == PREPARING_REBALANCE:
        assert call.error == errors.REBALANCE_IN_PROGRESS
    elif state == COMPLETING_REBALANCE:
        assert call.is_waiting
    else:
        assert call.response.assignment == story.follower.encode()
    assert talk.state == state


@pytest.mark.parametrize("state", STATES)
def test_a_leader_in_every_state(talk: Conversation, state: str) -> None:
    story = bring_to(talk, state)
    call = talk.sync(story.leader, story.generation, {story.leader: b"new"})
    expected = {
        EMPTY: errors.UNKNOWN_MEMBER_ID,
        PREPARING_REBALANCE: errors.REBALANCE_IN_PROGRESS,
        COMPLETING_REBALANCE: errors.NONE,
        STABLE: errors.NONE,
    }
    assert call.error == expected[state]
    if state == STABLE:
        assert call.response.assignment == story.leader.encode(), "what is assigned stays"


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"member_id": "nobody"}, errors.UNKNOWN_MEMBER_ID),
        ({"generation": 99}, errors.ILLEGAL_GENERATION),
        ({"generation": -1}, errors.ILLEGAL_GENERATION),
        ({"instance_id": "i"}, errors.UNKNOWN_MEMBER_ID),
        ({"protocol_name": "sticky"}, errors.INCONSISTENT_GROUP_PROTOCOL),
        ({"protocol_type": "connect"}, errors.INCONSISTENT_GROUP_PROTOCOL),
    ],
)
def test_what_does_not_fit_the_group_is_refused(
    talk: Conversation, state: str, options: dict[str, object], error: int
) -> None:
    story = bring_to(talk, state)
    call = talk.sync(**{"member_id": story.follower, "generation": story.generation, **options})  # type: ignore[arg-type]
    assert call.error == (errors.UNKNOWN_MEMBER_ID if state == EMPTY else error)
    assert talk.state == state


def test_older_clients_do_not_name_the_protocol(talk: Conversation) -> None:
    story = bring_to(talk, STABLE)
    call = talk.sync(story.follower, story.generation, protocol_type=None, protocol_name=None)
    assert call.error == errors.NONE


def test_a_group_that_is_not_there_has_no_members(talk: Conversation) -> None:
    assert talk.sync("m", 1).error == errors.UNKNOWN_MEMBER_ID


def test_a_fenced_static_member(talk: Conversation) -> None:
    talk.join(instance_id="i")
    assert talk.sync("another", 1, instance_id="i").error == errors.FENCED_INSTANCE_ID


def test_a_member_that_never_syncs_is_removed_and_the_others_go_on(talk: Conversation) -> None:
    story = bring_to(talk, COMPLETING_REBALANCE)
    talk.sync(story.leader, story.generation, {story.leader: b"one"})
    for _ in range(REBALANCE_MS // SESSION_MS * 2):
        talk.pass_time(SESSION_MS // 2)
        for member_id in (story.leader, story.follower):
            talk.heartbeat(member_id, story.generation)
    assert talk.state == PREPARING_REBALANCE
    assert list(talk.group().members) == [story.leader]
    assert talk.sync(story.follower, story.generation).error == errors.UNKNOWN_MEMBER_ID


def test_a_leader_that_never_syncs_is_removed_and_another_leads(talk: Conversation) -> None:
    story = bring_to(talk, COMPLETING_REBALANCE)
    waiting = talk.sync(story.follower, story.generation)
    for _ in range(REBALANCE_MS // SESSION_MS * 2):
        talk.pass_time(SESSION_MS // 2)
        talk.heartbeat(story.leader, story.generation)
    assert waiting.error == errors.REBALANCE_IN_PROGRESS
    call = talk.join(story.follower)
    assert (call.error, call.response.leader) == (errors.NONE, story.follower)


def test_who_synced_in_time_is_not_removed(talk: Conversation) -> None:
    story = bring_to(talk, COMPLETING_REBALANCE)
    talk.sync(story.leader, story.generation, {})
    talk.sync(story.follower, story.generation)
    for _ in range(REBALANCE_MS // SESSION_MS * 4):
        talk.pass_time(SESSION_MS // 2)
        for member_id in (story.leader, story.follower):
            assert talk.heartbeat(member_id, story.generation) == errors.NONE
    assert talk.state == STABLE


def test_the_older_of_two_syncs_of_one_member_is_not_left_without_answer(talk: Conversation) -> None:
    story = bring_to(talk, COMPLETING_REBALANCE)
    older = talk.sync(story.follower, story.generation)
    newer = talk.sync(story.follower, story.generation)
    assert (older.error, newer.is_waiting) == (errors.REBALANCE_IN_PROGRESS, True)
    talk.sync(story.leader, story.generation, {story.follower: b"two"})
    assert newer.response.assignment == b"two"


def test_an_assignment_too_large_for_the_log_is_refused_for_all_and_the_group_goes_on(talk: Conversation) -> None:
    story = bring_to(talk, COMPLETING_REBALANCE)
    other = talk.join_new(group_id="other")
    talk.log.max_batch_bytes = 1000
    follower = talk.sync(story.follower, story.generation)
    leader = talk.sync(story.leader, story.generation, {story.leader: bytes(1000)})
    assert (leader.error, follower.error) == (errors.UNKNOWN_SERVER_ERROR, errors.UNKNOWN_SERVER_ERROR)
    assert talk.state == PREPARING_REBALANCE
    calls = [talk.join(story.leader), talk.join(story.follower)]
    assert talk.sync(story.leader, calls[0].generation, {story.leader: b"small"}).error == errors.NONE
    assert talk.sync(other.member_id, 1, {}, group_id="other").error == errors.NONE, "other groups did not notice"


def test_an_assignment_that_the_disk_refuses_sends_everybody_back_to_the_last_generation(talk: Conversation) -> None:
    story = bring_to(talk, COMPLETING_REBALANCE)
    other = bring_other(talk)
    follower = talk.sync(story.follower, story.generation)
    talk.log.fail_next_appends = 1
    leader = talk.sync(story.leader, story.generation, {story.leader: b"one"})
    assert (leader.refusal, follower.error) == (errors.NOT_COORDINATOR, errors.NOT_COORDINATOR)
    assert other.error == errors.NOT_COORDINATOR
    assert (talk.state, talk.group().generation_id) == (STABLE, story.generation - 1)
    assert talk.heartbeat(story.leader, story.generation) == errors.ILLEGAL_GENERATION


def bring_other(talk: Conversation) -> Call:
    """Let somebody wait in another group of the shard."""
    first = talk.join_new(group_id="other")
    talk.sync(first.member_id, 1, {}, group_id="other")
    waiting = talk.join_new(group_id="other")
    assert waiting.is_waiting
    return waiting
