"""The measurements: one function per group of figures, each on a new topic of a running broker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scripts.devtools.benchmark import load, wire
from scripts.devtools.benchmark.brokers import RunningBroker

KIB = 1024
MIB = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One number: what it is, its unit, and whether more is better."""

    name: str
    unit: str
    value: float
    is_more_better: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """The amount of load: 1 is the full benchmark, smaller for a quick look."""

    factor: float

    def count(self, full: int) -> int:
        """Return a request count, at least 20."""
        return max(20, int(full * self.factor))


def start(broker: RunningBroker, scale: Scale) -> Iterator[Figure]:
    """Start-up and idle memory; to be taken before any load."""
    yield Figure(name="start to first ApiVersions", unit="ms", value=broker.start_ms)
    yield Figure(name="resident, idle", unit="MB", value=broker.resident_mb())


def produce_mib(broker: RunningBroker, scale: Scale) -> Iterator[Figure]:
    """Batches of nearly 1 MiB, five in flight on one connection."""
    topic = _topic(broker, "produce-mib")
    request = wire.produce_frame(topic, KIB - 8, 1000)
    yield from _bulk(broker, "produce 1 MiB batches", request, scale.count(600))


def produce_kib(broker: RunningBroker, scale: Scale) -> Iterator[Figure]:
    """Batches of 1 KiB, five in flight on one connection."""
    topic = _topic(broker, "produce-kib")
    request = wire.produce_frame(topic, KIB - 100)
    yield from _bulk(broker, "produce 1 KiB batches", request, scale.count(20_000))


def fetch_mib(broker: RunningBroker, scale: Scale) -> Iterator[Figure]:
    """Fetches of 1 MiB out of the page cache, two in flight on one connection."""
    yield from _fetch(broker, "fetch 1 MiB", MIB, scale.count(600), "fetch-mib")


def fetch_kib(broker: RunningBroker, scale: Scale) -> Iterator[Figure]:
    """Fetches of one batch of 1 KiB."""
    topic = _topic(broker, "fetch-kib")
    load.pipelined(broker.host, broker.port, wire.produce_frame(topic, KIB - 100), 20, 1)
    request = wire.fetch_frame(topic, 0, KIB)
    yield from _bulk(broker, "fetch 1 KiB", request, scale.count(20_000), is_received=True)


def small_produce_1(broker: RunningBroker, scale: Scale) -> Iterator[Figure]:
    """Produces of 100 bytes, one in flight on one connection."""
    request = wire.produce_frame(_topic(broker, "small-1"), 100)
    yield from _round_trips(broker, "produce 100 B, 1 connection", request, scale.count(20_000), 1)


def small_produce_100(broker: RunningBroker, scale: Scale) -> Iterator[Figure]:
    """Produces of 100 bytes, one in flight on each of 100 connections."""
    request = wire.produce_frame(_topic(broker, "small-100"), 100)
    yield from _round_trips(broker, "produce 100 B, 100 connections", request, scale.count(40_000), 100)


def api_versions_100(broker: RunningBroker, scale: Scale) -> Iterator[Figure]:
    """The smallest request, one in flight on each of 100 connections: what a round trip costs at all."""
    request = wire.api_versions_frame()
    yield from _round_trips(broker, "ApiVersions, 100 connections", request, scale.count(40_000), 100)


def memory_after_load(broker: RunningBroker, scale: Scale) -> Iterator[Figure]:
    """Resident memory after everything above."""
    yield Figure(name="resident, after load", unit="MB", value=broker.resident_mb())


ALL: tuple[Callable[[RunningBroker, Scale], Iterator[Figure]], ...] = (
    start,
    api_versions_100,
    small_produce_1,
    small_produce_100,
    produce_kib,
    produce_mib,
    fetch_kib,
    fetch_mib,
    memory_after_load,
)


def _topic(broker: RunningBroker, name: str) -> str:
    wire.create_topic(broker.host, broker.port, name)
    return name


def _fetch(broker: RunningBroker, name: str, size: int, request_count: int, topic_name: str) -> Iterator[Figure]:
    topic = _topic(broker, topic_name)
    load.pipelined(broker.host, broker.port, wire.produce_frame(topic, KIB - 8, 1000), 4, 1)
    yield from _bulk(broker, name, wire.fetch_frame(topic, 0, size), request_count, in_flight=2, is_received=True)


def _bulk(
    broker: RunningBroker,
    name: str,
    request: bytes,
    request_count: int,
    *,
    in_flight: int = 5,
    is_received: bool = False,
) -> Iterator[Figure]:
    load.pipelined(broker.host, broker.port, request, max(20, request_count // 10), in_flight)  # warm up
    cpu_before_s = broker.cpu_s()
    result = load.pipelined(broker.host, broker.port, request, request_count, in_flight)
    cpu_s = broker.cpu_s() - cpu_before_s
    moved_gb = (result.received_bytes if is_received else len(request) * request_count) / 1e9
    yield Figure(name=name, unit="MB/s", value=moved_gb * 1000 / result.wall_s, is_more_better=True)
    yield Figure(name=f"{name}, broker CPU", unit="s/GB", value=cpu_s / moved_gb)
    if len(request) < KIB * 4 and moved_gb < 1:
        yield Figure(name=f"{name}, broker CPU", unit="us/request", value=cpu_s * 1e6 / request_count)


def _round_trips(
    broker: RunningBroker, name: str, request: bytes, request_count: int, connection_count: int
) -> Iterator[Figure]:
    load.one_at_a_time(broker.host, broker.port, request, max(200, request_count // 10), connection_count)  # warm up
    cpu_before_s = broker.cpu_s()
    result = load.one_at_a_time(broker.host, broker.port, request, request_count, connection_count)
    cpu_s = broker.cpu_s() - cpu_before_s
    rate = result.request_count / result.wall_s
    yield Figure(name=name, unit="requests/s", value=rate, is_more_better=True)
    yield Figure(name=f"{name}, p50", unit="ms", value=result.percentile_ms(50))
    yield Figure(name=f"{name}, p99", unit="ms", value=result.percentile_ms(99))
    yield Figure(name=f"{name}, broker CPU", unit="us/request", value=cpu_s * 1e6 / result.request_count)
