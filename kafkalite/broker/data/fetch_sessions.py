"""Incremental fetch sessions: a client sends each partition once, and gets only those that changed.

Source: KIP-227, FetchManager, FetchSession, FetchSessionCacheShard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.steps import Pace
from kafkalite.protocol import errors

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.fetch_response import PartitionData
    from kafkalite.system.clock import Clock
    from kafkalite.system.entropy import Entropy

INVALID_SESSION_ID = 0
INITIAL_EPOCH = 0
FINAL_EPOCH = -1
EVICTION_MS = 120_000
"""A session unused for this long gives way to any new one (MIN_INCREMENTAL_FETCH_SESSION_EVICTION_MS)."""

PartitionKey = tuple[str | bytes, int]
"""(topic name, or topic id from Fetch v13 on; partition index)"""


class FetchTarget:
    """One partition of a fetch, and the last answer of its session about it.

    Attributes:
        topic: name, "" where the request gave an unknown id.
        topic_id: the zero id below v13.
        told_high_watermark, told_log_start_offset: as in the last answer; -1 forces the partition into the next one.
    """

    __slots__ = (
        "current_leader_epoch",
        "fetch_offset",
        "last_fetched_epoch",
        "max_bytes",
        "partition",
        "told_high_watermark",
        "told_log_start_offset",
        "topic",
        "topic_id",
    )

    def __init__(
        self,
        topic: str,
        topic_id: bytes,
        partition: int,
        fetch_offset: int,
        max_bytes: int,
        current_leader_epoch: int,
        last_fetched_epoch: int,
    ) -> None:
        self.topic = topic
        self.topic_id = topic_id
        self.partition = partition
        self.fetch_offset = fetch_offset
        self.max_bytes = max_bytes
        self.current_leader_epoch = current_leader_epoch
        self.last_fetched_epoch = last_fetched_epoch
        self.told_high_watermark = -1
        self.told_log_start_offset = -1

    def update(self, newer: FetchTarget) -> None:
        """Take over the request of the client; the last answer stays."""
        self.fetch_offset = newer.fetch_offset
        self.max_bytes = newer.max_bytes
        self.current_leader_epoch = newer.current_leader_epoch
        self.last_fetched_epoch = newer.last_fetched_epoch

    def is_news(self, answer: PartitionData) -> bool:
        """Return whether an incremental answer must carry this partition, and remember its values."""
        news = bool(answer.records) or answer.preferred_read_replica >= 0 or answer.diverging_epoch is not None
        if self.told_high_watermark != answer.high_watermark:
            self.told_high_watermark = answer.high_watermark
            news = True
        if self.told_log_start_offset != answer.log_start_offset:
            self.told_log_start_offset = answer.log_start_offset
            news = True
        if answer.error_code != errors.NONE:
            self.told_high_watermark = -1
            news = True
        return news


class FetchSession:
    """One client's standing fetch. ``targets`` is in the order in which partitions are served next."""

    __slots__ = ("created_ms", "epoch", "last_used_ms", "session_id", "targets", "uses_topic_ids")

    def __init__(
        self, session_id: int, targets: dict[PartitionKey, FetchTarget], uses_topic_ids: bool, now_ms: int
    ) -> None:
        self.session_id = session_id
        self.targets = targets
        self.uses_topic_ids = uses_topic_ids
        self.epoch = 1
        self.created_ms = self.last_used_ms = now_ms

    def update(self, changed: dict[PartitionKey, FetchTarget], forgotten: Iterable[PartitionKey]) -> None:
        """Add and change partitions, then forget some: a partition in both is forgotten."""
        for key, target in changed.items():
            self._ask(key, target)
        for key in forgotten:
            self.targets.pop(key, None)

    def update_steps(self, changed: dict[PartitionKey, FetchTarget], forgotten: Iterable[PartitionKey]) -> Steps[None]:
        """Update as `update` does, in steps."""
        pace = Pace()
        for key, target in changed.items():
            self._ask(key, target)
            if pace.is_due():
                yield
        for key in forgotten:
            self.targets.pop(key, None)
            if pace.is_due():
                yield

    def _ask(self, key: PartitionKey, target: FetchTarget) -> None:
        known = self.targets.get(key)
        if known is None:
            self.targets[key] = target
        else:
            known.update(target)

    def advance_epoch(self) -> None:
        """Go to the epoch that the next request must carry; it wraps past 2^31-1 to 1."""
        self.epoch = 1 if self.epoch == 0x7FFFFFFF else self.epoch + 1

    def move_to_end(self, key: PartitionKey) -> None:
        """Serve a partition that had records after all others next time, unless it was forgotten meanwhile."""
        target = self.targets.pop(key, None)
        if target is not None:
            self.targets[key] = target


class FetchSessionCache:
    """The sessions of all clients, bounded.

    Args:
        max_session_count: ``max.incremental.fetch.session.cache.slots``; 0 answers every fetch without a session.
    """

    __slots__ = ("_clock", "_entropy", "_max_session_count", "_sessions")

    def __init__(self, max_session_count: int, clock: Clock, entropy: Entropy) -> None:
        self._max_session_count = max_session_count
        self._clock = clock
        self._entropy = entropy
        self._sessions: dict[int, FetchSession] = {}  # least recently used first

    def __len__(self) -> int:
        return len(self._sessions)

    def find(self, session_id: int) -> FetchSession | None:
        """Return the session, or None when it was never made, closed or evicted."""
        return self._sessions.get(session_id)

    def touch(self, session: FetchSession) -> None:
        """Note that the session was used now."""
        session.last_used_ms = self._clock.monotonic_ms()
        self._sessions[session.session_id] = self._sessions.pop(session.session_id)

    def remove(self, session_id: int) -> None:
        """Close a session; unknown ids are no error."""
        self._sessions.pop(session_id, None)

    def create(self, targets: dict[PartitionKey, FetchTarget], uses_topic_ids: bool) -> FetchSession | None:
        """Make a session, or return None where there is no room and no session has to give way."""
        now_ms = self._clock.monotonic_ms()
        if len(self._sessions) >= self._max_session_count and not self._evict(len(targets), now_ms):
            return None
        session = FetchSession(self._new_id(), targets, uses_topic_ids, now_ms)
        self._sessions[session.session_id] = session
        return session

    def _new_id(self) -> int:
        while True:
            session_id = 1 + self._entropy.random_int(0x7FFFFFFF - 1)
            if session_id not in self._sessions:
                return session_id

    def _evict(self, partition_count: int, now_ms: int) -> bool:
        """Make room: the stalest session if it is stale, else a settled one with fewer partitions than the new."""
        if not self._sessions:
            return False
        stalest = next(iter(self._sessions.values()))
        if now_ms - stalest.last_used_ms > EVICTION_MS:
            self.remove(stalest.session_id)
            return True
        settled = [session for session in self._sessions.values() if now_ms - session.created_ms > EVICTION_MS]
        smallest = min(settled, key=lambda session: len(session.targets), default=None)
        if smallest is None or len(smallest.targets) >= partition_count:
            return False
        self.remove(smallest.session_id)
        return True
