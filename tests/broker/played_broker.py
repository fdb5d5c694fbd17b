"""A whole broker without sockets: requests go through the real router as bytes, time moves when the test says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.assembly import build_broker
from kafkalite.broker.context import ConnectionContext
from kafkalite.broker.metadata.advertised import AdvertisedAddresses
from kafkalite.broker.metadata.data_directory import close_data
from kafkalite.broker.router import PendingResponse, Router, SlicedReply
from kafkalite.cluster.result import Result
from kafkalite.protocol.headers import read_response_header, write_request_header
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from kafkalite.protocol.messages.create_topics_request import CreatableTopic, CreatableTopicConfig, CreateTopicsRequest
from kafkalite.protocol.messages.fetch_request import FetchPartition, FetchRequest, FetchTopic
from kafkalite.protocol.messages.produce_request import PartitionProduceData, ProduceRequest, TopicProduceData
from kafkalite.protocol.primitives import FrameWriter
from kafkalite.protocol.registry import response_class, response_header_version
from kafkalite.records.builder import build_batch
from kafkalite.settings import merge_settings
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.entropy import SeededEntropy
from kafkalite.system.memory_files import MemoryFiles
from kafkalite.system.timers import TimerQueue
from kafkalite.system.work_queue import WorkQueue
from kafkalite.testing.simulated_clock import SimulatedClock

if TYPE_CHECKING:
    from kafkalite.broker.host_lookups import HostLookups
    from kafkalite.protocol.api_error import ProtocolViolation
    from kafkalite.system.files import Files

START_MS = 1_700_000_000_000
ONE_SHARD = {"offsets.topic.num.partitions": "1", "transaction.state.log.num.partitions": "1"}
"""Every group and every transactional id is in partition 0, and a crash has few places to happen."""


class Waiting:
    """An answer that has not come yet; ``response`` is None until it does."""

    def __init__(self, pending: PendingResponse, api_key: int, version: int) -> None:
        self.pending = pending
        self.response: Any = None
        self.failure: ProtocolViolation | None = None
        self._api = (api_key, version)
        pending.then(self._arrived)

    def _arrived(self, reply: FrameWriter | ProtocolViolation | None) -> None:
        if isinstance(reply, FrameWriter):
            self.response = decode(reply, *self._api)
        else:
            self.failure = reply


class PlayedBroker:
    """One broker whose client is the test.

    Args:
        files: the disk, to start again on what another broker left; a new memory without.
        properties: broker properties beside the defaults.
        environ: environment variables, none by default.
    """

    def __init__(
        self,
        files: Files | None = None,
        *,
        properties: dict[str, str] | None = None,
        environ: dict[str, str] | None = None,
        as_version: str | None = None,
        clock: SimulatedClock | None = None,
        hosts: HostLookups | None = None,
    ) -> None:
        self.files = files or MemoryFiles()
        self.clock = clock or SimulatedClock(START_MS)
        settings = merge_settings(environ=environ or {}, flags=ONE_SHARD | (properties or {}), data="/data", port=0)
        self.timers = TimerQueue(self.clock)
        entropy = SeededEntropy(1)
        self.broker = build_broker(
            settings,
            FileLogDirectory(self.files, "/data", entropy),
            clock=self.clock,
            entropy=entropy,
            timers=self.timers,
            work=WorkQueue(self.clock, lambda: None),
            advertised=AdvertisedAddresses({}),
            hosts=hosts,
            as_version=as_version,
        )
        self.bugs: list[BaseException] = []
        self.router = Router(self.broker, lambda context, error: self.bugs.append(error))
        self.connection = ConnectionContext(1, "PLAINTEXT", ("127.0.0.1", 9092), ("127.0.0.1", 50_000))

    def send(
        self, request: Any, version: int, client_id: str | None = "test", connection: ConnectionContext | None = None
    ) -> FrameWriter | PendingResponse | None:
        """Send a request and return what the router gave, undecoded."""
        frame = bytearray()
        write_request_header(frame, request.API_KEY, version, 7, client_id)
        request.write(frame, version)
        reply = self.router.handle(connection or self.connection, memoryview(frame))
        return self.finish(reply) if isinstance(reply, SlicedReply) else reply

    def finish(self, reply: SlicedReply) -> FrameWriter | PendingResponse | None:
        """Work until a sliced reply is done and return what it became."""
        work = reply._work
        while not work.is_done:
            self.broker.work.run_turn()
        result: FrameWriter | PendingResponse | None = work.result()
        return result

    def ask(self, request: Any, version: int, client_id: str | None = "test") -> Any:
        """Send a request and return its decoded response, None for none, or a ``Waiting``."""
        reply = self.send(request, version, client_id)
        if isinstance(reply, PendingResponse):
            return Waiting(reply, request.API_KEY, version)
        self.broker.purgatory.drain()
        assert not self.bugs, self.bugs
        return None if reply is None else decode(reply, request.API_KEY, version)

    def pass_time(self, ms: int) -> None:
        """Let time pass and run what is due."""
        self.clock.advance(ms)
        self.broker.timers.run_due()
        self.broker.purgatory.drain()

    def stop(self, *, clean: bool = True) -> None:
        """Stop; not clean is a killed process, of which nothing but its lock goes away."""
        if clean:
            close_data(self.broker)
        else:
            self.broker.logs.directory.close()

    def restart(self, *, clean: bool = True, properties: dict[str, str] | None = None) -> PlayedBroker:
        """Stop and return the broker that starts on the same disk; not clean is a killed process."""
        self.stop(clean=clean)
        return PlayedBroker(self.files, properties=properties, clock=self.clock)

    # ---- what many tests say ---------------------------------------------------------------------------------------

    def create_topic(self, name: str = "orders", partitions: int = 1, **configs: str) -> None:
        """Create a topic; config names with underscores for dots."""
        topic = CreatableTopic(
            name=name,
            num_partitions=partitions,
            replication_factor=1,
            configs=[CreatableTopicConfig(name=key.replace("_", "."), value=value) for key, value in configs.items()],
        )
        [result] = self.ask(CreateTopicsRequest(topics=[topic], timeout_ms=1000), 7).topics
        assert result.error_code == 0, result

    def elect_again(self, topic: str = "orders", partition: int = 0) -> int:
        """Let the leader of a partition lead it in a new epoch, and return that."""
        metadata = self.broker.metadata
        change = PartitionChangeRecord(partition_id=partition, topic_id=self.topic_id(topic), leader=1)
        metadata.commit(lambda image: Result([change], None))
        return metadata.image.topics.by_name[topic].partitions[partition].leader_epoch

    def topic_id(self, name: str = "orders") -> bytes:
        """Return the id of a topic."""
        return self.broker.metadata.image.topics.by_name[name].topic_id

    def find_topic_id(self, name: str) -> bytes | None:
        """Return the id of a topic, None where there is none of that name."""
        image = self.broker.metadata.image.topics.by_name.get(name)
        return None if image is None else image.topic_id

    def produce(self, *values: bytes, topic: str = "orders", partition: int = 0, version: int = 9) -> Any:
        """Produce one batch and return the partition's part of the answer."""
        batch = build_batch([(None, value) for value in values], now_ms=self.clock.now_ms())
        return self.produce_batch(batch, topic=topic, partition=partition, version=version)

    def produce_batch(
        self, batch: bytes | bytearray, *, topic: str = "orders", partition: int = 0, version: int = 9, acks: int = -1
    ) -> Any:
        """Produce a record set as it is and return the partition's part of the answer, or None with acks=0."""
        data = [TopicProduceData(name=topic, partition_data=[PartitionProduceData(index=partition, records=batch)])]
        if version >= 13:
            data[0].name, data[0].topic_id = "", self.topic_id(topic)
        response = self.ask(ProduceRequest(acks=acks, timeout_ms=1000, topic_data=data), version)
        if isinstance(response, Waiting):  # a large append, which is written at once where no thread is given
            while response.response is None and response.failure is None and len(self.broker.work):
                self.broker.work.run_turn()
            response = response.response
        return None if response is None else response.responses[0].partition_responses[0]

    def fetch(self, offset: int = 0, *, topic: str = "orders", version: int = 12, **fields: Any) -> Any:
        """Fetch one partition without a session; returns its part of the answer or a ``Waiting``."""
        response = self.ask(fetch_request(offset, topic, **fields), version)
        return response if isinstance(response, Waiting) else response.responses[0].partitions[0]


def fetch_request(offset: int = 0, topic: str = "orders", partition: int = 0, **fields: Any) -> FetchRequest:
    """Return a Fetch of one partition that does not wait unless told to."""
    own = {name: fields.pop(name) for name in ("current_leader_epoch", "last_fetched_epoch") if name in fields}
    target = FetchPartition(
        partition=partition,
        fetch_offset=offset,
        partition_max_bytes=fields.pop("partition_max_bytes", 1 << 20),
        **own,
    )
    topics = [FetchTopic(topic=topic, partitions=[target])]
    return FetchRequest(
        **{"max_wait_ms": 0, "min_bytes": 1, "max_bytes": 1 << 20, "session_epoch": -1, "topics": topics, **fields}
    )


def decode(reply: FrameWriter, api_key: int, version: int) -> Any:
    """Return the response in a frame, after checking its length prefix and correlation id."""
    frame = b"".join(bytes(part) for part in reply.buffers())
    assert int.from_bytes(frame[:4], "big") == len(frame) - 4
    correlation_id, position = read_response_header(frame, 4, response_header_version(api_key, version))
    assert correlation_id == 7
    response, end = response_class(api_key).read(frame, position, version)
    assert end == len(frame), "bytes are left behind the response"
    return response
