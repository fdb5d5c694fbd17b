"""A log directory for tests: any disk, a manual clock, and functions for record batches."""

from __future__ import annotations

from collections.abc import Mapping

from kafkalite.log.config import LogConfig
from kafkalite.log.manager import LogManager
from kafkalite.log.partition_log import PartitionLog
from kafkalite.log.results import AppendResult
from kafkalite.model.identifiers import TopicPartition
from kafkalite.records.batch import iterate_batches, iterate_records
from kafkalite.records.builder import build_batch
from kafkalite.records.control import build_end_transaction_marker
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.clock import ManualClock
from kafkalite.system.entropy import SeededEntropy
from kafkalite.system.files import Files
from kafkalite.system.memory_files import MemoryFiles

TP = TopicPartition("orders", 0)
TOPIC_ID = bytes(range(16))
NOW_MS = 1_700_000_000_000


class Harness:
    """One log directory; `restart` closes or abandons it and opens it again."""

    def __init__(
        self, files: Files | None = None, path: str = "/data", config: Mapping[str, str] | None = None
    ) -> None:
        self.files = files or MemoryFiles()
        self.path = path
        self.config = LogConfig.from_values(config or {})
        self.clock = ManualClock(NOW_MS)
        self.start()

    def start(self) -> None:
        self.directory = FileLogDirectory(self.files, self.path, SeededEntropy(1))
        self.manager = LogManager(self.directory, self.clock, SeededEntropy(2), self.config)

    def open(self, topic_partition: TopicPartition = TP) -> PartitionLog:
        return self.manager.create(topic_partition, TOPIC_ID, self.config)

    def restart(self, *, clean: bool) -> PartitionLog:
        if clean:
            assert self.manager.close_all()
        else:
            self.directory._lock.release()  # as a killed process does
        self.start()
        assert self.manager.open_all(lambda tp, topic_id: self.config) == []
        log = self.manager.get(TP)
        assert log is not None
        return log

    def names(self, topic_partition: TopicPartition = TP) -> list[str]:
        return sorted(self.files.list_directory(f"{self.path}/{topic_partition}"))

    def read_file(self, name: str, topic_partition: TopicPartition = TP) -> bytes:
        return self.files.read(f"{self.path}/{topic_partition}/{name}")


def make_batch(*values: bytes, timestamp: int = NOW_MS, **fields: object) -> bytearray:
    """Return one batch, whose records all have the same timestamp."""
    from kafkalite.records.builder import RecordData

    records = [RecordData(None, value, timestamp) for value in values]
    return build_batch(records, now_ms=timestamp, **fields)  # type: ignore[arg-type]


def append(log: PartitionLog, *values: bytes, timestamp: int = NOW_MS, **fields: object) -> AppendResult:
    """Append one batch of these values."""
    return log.append(memoryview(make_batch(*values, timestamp=timestamp, **fields)), now_ms=timestamp)


def append_marker(log: PartitionLog, producer_id: int, producer_epoch: int = 0, *, is_commit: bool) -> AppendResult:
    """End a transaction."""
    marker = build_end_transaction_marker(
        producer_id=producer_id, producer_epoch=producer_epoch, is_commit=is_commit, coordinator_epoch=0, now_ms=NOW_MS
    )
    return log.append(memoryview(marker), now_ms=NOW_MS, is_from_client=False)


def read_values(log: PartitionLog, offset: int = 0, max_bytes: int = 1 << 20, **how: bool) -> list[tuple[int, bytes]]:
    """Return (offset, value) of the data records from `offset` on, fetch after fetch."""
    found: list[tuple[int, bytes]] = []
    while True:
        records = log.read(offset, max_bytes, **how).records
        if not len(records):
            return found
        for header in iterate_batches(records):
            if not header.is_control:
                found.extend(
                    (record.offset, record.value or b"")
                    for record in iterate_records(records, header)
                    if record.offset >= offset
                )
            next_offset = header.end_offset
        assert next_offset > offset
        offset = next_offset
