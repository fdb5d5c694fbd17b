"""The requests of a simulation's clients and their responses, in the order of their arrival at the clients.

`now` counts events: a request sent after the completion of another one has the larger number. Nothing else is known
about the order of requests on different connections.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kafkalite.model.identifiers import TopicPartition

OPEN = "open"
COMMITTED = "committed"
ABORTED = "aborted"
IN_DOUBT = "in doubt"
"""The end was requested, and the response is unknown."""


class Written:
    """One record of a producer, possibly sent several times.

    Attributes:
        number: position in the order of its producer.
        transaction: the one that it belongs to; None for none.
        offset: the acknowledged offset; None without an acknowledgement.
    """

    __slots__ = ("number", "offset", "partition", "producer", "transaction", "value")

    def __init__(self, producer: str, number: int, partition: TopicPartition, transaction: Transaction | None) -> None:
        self.producer = producer
        self.number = number
        self.partition = partition
        self.transaction = transaction
        self.value = f"{producer} {number}".encode()
        self.offset: int | None = None

    def __repr__(self) -> str:
        return f"record {self.number} of {self.producer}"


class Transaction:
    """One transaction; its state is the one known to its producer.

    Attributes:
        committed_offset: the offset that it commits for its producer's group; -1 for none.
    """

    __slots__ = ("committed_offset", "number", "records", "state", "transactional_id")

    def __init__(self, transactional_id: str, number: int) -> None:
        self.transactional_id = transactional_id
        self.number = number
        self.state = OPEN
        self.records: list[Written] = []
        self.committed_offset = -1

    def __repr__(self) -> str:
        return f"transaction {self.number} of {self.transactional_id} ({self.state})"


class Incarnation:
    """One run of a transactional producer: from one answered InitProducerId to the next.

    Attributes:
        producer_id, producer_epoch: from the response of InitProducerId.
        invoked_at, began_at: times of that request and response.
        acknowledged: (time of sending, request, epoch) of each of its requests that were carried out.
    """

    __slots__ = (
        "acknowledged",
        "began_at",
        "invoked_at",
        "name",
        "producer_epoch",
        "producer_id",
        "transactional_id",
    )

    def __init__(
        self, name: str, transactional_id: str, producer_id: int, producer_epoch: int, invoked_at: int
    ) -> None:
        self.name = name
        self.transactional_id = transactional_id
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.invoked_at = invoked_at
        self.began_at = invoked_at
        self.acknowledged: list[tuple[int, str, int]] = []


class Stint:
    """The continuous reading of one partition by one consumer.

    Attributes:
        read: (offset, value), in the order of reading.
        position: end of the read offsets, which begin at `start_offset`.
    """

    __slots__ = ("consumer", "is_read_committed", "partition", "position", "read", "start_offset")

    def __init__(self, consumer: str, partition: TopicPartition, start_offset: int, *, is_read_committed: bool) -> None:
        self.consumer = consumer
        self.partition = partition
        self.is_read_committed = is_read_committed
        self.start_offset = start_offset
        self.position = start_offset
        self.read: list[tuple[int, bytes]] = []


class Commit:
    """An offset commit of a member for its group; `completed_at` is None without a response that confirms it."""

    __slots__ = ("completed_at", "group", "invoked_at", "member", "offset", "partition")

    def __init__(self, group: str, member: str, partition: TopicPartition, offset: int, invoked_at: int) -> None:
        self.group = group
        self.member = member
        self.partition = partition
        self.offset = offset
        self.invoked_at = invoked_at
        self.completed_at: int | None = None


class Lookup(NamedTuple):
    """A committed offset in a response to a consumer; -1 for none."""

    group: str
    partition: TopicPartition
    offset: int
    invoked_at: int
    completed_at: int


class Ownership:
    """The ownership of one partition by one member.

    Attributes:
        generation: of a classic group; -1 where the server assigns (KIP-848).
        from_ms: time at which the member learned of it.
        released_ms: time at which the member announced the release of the partition; None before that.
        lapses_ms: time until which the coordinator considers the member alive at least: one session after the sending
            of its last answered heartbeat.
    """

    __slots__ = ("from_ms", "generation", "group", "lapses_ms", "member", "partition", "released_ms")

    def __init__(
        self, group: str, generation: int, member: str, partition: TopicPartition, from_ms: int, lapses_ms: int
    ) -> None:
        self.group = group
        self.generation = generation
        self.member = member
        self.partition = partition
        self.from_ms = from_ms
        self.lapses_ms = lapses_ms
        self.released_ms: int | None = None


class LogRecord(NamedTuple):
    """One record of the final log."""

    offset: int
    value: bytes
    is_committed: bool


class History:
    """The input of the checkers.

    Attributes:
        logs: the final records of every partition, without control records.
        end_offsets: the final end offset of each partition.
        final_commits: (group, partition) -> final committed offset, -1 for none.
    """

    def __init__(self) -> None:
        self._numbers = count(1)
        self.written: dict[bytes, Written] = {}
        self.transactions: list[Transaction] = []
        self.incarnations: list[Incarnation] = []
        self.stints: list[Stint] = []
        self.commits: list[Commit] = []
        self.lookups: list[Lookup] = []
        self.ownerships: list[Ownership] = []
        self.logs: dict[TopicPartition, list[LogRecord]] = {}
        self.end_offsets: dict[TopicPartition, int] = {}
        self.final_commits: dict[tuple[str, TopicPartition], int] = {}

    def fingerprint(self) -> str:
        """Return a text that is equal for equal histories, for the comparison of two plays of one seed."""
        read = [(stint.consumer, stint.partition, stint.start_offset, stint.read) for stint in self.stints]
        told = [(written.value, written.offset) for written in self.written.values()]
        ended = [(transaction.number, transaction.state) for transaction in self.transactions]
        everything = (self.logs, self.final_commits, self.lookups, read, told, ended)
        return sha256(repr(everything).encode()).hexdigest()

    def now(self) -> int:
        """Return the number of the next event."""
        return next(self._numbers)
