"""The quiet client with brokers that answer, lose records, and leave."""

from __future__ import annotations

import pathlib
import socket

import pytest

from scripts.devtools.attack import quiet
from scripts.devtools.attack.ledger import Ledger
from scripts.devtools.attack.quiet import QuietClient
from scripts.devtools.attack.target import Target
from scripts.devtools.benchmark.wire import create_topic
from tests.running_server import running_server


def test_a_broker_that_answers(tmp_path: pathlib.Path) -> None:
    with running_server(tmp_path) as (_, port):
        create_topic("127.0.0.1", port, "quiet")
        target = Target("kafkalite", "127.0.0.1", port)
        ledger = Ledger(target, "quiet")
        client = QuietClient(target, ledger)
        with client.running():
            while client.written_count < 2:
                client.wait_for_one_more()
        assert list(ledger.values) == list(range(client.written_count))
        assert ledger.lost() == []
    assert client.troubles == []
    assert client.longest_ms >= client.median_ms > 0


def test_a_record_that_is_stored_elsewhere_is_noticed(tmp_path: pathlib.Path) -> None:
    with running_server(tmp_path) as (_, port):
        create_topic("127.0.0.1", port, "quiet")
        target = Target("kafkalite", "127.0.0.1", port)
        one, other = (QuietClient(target, Ledger(target, "quiet")) for _ in range(2))
        with one.running(), other.running():
            while not (one.troubles or other.troubles):
                one.wait_for_one_more()
    assert "was stored at" in (one.troubles + other.troubles)[0]


def test_an_offset_that_was_acknowledged_before_is_noticed(tmp_path: pathlib.Path) -> None:
    with running_server(tmp_path) as (_, port):
        create_topic("127.0.0.1", port, "quiet")
        target = Target("kafkalite", "127.0.0.1", port)
        ledger = Ledger(target, "quiet")
        ledger.acknowledge(0, b"another record")
        client = QuietClient(target, ledger)
        with client.running():
            while not client.troubles:
                client.wait_for_one_more()
    assert client.troubles == ["offset 0 was acknowledged twice"]


def test_a_broker_that_leaves_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiet, "RETRY_S", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as server:
        target = Target("x", *server.getsockname())
        client = QuietClient(target, Ledger(target, "quiet"))
        with client.running():
            for _ in range(3):
                accepted, _ = server.accept()
                accepted.recv(4)
                accepted.close()
            server.close()  # what it tries from now on is refused at once
            client.wait_for_one_more()
    assert client.troubles and client.waits_s
