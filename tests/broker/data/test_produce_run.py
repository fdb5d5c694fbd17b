"""Produce requests that take long: what happens to their partitions, sequences and transactions meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.broker.context import Deferred
from kafkalite.broker.data.produce_run import ProduceRun
from kafkalite.model.limits import (
    INLINE_DECOMPRESSED_MAX_BYTES,
    PRODUCE_SLICE_COUNT,
    QUICK_BATCH_MAX_BYTES,
    SLICE_MAX_STEP_COUNT,
)
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.messages.alter_configs_request import AlterableConfig, AlterConfigsRequest, AlterConfigsResource
from kafkalite.protocol.messages.delete_topics_request import DeleteTopicsRequest, DeleteTopicState
from kafkalite.protocol.messages.produce_request import PartitionProduceData, ProduceRequest, TopicProduceData
from kafkalite.protocol.messages.produce_response import PartitionProduceResponse, TopicProduceResponse
from kafkalite.records.batch import iterate_batches, iterate_records
from kafkalite.records.builder import assemble_batch, build_batch, encode_record
from kafkalite.records.codecs import GZIP, NONE, ZSTD
from kafkalite.records.compression import compress
from tests.broker.played_broker import START_MS, PlayedBroker, Waiting
from tests.broker.transactional_producer import ID, TransactionalProducer

LARGE = INLINE_DECOMPRESSED_MAX_BYTES + 1
"""Bytes of a value that make opening a batch worth a thread."""


class CodecThread:
    """Takes large calls of codecs and makes them when the test says so."""

    def __init__(self, broker: PlayedBroker) -> None:
        self.broker = broker
        self.jobs: list[Any] = []
        broker.broker.codecs.run_elsewhere = self.jobs.append

    def work(self) -> None:
        """Make the calls and finish what they are for."""
        while self.jobs or len(self.broker.broker.work):
            if self.jobs:
                job = self.jobs.pop(0)
                job.run()
                job.complete()
            self.broker.broker.work.run_turn()


@pytest.fixture
def broker() -> PlayedBroker:
    made = PlayedBroker()
    made.create_topic()
    return made


@pytest.fixture
def thread(broker: PlayedBroker) -> CodecThread:
    return CodecThread(broker)


def large(value: bytes = b"large", **fields: Any) -> bytearray:
    """A small batch that opens to much."""
    return build_batch([(b"k", value + bytes(LARGE))], **{"now_ms": START_MS, "compression": GZIP, **fields})


def poisoned(codec: int = GZIP, count: int = 3) -> bytearray:
    """A batch that opens to much, the end of which is rubbish."""
    inside = encode_record(0, 0, b"k", bytes(LARGE), ()) + b"rubbish"
    return assemble_batch(
        compress(codec, inside),
        base_offset=0,
        leader_epoch=-1,
        attributes=codec,
        last_offset_delta=count - 1,
        base_timestamp=START_MS,
        max_timestamp=START_MS,
        producer_id=-1,
        producer_epoch=-1,
        base_sequence=-1,
        record_count=count,
    )


def send(broker: PlayedBroker, *batches: bytes | bytearray, acks: int = -1, **fields: Any) -> Any:
    """Produce to partitions from 0 on, one batch each."""
    data = [PartitionProduceData(index=index, records=records) for index, records in enumerate(batches)]
    request = ProduceRequest(
        acks=acks, timeout_ms=1000, topic_data=[TopicProduceData(name="orders", partition_data=data)], **fields
    )
    return broker.ask(request, 11)


def codes(response: Any) -> list[tuple[int, int]]:
    return [(one.error_code, one.base_offset) for one in response.responses[0].partition_responses]


def values(broker: PlayedBroker, partition: int = 0) -> list[bytes]:
    log = broker.broker.partitions.get("orders", partition)
    if not log.end_offset:
        return []
    records = log.read(0, 1 << 24).records
    return [
        bytes(record.value or b"").rstrip(b"\0")
        for header in iterate_batches(records)
        for record in iterate_records(records, header)
    ]


def test_it_is_answered_once_it_is_validated_and_appended(broker: PlayedBroker, thread: CodecThread) -> None:
    waiting = send(broker, large())
    assert isinstance(waiting, Waiting) and waiting.response is None and values(broker) == []
    thread.work()
    assert codes(waiting.response) == [(0, 0)]
    assert values(broker) == [b"large"]
    assert broker.broker.codecs.held_bytes == 0


def test_a_poisoned_one_is_refused_and_the_others_are_stored() -> None:
    broker = PlayedBroker()
    broker.create_topic(partitions=3)
    thread = CodecThread(broker)
    waiting = send(broker, large(), poisoned(), build_batch([(b"k", b"small")], now_ms=START_MS))
    assert values(broker, 2) == [b"small"], "what is small waits for nothing"
    thread.work()
    assert codes(waiting.response) == [(0, 0), (errors.INVALID_RECORD, -1), (0, 0)]
    assert waiting.response.responses[0].partition_responses[1].log_start_offset == 0
    assert (values(broker, 0), values(broker, 1)) == ([b"large"], [])


def test_what_came_by_another_connection_meanwhile_is_before_it(broker: PlayedBroker, thread: CodecThread) -> None:
    waiting = send(broker, large())
    assert broker.produce(b"small").base_offset == 0
    thread.work()
    assert codes(waiting.response) == [(0, 1)]
    assert values(broker) == [b"small", b"large"]


def test_sequences_are_judged_at_the_append(broker: PlayedBroker, thread: CodecThread) -> None:
    fields: dict[str, Any] = {"producer_id": 5, "producer_epoch": 0}
    first = send(broker, large(b"first", base_sequence=0, **fields))
    small = build_batch([(b"k", b"first")], now_ms=START_MS, base_sequence=0, **fields)
    retried = send(broker, small)
    assert codes(retried) == [(0, 0)]
    thread.work()
    assert codes(first.response) == [(0, 0)], "it became the retry"
    second = send(broker, large(b"second", base_sequence=1, **fields))
    third = send(broker, build_batch([(b"k", b"third")], now_ms=START_MS, base_sequence=2, **fields))
    assert codes(third) == [(errors.OUT_OF_ORDER_SEQUENCE_NUMBER, -1)]
    thread.work()
    assert codes(second.response) == [(0, 1)]
    assert values(broker) == [b"first", b"second"]


def test_two_runs_at_once_are_answered_each_for_itself(broker: PlayedBroker, thread: CodecThread) -> None:
    waiting = [send(broker, records) for records in (large(b"a"), poisoned(), large(b"c"))]
    thread.work()
    assert [codes(one.response) for one in waiting] == [[(0, 0)], [(errors.INVALID_RECORD, -1)], [(0, 1)]]
    assert values(broker) == [b"a", b"c"]


def test_acks_0(broker: PlayedBroker, thread: CodecThread) -> None:
    good, bad = send(broker, large(), acks=0), send(broker, poisoned(), acks=0)
    thread.work()
    assert (good.response, good.failure) == (None, None)
    assert bad.response is None and "INVALID_RECORD" in str(bad.failure)
    assert values(broker) == [b"large"]


def test_a_client_that_is_gone_has_sent_its_records_all_the_same(broker: PlayedBroker, thread: CodecThread) -> None:
    waiting = send(broker, large(), acks=0)
    waiting.pending.abandon()
    thread.work()
    assert values(broker) == [b"large"]


def test_a_partition_that_was_deleted_meanwhile(broker: PlayedBroker, thread: CodecThread) -> None:
    waiting = send(broker, large())
    broker.ask(DeleteTopicsRequest(topics=[DeleteTopicState(name="orders")], timeout_ms=1000), 6)
    broker.create_topic()
    thread.work()
    assert codes(waiting.response) == [(errors.UNKNOWN_TOPIC_OR_PARTITION, -1)]
    assert values(broker) == [], "nothing gets into the topic that has its name now"


def test_a_topic_that_was_reconfigured_meanwhile(broker: PlayedBroker, thread: CodecThread) -> None:
    waiting = send(broker, build_batch([(None, bytes(LARGE))], now_ms=START_MS, compression=GZIP))
    compact = AlterableConfig(name="cleanup.policy", value="compact")
    resource = AlterConfigsResource(resource_type=2, resource_name="orders", configs=[compact])
    broker.ask(AlterConfigsRequest(resources=[resource]), 2)
    thread.work()
    assert codes(waiting.response) == [(errors.INVALID_RECORD, -1)], "it has no key, which the new policy wants"


def test_the_broker_s_time_is_that_of_the_append() -> None:
    broker = PlayedBroker()
    broker.create_topic(message_timestamp_type="LogAppendTime")
    thread = CodecThread(broker)
    waiting = send(broker, large())
    broker.clock.advance(250)
    thread.work()
    [answer] = waiting.response.responses[0].partition_responses
    assert answer.log_append_time_ms == START_MS + 250
    log = broker.broker.partitions.get("orders", 0)
    [header] = iterate_batches(log.read(0, 1 << 24).records)
    assert header.max_timestamp == START_MS + 250 and header.is_log_append_time


@pytest.mark.parametrize("is_tv2", [True, False])
def test_a_transaction_that_ended_meanwhile_takes_nothing_in(is_tv2: bool) -> None:
    broker = PlayedBroker()
    broker.create_topic()
    thread = CodecThread(broker)
    producer = TransactionalProducer(broker, is_tv2=is_tv2)
    assert producer.init() == 0
    if not is_tv2:
        assert producer.add(("orders", 0)) == {("orders", 0): 0}
    records = large(
        producer_id=producer.producer_id,
        producer_epoch=producer.producer_epoch,
        base_sequence=0,
        is_transactional=True,
    )
    data = [PartitionProduceData(index=0, records=records)]
    request = ProduceRequest(
        transactional_id=ID,
        acks=-1,
        timeout_ms=1000,
        topic_data=[TopicProduceData(name="orders", partition_data=data)],
    )
    waiting = broker.ask(request, 12 if is_tv2 else 11)
    assert isinstance(waiting, Waiting)
    assert producer.end(is_commit=True) == 0
    thread.work()
    [(code, _)] = codes(waiting.response)
    assert code in (errors.INVALID_PRODUCER_EPOCH, errors.TRANSACTION_ABORTABLE)
    assert all(value != b"large" for value in values(broker))


@pytest.mark.parametrize("codec", [NONE, ZSTD])
@pytest.mark.parametrize("size", [100, 4 * QUICK_BATCH_MAX_BYTES])
def test_what_is_small_enough_is_answered_at_once(broker: PlayedBroker, codec: int, size: int) -> None:
    CodecThread(broker)
    records = build_batch([(b"k", b"v" * (size // 4))] * 4, now_ms=START_MS, compression=codec)
    assert codes(send(broker, records)) == [(0, 0)]


def test_the_shared_receive_buffer_may_be_written_over(broker: PlayedBroker, thread: CodecThread) -> None:
    shared = large()
    run = ProduceRun(broker.broker, -1, None)
    answer = run.append(0, broker.broker.partitions.get("orders", 0), memoryview(shared))
    shared[:] = bytes(len(shared))
    thread.work()
    assert (answer.error_code, answer.base_offset) == (0, 0)
    assert values(broker) == [b"large"]


def test_a_bug_is_not_hidden(broker: PlayedBroker, thread: CodecThread) -> None:
    bug = KeyError("missing")
    early = ProduceRun(broker.broker, -1, None)
    early.fail(bug)
    with pytest.raises(KeyError):
        early.respond_with([])
    run = ProduceRun(broker.broker, -1, None)
    run.append(0, broker.broker.partitions.get("orders", 0), memoryview(large()))
    deferred = run.respond_with([TopicProduceResponse(partition_responses=[PartitionProduceResponse()])])
    assert isinstance(deferred, Deferred)
    run.fail(bug)
    thread.work()
    outcome: list[Any] = []
    deferred.then(outcome.append)
    assert outcome == [bug]


# ---- many batches --------------------------------------------------------------------------------------------------


def turn(broker: PlayedBroker) -> None:
    while len(broker.broker.work):
        broker.broker.work.run_turn()


def small(value: bytes) -> bytearray:
    return build_batch([(b"k", value)], now_ms=START_MS)


def test_a_request_of_many_batches_is_appended_in_slices() -> None:
    count = PRODUCE_SLICE_COUNT * SLICE_MAX_STEP_COUNT + 100
    broker = PlayedBroker()
    broker.create_topic(partitions=2)
    waiting = send(broker, small(b"first"), small(b"second"), *[small(b"nowhere")] * (count - 2))
    assert isinstance(waiting, Waiting) and waiting.response is None
    assert broker.produce(b"meanwhile").base_offset in (0, 1)
    turn(broker)
    [topic] = waiting.response.responses
    assert [one.index for one in topic.partition_responses] == list(range(count))
    told = [one.error_code for one in topic.partition_responses]
    assert told == [0, 0] + [errors.UNKNOWN_TOPIC_OR_PARTITION] * (count - 2)
    assert values(broker, 1) == [b"second"] and b"first" in values(broker)


def test_many_batches_some_of_which_take_long(broker: PlayedBroker, thread: CodecThread) -> None:
    waiting = send(broker, large(), *[small(b"nowhere")] * PRODUCE_SLICE_COUNT)
    assert isinstance(waiting, Waiting)
    turn(broker)
    assert waiting.response is None
    thread.work()
    assert codes(waiting.response)[0] == (0, 0)
    assert values(broker) == [b"large"]


def test_many_batches_with_acks_0_close_where_one_is_refused() -> None:
    broker = PlayedBroker()
    broker.create_topic(partitions=PRODUCE_SLICE_COUNT + 1)
    batches = [small(b"%d" % index) for index in range(PRODUCE_SLICE_COUNT + 1)]
    assert send(broker, *batches, acks=0) is None
    assert values(broker, PRODUCE_SLICE_COUNT) == [b"%d" % PRODUCE_SLICE_COUNT]
    with pytest.raises(ProtocolViolation, match="UNKNOWN_TOPIC_OR_PARTITION"):
        send(broker, *batches, small(b"nowhere"), acks=0)


def test_many_transactional_batches() -> None:
    broker = PlayedBroker()
    broker.create_topic(partitions=PRODUCE_SLICE_COUNT + 1)
    producer = TransactionalProducer(broker)
    assert producer.init() == 0
    records = build_batch(
        [(b"k", b"v")],
        now_ms=START_MS,
        producer_id=producer.producer_id,
        producer_epoch=producer.producer_epoch,
        base_sequence=0,
        is_transactional=True,
    )
    partitions = [PartitionProduceData(index=index, records=records) for index in range(PRODUCE_SLICE_COUNT + 1)]
    data = [TopicProduceData(name="orders", partition_data=partitions)]
    response = broker.ask(ProduceRequest(transactional_id=ID, acks=-1, timeout_ms=1000, topic_data=data), 12)
    turn(broker)
    response = response.response if isinstance(response, Waiting) else response
    assert {one.error_code for one in response.responses[0].partition_responses} == {0}
    assert producer.end() == 0
    refused = broker.ask(ProduceRequest(transactional_id=None, acks=-1, timeout_ms=1000, topic_data=data), 12)
    told = {one.error_code for one in refused.responses[0].partition_responses}
    assert told == {errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED}
