"""The questions that every type of group answers, so that offsets, listing and deletion need not know the type.

Source: org.apache.kafka.coordinator.group.Group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.coordinators.group.offsets.store import CommittedOffset
    from kafkalite.coordinators.runtime.record import CoordinatorRecord
    from kafkalite.coordinators.runtime.result import Replies
    from kafkalite.coordinators.runtime.shard_timers import ShardTimers
    from kafkalite.protocol.messages.list_groups_response import ListedGroup

    CheckPartition = Callable[[str, bytes, int], None]
    """A check of (topic, topic id, partition index), an ApiError where the member may not commit for the partition."""

CLASSIC = "classic"
CONSUMER = "consumer"
SHARE = "share"
STREAMS = "streams"


class Group(Protocol):
    """One group, as the parts that serve all types see it."""

    @property
    def group_id(self) -> str:
        """The id that clients know it by."""

    @property
    def group_type(self) -> str:
        """CLASSIC or CONSUMER."""

    @property
    def state_name(self) -> str:
        """Kafka's name of the state, as in ListGroups ("Stable")."""

    @property
    def is_empty(self) -> bool:
        """Whether it has no members."""

    def check_offset_commit(
        self, member_id: str, instance_id: str | None, generation_id: int, *, is_transactional: bool, api_version: int
    ) -> CheckPartition | None:
        """Raise ApiError where the member may not commit; return what to ask for each partition, None for nothing.

        `generation_id` is the member epoch where the group uses the consumer protocol.
        """

    def check_offset_fetch(self, member_id: str | None, member_epoch: int) -> None:
        """Raise ApiError where offsets may not be fetched for that member."""

    def check_offset_delete(self) -> None:
        """Raise ApiError where offsets may not be deleted."""

    def check_delete(self) -> None:
        """Raise ApiError where the group may not be deleted."""

    def is_subscribed_to(self, topic: str) -> bool:
        """Whether a member consumes the topic, as far as the coordinator can know."""

    def offset_expiry_base(self, offset: CommittedOffset) -> int | None:
        """Return the time (ms since the epoch) from which an offset's retention counts; None where it is kept."""

    def tombstones(self) -> list[CoordinatorRecord]:
        """Return the records that remove the group."""

    def cancel_timers(self, timers: ShardTimers) -> None:
        """Stop the timers of the group and its members."""

    def as_listed(self) -> ListedGroup:
        """Return the group for ListGroups."""

    def waiting_replies(self) -> Replies:
        """Return the answers to all who wait, for a shard that is given up."""
