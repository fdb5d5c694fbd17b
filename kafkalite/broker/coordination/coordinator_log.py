"""The log of a coordinator's shard: one partition of an internal topic, as `coordinators.runtime` wants it.

Source: PartitionWriter, CoordinatorLoaderImpl.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.data.partitions import appended
from kafkalite.broker.data.storage_errors import storage_error
from kafkalite.log.results import AppendResult
from kafkalite.model.completion import Completion
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.batch import iterate_batches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kafkalite.broker.data.partitions import Partitions
    from kafkalite.log.partition_log import PartitionLog
    from kafkalite.model.buffers import Buffer
    from kafkalite.model.identifiers import TopicPartition


class PartitionCoordinatorLog:
    """Implements `coordinators.runtime.log.CoordinatorLog`.

    Args:
        load_buffer_bytes: the bytes that are read at a time while loading.
    """

    __slots__ = ("_load_buffer_bytes", "_partition", "_partitions")

    def __init__(self, partitions: Partitions, partition: TopicPartition, load_buffer_bytes: int) -> None:
        self._partitions = partitions
        self._partition = partition
        self._load_buffer_bytes = load_buffer_bytes

    @property
    def leader_epoch(self) -> int:
        """The epoch under which this broker leads the partition: the coordinator's epoch in markers."""
        return self._log().leader_epoch

    @property
    def next_offset(self) -> int:
        """The offset that the next record gets, if the appends that are late go well."""
        return self._log().next_offset

    @property
    def max_batch_bytes(self) -> int:
        """`max.message.bytes` of the topic."""
        return self._log().config.max_message_bytes

    def check_room(self, size_bytes: int) -> None:
        """Raise where the last append failed and one of this size would fail too.

        Raises:
            ApiError: UNKNOWN_TOPIC_OR_PARTITION, KAFKA_STORAGE_ERROR.
        """
        try:
            self._log().check_room(size_bytes)
        except StorageFault as fault:
            raise storage_error(fault) from fault

    def append(self, batch: bytearray, *, is_control: bool = False, transaction_version: int = 0) -> Completion | None:
        """Append one batch, and wake the fetches that wait for it.

        Returns None where it is in the log, else its end, whose error is an ApiError.

        Raises:
            ApiError: UNKNOWN_TOPIC_OR_PARTITION, KAFKA_STORAGE_ERROR, NOT_LEADER_OR_FOLLOWER, and what the log says of
                producers.
        """
        log = self._log()
        next_offset = log.next_offset
        result = self._partitions.append(
            log, memoryview(batch), is_from_client=False, transaction_version=transaction_version, is_lasting=True
        )
        if isinstance(result, AppendResult):
            return None
        late, change = result, Completion()

        def end() -> None:
            try:
                base_offset = appended(late).base_offset
            except ApiError as error:
                change.end(error)
                return
            # Another writer's batch before this one failed, and the offsets that the shard knows are not the log's.
            change.end(None if base_offset == next_offset else ApiError(errors.NOT_LEADER_OR_FOLLOWER))

        late.then(end)
        return change

    def hold_answer(self, change: Completion) -> None:
        """Let the answer to the request at hand wait for a change of the shard that it depends on."""
        self._partitions.unstored.note(change)

    def note_unreadable(self, problem: Exception) -> None:
        """Say that the records cannot be loaded, and why."""
        log = self._partitions.find(self._partition.topic, self._partition.partition)
        if log is not None:
            fault = StorageFault("load", str(self._partition), str(problem))
            consequence = "what it coordinates is answered NOT_COORDINATOR until its records can be read"
            log.health.report(f"coordinator of {self._partition}", fault, consequence)

    def batches(self) -> Iterator[Buffer]:
        """Yield the log from its start to its end.

        Raises:
            ApiError: KAFKA_STORAGE_ERROR.
        """
        log = self._log()
        offset = log.log_start_offset
        while offset < log.end_offset:
            try:
                records = log.read(offset, self._load_buffer_bytes).in_memory
            except StorageFault as fault:
                raise storage_error(fault) from fault
            for header in iterate_batches(records):
                offset = header.end_offset
            yield records

    def _log(self) -> PartitionLog:
        return self._partitions.get(self._partition.topic, self._partition.partition)
