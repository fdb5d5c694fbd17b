"""The decision on a batch of an idempotent or transactional producer, as two tables.

A batch is first classified against the state of its producer (`DataInput`, `MarkerInput`); exactly one row of the table
matches each input and names the outcome. The tables are data: tests enumerate every input. `ProducerStateManager`
decides the common case (the next batch of a known producer) without these tables.

Source: ProducerAppendInfo, UnifiedLog.analyzeAndValidateProducerState; KIP-98, KIP-360, KIP-890.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.log.producer_entry import NO_PRODUCER_EPOCH, last_sequence_of

if TYPE_CHECKING:
    from kafkalite.log.producer_entry import ProducerStateEntry
    from kafkalite.records.batch import BatchHeader

MAX_PRODUCER_EPOCH = 0x7FFF
"""The highest epoch of a producer id; a coordinator assigns a new id rather than exceed it."""

# ---- origins of an append ------------------------------------------------------------------------------------------
CLIENT = "client"
"""A Produce request: everything is checked."""
COORDINATOR = "coordinator"
"""This broker's coordinators: epochs are checked; their batches have no sequences."""
REPLAY = "replay"
"""The log itself, read back: its batches are written already, so that none is refused."""

# ---- standing of a data batch against the state of its producer ----------------------------------------------------
UNKNOWN_FROM_ZERO = "unknown producer, first sequence 0"
UNKNOWN_LATER = "unknown producer, another first sequence"
OLDER_EPOCH = "older epoch"
RETRY = "same epoch, exactly a retained batch"
NEXT = "same epoch, next sequence"
GAP = "same epoch, neither a retained batch nor the next sequence"
NEWER_FROM_ZERO = "newer epoch, first sequence 0"
NEWER_LATER = "newer epoch, another first sequence"

STANDINGS = (UNKNOWN_FROM_ZERO, UNKNOWN_LATER, OLDER_EPOCH, RETRY, NEXT, GAP, NEWER_FROM_ZERO, NEWER_LATER)

# ---- standing of a marker's epoch ----------------------------------------------------------------------------------
MARKER_UNKNOWN = "unknown producer"
MARKER_OLDER = "older epoch"
MARKER_SAME = "same epoch"
MARKER_SAME_AT_LIMIT = "same epoch, and it cannot grow"
MARKER_NEWER = "newer epoch"

MARKER_EPOCHS = (MARKER_UNKNOWN, MARKER_OLDER, MARKER_SAME, MARKER_SAME_AT_LIMIT, MARKER_NEWER)

# ---- outcomes ------------------------------------------------------------------------------------------------------
APPEND = "append"
BEGIN_TRANSACTION = "append, and a transaction begins here"
COMPLETE_TRANSACTION = "append, and the open transaction ends here"
DUPLICATE = "answer with the offsets of the retained batch"
REFUSE_SEQUENCE = "OUT_OF_ORDER_SEQUENCE_NUMBER"
REFUSE_EPOCH = "INVALID_PRODUCER_EPOCH"
REFUSE_TRANSACTION_STATE = "INVALID_TXN_STATE"
REFUSE_COORDINATOR = "TRANSACTION_COORDINATOR_FENCED"


class DataInput(NamedTuple):
    """A data batch, classified.

    Fields:
        is_epoch_bumped: the request follows transaction version 2, with a separate producer epoch for each transaction.
    """

    origin: str
    standing: str
    is_transactional: bool
    is_transaction_open: bool
    is_epoch_bumped: bool


class MarkerInput(NamedTuple):
    """An end-transaction marker, classified.

    Fields:
        is_coordinator_stale: an earlier marker came from a coordinator with a higher epoch.
        is_epoch_bumped: the marker follows transaction version 2: its epoch is one above the transaction's.
    """

    origin: str
    epoch: str
    is_coordinator_stale: bool
    is_transaction_open: bool
    is_epoch_bumped: bool


class Row(NamedTuple):
    """One decision: the permitted values of each field of an input (None: any), and the outcome."""

    conditions: tuple[tuple[object, ...] | None, ...]
    outcome: str

    def matches(self, given: tuple[object, ...]) -> bool:
        """Return whether the row applies to `given`."""
        for allowed, value in zip(self.conditions, given, strict=True):
            if allowed is not None and value not in allowed:
                return False
        return True


_YES = (True,)
_NO = (False,)
_ANY = None
_IN_ORDER = (UNKNOWN_FROM_ZERO, NEXT, NEWER_FROM_ZERO)
_IN_ORDER_WITHOUT_TRANSACTION = (*_IN_ORDER, UNKNOWN_LATER)
_NOT_OLDER = tuple(standing for standing in STANDINGS if standing != OLDER_EPOCH)

DATA_ROWS = (
    # origin, standing, is transactional, is transaction open, is epoch bumped
    Row(((CLIENT,), (RETRY,), _ANY, _ANY, _ANY), DUPLICATE),
    # A zombie: a newer incarnation has its id and has written here.
    Row(((CLIENT, COORDINATOR), (OLDER_EPOCH,), _ANY, _ANY, _ANY), REFUSE_EPOCH),
    # An earlier batch was lost or is still in transit, or this one is older than the retained batches.
    Row(((CLIENT,), (GAP, NEWER_LATER), _ANY, _ANY, _ANY), REFUSE_SEQUENCE),
    # An unknown producer may continue anywhere: its state may have expired or been deleted with its records. A
    # transaction with a separate epoch cannot have lost any state, though, so a later sequence means a missing batch.
    Row(((CLIENT,), (UNKNOWN_LATER,), _YES, _ANY, _YES), REFUSE_SEQUENCE),
    Row(((CLIENT,), (UNKNOWN_LATER,), _YES, _NO, _NO), BEGIN_TRANSACTION),
    Row(((CLIENT,), (UNKNOWN_LATER,), _YES, _YES, _NO), APPEND),
    Row(((CLIENT,), _IN_ORDER, _YES, _NO, _ANY), BEGIN_TRANSACTION),
    Row(((CLIENT,), _IN_ORDER, _YES, _YES, _ANY), APPEND),
    Row(((CLIENT,), _IN_ORDER_WITHOUT_TRANSACTION, _NO, _NO, _ANY), APPEND),
    # Within an open transaction, the batch could be neither committed nor aborted with it.
    Row(((CLIENT,), _IN_ORDER_WITHOUT_TRANSACTION, _NO, _YES, _ANY), REFUSE_TRANSACTION_STATE),
    Row(((COORDINATOR,), _NOT_OLDER, _YES, _NO, _ANY), BEGIN_TRANSACTION),
    Row(((COORDINATOR,), _NOT_OLDER, _YES, _YES, _ANY), APPEND),
    Row(((COORDINATOR,), _NOT_OLDER, _NO, _NO, _ANY), APPEND),
    Row(((COORDINATOR,), _NOT_OLDER, _NO, _YES, _ANY), REFUSE_TRANSACTION_STATE),
    Row(((REPLAY,), _ANY, _YES, _NO, _ANY), BEGIN_TRANSACTION),
    Row(((REPLAY,), _ANY, _YES, _YES, _ANY), APPEND),
    Row(((REPLAY,), _ANY, _NO, _ANY, _ANY), APPEND),
)

_FREE_EPOCH = (MARKER_UNKNOWN, MARKER_SAME_AT_LIMIT, MARKER_NEWER)

MARKER_ROWS = (
    # origin, epoch, is coordinator stale, is transaction open, is epoch bumped
    Row(((COORDINATOR,), (MARKER_OLDER,), _ANY, _ANY, _ANY), REFUSE_EPOCH),
    # The open transaction has this epoch, so the marker is a late one of the previous transaction.
    Row(((COORDINATOR,), (MARKER_SAME,), _ANY, _YES, _YES), REFUSE_EPOCH),
    Row(((COORDINATOR,), (MARKER_SAME,), _YES, _YES, _NO), REFUSE_COORDINATOR),
    Row(((COORDINATOR,), (MARKER_SAME,), _YES, _NO, _ANY), REFUSE_COORDINATOR),
    Row(((COORDINATOR,), _FREE_EPOCH, _YES, _ANY, _ANY), REFUSE_COORDINATOR),
    Row(((COORDINATOR,), (MARKER_SAME,), _NO, _YES, _NO), COMPLETE_TRANSACTION),
    # A repeated marker: its coordinator was restarted, or the response was lost.
    Row(((COORDINATOR,), (MARKER_SAME,), _NO, _NO, _ANY), APPEND),
    Row(((COORDINATOR,), _FREE_EPOCH, _NO, _YES, _ANY), COMPLETE_TRANSACTION),
    Row(((COORDINATOR,), _FREE_EPOCH, _NO, _NO, _ANY), APPEND),
    Row(((REPLAY,), _ANY, _ANY, _YES, _ANY), COMPLETE_TRANSACTION),
    Row(((REPLAY,), _ANY, _ANY, _NO, _ANY), APPEND),
)


def decide(rows: tuple[Row, ...], given: tuple[object, ...]) -> str:
    """Return the outcome of the one row that matches `given`."""
    for row in rows:
        if row.matches(given):
            return row.outcome
    raise AssertionError(f"no row decides {given}")


def classify_data(
    entry: ProducerStateEntry | None, header: BatchHeader, *, origin: str, is_epoch_bumped: bool
) -> DataInput:
    """Classify a data batch against the state of its producer (None: unknown)."""
    return DataInput(
        origin,
        _standing(entry, header),
        bool(header.is_transactional),
        entry is not None and entry.has_open_transaction,
        is_epoch_bumped,
    )


def classify_marker(
    entry: ProducerStateEntry | None,
    producer_epoch: int,
    coordinator_epoch: int,
    *,
    origin: str,
    is_epoch_bumped: bool,
) -> MarkerInput:
    """Classify an end-transaction marker against the state of its producer (None: unknown)."""
    return MarkerInput(
        origin,
        _marker_epoch(entry, producer_epoch),
        entry is not None and entry.coordinator_epoch > coordinator_epoch,
        entry is not None and entry.has_open_transaction,
        is_epoch_bumped,
    )


def _standing(entry: ProducerStateEntry | None, header: BatchHeader) -> str:
    first_sequence = header.base_sequence
    if entry is None or entry.producer_epoch == NO_PRODUCER_EPOCH:
        return UNKNOWN_FROM_ZERO if first_sequence == 0 else UNKNOWN_LATER
    if header.producer_epoch < entry.producer_epoch:
        return OLDER_EPOCH
    if header.producer_epoch > entry.producer_epoch:
        return NEWER_FROM_ZERO if first_sequence == 0 else NEWER_LATER
    last_sequence = last_sequence_of(first_sequence, header.last_offset_delta)
    if entry.find_batch(header.producer_epoch, first_sequence, last_sequence) is not None:
        return RETRY
    return NEXT if first_sequence == entry.next_sequence else GAP


def _marker_epoch(entry: ProducerStateEntry | None, producer_epoch: int) -> str:
    if entry is None or entry.producer_epoch == NO_PRODUCER_EPOCH:
        return MARKER_UNKNOWN
    if producer_epoch != entry.producer_epoch:
        return MARKER_OLDER if producer_epoch < entry.producer_epoch else MARKER_NEWER
    return MARKER_SAME_AT_LIMIT if producer_epoch == MAX_PRODUCER_EPOCH else MARKER_SAME
