"""OffsetCommit and TxnOffsetCommit, as conversations."""

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
from kafkalite.coordinators.group.context import Caller
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.txn_offset_commit_request import (
    TxnOffsetCommitRequest,
    TxnOffsetCommitRequestPartition,
    TxnOffsetCommitRequestTopic,
)
from tests.coordinators.group.classic.stories import bring_to
from tests.coordinators.group.conversation import GROUP, SESSION_MS, Conversation

ONE = {"t": {0: 7}}
DONE = {("t", 0): errors.NONE}


def test_anybody_may_commit_for_a_group_without_members(talk: Conversation) -> None:
    assert talk.commit({"t": {0: 7, 1: 8}, "u": {2: 9}}) == {("t", 0): 0, ("t", 1): 0, ("u", 2): 0}
    assert talk.fetch() == {("t", 0): 7, ("t", 1): 8, ("u", 2): 9}
    assert talk.state == EMPTY
    assert talk.group().protocol_type is None


def test_a_commit_is_one_batch_with_all_that_belongs_to_it(talk: Conversation) -> None:
    talk.set_topics(t=b"t" * 16)
    talk.commit(ONE, metadata="note")
    [(key, value)] = talk.recorded()
    assert (key.group, key.topic, key.partition) == (GROUP, "t", 0)
    assert (value.offset, value.metadata, value.commit_timestamp) == (7, "note", talk.clock.now_ms())
    assert (value.topic_id, value.expire_timestamp) == (b"t" * 16, -1)


def test_a_member_commits(talk: Conversation) -> None:
    [member], generation = talk.make_stable()
    assert talk.commit(ONE, member_id=member, generation=generation) == DONE
    assert talk.fetch() == {("t", 0): 7}


@pytest.mark.parametrize("state", STATES)
def test_a_member_in_every_state(talk: Conversation, state: str) -> None:
    """The table ON_OFFSET_COMMIT, cell by cell."""
    story = bring_to(talk, state)
    told = talk.commit(ONE, member_id=story.follower, generation=story.generation)
    if state == EMPTY:
        assert told == errors.UNKNOWN_MEMBER_ID
    elif state == COMPLETING_REBALANCE:
        assert told == errors.REBALANCE_IN_PROGRESS
    else:
        assert told == DONE


@pytest.mark.parametrize("state", STATES)
def test_somebody_without_membership_in_every_state(talk: Conversation, state: str) -> None:
    bring_to(talk, state)
    assert talk.commit(ONE) == (DONE if state == EMPTY else errors.UNKNOWN_MEMBER_ID)


@pytest.mark.parametrize("state", [PREPARING_REBALANCE, COMPLETING_REBALANCE, STABLE])
@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"member_id": "nobody"}, errors.UNKNOWN_MEMBER_ID),
        ({"generation": 99}, errors.ILLEGAL_GENERATION),
        ({"generation": -1}, errors.ILLEGAL_GENERATION),
        ({"instance_id": "i"}, errors.UNKNOWN_MEMBER_ID),
    ],
)
def test_who_does_not_belong_may_not_commit(
    talk: Conversation, state: str, options: dict[str, object], error: int
) -> None:
    story = bring_to(talk, state)
    arguments = {"member_id": story.follower, "generation": story.generation, **options}
    assert talk.commit(ONE, **arguments) == error  # type: ignore[arg-type]
    assert talk.fetch() == {}


@pytest.mark.parametrize(("version", "error"), [(8, errors.ILLEGAL_GENERATION), (9, errors.GROUP_ID_NOT_FOUND)])
def test_a_generation_of_a_group_that_is_not_there(talk: Conversation, version: int, error: int) -> None:
    assert talk.commit(ONE, member_id="m", generation=1, version=version) == error
    assert talk.shard.context.groups == {}


def test_a_fenced_static_member_may_not_commit(talk: Conversation) -> None:
    old = talk.join(instance_id="i").member_id
    talk.sync(old, 1, {}, instance_id="i")
    talk.join(instance_id="i")
    assert talk.commit(ONE, member_id=old, generation=1, instance_id="i") == errors.FENCED_INSTANCE_ID


@pytest.mark.parametrize("state", [STABLE, PREPARING_REBALANCE])
def test_a_commit_keeps_the_session(talk: Conversation, state: str) -> None:
    story = bring_to(talk, state)
    for _ in range(3):
        talk.pass_time(SESSION_MS - 1)
        talk.commit(ONE, member_id=story.follower, generation=story.generation)
    assert list(talk.group().members) == [story.follower]


def test_a_retention_time_is_kept_with_the_offset(talk: Conversation) -> None:
    talk.commit(ONE, retention_time_ms=5000, version=4)
    assert talk.recorded()[0][1].expire_timestamp == talk.clock.now_ms() + 5000


def test_the_oldest_clients_say_when_it_was(talk: Conversation) -> None:
    talk.commit(ONE, timestamp_ms=123, version=1)
    assert talk.recorded()[0][1].commit_timestamp == 123


@pytest.mark.parametrize("metadata", ["x" * 11, "\U0001f600" * 6])
def test_too_much_metadata_is_refused_for_its_partition(new_talk: Callable[..., Conversation], metadata: str) -> None:
    talk = new_talk(offset_metadata_max_bytes=10)
    assert talk.commit(ONE, metadata=metadata) == {("t", 0): errors.OFFSET_METADATA_TOO_LARGE}
    assert talk.log.appended == [] and talk.shard.context.groups == {}


@pytest.mark.parametrize("metadata", ["x" * 10, "\U0001f600" * 5, "", None])
def test_as_much_metadata_as_is_allowed(new_talk: Callable[..., Conversation], metadata: str | None) -> None:
    talk = new_talk(offset_metadata_max_bytes=10)
    assert talk.commit(ONE, metadata=metadata) == DONE
    assert talk.recorded()[0][1].metadata == (metadata or "")


def test_a_commit_that_the_disk_refuses_did_not_happen(talk: Conversation) -> None:
    talk.commit(ONE)
    talk.log.fail_next_appends = 1
    assert talk.commit({"t": {0: 8}}) == errors.NOT_COORDINATOR
    assert talk.fetch() == {("t", 0): 7}


def test_more_offsets_than_fit_into_a_batch_are_refused(talk: Conversation) -> None:
    talk.log.max_batch_bytes = 500
    assert talk.commit({"t": dict.fromkeys(range(100), 1)}) == errors.UNKNOWN_SERVER_ERROR
    assert talk.fetch() == {}


def test_a_group_id_that_cannot_be_written_is_refused(talk: Conversation) -> None:
    assert talk.commit(ONE, group_id="g" * 40_000) == errors.UNKNOWN_SERVER_ERROR
    assert talk.shard.context.groups == {}


# ---- transactions ----------------------------------------------------------------------------------------------------


def commit_transactional(
    talk: Conversation,
    *,
    member_id: str = "",
    generation: int = -1,
    metadata: str = "",
    producer_id: int = 9,
    version: int = 5,
) -> int:
    """TxnOffsetCommit of t-0 at 7; returns the error code of the partition or of the whole."""
    request = TxnOffsetCommitRequest(
        group_id=GROUP,
        generation_id_or_member_epoch=generation,
        member_id=member_id,
        topics=[
            TxnOffsetCommitRequestTopic(
                name="t",
                partitions=[TxnOffsetCommitRequestPartition(committed_offset=7, committed_metadata=metadata)],
            )
        ],
    )
    caller = Caller("client", "/127.0.0.1", version)
    try:
        response = talk.runtime.run_transactional(
            lambda shard: shard.commit_transactional_offsets(caller, request), producer_id, 0
        )
    except ApiError as error:
        return error.error_code
    return int(response.topics[0].partitions[0].error_code)


def test_transactional_offsets_count_with_the_commit(talk: Conversation) -> None:
    assert commit_transactional(talk) == errors.NONE
    assert talk.fetch({"t": [0]}) == {("t", 0): -1}
    assert talk.fetch({"t": [0]}, is_stable_required=True) == {("t", 0): -errors.UNSTABLE_OFFSET_COMMIT}
    talk.check_replay()
    talk.runtime.complete_transaction(9, 0, True, 0)
    assert talk.fetch({"t": [0]}, is_stable_required=True) == {("t", 0): 7}


def test_transactional_offsets_are_gone_with_the_abort(talk: Conversation) -> None:
    talk.commit({"t": {0: 3}})
    commit_transactional(talk)
    talk.runtime.complete_transaction(9, 0, False, 0)
    assert talk.fetch(is_stable_required=True) == {("t", 0): 3}


def test_pending_offsets_survive_a_restart(talk: Conversation) -> None:
    commit_transactional(talk)
    talk.restart()
    assert talk.fetch({"t": [0]}, is_stable_required=True) == {("t", 0): -errors.UNSTABLE_OFFSET_COMMIT}
    talk.runtime.complete_transaction(9, 0, True, 0)
    talk.restart()
    assert talk.fetch() == {("t", 0): 7}


@pytest.mark.parametrize("state", STATES)
def test_in_a_transaction_the_state_does_not_matter(talk: Conversation, state: str) -> None:
    story = bring_to(talk, state)
    told = commit_transactional(talk, member_id=story.follower, generation=story.generation)
    assert told == (errors.UNKNOWN_MEMBER_ID if state == EMPTY else errors.NONE)


def test_older_producers_do_not_say_who_they_are(talk: Conversation) -> None:
    bring_to(talk, STABLE)
    assert commit_transactional(talk) == errors.NONE


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"member_id": "nobody", "generation": 1}, errors.UNKNOWN_MEMBER_ID),
        ({"generation": 99}, errors.UNKNOWN_MEMBER_ID),
    ],
)
def test_who_does_not_belong_may_not_commit_in_a_transaction(
    talk: Conversation, options: dict[str, object], error: int
) -> None:
    bring_to(talk, STABLE)
    assert commit_transactional(talk, **options) == error  # type: ignore[arg-type]


def test_an_old_generation_may_not_commit_in_a_transaction(talk: Conversation) -> None:
    story = bring_to(talk, STABLE)
    told = commit_transactional(talk, member_id=story.follower, generation=story.generation - 1)
    assert told == errors.ILLEGAL_GENERATION


def test_a_generation_of_no_group_may_not_commit_in_a_transaction(talk: Conversation) -> None:
    assert commit_transactional(talk, member_id="m", generation=1) == errors.ILLEGAL_GENERATION
    assert commit_transactional(talk, member_id="m", generation=1, version=6) == errors.GROUP_ID_NOT_FOUND


def test_too_much_metadata_is_refused_in_a_transaction(new_talk: Callable[..., Conversation]) -> None:
    talk = new_talk(offset_metadata_max_bytes=10)
    assert commit_transactional(talk, metadata="x" * 11) == errors.OFFSET_METADATA_TOO_LARGE
