"""Batches that are small on the wire and large inside cost their sender time, and the others nothing they notice."""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from compat_tests.broker_process import Broker, KafkaliteProcess
from compat_tests.raw_protocol import (
    API_VERSIONS,
    LIST_OFFSETS,
    RawConnection,
    create_topic,
    fetch,
    fetch_batches,
    produce,
    write_string,
)
from kafkalite.records.builder import assemble_batch, build_batch, encode_record
from kafkalite.records.codecs import GZIP, ZSTD
from kafkalite.records.compression import compress
from kafkalite.records.legacy import open_wrapper, read_message_set

MIB = 1 << 20
RECORD_COUNT = 150_000
NOW_MS = 1_700_000_000_000
INVALID_RECORD = 87


def bomb() -> bytes:
    """Return a batch of 100 kB that opens to 100 MB: one record of zeros."""
    return bytes(build_batch([(b"k", bytes(100 * MIB))], now_ms=NOW_MS, compression=GZIP))


def many_records(count: int, last: bytes = b"", codec: int = ZSTD, last_delta_ms: int = 0) -> bytes:
    """Return a compressed batch of that many keyed records; `last` replaces the last one."""
    records = [encode_record(0, index, b"k%d" % (index % 97), b"v" * (index % 5), ()) for index in range(count)]
    if last:
        records[-1] = last
    return bytes(
        assemble_batch(
            compress(codec, b"".join(records)),
            base_offset=0,
            leader_epoch=-1,
            attributes=codec,
            last_offset_delta=count - 1,
            base_timestamp=NOW_MS,
            max_timestamp=NOW_MS + last_delta_ms,
            producer_id=-1,
            producer_epoch=-1,
            base_sequence=-1,
            record_count=count,
        )
    )


def look_up(port: int, topic: str, timestamp: int) -> tuple[int, int, int]:
    """Return (error, timestamp, offset) of ListOffsets 1 for the partition of a topic."""
    body = struct.pack(">ii", -1, 1) + write_string(topic) + struct.pack(">iiq", 1, 0, timestamp)
    with RawConnection(port) as connection:
        reply = connection.ask(LIST_OFFSETS, 1, body)
    error, found_ms, offset = struct.unpack(">hqq", reply[-18:])
    return error, found_ms, offset


@pytest.mark.parametrize("name", ["bombs", "many-records"])
def test_others_are_served_while_large_batches_are_looked_at(
    broker: Broker, topic_name: Callable[[], str], name: str
) -> None:
    """Four at once; a quiet client is answered again and again before the last of them is, from bounded memory."""
    batch = bomb() if name == "bombs" else many_records(RECORD_COUNT)
    topic = topic_name()
    create_topic(broker.port, topic)
    process = psutil.Process(broker.pid) if isinstance(broker, KafkaliteProcess) else None
    before = process.memory_info().rss if process else 0
    answers: list[int] = []
    senders = [threading.Thread(target=lambda: answers.append(produce(broker.port, topic, batch))) for _ in range(4)]
    quiet_count = largest = 0
    with RawConnection(broker.port) as quiet:
        quiet.ask(API_VERSIONS, 0)
        for sender in senders:
            sender.start()
        while any(sender.is_alive() for sender in senders):
            quiet.ask(API_VERSIONS, 0)
            quiet_count += 1
            largest = max(largest, process.memory_info().rss - before if process else 0)
    assert answers == [0, 0, 0, 0]
    # A loop held by each batch would answer about once per batch, and once more before and after them.
    assert quiet_count > 3 * len(senders)
    assert largest < 600 * MIB
    assert [stored.base_offset for stored in fetch_batches(broker.port, topic)] == [
        index * (1 if name == "bombs" else RECORD_COUNT) for index in range(4)
    ]


def test_large_batches_that_are_compressed_anew_do_not_wait_for_one_another(
    broker: Broker, topic_name: Callable[[], str]
) -> None:
    """Each is opened and then closed: together they hold more meanwhile than the server lets be opened at once."""
    batch, topic = bomb(), topic_name()
    create_topic(broker.port, topic, compression_type="zstd")
    with ThreadPoolExecutor(6) as senders:
        assert set(senders.map(lambda _: produce(broker.port, topic, batch), range(6))) == {0}
    assert [stored.codec for stored in fetch_batches(broker.port, topic)] == ["zstd"] * 6


def test_others_are_served_while_times_are_looked_up_in_a_large_batch(
    broker: Broker, topic_name: Callable[[], str]
) -> None:
    """The record that is looked for is the last one, after 150,000 others."""
    topic = topic_name()
    create_topic(broker.port, topic)
    last = encode_record(1, RECORD_COUNT - 1, b"k", b"v", ())
    assert produce(broker.port, topic, many_records(RECORD_COUNT, last, last_delta_ms=1)) == 0
    quiet_count = 0
    with RawConnection(broker.port) as quiet, ThreadPoolExecutor(2) as readers:
        answers = [readers.submit(look_up, broker.port, topic, NOW_MS + 1) for _ in range(6)]
        while not all(answer.done() for answer in answers):
            quiet.ask(API_VERSIONS, 0)
            quiet_count += 1
    # A loop held by each search would answer about once per search, and once more before and after them.
    assert quiet_count > 3 * len(answers)
    assert {answer.result() for answer in answers} == {(0, NOW_MS + 1, RECORD_COUNT - 1)}


@pytest.mark.old_formats
def test_others_are_served_while_large_batches_are_converted_for_old_clients(
    broker: Broker, topic_name: Callable[[], str]
) -> None:
    """Apache Kafka 4 serves no such client any more."""
    topic = topic_name()
    create_topic(broker.port, topic)
    assert produce(broker.port, topic, many_records(RECORD_COUNT, codec=GZIP)) == 0
    quiet_count = 0
    with RawConnection(broker.port) as quiet, ThreadPoolExecutor(2) as readers:
        answers = [readers.submit(fetch, broker.port, topic, 0, 0, version=3) for _ in range(2)]
        while not all(answer.done() for answer in answers):
            quiet.ask(API_VERSIONS, 0)
            quiet_count += 1
    # A loop held by each conversion would answer about once per client, and once more before and after them.
    assert quiet_count > 3 * len(answers)
    for error, message_set in (answer.result() for answer in answers):
        (wrapper,) = read_message_set(message_set)
        assert (error, wrapper.offset, len(open_wrapper(wrapper))) == (0, RECORD_COUNT - 1, RECORD_COUNT)


def test_what_is_wrong_at_the_end_of_a_large_batch_is_found(broker: Broker, topic_name: Callable[[], str]) -> None:
    """It is refused, and the next one is stored at the first offset."""
    topic = topic_name()
    create_topic(broker.port, topic)
    good = encode_record(0, RECORD_COUNT - 1, b"k", b"v", ())
    for last in (good + b"\0", b"\x7e" + good[1:-1], b"\xff" * 30):
        assert produce(broker.port, topic, many_records(RECORD_COUNT, last)) == INVALID_RECORD
    assert produce(broker.port, topic, many_records(RECORD_COUNT, good)) == 0
    assert [stored.base_offset for stored in fetch_batches(broker.port, topic)] == [0]
