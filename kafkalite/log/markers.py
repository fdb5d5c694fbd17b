"""The control batches that end transactions, as the log handles them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.log.transaction_index import AbortedTransaction
from kafkalite.records.batch import iterate_records

if TYPE_CHECKING:
    from kafkalite.log.producer_state import CompletedTransaction
    from kafkalite.model.buffers import Buffer
    from kafkalite.records.batch import BatchHeader
    from kafkalite.records.control import ControlMarker


def read_marker(buffer: Buffer, header: BatchHeader) -> ControlMarker | None:
    """Return the marker of the control batch at `header.position`.

    None if it does not end a transaction, or if compaction has emptied it.

    Raises:
        InvalidRecord: the record is not a control record.
    """
    from kafkalite.records.control import ABORT, COMMIT, read_control_kind, read_end_transaction_marker

    record = next(iter(iterate_records(buffer, header)), None)
    if record is None or read_control_kind(record) not in (ABORT, COMMIT):
        return None
    return read_end_transaction_marker(record)


def to_aborted_transaction(completed: CompletedTransaction) -> AbortedTransaction:
    """Return the transaction index entry of an aborted transaction."""
    return AbortedTransaction(
        completed.producer_id, completed.first_offset, completed.last_offset, completed.last_stable_offset
    )
