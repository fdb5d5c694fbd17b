"""The bytes of the hostile loads: requests of all sizes, batches that open to more, and mutations by a seed."""

from __future__ import annotations

import random
import ssl
import struct
import time

from kafkalite.protocol.messages.create_topics_request import (
    CreatableTopic,
    CreatableTopicConfig,
    CreateTopicsRequest,
)
from kafkalite.protocol.messages.delete_topics_request import DeleteTopicsRequest
from kafkalite.protocol.messages.fetch_request import FetchPartition, FetchRequest, FetchTopic
from kafkalite.protocol.messages.find_coordinator_request import FindCoordinatorRequest
from kafkalite.protocol.messages.metadata_request import MetadataRequest
from kafkalite.protocol.messages.offset_commit_request import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitRequestTopic,
)
from kafkalite.protocol.messages.offset_fetch_request import OffsetFetchRequest, OffsetFetchRequestTopic
from kafkalite.protocol.messages.produce_request import PartitionProduceData, ProduceRequest, TopicProduceData
from kafkalite.records.batch import ATTRIBUTES_POSITION, BATCH_HEADER_SIZE, LOG_OVERHEAD_SIZE
from kafkalite.records.builder import build_batch
from kafkalite.records.crc import crc32c
from scripts.devtools.benchmark.wire import FETCH_VERSION, PRODUCE_VERSION, fetch_frame, frame

GZIP, ZSTD = 1, 4
BATCH_LENGTH_POSITION, CRC_POSITION = 8, 17
GROUP = "attack"
ONLY_TRIED = "attack-only-tried"
METADATA, PRODUCE, API_VERSIONS, SASL_HANDSHAKE, SASL_AUTHENTICATE = 3, 0, 18, 17, 36
CREATE_VERSION = 5
DELETE_VERSION = 4
FIND_COORDINATOR_VERSION = 2


def header(key: int, version: int) -> bytes:
    """Return a request header without a length, with correlation id 1 and client id "attack"."""
    return struct.pack(">hhih", key, version, 1, 6) + b"attack"


def framed(body: bytes) -> bytes:
    """Return bytes after their length."""
    return struct.pack(">i", len(body)) + body


def all_metadata() -> bytes:
    """Return a Metadata request about every topic."""
    return frame(MetadataRequest(topics=None, allow_auto_topic_creation=False), 9)


def empty_names(count: int) -> bytes:
    """Return a Metadata request of that many empty names."""
    return framed(header(METADATA, 4) + struct.pack(">i", count) + bytes(2 * count) + b"\0")


def unknown_names(count: int) -> bytes:
    """Return a Metadata request of that many topics that do not exist, none of them to be created."""
    names = b"".join(struct.pack(">h", 12) + b"nosuch%06d" % number for number in range(count))
    return framed(header(METADATA, 4) + struct.pack(">i", count) + names + b"\0")


def tagged_fields(count: int) -> bytes:
    """Return an ApiVersions request with that many unknown tagged fields."""
    fields = bytearray(_varint(count))
    for tag in range(count):
        fields += _varint(tag + 100) + b"\0"
    return framed(header(API_VERSIONS, 3) + b"\0" + b"\7attack" + b"\0021" + bytes(fields))


def _varint(value: int) -> bytes:
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    made.append(value)
    return bytes(made)


def wide_fetch(topic: str, count: int) -> bytes:
    """Return a Fetch of one topic with that many partitions, nearly all of which do not exist."""
    partitions = [FetchPartition(partition=number, fetch_offset=0, partition_max_bytes=1) for number in range(count)]
    topics = [FetchTopic(topic=topic, partitions=partitions)]
    return frame(FetchRequest(max_wait_ms=0, min_bytes=0, max_bytes=1, session_epoch=-1, topics=topics), FETCH_VERSION)


def find_coordinator() -> bytes:
    """Return a FindCoordinator for the group of the loads."""
    return frame(FindCoordinatorRequest(key=GROUP), FIND_COORDINATOR_VERSION)


def wide_offset_fetch(topic: str, count: int) -> bytes:
    """Return an OffsetFetch of that many partitions."""
    topics = [OffsetFetchRequestTopic(name=topic, partition_indexes=list(range(count)))]
    return frame(OffsetFetchRequest(group_id=GROUP, topics=topics), 5)


def wide_offset_commit(topic: str, count: int) -> bytes:
    """Return an OffsetCommit of that many partitions, nearly all of which do not exist."""
    partitions = [OffsetCommitRequestPartition(partition_index=number, committed_offset=1) for number in range(count)]
    topics = [OffsetCommitRequestTopic(name=topic, partitions=partitions)]
    return frame(OffsetCommitRequest(group_id=GROUP, topics=topics), 7)


def large_fetch(topic: str) -> bytes:
    """Return a Fetch from the start that may bring 50 MB."""
    return fetch_frame(topic, 0, 50_000_000)


def create_topics(
    names: list[str], partitions: int = 1, *, validate_only: bool = False, compact: bool = False
) -> bytes:
    """Return a CreateTopics request."""
    configs = [CreatableTopicConfig(name="cleanup.policy", value="compact")] if compact else []
    topics = [
        CreatableTopic(name=name, num_partitions=partitions, replication_factor=1, configs=configs) for name in names
    ]
    return frame(CreateTopicsRequest(topics=topics, timeout_ms=30_000, validate_only=validate_only), CREATE_VERSION)


def delete_topics(names: list[str]) -> bytes:
    """Return a DeleteTopics request."""
    return frame(DeleteTopicsRequest(topic_names=names, timeout_ms=30_000), DELETE_VERSION)


def produce(topic: str, batch: bytes) -> bytes:
    """Return a Produce request of one batch as it is."""
    data = [TopicProduceData(name=topic, partition_data=[PartitionProduceData(index=0, records=batch)])]
    return frame(ProduceRequest(acks=-1, timeout_ms=10_000, topic_data=data), PRODUCE_VERSION)


def bomb(opened_bytes: int) -> bytes:
    """Return a gzip batch of one keyed record that opens to so many zeros."""
    return bytes(build_batch([(b"k", bytes(opened_bytes))], now_ms=int(time.time() * 1000), compression=GZIP))


def keyed_zstd(count: int) -> bytes:
    """Return a zstd batch of that many records with one key: a million of them stay below 1 MB."""
    records = ((b"k", b"") for _ in range(count))
    return bytes(build_batch(records, now_ms=int(time.time() * 1000), compression=ZSTD))


def plain_batch(count: int, value_bytes: int) -> bytes:
    """Return an uncompressed batch."""
    records = [(b"key-%d" % number, bytes(value_bytes)) for number in range(count)]
    return bytes(build_batch(records, now_ms=int(time.time() * 1000)))


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Return the bytes with one to four changes: a flipped byte, a cut, a repetition, or an extreme number."""
    made = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        if not made:
            break
        position = rng.randrange(len(made))
        kind = rng.randrange(4)
        if kind == 0:
            made[position] ^= 1 << rng.randrange(8)
        elif kind == 1:
            del made[position : position + rng.randint(1, 8)]
        elif kind == 2:
            made[position:position] = made[position : position + rng.randint(1, 16)]
        else:
            number = rng.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0", bytes(4)))
            made[position : position + 4] = number
    return bytes(made)


def mutate_inside(batch: bytes, rng: random.Random) -> bytes:
    """Return an uncompressed batch whose records are mutated, under a length and a CRC that are right."""
    return with_crc(batch[:BATCH_HEADER_SIZE] + mutate(batch[BATCH_HEADER_SIZE:], rng))


def with_crc(batch: bytes | bytearray) -> bytes:
    """Return a batch with the length and the CRC that belong to its bytes."""
    made = bytearray(batch)
    struct.pack_into(">i", made, BATCH_LENGTH_POSITION, len(made) - LOG_OVERHEAD_SIZE)
    struct.pack_into(">I", made, CRC_POSITION, crc32c(memoryview(made)[ATTRIBUTES_POSITION:]))
    return bytes(made)


TLS_HELLO_START = bytes.fromhex("16030100fa010000f60303") + bytes(40)
"""The first 51 of 255 bytes of a TLS ClientHello."""


def tls_hello() -> bytes:
    """Return a whole TLS ClientHello, as Python's client sends it."""
    sent = ssl.MemoryBIO()
    engine = ssl.create_default_context().wrap_bio(ssl.MemoryBIO(), sent, server_hostname="localhost")
    try:
        engine.do_handshake()
    except ssl.SSLWantReadError:
        pass  # it waits for the server's answer, which never comes
    return sent.read()


def sasl_start() -> bytes:
    """Return a SaslHandshake for PLAIN and the first half of the SaslAuthenticate after it."""
    handshake = framed(header(SASL_HANDSHAKE, 1) + struct.pack(">h", 5) + b"PLAIN")
    token = b"\0user\0" + bytes(100)
    authenticate = framed(header(SASL_AUTHENTICATE, 0) + struct.pack(">i", len(token)) + token)
    return handshake + authenticate[: len(authenticate) // 2]
