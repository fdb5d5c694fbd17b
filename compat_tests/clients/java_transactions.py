"""Java's own producer and consumer under the face of `transactional_clients`, in one JVM for each release."""

from __future__ import annotations

import itertools
import subprocess
import threading
from functools import cache
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from compat_tests.clients.transactional_clients import Fenced, Offsets, TransactionalClient, TransactionalProducer
from scripts.kafka_oracle import find_java, install

PROGRAM = Path(__file__).with_name("java") / "TransactionalClient.java"
ANSWER_TIMEOUT_S = 60.0
OPTIONS = ("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off")
FENCED = {"ProducerFencedException", "InvalidProducerEpochException"}


class JavaError(Exception):
    """An exception of the Java client; its class and message."""


class JavaSession:
    """A JVM with the clients of one release. Raises OracleUnavailable where Java or the jars are missing."""

    def __init__(self, version: str) -> None:
        command = [find_java(), *OPTIONS, "-cp", f"{install(version)}/*", str(PROGRAM)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1
        )
        self._answers: Queue[str] = Queue()
        threading.Thread(target=self._collect, daemon=True).start()
        self.handles = itertools.count(1)

    def _collect(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._answers.put(line.rstrip("\n"))
        self._answers.put("error\tExited\tthe JVM has ended")

    def ask(self, *command: object) -> str:
        """Send a command and return its result; Fenced or JavaError where it failed."""
        assert self._process.stdin is not None
        self._process.stdin.write("\t".join(str(field) for field in command) + "\n")
        self._process.stdin.flush()
        try:
            status, _, rest = self._answers.get(timeout=ANSWER_TIMEOUT_S).partition("\t")
        except Empty:
            self._process.kill()
            raise AssertionError(f"Java did not answer {command}") from None
        if status == "ok":
            return rest
        name, _, message = rest.partition("\t")
        raise Fenced(message) if name in FENCED or "FencedException" in message else JavaError(f"{name}: {message}")

    def close(self) -> None:
        """End the JVM."""
        self._process.kill()
        self._process.wait()


@cache
def session(version: str) -> JavaSession:
    """Return the JVM of a release, started on first use and ended with this process's standard input."""
    return JavaSession(version)


class JavaProducer(TransactionalProducer):
    """kafka-clients."""

    def __init__(self, version: str, bootstrap_servers: str, transactional_id: str, timeout_ms: int) -> None:
        self._session = session(version)
        self._handle = f"producer-{next(self._session.handles)}"
        self._session.ask("open", self._handle, bootstrap_servers, transactional_id, timeout_ms)

    def init(self) -> None:
        self._session.ask("init", self._handle)

    def begin(self) -> None:
        self._session.ask("begin", self._handle)

    def send(self, topic: str, partition: int, *values: bytes) -> None:
        self._session.ask("send", self._handle, topic, partition, ",".join(value.hex() for value in values))

    def send_offsets(self, consumer: Any, offsets: Offsets, group_id: str) -> None:
        for (topic, partition), offset in offsets.items():
            self._session.ask("offset", self._handle, group_id, topic, partition, offset)

    def commit(self) -> None:
        self._session.ask("commit", self._handle)

    def abort(self) -> None:
        self._session.ask("abort", self._handle)

    def close(self) -> None:
        self._session.ask("close", self._handle)


def java_client(version: str) -> TransactionalClient:
    """Return the Java clients of one release."""

    def read(bootstrap_servers: str, topic: str, partition: int, isolation_level: str) -> list[bytes]:
        found = session(version).ask("read", bootstrap_servers, topic, partition, isolation_level)
        return [bytes.fromhex(value) for value in found.split(",") if value]

    return TransactionalClient(
        name=f"java-{version}",
        make_producer=lambda servers, transactional_id, timeout_ms: JavaProducer(
            version, servers, transactional_id, timeout_ms
        ),
        read=read,
    )
