"""Adapter of kcat, as Debian ships it (librdkafka 2.0.2): one process per call, one per open tail."""

from __future__ import annotations

import itertools
import json
import os
import re
import selectors
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from typing import IO, Any

from compat_tests.clients.group_members import PROGRESS, SESSION_MS, Member, Place
from compat_tests.clients.model import (
    DEADLINE_S,
    EARLIEST,
    Client,
    ClientError,
    Cluster,
    Consumed,
    NothingArrived,
    Produced,
    Record,
    Tail,
)

KEY_END = "\x1e"
RECORD_END = "\x1f"
OUTPUT_FORMAT = r"%p %o %T %K %S %h\n%k%s"
"""Lengths before bytes, so that any key and value can be read back; a null has length -1."""
ERROR_TEXTS = {
    "Message size too large": "MESSAGE_TOO_LARGE",
    "Unknown topic or partition": "UNKNOWN_TOPIC_OR_PARTITION",
    "Unsupported compression type": "UNSUPPORTED_COMPRESSION_TYPE",
}


class Kcat(Client):
    """kcat, negotiating versions, or told by `fallback_version` to speak as to that release."""

    def __init__(self, bootstrap_servers: str, fallback_version: str | None = None) -> None:
        self._connection = ["-b", bootstrap_servers, "-X", "socket.timeout.ms=10000"]
        if fallback_version is not None:
            fallback = ("api.version.request=false", f"broker.version.fallback={fallback_version}")
            self._connection += [argument for setting in fallback for argument in ("-X", setting)]

    def command(self, *arguments: str) -> list[str]:
        """Return the command line with the broker's address; kcat reads no configuration file of the user."""
        return ["kcat", "-F", os.devnull, *self._connection, *arguments]

    def run(self, *arguments: str, stdin: bytes = b"", timeout_s: float = DEADLINE_S) -> tuple[bytes, str]:
        """Run kcat to its end and return its output and its messages.

        Raises:
            ClientError: kcat failed.
        """
        try:
            done = subprocess.run(
                self.command(*arguments), input=stdin, capture_output=True, timeout=timeout_s, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise NothingArrived(f"kcat {' '.join(arguments)} ran over {timeout_s} s") from error
        messages = done.stderr.decode(errors="replace")
        if done.returncode != 0:
            found = [name for text, name in ERROR_TEXTS.items() if text in messages]
            raise ClientError(found[0] if found else f"kcat exit status {done.returncode}", messages)
        return done.stdout, messages

    def version(self) -> str:
        output, messages = self.run("-V")
        found = re.search(r"Version (\S+).*librdkafka (\S+)", output.decode() + messages, re.DOTALL)
        return f"kcat {found[1]} (librdkafka {found[2]})" if found else "kcat"

    def produce(
        self,
        topic: str,
        records: Sequence[Record],
        *,
        compression: str = "none",
        acks: int = -1,
        idempotent: bool = False,
    ) -> list[Produced]:
        """Send all; kcat reports deliveries per partition, so the result is in order only within each partition."""
        produced: list[Produced] = []
        for (headers, partition), group in itertools.groupby(
            records, lambda record: (record.headers, record.partition)
        ):
            options = ["-P", "-t", topic, "-z", compression, "-K", KEY_END, "-D", RECORD_END, "-Z", "-v", "-v"]
            options += ["-X", f"acks={acks}", "-X", f"enable.idempotence={str(idempotent).lower()}"]
            options += ["-X", "linger.ms=5", "-X", "message.max.bytes=20000000", "-X", "message.timeout.ms=15000"]
            options += ["-p", str(partition)] if partition is not None else []
            options += [part for name, value in headers for part in ("-H", f"{name}={(value or b'').decode()}")]
            _, messages = self.run(*options, stdin=b"".join(_encode(record) for record in group))
            delivered = re.findall(r"Message delivered to partition (\d+) \(offset (-?\d+)\)", messages)
            produced += [Produced(int(number), int(offset)) for number, offset in delivered]
        return produced

    def open_tail(
        self,
        topic: str,
        partitions: Sequence[int] = (0,),
        offset: int = EARLIEST,
        *,
        min_bytes: int = 1,
        max_wait_ms: int = 500,
    ) -> Tail:
        """Follow one partition, or all of the topic's; kcat knows nothing in between."""
        start = offset if offset >= 0 else self.find_offsets(topic, partitions, offset)[partitions[0]]
        options = ["-C", "-q", "-u", "-t", topic, "-o", str(start), "-f", OUTPUT_FORMAT]
        options += ["-p", str(partitions[0])] if len(partitions) == 1 else []
        options += ["-X", f"fetch.min.bytes={min_bytes}", "-X", f"fetch.wait.max.ms={max_wait_ms}"]
        return KcatTail(self.command(*options, "-X", "auto.offset.reset=earliest"))

    def find_offsets(self, topic: str, partitions: Sequence[int], timestamp_ms: int) -> dict[int, int]:
        wanted = [part for number in partitions for part in ("-t", f"{topic}:{number}:{timestamp_ms}")]
        output, _ = self.run("-Q", *wanted)
        found = re.findall(r"\[(\d+)\] offset (-?\d+)", output.decode())
        return {int(number): int(offset) for number, offset in found}

    def open_member(self, group_id: str, topic: str) -> Member:
        options = ("-u", "-f", OUTPUT_FORMAT, "-G", group_id)
        settings = ("auto.offset.reset=earliest", f"session.timeout.ms={SESSION_MS}", "heartbeat.interval.ms=300")
        settings += ("auto.commit.interval.ms=100", "topic.metadata.refresh.interval.ms=1000")
        given = [part for setting in settings for part in ("-X", setting)]
        return KcatMember(self.command(*given, *options, topic), group_id, topic)

    def read_to_end(self, topic: str, partition: int = 0, isolation_level: str = "read_committed") -> list[bytes]:
        options = ("-C", "-q", "-u", "-e", "-t", topic, "-p", str(partition), "-f", OUTPUT_FORMAT)
        output, _ = self.run(*options, "-X", f"isolation.level={isolation_level}")
        received, values = bytearray(output), []
        while (record := parse_record(received)) is not None:
            values.append(record.value or b"")
        return values

    def describe_topic(self, topic: str) -> dict[int, int]:
        (found,) = self.read_metadata("-t", topic)["topics"]
        if "error" in found:
            raise ClientError(ERROR_TEXTS.get(found["error"].removeprefix("Broker: "), found["error"]))
        return {partition["partition"]: partition["leader"] for partition in found["partitions"]}

    def list_topics(self) -> set[str]:
        return {topic["topic"] for topic in self.read_metadata()["topics"]}

    def describe_cluster(self) -> Cluster:
        found = self.read_metadata()
        addresses = {broker["id"]: broker["name"].rsplit(":", 1) for broker in found["brokers"]}
        brokers = {number: (host, int(port)) for number, (host, port) in addresses.items()}
        controller_id = found["controllerid"]
        return Cluster(brokers, controller_id if controller_id >= 0 else None)

    def read_metadata(self, *arguments: str) -> dict[str, Any]:
        """Return what `kcat -L -J` prints."""
        output, _ = self.run("-L", "-J", *arguments)
        return json.loads(output)  # type: ignore[no-any-return]

    def close(self) -> None:
        """Do nothing: no process outlives its call."""


def _encode(record: Record) -> bytes:
    return (record.key or b"") + KEY_END.encode() + (record.value or b"") + RECORD_END.encode()


def parse_record(received: bytearray) -> Consumed | None:
    """Cut the first record off what kcat printed; None while it is not there as a whole."""
    line_end = received.find(b"\n")
    if line_end < 0:
        return None
    partition, offset, timestamp, key_size, value_size, *headers = received[:line_end].split(b" ", 5)
    key_end = line_end + 1 + max(int(key_size), 0)
    value_end = key_end + max(int(value_size), 0)
    if len(received) < value_end:
        return None
    key = bytes(received[line_end + 1 : key_end]) if int(key_size) >= 0 else None
    value = bytes(received[key_end:value_end]) if int(value_size) >= 0 else None
    del received[:value_end]
    pairs = [pair.split(b"=", 1) for pair in headers[0].split(b",")] if headers and headers[0] else []
    parsed = tuple((name.decode(), None if text == b"NULL" else bytes(text)) for name, text in pairs)
    return Consumed(int(partition), int(offset), key, value, parsed, int(timestamp), None)


class KcatTail(Tail):
    """A running `kcat -C`, its output read as it comes."""

    def __init__(self, command: list[str]) -> None:
        self._messages = tempfile.TemporaryFile()  # noqa: SIM115 (closed by close)
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self._messages, bufsize=0)
        assert self._process.stdout is not None
        self._output = self._process.stdout
        self._received = bytearray()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._output, selectors.EVENT_READ)

    def take(self, count: int, timeout_s: float = DEADLINE_S) -> list[Consumed]:
        deadline = time.monotonic() + timeout_s
        taken: list[Consumed] = []
        while len(taken) < count:
            record = parse_record(self._received)
            if record is not None:
                taken.append(record)
            elif not self._receive(deadline - time.monotonic()):
                raise NothingArrived(f"{len(taken)} of {count} records in {timeout_s} s; {self._read_messages()}")
        return taken

    def _receive(self, timeout_s: float) -> bool:
        if timeout_s <= 0 or not self._selector.select(timeout_s):
            return False
        chunk = os.read(self._output.fileno(), 1 << 20)
        self._received += chunk
        return bool(chunk)

    def _read_messages(self) -> str:
        self._messages.seek(0)
        return self._messages.read().decode(errors="replace")

    def close(self) -> None:
        self._selector.close()
        self._process.kill()
        self._process.communicate(timeout=DEADLINE_S)
        self._messages.close()


class KcatMember(Member):
    """A running `kcat -G`: records on its output, what it is assigned among its messages."""

    library = "kcat"

    def __init__(self, command: list[str], group_id: str, topic: str) -> None:
        self._command = command
        super().__init__("", group_id, topic)

    def _consume(self) -> None:
        with subprocess.Popen(self._command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as process:
            assert process.stdout is not None and process.stderr is not None
            teller = threading.Thread(target=self._hear, args=(process.stderr,), daemon=True)
            teller.start()
            stopper = threading.Thread(target=self._end, args=(process,), daemon=True)
            stopper.start()
            received = bytearray()
            while chunk := os.read(process.stdout.fileno(), 1 << 20):
                received += chunk
                while (record := parse_record(received)) is not None:
                    self.read.append((Place(record.partition, record.offset), record.value or b""))
                PROGRESS.tell()
            teller.join()
            if not self._is_stopping.is_set():
                raise RuntimeError(f"kcat ended with {process.wait()}")

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        self._is_stopping.wait()
        process.send_signal(signal.SIGINT)  # it commits what it has stored, and leaves the group

    def _hear(self, messages: IO[bytes]) -> None:
        """Follow lines as "% Group g rebalanced (memberid m): assigned: topic [0], topic [1]"."""
        for line in messages:
            if b": assigned: " in line:
                self.owned = frozenset(
                    int(number) for number in re.findall(rb"\[(\d+)\]", line.split(b": assigned: ")[1])
                )
            elif b": revoked: " in line:
                self.owned = frozenset()
