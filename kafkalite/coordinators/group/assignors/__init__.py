"""Server-side assignors of the consumer protocol (KIP-848): the partitions of each member.

An assignor is a plain function of the members and the partition counts. It never throws anything away that need not
move, and gives the same answer for the same question.

Source: org.apache.kafka.coordinator.group.api.assignor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kafkalite.coordinators.group.assignors.member_spec import MemberSpec

    Assignor = Callable[[Mapping[str, MemberSpec], Mapping[bytes, int], bool], dict[str, dict[bytes, frozenset[int]]]]

UNIFORM = "uniform"
RANGE = "range"


def find_assignor(name: str) -> Assignor | None:
    """Return the assignor of that name (`uniform` or `range`), None where there is none.

    Its arguments: the members by id, the partition count of each topic that a member is subscribed to, and whether all
    members are subscribed to the same topics. It returns the target of every member that gets anything.
    """
    if name == UNIFORM:
        from kafkalite.coordinators.group.assignors.uniform import assign_uniformly

        return assign_uniformly
    if name == RANGE:
        from kafkalite.coordinators.group.assignors.range import assign_ranges

        return assign_ranges
    return None
