"""Whole transactions through the router, in both generations, with everything that can go wrong around them."""

from __future__ import annotations

import errno
import os

import pytest

from kafkalite.model.limits import MARKER_RETRY_INTERVAL_MS
from kafkalite.protocol import errors
from kafkalite.protocol.messages.delete_topics_request import DeleteTopicsRequest, DeleteTopicState
from kafkalite.protocol.messages.list_offsets_request import (
    ListOffsetsPartition,
    ListOffsetsRequest,
    ListOffsetsTopic,
)
from kafkalite.records.batch import iterate_batches, iterate_records
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.broker.played_broker import PlayedBroker, Waiting, fetch_request
from tests.broker.transactional_producer import ID, TransactionalProducer, read_all, read_committed

GENERATIONS = pytest.mark.parametrize("is_tv2", [True, False], ids=["TV2", "TV1"])


@pytest.fixture
def played() -> PlayedBroker:
    """A broker with the topic "orders" of two partitions."""
    broker = PlayedBroker()
    broker.create_topic(partitions=2)
    return broker


def begin(played: PlayedBroker, transactional_id: str = ID, *, is_tv2: bool = True) -> TransactionalProducer:
    """A producer that is ready."""
    producer = TransactionalProducer(played, transactional_id, is_tv2=is_tv2)
    assert producer.init() == 0
    return producer


def open_transaction(producer: TransactionalProducer, *values: bytes, partition: int = 0) -> None:
    """Write into a transaction that stays open."""
    if not producer.is_tv2:
        producer.add(("orders", partition))
    assert producer.write(*values, partition=partition).error_code == 0


@GENERATIONS
def test_committed_records_are_seen_and_aborted_ones_are_not(played: PlayedBroker, is_tv2: bool) -> None:
    producer = begin(played, is_tv2=is_tv2)
    producer.transact(b"1", b"2")
    producer.transact(b"3", is_commit=False)
    producer.transact(b"4")
    assert read_committed(played) == [b"1", b"2", b"4"]
    assert producer.state() == "CompleteCommit"


@GENERATIONS
def test_an_open_transaction_holds_back_what_comes_after_it(played: PlayedBroker, is_tv2: bool) -> None:
    producer = begin(played, is_tv2=is_tv2)
    open_transaction(producer, b"1")
    played.produce(b"later")
    assert read_committed(played) == []
    assert producer.state() == "Ongoing"
    answer = played.fetch(isolation_level=1)
    assert (answer.last_stable_offset, answer.high_watermark) == (0, 2)
    producer.end()
    assert read_committed(played) == [b"1", b"later"]


@GENERATIONS
@pytest.mark.parametrize("is_commit", [True, False])
def test_the_end_wakes_readers_of_committed_records(played: PlayedBroker, is_tv2: bool, is_commit: bool) -> None:
    producer = begin(played, is_tv2=is_tv2)
    open_transaction(producer, b"1")
    waiting = played.ask(fetch_request(0, isolation_level=1, max_wait_ms=5000), 12)
    assert isinstance(waiting, Waiting)
    played.produce(b"plain")
    assert waiting.response is None
    producer.end(is_commit=is_commit)
    assert waiting.response is not None
    [answer] = waiting.response.responses[0].partitions
    assert answer.last_stable_offset == 3
    assert len(answer.aborted_transactions) == (not is_commit)


def test_a_marker_that_decides_nothing_for_the_reader_does_not_answer_it(played: PlayedBroker) -> None:
    first, second = begin(played, "first"), begin(played, "second")
    open_transaction(first, b"1")
    open_transaction(second, b"2")
    waiting = played.ask(fetch_request(0, isolation_level=1, max_wait_ms=5000), 12)
    second.end()
    assert waiting.response is None
    first.end()
    assert waiting.response is not None


@GENERATIONS
def test_every_partition_gets_the_marker(played: PlayedBroker, is_tv2: bool) -> None:
    producer = begin(played, is_tv2=is_tv2)
    open_transaction(producer, b"a", partition=0)
    open_transaction(producer, b"b", partition=1)
    producer.end()
    marker_epoch = 1 if is_tv2 else 0
    for partition in (0, 1):
        assert read_all(played, partition=partition) == [
            (producer.producer_id, 0, False, True),
            (producer.producer_id, marker_epoch, True, True),
        ]


def test_list_offsets_of_committed_records_stops_at_the_first_open_transaction(played: PlayedBroker) -> None:
    producer = begin(played)
    producer.transact(b"1")
    open_transaction(producer, b"2")

    def latest(isolation_level: int) -> int:
        partition = ListOffsetsPartition(partition_index=0, timestamp=-1)
        request = ListOffsetsRequest(
            isolation_level=isolation_level, topics=[ListOffsetsTopic(name="orders", partitions=[partition])]
        )
        return int(played.ask(request, 7).topics[0].partitions[0].offset)

    assert (latest(0), latest(1)) == (3, 2)


def test_generations_may_be_mixed_on_one_partition(played: PlayedBroker) -> None:
    old, new = begin(played, "old", is_tv2=False), begin(played, "new")
    old.add(("orders", 0))
    old.write(b"old")
    new.transact(b"new")
    old.end()
    assert read_committed(played) == [b"old", b"new"]


# ---- time ---------------------------------------------------------------------------------------------------------


@GENERATIONS
def test_a_transaction_that_stays_open_is_aborted(played: PlayedBroker, is_tv2: bool) -> None:
    producer = begin(played, is_tv2=is_tv2)
    open_transaction(producer, b"1")
    played.pass_time(59_999)
    assert producer.state() == "Ongoing"
    played.pass_time(10_001)
    assert producer.state() == "CompleteAbort"
    assert read_committed(played) == []
    assert played.fetch(isolation_level=1).last_stable_offset == 2
    # Under TV2 the epoch is the one before the abort's, as if the producer repeated a request: Kafka's table says so.
    assert producer.end() == (errors.INVALID_TXN_STATE if is_tv2 else errors.PRODUCER_FENCED)
    assert producer.write(b"late").error_code == errors.INVALID_PRODUCER_EPOCH
    assert producer.init() == 0
    producer.transact(b"2")
    assert read_committed(played) == [b"2"]


def test_the_clock_goes_on_over_a_crash(played: PlayedBroker) -> None:
    producer = begin(played)
    open_transaction(producer, b"1")
    again = played.restart(clean=False)
    again.pass_time(70_001)
    assert TransactionalProducer(again).state() == "CompleteAbort"
    assert read_committed(again) == []


def test_an_id_that_is_not_used_any_more_is_forgotten(played: PlayedBroker) -> None:
    producer = begin(played)
    producer.transact(b"1")
    played.pass_time(7 * 24 * 3600 * 1000 + 3_600_000)
    assert producer.describe().error_code == errors.TRANSACTIONAL_ID_NOT_FOUND
    assert producer.write(b"late").error_code == errors.INVALID_PRODUCER_ID_MAPPING
    assert TransactionalProducer(played.restart()).describe().error_code == errors.TRANSACTIONAL_ID_NOT_FOUND


def test_without_transactions_nothing_is_scheduled(played: PlayedBroker) -> None:
    before = len(played.broker.timers)
    played.broker.transactions.open()
    assert len(played.broker.timers) == before


# ---- fencing --------------------------------------------------------------------------------------------------------


@GENERATIONS
def test_a_second_producer_fences_the_first(played: PlayedBroker, is_tv2: bool) -> None:
    first = begin(played, is_tv2=is_tv2)
    open_transaction(first, b"zombie")
    second = TransactionalProducer(played, is_tv2=is_tv2)
    assert second.init() == errors.CONCURRENT_TRANSACTIONS
    assert second.init() == 0
    second.transact(b"good")
    assert first.write(b"again").error_code == errors.INVALID_PRODUCER_EPOCH
    assert first.end() == errors.PRODUCER_FENCED
    assert read_committed(played) == [b"good"]


@pytest.mark.parametrize("is_tv2", [False])
def test_old_versions_hear_of_fencing_in_old_words(played: PlayedBroker, is_tv2: bool) -> None:
    first = begin(played, is_tv2=is_tv2)
    assert TransactionalProducer(played).init() == 0
    assert first.end(version=1) == errors.INVALID_PRODUCER_EPOCH
    assert first.add(("orders", 0), version=1) == {("orders", 0): errors.INVALID_PRODUCER_EPOCH}
    assert first.add_offsets("group", version=1) == errors.INVALID_PRODUCER_EPOCH
    assert first.init(version=3, producer_id=first.producer_id, producer_epoch=0) == errors.INVALID_PRODUCER_EPOCH
    assert first.end(version=2) == errors.PRODUCER_FENCED
    assert first.add(("orders", 0), version=2) == {("orders", 0): errors.PRODUCER_FENCED}
    assert first.add_offsets("group", version=2) == errors.PRODUCER_FENCED
    assert first.init(version=4, producer_id=first.producer_id, producer_epoch=0) == errors.PRODUCER_FENCED


# ---- restarts -------------------------------------------------------------------------------------------------------


@GENERATIONS
@pytest.mark.parametrize("clean", [True, False])
def test_a_producer_goes_on_after_a_restart_in_its_transaction(played: PlayedBroker, is_tv2: bool, clean: bool) -> None:
    producer = begin(played, is_tv2=is_tv2)
    open_transaction(producer, b"1")
    producer.played = again = played.restart(clean=clean)
    assert producer.state() == "Ongoing"
    assert producer.write(b"2").error_code == 0
    assert producer.end() == 0
    assert read_committed(again) == [b"1", b"2"]


def test_producer_ids_stay_apart_over_a_crash(played: PlayedBroker) -> None:
    first = begin(played, "first")
    again = played.restart(clean=False)
    second = begin(again, "second")
    assert second.producer_id != first.producer_id


# ---- the topic ------------------------------------------------------------------------------------------------------


def test_the_topic_is_made_by_the_first_transactional_producer_as_kafka_makes_it(played: PlayedBroker) -> None:
    assert "__transaction_state" not in played.broker.metadata.image.topics.by_name
    begin(played)
    assert "__transaction_state" in played.broker.metadata.image.topics.by_name
    config = played.broker.metadata.image.configs.of(2, "__transaction_state")
    assert (config["cleanup.policy"], config["compression.type"]) == ("compact", "uncompressed")


def test_nothing_is_coordinated_before_the_first_producer(played: PlayedBroker) -> None:
    producer = TransactionalProducer(played)
    producer.producer_id, producer.producer_epoch = 5, 0
    assert producer.end() == errors.NOT_COORDINATOR
    assert producer.add(("orders", 0)) == {("orders", 0): errors.NOT_COORDINATOR}
    assert producer.describe().error_code == errors.NOT_COORDINATOR
    assert producer.write(b"1").error_code == errors.NOT_ENOUGH_REPLICAS


def test_a_deleted_topic_takes_the_transactions_with_it(played: PlayedBroker) -> None:
    producer = begin(played)
    played.ask(DeleteTopicsRequest(topics=[DeleteTopicState(name="__transaction_state")], timeout_ms=1000), 6)
    assert producer.end() == errors.NOT_COORDINATOR
    assert producer.init() == 0
    producer.transact(b"1")
    assert read_committed(played) == [b"1"]


@pytest.mark.parametrize("count", [1, 50])
def test_ids_are_spread_over_the_partitions_as_kafka_spreads_them(count: int) -> None:
    played = PlayedBroker(properties={"transaction.state.log.num.partitions": str(count)})
    played.create_topic()
    begin(played)
    found = [
        partition
        for partition in range(count)
        if (log := played.broker.partitions.find("__transaction_state", partition)) is not None and log.end_offset
    ]
    assert found == [819761243 % count]
    again = TransactionalProducer(played.restart())
    assert again.state() == "Empty"


def test_batches_of_the_log_look_like_kafkas(played: PlayedBroker) -> None:
    begin(played)
    log = played.broker.partitions.find("__transaction_state", 0)
    assert log is not None
    data = log.read(0, 1 << 20).records
    [header] = iterate_batches(data)
    assert (header.producer_id, header.producer_epoch, header.base_sequence) == (-1, -1, -1)
    assert (header.compression_codec, header.is_transactional, header.is_control) == (0, False, False)
    [record] = iterate_records(data, header)
    assert record.key == b"\x00\x00" + len(ID).to_bytes(2, "big") + ID.encode()
    assert record.value is not None
    assert record.value[:2] == b"\x00\x01"


# ---- disks that fail ------------------------------------------------------------------------------------------------


def failing_broker() -> tuple[SimulatedFiles, PlayedBroker]:
    """A broker on a disk that can be told to fail."""
    files = SimulatedFiles()
    played = PlayedBroker(files, properties={"kafkalite.on.storage.fault": "offline"})
    played.create_topic(partitions=2)
    return files, played


@GENERATIONS
def test_a_decision_that_cannot_be_stored_is_none(is_tv2: bool) -> None:
    files, played = failing_broker()
    producer = begin(played, is_tv2=is_tv2)
    open_transaction(producer, b"1")
    files.fail("write", OSError(5, "broken"), path_part="__transaction_state", count=1)
    assert producer.end() == errors.NOT_COORDINATOR
    producer.played = again = played.restart(clean=False)
    assert producer.state() == "Ongoing"
    assert producer.end() == 0
    assert read_committed(again) == [b"1"]


@GENERATIONS
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
def test_a_transaction_goes_on_when_the_disk_does(is_tv2: bool, error: int, caplog: pytest.LogCaptureFixture) -> None:
    files, played = failing_broker()
    producer = begin(played, is_tv2=is_tv2)
    open_transaction(producer, b"1")
    fault = files.fail("write", OSError(error, os.strerror(error)), path_part="__transaction_state", count=None)
    for _ in range(3):
        assert producer.end() == errors.NOT_COORDINATOR
        assert producer.state() == "Ongoing"
    fault.cancel()
    assert producer.end() == 0
    assert read_committed(played) == [b"1"]
    told = [record.getMessage() for record in caplog.records if record.name == "kafkalite.log"]
    assert len(told) == 2 and told[1] == "__transaction_state-0: works again after 3 failures"


@GENERATIONS
def test_a_partition_that_cannot_be_written_delays_the_end_and_holds_up_nobody_else(is_tv2: bool) -> None:
    files, played = failing_broker()
    producer = begin(played, is_tv2=is_tv2)
    open_transaction(producer, b"a", partition=0)
    open_transaction(producer, b"b", partition=1)
    fault = files.fail("write", OSError(5, "broken"), path_part="orders-0", count=None)
    other = begin(played, "other", is_tv2=is_tv2)
    assert producer.end() == 0, "it is decided"
    assert producer.state() == "PrepareCommit"
    assert read_committed(played, partition=1) == [b"b"]
    other.transact(b"c", partition=1)
    assert read_committed(played, partition=1) == [b"b", b"c"]
    if is_tv2:
        assert producer.write(b"next", partition=1).error_code == errors.CONCURRENT_TRANSACTIONS
    else:
        assert producer.write(b"next", partition=1).error_code == errors.NOT_ENOUGH_REPLICAS
    played.pass_time(MARKER_RETRY_INTERVAL_MS * 3)
    assert producer.state() == "PrepareCommit"
    fault.cancel()
    producer.played = again = played.restart(clean=False)
    assert producer.state() == "CompleteCommit"
    assert read_committed(again, partition=0) == [b"a"]


def test_a_log_that_cannot_be_read_is_read_again_with_the_next_request() -> None:
    files, played = failing_broker()
    producer = begin(played)
    open_transaction(producer, b"1")
    transactions = played.broker.transactions
    for runtime in transactions.host.used():  # as after a start
        runtime.unload()
    fault = files.fail("read", OSError(5, "broken"), path_part="__transaction_state", count=None)
    transactions.open()
    assert producer.end() == errors.NOT_COORDINATOR
    fault.cancel()
    producer.played = played.restart(clean=False)
    assert producer.end() == 0
    assert read_committed(producer.played) == [b"1"]
