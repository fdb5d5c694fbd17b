"""A transaction coordinator to talk to: its log in memory, its clock in hand, its markers in a list."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from kafkalite.coordinators.runtime.record import decode
from kafkalite.coordinators.runtime.runtime import ShardRuntime
from kafkalite.coordinators.transaction import states
from kafkalite.coordinators.transaction.completion import EndMarker, complete_prepared
from kafkalite.coordinators.transaction.end import EndTransaction, end_transaction
from kafkalite.coordinators.transaction.expiration import abort_timed_out, timed_out_transactions
from kafkalite.coordinators.transaction.init_producer_id import InitProducerId, init_producer_id
from kafkalite.coordinators.transaction.metadata import TransactionMetadata, from_value
from kafkalite.coordinators.transaction.outcome import ProducerIdentity
from kafkalite.coordinators.transaction.partitions import Producer, add_partitions
from kafkalite.coordinators.transaction.states import TV_2
from kafkalite.coordinators.transaction.transaction_shard import TransactionShard
from kafkalite.model.identifiers import TopicPartition
from kafkalite.testing.simulated_clock import SimulatedClock
from tests.coordinators.memory_log import MemoryCoordinatorLog

TOPIC = "__transaction_state"
ID = "orders-writer"
TIMEOUT_MS = 60_000
COORDINATOR_EPOCH = 7
P0 = TopicPartition("orders", 0)
P1 = TopicPartition("orders", 1)
OFFSETS = TopicPartition("__consumer_offsets", 3)


class Markers:
    """Partitions that take markers, unless they are told to refuse them."""

    def __init__(self) -> None:
        self.written: list[tuple[TopicPartition, EndMarker]] = []
        self.refusing: set[TopicPartition] = set()

    def write(self, marker: EndMarker, partitions: Iterable[TopicPartition]) -> frozenset[TopicPartition]:
        """Take a marker."""
        missing = set()
        for partition in sorted(partitions):
            if partition in self.refusing:
                missing.add(partition)
            else:
                self.written.append((partition, marker))
        return frozenset(missing)


class Conversation:
    """One shard with everything around it.

    Attributes:
        server_version: the level of `transaction.version` that is finalized.
        next_id: the producer id that is handed out next.
    """

    def __init__(self, server_version: int = TV_2, *, log: MemoryCoordinatorLog | None = None) -> None:
        self.server_version = server_version
        self.clock = SimulatedClock()
        self.log = log or MemoryCoordinatorLog()
        self.markers = Markers()
        self.next_id = 1000
        self.runtime = self._new_runtime()

    def _new_runtime(self, *, is_last_value_enough: bool = True) -> ShardRuntime[TransactionShard]:
        return ShardRuntime(
            TOPIC,
            0,
            lambda timers: TransactionShard(self._take_id, lambda: self.server_version),
            self.log,
            self.clock,
            self.clock.timers,
            base_sequence=-1,
            is_last_value_enough=is_last_value_enough,
        )

    def _take_id(self) -> int:
        self.next_id += 1
        return self.next_id - 1

    # ---- requests ---------------------------------------------------------------------------------------------------

    def init(
        self,
        transactional_id: str = ID,
        *,
        timeout_ms: int = TIMEOUT_MS,
        expected: tuple[int, int] | None = None,
    ) -> ProducerIdentity:
        """InitProducerId, without the markers that it may make necessary."""
        request = InitProducerId(transactional_id, timeout_ms, expected)
        identity: ProducerIdentity = self.runtime.run(
            lambda shard: init_producer_id(shard, request, now_ms=self.clock.now_ms())
        )
        return identity

    def add(self, producer: Producer, *partitions: TopicPartition, version: int = TV_2) -> None:
        """AddPartitionsToTxn."""
        self.runtime.run(
            lambda shard: add_partitions(
                shard, producer, partitions, transaction_version=version, now_ms=self.clock.now_ms()
            )
        )

    def decide(self, producer: Producer, *, is_commit: bool = True, version: int = TV_2) -> ProducerIdentity:
        """EndTxn, and nothing after it."""
        request = EndTransaction(producer, is_commit, version)
        identity: ProducerIdentity = self.runtime.run(
            lambda shard: end_transaction(shard, request, now_ms=self.clock.now_ms())
        )
        return identity

    def end(self, producer: Producer, *, is_commit: bool = True, version: int = TV_2) -> ProducerIdentity:
        """EndTxn with everything that follows."""
        identity = self.decide(producer, is_commit=is_commit, version=version)
        self.complete()
        return identity

    def complete(self) -> bool:
        """Write markers and complete what has them."""
        return complete_prepared(
            self.runtime,
            self.markers,
            coordinator_epoch=COORDINATOR_EPOCH,
            now_ms=self.clock.now_ms(),
            resume=self.complete,
        )

    def abort_timed_out(self, *, is_completed: bool = True) -> list[str]:
        """What happens at every interval."""
        now_ms = self.clock.now_ms()
        timed_out = timed_out_transactions(self.shard, now_ms=now_ms)
        for transactional_id in timed_out:
            self.runtime.run(lambda shard, one=transactional_id: abort_timed_out(shard, one, now_ms=now_ms))
        if is_completed:
            self.complete()
        return timed_out

    # ---- looking ----------------------------------------------------------------------------------------------------

    @property
    def shard(self) -> TransactionShard:
        """The live state."""
        return self.runtime.load()

    def state(self, transactional_id: str = ID) -> TransactionMetadata:
        """What is known of an id."""
        return self.shard.transactions[transactional_id]

    def producer(self, transactional_id: str = ID) -> Producer:
        """The producer as the coordinator knows it."""
        metadata = self.state(transactional_id)
        return Producer(transactional_id, metadata.producer_id, metadata.producer_epoch)

    def logged(self) -> list[TransactionMetadata | None]:
        """Everything that was ever recorded, None for tombstones."""
        decoded = [decode(TOPIC, record.key, record.value) for record in self.log.records()]
        return [
            None if one.value is None else from_value(one.key.transactional_id, one.value)
            for one in decoded
            if one is not None
        ]

    def restart(self) -> None:
        """Lose everything that is not in the log."""
        self.runtime.unload()
        self.runtime = self._new_runtime()

    def check_replay(self) -> None:
        """The live state is the state that the log tells, read as a whole or by the last record of each id."""
        live = self.shard
        for is_last_value_enough in (True, False):
            replayed = self._new_runtime(is_last_value_enough=is_last_value_enough).load()
            assert replayed.transactions == live.transactions
            assert set(replayed.ongoing) == set(live.ongoing)
            assert set(replayed.prepared) == set(live.prepared)

    # ---- given ------------------------------------------------------------------------------------------------------

    def given(self, state: int, *, version: int = TV_2, epoch: int | None = None) -> Producer:
        """Bring `ID` into a state by the requests that lead there; returns the producer that did it."""
        self.init()
        if epoch is not None:
            self.set_epoch(epoch)
        producer = self.producer()
        if state == states.EMPTY:
            return producer
        self.add(producer, P0, OFFSETS, version=version)
        if state == states.ONGOING:
            return producer
        is_commit = state in (states.PREPARE_COMMIT, states.COMPLETE_COMMIT)
        self.decide(producer, is_commit=is_commit, version=version)
        if state in states.COMPLETED:
            self.complete()
        assert self.state().state == state
        return producer

    def set_epoch(self, epoch: int) -> None:
        """Let the producer of `ID` be as old as that: as if it had begun again and again."""
        from kafkalite.coordinators.runtime.result import Result
        from kafkalite.coordinators.transaction.metadata import to_record

        changed = self.state()._replace(producer_epoch=epoch)
        self.runtime.run(lambda shard: Result([to_record(changed, self.server_version)]))


ALL_RESTING = (
    states.EMPTY,
    states.ONGOING,
    states.PREPARE_COMMIT,
    states.PREPARE_ABORT,
    states.COMPLETE_COMMIT,
    states.COMPLETE_ABORT,
)
"""The states that can be in the log."""

EVERY_STATE_AND_CHOICE = tuple(itertools.product(ALL_RESTING, (True, False)))
