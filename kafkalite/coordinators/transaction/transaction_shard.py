"""One partition of `__transaction_state`: the transactional ids that hash to it.

Source: TransactionStateManager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.transaction.metadata import NO_PRODUCER_EPOCH, from_value
from kafkalite.coordinators.transaction.states import ONGOING, PREPARED
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.transaction_log_key import TransactionLogKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from kafkalite.coordinators.runtime.result import Replies
    from kafkalite.coordinators.transaction.metadata import TransactionMetadata
    from kafkalite.model.identifiers import TopicPartition


class TransactionShard:
    """The state machine; what changes it is in the modules beside this one, as functions from request to Result.

    Args:
        next_producer_id: hands out an id never used before; a failure is an ApiError.
        transaction_version: the level of `transaction.version` that is finalized in the cluster now.

    Attributes:
        transactions: by transactional id. Written by replay alone.
        ongoing, prepared: the ids in state Ongoing, and in PrepareCommit or PrepareAbort.
        last_epochs: the epoch before the last bump, of ids whose producer may repeat the request that bumped it. Soft
            state: the log does not hold it, so a repetition across a restart is fenced, as Kafka's is.
        late_markers: the prepared ids whose markers are being written.
        missing_markers: the partitions of prepared ids that refused their marker for now. Soft state: after a restart
            every partition gets it again.
    """

    __slots__ = (
        "last_epochs",
        "late_markers",
        "missing_markers",
        "next_producer_id",
        "ongoing",
        "prepared",
        "transaction_version",
        "transactions",
    )

    def __init__(self, next_producer_id: Callable[[], int], transaction_version: Callable[[], int]) -> None:
        self.next_producer_id = next_producer_id
        self.transaction_version = transaction_version
        self.transactions: dict[str, TransactionMetadata] = {}
        self.ongoing: dict[str, None] = {}
        self.prepared: dict[str, None] = {}
        self.last_epochs: dict[str, int] = {}
        self.late_markers: set[str] = set()
        self.missing_markers: dict[str, frozenset[TopicPartition]] = {}

    # ---- what the runtime asks for -----------------------------------------------------------------------------------

    def replay(
        self,
        record_type: int,
        key: Any,
        value: Any,
        *,
        offset: int = -1,
        producer_id: int = -1,
        producer_epoch: int = -1,
    ) -> None:
        """Apply one record; the last record of a transactional id is its state."""
        if record_type != TransactionLogKey.RECORD_TYPE:
            return
        transactional_id = key.transactional_id
        self.ongoing.pop(transactional_id, None)
        self.prepared.pop(transactional_id, None)
        self.missing_markers.pop(transactional_id, None)
        if value is None:
            self.transactions.pop(transactional_id, None)
            self.last_epochs.pop(transactional_id, None)
            return
        metadata = self.transactions[transactional_id] = from_value(transactional_id, value)
        if metadata.state == ONGOING:
            self.ongoing[transactional_id] = None
        elif metadata.state in PREPARED:
            self.prepared[transactional_id] = None

    def replay_end_transaction_marker(self, producer_id: int, producer_epoch: int, is_commit: bool) -> None:
        """Nothing: the coordinator's own log takes part in no transaction."""

    def on_loaded(self) -> None:
        """Do nothing: the coordinator drives prepared transactions to their end after each load."""

    def on_unloaded(self) -> Replies:
        """Return nothing: no request waits here."""
        return ()

    # ---- looking -----------------------------------------------------------------------------------------------------

    def get(self, transactional_id: str) -> TransactionMetadata:
        """Return what is known of an id that a request names.

        Raises:
            ApiError: INVALID_REQUEST for the empty id, INVALID_PRODUCER_ID_MAPPING for one without any producer.
        """
        if not transactional_id:
            raise ApiError(errors.INVALID_REQUEST)
        metadata = self.transactions.get(transactional_id)
        if metadata is None:
            raise ApiError(errors.INVALID_PRODUCER_ID_MAPPING)
        return metadata

    def last_epoch(self, transactional_id: str) -> int:
        """Return the epoch before the last bump, -1 when it is not remembered."""
        return self.last_epochs.get(transactional_id, NO_PRODUCER_EPOCH)
