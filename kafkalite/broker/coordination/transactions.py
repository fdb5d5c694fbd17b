"""The transaction coordinator of this broker: the shards of `__transaction_state`, and what is due because of time.

A request runs as one operation on its shard. What is decided by it is carried out at once: the markers are written
before the reply goes out, so that a consumer sees a committed transaction as soon as its producer knows of it.

Source: TransactionCoordinator, TransactionStateManager.
"""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.broker.coordination.coordinator_log import PartitionCoordinatorLog
from kafkalite.cluster.features import TRANSACTION_VERSION
from kafkalite.cluster.topic_names import TRANSACTION_STATE
from kafkalite.coordinators.runtime.partitioning import partition_for
from kafkalite.coordinators.runtime.runtime import ShardRuntime
from kafkalite.coordinators.transaction.completion import complete_prepared
from kafkalite.coordinators.transaction.end import end_transaction
from kafkalite.coordinators.transaction.expiration import abort_timed_out, remove_expired, timed_out_transactions
from kafkalite.coordinators.transaction.init_producer_id import check_request, init_producer_id
from kafkalite.coordinators.transaction.listing import describe_transaction, list_transactions
from kafkalite.coordinators.transaction.partitions import add_partitions, verify_partitions
from kafkalite.coordinators.transaction.transaction_shard import TransactionShard
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.limits import MARKER_RETRY_INTERVAL_MS, SHOWN_NAME_MAX_CHARS
from kafkalite.model.shown_text import shown_text
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from kafkalite.broker.coordination.producer_ids import ProducerIdAllocator
    from kafkalite.broker.coordination.transaction_markers import TransactionMarkers
    from kafkalite.broker.data.partitions import Partitions
    from kafkalite.broker.metadata.metadata_log import MetadataLog
    from kafkalite.broker.metadata.topic_creation import TopicCreator
    from kafkalite.coordinators.runtime.result import Result
    from kafkalite.coordinators.transaction.end import EndTransaction
    from kafkalite.coordinators.transaction.init_producer_id import InitProducerId
    from kafkalite.coordinators.transaction.listing import TransactionFilter
    from kafkalite.coordinators.transaction.outcome import ProducerIdentity
    from kafkalite.coordinators.transaction.partitions import Producer
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.describe_transactions_response import TransactionState as DescribedTransaction
    from kafkalite.protocol.messages.list_transactions_response import TransactionState as ListedTransaction
    from kafkalite.settings import Settings
    from kafkalite.system.clock import Clock
    from kafkalite.system.timers import TimerQueue

_log = getLogger("kafkalite.transactions")

NO_SEQUENCE = -1
"""Kafka's transaction coordinator, unlike its group coordinator, writes batches without sequences."""


class Shard:
    """One shard with its log."""

    __slots__ = ("is_retrying", "log", "runtime")

    def __init__(self, runtime: ShardRuntime[TransactionShard], log: PartitionCoordinatorLog) -> None:
        self.runtime = runtime
        self.log = log
        self.is_retrying = False


class TransactionCoordinator:
    """Coordinates all transactions: there is no other broker.

    Attributes:
        markers: ends transactions in partitions.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        timers: TimerQueue,
        metadata: MetadataLog,
        partitions: Partitions,
        producer_ids: ProducerIdAllocator,
        topic_creator: TopicCreator,
        markers: TransactionMarkers,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._timers = timers
        self._metadata = metadata
        self._partitions = partitions
        self._producer_ids = producer_ids
        self._topic_creator = topic_creator
        self.markers = markers
        self._max_timeout_ms = settings.get_int("transaction.max.timeout.ms")
        self._expiration_ms = settings.get_int("transactional.id.expiration.ms")
        self._load_buffer_bytes = settings.get_int("transaction.state.log.load.buffer.size")
        self._shards: dict[int, Shard] = {}
        self._topic_id = b""
        self._partition_count = 0
        self._is_upkeep_scheduled = False

    # ---- shards ------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Load what the data directory holds, and drive every decided transaction to its end."""
        if self._find_topic():
            for partition in range(self._partition_count):
                log = self._partitions.find(TRANSACTION_STATE, partition)
                if log is not None and log.end_offset > log.log_start_offset:
                    try:
                        self._shard(partition)
                    except ApiError as error:
                        _log.error("transactions cannot be loaded: %s", error)

    def _find_topic(self) -> bool:
        """Notice whether the topic is there, and forget the shards of one that was deleted."""
        image = self._metadata.image.topics.by_name.get(TRANSACTION_STATE)
        topic_id = b"" if image is None else image.topic_id
        if topic_id != self._topic_id:
            for shard in self._shards.values():
                shard.runtime.unload()
            self._shards.clear()
            self._topic_id = topic_id
            self._partition_count = 0 if image is None else len(image.partitions)
        return image is not None

    def _shard(self, partition: int) -> Shard:
        """Return a loaded shard. Raises ApiError: NOT_COORDINATOR where it cannot be loaded."""
        shard = self._shards.get(partition)
        if shard is None:
            shard = self._shards[partition] = self._new_shard(partition)
        if not shard.runtime.is_loaded:
            shard.runtime.load()
            self._schedule_upkeep()
            self._complete(shard)
        return shard

    def _new_shard(self, partition: int) -> Shard:
        log = PartitionCoordinatorLog(
            self._partitions, TopicPartition(TRANSACTION_STATE, partition), self._load_buffer_bytes
        )
        runtime = ShardRuntime(
            TRANSACTION_STATE,
            partition,
            lambda timers: TransactionShard(self._producer_ids.next_id, self._transaction_version),
            log,
            self._clock,
            self._timers,
            base_sequence=NO_SEQUENCE,
            is_last_value_enough=True,
        )
        return Shard(runtime, log)

    def _transaction_version(self) -> int:
        return self._metadata.image.features.finalized.get(TRANSACTION_VERSION, 0)

    def _shard_of(self, transactional_id: str) -> Shard:
        """Return the shard of an id. Raises ApiError: NOT_COORDINATOR, also where nobody ever used transactions."""
        if not self._find_topic():
            raise ApiError(errors.NOT_COORDINATOR)
        return self._shard(partition_for(transactional_id, self._partition_count))

    def _run(self, transactional_id: str, operation: Callable[[TransactionShard], Result[Any]]) -> Any:
        """Run an operation, and carry out what it decided."""
        shard = self._shard_of(transactional_id)
        try:
            return shard.runtime.run(operation)
        finally:
            if shard.runtime.is_loaded and shard.runtime.load().prepared:
                self._complete(shard)

    # ---- requests ----------------------------------------------------------------------------------------------------

    def create_topic(self) -> None:
        """Create `__transaction_state`, unless it is there. Raises ApiError: COORDINATOR_NOT_AVAILABLE."""
        if not self._find_topic():
            code = self._topic_creator.create([TRANSACTION_STATE])[TRANSACTION_STATE]
            if code != errors.NONE:
                raise ApiError(errors.COORDINATOR_NOT_AVAILABLE)

    def init_producer_id(self, request: InitProducerId) -> ProducerIdentity:
        """See `init_producer_id.init_producer_id`; the error may be in the answer. Raises ApiError."""
        check_request(request, max_timeout_ms=self._max_timeout_ms)
        self.create_topic()
        now_ms = self._clock.now_ms()
        identity: ProducerIdentity = self._run(
            request.transactional_id, lambda shard: init_producer_id(shard, request, now_ms=now_ms)
        )
        return identity

    def add_partitions(
        self, producer: Producer, partitions: Iterable[TopicPartition], transaction_version: int
    ) -> None:
        """See `partitions.add_partitions`. Raises ApiError."""
        now_ms = self._clock.now_ms()
        self._run(
            _checked(producer.transactional_id),
            lambda shard: add_partitions(
                shard, producer, partitions, transaction_version=transaction_version, now_ms=now_ms
            ),
        )

    def verify_partitions(self, producer: Producer, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int]:
        """See `partitions.verify_partitions`. Raises ApiError."""
        shard = self._shard_of(_checked(producer.transactional_id))
        verified: dict[TopicPartition, int] = shard.runtime.read(
            lambda shard: verify_partitions(shard, producer, partitions)
        )
        return verified

    def end_transaction(self, request: EndTransaction) -> ProducerIdentity:
        """See `end.end_transaction`; the markers are written when this returns, unless a partition refused its own.

        Raises ApiError.
        """
        now_ms = self._clock.now_ms()
        identity: ProducerIdentity = self._run(
            _checked(request.producer.transactional_id), lambda shard: end_transaction(shard, request, now_ms=now_ms)
        )
        return identity

    def list_transactions(self, transaction_filter: TransactionFilter) -> Steps[list[ListedTransaction]]:
        """Return the transactions that the filter lets through, in steps. Raises ApiError."""
        now_ms = self._clock.now_ms()
        listed: list[ListedTransaction] = []
        for shard in self._loaded():
            listed += yield from list_transactions(shard.runtime.load(), transaction_filter, now_ms=now_ms)
        return listed

    def describe_transaction(self, transactional_id: str) -> DescribedTransaction:
        """Return everything about one id. Raises ApiError."""
        shard = self._shard_of(_checked(transactional_id))
        described: DescribedTransaction = shard.runtime.read(
            lambda shard: describe_transaction(shard, transactional_id)
        )
        return described

    def _loaded(self) -> list[Shard]:
        return [shard for _, shard in sorted(self._shards.items())] if self._find_topic() else []

    # ---- what is due -------------------------------------------------------------------------------------------------

    def _complete(self, shard: Shard) -> None:
        """Carry out what is decided; what a partition refuses is tried again in a while."""
        if not self._try_to_complete(shard) and not shard.is_retrying:
            shard.is_retrying = True
            self._after(MARKER_RETRY_INTERVAL_MS, lambda: self._retry(shard))

    def _retry(self, shard: Shard) -> None:
        shard.is_retrying = False
        self._resume(shard)

    def _resume(self, shard: Shard) -> None:
        """Go on where something was stored late."""
        if shard in self._shards.values():
            self._complete(shard)

    def _try_to_complete(self, shard: Shard) -> bool:
        try:
            return complete_prepared(
                shard.runtime,
                self.markers,
                coordinator_epoch=shard.log.leader_epoch,
                now_ms=self._clock.now_ms(),
                resume=lambda: self._resume(shard),
            )
        except ApiError as error:  # the shard cannot be loaded at present
            _log.warning("transactions wait for their markers: %s", error)
            return False

    def _schedule_upkeep(self) -> None:
        """From the first use of transactions on, look regularly for what is too old."""
        if self._is_upkeep_scheduled:
            return
        self._is_upkeep_scheduled = True
        settings = self._settings
        self._every(
            settings.get_int("transaction.abort.timed.out.transaction.cleanup.interval.ms"), self.abort_timed_out
        )
        self._every(settings.get_int("transaction.remove.expired.transaction.cleanup.interval.ms"), self.remove_expired)

    def abort_timed_out(self) -> None:
        """Abort the transactions that were open for longer than their producers asked for."""
        now_ms = self._clock.now_ms()
        for shard in self._loaded():
            for transactional_id in timed_out_transactions(shard.runtime.load(), now_ms=now_ms):
                self._abort_timed_out(transactional_id, now_ms)

    def _abort_timed_out(self, transactional_id: str, now_ms: int) -> None:
        shown = shown_text(transactional_id, SHOWN_NAME_MAX_CHARS)
        try:
            self._run(transactional_id, lambda shard: abort_timed_out(shard, transactional_id, now_ms=now_ms))
        except ApiError as error:  # the next interval tries again
            _log.warning("the transaction of %s timed out and cannot be aborted: %s", shown, error)
        else:
            _log.info("the transaction of %s timed out and is aborted", shown)

    def remove_expired(self) -> None:
        """Forget the transactional ids that were not used for `transactional.id.expiration.ms`."""
        now_ms = self._clock.now_ms()
        for shard in self._loaded():
            shard.runtime.run(lambda shard: remove_expired(shard, now_ms=now_ms, expiration_ms=self._expiration_ms))

    def _every(self, interval_ms: int, action: Callable[[], None]) -> None:
        def run() -> None:
            try:
                action()
            except Exception:
                _log.exception("transactions are not kept up")
            self._after(interval_ms, run)

        self._after(interval_ms, run)

    def _after(self, delay_ms: int, action: Callable[[], None]) -> None:
        self._timers.schedule(self._clock.monotonic_ms() + delay_ms, action)


def _checked(transactional_id: str) -> str:
    """Return the id. Raises ApiError: INVALID_REQUEST for the empty one, whatever shard it would be in."""
    if not transactional_id:
        raise ApiError(errors.INVALID_REQUEST)
    return transactional_id
