"""The loads, each bounded in time and count. What a broker answers to them does not matter, that it goes on does."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from dataclasses import replace

from scripts.devtools.attack import loads
from scripts.devtools.attack.case import FLOOD, HUGE, Case, Field, Play, Prepare, prepared
from scripts.devtools.attack.plays import each, flood_read, flood_unread, half_close, hold, one, pause
from scripts.devtools.attack.target import Target
from scripts.devtools.attack.topics import appended, create_and_delete
from scripts.devtools.benchmark.wire import api_versions_frame

TRIED = [f"attack-tried-{number}" for number in range(1000)]
HALF_FRAME = struct.pack(">i", 100_000_000) + bytes(20_000)
HALF_LENGTH = b"\0\0"
SMALL_RECEIVE_BYTES = 4096


def _idle(field: Field) -> str:
    pause(1.5)
    return "-"


def _claimed_sizes(field: Field) -> str:
    sizes = (-1, -(2**31), 2**31 - 1, 0, 1, 7, 104_857_601)
    return each(field, (struct.pack(">i", size) + bytes(100) for size in sizes * 20), waits=False)


def _mutated(make: Callable[[Field], bytes], count: int = 300) -> Prepare:
    def prepare(field: Field) -> Play:
        parts: Iterable[bytes] = [make(field) for _ in range(count)]
        return lambda: each(field, parts)

    return prepare


def _mutated_frame(field: Field) -> bytes:
    originals = [
        api_versions_frame()[4:],
        loads.all_metadata()[4:],
        loads.large_fetch(field.topic)[4:],
        loads.wide_offset_fetch(field.topic, 20)[4:],
        loads.create_topics([loads.ONLY_TRIED], validate_only=True)[4:],
    ]
    return loads.framed(loads.mutate(field.rng.choice(originals), field.rng))


def _mutated_batch(field: Field) -> bytes:
    return loads.produce(field.topic, loads.mutate(loads.plain_batch(20, 50), field.rng))


def _mutated_records(field: Field) -> bytes:
    return loads.produce(field.topic, loads.mutate_inside(loads.plain_batch(20, 50), field.rng))


def _garbage(field: Field) -> bytes:
    hello = loads.TLS_HELLO_START[:11] + field.rng.randbytes(240)
    starts = [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"SSH-2.0-x\r\n", hello, b"\0" * 64, b"\xff" * 64]
    return field.rng.choice(starts) + field.rng.randbytes(field.rng.randrange(400))


def _crowd(data: bytes, count: int, hold_s: float, waves: int = 1, receive_bytes: int = 0) -> Prepare:
    return prepared(lambda field: hold(field, data, count, hold_s, waves=waves, receive_bytes=receive_bytes))


def _unread_fetches(field: Field) -> str:
    return hold(field, loads.large_fetch(field.full_topic), 20, 3.0, receive_bytes=SMALL_RECEIVE_BYTES)


def _huge(name: str, request: Callable[[Field], bytes]) -> Case:
    return Case(name, one(request), HUGE)


def _huge_batch(name: str, batch: Callable[[], bytes], count: int = 1) -> Case:
    request = one(lambda field: loads.produce(field.compacted_topic, batch()), count, word=appended)
    return Case(name, request, HUGE)


CASES = (
    Case("nothing (idle)", prepared(_idle)),
    Case("2 x 200 Metadata of 1,000 topics, pipelined and read", flood_read(loads.all_metadata, 200, 2), FLOOD),
    Case("500 Metadata of 1,000 topics, unread, then a reset", flood_unread(loads.all_metadata, 500), FLOOD),
    Case("13,000 ApiVersions, unread, then a reset", flood_unread(api_versions_frame, 13_000), FLOOD),
    Case("1,000 ApiVersions, half closed, then read", half_close(api_versions_frame, 1000), FLOOD),
    Case("140 sizes that cannot be", prepared(_claimed_sizes)),
    Case("20 unread Fetches of 50 MB", prepared(_unread_fetches), reads_full_topic=True),
    _huge("Metadata of 1,000,000 empty names", lambda field: loads.empty_names(1_000_000)),
    _huge("Metadata of 5,000,000 empty names", lambda field: loads.empty_names(5_000_000)),
    _huge("Metadata of 300,000 unknown names", lambda field: loads.unknown_names(300_000)),
    _huge("Fetch of 300,000 partitions", lambda field: loads.wide_fetch(field.topic, 300_000)),
    _huge("Fetch of 1,000,000 partitions", lambda field: loads.wide_fetch(field.topic, 1_000_000)),
    _huge("OffsetFetch of 1,000,000 partitions", lambda field: loads.wide_offset_fetch(field.topic, 1_000_000)),
    _huge("OffsetCommit of 100,000 partitions", lambda field: loads.wide_offset_commit(field.topic, 100_000)),
    _huge("1,000,000 tagged fields", lambda field: loads.tagged_fields(1_000_000)),
    _huge("CreateTopics of 1,000 x 5, only tried", lambda field: loads.create_topics(TRIED, 5, validate_only=True)),
    Case("CreateTopics of 1,000 x 5, then their deletion", create_and_delete, HUGE),
    _huge_batch("a gzip batch that opens to 228 MB, compacted", lambda: loads.bomb(228_000_000)),
    _huge_batch("10 gzip batches that open to 228 MB each, compacted", lambda: loads.bomb(228_000_000), count=10),
    _huge_batch("a zstd batch of 1,000,000 keyed records, compacted", lambda: loads.keyed_zstd(1_000_000)),
    Case("300 mutated frames", _mutated(_mutated_frame)),
    Case("300 mutated batches", _mutated(_mutated_batch)),
    Case("300 batches of mutated records, CRC right", _mutated(_mutated_records)),
    Case("200 times garbage", _mutated(_garbage, 200)),
    Case("3 x 400 connections", _crowd(b"", 400, 0.2, waves=3), connection_count=400),
    Case("400 half lengths of frames", _crowd(HALF_LENGTH, 400, 1.0), connection_count=400),
    Case("5 x 500 half frames of 100 MB", _crowd(HALF_FRAME, 500, 0.5, waves=5), connection_count=500),
)
"""The order of the table; what has ended a broker comes last."""


def all_cases(tls: Target | None, sasl: Target | None) -> list[Case]:
    """Return the loads for a broker, those on its listeners with TLS and SASL before what comes last."""
    return [*CASES[:-1], *handshake_cases(tls, sasl), CASES[-1]]


def handshake_cases(tls: Target | None, sasl: Target | None) -> list[Case]:
    """Return the loads on listeners with TLS and SASL, where such a listener is given."""
    cases = []
    if tls is not None:
        cases += [
            _handshakes("200 TLS handshakes that stop within the hello", tls, loads.TLS_HELLO_START),
            _handshakes("200 TLS handshakes that stop after the hello", tls, loads.tls_hello()),
        ]
    if sasl is not None:
        half_frame = struct.pack(">i", 500_000) + bytes(20_000)  # a size below Kafka's limit before authentication
        cases += [
            _handshakes("200 SASL handshakes that stop half-way", sasl, loads.sasl_start()),
            _handshakes("200 half frames before authentication", sasl, half_frame),
        ]
    return cases


def _handshakes(name: str, target: Target, start: bytes) -> Case:
    def prepare(field: Field) -> Play:
        return lambda: hold(replace(field, target=target), start, 200, 2.0)

    return Case(name, prepare, connection_count=200)
