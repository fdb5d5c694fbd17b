"""The interface of all client adapters, as small as the scenarios allow.

Adapters are synchronous and keep their producer objects open between calls, as an application does. Nothing here needs
pytest: the adapter of an old client runs inside that client's virtual environment.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from compat_tests.clients.group_members import Member

EARLIEST = -2
LATEST = -1
CODECS = ("none", "gzip", "snappy", "lz4", "zstd")
DEADLINE_S = 20.0
"""Time limit of a single step, after which the scenario fails; with a correct broker nothing waits this long."""


ERROR_NAMES = {
    1: "OFFSET_OUT_OF_RANGE",
    3: "UNKNOWN_TOPIC_OR_PARTITION",
    10: "MESSAGE_TOO_LARGE",
    17: "INVALID_TOPIC_EXCEPTION",
    32: "INVALID_TIMESTAMP",
    36: "TOPIC_ALREADY_EXISTS",
    37: "INVALID_PARTITIONS",
    38: "INVALID_REPLICATION_FACTOR",
    40: "INVALID_CONFIG",
    42: "INVALID_REQUEST",
    68: "NON_EMPTY_GROUP",
    69: "GROUP_ID_NOT_FOUND",
    76: "UNSUPPORTED_COMPRESSION_TYPE",
    87: "INVALID_RECORD",
}
"""Kafka's own names: every client spells some of them in its own way."""


class Record(NamedTuple):
    """One record to produce: None as key or value is Kafka's null, as timestamp or partition the client's choice."""

    value: bytes | None
    key: bytes | None = None
    headers: tuple[tuple[str, bytes | None], ...] = ()
    timestamp_ms: int | None = None
    partition: int | None = None


class Produced(NamedTuple):
    """The place of an acknowledged record; `offset` is -1 if the client cannot know it (acks=0)."""

    partition: int
    offset: int


class Consumed(NamedTuple):
    """One record as the client returned it; `is_log_append_time` None if the client does not report it."""

    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: tuple[tuple[str, bytes | None], ...]
    timestamp_ms: int | None
    is_log_append_time: bool | None


class Cluster(NamedTuple):
    """The brokers by node id with host and port, and the controller's node id (None if the client lacks it)."""

    brokers: dict[int, tuple[str, int]]
    controller_id: int | None


class Group(NamedTuple):
    """An administrator's description of a consumer group.

    Attributes:
        type: "Classic" or "Consumer", None if the client does not report it.
        assignor: the members' common assignor, empty without members.
        member_count: the number of members now.
        offsets: the committed offset by partition, for the one topic that the scenarios' groups read.
    """

    type: str | None
    assignor: str
    member_count: int
    offsets: dict[int, int]


class ClientError(Exception):
    """The broker's (or the client's own) error by Kafka's name, for example MESSAGE_TOO_LARGE."""

    def __init__(self, name: str, message: str = "") -> None:
        super().__init__(name, message)
        self.name = name
        self.message = message

    @classmethod
    def from_code(cls, code: int, message: str = "") -> ClientError:
        """Make it from Kafka's error code."""
        return cls(ERROR_NAMES.get(code, f"error {code}"), message)


class NothingArrived(AssertionError):
    """A consumer waited its full deadline for records that did not come."""


class Tail:
    """An open consumer on assigned partitions; reads on where it stopped."""

    def take(self, count: int, timeout_s: float = DEADLINE_S) -> list[Consumed]:
        """Return exactly the next `count` records.

        Raises:
            NothingArrived: they do not come in time.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Close the consumer."""
        raise NotImplementedError


class Fenced(Exception):
    """Another producer of the same transactional id has taken over."""


Offsets = dict[tuple[str, int], int]
"""(topic, partition) -> the next offset to read."""


class TransactionalProducer(ABC):
    """One producer with a transactional id."""

    @abstractmethod
    def init(self) -> None:
        """Take the transactional id over."""

    @abstractmethod
    def begin(self) -> None:
        """Begin a transaction."""

    @abstractmethod
    def send(self, topic: str, partition: int, *values: bytes) -> None:
        """Send values, and return once they are acknowledged."""

    @abstractmethod
    def send_offsets(self, consumer: Any, offsets: Offsets, group_id: str) -> None:
        """Commit offsets with the transaction; `consumer` is the library's own, None for a group without members."""

    @abstractmethod
    def commit(self) -> None:
        """Commit; Fenced where another one has the transactional id."""

    @abstractmethod
    def abort(self) -> None:
        """Abort."""

    @abstractmethod
    def close(self) -> None:
        """Let go, whatever state it is in."""


class Client:
    """One client library under one configuration; what it can do is said in the roster."""

    def version(self) -> str:
        """Return the library's name and version as it reports them: "kafka-python 3.0.5"."""
        raise NotImplementedError

    def produce(
        self,
        topic: str,
        records: Sequence[Record],
        *,
        compression: str = "none",
        acks: int = -1,
        idempotent: bool = False,
    ) -> list[Produced]:
        """Send all, wait for the acknowledgements, return them in the order of `records`.

        Raises:
            ClientError: the call failed.
        """
        raise NotImplementedError

    def open_tail(
        self,
        topic: str,
        partitions: Sequence[int] = (0,),
        offset: int = EARLIEST,
        *,
        min_bytes: int = 1,
        max_wait_ms: int = 500,
    ) -> Tail:
        """Assign partitions to a new consumer, all at `offset`, EARLIEST or LATEST; out of range: from the earliest."""
        raise NotImplementedError

    def consume(
        self, topic: str, count: int, partitions: Sequence[int] = (0,), offset: int = EARLIEST
    ) -> list[Consumed]:
        """Return the first `count` records from `offset` on."""
        tail = self.open_tail(topic, partitions, offset)
        try:
            return tail.take(count)
        finally:
            tail.close()

    def find_offsets(self, topic: str, partitions: Sequence[int], timestamp_ms: int) -> dict[int, int]:
        """Return per partition the offset of a time, of EARLIEST or of LATEST; -1 when no record is that young."""
        raise NotImplementedError

    def create_topic(self, topic: str, partition_count: int = 1, configs: Mapping[str, str] | None = None) -> None:
        """Create a topic with replication factor 1.

        Raises:
            ClientError: the call failed.
        """
        raise NotImplementedError

    def delete_topic(self, topic: str) -> None:
        """Delete a topic.

        Raises:
            ClientError: the call failed.
        """
        raise NotImplementedError

    def create_partitions(self, topic: str, total_count: int) -> None:
        """Raise the number of partitions to `total_count`.

        Raises:
            ClientError: the call failed.
        """
        raise NotImplementedError

    def list_topics(self) -> set[str]:
        """Return the names of all topics."""
        raise NotImplementedError

    def describe_topic(self, topic: str) -> dict[int, int]:
        """Return the leader of each partition.

        Raises:
            ClientError: the call failed.
        """
        raise NotImplementedError

    def describe_configs(self, topic: str) -> dict[str, str | None]:
        """Return all configs of a topic.

        Raises:
            ClientError: the call failed.
        """
        raise NotImplementedError

    def alter_configs(self, topic: str, configs: Mapping[str, str]) -> None:
        """Set configs of a topic, leaving the others as the client's API does.

        Raises:
            ClientError: the call failed.
        """
        raise NotImplementedError

    def describe_cluster(self) -> Cluster:
        """Return brokers and controller."""
        raise NotImplementedError

    def open_member(self, group_id: str, topic: str) -> Member:
        """Let a member join a group: short session, from the earliest offset on, commits what it hands over."""
        raise NotImplementedError

    def describe_group(self, group_id: str) -> Group:
        """Return the coordinator's description of a group.

        Raises:
            ClientError: the call failed.
        """
        raise NotImplementedError

    def delete_group(self, group_id: str) -> None:
        """Delete a group that has no members.

        Raises:
            ClientError: the call failed.
        """
        raise NotImplementedError

    def open_transactional_producer(self, transactional_id: str) -> TransactionalProducer:
        """Make a producer with that transactional id, which is taken over by its `init`."""
        raise NotImplementedError

    def read_to_end(self, topic: str, partition: int = 0, isolation_level: str = "read_committed") -> list[bytes]:
        """Return the values of a partition, up to where it ends for that isolation level."""
        raise NotImplementedError

    def close(self) -> None:
        """Close every connection."""
        raise NotImplementedError
