"""The requests of the clients of a simulation and their answers, in the order in which the clients learnt of them.

`now` counts events: what was invoked after another one completed has the larger number, which is all that may be
concluded of the order of requests on different connections.
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
"""Its end was asked for and the answer is not known."""


class Written:
    """One record that a producer sent, maybe several times.

    Attributes:
        number: the place in the order of its producer.
        transaction: the one that it belongs to, None without.
        offset: the acknowledged one, None without an acknowledgement.
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
    """One transaction; its state is what its producer knows of it.

    Attributes:
        committed_offset: the offset that it commits for its producer's group, -1 for none.
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
    """One run of a transactional producer: from an InitProducerId that was answered to the next one.

    Attributes:
        producer_id, producer_epoch: what InitProducerId gave it.
        invoked_at, began_at: when that was asked for and answered.
        acknowledged: (when it was sent, what, with which epoch) of each of its requests that were carried out.
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
    """The reading of one partition by one consumer, without a jump.

    Attributes:
        read: (offset, value) in the order of reading.
        position: everything between `start_offset` and this was read.
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
    """An offset that a member sent for its group; `completed_at` is None where no answer says that it is committed."""

    __slots__ = ("completed_at", "group", "invoked_at", "member", "offset", "partition")

    def __init__(self, group: str, member: str, partition: TopicPartition, offset: int, invoked_at: int) -> None:
        self.group = group
        self.member = member
        self.partition = partition
        self.offset = offset
        self.invoked_at = invoked_at
        self.completed_at: int | None = None


class Lookup(NamedTuple):
    """A committed offset in an answer to a consumer; -1 for none."""

    group: str
    partition: TopicPartition
    offset: int
    invoked_at: int
    completed_at: int


class Ownership:
    """One partition in the hands of one member.

    Attributes:
        generation: of a classic group; -1 where the server assigns (KIP-848).
        from_ms: when the member heard of it.
        released_ms: when the member said that it gives the partition up; None while it has not.
        lapses_ms: up to when the coordinator counts the member as alive at least: a session after the member sent its
            last heartbeat that was answered.
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
    """One record as it is in the log in the end."""

    offset: int
    value: bytes
    is_committed: bool


class History:
    """Everything the checkers look at.

    Attributes:
        logs: every partition at the end, without control records.
        end_offsets: the end offset of each partition.
        final_commits: (group, partition) -> the committed offset at the end, -1 for none.
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
        """Return the same text for the same history, to compare two plays of one seed."""
        read = [(stint.consumer, stint.partition, stint.start_offset, stint.read) for stint in self.stints]
        told = [(written.value, written.offset) for written in self.written.values()]
        ended = [(transaction.number, transaction.state) for transaction in self.transactions]
        everything = (self.logs, self.final_commits, self.lookups, read, told, ended)
        return sha256(repr(everything).encode()).hexdigest()

    def now(self) -> int:
        """Return the number of the next event."""
        return next(self._numbers)
