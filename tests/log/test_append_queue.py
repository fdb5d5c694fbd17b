"""Several appends of one log at a time, over a storage with late appends."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from random import Random

import pytest

from kafkalite.log.append import LateAppend
from kafkalite.log.manager import LogManager
from kafkalite.log.partition_log import PartitionLog
from kafkalite.log.results import AppendResult
from kafkalite.model.exceptions import StaleLease, StorageFault
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.builder import build_batch
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.clock import ManualClock
from kafkalite.system.entropy import SeededEntropy
from kafkalite.testing.late_directory import LateLogDirectory
from tests.log.harness import NOW_MS, TOPIC_ID, TP, Harness, append_marker, read_values


class Late(Harness):
    """A log over a late storage, and the due commits."""

    def start(self) -> None:
        self.due: deque[Callable[[], None]] = deque()
        self.inner = FileLogDirectory(self.files, self.path, SeededEntropy(1))
        self.directory = LateLogDirectory(self.inner, self.due.append, appends_at_once=1)
        self.manager = LogManager(self.directory, self.clock, SeededEntropy(2), self.config)
        self.manager.on_upkeep_needed = lambda: None

    def append(self, value: bytes, *, is_from_client: bool = True, **producer: int) -> LateAppend:
        batch = build_batch([(None, value)], now_ms=NOW_MS, **producer)
        late = self.open().append(memoryview(batch), now_ms=NOW_MS, is_from_client=is_from_client)
        assert isinstance(late, LateAppend)
        return late

    def commit(self, count: int = 1) -> None:
        for _ in range(count):
            self.due.popleft()()

    def commit_all(self) -> None:
        while self.due:
            self.commit()


def values(log: PartitionLog) -> list[bytes]:
    return [value for _, value in read_values(log)]


def test_appends_overlap_and_end_in_order() -> None:
    late = Late()
    log = late.open()
    appends = [late.append(b"%d" % number) for number in range(5)]
    assert len(late.due) == 5, "each is being written"
    assert (log.end_offset, log.high_watermark, log.next_offset) == (0, 0, 5)
    assert values(log) == []
    late.commit(2)
    assert [append.is_done for append in appends] == [True, True, False, False, False]
    assert (log.end_offset, log.next_offset) == (2, 5) and values(log) == [b"0", b"1"]
    late.commit_all()
    assert [append.result.base_offset for append in appends if append.result] == [0, 1, 2, 3, 4]
    assert log.late is None and values(log) == [b"0", b"1", b"2", b"3", b"4"]


def test_when_one_fails_those_after_it_fail_and_the_log_is_opened_anew() -> None:
    late = Late()
    log = late.open()
    good = late.append(b"good")
    late.directory.fail_next = fault = StorageFault("commit", "store", "the database refused")
    lost = [late.append(b"lost") for _ in range(3)]
    late.commit_all()
    assert good.error is None and all(append.error is fault for append in lost)
    assert log.end_offset == 1 and log.is_offline and late.manager.needs_upkeep
    with pytest.raises(StorageFault, match="offline"):
        late.append(b"refused")
    assert values(log) == [b"good"], "reading goes on"
    late.manager.run_upkeep()
    assert not late.manager.needs_upkeep
    again = late.append(b"again")
    late.commit_all()
    assert again.error is None and values(late.open()) == [b"good", b"again"]


def test_a_producers_next_batch_waits_for_the_one_before_it() -> None:
    late = Late()
    producer = {"producer_id": 7, "producer_epoch": 0}
    first = late.append(b"0", **producer, base_sequence=0)
    second = late.append(b"1", **producer, base_sequence=1)
    other = late.append(b"other", producer_id=8, producer_epoch=0, base_sequence=0)
    assert len(late.due) == 1 and late.open().next_offset == 3
    late.commit()
    assert first.is_done and len(late.due) == 2, "the other producer's goes beside it"
    late.commit_all()
    assert [append.result.base_offset for append in (second, other) if append.result] == [1, 2]
    retry = late.open().append(
        memoryview(build_batch([(None, b"1")], now_ms=NOW_MS, **producer, base_sequence=1)), now_ms=NOW_MS
    )
    assert isinstance(retry, AppendResult) and retry.is_duplicate and retry.base_offset == 1


def test_a_retry_of_what_is_being_written_hears_its_outcome() -> None:
    late = Late()
    producer = {"producer_id": 7, "producer_epoch": 0, "base_sequence": 0}
    first, retry = late.append(b"once", **producer), late.append(b"once", **producer)
    late.commit_all()
    assert first.result is not None and retry.result is not None
    assert retry.result.is_duplicate and retry.result.base_offset == first.result.base_offset == 0
    assert values(late.open()) == [b"once"]


def test_a_marker_waits_for_the_records_of_its_transaction() -> None:
    late = Late()
    log = late.open()
    producer = {"producer_id": 7, "producer_epoch": 0, "base_sequence": 0, "is_transactional": True}
    late.append(b"record", **producer)
    append_marker(log, 7, is_commit=False)
    assert len(late.due) == 1
    late.commit_all()
    assert log.end_offset == 2 and log.last_stable_offset == 2
    assert read_values(log, is_read_committed=True) == [(0, b"record")]
    fetched = log.read(0, 1 << 20, is_read_committed=True)
    assert fetched.aborted_transactions == [(7, 0)]


def test_a_new_segment_waits_until_the_old_one_is_complete() -> None:
    late = Late(config={"segment.bytes": "200"})
    log = late.open()
    for number in range(6):
        late.append(b"%d" % number * 50)
    assert len(late.due) < 6
    late.commit_all()
    assert log.end_offset == 6 and log.segment_count > 1
    assert [value[:1] for value in values(log)] == [b"0", b"1", b"2", b"3", b"4", b"5"]


@pytest.mark.parametrize("move", ["roll", "flush", "finish"])
def test_what_moves_the_log_waits_for_its_appends(move: str) -> None:
    late = Late()
    log = late.open()
    appends = [late.append(b"x") for _ in range(3)]
    getattr(log, move)()
    assert all(append.is_done and append.error is None for append in appends) and log.end_offset == 3


def test_who_lost_the_lease_finds_out_at_the_commit() -> None:
    late = Late()
    log = late.open()
    stale = late.append(b"stale")
    successor = LogManager(late.directory, ManualClock(NOW_MS), SeededEntropy(3), late.config)
    taken = successor.create(TP, TOPIC_ID, late.config, leader_epoch=1)
    late.commit_all()
    assert isinstance(stale.error, StaleLease) and log.is_offline and not late.manager.needs_upkeep
    with pytest.raises(StaleLease):
        late.append(b"refused")
    fresh = taken.append(memoryview(build_batch([(None, b"fresh")], now_ms=NOW_MS)), now_ms=NOW_MS)
    late.commit_all()
    assert isinstance(fresh, LateAppend) and fresh.error is None and values(taken) == [b"fresh"]


def test_records_of_a_closed_log_are_refused_at_their_turn() -> None:
    late = Late()
    log = late.open()
    first = late.append(b"0", producer_id=7, producer_epoch=0, base_sequence=0)
    waiting = late.append(b"gap", producer_id=7, producer_epoch=0, base_sequence=9)
    log.close()
    assert first.error is None and isinstance(waiting.error, ApiError)


def test_whatever_fails_what_was_done_is_there_and_nothing_else() -> None:
    """Random appends of several producers, commits, failures and doubts, against a plain list."""
    for seed in range(60):
        random = Random(seed)
        late = Late(config={"segment.bytes": "400"})
        late.open()
        made: list[tuple[bytes, LateAppend]] = []
        for number in range(60):
            choice = random.random()
            if choice < 0.6:
                value = b"%d-%d" % (seed, number)
                try:
                    made.append((value, late.append(value, is_from_client=random.random() < 0.8)))
                except StorageFault:
                    late.manager.run_upkeep()
            elif choice < 0.85 and late.due:
                late.commit(min(len(late.due), random.randint(1, 3)))
            elif choice < 0.92:
                late.directory.unknown_next = random.randint(1, 3)
            else:
                late.directory.fail_next = StorageFault("commit", "store", "refused")
        late.commit_all()
        late.manager.run_upkeep()
        assert all(append.is_done for _, append in made), seed
        done = [value for value, append in made if append.error is None]
        assert values(late.open()) == done, seed
        offsets = [append.result.base_offset for _, append in made if append.result is not None]
        assert offsets == list(range(len(done))), seed
