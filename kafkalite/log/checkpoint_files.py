"""The offset checkpoints beside the partitions of a log directory, read at the start and written after changes.

Source: OffsetCheckpointFile, LogManager.checkpointRecoveryOffsetsInDir.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.log.checkpoints import (
    PARTITION_METADATA_FILE,
    CorruptCheckpoint,
    decode_offset_checkpoint,
    decode_partition_metadata,
    encode_offset_checkpoint,
)
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.uuids import ZERO_UUID

if TYPE_CHECKING:
    from kafkalite.log.disk_health import DiskHealth
    from kafkalite.model.identifiers import TopicPartition
    from kafkalite.storage.interface import LogDirectory, PartitionStore


class CheckpointFiles:
    """The files with one offset per partition.

    Args:
        directory: of the partitions.
        health: receives the faults of writes.
    """

    __slots__ = ("_directory", "_health", "_written")

    def __init__(self, directory: LogDirectory, health: DiskHealth) -> None:
        self._directory = directory
        self._health = health
        self._written: dict[str, bytes] = {}

    def read(self, name: str, consequence: str) -> dict[TopicPartition, int]:
        """Return the offsets of a checkpoint; empty if there is no file.

        Args:
            consequence: effect of a start without the file, for the advice in the fault.

        Raises:
            StorageFault: the file is damaged, which no crash can cause, since it is written atomically. Apache Kafka
                does not start with a damaged one either.
        """
        data = self._directory.read_root(name)
        if data is None:
            return {}
        try:
            return decode_offset_checkpoint(data)
        except CorruptCheckpoint as problem:
            path = f"{self._directory.path}/{name}"
            advice = f"the checkpoint is damaged ({problem}): remove the file to start without it; then {consequence}"
            raise StorageFault("read", path, advice) from problem

    def write(self, name: str, offsets: dict[TopicPartition, int], *, durable: bool = True) -> None:
        """Write a checkpoint, unless the file has the same content already.

        Raises:
            StorageFault: the file cannot be written.
        """
        data = encode_offset_checkpoint(offsets)
        if self._written.get(name) != data:
            self._directory.replace_root(name, data, durable=durable)
            self._written[name] = data

    def try_to_write(self, name: str, offsets: dict[TopicPartition, int], *, durable: bool = True) -> None:
        """Write a checkpoint; report a fault, and leave the retry to the next call."""
        try:
            self.write(name, offsets, durable=durable)
        except StorageFault as fault:
            self._health.report(name, fault, "it stays as it was until the next checkpoint")
        else:
            self._health.note_recovery(name)


def read_topic_id(store: PartitionStore) -> bytes:
    """Return the topic id in a partition's directory; zero if the file is missing or unreadable."""
    try:
        return decode_partition_metadata(store.read_whole(PARTITION_METADATA_FILE))
    except (StorageFault, CorruptCheckpoint):
        return ZERO_UUID
