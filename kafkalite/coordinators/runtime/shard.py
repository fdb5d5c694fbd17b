"""The interface of a state machine that can be run: replay, and the steps around loading.

Source: CoordinatorShard, CoordinatorPlayback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from typing import Any

    from kafkalite.coordinators.runtime.result import Replies


class Shard(Protocol):
    """The state of one partition of an internal topic. Only replay changes what the records say.

    What the records do not say (who waits, which timers run) is soft state: it is gone after a reload, as it is after
    a failover of Kafka's.
    """

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
        """Apply one record.

        Args:
            key, value: generated classes; `value` is None for a tombstone.
            offset: of the record in the log.
            producer_id, producer_epoch: of the transaction that the record belongs to, -1 for none.
        """

    def replay_end_transaction_marker(self, producer_id: int, producer_epoch: int, is_commit: bool) -> None:
        """Apply the end of a transaction."""

    def on_loaded(self) -> None:
        """The whole log was replayed: start timers."""

    def on_unloaded(self) -> Replies:
        """The shard is given up: return the answers to all who wait, NOT_COORDINATOR as a rule."""
