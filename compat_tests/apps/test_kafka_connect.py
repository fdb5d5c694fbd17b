"""Kafka Connect, distributed, with exactly-once sources: a file goes through a topic into another file.

Worker and broker are killed in the middle of transactions; the topic holds each line once, in order, all the same.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from compat_tests.apps.conftest import Topics
from compat_tests.apps.java_app import JavaApp, or_skip, wait_for
from compat_tests.broker_process import Broker
from compat_tests.clients.java_worker import java_command
from compat_tests.oracle.apache_kafka import find_free_port, install, install_artifact

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

MAIN_CLASS = "org.apache.kafka.connect.cli.ConnectDistributed"
TELL_START = "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.connect.runtime.Connect=info"
TOPIC = "lines"
STEP_COUNT = 200
REQUEST_TIMEOUT_S = 30.0
TRANSACTION_INTERVAL_MS = "500"
"""Long enough to be caught in the middle of a transaction."""


class Connect:
    """One worker, its source file and its sink file."""

    def __init__(self, broker: Broker, directory: Path) -> None:
        jars, plugins = or_skip(install), or_skip(lambda: install_artifact("connect-file"))
        self._url = f"http://127.0.0.1:{find_free_port()}"
        self.source = directory / "source.txt"
        self.sink = directory / "sink.txt"
        self.lines: list[str] = []
        properties = directory / "worker.properties"
        settings = self._settings(broker.bootstrap_servers, plugins)
        properties.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        command = [*java_command(plugins, f"{jars}/*"), TELL_START, MAIN_CLASS, str(properties)]
        self.app = JavaApp(command, directory / "worker.txt")

    def _settings(self, bootstrap_servers: str, plugins: Path) -> dict[str, str]:
        topics = {f"{kind}.storage.topic": f"connect-{kind}" for kind in ("offset", "config", "status")}
        topics |= {f"{kind}.storage.replication.factor": "1" for kind in ("offset", "config", "status")}
        topics |= {f"{kind}.storage.partitions": "2" for kind in ("offset", "status")}
        converter = "org.apache.kafka.connect.storage.StringConverter"
        return topics | {
            "bootstrap.servers": bootstrap_servers,
            "group.id": "connect",
            "listeners": self._url,
            "plugin.path": str(plugins),
            "plugin.discovery": "service_load",
            "key.converter": converter,
            "value.converter": converter,
            "exactly.once.source.support": "enabled",
            "consumer.isolation.level": "read_committed",
            "consumer.session.timeout.ms": "6000",
            "consumer.heartbeat.interval.ms": "500",
            "session.timeout.ms": "6000",
            "heartbeat.interval.ms": "500",
            "scheduled.rebalance.max.delay.ms": "0",
            "offset.flush.interval.ms": "500",
        }

    def start(self) -> None:
        """Start the worker; return when it listens."""
        self.app.start()
        self.app.wait_for_output("Kafka Connect started")

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Ask the worker; raises urllib.error.URLError while it cannot answer."""
        request = urllib.request.Request(
            f"{self._url}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=REQUEST_TIMEOUT_S) as response:
            content = response.read()
        return json.loads(content) if content else None

    def wait_for_call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Ask until the worker can answer: its group comes together, or what it works on is not known yet."""

        def try_call() -> list[Any]:
            try:
                return [self.call(method, path, body)]
            except (urllib.error.URLError, OSError):
                return []

        return wait_for(try_call, f"{method} {path} was answered", self.app)[0]

    def configure(self) -> None:
        """Make both connectors."""
        common = {"tasks.max": "1", "file": "", "name": ""}
        source = {
            "connector.class": "org.apache.kafka.connect.file.FileStreamSourceConnector",
            "file": str(self.source),
            "topic": TOPIC,
            "exactly.once.support": "required",
            "transaction.boundary": "interval",
            "transaction.boundary.interval.ms": TRANSACTION_INTERVAL_MS,
        }
        sink = {
            "connector.class": "org.apache.kafka.connect.file.FileStreamSinkConnector",
            "file": str(self.sink),
            "topics": TOPIC,
        }
        for name, config in (("source", source), ("sink", sink)):
            self.wait_for_call("PUT", f"/connectors/{name}/config", common | config | {"name": name})

    def states(self) -> set[str]:
        """Return the states of all connectors and tasks; empty while they are not known."""
        states: set[str] = set()
        for name in ("source", "sink"):
            status = self.wait_for_call("GET", f"/connectors/{name}/status")
            if not status["tasks"]:
                return set()
            states |= {status["connector"]["state"], *(task["state"] for task in status["tasks"])}
        return states

    def write(self) -> None:
        """Write more lines to the source file."""
        lines = [f"line {number}" for number in range(len(self.lines), len(self.lines) + STEP_COUNT)]
        with self.source.open("a") as file:
            file.write("".join(f"{line}\n" for line in lines))
        self.lines += lines

    def write_into_transaction(self, topics: Topics) -> None:
        """Write until the source task is in the middle of a transaction."""

        def write_and_look() -> bool:
            self.write()
            return topics.has_open_transaction(TOPIC, partition_count=1)

        wait_for(write_and_look, "it is in the middle of a transaction", self.app)

    def check(self, topics: Topics) -> None:
        """Wait until everything came through, then compare: the topic is exact, the sink has all, in order at last."""
        wait_for(
            lambda: self.states() == {"RUNNING"} and self.sink.read_text().splitlines()[-1:] == self.lines[-1:],
            f"{self.lines[-1]!r} came through",
            self.app,
        )
        assert [value.decode() for _, value in topics.read(TOPIC, 1) if value is not None] == self.lines
        assert set(self.sink.read_text().splitlines()) == set(self.lines)


@pytest.fixture
def connect(app_broker: Broker, tmp_path: Path) -> Iterator[Connect]:
    """Return a worker that is not started."""
    one = Connect(app_broker, tmp_path)
    yield one
    one.app.kill()


def test_a_file_goes_through_a_topic_exactly_once(app_broker: Broker, topics: Topics, connect: Connect) -> None:
    topics.create(TOPIC, partition_count=1)
    connect.write()
    connect.start()
    connect.configure()
    connect.check(topics)

    connect.write_into_transaction(topics)
    connect.app.kill()
    connect.write()
    connect.start()
    connect.check(topics)

    connect.write_into_transaction(topics)
    app_broker.restart(crash=True)
    connect.write()
    connect.check(topics)

    (told,) = connect.call("GET", "/connectors/source/offsets")["offsets"]
    assert told["partition"] == {"filename": str(connect.source)}
    wait_for(
        lambda: (
            connect.call("GET", "/connectors/source/offsets")["offsets"][0]["offset"]["position"]
            == connect.source.stat().st_size
        ),
        "the source's offset is the size of its file",
        connect.app,
    )
    (sunk,) = connect.call("GET", "/connectors/sink/offsets")["offsets"]
    assert sunk["partition"] == {"kafka_topic": TOPIC, "kafka_partition": 0}
    for name in ("source", "sink"):
        connect.call("DELETE", f"/connectors/{name}")
    wait_for(lambda: connect.call("GET", "/connectors") == [], "the connectors are gone", connect.app)
    connect.app.stop()
