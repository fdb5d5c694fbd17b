"""Groups to assign, made by hypothesis, and what every assignment must keep to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hypothesis import strategies as st

from kafkalite.coordinators.group.assignors.member_spec import MemberSpec

Targets = Mapping[str, Mapping[bytes, frozenset[int]]]


class Case(NamedTuple):
    """Members and the partition counts of the topics they are subscribed to."""

    members: dict[str, MemberSpec]
    partition_counts: dict[bytes, int]

    @property
    def is_homogeneous(self) -> bool:
        """Whether all are subscribed to the same topics."""
        return len({spec.subscribed_topic_ids for spec in self.members.values()}) == 1


def topic_id(number: int) -> bytes:
    """Return the id of the topic with that number."""
    return number.to_bytes(16, "big")


@st.composite
def cases(draw: st.DrawFn, *, is_homogeneous: bool | None = None) -> Case:
    """Draw a group without targets."""
    counts = {topic_id(n + 1): draw(st.integers(1, 12)) for n in range(draw(st.integers(1, 5)))}
    member_ids = [f"m{n}" for n in range(draw(st.integers(1, 7)))]
    subscriptions = st.frozensets(st.sampled_from(sorted(counts)), min_size=1)
    shared = draw(subscriptions)
    alike = draw(st.booleans()) if is_homogeneous is None else is_homogeneous
    members = {member_id: MemberSpec(shared if alike else draw(subscriptions)) for member_id in member_ids}
    used = {one for spec in members.values() for one in spec.subscribed_topic_ids}
    return Case(members, {one: count for one, count in counts.items() if one in used})


def with_targets(case: Case, targets: Targets) -> Case:
    """Return the group with targets that its members have already."""
    members = {
        member_id: spec._replace(assignment=dict(targets.get(member_id, {})))
        for member_id, spec in case.members.items()
    }
    return case._replace(members=members)


def pairs(target: Mapping[bytes, frozenset[int]]) -> set[tuple[bytes, int]]:
    """Return the partitions of a target, one by one."""
    return {(one, partition) for one, partitions in target.items() for partition in partitions}


def check_every_partition_once(case: Case, targets: Targets) -> None:
    """Fail unless each partition went to exactly one member, and to one that is subscribed to its topic."""
    given = [pair for target in targets.values() for pair in pairs(target)]
    expected = {(one, partition) for one, count in case.partition_counts.items() for partition in range(count)}
    assert len(given) == len(set(given)), "a partition went to two members"
    assert set(given) == expected
    for member_id, target in targets.items():
        assert set(target) <= case.members[member_id].subscribed_topic_ids
        assert all(target.values()), "a topic without partitions"


def counts_of(case: Case, targets: Targets) -> dict[str, int]:
    """Return how many partitions each member got."""
    return {member_id: len(pairs(targets.get(member_id, {}))) for member_id in case.members}
