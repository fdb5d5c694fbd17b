"""Members of consumer groups, one thread each: three libraries under one interface.

A member reads records and commits them, over and over: whatever happens to the group, no record may be lost, and one is
read twice only if its member lost the partition before the commit.
"""

from __future__ import annotations

import asyncio
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

DEADLINE_S = 40.0
POLL_MS = 50
LOOK_AGAIN_S = 0.5
"""Longest interval between checks of a condition: the broker's state may change without the members."""
KAFKA_PYTHON_POLL_MS = 1000
"""kafka-python 3.0 forgets an assignment that arrives between two polls, the first of which gave up waiting for it."""
SESSION_MS = 6000
"""The shortest that brokers allow by default: what a test of a lost member has to wait for."""


class Place(NamedTuple):
    """The place at which a record was read."""

    partition: int
    offset: int


class Progress:
    """Counts what members do, and wakes who waits for more of it."""

    def __init__(self) -> None:
        self._count = 0
        self._told = threading.Condition()

    def tell(self) -> None:
        """Wake all waiting threads: a member read, owns other partitions, has committed or ended."""
        with self._told:
            self._count += 1
            self._told.notify_all()

    @property
    def count(self) -> int:
        """Return the number of notifications so far."""
        with self._told:
            return self._count

    def wait_beyond(self, count: int, timeout_s: float) -> None:
        """Return after the next notification since the count was taken, or after that many seconds."""
        with self._told:
            self._told.wait_for(lambda: self._count > count, timeout_s)


PROGRESS = Progress()
"""Of all members in this process."""


class Member(ABC):
    """One consumer of one topic in one group.

    Attributes:
        read: the place and value of each record, in the order of reading.
        failure: the exception that ended its thread, None while it runs.
    """

    library: str

    def __init__(
        self, bootstrap_servers: str, group_id: str, topic: str, *, instance_id: str | None = None, **options: Any
    ) -> None:
        self.bootstrap_servers = bootstrap_servers
        self.group_id = group_id
        self.topic = topic
        self.instance_id = instance_id
        self.options = options
        self.read: list[tuple[Place, bytes]] = []
        self._owned: frozenset[int] = frozenset()
        self.failure: BaseException | None = None
        self._is_stopping = threading.Event()
        self._is_paused = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"{self.library} in {group_id}", daemon=True)
        self._thread.start()

    @property
    def owned(self) -> frozenset[int]:
        """Return the partitions it reads now; a subclass sets them after each look, also when nothing changed."""
        return self._owned

    @owned.setter
    def owned(self, partitions: frozenset[int]) -> None:
        self._owned = partitions
        PROGRESS.tell()

    def close(self) -> None:
        """Leave the group; a static member stays one."""
        self._is_stopping.set()
        self._thread.join(DEADLINE_S)
        assert not self._thread.is_alive(), f"{self.library} does not close"
        self.owned = frozenset()

    def values(self) -> list[bytes]:
        """Return the values read so far, sorted."""
        return sorted(value for _, value in self.read)

    def _run(self) -> None:
        try:
            self._consume()
        except BaseException as failure:
            self.failure = failure
            PROGRESS.tell()

    @abstractmethod
    def _consume(self) -> None:
        """Read and commit until told to stop, then close the library's consumer."""


class KafkaPythonMember(Member):
    """kafka-python."""

    library = "kafka-python"

    def _consume(self) -> None:
        from kafka import KafkaConsumer
        from kafka.coordinator.assignors.range import RangePartitionAssignor
        from kafka.errors import KafkaError

        consumer = KafkaConsumer(
            self.topic,
            bootstrap_servers=self.bootstrap_servers,
            group_id=self.group_id,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            partition_assignment_strategy=[RangePartitionAssignor],
            session_timeout_ms=SESSION_MS,
            heartbeat_interval_ms=300,
            metadata_max_age_ms=1000,
            reconnect_backoff_max_ms=200,
            **({} if self.instance_id is None else {"group_instance_id": self.instance_id}),  # version 2 has none
            **self.options,
        )
        try:
            while not self._is_stopping.is_set():
                try:
                    for where, records in consumer.poll(timeout_ms=KAFKA_PYTHON_POLL_MS).items():
                        self.read += [(Place(where.partition, record.offset), record.value) for record in records]
                    self.owned = frozenset(where.partition for where in consumer.assignment())
                    consumer.commit()
                    PROGRESS.tell()
                except KafkaError:
                    self._is_stopping.wait(0.05)  # the broker is away, or somebody else reads them again
        finally:
            consumer.close()


class AiokafkaMember(Member):
    """aiokafka."""

    library = "aiokafka"

    def _consume(self) -> None:
        asyncio.run(self._consume_in_loop())

    async def _consume_in_loop(self) -> None:
        from aiokafka import AIOKafkaConsumer
        from aiokafka.errors import KafkaError

        # aiokafka 0.x has the range assignor under this name only.
        from aiokafka.coordinator.assignors.range import RangePartitionAssignor  # isort: skip

        consumer = AIOKafkaConsumer(
            self.topic,
            bootstrap_servers=self.bootstrap_servers,
            group_id=self.group_id,
            group_instance_id=self.instance_id,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            partition_assignment_strategy=(RangePartitionAssignor,),
            session_timeout_ms=SESSION_MS,
            heartbeat_interval_ms=300,
            metadata_max_age_ms=1000,
            **self.options,
        )
        await consumer.start()
        try:
            while not self._is_stopping.is_set():
                for where, records in (await consumer.getmany(timeout_ms=POLL_MS)).items():
                    self.read += [(Place(where.partition, record.offset), record.value) for record in records]
                self.owned = frozenset(where.partition for where in consumer.assignment())
                try:
                    await consumer.commit()
                    PROGRESS.tell()
                except KafkaError:
                    pass  # somebody else reads them again
        finally:
            await consumer.stop()


class ConfluentKafkaMember(Member):
    """confluent-kafka, that is librdkafka."""

    library = "confluent-kafka"

    def _consume(self) -> None:
        from confluent_kafka import Consumer, KafkaError, KafkaException

        settings: dict[str, Any] = {
            "bootstrap.servers": self.bootstrap_servers,
            "group.id": self.group_id,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "partition.assignment.strategy": "range",
            "session.timeout.ms": SESSION_MS,
            "heartbeat.interval.ms": 300,
            "topic.metadata.refresh.interval.ms": 1000,
            "reconnect.backoff.max.ms": 200,
            "log_level": 2,
        }
        if self.instance_id is not None:
            settings["group.instance.id"] = self.instance_id
        consumer = Consumer(settings | self.options)
        consumer.subscribe([self.topic])
        try:
            while not self._is_stopping.is_set():
                for message in consumer.consume(500, POLL_MS / 1000):
                    if message.error() is None:
                        self.read.append((Place(message.partition(), message.offset()), message.value()))
                self.owned = frozenset(where.partition for where in consumer.assignment())
                try:
                    consumer.commit(asynchronous=False)
                    PROGRESS.tell()
                except KafkaException as error:
                    if error.args[0].code() != KafkaError._NO_OFFSET:
                        continue  # somebody else reads them again
        finally:
            consumer.close()


MEMBERS: tuple[type[Member], ...] = (KafkaPythonMember, AiokafkaMember, ConfluentKafkaMember)


def wait_until(condition: Callable[[], bool], members: Iterable[Member], what: str) -> None:
    """Wait for something to come true; fail with the state of all members where it does not, or where one failed."""
    deadline = time.monotonic() + DEADLINE_S
    members = list(members)
    while True:
        seen = PROGRESS.count
        if condition():
            return
        for member in members:
            if member.failure is not None:
                raise member.failure
        if time.monotonic() > deadline:
            state = "; ".join(f"{one.library} owns {sorted(one.owned)}, read {len(one.read)}" for one in members)
            raise AssertionError(f"it never came about that {what}: {state}")
        PROGRESS.wait_beyond(seen, LOOK_AGAIN_S)
