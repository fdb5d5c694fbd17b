"""LeaveGroup of classic groups, as conversations."""

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
from tests.coordinators.group.conversation import Conversation


@pytest.mark.parametrize("state", STATES)
def test_a_member_leaves_in_every_state(talk: Conversation, state: str) -> None:
    """The table ON_MEMBER_GONE, cell by cell."""
    story = bring_to(talk, state)
    told = talk.leave(story.follower)
    if state == EMPTY:
        assert (told, talk.state) == ([errors.UNKNOWN_MEMBER_ID], EMPTY)
    else:
        assert told == [errors.NONE]
        assert (talk.state, list(talk.group().members)) == (PREPARING_REBALANCE, [story.leader])


@pytest.mark.parametrize("state", STATES)
def test_strangers_change_nothing_in_any_state(talk: Conversation, state: str) -> None:
    story = bring_to(talk, state)
    strangers = ("nobody", ("", None), ("", "nobody"), (story.follower, "i"))
    assert talk.leave(*strangers) == [errors.UNKNOWN_MEMBER_ID] * 4
    assert talk.state == state


def test_the_last_member_that_was_missing_leaves_and_the_rebalance_goes_on(talk: Conversation) -> None:
    story = bring_to(talk, PREPARING_REBALANCE)
    waiting = talk.join(story.leader)
    talk.leave(story.follower)
    assert (waiting.error, waiting.generation) == (errors.NONE, story.generation + 1)
    assert talk.state == COMPLETING_REBALANCE


def test_the_leader_leaves_and_another_leads(talk: Conversation) -> None:
    story = bring_to(talk, STABLE)
    talk.leave(story.leader)
    call = talk.join(story.follower)
    assert (call.error, call.response.leader) == (errors.NONE, story.follower)


def test_the_last_member_leaves_an_empty_group_behind(talk: Conversation) -> None:
    [member], generation = talk.make_stable()
    assert talk.leave(member) == [errors.NONE]
    assert (talk.state, talk.group().generation_id) == (EMPTY, generation + 1)
    assert talk.recorded()[-1][1].members == []


def test_several_members_leave_at_once_and_the_others_rebalance_once(talk: Conversation) -> None:
    members, generation = talk.make_stable(3)
    assert talk.leave(members[1], "nobody", members[2]) == [errors.NONE, errors.UNKNOWN_MEMBER_ID, errors.NONE]
    assert talk.join(members[0]).generation == generation + 1


def test_a_member_that_was_given_an_id_leaves(talk: Conversation) -> None:
    member_id = talk.join().member_id
    assert talk.leave(member_id) == [errors.NONE]
    assert talk.join(member_id).error == errors.UNKNOWN_MEMBER_ID


def test_an_unused_id_does_not_hold_up_the_others_once_it_left(talk: Conversation) -> None:
    story = bring_to(talk, STABLE)
    pending = talk.join().member_id
    calls = [talk.join(story.leader), talk.join(story.follower)]
    assert [call.is_waiting for call in calls] == [True, True]
    talk.leave(pending)
    assert {call.error for call in calls} == {errors.NONE}


def test_an_administrator_removes_a_static_member_by_its_instance_id(talk: Conversation) -> None:
    member = talk.join(instance_id="i")
    talk.sync(member.member_id, 1, {}, instance_id="i")
    assert talk.leave(("", "i")) == [errors.NONE]
    assert talk.state == EMPTY
    assert talk.leave(("", "i")) == [errors.UNKNOWN_MEMBER_ID]


def test_a_static_member_leaves_by_both_ids_and_is_fenced_by_a_wrong_one(talk: Conversation) -> None:
    member = talk.join(instance_id="i")
    assert talk.leave(("another", "i")) == [errors.FENCED_INSTANCE_ID]
    assert talk.leave((member.member_id, "i")) == [errors.NONE]


def test_who_waits_and_is_removed_hears_of_it(talk: Conversation) -> None:
    story = bring_to(talk, PREPARING_REBALANCE)
    joining = talk.join(story.follower)
    talk.leave(story.follower)
    assert joining.error == errors.UNKNOWN_MEMBER_ID


def test_who_waits_for_an_assignment_and_is_removed_hears_of_it(talk: Conversation) -> None:
    story = bring_to(talk, COMPLETING_REBALANCE)
    syncing = talk.sync(story.follower, story.generation)
    talk.leave(story.follower)
    assert syncing.error == errors.UNKNOWN_MEMBER_ID


def test_a_group_that_is_not_there_cannot_be_left(talk: Conversation) -> None:
    assert talk.leave("m") == errors.UNKNOWN_MEMBER_ID


def test_leaving_that_cannot_be_stored_did_not_happen(talk: Conversation) -> None:
    [member], generation = talk.make_stable()
    talk.log.fail_next_appends = 1
    assert talk.leave(member) == errors.NOT_COORDINATOR
    assert talk.heartbeat(member, generation) == errors.NONE
