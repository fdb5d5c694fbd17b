"""The producers of one partition: valid next batches, retries and open transactions.

An append is `prepare` (checks, changes nothing), the write to the log, then `commit`. A log is read back by `replay`.
Batches without a producer id are not handled here.

Source: ProducerStateManager, ProducerAppendInfo, UnifiedLog.analyzeAndValidateProducerState.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.log import producer_append as append_table
from kafkalite.log.producer_append import CLIENT, COORDINATOR, REPLAY
from kafkalite.log.producer_entry import (
    MAX_SEQUENCE,
    NO_TRANSACTION,
    ProducerStateEntry,
    RetainedBatch,
    last_sequence_of,
)
from kafkalite.log.producer_snapshot import decode_snapshot, encode_snapshot
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.model.buffers import Buffer
    from kafkalite.records.batch import BatchHeader
    from kafkalite.records.control import ControlMarker

TRANSACTION_VERSION_2 = 2
"""From this version on each transaction has a separate producer epoch, and its marker has the next one. Source:
KIP-890.
"""

_TRANSACTIONAL_BIT = 0x10

_new_tuple = tuple.__new__  # the constructor of a NamedTuple takes twice as long, and every batch makes one

_REFUSALS = {
    append_table.REFUSE_SEQUENCE: errors.OUT_OF_ORDER_SEQUENCE_NUMBER,
    append_table.REFUSE_EPOCH: errors.INVALID_PRODUCER_EPOCH,
    append_table.REFUSE_TRANSACTION_STATE: errors.INVALID_TXN_STATE,
    append_table.REFUSE_COORDINATOR: errors.TRANSACTION_COORDINATOR_FENCED,
}


class DuplicateBatch(NamedTuple):
    """The batch is in the log already; `last_offset` is inclusive, `timestamp` the largest of the stored batch."""

    base_offset: int
    last_offset: int
    timestamp: int


class CompletedTransaction(NamedTuple):
    """A transaction in this partition after its end by a marker.

    Fields:
        first_offset: of its first record here.
        last_offset: of the marker.
        last_stable_offset: the one after the write of the marker; the transaction index stores it.
    """

    producer_id: int
    first_offset: int
    last_offset: int
    is_aborted: bool
    last_stable_offset: int


class PreparedProducerAppend:
    """A batch that may be appended; the state changes only in `ProducerStateManager.commit`."""

    __slots__ = ("begins_transaction", "header")

    def __init__(self, header: BatchHeader, begins_transaction: bool) -> None:
        self.header = header
        self.begins_transaction = begins_transaction


class PreparedMarker:
    """An end-transaction marker that may be appended; the state changes only in `ProducerStateManager.commit`."""

    __slots__ = ("header", "marker")

    def __init__(self, header: BatchHeader, marker: ControlMarker) -> None:
        self.header = header
        self.marker = marker


class ProducerStateManager:
    """The state of every producer id with batches in one partition.

    Args:
        producer_id_expiration_ms: `producer.id.expiration.ms`; may be changed at any time.

    Attributes:
        first_unstable_offset: first offset of the oldest open transaction; None for none. With one replica this is
            also Kafka's first unstable offset, since appended records count as replicated.
    """

    __slots__ = ("_open_transactions", "_producers", "first_unstable_offset", "producer_id_expiration_ms")

    def __init__(self, producer_id_expiration_ms: int = 86_400_000) -> None:
        self.producer_id_expiration_ms = producer_id_expiration_ms
        self.first_unstable_offset: int | None = None
        self._producers: dict[int, ProducerStateEntry] = {}
        self._open_transactions: dict[int, int] = {}  # first offset -> producer id, ascending by first offset

    def __len__(self) -> int:
        """Return the number of known producer ids."""
        return len(self._producers)

    # ---- appending -------------------------------------------------------------------------------------------------

    def prepare(
        self, header: BatchHeader, *, is_from_client: bool = True, transaction_version: int = 0
    ) -> PreparedProducerAppend | DuplicateBatch:
        """Check a data batch with a producer id, and change nothing.

        Args:
            header: its offsets are ignored.
            is_from_client: False for this broker's coordinators, whose batches have no sequences.
            transaction_version: 2 if the request adds its partitions to the transaction implicitly.

        Raises:
            ApiError: OUT_OF_ORDER_SEQUENCE_NUMBER, INVALID_PRODUCER_EPOCH, INVALID_TXN_STATE.
        """
        entry = self._producers.get(header.producer_id)
        if (
            entry is not None
            and header.base_sequence == entry.next_sequence
            and header.producer_epoch == entry.producer_epoch
            and is_from_client
            and (header.attributes & _TRANSACTIONAL_BIT != 0) is (entry.current_txn_first_offset >= 0)
        ):
            return PreparedProducerAppend(header, False)
        return self._decide_data(
            entry, header, CLIENT if is_from_client else COORDINATOR, transaction_version >= TRANSACTION_VERSION_2
        )

    def prepare_marker(
        self, header: BatchHeader, marker: ControlMarker, *, transaction_version: int = 0
    ) -> PreparedMarker:
        """Check an end-transaction marker of a transaction coordinator, and change nothing.

        Args:
            header: of the control batch; its offsets are ignored.
            marker: the record of that batch.
            transaction_version: of the coordinator's request; from 2 on the epoch must be above the transaction's.

        Raises:
            ApiError: INVALID_PRODUCER_EPOCH, TRANSACTION_COORDINATOR_FENCED.
        """
        given = append_table.classify_marker(
            self._producers.get(header.producer_id),
            header.producer_epoch,
            marker.coordinator_epoch,
            origin=COORDINATOR,
            is_epoch_bumped=transaction_version >= TRANSACTION_VERSION_2,
        )
        outcome = append_table.decide(append_table.MARKER_ROWS, given)
        if outcome in _REFUSALS:
            raise ApiError(
                _REFUSALS[outcome],
                f"Marker of producer {header.producer_id}, epoch {header.producer_epoch}, coordinator epoch "
                f"{marker.coordinator_epoch} refused: {given.epoch}; now {self._producers[header.producer_id]!r}.",
            )
        return PreparedMarker(header, marker)

    def commit(
        self, prepared: PreparedProducerAppend | PreparedMarker, base_offset: int
    ) -> CompletedTransaction | None:
        """Apply a prepared batch or marker to the state, now that the log holds it from `base_offset` on.

        Returns:
            The transaction that a marker ended, which belongs in the transaction index if it was aborted; None for data
            and for a marker without an open transaction.
        """
        if isinstance(prepared, PreparedMarker):
            return self._commit_marker(prepared, base_offset)
        header = prepared.header
        entry = self._producers.get(header.producer_id) or self._add(header.producer_id)
        first_sequence = header.base_sequence
        delta = header.last_offset_delta
        last_sequence = first_sequence + delta
        if first_sequence < 0 or last_sequence > MAX_SEQUENCE:
            last_sequence = last_sequence_of(first_sequence, delta)
        batch = (first_sequence, last_sequence, base_offset, base_offset + delta, header.max_timestamp)
        entry.add_batch(header.producer_epoch, _new_tuple(RetainedBatch, batch))
        if prepared.begins_transaction:
            self._open(entry, base_offset)
        return None

    # ---- reading the log back --------------------------------------------------------------------------------------

    def replay(self, header: BatchHeader) -> None:
        """Apply a data batch of the log to the state, without any refusal, since the log holds it.

        Deviation: Kafka fails to load a log with a plain batch within a transaction; here it is loaded as it is.
        """
        entry = self._producers.get(header.producer_id)
        prepared = self._decide_data(entry, header, REPLAY, False)
        assert isinstance(prepared, PreparedProducerAppend)
        self.commit(prepared, header.base_offset)

    def replay_marker(self, header: BatchHeader, marker: ControlMarker) -> CompletedTransaction | None:
        """Apply an end-transaction marker of the log to the state, and return the transaction that it ended, or None.

        Must not be called with a control batch that compaction has emptied, which ends nothing.
        """
        return self._commit_marker(PreparedMarker(header, marker), header.base_offset)

    # ---- the whole state -------------------------------------------------------------------------------------------

    def reset(self) -> None:
        """Drop the whole state, before a load and replay of the remaining log."""
        self._producers.clear()
        self._open_transactions.clear()
        self.first_unstable_offset = None

    def load_snapshot(self, data: Buffer, *, now_ms: int) -> None:
        """Replace the state with that of a snapshot file, without producers that have expired by `now_ms`.

        Raises:
            CorruptSnapshot: the bytes are not a valid snapshot; the state is unchanged.
        """
        entries = [entry for entry in decode_snapshot(data) if not self._is_expired(entry, now_ms)]
        self.reset()
        self._producers.update((entry.producer_id, entry) for entry in entries)
        open_entries = sorted(
            (entry.current_txn_first_offset, entry.producer_id) for entry in entries if entry.has_open_transaction
        )
        self._open_transactions.update(open_entries)
        self._find_first_unstable()

    def encode_snapshot(self) -> bytes:
        """Return the bytes of a snapshot file of the present state."""
        return encode_snapshot(self._producers.values())

    def remove_expired(self, now_ms: int) -> int:
        """Drop expired producers without an open transaction, and return their number."""
        expired = [entry.producer_id for entry in self._producers.values() if self._is_expired(entry, now_ms)]
        for producer_id in expired:
            del self._producers[producer_id]
        return len(expired)

    # ---- looking -------------------------------------------------------------------------------------------------

    def find(self, producer_id: int) -> ProducerStateEntry | None:
        """Return the state of a producer, or None if it is unknown."""
        return self._producers.get(producer_id)

    def active_producers(self) -> Iterable[ProducerStateEntry]:
        """Return the state of every known producer, for DescribeProducers; read-only."""
        return self._producers.values()

    def has_open_transaction(self, producer_id: int, producer_epoch: int) -> bool:
        """Return whether this producer has an open transaction under this epoch."""
        entry = self._producers.get(producer_id)
        return entry is not None and entry.has_open_transaction and entry.producer_epoch == producer_epoch

    # ---- inside ----------------------------------------------------------------------------------------------------

    def _decide_data(
        self, entry: ProducerStateEntry | None, header: BatchHeader, origin: str, is_epoch_bumped: bool
    ) -> PreparedProducerAppend | DuplicateBatch:
        given = append_table.classify_data(entry, header, origin=origin, is_epoch_bumped=is_epoch_bumped)
        outcome = append_table.decide(append_table.DATA_ROWS, given)
        if outcome == append_table.DUPLICATE:
            return _duplicate(entry, header)
        if outcome in _REFUSALS:
            raise ApiError(
                _REFUSALS[outcome],
                f"Batch of producer {header.producer_id}, epoch {header.producer_epoch}, first sequence "
                f"{header.base_sequence} refused: {given.standing}; now {entry!r}.",
            )
        return PreparedProducerAppend(header, outcome == append_table.BEGIN_TRANSACTION)

    def _commit_marker(self, prepared: PreparedMarker, offset: int) -> CompletedTransaction | None:
        header = prepared.header
        producer_id = header.producer_id
        entry = self._producers.get(producer_id) or self._add(producer_id)
        first_offset = entry.current_txn_first_offset
        entry.move_to_epoch(header.producer_epoch)
        entry.coordinator_epoch = prepared.marker.coordinator_epoch
        entry.last_timestamp = header.max_timestamp
        if first_offset == NO_TRANSACTION:
            return None
        entry.current_txn_first_offset = NO_TRANSACTION
        del self._open_transactions[first_offset]
        self._find_first_unstable()
        last_stable_offset = offset + 1 if self.first_unstable_offset is None else self.first_unstable_offset
        is_aborted = not prepared.marker.is_commit
        return CompletedTransaction(producer_id, first_offset, offset, is_aborted, last_stable_offset)

    def _add(self, producer_id: int) -> ProducerStateEntry:
        entry = self._producers[producer_id] = ProducerStateEntry(producer_id)
        return entry

    def _open(self, entry: ProducerStateEntry, first_offset: int) -> None:
        entry.current_txn_first_offset = first_offset
        self._open_transactions[first_offset] = entry.producer_id
        if self.first_unstable_offset is None:
            self.first_unstable_offset = first_offset

    def _find_first_unstable(self) -> None:
        self.first_unstable_offset = next(iter(self._open_transactions), None)

    def _is_expired(self, entry: ProducerStateEntry, now_ms: int) -> bool:
        return not entry.has_open_transaction and now_ms - entry.last_timestamp >= self.producer_id_expiration_ms


def _duplicate(entry: ProducerStateEntry | None, header: BatchHeader) -> DuplicateBatch:
    assert entry is not None
    last_sequence = last_sequence_of(header.base_sequence, header.last_offset_delta)
    batch = entry.find_batch(header.producer_epoch, header.base_sequence, last_sequence)
    assert batch is not None
    return DuplicateBatch(batch.first_offset, batch.last_offset, batch.timestamp)
