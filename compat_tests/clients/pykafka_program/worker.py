"""Drives the examples by lines of JSON, so that tests can: clients/README.md describes the protocol.

`python -m compat_tests.clients.pykafka_program.worker BROKER_VERSION BOOTSTRAP_SERVERS`
"""

from __future__ import annotations

import base64
import importlib.metadata
import json
import os
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from pykafka import KafkaClient  # type: ignore[import-not-found]

from compat_tests.clients.pykafka_program import topics
from compat_tests.clients.pykafka_program.consumer import PartitionReader
from compat_tests.clients.pykafka_program.group import GroupMember
from compat_tests.clients.pykafka_program.producer import Record, RecordProducer

ERROR_NAMES = {"MessageSizeTooLarge": "MESSAGE_TOO_LARGE", "UnknownTopicOrPartition": "UNKNOWN_TOPIC_OR_PARTITION"}


def encode(value: bytes | None) -> str | None:
    """Return bytes as the text that travels."""
    return None if value is None else base64.b64encode(value).decode()


def decode(text: str | None) -> bytes | None:
    """Return the bytes of such a text."""
    return None if text is None else base64.b64decode(text)


class ClientTarget:
    """Producers, one for each topic and way to send, and questions about topics."""

    def __init__(self, client: KafkaClient, **_: Any) -> None:
        self._client = client
        self._producers: dict[tuple[str, int, str], RecordProducer] = {}

    def version(self) -> str:
        return f"pykafka {importlib.metadata.version('pykafka')}"

    def produce(self, topic: str, records: list[dict[str, Any]], compression: str, acks: int, **_: Any) -> Any:
        key = (topic, acks, compression)
        if key not in self._producers:
            self._producers[key] = RecordProducer(self._client, *key)
        return self._producers[key].send(
            [Record(decode(one["key"]), decode(one["value"]), one["timestamp_ms"], one["partition"]) for one in records]
        )

    def find_offsets(self, topic: str, partitions: list[int], timestamp_ms: int) -> Any:
        return topics.find_offsets(self._client, topic, partitions, timestamp_ms)

    def list_topics(self) -> Any:
        return topics.list_topics(self._client)

    def describe_topic(self, topic: str) -> Any:
        return topics.find_leaders(self._client, topic)

    def describe_cluster(self) -> Any:
        return {"brokers": topics.find_brokers(self._client), "controller_id": None}

    def close(self) -> None:
        for producer in self._producers.values():
            producer.close()


class TailTarget:
    """A consumer of given partitions."""

    def __init__(self, client: KafkaClient, isolation_level: str, **given: Any) -> None:
        self._reader = PartitionReader(client, **given)

    def take(self, count: int, timeout_ms: int) -> Any:
        return [
            [one.partition_id, one.offset, encode(one.partition_key), encode(one.value), [], one.timestamp, None]
            for one in self._reader.take(count, timeout_ms / 1000)
        ]

    def close(self) -> None:
        self._reader.close()


class MemberTarget:
    """A member of a group."""

    def __init__(self, client: KafkaClient, group_id: str, topic: str, configs: dict[str, Any]) -> None:
        self._member = GroupMember(client, topic, group_id)

    def step(self, timeout_ms: int) -> Any:
        read = self._member.read(timeout_ms / 1000)
        return {
            "read": [[one.partition_id, one.offset, encode(one.value)] for one in read],
            "owned": self._member.owned(),
        }

    def close(self) -> Any:
        self._member.close()
        return {"read": [], "owned": []}


KINDS: dict[str, Any] = {"client": ClientTarget, "tail": TailTarget, "member": MemberTarget}


class Worker:
    """Holds the targets, each with a separate thread and client."""

    def __init__(self, broker_version: str, bootstrap_servers: str, output: Any) -> None:
        self._broker_version = broker_version
        self._bootstrap_servers = bootstrap_servers
        self._output = output
        self._lock = threading.Lock()
        self._targets: dict[str, Any] = {}
        self._threads: dict[str, ThreadPoolExecutor] = {}

    def accept(self, request: dict[str, Any]) -> None:
        """Let the thread of the target answer."""
        target = request["target"]
        if target not in self._threads:
            self._threads[target] = ThreadPoolExecutor(1)
        self._threads[target].submit(self._answer, request)

    def _answer(self, request: dict[str, Any]) -> None:
        reply = {"id": request["id"]}
        try:
            reply["result"] = self._call(request["target"], request["method"], request["arguments"])
        except Exception as error:
            name = type(error).__name__
            reply |= {"error": ERROR_NAMES.get(name, name), "message": traceback.format_exc()}
        with self._lock:
            self._output.write(json.dumps(reply).encode() + b"\n")
            self._output.flush()

    def _call(self, target: str, method: str, arguments: dict[str, Any]) -> Any:
        if method != "open":
            return getattr(self._targets[target], method)(**arguments)
        servers = arguments.pop("bootstrap_servers", self._bootstrap_servers)
        client = KafkaClient(servers, broker_version=self._broker_version)
        self._targets[target] = KINDS[arguments.pop("kind")](client, **arguments)
        return None


def main() -> None:
    """Serve calls until standard input ends."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever the library prints must not mix with the answers
    worker = Worker(sys.argv[1], sys.argv[2], output)
    for line in sys.stdin.buffer:
        worker.accept(json.loads(line))
    os._exit(0)  # consumers and producers that are still open die with the process


if __name__ == "__main__":
    main()
