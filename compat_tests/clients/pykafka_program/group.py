"""A member of a consumer group with pykafka: what others call a consumer it calls a balanced one."""

from __future__ import annotations

import contextlib
import time
from typing import Any

from pykafka import KafkaClient  # type: ignore[import-not-found]
from pykafka.exceptions import KafkaException  # type: ignore[import-not-found]

POLL_MS = 50


class GroupMember:
    """Reads, then commits what it has read; `managed` leaves the group to the broker and not to ZooKeeper."""

    def __init__(self, client: KafkaClient, topic: str, group_id: str) -> None:
        self._consumer = client.topics[topic].get_balanced_consumer(
            group_id,
            managed=True,
            heartbeat_interval_ms=300,
            consumer_timeout_ms=POLL_MS,
            auto_commit_enable=False,
            rebalance_backoff_ms=200,
        )

    def read(self, timeout_s: float) -> list[Any]:
        """Return the messages that come in that time; they are committed before, unless the group is changing."""
        deadline = time.monotonic() + timeout_s
        messages = []
        while time.monotonic() < deadline:
            message = self._consumer.consume()
            if message is not None:
                messages.append(message)
        if messages:
            with contextlib.suppress(KafkaException):  # somebody else reads them again
                self._consumer.commit_offsets()
        return messages

    def owned(self) -> list[int]:
        """Return the partitions it reads now."""
        return sorted(self._consumer.partitions or ())

    def close(self) -> None:
        """Leave the group."""
        self._consumer.stop()
