"""The brokers that are measured, each in a separate process with its processor time and memory.

All of them listen on loopback only and are stopped by their process id.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from scripts.devtools.benchmark.wire import BrokerFailed, answers_api_versions, free_port

START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 20.0
POLL_S = 0.001
KAFKA_HEAP = ("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "-XX:InitiatingHeapOccupancyPercent=35")
"""The heap and collector of Kafka's own start script: what its users run."""

REPOSITORY = Path(__file__).resolve().parents[3]

MOCK_NAME = "librdkafka mock"
MOCK_PROGRAM = """
import sys
from confluent_kafka.admin import AdminClient
client = AdminClient({"test.mock.num.brokers": 1, "bootstrap.servers": "ignored"})
metadata = client.list_topics(timeout=10)
broker = next(iter(metadata.brokers.values()))
print(f"{broker.host}:{broker.port}", flush=True)
sys.stdin.read()
"""
"""librdkafka's mock cluster runs inside a client; the process ends when its standard input is closed."""


class RunningBroker:
    """A broker under measurement.

    Attributes:
        start_ms: from the start of the process to its first answer to ApiVersions, in ms.
    """

    def __init__(self, name: str, host: str, port: int, pid: int, start_ms: float) -> None:
        self.name = name
        self.host = host
        self.port = port
        self.pid = pid
        self.start_ms = start_ms

    def cpu_s(self) -> float:
        """Processor time used so far, user and system, of all threads, in seconds."""
        total_ns = 0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            with (
                contextlib.suppress(OSError),
                open(f"/proc/{self.pid}/task/{task}/schedstat", encoding="ascii") as file,
            ):
                total_ns += int(file.read().split()[0])
        return total_ns / 1e9

    def resident_mb(self) -> float:
        """Resident memory in MB (10^6 bytes)."""
        with open(f"/proc/{self.pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


Starter = Callable[[], contextlib.AbstractContextManager[RunningBroker]]


@contextlib.contextmanager
def kafkalite(
    log: int | None = None,
    *,
    settings: Mapping[str, str] | None = None,
    port: int | None = None,
    descriptor_count: int | None = None,
) -> Iterator[RunningBroker]:
    """Run this repository's broker on a data directory that is removed afterwards.

    Args:
        log: the target of its error output, as for subprocess; None: that of this process.
        settings: broker properties; `listeners` among them must have `port`.
        port: None for any free one.
        descriptor_count: the number of files it may have open; None for as many as this process.
    """
    directory = tempfile.mkdtemp(prefix="kafkalite-bench-")
    port = port or free_port()
    command = [
        *limited(descriptor_count),
        sys.executable,
        "-m",
        "kafkalite",
        "serve",
        "--quiet",
        "--port",
        str(port),
        "--data",
        f"{directory}/data",
    ]
    if settings:
        properties = Path(directory, "server.properties")
        properties.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
        command += ["--config", str(properties)]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=log)
    try:
        yield RunningBroker("kafkalite", "127.0.0.1", port, process.pid, _await_answer(process, port, started))
    finally:
        _stop(process)
        shutil.rmtree(directory, ignore_errors=True)


@contextlib.contextmanager
def apache_kafka(
    version: str,
    *,
    settings: Mapping[str, str] | None = None,
    port: int = 0,
    descriptor_count: int | None = None,
) -> Iterator[RunningBroker]:
    """Run a real Apache Kafka from its jars; its storage is formatted before the clock starts.

    The arguments are those of `kafkalite`; a limit of descriptors is set when the broker is ready.
    """
    from compat_tests.oracle.apache_kafka import ApacheKafka

    directory = Path(tempfile.mkdtemp(prefix="kafkalite-bench-kafka-"))
    kafka = ApacheKafka(
        version=version, data=directory / "data", jvm_options=KAFKA_HEAP, port=port, settings=settings or {}
    )
    kafka.start()
    kafka.stop()
    started = time.perf_counter()
    kafka.start()
    try:
        start_ms = (time.perf_counter() - started) * 1000
        pid = kafka.find_pid()
        assert pid is not None
        if descriptor_count is not None:
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (descriptor_count, descriptor_count))
        yield RunningBroker(f"Apache Kafka {version}", "127.0.0.1", kafka.port, pid, start_ms)
    finally:
        kafka.stop()
        shutil.rmtree(directory, ignore_errors=True)


@contextlib.contextmanager
def librdkafka_mock() -> Iterator[RunningBroker]:
    """Run librdkafka's in-memory mock cluster (one broker) in a separate process."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", MOCK_PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        host, _, port = process.stdout.readline().strip().rpartition(":")
        yield RunningBroker(MOCK_NAME, host, int(port), process.pid, _await_answer(process, int(port), started))
    finally:
        _stop(process)


def _await_answer(process: subprocess.Popen[str] | subprocess.Popen[bytes], port: int, started: float) -> float:
    deadline = started + START_TIMEOUT_S
    while time.perf_counter() < deadline:
        if process.poll() is not None:
            raise BrokerFailed(f"the broker ended with exit code {process.returncode} before it answered")
        if answers_api_versions("127.0.0.1", port):
            return (time.perf_counter() - started) * 1000
        time.sleep(POLL_S)
    raise BrokerFailed(f"the broker did not answer within {START_TIMEOUT_S} s")


def _stop(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


LIMIT_PROGRAM = """
import os, resource, sys
count = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))
os.execv(sys.argv[2], sys.argv[2:])
"""
"""The broker asks for its limit when it starts, so it must be set before."""


def limited(descriptor_count: int | None) -> list[str]:
    """Return the beginning of a command that may have so many files open; empty for None."""
    return [] if descriptor_count is None else [sys.executable, "-c", LIMIT_PROGRAM, str(descriptor_count)]


def available(kafka_version: str) -> list[tuple[str, Starter]]:
    """Return kafkalite and the peer to measure it against: Apache Kafka where its jars are, else librdkafka's mock."""
    from compat_tests.oracle.apache_kafka import find_cache_directory

    jars = list(find_cache_directory().glob(f"**/kafka-clients-{kafka_version}.jar"))
    if jars and shutil.which("java"):
        return [("kafkalite", kafkalite), ("Apache Kafka", lambda: apache_kafka(kafka_version))]
    return [("kafkalite", kafkalite), (MOCK_NAME, librdkafka_mock)]
