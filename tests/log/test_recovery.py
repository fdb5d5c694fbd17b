"""Starts: clean ones trust the files, others check them; both end with the same log."""

from __future__ import annotations

import logging

import pytest

from kafkalite.log.checkpoints import (
    HIGH_WATERMARK_FILE,
    LOG_START_OFFSET_FILE,
    RECOVERY_POINT_FILE,
    decode_leader_epochs,
)
from kafkalite.log.config import LogConfig
from kafkalite.log.partition_log import PartitionLog
from kafkalite.records.builder import build_batch
from kafkalite.storage.files import FilePartitionStore
from kafkalite.system.memory_files import MemoryFiles
from kafkalite.testing.simulated_disk import LOST
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.log.harness import NOW_MS, TP, Harness, append, append_marker, make_batch, read_values

SMALL = {"internal.segment.bytes": "600", "index.interval.bytes": "150"}


@pytest.fixture
def harness() -> Harness:
    return Harness(config=SMALL)


def fill(log: PartitionLog, count: int = 40) -> None:
    for number in range(count):
        append(log, b"%d" % number * 5, timestamp=NOW_MS + number)


def corrupt(harness: Harness, name: str, position: int) -> None:
    handle = harness.files.open(f"/data/{TP}/{name}")
    byte = handle.read_at(position, 1)[0]
    handle.write_at(position, bytes((byte ^ 0xFF,)))


def last_log(harness: Harness) -> str:
    return [name for name in harness.names() if name.endswith(".log")][-1]


def index_contents(harness: Harness) -> dict[str, bytes]:
    suffixes = (".index", ".timeindex", ".txnindex", ".snapshot")
    return {name: harness.read_file(name) for name in harness.names() if name.endswith(suffixes)}


def test_a_clean_start_reads_tails_only(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    log = harness.open()
    fill(log, 200)
    assert log.segment_count > 10
    values = read_values(log)
    touched: set[str] = set()
    genuine = FilePartitionStore._open

    def spy(self: FilePartitionStore, name: str, **how: bool) -> object:
        touched.add(name)
        return genuine(self, name, **how)

    harness.manager.close_all()
    harness.start()
    monkeypatch.setattr(FilePartitionStore, "_open", spy)
    log = harness.open()
    assert touched == {last_log(harness)}
    assert log.end_offset == 200
    assert log.recovery_point == 200
    assert read_values(log) == values


def test_both_starts_rebuild_the_same_files(harness: Harness) -> None:
    log = harness.open()
    fill(log, 10)
    for sequence in range(8):
        batch = make_batch(
            b"t", timestamp=NOW_MS, producer_id=1, producer_epoch=0, base_sequence=sequence, is_transactional=True
        )
        log.append(memoryview(batch), now_ms=NOW_MS)
        append_marker(log, 1, is_commit=sequence % 2 == 0)
    fill(log, 10)
    harness.manager.close_all()
    clean = index_contents(harness)
    assert any(name.endswith(".txnindex") for name in clean)
    for name in (".kafka_cleanshutdown", "recovery-point-offset-checkpoint"):
        harness.directory.remove_root(name)
    harness.start()
    harness.open()
    assert not harness.manager.was_clean
    harness.manager.close_all()
    assert index_contents(harness) == clean


def test_missing_and_damaged_indexes_are_rebuilt_after_a_crash(harness: Harness) -> None:
    log = harness.open()
    fill(log)
    values = read_values(log)
    harness.restart(clean=True).roll()
    before = index_contents(harness)
    harness.directory._lock.release()
    for name in before:
        if name.endswith(".snapshot"):
            continue
        harness.files.write_atomically(f"/data/{TP}/{name}", b"\xff" * 96)
    harness.directory.remove_root("recovery-point-offset-checkpoint")
    harness.start()
    log = harness.open()
    assert read_values(log) == values
    harness.manager.close_all()
    after = index_contents(harness)
    for name, content in before.items():
        assert after[name] == content, name


def test_a_lost_index_is_rebuilt_even_after_a_clean_stop(harness: Harness) -> None:
    log = harness.open()
    fill(log)
    values = read_values(log)
    harness.manager.close_all()
    first = [name for name in harness.names() if name.endswith(".index")][1]
    content = harness.read_file(first)
    harness.files.remove(f"/data/{TP}/{first}")
    harness.start()
    log = harness.open()
    assert read_values(log) == values
    harness.manager.close_all()
    assert harness.read_file(first) == content


@pytest.mark.parametrize("kept_bytes", [0, 5, 11, 12, 17, 60, 61, 70])
def test_a_torn_last_batch_is_cut(harness: Harness, kept_bytes: int) -> None:
    log = harness.open()
    fill(log, 5)
    values = read_values(log)
    harness.directory._lock.release()
    handle = harness.files.open(f"/data/{TP}/{last_log(harness)}")
    torn = make_batch(b"torn", base_offset=5)
    assert kept_bytes < len(torn)
    handle.write_at(handle.size(), torn[:kept_bytes])
    harness.start()
    log = harness.open()
    assert read_values(log) == values
    assert append(log, b"next").base_offset == 5
    assert read_values(log) == [*values, (5, b"next")]


def test_space_taken_ahead_is_cut(harness: Harness) -> None:
    log = harness.open()
    fill(log, 5)
    values = read_values(log)
    harness.directory._lock.release()
    handle = harness.files.open(f"/data/{TP}/{last_log(harness)}")
    size = handle.size()
    handle.truncate(size + 100_000)
    harness.start()
    log = harness.open()
    assert log.size_bytes == size
    assert read_values(log) == values


def test_damage_in_the_middle_ends_the_log_there(harness: Harness, caplog: pytest.LogCaptureFixture) -> None:
    log = harness.open()
    fill(log)
    harness.manager.checkpoint()
    harness.directory.remove_root(RECOVERY_POINT_FILE)
    harness.directory._lock.release()
    before = {name: harness.read_file(name) for name in harness.names()}
    logs = [name for name in harness.names() if name.endswith(".log")]
    assert len(logs) >= 4
    corrupt(harness, logs[1], len(harness.read_file(logs[1])) - 1)
    harness.start()
    log = harness.open()
    end_offset = int(logs[2][:20]) - 1
    assert log.end_offset == end_offset
    assert log.segment_count == 2
    assert log.active_base_offset == int(logs[1][:20])
    assert [offset for offset, _ in read_values(log)] == list(range(log.end_offset))
    (told,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    for part in (
        f"orders-0: cut /data/orders-0/{logs[1]} at byte ",
        f"offset {end_offset}: the batch there has the checksum",
        "bytes are removed (kept as ",
        f"{len(logs) - 2} segments with offsets {end_offset + 1} to 39 (",
        "are set aside as *.deleted",
        "for 60 s or until the next start",
        f"offsets {end_offset} to 39 had been acknowledged",
    ):
        assert part in told, part
    aside = {name for name in harness.names() if name.endswith(".deleted")}
    for name in logs[2:]:
        assert harness.read_file(f"{name}.deleted") == before[name]
    cut = f"{end_offset:020d}.log.cut.deleted"
    kept = harness.read_file(cut)
    assert kept[:-1] == before[logs[1]][-len(kept) : -1]
    later = {name for name in harness.names() if name[:20].isdigit() and int(name[:20]) > log.active_base_offset}
    assert later <= aside
    harness.clock.advance(59_999)
    assert harness.manager.retention.delete_removed_files() == 0
    harness.clock.advance(1)
    assert harness.manager.retention.delete_removed_files() == len(aside)
    assert not any(name.endswith(".deleted") for name in harness.names())
    assert harness.manager.retention.delete_removed_files() == 0


def test_what_was_set_aside_goes_with_the_next_start(harness: Harness) -> None:
    fill(harness.open())
    harness.directory._lock.release()
    logs = [name for name in harness.names() if name.endswith(".log")]
    corrupt(harness, logs[1], 70)
    log = harness.restart(clean=False)
    assert any(name.endswith(".deleted") for name in harness.names())
    end_offset = log.end_offset
    assert append(log, b"next").base_offset == end_offset
    assert harness.restart(clean=True).end_offset == end_offset + 1
    assert not any(name.endswith(".deleted") for name in harness.names())


def test_damage_behind_the_last_batch_of_a_segment_costs_nothing(
    harness: Harness, caplog: pytest.LogCaptureFixture
) -> None:
    log = harness.open()
    fill(log)
    values = read_values(log)
    harness.directory._lock.release()
    name = [name for name in harness.names() if name.endswith(".log")][1]
    handle = harness.files.open(f"/data/{TP}/{name}")
    handle.write_at(handle.size(), b"garbage" * 20)
    harness.start()
    assert read_values(harness.open()) == values
    (told,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert told.levelname == "WARNING" and "no record is missing" in told.getMessage()


def test_zeros_behind_a_sealed_segment_are_no_news(harness: Harness, caplog: pytest.LogCaptureFixture) -> None:
    """A power cut may undo the truncation of a file, and leave the segment after it."""
    log = harness.open()
    fill(log)
    values = read_values(log)
    harness.directory._lock.release()
    name = [name for name in harness.names() if name.endswith(".log")][1]
    handle = harness.files.open(f"/data/{TP}/{name}")
    handle.truncate(handle.size() + 5_000)
    harness.start()
    assert read_values(harness.open()) == values
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("is_file_left", [True, False])
def test_a_missing_middle_segment_is_told(
    harness: Harness, caplog: pytest.LogCaptureFixture, is_file_left: bool
) -> None:
    log = harness.open()
    fill(log)
    values = read_values(log)
    harness.directory._lock.release()
    logs = [name for name in harness.names() if name.endswith(".log")]
    start, end = int(logs[1][:20]), int(logs[2][:20])
    if is_file_left:
        harness.files.open(f"/data/{TP}/{logs[1]}").truncate(0)
    else:
        harness.files.remove(f"/data/{TP}/{logs[1]}")
    harness.start()
    log = harness.open()
    assert read_values(log) == [value for value in values if not start <= value[0] < end]
    told = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert told == [
        f"orders-0: offsets {start} to {end - 1} are missing: no segment in /data/orders-0 holds them, "
        f"readers go on at offset {end}"
    ]


def test_a_gap_in_a_compacted_log_is_none(caplog: pytest.LogCaptureFixture) -> None:
    harness = Harness(config=SMALL | {"cleanup.policy": "compact"})
    log = harness.open()
    for number in range(40):
        log.append(memoryview(build_batch([(b"k", b"%d" % number * 5)], now_ms=NOW_MS)), now_ms=NOW_MS)
    harness.directory._lock.release()
    harness.files.remove(f"/data/{TP}/{[name for name in harness.names() if name.endswith('.log')][1]}")
    harness.restart(clean=False)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_what_was_flushed_is_believed(harness: Harness) -> None:
    log = harness.open()
    fill(log)
    log.flush()
    harness.manager.checkpoint()
    logs = [name for name in harness.names() if name.endswith(".log")]
    corrupt(harness, logs[0], 100)
    log = harness.restart(clean=False)
    assert log.end_offset == 40
    assert log.segment_count == len(logs)


def test_producers_survive_every_start(harness: Harness) -> None:
    log = harness.open()
    for sequence in range(30):
        log.append(
            memoryview(make_batch(b"x" * 20, producer_id=4, producer_epoch=2, base_sequence=sequence)), now_ms=NOW_MS
        )
    for is_clean in (True, False, False, True):
        log = harness.restart(clean=is_clean)
        again = make_batch(b"x" * 20, producer_id=4, producer_epoch=2, base_sequence=29)
        result = log.append(memoryview(again), now_ms=NOW_MS)
        assert (result.base_offset, result.is_duplicate) == (29, True)


def test_a_damaged_snapshot_is_replaced_by_what_the_log_says(harness: Harness) -> None:
    log = harness.open()
    for sequence in range(30):
        log.append(
            memoryview(make_batch(b"x" * 20, producer_id=4, producer_epoch=2, base_sequence=sequence)), now_ms=NOW_MS
        )
    harness.manager.close_all()
    for name in harness.names():
        if name.endswith(".snapshot"):
            harness.files.write_atomically(f"/data/{TP}/{name}", b"\0" * 40)
    harness.start()
    log = harness.open()
    [entry] = log.producers()
    assert (entry.last_sequence, entry.last_offset) == (29, 29)


def test_open_transactions_survive_a_crash(harness: Harness) -> None:
    log = harness.open()
    log.append(
        memoryview(make_batch(b"t", producer_id=1, producer_epoch=0, base_sequence=0, is_transactional=True)),
        now_ms=NOW_MS,
    )
    fill(log)
    log = harness.restart(clean=False)
    assert log.last_stable_offset == 0
    append_marker(log, 1, is_commit=False)
    log = harness.restart(clean=False)
    assert log.last_stable_offset == log.end_offset
    assert log.read(0, 10_000, is_read_committed=True).aborted_transactions == [(1, 0)]


def test_epochs_are_read_back_from_the_batches(harness: Harness) -> None:
    log = harness.open()
    fill(log, 5)
    log.lead(3)
    fill(log, 20)
    harness.directory._lock.release()
    harness.files.write_atomically(f"/data/{TP}/leader-epoch-checkpoint", b"\0\0\0")
    harness.start()
    log = harness.open()
    assert log.leader_epoch == 3
    assert log.end_offset_for_epoch(0) == (0, 5)
    assert decode_leader_epochs(harness.read_file("leader-epoch-checkpoint")) == [(0, 0), (3, 5)]


def test_leftovers_are_removed(harness: Harness) -> None:
    log = harness.open()
    fill(log, 5)
    harness.manager.close_all()
    for name in (
        f"{900:020d}.index",
        f"{900:020d}.timeindex",
        f"{0:020d}.log.deleted",
        f"{0:020d}.log.cleaned",
        f"{77:020d}.snapshot",
        f"{0:020d}.snapshot.tmp",
        "leader-epoch-checkpoint.tmp",
    ):
        harness.files.write_atomically(f"/data/{TP}/{name}", b"left over")
    kept = ("00000000000000000000-0000000000.checkpoint", "quorum-state", "note.txt")
    for name in kept:
        harness.files.write_atomically(f"/data/{TP}/{name}", b"not ours")
    harness.start()
    log = harness.open()
    assert len(read_values(log)) == 5
    numbers = [f"{0:020d}{suffix}" for suffix in (".index", ".log", ".timeindex")]
    expected = [*numbers, f"{5:020d}.snapshot", "leader-epoch-checkpoint", "partition.metadata", *kept]
    assert harness.names() == sorted(expected)


@pytest.mark.parametrize("is_acknowledged", [True, False])
def test_a_start_above_the_end_leaves_an_empty_log_there(
    harness: Harness, caplog: pytest.LogCaptureFixture, is_acknowledged: bool
) -> None:
    log = harness.open()
    fill(log, 5)
    harness.manager.close_all()
    content = harness.read_file(f"{0:020d}.log")
    harness.directory.replace_root(LOG_START_OFFSET_FILE, b"0\n1\norders 0 50\n")
    if is_acknowledged:
        harness.directory.replace_root(HIGH_WATERMARK_FILE, b"0\n1\norders 0 50\n")
    harness.start()
    log = harness.open()
    assert (log.log_start_offset, log.end_offset, log.size_bytes) == (50, 50, 0)
    assert append(log, b"x").base_offset == 50
    (told,) = [record.getMessage() for record in caplog.records]
    for part in (
        "orders-0: /data/orders-0 ends at offset 5, before the start offset 50 of its checkpoint",
        "1 segment with offsets 0 to 4 (",
        "are set aside as *.deleted",
        "offsets 5 to 49 had been acknowledged" if is_acknowledged else "next start",
    ):
        assert part in told, part
    assert harness.read_file(f"{0:020d}.log.deleted") == content


def test_the_log_start_is_remembered(harness: Harness) -> None:
    log = harness.open()
    fill(log)
    log.advance_log_start_offset(17)
    for is_clean in (True, False):
        log = harness.restart(clean=is_clean)
        assert log.log_start_offset == 17
        assert log.list_offset(-2).offset == 17


def test_a_partition_that_was_never_written_to_opens_again() -> None:
    harness = Harness(MemoryFiles())
    harness.open()
    log = harness.restart(clean=False)
    assert (log.log_start_offset, log.end_offset, log.leader_epoch) == (0, 0, 0)
    log = harness.restart(clean=True)
    assert log.end_offset == 0
    assert f"{0:020d}.log" in harness.names()


@pytest.mark.parametrize(("flush_messages", "is_flushed"), [("1", True), ("41", False)])
def test_what_a_killed_process_left_unflushed_is_flushed_before_it_is_served(
    flush_messages: str, is_flushed: bool
) -> None:
    """A retry is acknowledged as a duplicate: afterwards a power cut must not lose the batch."""
    files = SimulatedFiles()
    files.make_directory("/data")
    files.flush_directory("/")
    harness = Harness(files)
    fill(harness.open())
    harness.config = LogConfig.from_values({"flush.messages": flush_messages})
    log = harness.restart(clean=False)
    assert (log.recovery_point, log.end_offset) == (40 if is_flushed else 0, 40)
    left = files.crash(after_operation=len(files.operations), fate=LOST)
    size = left.size(f"/data/{TP}/{last_log(harness)}") if left.exists(f"/data/{TP}") else 0
    assert bool(size) is is_flushed


def test_space_that_was_given_back_does_not_come_back_in_a_sealed_segment() -> None:
    files = SimulatedFiles()
    files.make_directory("/data")
    files.flush_directory("/")
    harness = Harness(files, config={"flush.messages": "1"})
    log = harness.open()
    append(log, b"first")
    log.store.check_room(last_log(harness), 2000)
    log.roll()
    append(log, b"second")
    harness.manager.checkpoint()
    for seed in range(40):
        left = Harness(files.crash(after_operation=len(files.operations), seed=seed), config={"flush.messages": "1"})
        assert left.manager.open_all(lambda tp, topic_id: harness.config) == []
        found = left.manager.get(TP)
        assert found is not None and read_values(found) == [(0, b"first"), (1, b"second")], seed
