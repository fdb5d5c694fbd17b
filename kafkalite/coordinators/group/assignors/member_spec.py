"""One member of a consumer group, as an assignor sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    Assignment = Mapping[bytes, frozenset[int]]
    """Topic id (16 bytes) -> the partitions of that topic; a topic without partitions is absent."""

NO_ASSIGNMENT: Mapping[bytes, frozenset[int]] = {}


class MemberSpec(NamedTuple):
    """One member, as assignors see it.

    Attributes:
        subscribed_topic_ids: topics that exist; names without a topic are left out.
        assignment: the member's last target, which a sticky assignor keeps as far as it can.
        instance_id: of a static member, None for a dynamic one.
    """

    subscribed_topic_ids: frozenset[bytes]
    assignment: Assignment = NO_ASSIGNMENT
    instance_id: str | None = None
