"""Apache Kafka's own tool reads the files that a partition log leaves, and finds indexes that fit their log."""

from __future__ import annotations

from pathlib import Path

import pytest

from compat_tests.oracle.apache_kafka import OracleUnavailable, run_tool
from kafkalite.log.config import LogConfig
from kafkalite.log.manager import LogManager
from kafkalite.log.partition_log import PartitionLog
from kafkalite.model.identifiers import TopicPartition
from kafkalite.records.builder import RecordData, build_batch
from kafkalite.records.control import build_end_transaction_marker
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.clock import ManualClock
from kafkalite.system.entropy import SeededEntropy
from kafkalite.system.files import SystemFiles

pytestmark = pytest.mark.slow

TP = TopicPartition("orders", 0)
NOW_MS = 1_700_000_000_000
CONFIG = LogConfig.from_values({"internal.segment.bytes": "9000", "index.interval.bytes": "1000"})


def open_manager(path: Path) -> LogManager:
    directory = FileLogDirectory(SystemFiles(), str(path), SeededEntropy(1))
    return LogManager(directory, ManualClock(NOW_MS), SeededEntropy(2), CONFIG)


def write_history(log: PartitionLog) -> int:
    """Plain, idempotent and transactional batches, one transaction left open; returns the number of batches."""
    count = 0

    def append(*values: bytes, timestamp: int = NOW_MS, **fields: object) -> None:
        nonlocal count
        count += 1
        records = [RecordData(None, value, timestamp) for value in values]
        batch = build_batch(records, now_ms=timestamp, **fields)  # type: ignore[arg-type]
        log.append(memoryview(batch), now_ms=NOW_MS)

    for number in range(300):
        append(b"%d" % number * 10, b"second", timestamp=NOW_MS + number * 3 - number % 7 * 5)
        if number % 10 == 0:
            append(b"idempotent", producer_id=7, producer_epoch=1, base_sequence=number // 10)
    for number in range(20):
        append(b"v" * 100, producer_id=9, producer_epoch=0, base_sequence=number, is_transactional=True)
        marker = build_end_transaction_marker(
            producer_id=9, producer_epoch=0, is_commit=number % 2 == 0, coordinator_epoch=0, now_ms=NOW_MS
        )
        log.append(memoryview(marker), now_ms=NOW_MS, is_from_client=False)
        count += 1
    append(b"open", producer_id=10, producer_epoch=0, base_sequence=0, is_transactional=True)
    return count


def dump(files: list[Path], *options: str) -> str:
    try:
        done = run_tool("kafka-dump-log", "--files", ",".join(map(str, files)), *options)
    except OracleUnavailable as reason:
        pytest.skip(str(reason))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("is_clean", [True, False])
def test_kafka_dump_log_finds_nothing_wrong(tmp_path: Path, is_clean: bool) -> None:
    manager = open_manager(tmp_path / "data")
    batch_count = write_history(manager.create(TP, bytes(range(16)), CONFIG))
    if not is_clean:
        manager.close_all(clean=False)
        manager = open_manager(tmp_path / "data")
        manager.create(TP, bytes(range(16)), CONFIG)
        assert not manager.was_clean
    assert manager.close_all()
    files = sorted((tmp_path / "data" / str(TP)).iterdir())
    indexes = [file for file in files if file.suffix in (".index", ".timeindex")]
    assert len(indexes) >= 6
    assert dump(indexes, "--index-sanity-check").count("passed sanity check") == len(indexes)
    everything = [file for file in files if file.suffix in (".log", ".index", ".timeindex", ".txnindex", ".snapshot")]
    output = dump(everything, "--verify-index-only")
    assert "mismatch" not in output.lower()
    assert "out of order" not in output.lower()
    assert output.count("isvalid: true") == batch_count
    assert "isvalid: false" not in output
    assert output.count("firstOffset: ") == 10  # of aborted transactions
    assert "producerId: 10 producerEpoch: 0 coordinatorEpoch: -1 currentTxnFirstOffset: OptionalLong[670]" in output
