"""The state of one producer in a partition: its epoch, its last batches and its open transaction.

Source: ProducerStateEntry and BatchMetadata.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

RETAINED_BATCH_COUNT = 5
"""The number of batches in which a retry is recognised; clients keep at most as many in flight. Source:
ProducerStateEntry.
"""

MAX_SEQUENCE = 0x7FFF_FFFF
"""The highest sequence number; the next one is 0."""

NO_PRODUCER_EPOCH = -1
NO_SEQUENCE = -1
NO_TRANSACTION = -1


class RetainedBatch(NamedTuple):
    """One batch of a producer; offsets and sequences are inclusive at both ends."""

    first_sequence: int
    last_sequence: int
    first_offset: int
    last_offset: int
    timestamp: int


class ProducerStateEntry:
    """The state of one producer id.

    Attributes:
        producer_epoch: of its last batch or marker; -1 if unknown.
        coordinator_epoch: of the transaction coordinator that wrote the last marker; -1 for none.
        last_timestamp: largest timestamp of its last batch, or timestamp of its last marker, in milliseconds.
        current_txn_first_offset: first offset of its open transaction in this partition; -1 for none.
        next_sequence: the first sequence of the next batch under the same epoch.
        batches: the last batches under the current epoch, oldest first, at most RETAINED_BATCH_COUNT.
    """

    __slots__ = (
        "batches",
        "coordinator_epoch",
        "current_txn_first_offset",
        "last_timestamp",
        "next_sequence",
        "producer_epoch",
        "producer_id",
    )

    def __init__(
        self,
        producer_id: int,
        producer_epoch: int = NO_PRODUCER_EPOCH,
        coordinator_epoch: int = -1,
        last_timestamp: int = -1,
        current_txn_first_offset: int = NO_TRANSACTION,
    ) -> None:
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.coordinator_epoch = coordinator_epoch
        self.last_timestamp = last_timestamp
        self.current_txn_first_offset = current_txn_first_offset
        self.next_sequence = 0
        self.batches: deque[RetainedBatch] = deque(maxlen=RETAINED_BATCH_COUNT)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ProducerStateEntry):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"ProducerStateEntry({fields})"

    @property
    def last_sequence(self) -> int:
        """The last sequence under the current epoch; -1 for none."""
        return self.batches[-1].last_sequence if self.batches else NO_SEQUENCE

    @property
    def last_offset(self) -> int:
        """The offset of the last retained data record; -1 for none."""
        return self.batches[-1].last_offset if self.batches else -1

    @property
    def has_open_transaction(self) -> bool:
        """Return whether a transaction is open in this partition, with a beginning and no marker yet."""
        return self.current_txn_first_offset != NO_TRANSACTION

    def move_to_epoch(self, producer_epoch: int) -> None:
        """Set the producer epoch; a change drops the batches and restarts the sequences at 0."""
        if producer_epoch != self.producer_epoch:
            self.producer_epoch = producer_epoch
            self.batches.clear()
            self.next_sequence = 0

    def add_batch(self, producer_epoch: int, batch: RetainedBatch) -> None:
        """Add a batch under `producer_epoch`, and drop the oldest of too many batches."""
        if producer_epoch != self.producer_epoch:
            self.move_to_epoch(producer_epoch)
        self.batches.append(batch)
        last_sequence = batch[1]
        self.next_sequence = 0 if last_sequence == MAX_SEQUENCE else last_sequence + 1
        self.last_timestamp = batch[4]

    def find_batch(self, producer_epoch: int, first_sequence: int, last_sequence: int) -> RetainedBatch | None:
        """Return the retained batch with exactly this epoch and these sequences, or None."""
        if producer_epoch == self.producer_epoch:
            for batch in self.batches:
                if batch[0] == first_sequence and batch[1] == last_sequence:
                    return batch
        return None


def last_sequence_of(first_sequence: int, last_offset_delta: int) -> int:
    """Return the last sequence of a batch; -1 for a batch without sequences. Source: DefaultRecordBatch."""
    if first_sequence < 0:
        return NO_SEQUENCE
    last_sequence = first_sequence + last_offset_delta
    return last_sequence if last_sequence <= MAX_SEQUENCE else last_sequence - MAX_SEQUENCE - 1


def first_sequence_of(last_sequence: int, last_offset_delta: int) -> int:
    """Return the first sequence of a batch from its last one. Source: DefaultRecordBatch."""
    first_sequence = last_sequence - last_offset_delta
    return first_sequence if first_sequence >= 0 else first_sequence + MAX_SEQUENCE + 1
