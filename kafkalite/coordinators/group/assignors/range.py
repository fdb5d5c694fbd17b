"""The range assignor: each topic is cut into as many neighbouring pieces as it has subscribers.

Topics with the same number of partitions and the same subscribers are cut alike, so that partition n of one and
partition n of the other end up with one member, and a join of the two finds its halves in one place.

Source: org.apache.kafka.coordinator.group.assignor.RangeAssignor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.coordinators.group.assignors.member_spec import MemberSpec


def assign_ranges(
    members: Mapping[str, MemberSpec], partition_counts: Mapping[bytes, int], is_homogeneous: bool
) -> dict[str, dict[bytes, frozenset[int]]]:
    """Return the target of every member that gets anything: topic id -> partitions.

    Static members come first, in the order of their instance ids: a restart under a new member id changes nothing.
    """
    subscribers: dict[bytes, list[str]] = {}
    for member_id in sorted(members, key=lambda member_id: _order(member_id, members[member_id])):
        for topic_id in members[member_id].subscribed_topic_ids:
            subscribers.setdefault(topic_id, []).append(member_id)
    targets: dict[str, dict[bytes, frozenset[int]]] = {}
    for topic_id, member_ids in sorted(subscribers.items()):
        for member_id, piece in zip(member_ids, _cut(partition_counts[topic_id], len(member_ids)), strict=True):
            if piece:
                targets.setdefault(member_id, {})[topic_id] = frozenset(piece)
    return targets


def _order(member_id: str, member: MemberSpec) -> tuple[bool, str]:
    if member.instance_id is None:
        return True, member_id
    return False, member.instance_id


def _cut(partition_count: int, piece_count: int) -> list[range]:
    """Cut `range(partition_count)` into pieces that differ by one at most, the longer ones first."""
    size, longer_count = divmod(partition_count, piece_count)
    pieces = []
    start = 0
    for number in range(piece_count):
        end = start + size + (number < longer_count)
        pieces.append(range(start, end))
        start = end
    return pieces
