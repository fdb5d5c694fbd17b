"""The number of partitions that each member carries, and the moves that even it out.

Source: org.apache.kafka.coordinator.group.assignor.UniformHeterogeneousAssignmentBuilder.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from kafkalite.model.limits import BALANCE_ROUND_MAX_COUNT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Loads:
    """The partitions of each member.

    Attributes:
        targets: member id -> topic id -> partitions.
    """

    __slots__ = ("_counts", "targets")

    def __init__(self, member_ids: Iterable[str]) -> None:
        self.targets: dict[str, dict[bytes, set[int]]] = {member_id: {} for member_id in member_ids}
        self._counts = dict.fromkeys(self.targets, 0)

    def give(self, member_id: str, topic_id: bytes, partition: int) -> None:
        """Give a partition to a member."""
        self.targets[member_id].setdefault(topic_id, set()).add(partition)
        self._counts[member_id] += 1

    def spread(self, topic_id: bytes, partitions: Sequence[int], subscribers: Sequence[str]) -> None:
        """Give each unassigned partition to the subscriber that has least at that moment."""
        if not partitions:
            return
        least = [(self._counts[member_id], member_id) for member_id in subscribers]
        heapify(least)
        for partition in partitions:
            _, member_id = heappop(least)
            self.give(member_id, topic_id, partition)
            heappush(least, (self._counts[member_id], member_id))

    def balance(self, topics: Sequence[tuple[bytes, Sequence[str]]]) -> None:
        """Move partitions, topic by topic, until no move makes two subscribers of a topic more equal."""
        for _ in range(BALANCE_ROUND_MAX_COUNT):
            moved_count = sum(self._balance_topic(topic_id, subscribers) for topic_id, subscribers in topics)
            if not moved_count:
                return

    def _balance_topic(self, topic_id: bytes, subscribers: Sequence[str]) -> int:
        """Return how many partitions moved."""
        counts = self._counts
        if (
            max(counts[member_id] for member_id in subscribers) - min(counts[member_id] for member_id in subscribers)
            < 2
        ):
            return 0
        least = [(counts[member_id], member_id) for member_id in subscribers]
        # Who gave or got something comes back with its new count; entries with an old count are passed over.
        most = [(-counts[member_id], member_id) for member_id in subscribers if self.targets[member_id].get(topic_id)]
        heapify(least)
        heapify(most)
        moved_count = 0
        while most:
            negative_count, giver = heappop(most)
            if -negative_count != counts[giver] or not self.targets[giver][topic_id]:
                continue
            while least[0][0] != counts[least[0][1]]:
                heappop(least)
            taker = least[0][1]
            if counts[giver] - counts[taker] < 2:
                break
            self._move(topic_id, giver, taker)
            moved_count += 1
            for member_id in (giver, taker):
                heappush(least, (counts[member_id], member_id))
                heappush(most, (-counts[member_id], member_id))
        return moved_count

    def _move(self, topic_id: bytes, giver: str, taker: str) -> None:
        partition = max(self.targets[giver][topic_id])
        self.targets[giver][topic_id].remove(partition)
        self._counts[giver] -= 1
        self.give(taker, topic_id, partition)
