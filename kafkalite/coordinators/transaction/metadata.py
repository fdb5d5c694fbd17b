"""The state of one transactional id, and the values that follow from it.

Every function returns a new value and changes nothing; the log record of the new value is what changes the state.

Source: TransactionMetadata, TxnTransitMetadata, TransactionLog.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.coordinators.runtime.record import CoordinatorRecord, UnreadableRecord
from kafkalite.coordinators.transaction import states
from kafkalite.coordinators.transaction.states import COMPLETE_ABORT, COMPLETE_COMMIT, EMPTY, ONGOING, PREPARE_COMMIT
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol.internal_records.transaction_log_key import TransactionLogKey
from kafkalite.protocol.internal_records.transaction_log_value import PartitionsSchema, TransactionLogValue

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_PRODUCER_ID = -1
NO_PRODUCER_EPOCH = -1
NO_TIME = -1
MAX_EPOCH = 0x7FFF
NO_TIMEOUT_MS = 2**31 - 1
"""The timeout of a transaction that takes part in a two-phase commit: none.

Only a log that Kafka wrote holds it: the version of InitProducerId that asks for it (KIP-939) is not final."""


class TransactionMetadata(NamedTuple):
    """One transactional id.

    Fields:
        producer_epoch: the current epoch; -1 only before the first record.
        timeout_ms: the time for which a transaction may stay open.
        state: one of `states`.
        partitions: those with records of the transaction; empty unless it is ongoing or prepared.
        start_ms: when the first partition was added, wall clock; -1 before.
        last_update_ms: of the last record.
        previous_producer_id: the producer id before the last transition, -1 when there was none.
        next_producer_id: the id that takes over when the transaction is complete, -1 while epochs are left.
        client_transaction_version: of the client, when it last added partitions or ended a transaction.
    """

    transactional_id: str
    producer_id: int
    producer_epoch: int = NO_PRODUCER_EPOCH
    timeout_ms: int = 0
    state: int = EMPTY
    partitions: frozenset[TopicPartition] = frozenset()
    start_ms: int = NO_TIME
    last_update_ms: int = NO_TIME
    previous_producer_id: int = NO_PRODUCER_ID
    next_producer_id: int = NO_PRODUCER_ID
    client_transaction_version: int = states.TV_0

    @property
    def is_epoch_exhausted(self) -> bool:
        """Whether clients get no further epoch; the very last one is kept for fencing."""
        return is_epoch_exhausted(self.producer_epoch)

    @property
    def is_prepared(self) -> bool:
        """Whether it is decided and markers are missing."""
        return self.state in states.PREPARED


def is_epoch_exhausted(producer_epoch: int) -> bool:
    """Whether no epoch after this one is given to clients."""
    return producer_epoch >= MAX_EPOCH - 1


# ---- transitions ---------------------------------------------------------------------------------------------------


def _move(metadata: TransactionMetadata, state: int, **changes: object) -> TransactionMetadata:
    """Return the metadata in another state. A transition that the table does not know is a bug here."""
    assert metadata.state in states.VALID_PREVIOUS_STATES[state], (
        f"{metadata.transactional_id}: no way from {states.NAMES[metadata.state]} to {states.NAMES[state]}"
    )
    return metadata._replace(state=state, previous_producer_id=metadata.producer_id, **changes)  # type: ignore[arg-type]


def initialized(
    metadata: TransactionMetadata, *, producer_id: int, producer_epoch: int, timeout_ms: int, now_ms: int
) -> TransactionMetadata:
    """A producer begins, or begins again, under this id and epoch."""
    return _move(
        metadata,
        EMPTY,
        producer_id=producer_id,
        producer_epoch=producer_epoch,
        timeout_ms=timeout_ms,
        partitions=frozenset(),
        start_ms=NO_TIME,
        last_update_ms=now_ms,
    )


def with_partitions(
    metadata: TransactionMetadata, added: Iterable[TopicPartition], *, transaction_version: int, now_ms: int
) -> TransactionMetadata:
    """Partitions join the transaction; the first ones begin it."""
    return _move(
        metadata,
        ONGOING,
        partitions=metadata.partitions.union(added),
        start_ms=metadata.start_ms if metadata.state == ONGOING else now_ms,
        last_update_ms=now_ms,
        client_transaction_version=transaction_version,
    )


def prepared(
    metadata: TransactionMetadata,
    state: int,
    *,
    transaction_version: int,
    next_producer_id: int = NO_PRODUCER_ID,
    producer_epoch: int | None = None,
    now_ms: int,
) -> TransactionMetadata:
    """The end of the transaction is decided.

    Args:
        state: PREPARE_COMMIT or PREPARE_ABORT.
        next_producer_id: takes over afterwards, because there are no epochs left; -1 else.
        producer_epoch: None for the epoch that follows from the version: the next one from version 2 on.
    """
    if producer_epoch is None:
        is_bumped = transaction_version >= states.TV_2
        producer_epoch = min(metadata.producer_epoch + is_bumped, MAX_EPOCH)
    return _move(
        metadata,
        state,
        producer_epoch=producer_epoch,
        next_producer_id=next_producer_id,
        start_ms=metadata.start_ms if metadata.state == ONGOING else now_ms,
        last_update_ms=now_ms,
        client_transaction_version=transaction_version,
    )


def completed(metadata: TransactionMetadata, *, now_ms: int) -> TransactionMetadata:
    """Every partition has its marker; a producer id whose epochs are used up hands over to the next."""
    producer_id, producer_epoch = metadata.producer_id, metadata.producer_epoch
    if metadata.client_transaction_version >= states.TV_2 and metadata.next_producer_id != NO_PRODUCER_ID:
        producer_id, producer_epoch = metadata.next_producer_id, 0
    return _move(
        metadata,
        COMPLETE_COMMIT if metadata.state == PREPARE_COMMIT else COMPLETE_ABORT,
        producer_id=producer_id,
        producer_epoch=producer_epoch,
        next_producer_id=NO_PRODUCER_ID,
        partitions=frozenset(),
        last_update_ms=now_ms,
    )


# ---- records -------------------------------------------------------------------------------------------------------


def to_record(metadata: TransactionMetadata, transaction_version: int) -> CoordinatorRecord:
    """Return the record that sets this value; `transaction_version` is the level finalized in the cluster."""
    version = states.value_version(transaction_version)
    value = TransactionLogValue(
        producer_id=metadata.producer_id,
        producer_epoch=metadata.producer_epoch,
        transaction_timeout_ms=metadata.timeout_ms,
        transaction_status=metadata.state,
        transaction_partitions=None if metadata.state == EMPTY else _to_topics(metadata.partitions),
        transaction_last_update_timestamp_ms=metadata.last_update_ms,
        transaction_start_timestamp_ms=metadata.start_ms,
    )
    if version >= 1:
        value.previous_producer_id = metadata.previous_producer_id
        value.next_producer_id = metadata.next_producer_id
        value.client_transaction_version = metadata.client_transaction_version
    return CoordinatorRecord(TransactionLogKey(transactional_id=metadata.transactional_id), value, version)


def to_tombstone(transactional_id: str) -> CoordinatorRecord:
    """Return the record that forgets a transactional id."""
    return CoordinatorRecord(TransactionLogKey(transactional_id=transactional_id))


def from_value(transactional_id: str, value: TransactionLogValue) -> TransactionMetadata:
    """Return the metadata in a record's value.

    Raises:
        UnreadableRecord: its state is unknown.
    """
    if value.transaction_status not in states.NAMES:
        raise UnreadableRecord(f"{transactional_id} is in the unknown state {value.transaction_status}")
    topics = value.transaction_partitions or ()
    return TransactionMetadata(
        transactional_id=transactional_id,
        producer_id=value.producer_id,
        producer_epoch=value.producer_epoch,
        timeout_ms=value.transaction_timeout_ms,
        state=value.transaction_status,
        partitions=frozenset(TopicPartition(topic.topic, index) for topic in topics for index in topic.partition_ids),
        start_ms=value.transaction_start_timestamp_ms,
        last_update_ms=value.transaction_last_update_timestamp_ms,
        previous_producer_id=value.previous_producer_id,
        next_producer_id=value.next_producer_id,
        client_transaction_version=value.client_transaction_version,
    )


def _to_topics(partitions: frozenset[TopicPartition]) -> list[PartitionsSchema]:
    return [PartitionsSchema(topic=topic, partition_ids=indexes) for topic, indexes in by_topic(partitions)]


def by_topic(partitions: Iterable[TopicPartition]) -> list[tuple[str, list[int]]]:
    """Return partitions grouped by topic, in order."""
    topics: dict[str, list[int]] = {}
    for topic, index in sorted(partitions):
        topics.setdefault(topic, []).append(index)
    return list(topics.items())
