"""Conversations of Produce: what every version brings, what is refused for which partition, and what retries get."""

from __future__ import annotations

import errno
import struct
import zlib
from typing import Any

import pytest

from kafkalite.broker.handlers import produce as produce_module
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.messages.produce_request import PartitionProduceData, ProduceRequest, TopicProduceData
from kafkalite.records.batch import BATCH_HEADER_SIZE, iterate_batches, iterate_records
from kafkalite.records.builder import RecordData, build_batch
from kafkalite.records.codecs import GZIP, ZSTD
from kafkalite.records.compression import compress
from kafkalite.records.crc import crc32c
from kafkalite.testing.simulated_disk import WRITE
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.broker.played_broker import START_MS, PlayedBroker, Waiting

BROKEN_DISK = OSError(errno.EIO, "Input/output error")
LARGE_BYTES = 300 * 1024
"""More than the receive buffer: the write may run beside the loop."""


@pytest.fixture
def broker() -> PlayedBroker:
    made = PlayedBroker()
    made.create_topic()
    return made


def batch(*values: bytes | None, **fields: Any) -> bytearray:
    return build_batch([(b"key", value) for value in values], **{"now_ms": START_MS, **fields})


def produced(
    code: int = errors.NONE, base_offset: int = -1, log_start_offset: int = -1, append_ms: int = -1
) -> tuple[int, ...]:
    """What a partition's answer says in numbers."""
    return (code, base_offset, log_start_offset, append_ms)


def numbers(answer: Any) -> tuple[int, ...]:
    return (answer.error_code, answer.base_offset, answer.log_start_offset, answer.log_append_time_ms)


def stored(broker: PlayedBroker, topic: str = "orders", partition: int = 0) -> list[tuple[int, bytes | None]]:
    """Return (offset, value) of everything in a partition."""
    log = broker.broker.partitions.get(topic, partition)
    if not log.end_offset:
        return []
    records = log.read(0, 1 << 24).records
    return [
        (record.offset, record.value and bytes(record.value))
        for header in iterate_batches(records)
        for record in iterate_records(records, header)
    ]


def message(magic: int, value: bytes, *, offset: int = 0, timestamp: int = START_MS, attributes: int = 0) -> bytes:
    """One message of an old format, by hand."""
    body = struct.pack(">bb", magic, attributes) + (struct.pack(">q", timestamp) if magic else b"")
    body += struct.pack(">i", 1) + b"k" + struct.pack(">i", len(value)) + value
    body = struct.pack(">I", zlib.crc32(body)) + body
    return struct.pack(">qi", offset, len(body)) + body


# ---- versions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", range(3, 14))
def test_every_version_of_batches_appends_and_tells_the_offset(broker: PlayedBroker, version: int) -> None:
    first = broker.produce_batch(batch(b"a", b"b"), version=version)
    second = broker.produce_batch(batch(b"c"), version=version)
    start = 0 if version >= 5 else -1
    assert numbers(first) == produced(base_offset=0, log_start_offset=start)
    assert numbers(second) == produced(base_offset=2, log_start_offset=start)
    assert stored(broker) == [(0, b"a"), (1, b"b"), (2, b"c")]


@pytest.mark.parametrize(("version", "magic"), [(0, 0), (0, 1), (1, 0), (2, 0), (2, 1)])
def test_old_versions_bring_message_sets(broker: PlayedBroker, version: int, magic: int) -> None:
    message_set = message(magic, b"a") + message(magic, b"b", offset=1)
    answer = broker.produce_batch(message_set, version=version)
    assert (answer.error_code, answer.base_offset) == (errors.NONE, 0)
    assert stored(broker) == [(0, b"a"), (1, b"b")]
    [header] = iterate_batches(broker.broker.partitions.get("orders", 0).read(0, 1 << 20).records)
    assert header.magic == 2 and header.max_timestamp == (START_MS if magic else -1)


def test_a_compressed_message_set_is_opened(broker: PlayedBroker) -> None:
    inner = message(1, b"a", offset=0) + message(1, b"b", offset=1)
    wrapper = message(1, compress(GZIP, inner), offset=1, attributes=GZIP)
    assert broker.produce_batch(wrapper, version=2).error_code == errors.NONE
    assert stored(broker) == [(0, b"a"), (1, b"b")]


def test_a_message_set_with_a_wrong_checksum_is_corrupt(broker: PlayedBroker) -> None:
    broken = bytearray(message(1, b"a"))
    broken[-1] ^= 1
    assert broker.produce_batch(broken, version=2).error_code == errors.CORRUPT_MESSAGE
    assert stored(broker) == []


def test_a_half_message_at_the_end_of_a_set_is_left_out(broker: PlayedBroker) -> None:
    answer = broker.produce_batch(message(1, b"a") + message(1, b"b", offset=1)[:-2], version=2)
    assert answer.error_code == errors.NONE and stored(broker) == [(0, b"a")]


@pytest.mark.parametrize("version", [3, 8, 13])
def test_an_old_message_is_no_batch(broker: PlayedBroker, version: int) -> None:
    answer = broker.produce_batch(message(1, b"x" * 80), version=version)
    assert numbers(answer) == produced(errors.INVALID_RECORD)


@pytest.mark.parametrize("version", [2, 7, 9])
def test_the_append_time_is_told(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic(message_timestamp_type="LogAppendTime")
    broker.clock.advance(5)
    records = message(1, b"a", timestamp=5) if version < 3 else batch(b"a", now_ms=5)
    answer = broker.produce_batch(records, version=version)
    assert (answer.error_code, answer.log_append_time_ms) == (errors.NONE, START_MS + 5)


@pytest.mark.parametrize(("version", "code"), [(6, errors.UNSUPPORTED_COMPRESSION_TYPE), (7, errors.NONE)])
def test_zstd_is_for_clients_that_know_it(broker: PlayedBroker, version: int, code: int) -> None:
    answer = broker.produce_batch(batch(b"a", compression=ZSTD), version=version)
    assert answer.error_code == code and len(stored(broker)) == (code == errors.NONE)


@pytest.mark.parametrize("version", [7, 8, 9])
def test_rejected_records_come_with_words_from_version_8_on(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic(cleanup_policy="compact")
    records = build_batch([(b"key", b"a"), (None, b"b"), (None, b"c")], now_ms=START_MS)
    answer = broker.produce_batch(records, version=version)
    assert numbers(answer) == produced(errors.INVALID_RECORD, log_start_offset=0)
    indexes = [(error.batch_index, bool(error.batch_index_error_message)) for error in answer.record_errors]
    assert indexes == ([(1, True), (2, True)] if version >= 8 else [])
    assert bool(answer.error_message) == (version >= 8)
    assert stored(broker) == []


# ---- topics --------------------------------------------------------------------------------------------------------


def ask(broker: PlayedBroker, *topics: TopicProduceData, version: int = 9, acks: int = -1, **fields: Any) -> Any:
    client_id = fields.pop("client_id", "test")
    request = ProduceRequest(acks=acks, timeout_ms=1000, topic_data=list(topics), **fields)
    return broker.ask(request, version, client_id)


def to(partition: int = 0, records: bytes | bytearray | None = None) -> PartitionProduceData:
    return PartitionProduceData(index=partition, records=batch(b"value") if records is None else records)


def test_topics_by_id(broker: PlayedBroker) -> None:
    topic_id = broker.topic_id()
    response = ask(broker, TopicProduceData(topic_id=topic_id, partition_data=[to()]), version=13)
    [topic] = response.responses
    assert (topic.topic_id, numbers(topic.partition_responses[0])) == (
        topic_id,
        produced(base_offset=0, log_start_offset=0),
    )


@pytest.mark.parametrize("topic_id", [b"\x07" * 16, bytes(16)], ids=["unknown", "zero"])
def test_an_id_of_no_topic(broker: PlayedBroker, topic_id: bytes) -> None:
    response = ask(broker, TopicProduceData(topic_id=topic_id, partition_data=[to()]), version=13)
    [topic] = response.responses
    assert topic.topic_id == topic_id
    assert numbers(topic.partition_responses[0]) == produced(errors.UNKNOWN_TOPIC_ID)


def test_produce_creates_no_topic(broker: PlayedBroker) -> None:
    response = ask(
        broker,
        TopicProduceData(name="nowhere", partition_data=[to()]),
        TopicProduceData(name="orders", partition_data=[to(5), to(-1)]),
    )
    codes = [answer.error_code for topic in response.responses for answer in topic.partition_responses]
    assert codes == [errors.UNKNOWN_TOPIC_OR_PARTITION] * 3
    assert "nowhere" not in broker.broker.metadata.image.topics.by_name


def test_one_bad_partition_does_not_spoil_the_others(broker: PlayedBroker) -> None:
    broker.create_topic("users", partitions=3)
    corrupt = batch(b"x")
    corrupt[-1] ^= 1
    response = ask(
        broker,
        TopicProduceData(name="users", partition_data=[to(0), to(1, corrupt), to(2), to(7)]),
        TopicProduceData(name="nowhere", partition_data=[to()]),
        TopicProduceData(name="orders", partition_data=[to()]),
    )
    codes = {
        (topic.name, answer.index): answer.error_code
        for topic in response.responses
        for answer in topic.partition_responses
    }
    assert codes == {
        ("users", 0): errors.NONE,
        ("users", 1): errors.CORRUPT_MESSAGE,
        ("users", 2): errors.NONE,
        ("users", 7): errors.UNKNOWN_TOPIC_OR_PARTITION,
        ("nowhere", 0): errors.UNKNOWN_TOPIC_OR_PARTITION,
        ("orders", 0): errors.NONE,
    }
    assert [len(stored(broker, "users", partition)) for partition in range(3)] == [1, 0, 1]


@pytest.mark.parametrize("name", sorted(produce_module.INTERNAL_TOPICS))
def test_internal_topics_are_closed_to_all_but_the_admin_client(broker: PlayedBroker, name: str) -> None:
    broker.create_topic(name)
    refused = ask(broker, TopicProduceData(name=name, partition_data=[to()])).responses[0].partition_responses[0]
    assert numbers(refused) == produced(errors.INVALID_TOPIC_EXCEPTION)
    allowed = ask(broker, TopicProduceData(name=name, partition_data=[to()]), client_id="__admin_client")
    assert allowed.responses[0].partition_responses[0].error_code == errors.NONE


def test_nothing_asked_is_nothing_answered(broker: PlayedBroker) -> None:
    assert ask(broker).responses == []


# ---- acks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("acks", [1, -1])
def test_acks_that_are_answered(broker: PlayedBroker, acks: int) -> None:
    assert broker.produce_batch(batch(b"a"), acks=acks).error_code == errors.NONE


@pytest.mark.parametrize("acks", [2, -2, 32767])
def test_other_acks_are_invalid(broker: PlayedBroker, acks: int) -> None:
    assert numbers(broker.produce_batch(batch(b"a"), acks=acks)) == produced(errors.INVALID_REQUIRED_ACKS)
    unknown = ask(broker, TopicProduceData(name="nowhere", partition_data=[to()]), acks=acks)
    assert unknown.responses[0].partition_responses[0].error_code == errors.UNKNOWN_TOPIC_OR_PARTITION
    assert stored(broker) == []


def test_acks_0_is_not_answered(broker: PlayedBroker) -> None:
    assert broker.produce_batch(batch(b"a"), acks=0) is None
    assert stored(broker) == [(0, b"a")]


def test_a_failure_with_acks_0_closes_the_connection_after_all_was_tried(broker: PlayedBroker) -> None:
    topics = [
        TopicProduceData(name="nowhere", partition_data=[to()]),
        TopicProduceData(name="orders", partition_data=[to()]),
    ]
    with pytest.raises(ProtocolViolation, match="UNKNOWN_TOPIC_OR_PARTITION"):
        ask(broker, *topics, acks=0)
    assert stored(broker) == [(0, b"value")]


# ---- record sets ---------------------------------------------------------------------------------------------------


def with_length(change: int) -> bytearray:
    changed = batch(b"value")
    changed[8:12] = struct.pack(">i", struct.unpack(">i", changed[8:12])[0] + change)
    return changed


def with_magic(magic: int) -> bytearray:
    changed = batch(b"value")
    changed[16] = magic
    return changed


@pytest.mark.parametrize("version", [3, 9])
@pytest.mark.parametrize(
    ("records", "code"),
    [
        (b"", errors.INVALID_RECORD),
        (batch(b"value")[:11], errors.INVALID_RECORD),
        (batch(b"value")[:30], errors.INVALID_RECORD),
        (batch(b"value")[:BATCH_HEADER_SIZE], errors.INVALID_RECORD),
        (batch(b"value") + batch(b"another"), errors.INVALID_RECORD),
        (batch(b"value") + b"x" * 40, errors.CORRUPT_MESSAGE),
        (batch(b"value") + bytes(12), errors.CORRUPT_MESSAGE),
        (with_length(1), errors.INVALID_RECORD),
        (with_length(-1), errors.CORRUPT_MESSAGE),
        (with_length(-60), errors.CORRUPT_MESSAGE),
        (with_length(-(2**31)), errors.CORRUPT_MESSAGE),
        (with_magic(0), errors.INVALID_RECORD),
        (with_magic(1), errors.INVALID_RECORD),
        (with_magic(3), errors.CORRUPT_MESSAGE),
        (batch(b"value", is_control=True), errors.INVALID_RECORD),
    ],
    ids=str,
)
def test_record_sets_that_are_refused(broker: PlayedBroker, version: int, records: bytes, code: int) -> None:
    answer = broker.produce_batch(records, version=version)
    assert (answer.error_code, answer.base_offset) == (code, -1)
    assert stored(broker) == []


def test_no_records_at_all_are_refused(broker: PlayedBroker) -> None:
    response = ask(
        broker, TopicProduceData(name="orders", partition_data=[PartitionProduceData(index=0, records=None)])
    )
    assert response.responses[0].partition_responses[0].error_code == errors.INVALID_RECORD


@pytest.mark.parametrize("rest", [b"x", b"xxxx", bytes(batch(b"another")[:-1])], ids=len)
def test_a_torn_batch_behind_the_only_one_is_left_out(broker: PlayedBroker, rest: bytes) -> None:
    assert broker.produce_batch(batch(b"value") + rest).error_code == errors.NONE
    assert stored(broker) == [(0, b"value")]
    assert broker.broker.partitions.get("orders", 0).size_bytes == len(batch(b"value"))
    assert broker.produce(b"next").base_offset == 1


def test_too_large_for_the_topic() -> None:
    broker = PlayedBroker()
    broker.create_topic(max_message_bytes="200")
    assert broker.produce_batch(batch(b"x" * 100)).error_code == errors.NONE
    assert numbers(broker.produce_batch(batch(b"x" * 200))) == produced(errors.MESSAGE_TOO_LARGE)


def test_times_out_of_bounds() -> None:
    broker = PlayedBroker()
    broker.create_topic(message_timestamp_after_max_ms="1000")
    late = broker.produce_batch(batch(b"a", now_ms=START_MS + 5000))
    assert numbers(late) == produced(errors.INVALID_TIMESTAMP, log_start_offset=0)
    assert [error.batch_index for error in late.record_errors] == [0] and late.error_message
    assert broker.produce_batch(batch(b"a", now_ms=START_MS + 1000)).error_code == errors.NONE


def test_a_topic_with_its_own_codec_recompresses() -> None:
    broker = PlayedBroker()
    broker.create_topic(compression_type="gzip")
    broker.produce_batch(batch(b"a", b"b"))
    [header] = iterate_batches(broker.broker.partitions.get("orders", 0).read(0, 1 << 20).records)
    assert header.compression_codec == GZIP and stored(broker) == [(0, b"a"), (1, b"b")]


# ---- idempotent producers ------------------------------------------------------------------------------------------


def sequenced(broker: PlayedBroker, sequence: int, *values: bytes, epoch: int = 0, producer_id: int = 9) -> Any:
    records = batch(*(values or (b"v",)), producer_id=producer_id, producer_epoch=epoch, base_sequence=sequence)
    return broker.produce_batch(records)


def test_a_retry_gets_its_first_offset_and_is_stored_once(broker: PlayedBroker) -> None:
    sequenced(broker, 0, b"a", b"b")
    sequenced(broker, 2, b"c")
    # With the time of the batch that is stored, as Kafka has it.
    assert numbers(sequenced(broker, 0, b"a", b"b")) == produced(0, 0, 0, START_MS)
    assert numbers(sequenced(broker, 2, b"c")) == produced(0, 2, 0, START_MS)
    assert stored(broker) == [(0, b"a"), (1, b"b"), (2, b"c")]


def test_five_batches_are_remembered(broker: PlayedBroker) -> None:
    for sequence in range(6):
        sequenced(broker, sequence)
    assert [sequenced(broker, sequence).base_offset for sequence in range(1, 6)] == [1, 2, 3, 4, 5]
    assert sequenced(broker, 0).error_code == errors.OUT_OF_ORDER_SEQUENCE_NUMBER


def test_a_gap_is_refused_and_moves_nothing(broker: PlayedBroker) -> None:
    sequenced(broker, 0)
    assert numbers(sequenced(broker, 2)) == produced(errors.OUT_OF_ORDER_SEQUENCE_NUMBER, log_start_offset=0)
    assert sequenced(broker, 1).base_offset == 1


def test_an_older_epoch_is_fenced(broker: PlayedBroker) -> None:
    sequenced(broker, 0, epoch=1)
    assert sequenced(broker, 1, epoch=0).error_code == errors.INVALID_PRODUCER_EPOCH
    assert sequenced(broker, 1, epoch=2).error_code == errors.OUT_OF_ORDER_SEQUENCE_NUMBER
    assert sequenced(broker, 0, epoch=2).base_offset == 1


def test_an_unknown_producer_begins_anywhere(broker: PlayedBroker) -> None:
    assert sequenced(broker, 55).base_offset == 0
    assert sequenced(broker, 56).base_offset == 1


@pytest.mark.parametrize("clean", [True, False])
def test_retries_are_known_after_a_restart(broker: PlayedBroker, clean: bool) -> None:
    sequenced(broker, 0, b"a")
    sequenced(broker, 1, b"b")
    restarted = broker.restart(clean=clean)
    assert sequenced(restarted, 1, b"b").base_offset == 1
    assert sequenced(restarted, 2, b"c").base_offset == 2
    assert stored(restarted) == [(0, b"a"), (1, b"b"), (2, b"c")]


def test_transactional_records_without_an_id_are_refused_for_the_whole_request(broker: PlayedBroker) -> None:
    broker.create_topic("users")
    transactional = batch(b"a", producer_id=5, producer_epoch=0, base_sequence=0, is_transactional=True)
    response = ask(
        broker,
        TopicProduceData(name="users", partition_data=[to()]),
        TopicProduceData(name="orders", partition_data=[to(0, transactional)]),
    )
    codes = [answer.error_code for topic in response.responses for answer in topic.partition_responses]
    assert codes == [errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED] * 2
    assert stored(broker) == stored(broker, "users") == []


# ---- the disk ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [10, LARGE_BYTES], ids=["small", "large"])
def test_an_append_that_fails_costs_its_own_partition_one_request(size: int) -> None:
    files = SimulatedFiles()
    broker = PlayedBroker(files, properties={"kafkalite.on.storage.fault": "offline"})
    broker.create_topic(partitions=2)
    broker.produce(b"before")
    files.fail(WRITE, BROKEN_DISK, path_part="orders-0")
    bad = batch(b"x" * size)
    response = ask(broker, TopicProduceData(name="orders", partition_data=[to(0, bad), to(1, batch(b"y" * size))]))
    if isinstance(response, Waiting):
        response = response.response
    first, second = response.responses[0].partition_responses
    assert numbers(first) == produced(errors.KAFKA_STORAGE_ERROR)
    assert numbers(second) == produced(base_offset=0, log_start_offset=0)
    assert broker.produce(b"after").base_offset == 1
    restarted = broker.restart(clean=False)
    assert stored(restarted) == [(0, b"before"), (1, b"after")] and len(stored(restarted, partition=1)) == 1
    assert restarted.produce(b"more").base_offset == 2


def test_nothing_is_written_once_the_log_directory_has_failed() -> None:
    files = SimulatedFiles()
    broker = PlayedBroker(files)
    failures: list[StorageFault] = []
    broker.broker.logs.health.on_failure = failures.append
    broker.create_topic(partitions=2)
    broker.produce(b"before")
    files.fail(WRITE, BROKEN_DISK, path_part="orders-0")
    response = ask(broker, TopicProduceData(name="orders", partition_data=[to(0, batch(b"x")), to(1, batch(b"y"))]))
    codes = [answer.error_code for answer in response.responses[0].partition_responses]
    assert codes == [errors.KAFKA_STORAGE_ERROR] * 2
    assert [fault.cause for fault in failures] == [BROKEN_DISK]
    assert stored(broker) == [(0, b"before")]


def test_a_failed_write_leaves_the_sequence_where_it_was() -> None:
    files = SimulatedFiles()
    broker = PlayedBroker(files)
    broker.create_topic()
    sequenced(broker, 0, b"a")
    files.fail(WRITE, BROKEN_DISK, path_part="orders-0")
    assert sequenced(broker, 1, b"b").error_code == errors.KAFKA_STORAGE_ERROR
    restarted = broker.restart(clean=False)
    assert sequenced(restarted, 1, b"b").base_offset == 1
    assert stored(restarted) == [(0, b"a"), (1, b"b")]


def test_a_failing_disk_with_acks_0_closes() -> None:
    files = SimulatedFiles()
    broker = PlayedBroker(files)
    broker.create_topic()
    files.fail(WRITE, BROKEN_DISK, path_part="orders-0")
    with pytest.raises(ProtocolViolation, match="KAFKA_STORAGE_ERROR"):
        broker.produce_batch(batch(b"a"), acks=0)


# ---- large appends -------------------------------------------------------------------------------------------------


class WriterThread:
    """Takes large appends and writes them when the test says so."""

    def __init__(self, broker: PlayedBroker) -> None:
        self.jobs: list[Any] = []
        broker.broker.logs.directory.run_write = self.jobs.append

    def write(self) -> None:
        while self.jobs:
            job = self.jobs.pop(0)
            job.run()
            job.complete()


def test_a_large_append_is_answered_when_it_is_written(broker: PlayedBroker) -> None:
    thread = WriterThread(broker)
    waiting = ask(broker, TopicProduceData(name="orders", partition_data=[to(0, batch(b"x" * LARGE_BYTES))]))
    assert isinstance(waiting, Waiting) and waiting.response is None and stored(broker) == []
    thread.write()
    answer = waiting.response.responses[0].partition_responses[0]
    assert numbers(answer) == produced(base_offset=0, log_start_offset=0)
    assert stored(broker) == [(0, b"x" * LARGE_BYTES)]


def test_a_large_append_keeps_its_place_before_a_small_one(broker: PlayedBroker) -> None:
    thread = WriterThread(broker)
    waiting = ask(broker, TopicProduceData(name="orders", partition_data=[to(0, batch(b"x" * LARGE_BYTES))]))
    small = ask(broker, TopicProduceData(name="orders", partition_data=[to(0, batch(b"small"))]))
    assert isinstance(small, Waiting) and small.response is None
    thread.write()
    assert waiting.response.responses[0].partition_responses[0].base_offset == 0
    assert small.response.responses[0].partition_responses[0].base_offset == 1


def test_a_large_append_that_is_refused_is_answered_at_once(broker: PlayedBroker) -> None:
    WriterThread(broker)
    broken = batch(b"x" * LARGE_BYTES)
    broken[-1] ^= 1
    assert broker.produce_batch(broken).error_code == errors.CORRUPT_MESSAGE


def test_a_large_append_with_acks_0_that_fails_closes() -> None:
    files = SimulatedFiles()
    broker = PlayedBroker(files)
    broker.create_topic()
    thread = WriterThread(broker)
    waiting = ask(broker, TopicProduceData(name="orders", partition_data=[to(0, batch(b"x" * LARGE_BYTES))]), acks=0)
    files.fail(WRITE, BROKEN_DISK, path_part="orders-0")
    thread.write()
    assert isinstance(waiting, Waiting)
    assert waiting.response is None and "KAFKA_STORAGE_ERROR" in str(waiting.failure)


def test_a_large_retry_is_answered_once(broker: PlayedBroker) -> None:
    thread = WriterThread(broker)
    records = bytes(batch(b"x" * LARGE_BYTES, producer_id=1, producer_epoch=0, base_sequence=0))
    request = [TopicProduceData(name="orders", partition_data=[to(0, records)])]
    first = ask(broker, *request)
    thread.write()
    second = ask(broker, *request)
    thread.write()
    second = second.response if isinstance(second, Waiting) else second
    for response in (first.response, second):
        assert response.responses[0].partition_responses[0].base_offset == 0
    assert len(stored(broker)) == 1


def test_records_keep_their_own_times(broker: PlayedBroker) -> None:
    records = build_batch([RecordData(None, b"a", START_MS - 5), RecordData(None, b"b", START_MS)], now_ms=START_MS)
    broker.produce_batch(records)
    read = broker.broker.partitions.get("orders", 0).read(0, 1 << 20).records
    [header] = iterate_batches(read)
    assert [record.timestamp - START_MS for record in iterate_records(read, header)] == [-5, 0]


def test_a_topic_without_partitions_is_left_out_of_the_answer(broker: PlayedBroker) -> None:
    request = ProduceRequest(acks=-1, timeout_ms=1000, topic_data=[TopicProduceData(name="orders", partition_data=[])])
    assert broker.ask(request, 12).responses == []


@pytest.mark.parametrize("version", [0, 1, 2])
def test_an_empty_message_set_of_an_old_version_is_no_error(broker: PlayedBroker, version: int) -> None:
    partition = PartitionProduceData(index=0, records=b"")
    topic = TopicProduceData(name="orders", partition_data=[partition])
    response = broker.ask(ProduceRequest(acks=-1, timeout_ms=1000, topic_data=[topic]), version)
    answer = response.responses[0].partition_responses[0]
    assert (answer.error_code, answer.base_offset) == (errors.NONE, -1)
    assert stored(broker) == []


# ---- what is inside the records ------------------------------------------------------------------------------------


def test_a_poisoned_batch_is_refused_unless_headers_are_to_be_enough() -> None:
    poisoned = batch(b"v")
    poisoned[BATCH_HEADER_SIZE:] = b"\xff" * (len(poisoned) - BATCH_HEADER_SIZE)
    struct.pack_into(">I", poisoned, 17, crc32c(memoryview(poisoned)[21:]))
    for properties, code in (({}, errors.INVALID_RECORD), ({"kafkalite.validate.records": "headers"}, errors.NONE)):
        played = PlayedBroker(properties=properties)
        played.create_topic()
        assert played.produce_batch(bytearray(poisoned)).error_code == code
        played.create_topic("compacted", cleanup_policy="compact")
        assert played.produce_batch(bytearray(poisoned), topic="compacted").error_code == errors.INVALID_RECORD


def test_a_partition_named_twice_is_answered_once_with_its_last_batch(broker: PlayedBroker) -> None:
    response = ask(
        broker,
        TopicProduceData(name="orders", partition_data=[to(0, batch(b"first"))]),
        TopicProduceData(name="orders", partition_data=[to(0, batch(b"second")), to(0, batch(b"third"))]),
    )
    [topic] = response.responses
    assert [numbers(answer) for answer in topic.partition_responses] == [produced(base_offset=0, log_start_offset=0)]
    assert stored(broker) == [(0, b"third")]
