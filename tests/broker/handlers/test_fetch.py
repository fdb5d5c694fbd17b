"""Conversations of Fetch: limits, waiting, epochs, ids, and disks that fail."""

from __future__ import annotations

import errno
import gc
import struct
from typing import Any

import pytest

from kafkalite.broker.context import Deferred
from kafkalite.broker.data.waiting_fetch import WaitingFetch
from kafkalite.broker.handlers.fetch import FetchRun
from kafkalite.broker.router import PendingResponse
from kafkalite.protocol import errors
from kafkalite.protocol.messages.delete_topics_request import DeleteTopicsRequest
from kafkalite.protocol.messages.fetch_request import (
    ReplicaState,
)
from kafkalite.records.builder import build_batch
from kafkalite.testing.simulated_disk import WRITE
from kafkalite.testing.simulated_files import READ, SimulatedFiles
from tests.broker.handlers.fetch_conversation import ask, of, outline, size_of, target, values, waiting_fetch
from tests.broker.played_broker import START_MS, PlayedBroker, Waiting, fetch_request

BROKEN_DISK = OSError(errno.EIO, "Input/output error")
FULL_DISK = OSError(errno.ENOSPC, "No space left on device")
UNKNOWN_ID = b"\x07" * 16


@pytest.fixture
def broker() -> PlayedBroker:
    made = PlayedBroker()
    made.create_topic(partitions=3)
    return made


# ---- what an answer says -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", range(4, 19))
def test_every_version_of_batches(broker: PlayedBroker, version: int) -> None:
    broker.produce(b"a", b"b")
    broker.produce(b"c")
    topic = broker.topic_id() if version >= 13 else "orders"
    response = ask(broker, of(topic, target()), version=version)
    assert (response.error_code, response.session_id) == (errors.NONE, 0)
    assert outline(response) == [(topic, 0, errors.NONE, [b"a", b"b", b"c"])]
    answer = response.responses[0].partitions[0]
    start = 0 if version >= 5 else -1
    assert (answer.high_watermark, answer.last_stable_offset, answer.log_start_offset) == (3, 3, start)
    assert answer.aborted_transactions is None and answer.preferred_read_replica == -1


def test_an_offset_in_the_middle_of_a_batch_brings_the_whole_batch(broker: PlayedBroker) -> None:
    broker.produce(b"a", b"b", b"c")
    assert values(broker.fetch(1)) == [b"a", b"b", b"c"]


def test_the_end_of_the_log_is_empty_and_no_error(broker: PlayedBroker) -> None:
    broker.produce(b"a")
    answer = broker.fetch(1)
    assert (answer.error_code, bytes(answer.records), answer.high_watermark) == (errors.NONE, b"", 1)


@pytest.mark.parametrize("offset", [-1, 2, 2**62])
def test_offsets_outside_the_log(broker: PlayedBroker, offset: int) -> None:
    broker.produce(b"a")
    answer = broker.fetch(offset)
    assert (answer.error_code, answer.high_watermark) == (errors.OFFSET_OUT_OF_RANGE, -1)
    assert bytes(answer.records) == b"" and answer.aborted_transactions is None


def test_an_offset_before_the_log_start(broker: PlayedBroker) -> None:
    broker.produce(b"a")
    broker.produce(b"b")
    broker.broker.partitions.get("orders", 0).advance_log_start_offset(1)
    assert broker.fetch(0).error_code == errors.OFFSET_OUT_OF_RANGE
    assert broker.fetch(1).log_start_offset == 1


# ---- partitions that are not here ----------------------------------------------------------------------------------


def test_unknown_partitions_stand_behind_the_others(broker: PlayedBroker) -> None:
    broker.produce(b"a")
    response = ask(broker, of("nowhere", target()), of("orders", target(9), target()))
    assert outline(response) == [
        ("orders", 0, errors.NONE, [b"a"]),
        ("nowhere", 0, errors.UNKNOWN_TOPIC_OR_PARTITION, []),
        ("orders", 9, errors.UNKNOWN_TOPIC_OR_PARTITION, []),
    ]


def test_unknown_ids(broker: PlayedBroker) -> None:
    response = ask(broker, of(UNKNOWN_ID, target()), of(broker.topic_id(), target(9)), version=13)
    assert [(key, code) for key, _, code, _ in outline(response)] == [
        (UNKNOWN_ID, errors.UNKNOWN_TOPIC_ID),
        (broker.topic_id(), errors.UNKNOWN_TOPIC_OR_PARTITION),
    ]


def test_only_unknown_partitions_are_answered_at_once(broker: PlayedBroker) -> None:
    assert not isinstance(ask(broker, of("nowhere", target()), max_wait_ms=5000), Waiting)
    assert not isinstance(ask(broker, max_wait_ms=5000), Waiting)


def test_an_unknown_partition_does_not_end_the_wait_of_the_others(broker: PlayedBroker) -> None:
    waiting = ask(broker, of("nowhere", target()), of("orders", target()), max_wait_ms=5000)
    assert isinstance(waiting, Waiting)
    broker.produce(b"a")
    assert [row[2] for row in outline(waiting.response)] == [errors.NONE, errors.UNKNOWN_TOPIC_OR_PARTITION]


def test_a_topic_made_anew_is_another_topic(broker: PlayedBroker) -> None:
    old_id = broker.topic_id()
    broker.ask(DeleteTopicsRequest(topic_names=["orders"], timeout_ms=1000), 5)
    broker.create_topic()
    broker.produce(b"new")
    new_id = broker.topic_id()
    assert outline(ask(broker, of(old_id, target()), version=13)) == [(old_id, 0, errors.UNKNOWN_TOPIC_ID, [])]
    assert outline(ask(broker, of(new_id, target()), version=13)) == [(new_id, 0, errors.NONE, [b"new"])]


def test_a_session_with_the_id_of_a_topic_made_anew(broker: PlayedBroker) -> None:
    old_id = broker.topic_id()
    first = ask(broker, of(old_id, target()), version=13, session_epoch=0)
    broker.ask(DeleteTopicsRequest(topic_names=["orders"], timeout_ms=1000), 5)
    broker.create_topic()
    second = ask(broker, version=13, session_id=first.session_id, session_epoch=1)
    assert outline(second) == [(old_id, 0, errors.INCONSISTENT_TOPIC_ID, [])]


# ---- limits --------------------------------------------------------------------------------------------------------


def test_the_first_batch_is_whole_over_any_limit_and_the_only_one(broker: PlayedBroker) -> None:
    for partition in range(3):
        broker.produce(b"a" * 1000, partition=partition)
        broker.produce(b"b", partition=partition)
    response = ask(broker, of("orders", target(0, max_bytes=1), target(1, max_bytes=1), target(2)), max_bytes=1)
    assert outline(response) == [
        ("orders", 0, errors.NONE, [b"a" * 1000]),
        ("orders", 1, errors.NONE, []),
        ("orders", 2, errors.NONE, []),
    ]
    assert response.responses[0].partitions[1].high_watermark == 2


def test_the_limit_of_a_partition(broker: PlayedBroker) -> None:
    broker.produce(b"a")
    one = size_of(broker)
    broker.produce(b"b")
    broker.produce(b"c", partition=1)
    response = ask(broker, of("orders", target(0, max_bytes=2 * one - 1), target(1)))
    assert [row[3] for row in outline(response)] == [[b"a"], [b"c"]]
    response = ask(broker, of("orders", target(0, max_bytes=2 * one), target(1, max_bytes=one - 1)))
    assert [row[3] for row in outline(response)] == [[b"a", b"b"], []]


def test_the_limit_of_the_request_is_shared(broker: PlayedBroker) -> None:
    for partition in range(3):
        broker.produce(b"a", partition=partition)
    one = size_of(broker)
    response = ask(broker, of("orders", target(0), target(1), target(2)), max_bytes=2 * one)
    assert [len(row[3]) for row in outline(response)] == [1, 1, 0]


def test_the_first_batch_may_be_in_a_later_partition(broker: PlayedBroker) -> None:
    broker.produce(b"a" * 1000, partition=2)
    response = ask(broker, of("orders", target(0), target(1), target(2)), max_bytes=1)
    assert [len(row[3]) for row in outline(response)] == [0, 0, 1]


def test_the_broker_has_a_limit_too() -> None:
    broker = PlayedBroker(properties={"fetch.max.bytes": "1024"})
    broker.create_topic()
    for _ in range(4):
        broker.produce(b"a" * 400)
    assert len(values(broker.fetch(max_bytes=2**31 - 1))) == 2


# ---- waiting -------------------------------------------------------------------------------------------------------


def test_one_byte_is_awaited(broker: PlayedBroker) -> None:
    waiting = waiting_fetch(broker)
    broker.produce(b"a", partition=1)
    assert waiting.response is None
    broker.produce(b"b")
    assert outline(waiting.response) == [("orders", 0, errors.NONE, [b"b"])]
    assert len(broker.broker.purgatory) == 0 and not broker.bugs


def test_the_bytes_of_all_partitions_count(broker: PlayedBroker) -> None:
    broker.produce(b"a")
    one = size_of(broker)
    waiting = waiting_fetch(broker, of("orders", target(0), target(1)), min_bytes=3 * one)
    broker.produce(b"b", partition=1)
    broker.produce(b"z", partition=2)
    assert waiting.response is None
    broker.produce(b"c")
    assert [row[3] for row in outline(waiting.response)] == [[b"a", b"c"], [b"b"]]


def test_the_deadline_answers_with_what_there_is(broker: PlayedBroker) -> None:
    broker.produce(b"a")
    waiting = waiting_fetch(broker, min_bytes=10_000)
    broker.pass_time(499)
    assert waiting.response is None
    broker.pass_time(1)
    assert outline(waiting.response) == [("orders", 0, errors.NONE, [b"a"])]
    broker.pass_time(10_000)
    assert not broker.bugs and len(broker.broker.timers) == len(PlayedBroker().broker.timers)


def test_an_empty_deadline(broker: PlayedBroker) -> None:
    waiting = waiting_fetch(broker)
    broker.pass_time(500)
    assert outline(waiting.response) == [("orders", 0, errors.NONE, [])]


@pytest.mark.parametrize("fields", [{"max_wait_ms": 0}, {"max_wait_ms": -1}, {"min_bytes": 0}], ids=str)
def test_who_wants_nothing_does_not_wait(broker: PlayedBroker, fields: dict[str, int]) -> None:
    response = ask(broker, of("orders", target()), **{"max_wait_ms": 500, **fields})
    assert outline(response) == [("orders", 0, errors.NONE, [])]


def test_more_than_the_limit_is_not_awaited(broker: PlayedBroker) -> None:
    broker.produce(b"a" * 100)
    response = ask(broker, of("orders", target()), max_wait_ms=500, min_bytes=2**31 - 1, max_bytes=50)
    assert len(outline(response)[0][3]) == 1


def test_what_a_partition_may_not_bring_does_not_count(broker: PlayedBroker) -> None:
    broker.produce(b"a")
    one = size_of(broker)
    waiting = waiting_fetch(broker, of("orders", target(0, max_bytes=one), target(1)), min_bytes=2 * one)
    broker.produce(b"b")
    broker.produce(b"c")
    assert waiting.response is None
    broker.produce(b"d", partition=1)
    assert [row[3] for row in outline(waiting.response)] == [[b"a"], [b"d"]]


def test_an_error_does_not_wait(broker: PlayedBroker) -> None:
    response = ask(broker, of("orders", target(0, 99), target(1)), max_wait_ms=500)
    assert [row[2] for row in outline(response)] == [errors.OFFSET_OUT_OF_RANGE, errors.NONE]


@pytest.mark.parametrize("version", [12, 13])
def test_deleting_the_topic_ends_the_wait(broker: PlayedBroker, version: int) -> None:
    topic = broker.topic_id() if version >= 13 else "orders"
    waiting = waiting_fetch(broker, of(topic, target()), version=version)
    broker.ask(DeleteTopicsRequest(topic_names=["orders"], timeout_ms=1000), 5)
    assert [row[2] for row in outline(waiting.response)] == [errors.UNKNOWN_TOPIC_OR_PARTITION]


def test_readers_wait_on_while_a_disk_is_full() -> None:
    files = SimulatedFiles()
    broker = PlayedBroker(files)
    broker.create_topic()
    waiting = waiting_fetch(broker)
    files.fail(WRITE, FULL_DISK, path_part="orders-0")
    assert broker.produce(b"a").error_code == errors.KAFKA_STORAGE_ERROR
    assert waiting.response is None
    assert broker.produce(b"a").error_code == errors.NONE
    assert [row[2] for row in outline(waiting.response)] == [errors.NONE]


def test_what_is_stored_is_served_while_a_disk_fails() -> None:
    files = SimulatedFiles()
    broker = PlayedBroker(files, properties={"kafkalite.on.storage.fault": "offline"})
    broker.create_topic()
    broker.produce(b"a")
    files.fail(WRITE, BROKEN_DISK, count=None)
    for _ in range(2):
        assert broker.produce(b"b").error_code == errors.KAFKA_STORAGE_ERROR
        (row,) = outline(ask(broker, of("orders", target())))
        assert row[2] == errors.NONE


def test_a_fetch_from_an_older_segment_does_not_wait(broker: PlayedBroker) -> None:
    broker.produce(b"a")
    broker.broker.partitions.get("orders", 0).roll()
    broker.produce(b"b")
    response = ask(broker, of("orders", target()), max_wait_ms=500, min_bytes=10_000)
    assert outline(response)[0][3] == [b"a"]
    waiting_fetch(broker, of("orders", target(0, 1)), min_bytes=10_000)


def test_a_client_that_went_away_leaves_nothing(broker: PlayedBroker) -> None:
    timers = len(broker.broker.timers)
    waiting = waiting_fetch(broker, of("orders", target(0), target(1)))
    assert len(broker.broker.purgatory) == 1
    waiting.pending.abandon()
    assert len(broker.broker.purgatory) == 0 and len(broker.broker.timers) == timers
    broker.produce(b"a")
    assert waiting.response is None


@pytest.mark.parametrize("is_answered", [True, False])
def test_what_waited_is_free_without_a_collection(broker: PlayedBroker, is_answered: bool) -> None:
    def held_count() -> int:
        return sum(type(one) in (Deferred, WaitingFetch, FetchRun) for one in gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        before = held_count()
        waiting = waiting_fetch(broker, of("orders", target(0), target(1)))
        assert held_count() == before + 3
        if is_answered:
            broker.produce(b"a")
            assert waiting.response is not None
        else:
            waiting.pending.abandon()
        del waiting
        assert held_count() == before
    finally:
        gc.enable()


def test_everybody_who_waits_is_served(broker: PlayedBroker) -> None:
    crowd = [waiting_fetch(broker) for _ in range(20)]
    broker.produce(b"a")
    assert all(outline(one.response) == [("orders", 0, errors.NONE, [b"a"])] for one in crowd)


def test_a_bug_while_answering_is_the_waiters_own(broker: PlayedBroker) -> None:
    waiting = waiting_fetch(broker, version=12)
    log = broker.broker.partitions.get("orders", 0)

    class Broken(type(log)):  # type: ignore[misc]  # the class is only known here
        __slots__ = ()

        def read(self, *args: Any, **fields: Any) -> Any:
            raise RuntimeError("a bug")

    log.__class__ = Broken
    reply = broker.send(fetch_request(topic="orders", partition=1), 12)
    assert not isinstance(reply, PendingResponse)
    broker.broker.purgatory.note(log.topic_partition, 1)
    broker.broker.purgatory.drain()
    assert waiting.response.error_code == errors.UNKNOWN_SERVER_ERROR
    assert [type(bug) for bug in broker.bugs] == [RuntimeError]


# ---- epochs --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [9, 12, 18])
@pytest.mark.parametrize(
    ("epoch", "code"),
    [(-1, errors.NONE), (1, errors.FENCED_LEADER_EPOCH), (2, errors.NONE), (3, errors.UNKNOWN_LEADER_EPOCH)],
)
def test_the_clients_leader_epoch(broker: PlayedBroker, version: int, epoch: int, code: int) -> None:
    broker.broker.partitions.get("orders", 0).lead(2)
    broker.produce(b"a")
    topic = broker.topic_id() if version >= 13 else "orders"
    response = ask(broker, of(topic, target(current_leader_epoch=epoch)), version=version)
    assert outline(response)[0][2] == code
    hint = response.responses[0].partitions[0].current_leader
    if version >= 16 and code == errors.FENCED_LEADER_EPOCH:
        assert (hint.leader_id, hint.leader_epoch) == (broker.broker.node_id, 2)
    else:
        assert hint is None


def test_no_negative_epoch_is_one(broker: PlayedBroker) -> None:
    broker.produce(b"a")
    answer = ask(broker, of("orders", target(current_leader_epoch=-2))).responses[0].partitions[0]
    assert (answer.error_code, values(answer)) == (errors.NONE, [b"a"])


# ---- numbers that cannot be ----------------------------------------------------------------------------------------


def test_negative_limits_fail_where_there_is_something_to_read(broker: PlayedBroker) -> None:
    broker.produce(b"a")
    [answer, at_the_end] = (
        ask(broker, of("orders", target(max_bytes=-1), target(1, max_bytes=-1))).responses[0].partitions
    )
    assert (answer.error_code, answer.high_watermark) == (errors.UNKNOWN_SERVER_ERROR, -1)
    assert at_the_end.error_code == errors.NONE
    answer = ask(broker, of("orders", target()), max_bytes=-1).responses[0].partitions[0]
    assert answer.error_code == errors.UNKNOWN_SERVER_ERROR


def test_an_isolation_level_that_does_not_exist_fails_the_whole_fetch(broker: PlayedBroker) -> None:
    response = ask(broker, of("orders", target()), isolation_level=2)
    assert (response.error_code, response.responses) == (errors.UNKNOWN_SERVER_ERROR, [])


@pytest.mark.parametrize("version", [4, 12])
def test_an_empty_name_is_a_name_before_there_were_ids(broker: PlayedBroker, version: int) -> None:
    response = ask(broker, of("", target()), version=version)
    assert outline(response) == [(bytes(16), 0, errors.UNKNOWN_TOPIC_OR_PARTITION, [])]


def with_epochs(broker: PlayedBroker) -> None:
    """Offsets 0 to 1 in epoch 0, 2 to 3 in epoch 2."""
    broker.produce(b"a", b"b")
    broker.broker.partitions.get("orders", 0).lead(2)
    broker.produce(b"c", b"d")


@pytest.mark.parametrize(
    ("epoch", "offset", "diverging"),
    [
        (0, 2, None),
        (0, 3, (0, 2)),
        (1, 2, (0, 2)),
        (2, 4, None),
        (2, 5, (2, 4)),
    ],
)
def test_a_log_that_took_another_way_is_told_where(
    broker: PlayedBroker, epoch: int, offset: int, diverging: tuple[int, int] | None
) -> None:
    with_epochs(broker)
    response = ask(broker, of("orders", target(0, offset, last_fetched_epoch=epoch)), max_wait_ms=0)
    answer = response.responses[0].partitions[0]
    assert answer.error_code == errors.NONE
    if diverging is None:
        assert answer.diverging_epoch is None
    else:
        assert (answer.diverging_epoch.epoch, answer.diverging_epoch.end_offset) == diverging
        assert bytes(answer.records) == b""


def test_divergence_does_not_wait(broker: PlayedBroker) -> None:
    with_epochs(broker)
    response = ask(broker, of("orders", target(0, 3, last_fetched_epoch=0)), max_wait_ms=500)
    assert not isinstance(response, Waiting)


def test_an_epoch_newer_than_all_is_out_of_range(broker: PlayedBroker) -> None:
    with_epochs(broker)
    assert broker.fetch(4, last_fetched_epoch=7).error_code == errors.OFFSET_OUT_OF_RANGE


@pytest.mark.parametrize("version", [11, 14, 15, 18])
def test_a_replica_is_not_at_home_here(broker: PlayedBroker, version: int) -> None:
    broker.produce(b"a")
    fields: dict[str, Any] = {"replica_id": 5} if version < 15 else {"replica_state": ReplicaState(replica_id=5)}
    topic = broker.topic_id() if version >= 13 else "orders"
    response = ask(broker, of(topic, target()), version=version, **fields)
    assert outline(response)[0][2] == errors.NOT_LEADER_OR_FOLLOWER
    response = ask(broker, of(topic, target(current_leader_epoch=0)), version=version, **fields)
    assert outline(response)[0][2] == errors.UNKNOWN_LEADER_EPOCH


# ---- the disk ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("version", "code"), [(5, errors.NOT_LEADER_OR_FOLLOWER), (6, errors.KAFKA_STORAGE_ERROR)])
def test_a_disk_that_cannot_be_read(version: int, code: int) -> None:
    files = SimulatedFiles()
    broker = PlayedBroker(files)
    broker.create_topic(partitions=2)
    broker.produce(b"a")
    broker.produce(b"b", partition=1)
    files.fail(READ, BROKEN_DISK, path_part="orders-0/")
    response = ask(broker, of("orders", target(0), target(1)), version=version)
    assert outline(response) == [("orders", 0, code, []), ("orders", 1, errors.NONE, [b"b"])]


# ---- bytes as they lie in the log ----------------------------------------------------------------------------------


def test_batches_go_out_as_they_are_stored(broker: PlayedBroker) -> None:
    sent = build_batch([(b"k", b"v" * 5000)], now_ms=START_MS)
    broker.produce_batch(sent)
    records = bytes(broker.fetch().records)
    assert records[21:] == bytes(sent[21:])
    assert struct.unpack(">qii", records[:16]) == (0, len(sent) - 12, 0)
