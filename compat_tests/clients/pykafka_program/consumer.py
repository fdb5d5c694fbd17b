"""Reads chosen partitions with pykafka, without a group."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from pykafka import KafkaClient  # type: ignore[import-not-found]
from pykafka.common import OffsetType  # type: ignore[import-not-found]

POLL_MS = 50


class PartitionReader:
    """A consumer of some partitions, all from one offset on: a number, -2 for the earliest or -1 for the latest."""

    def __init__(
        self, client: KafkaClient, topic: str, partitions: Sequence[int], offset: int, min_bytes: int, max_wait_ms: int
    ) -> None:
        found = client.topics[topic]
        chosen = [found.partitions[number] for number in partitions]
        self._arrived: list[Any] = []
        self._consumer = found.get_simple_consumer(
            partitions=chosen,
            fetch_min_bytes=min_bytes,
            fetch_wait_max_ms=max_wait_ms,
            fetch_message_max_bytes=10_000_000,
            consumer_timeout_ms=POLL_MS,
            auto_offset_reset=OffsetType.LATEST if offset == OffsetType.LATEST else OffsetType.EARLIEST,
            reset_offset_on_start=True,
            auto_start=offset < 0,
        )
        if offset >= 0:
            self._start_at(chosen, offset)

    def _start_at(self, partitions: Sequence[Any], offset: int) -> None:
        """pykafka counts what was consumed last."""
        self._consumer.start()
        self._consumer.reset_offsets([(partition, offset - 1) for partition in partitions])

    def take(self, count: int, timeout_s: float) -> list[Any]:
        """Return `count` messages, or none when the time is over: they stay for the next call."""
        deadline = time.monotonic() + timeout_s
        while len(self._arrived) < count and time.monotonic() < deadline:
            message = self._consumer.consume()
            if message is not None:
                self._arrived.append(message)
        if len(self._arrived) < count:
            return []
        taken, self._arrived = self._arrived[:count], self._arrived[count:]
        return taken

    def close(self) -> None:
        """Stop fetching."""
        self._consumer.stop()
