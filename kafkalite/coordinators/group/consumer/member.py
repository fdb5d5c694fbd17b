"""One member of a consumer group, as its records have it. A member is a value: a change makes a new one.

Source: org.apache.kafka.coordinator.group.modern.consumer.ConsumerGroupMember, MemberState.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.protocol.internal_records.consumer_group_member_metadata_value import (
        ClassicMemberMetadata,
        ConsumerGroupMemberMetadataValue,
    )

    PartitionEpochs = Mapping[bytes, Mapping[int, int]]
    """Topic id (16 bytes) -> partition -> the epoch in which the member got it; no topic is without partitions."""

STABLE, UNREVOKED_PARTITIONS, UNRELEASED_PARTITIONS, UNKNOWN = 0, 1, 2, 127
"""The next step of a member: none; give partitions up; wait until another has; (of a newer release) rejoin."""

LEAVE_EPOCH = -1
"""The epoch in which a member leaves the group."""
STATIC_LEAVE_EPOCH = -2
"""The epoch in which a static member leaves for a while: its partitions wait for it until the session ends."""

NO_PARTITIONS: PartitionEpochs = {}


class ConsumerMember(NamedTuple):
    """A member.

    Attributes:
        member_epoch: the epoch of the group's target that it works on; 0 before the first.
        state: one of the constants above.
        instance_id: of a static member, None for a dynamic one.
        rebalance_timeout_ms: its time to give partitions up; -1 before it sent one.
        subscribed_topic_regex: in RE2's syntax; empty for none.
        server_assignor: the assignor it asks for; None leaves that to the others.
        assigned_partitions: the partitions that it may read.
        partitions_pending_revocation: the partitions that it must give up, and still holds.
        classic: set while it speaks the classic protocol.
    """

    member_id: str
    member_epoch: int = 0
    previous_member_epoch: int = -1
    state: int = STABLE
    instance_id: str | None = None
    rack_id: str | None = None
    rebalance_timeout_ms: int = -1
    client_id: str = ""
    client_host: str = ""
    subscribed_topic_names: frozenset[str] = frozenset()
    subscribed_topic_regex: str | None = ""
    server_assignor: str | None = None
    assigned_partitions: PartitionEpochs = NO_PARTITIONS
    partitions_pending_revocation: PartitionEpochs = NO_PARTITIONS
    classic: ClassicMemberMetadata | None = None

    @property
    def uses_classic_protocol(self) -> bool:
        """Whether it joined with JoinGroup."""
        return self.classic is not None

    def is_reconciled_to(self, target_epoch: int) -> bool:
        """Return whether it has all that the target of that epoch gives it, and nothing else."""
        return self.state == STABLE and self.member_epoch == target_epoch

    def find_assignment_epoch(self, topic_id: bytes, partition: int) -> int | None:
        """Return the epoch in which it got a partition that it holds, None where it does not hold it."""
        for held in (self.assigned_partitions, self.partitions_pending_revocation):
            epoch = held.get(topic_id, {}).get(partition)
            if epoch is not None:
                return epoch
        return None

    def moved(
        self, state: int, member_epoch: int, assigned: PartitionEpochs, pending_revocation: PartitionEpochs
    ) -> ConsumerMember:
        """Return the member one step further; the epoch it comes from becomes the previous one."""
        return self._replace(
            state=state,
            member_epoch=member_epoch,
            previous_member_epoch=self.member_epoch,
            assigned_partitions=assigned,
            partitions_pending_revocation=pending_revocation,
        )

    def with_metadata(self, value: ConsumerGroupMemberMetadataValue) -> ConsumerMember:
        """Return the member, changed by its metadata record."""
        return self._replace(
            instance_id=value.instance_id,
            rack_id=value.rack_id,
            client_id=value.client_id,
            client_host=value.client_host,
            subscribed_topic_names=frozenset(value.subscribed_topic_names),
            subscribed_topic_regex=value.subscribed_topic_regex,
            rebalance_timeout_ms=value.rebalance_timeout_ms,
            server_assignor=value.server_assignor,
            classic=value.classic_member_metadata,
        )
