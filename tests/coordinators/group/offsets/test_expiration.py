"""Offsets and groups that end with time, and with their topics."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kafkalite.coordinators.group.classic.states import STABLE
from kafkalite.protocol import errors
from tests.coordinators.group.conversation import Conversation, subscription
from tests.coordinators.group.offsets.test_commit import commit_transactional

MINUTE = 60_000
RETENTION = {"offsets_retention_minutes": 10, "offsets_retention_check_interval_ms": MINUTE}


@pytest.fixture
def talk(new_talk: Callable[..., Conversation]) -> Conversation:
    return new_talk(**RETENTION)


def keep_stable(talk: Conversation, member: str, generation: int, minutes: int) -> None:
    for _ in range(minutes * 12):
        talk.pass_time(5000)
        assert talk.heartbeat(member, generation) == errors.NONE


def test_offsets_of_those_without_membership_expire_with_the_time_of_their_commit(talk: Conversation) -> None:
    talk.commit({"t": {0: 1}})
    talk.pass_time(5 * MINUTE)
    talk.commit({"t": {1: 2}})
    talk.pass_time(5 * MINUTE - 1)
    assert talk.fetch() == {("t", 0): 1, ("t", 1): 2}
    talk.pass_time(1)
    assert talk.fetch() == {("t", 1): 2}
    talk.pass_time(5 * MINUTE)
    assert talk.fetch() == {} and talk.shard.context.groups == {}
    assert all(value is None for _, value in talk.recorded()[-2:])


def test_offsets_of_a_group_expire_once_it_was_empty_for_long_enough(talk: Conversation) -> None:
    [member], generation = talk.make_stable()
    talk.commit({"topic": {0: 1}}, member_id=member, generation=generation)
    keep_stable(talk, member, generation, 20)
    talk.leave(member)
    talk.pass_time(10 * MINUTE - 1)
    assert talk.fetch() == {("topic", 0): 1}
    talk.pass_time(MINUTE)
    assert talk.fetch() == {} and talk.shard.context.groups == {}


def test_topics_that_nobody_in_the_group_reads_any_more_expire_with_their_commit(talk: Conversation) -> None:
    talk.commit({"topic": {0: 1}, "old": {0: 2}})
    [member], generation = talk.make_stable()
    keep_stable(talk, member, generation, 11)
    assert talk.fetch() == {("topic", 0): 1}
    assert talk.state == STABLE


def test_members_that_are_no_consumers_keep_all_offsets(talk: Conversation) -> None:
    talk.commit({"t": {0: 1}})
    [member], generation = talk.make_stable(protocol_type="connect", protocols={"compatible": subscription("x")})
    keep_stable(talk, member, generation, 11)
    assert talk.fetch() == {("t", 0): 1}


def test_while_a_group_rebalances_nothing_expires(talk: Conversation) -> None:
    talk.commit({"old": {0: 2}})
    [member], generation = talk.make_stable()
    talk.join_new(rebalance_timeout_ms=30 * MINUTE)
    for _ in range(11 * 12):
        talk.pass_time(5000)
        talk.heartbeat(member, generation)
        if talk.state == STABLE:
            break
    assert talk.fetch() == {("old", 0): 2}


def test_a_retention_that_the_client_chose_counts(talk: Conversation) -> None:
    talk.commit({"t": {0: 1}}, retention_time_ms=2 * MINUTE, version=4)
    talk.commit({"t": {1: 1}}, retention_time_ms=20 * MINUTE, version=4)
    talk.pass_time(3 * MINUTE)
    assert talk.fetch() == {("t", 1): 1}
    talk.pass_time(16 * MINUTE)
    assert talk.fetch() == {("t", 1): 1}
    talk.pass_time(2 * MINUTE)
    assert talk.fetch() == {}


def test_what_a_transaction_is_about_to_change_does_not_expire(talk: Conversation) -> None:
    talk.commit({"t": {0: 1, 1: 1}})
    commit_transactional(talk)
    talk.pass_time(11 * MINUTE)
    assert talk.fetch() == {("t", 0): 1}
    talk.runtime.complete_transaction(9, 0, False, 0)
    talk.pass_time(MINUTE)
    assert talk.fetch() == {} and talk.shard.context.groups == {}


def test_a_group_stays_while_a_transaction_is_about_to_commit_its_first_offset(talk: Conversation) -> None:
    commit_transactional(talk)
    talk.pass_time(11 * MINUTE)
    assert "g" in talk.shard.context.groups


def test_an_empty_group_without_offsets_is_forgotten(talk: Conversation) -> None:
    [member], _ = talk.make_stable()
    talk.leave(member)
    talk.pass_time(MINUTE)
    assert talk.shard.context.groups == {}
    assert talk.recorded()[-1][1] is None


def test_expiry_goes_on_after_a_restart_and_after_a_failing_disk(talk: Conversation) -> None:
    talk.set_topics(t=b"1" * 16)
    talk.commit({"t": {0: 1}})
    talk.pass_time(9 * MINUTE)
    talk.restart()
    talk.log.fail_next_appends = 1
    talk.pass_time(MINUTE)
    assert talk.fetch() == {("t", 0): 1}
    talk.pass_time(MINUTE)
    assert talk.fetch() == {}


def test_more_expires_at_once_than_fits_into_a_batch(talk: Conversation) -> None:
    talk.commit({"t": dict.fromkeys(range(200), 1)})
    talk.log.max_batch_bytes = 1000
    talk.pass_time(11 * MINUTE)
    assert talk.fetch() == {}


# ---- topics ----------------------------------------------------------------------------------------------------------


def test_offsets_end_with_their_topic(talk: Conversation) -> None:
    talk.set_topics(t=b"1" * 16, u=b"2" * 16)
    talk.commit({"t": {0: 1}, "u": {0: 2}})
    commit_transactional(talk)
    talk.runtime.run(lambda shard: shard.on_topics_deleted([("t", b"1" * 16)]))
    assert talk.fetch(is_stable_required=True) == {("u", 0): 2}
    talk.runtime.complete_transaction(9, 0, True, 0)
    assert talk.fetch() == {("u", 0): 2}


def test_offsets_of_a_new_topic_with_an_old_name_stay(talk: Conversation) -> None:
    talk.set_topics(t=b"2" * 16)
    talk.commit({"t": {0: 1}})
    talk.runtime.run(lambda shard: shard.on_topics_deleted([("t", b"1" * 16)]))
    assert talk.fetch() == {("t", 0): 1}


def test_offsets_of_topics_that_were_deleted_while_nobody_looked_are_gone_after_loading(talk: Conversation) -> None:
    talk.set_topics(t=b"1" * 16, u=b"2" * 16)
    talk.commit({"t": {0: 1}, "u": {0: 2}})
    talk.set_topics(t=b"3" * 16, u=b"2" * 16)
    talk.restart()
    talk.pass_time(0)
    assert talk.fetch() == {("u", 0): 2}


def test_nothing_is_written_where_all_topics_are_there(talk: Conversation) -> None:
    talk.set_topics(t=b"1" * 16)
    talk.commit({"t": {0: 1}})
    talk.restart()
    talk.pass_time(0)
    assert len(talk.log.appended) == 1
