"""TxnOffsetCommit: offsets that count with a transaction."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.delete_topics_request import DeleteTopicsRequest
from kafkalite.protocol.messages.offset_fetch_request import (
    OffsetFetchRequest,
    OffsetFetchRequestGroup,
    OffsetFetchRequestTopics,
)
from kafkalite.protocol.messages.txn_offset_commit_request import (
    TxnOffsetCommitRequest,
    TxnOffsetCommitRequestPartition,
    TxnOffsetCommitRequestTopic,
)
from tests.broker.played_broker import PlayedBroker
from tests.broker.transactional_producer import TransactionalProducer, read_all

P0 = ("orders", 0)
GENERATIONS = pytest.mark.parametrize("is_tv2", [True, False], ids=["TV2", "TV1"])


def ready(*, is_tv2: bool = True) -> TransactionalProducer:
    """A producer that is ready, and a topic."""
    played = PlayedBroker()
    played.create_topic(partitions=2)
    producer = TransactionalProducer(played, is_tv2=is_tv2)
    assert producer.init() == 0
    return producer


def committed(played: PlayedBroker, group_id: str = "group", *, require_stable: bool = False) -> tuple[int, int]:
    """(error, offset) of partition 0."""
    topics = [OffsetFetchRequestTopics(name="orders", partition_indexes=[0])]
    request = OffsetFetchRequest(
        require_stable=require_stable,
        groups=[OffsetFetchRequestGroup(group_id=group_id, member_id=None, topics=topics)],
    )
    [partition] = played.ask(request, 8).groups[0].topics[0].partitions
    return partition.error_code, partition.committed_offset


@GENERATIONS
@pytest.mark.parametrize("is_commit", [True, False])
def test_offsets_count_once_the_transaction_is_committed(is_tv2: bool, is_commit: bool) -> None:
    producer = ready(is_tv2=is_tv2)
    if not is_tv2:
        assert producer.add_offsets("group") == 0
    assert producer.commit_offsets("group", {P0: 5}) == {P0: 0}
    assert committed(producer.played) == (0, -1)
    assert committed(producer.played, require_stable=True) == (errors.UNSTABLE_OFFSET_COMMIT, -1)
    assert producer.end(is_commit=is_commit) == 0
    assert committed(producer.played, require_stable=True) == (0, 5 if is_commit else -1)


@GENERATIONS
def test_the_outcome_outlives_a_crash(is_tv2: bool) -> None:
    producer = ready(is_tv2=is_tv2)
    for offset, is_commit in ((5, True), (6, False)):
        if not is_tv2:
            producer.add_offsets("group")
        producer.commit_offsets("group", {P0: offset})
        producer.end(is_commit=is_commit)
    assert committed(producer.played.restart(clean=False), require_stable=True) == (0, 5)


def test_what_is_pending_is_pending_after_a_crash() -> None:
    producer = ready()
    producer.commit_offsets("group", {P0: 5})
    producer.played = producer.played.restart(clean=False)
    assert committed(producer.played, require_stable=True) == (errors.UNSTABLE_OFFSET_COMMIT, -1)
    assert producer.end() == 0
    assert committed(producer.played, require_stable=True) == (0, 5)


@pytest.mark.parametrize(("version", "code"), [(3, errors.INVALID_TXN_STATE), (4, errors.TRANSACTION_ABORTABLE)])
def test_without_the_group_in_the_transaction_nothing_is_committed(version: int, code: int) -> None:
    producer = ready(is_tv2=False)
    assert producer.commit_offsets("group", {P0: 5}, version=version) == {P0: code}
    producer.add(P0)
    assert producer.commit_offsets("group", {P0: 5}, version=version) == {P0: code}


@pytest.mark.parametrize("version", range(7))
def test_every_version(version: int) -> None:
    producer = ready(is_tv2=version >= 5)
    if version < 5:
        producer.add_offsets("group")
    assert producer.commit_offsets("group", {P0: 5}, version=version) == {P0: 0}
    assert producer.end() == 0
    assert committed(producer.played) == (0, 5)


def test_partitions_that_do_not_exist_spoil_nothing() -> None:
    producer = ready()
    missing, nothing = ("orders", 9), ("nothing", 0)
    assert producer.commit_offsets("group", {missing: 1, P0: 5, nothing: 2}) == {
        P0: 0,
        missing: errors.UNKNOWN_TOPIC_OR_PARTITION,
        nothing: errors.UNKNOWN_TOPIC_OR_PARTITION,
    }
    assert producer.commit_offsets("group", {missing: 1}) == {missing: errors.UNKNOWN_TOPIC_OR_PARTITION}
    producer.end()
    assert committed(producer.played) == (0, 5)


def test_ids_that_no_topic_has_spoil_nothing() -> None:
    producer = ready()
    missing, nothing, empty = ("orders", 9), ("nothing", 0), ("", 0)
    codes = producer.commit_offsets("group", {missing: 1, P0: 5, nothing: 2, ("orders", 8): 1}, version=6)
    assert codes == {
        P0: 0,
        missing: errors.UNKNOWN_TOPIC_OR_PARTITION,
        ("orders", 8): errors.UNKNOWN_TOPIC_OR_PARTITION,
        nothing: errors.UNKNOWN_TOPIC_ID,
    }
    assert producer.commit_offsets("group", {empty: 1}, version=6) == {empty: errors.UNKNOWN_TOPIC_ID}
    producer.end()
    assert committed(producer.played) == (0, 5)


def test_an_answer_has_one_entry_for_a_topic_that_was_refused_in_part() -> None:
    producer = ready()
    topic_id = producer.played.topic_id()
    partitions = [TxnOffsetCommitRequestPartition(partition_index=index, committed_offset=1) for index in (7, 0, 8)]
    topics = [TxnOffsetCommitRequestTopic(topic_id=topic_id, partitions=[one]) for one in partitions]
    request = TxnOffsetCommitRequest(
        transactional_id=producer.transactional_id,
        group_id="group",
        producer_id=producer.producer_id,
        producer_epoch=producer.producer_epoch,
        topics=topics,
    )
    [topic] = producer.played.ask(request, 6).topics
    assert (topic.topic_id, [one.partition_index for one in topic.partitions]) == (topic_id, [7, 8, 0])


def test_the_topic_is_stored_with_its_id() -> None:
    """So that an offset of a topic that is deleted and made again is not taken for the new one's."""
    producer = ready()
    producer.commit_offsets("group", {P0: 5}, version=5)
    producer.end()
    played = producer.played
    played.ask(DeleteTopicsRequest(topic_names=["orders"], timeout_ms=1000), 5)
    played.create_topic()
    assert committed(played) == (0, -1)


def test_a_stranger_commits_nothing() -> None:
    producer = ready()
    producer.producer_epoch = 4
    assert producer.commit_offsets("group", {P0: 5}) == {P0: errors.INVALID_PRODUCER_EPOCH}
    producer.producer_id += 1
    assert producer.commit_offsets("group", {P0: 5}) == {P0: errors.INVALID_PRODUCER_ID_MAPPING}


def test_a_zombie_of_the_group_commits_nothing() -> None:
    producer = ready()
    for version, code in ((5, errors.ILLEGAL_GENERATION), (6, errors.GROUP_ID_NOT_FOUND)):
        codes = producer.commit_offsets(
            "group", {P0: 5}, version=version, generation_id_or_member_epoch=3, member_id="somebody"
        )
        assert codes == {P0: code}


def test_an_empty_group_id() -> None:
    producer = ready()
    assert producer.commit_offsets("", {P0: 5}) == {P0: errors.INVALID_GROUP_ID}


def test_where_nobody_used_transactions_yet() -> None:
    played = PlayedBroker()
    played.create_topic()
    producer = TransactionalProducer(played)
    producer.producer_id, producer.producer_epoch = 3, 0
    assert producer.commit_offsets("group", {P0: 5}) == {P0: errors.NOT_COORDINATOR}


def test_records_and_marker_carry_the_producer() -> None:
    producer = ready()
    producer.commit_offsets("group", {P0: 5})
    producer.end()
    assert read_all(producer.played, "__consumer_offsets") == [
        (producer.producer_id, 0, False, True),
        (producer.producer_id, 1, True, True),
    ]
