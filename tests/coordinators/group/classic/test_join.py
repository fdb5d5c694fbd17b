"""JoinGroup of classic groups, as conversations."""

from __future__ import annotations

from collections.abc import Callable

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
from tests.coordinators.group.conversation import GROUP, SESSION_MS, Conversation, subscription

NewTalk = Callable[..., Conversation]

# ---- somebody new ----------------------------------------------------------------------------------------------------


def test_the_first_member_is_given_an_id_and_then_a_generation_at_once(talk: Conversation) -> None:
    first = talk.join()
    assert first.error == errors.MEMBER_ID_REQUIRED
    assert first.member_id.startswith("client-")
    assert talk.state == EMPTY
    again = talk.join(first.member_id)
    response = again.response
    assert (response.error_code, response.generation_id, response.leader) == (errors.NONE, 1, first.member_id)
    assert (response.protocol_type, response.protocol_name) == ("consumer", "range")
    assert [member.member_id for member in response.members] == [first.member_id]
    assert response.members[0].metadata == subscription("topic")
    assert talk.state == COMPLETING_REBALANCE


def test_a_new_group_is_in_the_log_before_anybody_is_in_it(talk: Conversation) -> None:
    talk.join()
    [(key, value)] = talk.recorded()
    assert (key.group, value.protocol_type, value.generation, value.members) == (GROUP, "", 0, [])


def test_a_member_id_is_the_client_id_and_a_uuid(talk: Conversation) -> None:
    member_id = talk.join(client_id="me").member_id
    parts = member_id.removeprefix("me-").split("-")
    assert [len(part) for part in parts] == [8, 4, 4, 4, 12]


def test_old_clients_need_no_member_id(talk: Conversation) -> None:
    first = talk.join(version=3)
    assert (first.error, first.generation) == (errors.NONE, 1)


def test_a_member_id_of_a_group_that_is_not_there_is_unknown(talk: Conversation) -> None:
    call = talk.join("somebody")
    assert (call.error, call.member_id) == (errors.UNKNOWN_MEMBER_ID, "somebody")
    assert talk.shard.context.groups == {} and talk.log.appended == []


@pytest.mark.parametrize("options", [{"protocol_type": ""}, {"protocols": {}}])
def test_a_group_is_not_made_for_a_member_without_protocols(talk: Conversation, options: dict[str, object]) -> None:
    assert talk.join(**options).error == errors.INCONSISTENT_GROUP_PROTOCOL  # type: ignore[arg-type]
    assert talk.shard.context.groups == {} and talk.log.appended == []


def test_a_client_id_that_leaves_no_room_for_a_member_id_is_refused(talk: Conversation) -> None:
    assert talk.join(client_id="x" * 32_760).refusal == errors.UNKNOWN_SERVER_ERROR
    assert talk.shard.context.groups == {} and talk.log.appended == []


def test_a_member_id_that_is_not_used_in_time_is_forgotten(talk: Conversation) -> None:
    member_id = talk.join().member_id
    talk.pass_time(SESSION_MS)
    assert talk.group().pending_joins == set()
    assert talk.join(member_id).error == errors.UNKNOWN_MEMBER_ID


def test_a_handed_out_member_id_is_none_of_a_static_member(talk: Conversation) -> None:
    member_id = talk.join().member_id
    assert talk.join(member_id, instance_id="i").refusal == errors.UNKNOWN_SERVER_ERROR


def test_the_second_member_makes_the_first_join_again(talk: Conversation) -> None:
    [leader], generation = talk.make_stable()
    second = talk.join_new()
    assert second.is_waiting and talk.state == PREPARING_REBALANCE
    assert talk.heartbeat(leader, generation) == errors.REBALANCE_IN_PROGRESS
    first = talk.join(leader)
    assert (first.error, second.error) == (errors.NONE, errors.NONE)
    assert first.generation == second.generation == generation + 1
    assert len(first.response.members) == 2 and second.response.members == []
    assert first.response.leader == second.response.leader == leader


def test_members_need_a_protocol_in_common(talk: Conversation) -> None:
    talk.make_stable(protocols={"range": b""})
    assert talk.join(protocols={"sticky": b""}).error == errors.INCONSISTENT_GROUP_PROTOCOL
    assert talk.join(protocol_type="connect").error == errors.INCONSISTENT_GROUP_PROTOCOL
    assert talk.state == STABLE


def test_a_member_that_would_take_away_the_common_protocol_is_refused(talk: Conversation) -> None:
    members, _ = talk.make_stable(2, protocols={"a": b"", "b": b""})
    call = talk.join(members[1], protocols={"c": b""})
    assert (call.error, call.member_id) == (errors.INCONSISTENT_GROUP_PROTOCOL, members[1])


def test_the_protocol_most_members_prefer_is_chosen(talk: Conversation) -> None:
    first = talk.join_new(protocols={"a": b"1", "b": b"2", "only-first": b""})
    second = talk.join_new(protocols={"b": b"3", "a": b"4"})
    third = talk.join_new(protocols={"b": b"5", "a": b"6"})
    first = talk.join(first.member_id, protocols={"a": b"1", "b": b"2", "only-first": b""})
    assert {call.response.protocol_name for call in (first, second, third)} == {"b"}
    assert [member.metadata for member in first.response.members] == [b"2", b"3", b"5"]


def test_what_is_asked_of_an_empty_group_is_asked_anew(talk: Conversation) -> None:
    [member], _ = talk.make_stable()
    talk.leave(member)
    assert talk.state == EMPTY
    call = talk.join_new(protocol_type="connect", protocols={"compatible": b""})
    assert (call.response.protocol_type, call.response.protocol_name) == ("connect", "compatible")
    assert call.generation == 3


# ---- the initial delay -----------------------------------------------------------------------------------------------


def test_a_new_group_waits_for_more_members(new_talk: NewTalk) -> None:
    talk = new_talk(group_initial_rebalance_delay_ms=3000)
    first = talk.join_new()
    talk.pass_time(2999)
    assert first.is_waiting
    talk.pass_time(1)
    assert first.generation == 1


def test_everybody_who_comes_lengthens_the_wait(new_talk: NewTalk) -> None:
    talk = new_talk(group_initial_rebalance_delay_ms=3000)
    first = talk.join_new()
    talk.pass_time(2000)
    second = talk.join_new()
    talk.pass_time(1000)
    assert first.is_waiting and second.is_waiting
    talk.pass_time(3000)
    assert first.generation == second.generation == 1
    assert {member.member_id for member in first.response.members} == {first.member_id, second.member_id}


def test_the_wait_ends_with_the_rebalance_timeout(new_talk: NewTalk) -> None:
    talk = new_talk(group_initial_rebalance_delay_ms=3000)
    calls = [talk.join_new(rebalance_timeout_ms=10_000)]
    for _ in range(20):
        talk.pass_time(1000)
        if not calls[0].is_waiting:
            break
        calls.append(talk.join_new(rebalance_timeout_ms=10_000))
    assert talk.clock.monotonic_ms() == 10_000
    assert {call.generation for call in calls} == {1}


def test_a_member_that_leaves_does_not_shorten_the_wait(new_talk: NewTalk) -> None:
    talk = new_talk(group_initial_rebalance_delay_ms=3000)
    first, second = talk.join_new(), talk.join_new()
    assert talk.leave(talk_member(talk, 0)) == [errors.NONE]
    assert first.error == errors.UNKNOWN_MEMBER_ID and second.is_waiting
    talk.pass_time(3000)
    assert second.is_waiting, "a member was added while the group waited"
    talk.pass_time(3000)
    assert second.generation == 1


def test_a_new_group_whose_members_all_left_is_empty_when_the_wait_is_over(new_talk: NewTalk) -> None:
    talk = new_talk(group_initial_rebalance_delay_ms=3000)
    talk.join_new()
    talk.leave(talk_member(talk, 0))
    assert talk.state == PREPARING_REBALANCE
    talk.pass_time(3000)
    assert talk.state == EMPTY


def talk_member(talk: Conversation, index: int) -> str:
    return list(talk.group().members)[index]


# ---- every state and a known member ----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_a_follower_that_joins_again_unchanged(talk: Conversation, state: str) -> None:
    """The table ON_JOIN, cell by cell."""
    story = bring_to(talk, state)
    call = talk.join(story.follower)
    if state == EMPTY:
        assert call.error == errors.UNKNOWN_MEMBER_ID
    elif state == PREPARING_REBALANCE:
        assert call.is_waiting
    else:
        response = call.response
        assert (response.error_code, response.generation_id, response.members) == (errors.NONE, story.generation, [])
        assert response.leader == story.leader
        assert talk.state == state


@pytest.mark.parametrize("state", STATES)
def test_a_follower_that_joins_again_with_other_protocols(talk: Conversation, state: str) -> None:
    story = bring_to(talk, state)
    call = talk.join(story.follower, protocols={"range": subscription("another")})
    if state == EMPTY:
        assert call.error == errors.UNKNOWN_MEMBER_ID
    else:
        assert call.is_waiting and talk.state == PREPARING_REBALANCE


@pytest.mark.parametrize("state", STATES)
def test_a_leader_that_joins_again_unchanged(talk: Conversation, state: str) -> None:
    story = bring_to(talk, state)
    call = talk.join(story.leader)
    if state == EMPTY:
        assert call.error == errors.UNKNOWN_MEMBER_ID
    elif state == COMPLETING_REBALANCE:
        assert call.generation == story.generation
        assert {member.member_id for member in call.response.members} == {story.leader, story.follower}
    else:
        assert call.is_waiting and talk.state == PREPARING_REBALANCE


@pytest.mark.parametrize("state", STATES)
def test_a_new_member_in_every_state(talk: Conversation, state: str) -> None:
    bring_to(talk, state)
    call = talk.join_new()
    if state == EMPTY:
        assert call.error == errors.NONE and talk.state == COMPLETING_REBALANCE
    else:
        assert call.is_waiting and talk.state == PREPARING_REBALANCE


@pytest.mark.parametrize("state", STATES)
def test_an_unknown_member_id_in_every_state(talk: Conversation, state: str) -> None:
    bring_to(talk, state)
    call = talk.join("nobody")
    assert (call.error, call.member_id) == (errors.UNKNOWN_MEMBER_ID, "nobody")
    assert call.response.protocol_name is None
    assert talk.state == state


def test_the_older_of_two_joins_of_one_member_is_not_left_without_answer(talk: Conversation) -> None:
    story = bring_to(talk, PREPARING_REBALANCE)
    older, newer = talk.join(story.follower), talk.join(story.follower)
    assert (older.error, newer.is_waiting) == (errors.REBALANCE_IN_PROGRESS, True)
    talk.join(story.leader)
    assert newer.error == errors.NONE


def test_of_protocols_with_one_name_the_first_counts(talk: Conversation) -> None:
    [member], _ = talk.make_stable(protocols={"range": b"x"})
    assert talk.group().members[member].protocols == (("range", b"x"),)


# ---- the size limit --------------------------------------------------------------------------------------------------


def test_a_full_group_takes_nobody(new_talk: NewTalk) -> None:
    talk = new_talk(group_max_size=2)
    members, _ = talk.make_stable(2)
    call = talk.join()
    assert (call.error, call.member_id) == (errors.GROUP_MAX_SIZE_REACHED, "")
    assert talk.join(members[1]).error == errors.NONE
    assert talk.state == STABLE


def test_while_a_full_group_rebalances_those_stay_who_join_first(new_talk: NewTalk) -> None:
    talk = new_talk(group_max_size=2)
    story = bring_to(talk, STABLE)
    talk.leave(story.follower)
    third = talk.join_new()
    assert talk.join(story.leader).generation == third.generation
    calls = [talk.join(story.leader), talk.join(third.member_id)]
    assert {call.error for call in calls} == {errors.NONE}


def test_handed_out_ids_do_not_count_until_they_are_used(new_talk: NewTalk) -> None:
    talk = new_talk(group_max_size=1)
    ids = [talk.join().member_id for _ in range(3)]
    assert talk.join(ids[0]).error == errors.NONE
    assert talk.join(ids[1]).error == errors.GROUP_MAX_SIZE_REACHED
    assert talk.group().pending_joins == {ids[2]}


def test_a_group_over_a_new_limit_lets_those_stay_who_join_first(new_talk: NewTalk) -> None:
    talk = new_talk()
    members, _ = talk.make_stable(3)
    talk.config.max_size = 2
    talk.restart()
    assert talk.state == PREPARING_REBALANCE
    calls = [talk.join(member_id) for member_id in members]
    assert calls[2].error == errors.GROUP_MAX_SIZE_REACHED
    assert [call.is_waiting for call in calls[:2]] == [True, True]
    talk.pass_time(60_000)
    assert {call.error for call in calls[:2]} == {errors.NONE}


# ---- static members --------------------------------------------------------------------------------------------------


def test_a_static_member_needs_no_id_first(talk: Conversation) -> None:
    call = talk.join(instance_id="i")
    assert (call.error, call.generation) == (errors.NONE, 1)
    assert call.member_id.startswith("i-")


def test_a_static_leader_that_comes_back_keeps_its_assignment_and_need_not_assign(talk: Conversation) -> None:
    old = talk.join(instance_id="i").member_id
    talk.sync(old, 1, {old: b"mine"}, instance_id="i")
    call = talk.join(instance_id="i")
    assert (call.error, call.generation, talk.state) == (errors.NONE, 1, STABLE)
    assert call.member_id != old
    assert (call.response.leader, call.response.skip_assignment) == (call.member_id, True)
    assert [member.member_id for member in call.response.members] == [call.member_id]
    assert talk.sync(call.member_id, 1, instance_id="i").response.assignment == b"mine"
    assert talk.heartbeat(old, 1, instance_id="i") == errors.FENCED_INSTANCE_ID
    assert talk.heartbeat(old, 1) == errors.UNKNOWN_MEMBER_ID


def test_an_older_static_leader_that_comes_back_is_told_of_another_leader(talk: Conversation) -> None:
    old = talk.join(instance_id="i", version=8).member_id
    talk.sync(old, 1, {old: b"mine"}, instance_id="i")
    response = talk.join(instance_id="i", version=8).response
    assert (response.leader, response.members, response.skip_assignment) == (old, [], False)


def test_a_static_follower_that_comes_back_is_no_leader(talk: Conversation) -> None:
    leader = talk.join(instance_id="a")
    follower = talk.join(instance_id="b")
    leader = talk.join(leader.member_id, instance_id="a")
    talk.sync(follower.member_id, 2, instance_id="b")
    talk.sync(leader.member_id, 2, {follower.member_id: b"theirs"}, instance_id="a")
    response = talk.join(instance_id="b").response
    assert (response.leader, response.members, response.skip_assignment) == (leader.member_id, [], False)
    assert talk.sync(response.member_id, 2, instance_id="b").response.assignment == b"theirs"


def test_a_static_member_that_comes_back_with_another_choice_makes_a_rebalance(talk: Conversation) -> None:
    both = {"a": b"", "b": b""}
    old = talk.join(instance_id="i", protocols=both).member_id
    talk.sync(old, 1, instance_id="i", protocol_name="a")
    call = talk.join(instance_id="i", protocols={"b": b"", "a": b""})
    assert (call.error, call.generation, call.response.protocol_name) == (errors.NONE, 2, "b")


def test_a_static_member_that_comes_back_while_the_leader_assigns_makes_a_rebalance(talk: Conversation) -> None:
    leader = talk.join(instance_id="a")
    talk.join(instance_id="b")
    leader = talk.join(leader.member_id, instance_id="a")
    assert talk.state == COMPLETING_REBALANCE
    back = talk.join(instance_id="b")
    assert back.is_waiting and talk.state == PREPARING_REBALANCE
    talk.join(leader.member_id, instance_id="a")
    assert back.generation == 3


def test_a_static_member_that_comes_back_during_a_rebalance_takes_its_place(talk: Conversation) -> None:
    leader = talk.join(instance_id="a")
    waiting = talk.join(instance_id="b")
    instead = talk.join(instance_id="b")
    assert (waiting.error, waiting.response.protocol_name) == (errors.FENCED_INSTANCE_ID, None)
    assert instead.is_waiting
    talk.join(leader.member_id, instance_id="a")
    assert (instead.error, len(talk.group().members)) == (errors.NONE, 2)


def test_the_waiting_sync_of_a_static_member_whose_place_is_taken_is_fenced(talk: Conversation) -> None:
    leader = talk.join(instance_id="a")
    follower = talk.join(instance_id="b")
    talk.join(leader.member_id, instance_id="a")
    waiting = talk.sync(follower.member_id, 2, instance_id="b")
    talk.join(instance_id="b")
    assert waiting.error == errors.FENCED_INSTANCE_ID


def test_a_static_member_with_anothers_id_is_fenced(talk: Conversation) -> None:
    talk.join(instance_id="i")
    call = talk.join("another", instance_id="i")
    assert (call.error, call.member_id) == (errors.FENCED_INSTANCE_ID, "another")


def test_an_unknown_static_member_with_an_id_is_unknown(talk: Conversation) -> None:
    talk.make_stable()
    assert talk.join("another", instance_id="never seen").error == errors.UNKNOWN_MEMBER_ID


def test_a_place_that_cannot_be_stored_is_not_taken(talk: Conversation) -> None:
    old = talk.join(instance_id="i").member_id
    talk.sync(old, 1, {old: b"mine"}, instance_id="i")
    talk.log.fail_next_appends = 1
    assert talk.join(instance_id="i").error == errors.NOT_COORDINATOR
    assert talk.heartbeat(old, 1, instance_id="i") == errors.NONE


def test_a_new_group_that_cannot_be_stored_is_not_there(talk: Conversation) -> None:
    talk.log.fail_next_appends = 1
    assert talk.join().error == errors.NOT_COORDINATOR
    assert talk.shard.context.groups == {}
    assert len(talk.runtime.timers) == 1, "expiry alone"
