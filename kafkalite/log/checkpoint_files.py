"""The offset checkpoints beside the partitions of a log directory: read at the start, written when something changed.

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
    """The files that hold an offset for each partition.

    Args:
        directory: of the partitions.
        health: hears of files that cannot be written.
    """

    __slots__ = ("_directory", "_health", "_written")

    def __init__(self, directory: LogDirectory, health: DiskHealth) -> None:
        self._directory = directory
        self._health = health
        self._written: dict[str, bytes] = {}

    def read(self, name: str, consequence: str) -> dict[TopicPartition, int]:
        """Return the offsets of a checkpoint, none where there is no file.

        Args:
            consequence: the price of a start without the file, for the advice in the fault.

        Raises:
            StorageFault: it is damaged, though it is written such that no crash leaves half of it. Apache Kafka does
                not start with one either.
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
        """Write a checkpoint, unless the file says the same already.

        Raises:
            StorageFault: it cannot be written.
        """
        data = encode_offset_checkpoint(offsets)
        if self._written.get(name) != data:
            self._directory.replace_root(name, data, durable=durable)
            self._written[name] = data

    def try_to_write(self, name: str, offsets: dict[TopicPartition, int], *, durable: bool = True) -> None:
        """Write a checkpoint; a fault is reported, and the next call tries again."""
        try:
            self.write(name, offsets, durable=durable)
        except StorageFault as fault:
            self._health.report(name, fault, "it stays as it was until the next checkpoint")
        else:
            self._health.note_recovery(name)


def read_topic_id(store: PartitionStore) -> bytes:
    """Return the topic id in a partition's directory, zero where there is none that can be read."""
    try:
        return decode_partition_metadata(store.read_whole(PARTITION_METADATA_FILE))
    except (StorageFault, CorruptCheckpoint):
        return ZERO_UUID
