"""The transaction coordinator of this broker: the shards of `__transaction_state`, and what is due because of time.

A request runs as one operation on its shard. What is decided by it is carried out at once: the markers are written
before the reply goes out, so that a consumer sees a committed transaction as soon as its producer knows of it.

Source: TransactionCoordinator, TransactionStateManager.
"""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.broker.coordination.internal_topic import InternalTopic
from kafkalite.cluster.features import TRANSACTION_VERSION
from kafkalite.cluster.topic_names import TRANSACTION_STATE
from kafkalite.coordinators.runtime.host import ShardHost
from kafkalite.coordinators.runtime.runtime import ShardRuntime
from kafkalite.coordinators.transaction.completion import complete_prepared
from kafkalite.coordinators.transaction.end import end_transaction
from kafkalite.coordinators.transaction.expiration import abort_timed_out, remove_expired, timed_out_transactions
from kafkalite.coordinators.transaction.init_producer_id import check_request, init_producer_id
from kafkalite.coordinators.transaction.listing import describe_transaction, list_transactions
from kafkalite.coordinators.transaction.partitions import add_partitions, verify_partitions
from kafkalite.coordinators.transaction.transaction_shard import TransactionShard
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
    from kafkalite.coordinators.runtime.log import CoordinatorLog
    from kafkalite.coordinators.runtime.result import Result
    from kafkalite.coordinators.transaction.end import EndTransaction
    from kafkalite.coordinators.transaction.init_producer_id import InitProducerId
    from kafkalite.coordinators.transaction.listing import TransactionFilter
    from kafkalite.coordinators.transaction.outcome import ProducerIdentity
    from kafkalite.coordinators.transaction.partitions import Producer
    from kafkalite.model.identifiers import TopicPartition
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.describe_transactions_response import TransactionState as DescribedTransaction
    from kafkalite.protocol.messages.list_transactions_response import TransactionState as ListedTransaction
    from kafkalite.settings import Settings
    from kafkalite.system.clock import Clock
    from kafkalite.system.timers import TimerQueue

    Runtime = ShardRuntime[TransactionShard]

_log = getLogger("kafkalite.transactions")

NO_SEQUENCE = -1
"""Kafka's transaction coordinator, unlike its group coordinator, writes batches without sequences."""


class TransactionCoordinator:
    """Coordinates all transactions: there is no other broker.

    Attributes:
        host: the shards of `__transaction_state`.
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
        self._producer_ids = producer_ids
        self.markers = markers
        self._max_timeout_ms = settings.get_int("transaction.max.timeout.ms")
        self._expiration_ms = settings.get_int("transactional.id.expiration.ms")
        topic = InternalTopic(
            TRANSACTION_STATE,
            metadata,
            partitions,
            topic_creator,
            settings.get_int("transaction.state.log.load.buffer.size"),
        )
        self.host = ShardHost(topic, self._make_runtime)
        self._retrying: set[int] = set()
        self._is_upkeep_scheduled = False

    # ---- shards ------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Load what the data directory holds, and drive every decided transaction to its end."""
        for runtime in self.host.with_records():
            try:
                self._load(runtime)
            except ApiError as error:
                _log.error("transactions cannot be loaded: %s", error)

    def _load(self, runtime: Runtime) -> Runtime:
        """Return a runtime whose shard is loaded, its decided transactions on their way.

        Raises:
            ApiError: NOT_COORDINATOR, the shard cannot be loaded.
        """
        if not runtime.is_loaded:
            runtime.load()
            self._schedule_upkeep()
            self._complete(runtime)
        return runtime

    def _make_runtime(self, partition: int, log: CoordinatorLog) -> Runtime:
        return ShardRuntime(
            TRANSACTION_STATE,
            partition,
            lambda timers: TransactionShard(self._producer_ids.next_id, self._transaction_version),
            log,
            self._clock,
            self._timers,
            base_sequence=NO_SEQUENCE,
            is_last_value_enough=True,
        )

    def _transaction_version(self) -> int:
        return self._metadata.image.features.finalized.get(TRANSACTION_VERSION, 0)

    def _runtime_of(self, transactional_id: str) -> Runtime:
        """Return the runtime of an id.

        Raises:
            ApiError: NOT_COORDINATOR, also where transactions were never used.
        """
        if not self.host.find_topic():
            raise ApiError(errors.NOT_COORDINATOR)
        return self._load(self.host.runtime(self.host.partition_of(transactional_id)))

    def _run(self, transactional_id: str, operation: Callable[[TransactionShard], Result[Any]]) -> Any:
        """Run an operation, and carry out what it decided."""
        runtime = self._runtime_of(transactional_id)
        try:
            return runtime.run(operation)
        finally:
            if runtime.is_loaded and runtime.load().prepared:
                self._complete(runtime)

    # ---- requests ----------------------------------------------------------------------------------------------------

    def create_topic(self) -> None:
        """Create `__transaction_state`, unless it is there.

        Raises:
            ApiError: COORDINATOR_NOT_AVAILABLE.
        """
        self.host.need_topic()

    def init_producer_id(self, request: InitProducerId) -> ProducerIdentity:
        """See `init_producer_id.init_producer_id`; the error may be in the answer.

        Raises:
            ApiError: the state does not allow it, or the shard cannot work.
        """
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
        """See `partitions.add_partitions`.

        Raises:
            ApiError: the state does not allow it, or the shard cannot work.
        """
        now_ms = self._clock.now_ms()
        self._run(
            _checked(producer.transactional_id),
            lambda shard: add_partitions(
                shard, producer, partitions, transaction_version=transaction_version, now_ms=now_ms
            ),
        )

    def verify_partitions(self, producer: Producer, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int]:
        """See `partitions.verify_partitions`.

        Raises:
            ApiError: the state does not allow it, or the shard cannot work.
        """
        runtime = self._runtime_of(_checked(producer.transactional_id))
        verified: dict[TopicPartition, int] = runtime.read(lambda shard: verify_partitions(shard, producer, partitions))
        return verified

    def end_transaction(self, request: EndTransaction) -> ProducerIdentity:
        """See `end.end_transaction`; the markers are written when this returns, unless a partition refused its own.

        Raises:
            ApiError: the state does not allow it, or the shard cannot work.
        """
        now_ms = self._clock.now_ms()
        identity: ProducerIdentity = self._run(
            _checked(request.producer.transactional_id), lambda shard: end_transaction(shard, request, now_ms=now_ms)
        )
        return identity

    def list_transactions(self, transaction_filter: TransactionFilter) -> Steps[list[ListedTransaction]]:
        """Return the transactions that the filter lets through, in steps.

        Raises:
            ApiError: the state does not allow it, or the shard cannot work.
        """
        now_ms = self._clock.now_ms()
        listed: list[ListedTransaction] = []
        for runtime in self.host.used():
            listed += yield from list_transactions(runtime.load(), transaction_filter, now_ms=now_ms)
        return listed

    def describe_transaction(self, transactional_id: str) -> DescribedTransaction:
        """Return everything about one id.

        Raises:
            ApiError: the state does not allow it, or the shard cannot work.
        """
        runtime = self._runtime_of(_checked(transactional_id))
        described: DescribedTransaction = runtime.read(lambda shard: describe_transaction(shard, transactional_id))
        return described

    # ---- what is due -------------------------------------------------------------------------------------------------

    def _complete(self, runtime: Runtime) -> None:
        """Carry out what is decided; what a partition refuses is tried again in a while."""
        if not self._try_to_complete(runtime) and runtime.partition not in self._retrying:
            self._retrying.add(runtime.partition)
            self._after(MARKER_RETRY_INTERVAL_MS, lambda: self._retry(runtime))

    def _retry(self, runtime: Runtime) -> None:
        self._retrying.discard(runtime.partition)
        self._resume(runtime)

    def _resume(self, runtime: Runtime) -> None:
        """Go on, unless the topic was deleted meanwhile."""
        if self.host.hosts(runtime):
            self._complete(runtime)

    def _try_to_complete(self, runtime: Runtime) -> bool:
        try:
            return complete_prepared(
                runtime,
                self.markers,
                coordinator_epoch=runtime.coordinator_epoch,
                now_ms=self._clock.now_ms(),
                resume=lambda: self._resume(runtime),
            )
        except ApiError as error:  # the shard cannot be loaded at present
            _log.warning("transactions wait for their markers: %s", error)
            return False

    def _schedule_upkeep(self) -> None:
        """From the first use of transactions on, look regularly for those that are too old."""
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
        for runtime in self.host.used():
            for transactional_id in timed_out_transactions(runtime.load(), now_ms=now_ms):
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
        for runtime in self.host.used():
            runtime.run(lambda shard: remove_expired(shard, now_ms=now_ms, expiration_ms=self._expiration_ms))

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
    """Return the id.

    Raises:
        ApiError: INVALID_REQUEST for the empty one, whatever shard it would be in.
    """
    if not transactional_id:
        raise ApiError(errors.INVALID_REQUEST)
    return transactional_id
