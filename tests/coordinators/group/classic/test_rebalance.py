"""Rebalances whose members do not all come in time."""

from __future__ import annotations

from kafkalite.coordinators.group.classic.states import COMPLETING_REBALANCE, EMPTY, PREPARING_REBALANCE, STABLE
from kafkalite.protocol import errors
from tests.coordinators.group.classic.stories import bring_to
from tests.coordinators.group.conversation import REBALANCE_MS, SESSION_MS, Conversation


def keep_alive(talk: Conversation, generation: int, *members: str, duration_ms: int) -> None:
    """Let time pass while members send heartbeats."""
    for _ in range(duration_ms // (SESSION_MS // 2)):
        talk.pass_time(SESSION_MS // 2)
        for member_id in members:
            talk.heartbeat(member_id, generation)


def test_who_does_not_join_in_time_is_removed(talk: Conversation) -> None:
    story = bring_to(talk, PREPARING_REBALANCE)
    waiting = talk.join(story.leader)
    keep_alive(talk, story.generation, story.follower, duration_ms=REBALANCE_MS - SESSION_MS // 2)
    assert waiting.is_waiting
    talk.pass_time(SESSION_MS // 2)
    assert (waiting.error, waiting.generation) == (errors.NONE, story.generation + 1)
    assert list(talk.group().members) == [story.leader]


def test_a_leader_that_does_not_join_in_time_leads_no_more(talk: Conversation) -> None:
    story = bring_to(talk, PREPARING_REBALANCE)
    waiting = talk.join(story.follower)
    keep_alive(talk, story.generation, story.leader, duration_ms=REBALANCE_MS)
    assert (waiting.error, waiting.response.leader) == (errors.NONE, story.follower)


def test_static_members_that_do_not_join_in_time_stay_members(talk: Conversation) -> None:
    leader = talk.join(instance_id="a", session_timeout_ms=600_000)
    follower = talk.join(instance_id="b", session_timeout_ms=600_000)
    talk.join(leader.member_id, instance_id="a", session_timeout_ms=600_000)
    talk.sync(leader.member_id, 2, {}, instance_id="a")
    talk.sync(follower.member_id, 2, instance_id="b")
    third = talk.join(instance_id="c", session_timeout_ms=600_000)
    talk.pass_time(REBALANCE_MS)
    assert third.error == errors.NONE
    assert third.response.leader == third.member_id, "somebody who is there has to lead"
    assert len(talk.group().members) == 3


def test_while_no_static_member_joins_the_group_waits_on(talk: Conversation) -> None:
    member = talk.join(instance_id="a", session_timeout_ms=600_000)
    talk.sync(member.member_id, 1, {}, instance_id="a")
    newcomer = talk.join_new()
    talk.leave(next(one for one in talk.group().members if one != member.member_id))
    assert newcomer.error == errors.UNKNOWN_MEMBER_ID
    talk.pass_time(REBALANCE_MS * 3)
    assert talk.state == PREPARING_REBALANCE
    assert talk.join(member.member_id, instance_id="a", session_timeout_ms=600_000).error == errors.NONE


def test_a_static_member_that_never_comes_back_is_lost_with_its_session(talk: Conversation) -> None:
    member = talk.join(instance_id="a", session_timeout_ms=600_000)
    talk.sync(member.member_id, 1, {}, instance_id="a")
    talk.pass_time(599_999)
    assert talk.state == STABLE
    talk.pass_time(1)
    assert talk.state == EMPTY


def test_a_new_member_that_is_gone_is_removed_after_five_minutes(talk: Conversation) -> None:
    leader = talk.join(instance_id="a", session_timeout_ms=1_800_000, rebalance_timeout_ms=1_800_000)
    talk.sync(leader.member_id, 1, {}, instance_id="a")
    newcomer = talk.join_new()
    talk.pass_time(299_999)
    assert newcomer.is_waiting
    talk.pass_time(1)
    assert (newcomer.error, newcomer.member_id) == (errors.UNKNOWN_MEMBER_ID, "")


def test_the_longest_rebalance_timeout_counts(talk: Conversation) -> None:
    members, generation = talk.make_stable(2, rebalance_timeout_ms=20_000)
    talk.join_new(rebalance_timeout_ms=90_000)
    waiting = talk.join(members[0], rebalance_timeout_ms=20_000)
    keep_alive(talk, generation, members[1], duration_ms=85_000)
    assert waiting.is_waiting
    keep_alive(talk, generation, members[1], duration_ms=5_000)
    assert waiting.error == errors.NONE


def test_a_rebalance_during_an_assignment_makes_all_join_again(talk: Conversation) -> None:
    story = bring_to(talk, COMPLETING_REBALANCE)
    syncing = talk.sync(story.follower, story.generation)
    newcomer = talk.join_new()
    assert syncing.error == errors.REBALANCE_IN_PROGRESS
    assert talk.sync(story.leader, story.generation, {story.leader: b""}).error == errors.REBALANCE_IN_PROGRESS
    talk.join(story.leader)
    assert talk.join(story.follower).generation == newcomer.generation == story.generation + 1


def test_a_restart_during_a_rebalance_goes_back_to_the_last_assignment(talk: Conversation) -> None:
    story = bring_to(talk, STABLE)
    talk.join_new()
    assert talk.state == PREPARING_REBALANCE
    talk.restart()
    assert (talk.state, talk.group().generation_id) == (STABLE, story.generation)
    assert talk.heartbeat(story.follower, story.generation) == errors.NONE
    assert talk.sync(story.follower, story.generation).response.assignment == story.follower.encode()


def test_who_waits_when_the_shard_is_given_up_is_told_to_look_again(talk: Conversation) -> None:
    story = bring_to(talk, PREPARING_REBALANCE)
    joining = talk.join(story.leader)
    for reply, response in talk.runtime.unload():
        reply.complete(response)
    assert joining.error == errors.NOT_COORDINATOR


def test_no_timer_outlives_what_it_is_for(talk: Conversation) -> None:
    story = bring_to(talk, PREPARING_REBALANCE)
    talk.leave(story.leader, story.follower)
    assert talk.state == EMPTY
    talk.pass_time(0)
    assert talk.runtime.timers.keys() == ["expiration"]
