"""A crash at every point of the commit protocol: each transaction is all or nothing, none is stuck, producers go on."""

from __future__ import annotations

import pytest

from kafkalite.testing.simulated_files import SimulatedFiles
from tests.broker.transaction_history import TransactionHistory
from tests.broker.transactional_producer import read_committed

GENERATIONS = pytest.mark.parametrize("is_tv2", [True, False], ids=["TV2", "TV1"])
FLUSHED = {"log.flush.interval.messages": "1"}


def points(history: TransactionHistory, stride: int) -> list[int]:
    """Every number of operations while a transaction was being ended, and some of the others."""
    counts = set(range(history.begun_at, history.operation_count + 1, stride))
    for one in history.ended[1:]:
        counts.update(range(one.end_begun_at, one.answered_at + 1))
    return sorted(counts)


@GENERATIONS
def test_a_process_killed_at_any_point(is_tv2: bool) -> None:
    history = TransactionHistory(is_tv2=is_tv2)
    history.run()
    for count in points(history, stride=2):
        files = history.files.kill(after_operation=count)
        history.check(history.restart_on(files), count)


@GENERATIONS
def test_a_write_torn_by_the_kill(is_tv2: bool) -> None:
    history = TransactionHistory(is_tv2=is_tv2)
    history.run()
    for count in points(history, stride=11):
        files = history.files.kill(after_operation=count, seed=count)
        history.check(history.restart_on(files), count)


@GENERATIONS
def test_a_power_cut_where_every_append_is_flushed(is_tv2: bool) -> None:
    history = TransactionHistory(is_tv2=is_tv2, properties=FLUSHED)
    history.run()
    for count in points(history, stride=11):
        files = history.files.crash(after_operation=count, seed=count)
        history.check(history.restart_on(files), count)


@GENERATIONS
def test_a_second_crash_while_the_first_is_repaired(is_tv2: bool) -> None:
    history = TransactionHistory(is_tv2=is_tv2)
    history.run()
    [_, committed, *_] = history.ended
    for count in range(committed.end_begun_at, committed.answered_at + 1):
        files = history.files.kill(after_operation=count)
        before = len(files.operations)
        history.restart_on(files)
        for second in range(before, len(files.operations) + 1):
            history.check(history.restart_on(files.kill(after_operation=second)), count)


@GENERATIONS
@pytest.mark.parametrize("is_commit", [True, False])
def test_the_same_producer_goes_on_after_a_crash(is_tv2: bool, is_commit: bool) -> None:
    """Its sequences count on; what it repeats because it heard no answer is there once."""
    history = TransactionHistory(is_tv2=is_tv2)
    number = len(history.ended)
    history.write(number)
    producer = history.producer
    written = dict(producer.sequences)
    producer.played = played = history.restart_on(killed(history))
    repeated = producer.write(b"%d on 0" % number, sequence=written["orders", 0] - 1)
    assert (repeated.error_code, repeated.base_offset) == (0, 2)
    producer.sequences = written
    assert producer.write(b"more").error_code == 0
    assert producer.end(is_commit=is_commit) == 0
    expected = [b"0 on 0", b"1 on 0", b"more"] if is_commit else [b"0 on 0"]
    assert read_committed(played) == expected


@GENERATIONS
def test_an_end_whose_answer_was_lost_may_be_asked_for_again(is_tv2: bool) -> None:
    history = TransactionHistory(is_tv2=is_tv2)
    history.write(1)
    producer = history.producer
    identity = producer.producer_id, producer.producer_epoch
    assert producer.end() == 0
    told = producer.producer_id, producer.producer_epoch
    producer.producer_id, producer.producer_epoch = identity
    producer.played = history.restart_on(killed(history))
    assert producer.end() == 0
    assert (producer.producer_id, producer.producer_epoch) == told
    producer.transact(b"next")
    assert read_committed(producer.played) == [b"0 on 0", b"1 on 0", b"next"]


def killed(history: TransactionHistory) -> SimulatedFiles:
    """The disk of a process that was killed now."""
    return history.files.kill(after_operation=history.operation_count)
