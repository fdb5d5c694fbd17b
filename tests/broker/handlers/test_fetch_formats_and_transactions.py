"""Conversations of Fetch about what is in the batches: old message formats, and transactions."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.protocol import errors
from kafkalite.records.batch import iterate_batches
from kafkalite.records.builder import build_batch
from kafkalite.records.codecs import ZSTD
from kafkalite.records.control import build_end_transaction_marker
from kafkalite.records.legacy import read_message_set
from tests.broker.handlers.fetch_conversation import ask, of, target, values, waiting_fetch
from tests.broker.played_broker import START_MS, PlayedBroker


@pytest.fixture
def broker() -> PlayedBroker:
    made = PlayedBroker()
    made.create_topic(partitions=3)
    return made


# ---- old formats ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("version", "magic"), [(0, 0), (1, 0), (2, 1), (3, 1)])
def test_old_versions_get_message_sets(broker: PlayedBroker, version: int, magic: int) -> None:
    broker.produce(b"a", b"b")
    broker.produce(b"c")
    answer = ask(broker, of("orders", target(0, 1)), version=version).responses[0].partitions[0]
    messages = list(read_message_set(answer.records))
    assert [(one.offset, one.magic, bytes(one.value or b"")) for one in messages] == [
        (1, magic, b"b"),
        (2, magic, b"c"),
    ]
    assert {one.timestamp for one in messages} == {START_MS if magic else -1}
    assert answer.high_watermark == 3


@pytest.mark.parametrize(("version", "code"), [(3, errors.UNSUPPORTED_COMPRESSION_TYPE), (4, errors.NONE)])
def test_zstd_cannot_be_converted_down(broker: PlayedBroker, version: int, code: int) -> None:
    broker.produce_batch(build_batch([(None, b"a")], now_ms=START_MS, compression=ZSTD))
    broker.produce(b"b", partition=1)
    answers = ask(broker, of("orders", target(0), target(1)), version=version).responses[0].partitions
    assert [answer.error_code for answer in answers] == [code, errors.NONE]
    assert bool(answers[0].records) == (code == errors.NONE) and answers[1].records
    assert (answers[0].records is None) == (code != errors.NONE), "Kafka tells null here, and only here"


def test_old_versions_wait_as_new_ones_do(broker: PlayedBroker) -> None:
    waiting = waiting_fetch(broker, version=2)
    broker.produce(b"a")
    [message] = read_message_set(waiting.response.responses[0].partitions[0].records)
    assert bytes(message.value or b"") == b"a"


# ---- transactions --------------------------------------------------------------------------------------------------


def append_transactional(broker: PlayedBroker, producer_id: int, sequence: int, value: bytes) -> None:
    """Append as a transactional producer's batch arrives behind the coordinator's consent."""
    records = build_batch(
        [(None, value)],
        now_ms=START_MS,
        producer_id=producer_id,
        producer_epoch=0,
        base_sequence=sequence,
        is_transactional=True,
    )
    log = broker.broker.partitions.get("orders", 0)
    broker.broker.partitions.append(log, memoryview(records))
    broker.broker.purgatory.drain()


def end_transaction(broker: PlayedBroker, producer_id: int, *, is_commit: bool) -> None:
    marker = build_end_transaction_marker(
        producer_id=producer_id, producer_epoch=0, is_commit=is_commit, coordinator_epoch=0, now_ms=START_MS
    )
    log = broker.broker.partitions.get("orders", 0)
    broker.broker.partitions.append(log, memoryview(marker), is_from_client=False)
    broker.broker.purgatory.drain()


def committed(broker: PlayedBroker, offset: int = 0, **fields: Any) -> Any:
    return broker.fetch(offset, isolation_level=1, **fields)


def test_an_open_transaction_hides_itself_and_what_follows(broker: PlayedBroker) -> None:
    broker.produce(b"before")
    append_transactional(broker, 5, 0, b"inside")
    broker.produce(b"after")
    answer = committed(broker)
    assert values(answer) == [b"before"]
    assert (answer.high_watermark, answer.last_stable_offset, answer.aborted_transactions) == (3, 1, [])
    assert values(broker.fetch()) == [b"before", b"inside", b"after"]
    assert broker.fetch().last_stable_offset == 1


def test_a_commit_shows_everything(broker: PlayedBroker) -> None:
    append_transactional(broker, 5, 0, b"inside")
    broker.produce(b"after")
    end_transaction(broker, 5, is_commit=True)
    answer = committed(broker)
    headers = list(iterate_batches(answer.records))
    assert [header.is_control for header in headers] == [False, False, True]
    assert (answer.last_stable_offset, answer.aborted_transactions) == (3, [])


def test_an_abort_is_listed(broker: PlayedBroker) -> None:
    append_transactional(broker, 5, 0, b"first")
    append_transactional(broker, 6, 0, b"second")
    end_transaction(broker, 5, is_commit=False)
    end_transaction(broker, 6, is_commit=True)
    answer = committed(broker)
    aborted = [(one.producer_id, one.first_offset) for one in answer.aborted_transactions]
    assert aborted == [(5, 0)] and answer.last_stable_offset == 4
    assert broker.fetch().aborted_transactions is None
    assert committed(broker, 3).aborted_transactions == []


def test_readers_of_committed_records_wait_for_the_end_of_the_transaction(broker: PlayedBroker) -> None:
    waiting = waiting_fetch(broker, isolation_level=1)
    append_transactional(broker, 5, 0, b"inside")
    broker.produce(b"after")
    assert waiting.response is None
    end_transaction(broker, 5, is_commit=False)
    answer = waiting.response.responses[0].partitions[0]
    assert len(list(iterate_batches(answer.records))) == 3
    assert [(one.producer_id, one.first_offset) for one in answer.aborted_transactions] == [(5, 0)]


def test_readers_of_committed_records_are_told_at_the_deadline_what_is_stable(broker: PlayedBroker) -> None:
    broker.produce(b"before")
    append_transactional(broker, 5, 0, b"inside")
    waiting = waiting_fetch(broker, of("orders", target(0, 1)), isolation_level=1)
    broker.pass_time(500)
    answer = waiting.response.responses[0].partitions[0]
    assert (bytes(answer.records), answer.last_stable_offset, answer.high_watermark) == (b"", 1, 2)


def test_old_versions_see_no_control_batches(broker: PlayedBroker) -> None:
    append_transactional(broker, 5, 0, b"inside")
    end_transaction(broker, 5, is_commit=True)
    broker.produce(b"after")
    answer = ask(broker, of("orders", target()), version=3).responses[0].partitions[0]
    assert [bytes(one.value or b"") for one in read_message_set(answer.records)] == [b"inside", b"after"]
