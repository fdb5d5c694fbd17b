"""The faces that tests know - client, member of a group, transactional producer - over a library in another process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from compat_tests.clients.group_members import POLL_MS, Member, Place
from compat_tests.clients.model import (
    DEADLINE_S,
    EARLIEST,
    Client,
    ClientError,
    Cluster,
    Consumed,
    Fenced,
    Group,
    NothingArrived,
    Offsets,
    Produced,
    Record,
    Tail,
    TransactionalProducer,
)
from compat_tests.clients.remote_worker import RemoteWorker, decode, encode

TRANSACTION_TIMEOUT_MS = 30_000


class RemoteClient(Client):
    """The client of a worker; closing it ends the worker."""

    def __init__(self, worker: RemoteWorker) -> None:
        self.worker = worker
        self._target = worker.open("client")

    def call(self, method: str, **arguments: Any) -> Any:
        """Call the client."""
        return self.worker.call(self._target, method, **arguments)

    def version(self) -> str:
        return str(self.call("version"))

    def produce(
        self,
        topic: str,
        records: Sequence[Record],
        *,
        compression: str = "none",
        acks: int = -1,
        idempotent: bool = False,
    ) -> list[Produced]:
        encoded = [
            {
                "value": encode(record.value),
                "key": encode(record.key),
                "headers": [[name, encode(value)] for name, value in record.headers],
                "timestamp_ms": record.timestamp_ms,
                "partition": record.partition,
            }
            for record in records
        ]
        places = self.call(
            "produce", topic=topic, records=encoded, compression=compression, acks=acks, idempotent=idempotent
        )
        return [Produced(*place) for place in places]

    def open_tail(
        self,
        topic: str,
        partitions: Sequence[int] = (0,),
        offset: int = EARLIEST,
        *,
        min_bytes: int = 1,
        max_wait_ms: int = 500,
        isolation_level: str = "read_uncommitted",
    ) -> RemoteTail:
        return RemoteTail(
            self.worker,
            topic=topic,
            partitions=list(partitions),
            offset=offset,
            min_bytes=min_bytes,
            max_wait_ms=max_wait_ms,
            isolation_level=isolation_level,
        )

    def read_to_end(self, topic: str, partition: int = 0, isolation_level: str = "read_committed") -> list[bytes]:
        """Return the values of a partition, up to where it ends for that isolation level."""
        tail = self.open_tail(topic, [partition], max_wait_ms=100, isolation_level=isolation_level)
        try:
            return [record.value for record in tail.read_to_end() if record.value is not None]
        finally:
            tail.close()

    def find_offsets(self, topic: str, partitions: Sequence[int], timestamp_ms: int) -> dict[int, int]:
        found = self.call("find_offsets", topic=topic, partitions=list(partitions), timestamp_ms=timestamp_ms)
        return {int(partition): offset for partition, offset in found.items()}

    def create_topic(self, topic: str, partition_count: int = 1, configs: Mapping[str, str] | None = None) -> None:
        self.call("create_topic", topic=topic, partition_count=partition_count, configs=dict(configs or {}))

    def delete_topic(self, topic: str) -> None:
        self.call("delete_topic", topic=topic)

    def create_partitions(self, topic: str, total_count: int) -> None:
        self.call("create_partitions", topic=topic, count=total_count)

    def list_topics(self) -> set[str]:
        return set(self.call("list_topics"))

    def describe_topic(self, topic: str) -> dict[int, int]:
        return {int(partition): leader for partition, leader in self.call("describe_topic", topic=topic).items()}

    def describe_configs(self, topic: str) -> dict[str, str | None]:
        return self.call("describe_configs", topic=topic)  # type: ignore[no-any-return]

    def alter_configs(self, topic: str, configs: Mapping[str, str]) -> None:
        self.call("alter_configs", topic=topic, configs=dict(configs))

    def describe_cluster(self) -> Cluster:
        found = self.call("describe_cluster")
        brokers = {int(number): (host, port) for number, (host, port) in found["brokers"].items()}
        return Cluster(brokers, found["controller_id"])

    def open_member(self, group_id: str, topic: str) -> RemoteMember:
        return RemoteMember(self.worker, self.version(), group_id, topic, {})

    def describe_group(self, group_id: str) -> Group:
        found = self.call("groups", group_id=group_id)
        offsets = {int(partition): offset for partition, offset in found["offsets"].items()}
        return Group(found["type"], found["assignor"], found["member_count"], offsets)

    def delete_group(self, group_id: str) -> None:
        self.call("delete_group", group_id=group_id)

    def open_transactional_producer(self, transactional_id: str) -> RemoteProducer:
        return RemoteProducer(self.worker, transactional_id, TRANSACTION_TIMEOUT_MS)

    def close(self) -> None:
        self.call("close")
        self.worker.close()


class RemoteTail(Tail):
    """A consumer of assigned partitions."""

    def __init__(self, worker: RemoteWorker, **arguments: Any) -> None:
        self._worker = worker
        self._target = worker.open("tail", **arguments)

    def take(self, count: int, timeout_s: float = DEADLINE_S) -> list[Consumed]:
        taken = self._worker.call(self._target, "take", count=count, timeout_ms=int(timeout_s * 1000))
        if len(taken) < count:
            raise NothingArrived(f"{len(taken)} of {count} records in {timeout_s} s")
        return [_to_consumed(*record) for record in taken]

    def read_to_end(self) -> list[Consumed]:
        """Return everything up to where the partitions end now."""
        taken = self._worker.call(self._target, "read_to_end", timeout_ms=int(DEADLINE_S * 1000))
        return [_to_consumed(*record) for record in taken]

    def close(self) -> None:
        self._worker.call(self._target, "close")


def _to_consumed(
    partition: int,
    offset: int,
    key: str | None,
    value: str | None,
    headers: list[tuple[str, str | None]],
    timestamp_ms: int,
    is_log_append_time: bool | None,
) -> Consumed:
    decoded = tuple((name, decode(text)) for name, text in headers)
    return Consumed(partition, offset, decode(key), decode(value), decoded, timestamp_ms, is_log_append_time)


class RemoteMember(Member):
    """A member of a group; `configs` are those of its library."""

    def __init__(
        self, worker: RemoteWorker, library: str, group_id: str, topic: str, configs: Mapping[str, Any]
    ) -> None:
        self.library = library
        self._worker = worker
        super().__init__("", group_id, topic, **configs)

    def _consume(self) -> None:
        target = self._worker.open("member", group_id=self.group_id, topic=self.topic, configs=self.options)
        try:
            while not self._is_stopping.is_set():
                self._take(self._worker.call(target, "step", timeout_ms=POLL_MS))
        finally:
            self._take(self._worker.call(target, "close"))

    def _take(self, found: Mapping[str, Any]) -> None:
        for partition, offset, value in found["read"]:
            self.read.append((Place(partition, offset), decode(value) or b""))
        self.owned = frozenset(found["owned"])


FENCED = {"PRODUCER_FENCED", "INVALID_PRODUCER_EPOCH"}


class RemoteProducer(TransactionalProducer):
    """A producer with a transactional id."""

    def __init__(
        self, worker: RemoteWorker, transactional_id: str, timeout_ms: int, bootstrap_servers: str | None = None
    ) -> None:
        self._worker = worker
        where = {} if bootstrap_servers is None else {"bootstrap_servers": bootstrap_servers}
        self._target = worker.open("producer", transactional_id=transactional_id, timeout_ms=timeout_ms, **where)

    def _call(self, method: str, **arguments: Any) -> None:
        try:
            self._worker.call(self._target, method, **arguments)
        except ClientError as error:
            if error.name in FENCED or "PRODUCER_FENCED" in error.message or "FencedException" in error.message:
                raise Fenced(str(error)) from error
            raise

    def init(self) -> None:
        self._call("init")

    def begin(self) -> None:
        self._call("begin")

    def send(self, topic: str, partition: int, *values: bytes) -> None:
        self._call("send", topic=topic, partition=partition, values=[encode(value) for value in values])

    def send_offsets(self, consumer: Any, offsets: Offsets, group_id: str) -> None:
        places = [[topic, partition, offset] for (topic, partition), offset in offsets.items()]
        self._call("send_offsets", offsets=places, group_id=group_id)

    def commit(self) -> None:
        self._call("commit")

    def abort(self) -> None:
        self._call("abort")

    def close(self) -> None:
        self._call("close")
