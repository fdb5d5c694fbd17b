"""A broker without sockets, loop and threads."""

from __future__ import annotations

import threading

import pytest

from kafkalite.assembly import build_broker
from kafkalite.broker.context import ConnectionContext
from kafkalite.broker.metadata.advertised import AdvertisedAddresses
from kafkalite.broker.router import Router
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol.headers import write_request_header
from kafkalite.protocol.messages.describe_cluster_request import DescribeClusterRequest
from kafkalite.protocol.primitives import FrameWriter
from kafkalite.settings import merge_settings
from kafkalite.settings.values import ConfigError
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.clock import ManualClock
from kafkalite.system.entropy import SeededEntropy
from kafkalite.system.memory_files import MemoryFiles
from kafkalite.system.timers import TimerQueue
from kafkalite.system.work_queue import WorkQueue
from tests.broker.played_broker import decode


def build(files: MemoryFiles, **properties: str) -> Router:
    clock, entropy = ManualClock(), SeededEntropy(1)
    settings = merge_settings(environ={}, flags=properties, data="/data", port=0)
    broker = build_broker(
        settings,
        FileLogDirectory(files, "/data", entropy),
        clock=clock,
        entropy=entropy,
        timers=TimerQueue(clock),
        work=WorkQueue(clock, lambda: None),
        advertised=AdvertisedAddresses({"PLAINTEXT": ("broker.example", 9999)}),
        endpoints=[("PLAINTEXT", "broker.example", 9999, "PLAINTEXT")],
    )
    return Router(broker, lambda context, error: pytest.fail(f"{context}: {error}"))


def test_it_answers_bytes_and_starts_no_thread() -> None:
    before = threading.active_count()
    router = build(MemoryFiles())
    frame = bytearray()
    write_request_header(frame, DescribeClusterRequest.API_KEY, 1, 7, "test")
    DescribeClusterRequest().write(frame, 1)
    connection = ConnectionContext(1, "PLAINTEXT", ("10.0.0.1", 9092), ("10.0.0.2", 50_000))
    reply = router.handle(connection, memoryview(frame))
    assert isinstance(reply, FrameWriter)
    [broker] = decode(reply, DescribeClusterRequest.API_KEY, 1).brokers
    assert (broker.host, broker.port) == ("broker.example", 9999)
    assert threading.active_count() == before


def test_a_directory_that_cannot_be_used_is_given_back() -> None:
    files = MemoryFiles()
    with pytest.raises(StorageFault):
        (build(files), build(files))  # the first one holds it
    other = MemoryFiles()
    other.make_directory("/data")
    other.write_atomically("/data/meta.properties", b"garbage")
    for _ in range(2):  # the second would not get in where the first had not let go
        with pytest.raises(ConfigError, match="damaged"):
            build(other)
