"""The quiet client with brokers that answer, lose records, and leave."""

from __future__ import annotations

import pathlib
import socket

from scripts.attack.quiet import QuietClient
from scripts.attack.target import Target
from scripts.benchmark.wire import create_topic
from tests.running_server import running_server


def test_a_broker_that_answers(tmp_path: pathlib.Path) -> None:
    with running_server(tmp_path) as (_, port):
        create_topic("127.0.0.1", port, "quiet")
        client = QuietClient(Target("kafkalite", "127.0.0.1", port), "quiet")
        with client.running():
            while client.written_count < 2:
                client.wait_for_one_more()
    assert client.troubles == []
    assert client.longest_ms >= client.median_ms > 0


def test_a_record_that_is_stored_elsewhere_is_noticed(tmp_path: pathlib.Path) -> None:
    with running_server(tmp_path) as (_, port):
        create_topic("127.0.0.1", port, "quiet")
        one, other = (QuietClient(Target("kafkalite", "127.0.0.1", port), "quiet") for _ in range(2))
        with one.running(), other.running():
            while not (one.troubles or other.troubles):
                one.wait_for_one_more()
    assert "was stored at" in (one.troubles + other.troubles)[0]


def test_a_broker_that_leaves_is_noticed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        client = QuietClient(Target("x", *server.getsockname()), "quiet")
        with client.running():
            for _ in range(3):
                accepted, _ = server.accept()
                accepted.recv(4)
                accepted.close()
            client.wait_for_one_more()
    assert client.troubles and client.waits_s
