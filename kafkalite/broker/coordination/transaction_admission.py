"""Whether a producer's transactional records may be appended: is the partition part of its open transaction?

Clients of transaction version 2 add partitions by writing to them; those of others have added them before, which is
verified. A partition that already has records of the open transaction is not asked about again.

Source: ReplicaManager.maybeSendPartitionsToTransactionCoordinator, AddPartitionsToTxnManager; KIP-890.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.transaction.states import TV_2
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.broker.broker import Broker
    from kafkalite.coordinators.transaction.partitions import Producer
    from kafkalite.model.identifiers import TopicPartition

# ---- what the version of a request says of its client --------------------------------------------------------------
OLD_ERRORS = 0
"""The client does not know TRANSACTION_ABORTABLE."""
NEW_ERRORS = 1
"""The client knows it."""
ADDS_PARTITIONS = 2
"""And the request adds its partitions to the transaction."""


def produce_generation(version: int) -> int:
    """Return what a version of Produce says of its client."""
    return ADDS_PARTITIONS if version > 11 else NEW_ERRORS if version > 10 else OLD_ERRORS


def offset_commit_generation(version: int) -> int:
    """Return what a version of TxnOffsetCommit says of its client."""
    return ADDS_PARTITIONS if version > 4 else NEW_ERRORS if version > 3 else OLD_ERRORS


class TransactionRefused(ApiError):
    """The coordinator's refusal in the words of Produce, which the answer carries too."""


class TransactionAdmission:
    """Asks the coordinator before transactional records are appended."""

    __slots__ = ("_broker",)

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def admit(
        self, producer: Producer, partitions: Iterable[TopicPartition], generation: int
    ) -> dict[TopicPartition, int]:
        """Return the error of each partition that nothing may be appended to; the others are part of the transaction.

        Args:
            producer: as its records name it.
            partitions: those with records in the request; they exist.
            generation: of the request: OLD_ERRORS, NEW_ERRORS or ADDS_PARTITIONS.
        """
        if generation != ADDS_PARTITIONS and not self._is_verification_enabled():
            return {}
        refused: dict[TopicPartition, int] = {}
        unknown: list[TopicPartition] = []
        for partition in partitions:
            standing = self._standing(producer, partition)
            if standing is None:
                unknown.append(partition)
            elif standing != errors.NONE:
                refused[partition] = standing
        if unknown:
            refused.update(self._ask(producer, unknown, generation))
        return refused

    def _is_verification_enabled(self) -> bool:
        return self._broker.configs.current().get_bool("transaction.partition.verification.enable")

    def _standing(self, producer: Producer, partition: TopicPartition) -> int | None:
        """Return NONE where the transaction has records here, an error, or None where the coordinator must know."""
        log = self._broker.partitions.find(*partition)
        if log is None:
            return errors.UNKNOWN_TOPIC_OR_PARTITION
        entry = log.producer_state.find(producer.producer_id)
        if entry is None or producer.producer_epoch > entry.producer_epoch:
            return None
        if producer.producer_epoch < entry.producer_epoch:
            return errors.INVALID_PRODUCER_EPOCH
        return errors.NONE if entry.has_open_transaction else None

    def _ask(self, producer: Producer, partitions: list[TopicPartition], generation: int) -> dict[TopicPartition, int]:
        coordinator = self._broker.transactions
        try:
            if generation == ADDS_PARTITIONS:
                coordinator.add_partitions(producer, partitions, TV_2)
                return {}
            verified = coordinator.verify_partitions(producer, partitions)
        except ApiError as error:
            verified = dict.fromkeys(partitions, error.error_code)
        return {
            partition: _in_words_of_producers(code, generation)
            for partition, code in verified.items()
            if code != errors.NONE
        }


def _in_words_of_producers(code: int, generation: int) -> int:
    """Return the coordinator's error as clients of a generation expect it."""
    if code == errors.PRODUCER_FENCED:
        return errors.INVALID_PRODUCER_EPOCH
    if code == errors.TRANSACTION_ABORTABLE and generation == OLD_ERRORS:
        return errors.INVALID_TXN_STATE
    return code


def in_words_of_produce(code: int, generation: int) -> ApiError:
    """Return an error of `TransactionAdmission.admit` as Produce answers it.

    Errors of the coordinator come as NOT_ENOUGH_REPLICAS: every client retries that, and without asking for metadata.
    """
    if code in _NOT_READY or (code == errors.CONCURRENT_TRANSACTIONS and generation != ADDS_PARTITIONS):
        return TransactionRefused(
            errors.NOT_ENOUGH_REPLICAS,
            f"The transaction coordinator does not know whether the partition was added: {errors.NAMES[code]}.",
        )
    if code == errors.INVALID_TXN_STATE:
        return TransactionRefused(code, "The partition is not part of the transaction.")
    return ApiError(code)


_NOT_READY = frozenset(
    (
        errors.NETWORK_EXCEPTION,
        errors.COORDINATOR_LOAD_IN_PROGRESS,
        errors.COORDINATOR_NOT_AVAILABLE,
        errors.NOT_COORDINATOR,
    )
)
