"""The uniform assignor, the default: every member gets the same number of partitions, and keeps those it has.

Where all members are subscribed to the same topics, the counts differ by one at most and no partition moves that need
not. Where subscriptions differ, partitions move from the most loaded subscriber of a topic to the least loaded one
until that helps no more.

Source: org.apache.kafka.coordinator.group.assignor.UniformAssignor and its two builders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.assignors.rebalancing import Loads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kafkalite.coordinators.group.assignors.member_spec import MemberSpec

    Targets = dict[str, dict[bytes, set[int]]]


def assign_uniformly(
    members: Mapping[str, MemberSpec], partition_counts: Mapping[bytes, int], is_homogeneous: bool
) -> dict[str, dict[bytes, frozenset[int]]]:
    """Return the target of every member that gets anything: topic id -> partitions."""
    if not members:
        return {}
    targets = _assign_alike(members, partition_counts) if is_homogeneous else _assign_mixed(members, partition_counts)
    return {
        member_id: {topic_id: frozenset(partitions) for topic_id, partitions in target.items() if partitions}
        for member_id, target in targets.items()
        if any(target.values())
    }


# ---- all members want the same topics ------------------------------------------------------------------------------


def _assign_alike(members: Mapping[str, MemberSpec], partition_counts: Mapping[bytes, int]) -> Targets:
    topic_ids = sorted(next(iter(members.values())).subscribed_topic_ids)
    claimed: set[tuple[bytes, int]] = set()
    kept = {
        member_id: list(_valid_claims(members[member_id], partition_counts, claimed)) for member_id in sorted(members)
    }
    total = sum(partition_counts[topic_id] for topic_id in topic_ids)
    quotas = _quotas({member_id: len(owned) for member_id, owned in kept.items()}, total)
    targets: Targets = {}
    for member_id, owned in kept.items():
        claimed.difference_update(owned[quotas[member_id] :])
        del owned[quotas[member_id] :]
        target = targets[member_id] = {}
        for topic_id, partition in owned:
            target.setdefault(topic_id, set()).add(partition)
    unclaimed = (
        (topic_id, partition)
        for topic_id in topic_ids
        for partition in range(partition_counts[topic_id])
        if (topic_id, partition) not in claimed
    )
    for member_id, target in targets.items():
        for _ in range(quotas[member_id] - len(kept[member_id])):
            topic_id, partition = next(unclaimed)
            target.setdefault(topic_id, set()).add(partition)
    return targets


def _quotas(owned_counts: Mapping[str, int], total: int) -> dict[str, int]:
    """Return how many partitions each member shall have; those who have one more than others already keep it."""
    least, extra_count = divmod(total, len(owned_counts))
    quotas = dict.fromkeys(owned_counts, least)
    owners_first = sorted(owned_counts, key=lambda member_id: owned_counts[member_id] <= least)
    for member_id in owners_first[:extra_count]:
        quotas[member_id] += 1
    return quotas


def _valid_claims(
    member: MemberSpec, partition_counts: Mapping[bytes, int], claimed: set[tuple[bytes, int]]
) -> Iterator[tuple[bytes, int]]:
    """Yield what a member may keep of its last target, and note it in `claimed`: each partition is kept once."""
    for topic_id, partitions in sorted(member.assignment.items()):
        if topic_id in member.subscribed_topic_ids:
            for partition in sorted(partitions):
                claim = (topic_id, partition)
                if partition < partition_counts[topic_id] and claim not in claimed:
                    claimed.add(claim)
                    yield claim


# ---- subscriptions differ ------------------------------------------------------------------------------------------


def _assign_mixed(members: Mapping[str, MemberSpec], partition_counts: Mapping[bytes, int]) -> Targets:
    loads = Loads(sorted(members))
    subscribers: dict[bytes, list[str]] = {}
    claimed: set[tuple[bytes, int]] = set()
    for member_id in sorted(members):
        for topic_id in members[member_id].subscribed_topic_ids:
            subscribers.setdefault(topic_id, []).append(member_id)
        for topic_id, partition in _valid_claims(members[member_id], partition_counts, claimed):
            loads.give(member_id, topic_id, partition)
    topic_ids = sorted(
        subscribers,
        key=lambda topic_id: (
            -partition_counts[topic_id] / len(subscribers[topic_id]),
            len(subscribers[topic_id]),
            topic_id,
        ),
    )
    for topic_id in topic_ids:
        unclaimed = [
            partition for partition in range(partition_counts[topic_id]) if (topic_id, partition) not in claimed
        ]
        loads.spread(topic_id, unclaimed, subscribers[topic_id])
    loads.balance([(topic_id, subscribers[topic_id]) for topic_id in topic_ids if len(subscribers[topic_id]) > 1])
    return loads.targets
