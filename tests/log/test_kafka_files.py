"""A partition written by Apache Kafka is readable, unchanged by it, and rebuilt byte by byte after a crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from kafkalite.log.config import LogConfig
from kafkalite.model.uuids import uuid_to_text
from kafkalite.system.memory_files import MemoryFiles
from tests.log.harness import TP, Harness, read_values

SOURCE = Path(__file__).parent / "kafka_files" / str(TP)
FILES = {path.name: path.read_bytes() for path in SOURCE.iterdir()}
CONFIG = {"internal.segment.bytes": "1500", "index.interval.bytes": "250"}
T_MS = 1_700_000_000_000


def start(files: dict[str, bytes], *, was_clean: bool) -> Harness:
    disk = MemoryFiles()
    disk.make_directory(f"/data/{TP}")
    for name, content in files.items():
        disk.write_atomically(f"/data/{TP}/{name}", content)
    if was_clean:
        disk.write_atomically("/data/.kafka_cleanshutdown", b'{"version":0,"brokerEpoch":5}')
    harness = Harness(disk)
    harness.config = LogConfig.from_values(CONFIG)
    assert harness.manager.open_all(lambda *_: harness.config) == []
    return harness


def contents(harness: Harness) -> dict[str, bytes]:
    return {name: harness.read_file(name) for name in harness.names()}


@pytest.mark.parametrize("was_clean", [True, False])
def test_it_is_read(was_clean: bool) -> None:
    log = start(FILES, was_clean=was_clean).manager.get(TP)
    assert log is not None
    assert (log.log_start_offset, log.end_offset, log.segment_count) == (0, 40, 4)
    assert f"topic_id: {uuid_to_text(log.topic_id)}".encode() in FILES["partition.metadata"]
    values = dict(read_values(log))
    assert [value for value in values.values() if value.startswith(b"plain")] == [b"plain-%d" % n for n in range(12)]
    assert list(values.values())[-4:] == [b"open", b"after-0", b"after-1", b"after-2"]
    assert log.last_stable_offset == 36
    aborted = [log.read(offset, 1 << 20, is_read_committed=True).aborted_transactions for offset in (0, 3, 24)]
    assert aborted == [
        [],
        [(1, 4), (1, 7), (1, 13), (1, 16), (1, 22)],
        [(1, 22), (1, 25), (1, 31), (1, 34)],
    ]
    assert log.list_offset(-3).offset == 35
    assert log.list_offset(T_MS + 1) == (1_795_414_488_844, 3, 0)
    open_transactions = [entry.current_txn_first_offset for entry in log.producers()]
    assert sorted(open_transactions) == [-1, 36]
    assert log.end_offset_for_epoch(0) == (0, 40)


def test_a_clean_start_and_stop_change_nothing() -> None:
    harness = start(FILES, was_clean=True)
    assert harness.manager.close_all()
    assert contents(harness) == FILES


def test_recovery_brings_every_file_back() -> None:
    harness = start(FILES, was_clean=False)
    assert harness.manager.close_all()
    assert contents(harness) == FILES


def test_recovery_rebuilds_what_can_be_rebuilt_from_the_records_alone() -> None:
    kept = {name: content for name, content in FILES.items() if name.endswith((".log", ".metadata"))}
    harness = start(kept, was_clean=False)
    assert harness.manager.close_all()
    assert contents(harness) == FILES
