"""The transactional part of one Produce request: its partitions are asked about together, each is answered for itself.

Source: ReplicaManager.handleProduceAppend.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.broker.coordination.transaction_admission import (
    ADDS_PARTITIONS,
    TransactionAdmission,
    TransactionRefused,
    in_words_of_produce,
    produce_generation,
)
from kafkalite.coordinators.transaction.partitions import Producer
from kafkalite.coordinators.transaction.states import TV_0, TV_2
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol import errors

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.model.buffers import Buffer
    from kafkalite.protocol.api_error import ApiError


_PRODUCER_POSITION = 43
_read_producer = Struct(">qh").unpack_from


class ProduceAdmission:
    """The admission of the transactional batches of a request.

    Attributes:
        refusal: why the whole request is refused, with the partitions that are in no transaction; None where it is not.
        transaction_version: 2 where the client has an epoch for each transaction.
    """

    __slots__ = (
        "_broker",
        "_generation",
        "_partitions",
        "_refused",
        "_transactional_id",
        "refusal",
        "transaction_version",
    )

    def __init__(self, broker: Broker, transactional_id: str, api_version: int) -> None:
        self._broker = broker
        self._transactional_id = transactional_id
        self._generation = produce_generation(api_version)
        self._partitions: dict[TopicPartition, tuple[int, int]] = {}
        self._refused: dict[TopicPartition, int] = {}
        self.refusal: TransactionRefused | None = None
        self.transaction_version = TV_2 if self._generation == ADDS_PARTITIONS else TV_0

    def add(self, topic: str, partition: int, batch: Buffer) -> None:
        """Take note of a batch whose header is whole; a batch without a producer id is left for the log to refuse."""
        producer_id, producer_epoch = _read_producer(batch, _PRODUCER_POSITION)
        key = TopicPartition(topic, partition)
        if producer_id >= 0 and self._broker.partitions.find(topic, partition) is not None:
            self._partitions[key] = (producer_id, producer_epoch)

    def ask(self) -> None:
        """Ask the coordinator; afterwards `check` knows."""
        producers = set(self._partitions.values())
        if len(producers) > 1:
            self.refusal = TransactionRefused(
                errors.INVALID_PRODUCER_ID_MAPPING, "The transactional records are of more than one producer."
            )
        elif producers:
            producer = Producer(self._transactional_id, *producers.pop())
            self._refused = TransactionAdmission(self._broker).admit(producer, self._partitions, self._generation)

    def refuse_all(self, error: ApiError) -> None:
        """Refuse every partition: what the coordinator changed for the request was not stored."""
        self._refused = dict.fromkeys(self._partitions, error.error_code)

    def check(self, topic: str, partition: int) -> None:
        """Raise ApiError where nothing may be appended to a partition."""
        code = self._refused.get(TopicPartition(topic, partition))
        if code is not None:
            raise in_words_of_produce(code, self._generation)
