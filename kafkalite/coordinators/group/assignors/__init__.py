"""Server-side assignors of the consumer protocol (KIP-848): who gets which partitions.

An assignor is a plain function of the members and the partition counts. It never throws anything away that need not
move, and gives the same answer for the same question.

Source: org.apache.kafka.coordinator.group.api.assignor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Assignment = Mapping[bytes, frozenset[int]]
    """Topic id (16 bytes) -> the partitions of that topic; a topic without partitions is absent."""

    Assignor = Callable[[Mapping[str, "MemberSpec"], Mapping[bytes, int], bool], dict[str, dict[bytes, frozenset[int]]]]

NO_ASSIGNMENT: Mapping[bytes, frozenset[int]] = {}

UNIFORM = "uniform"
RANGE = "range"


class MemberSpec(NamedTuple):
    """What an assignor knows of one member.

    Attributes:
        subscribed_topic_ids: topics that exist; names without a topic are left out.
        assignment: the member's last target, which a sticky assignor keeps as far as it can.
        instance_id: of a static member, None for a dynamic one.
    """

    subscribed_topic_ids: frozenset[bytes]
    assignment: Assignment = NO_ASSIGNMENT
    instance_id: str | None = None


def find_assignor(name: str) -> Assignor | None:
    """Return the assignor of that name (`uniform` or `range`), None where there is none.

    Its arguments: the members by id, the partition count of each topic that anybody is subscribed to, and whether all
    members are subscribed to the same topics. It returns the target of every member that gets anything.
    """
    if name == UNIFORM:
        from kafkalite.coordinators.group.assignors.uniform import assign_uniformly

        return assign_uniformly
    if name == RANGE:
        from kafkalite.coordinators.group.assignors.range import assign_ranges

        return assign_ranges
    return None
