"""A consumer group: epochs, members, what they shall have and who has what. It changes by replay alone.

Two epochs drive it. The group epoch goes up with every change of members, subscriptions or topics; when it is ahead of
the epoch of the targets, new targets are due. Each member then comes to the target's epoch at its own pace.

Source: org.apache.kafka.coordinator.group.modern.consumer.ConsumerGroup, modern.ModernGroup (KIP-848).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.assignors.member_spec import NO_ASSIGNMENT
from kafkalite.coordinators.group.consumer import records
from kafkalite.coordinators.group.consumer.commit_checks import AssignmentEpochCheck, stale
from kafkalite.coordinators.group.consumer.reconciliation import NOT_OWNED
from kafkalite.coordinators.group.consumer.subscriptions import topic_names_of_all
from kafkalite.coordinators.group.consumer.timers import cancel_member_timers
from kafkalite.coordinators.group.group import CONSUMER
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.list_groups_response import ListedGroup

if TYPE_CHECKING:
    from kafkalite.cluster.image import TopicsImage
    from kafkalite.coordinators.group.assignors.member_spec import Assignment
    from kafkalite.coordinators.group.consumer.member import ConsumerMember, PartitionEpochs
    from kafkalite.coordinators.group.consumer.subscriptions import ResolvedRegex
    from kafkalite.coordinators.group.group import CheckPartition
    from kafkalite.coordinators.group.offsets.store import CommittedOffset
    from kafkalite.coordinators.runtime.record import CoordinatorRecord
    from kafkalite.coordinators.runtime.result import Replies
    from kafkalite.coordinators.runtime.shard_timers import ShardTimers

EMPTY, ASSIGNING, RECONCILING, STABLE = "Empty", "Assigning", "Reconciling", "Stable"

PROTOCOL_TYPE = "consumer"
FIRST_EPOCH = 1
NO_EPOCH = -1
FIRST_COMMIT_VERSION_WITH_EPOCHS = 9


class ConsumerGroup:
    """One group.

    Attributes:
        group_epoch, assignment_epoch: see above.
        metadata_hash: of the topics that the group epoch is about.
        assignment_timestamp_ms: when the targets were computed, 0 where that is not known.
        members: by member id.
        targets: member id -> what it shall have.
        resolved: regular expression -> the topics it stands for.
        regex_counts: regular expression -> how many members are subscribed to it.
        static_members: instance id -> member id.
        has_partition_metadata_record: a record of Kafka up to 4.0 is in the log, to be removed.
        checked_topics: the topics against which the metadata hash was last checked; soft state.
    """

    group_type = CONSUMER

    def __init__(self, group_id: str) -> None:
        self.group_id = group_id
        self.group_epoch = FIRST_EPOCH
        self.metadata_hash = 0
        self.assignment_epoch = FIRST_EPOCH
        self.assignment_timestamp_ms = 0
        self.members: dict[str, ConsumerMember] = {}
        self.targets: dict[str, Assignment] = {}
        self.resolved: dict[str, ResolvedRegex] = {}
        self.regex_counts: dict[str, int] = {}
        self.static_members: dict[str, str] = {}
        self.has_partition_metadata_record = False
        self.checked_topics: TopicsImage | None = None
        self._partition_epochs: dict[tuple[bytes, int], int] = {}

    def __repr__(self) -> str:
        return f"ConsumerGroup({self.group_id!r}, {self.state_name}, epoch {self.group_epoch}, {len(self.members)})"

    # ---- what it is ------------------------------------------------------------------------------------------------

    @property
    def state_name(self) -> str:
        """Kafka's name of the state."""
        if not self.members:
            return EMPTY
        if self.group_epoch > self.assignment_epoch:
            return ASSIGNING
        epoch = self.assignment_epoch
        return STABLE if all(member.is_reconciled_to(epoch) for member in self.members.values()) else RECONCILING

    @property
    def is_empty(self) -> bool:
        """Whether it has no members."""
        return not self.members

    def find_static_member(self, instance_id: str | None) -> ConsumerMember | None:
        """Return the member that holds an instance id, None where there is none."""
        member_id = None if instance_id is None else self.static_members.get(instance_id)
        return None if member_id is None else self.members[member_id]

    def get_member(self, member_id: str) -> ConsumerMember:
        """Return a member.

        Raises:
            ApiError: UNKNOWN_MEMBER_ID.
        """
        member = self.members.get(member_id)
        if member is None:
            raise ApiError(errors.UNKNOWN_MEMBER_ID, f"Member {member_id} is not a member of group {self.group_id}.")
        return member

    def target_of(self, member_id: str, instance_id: str | None) -> Assignment:
        """Return what a member shall have; a static one what its instance id shall have."""
        if instance_id is not None:
            member_id = self.static_members.get(instance_id, "")
        return self.targets.get(member_id, NO_ASSIGNMENT)

    def current_partition_epoch(self, topic_id: bytes, partition: int) -> int:
        """Return the epoch of the member that holds a partition, `NOT_OWNED` where there is none."""
        return self._partition_epochs.get((topic_id, partition), NOT_OWNED)

    def held_partitions(self) -> dict[tuple[bytes, int], int]:
        """Return every partition that a member holds: (topic id, partition) -> the member's epoch."""
        return dict(self._partition_epochs)

    # ---- changes, by replay alone ----------------------------------------------------------------------------------

    def put_member(self, member: ConsumerMember) -> None:
        """Add a member, or put the new state of one in the place of the old."""
        old = self.members.get(member.member_id)
        self.members[member.member_id] = member
        if old is not None:
            self._release(old)
        for held in (member.assigned_partitions, member.partitions_pending_revocation):
            self._hold(held, member.member_epoch)
        self._count_regex(old, member)
        if old is not None and old.instance_id is not None:
            self.static_members.pop(old.instance_id, None)
        if member.instance_id is not None:
            self.static_members[member.instance_id] = member.member_id

    def remove_member(self, member_id: str) -> None:
        """Forget a member; does nothing where there is none of that id."""
        member = self.members.pop(member_id, None)
        if member is None:
            return
        self._release(member)
        self._count_regex(member, None)
        instance_id = member.instance_id
        if instance_id is not None and self.static_members.get(instance_id) == member_id:
            del self.static_members[instance_id]

    def _hold(self, held: PartitionEpochs, epoch: int) -> None:
        for topic_id, partitions in held.items():
            for partition in partitions:
                # A log that was compacted may tell of an older owner after a newer one: the newer epoch wins.
                known = self._partition_epochs.get((topic_id, partition))
                if known is None or known < epoch:
                    self._partition_epochs[topic_id, partition] = epoch

    def _release(self, member: ConsumerMember) -> None:
        for held in (member.assigned_partitions, member.partitions_pending_revocation):
            for topic_id, partitions in held.items():
                for partition in partitions:
                    if self._partition_epochs.get((topic_id, partition)) == member.member_epoch:
                        del self._partition_epochs[topic_id, partition]

    def _count_regex(self, old: ConsumerMember | None, new: ConsumerMember | None) -> None:
        for member, step in ((old, -1), (new, 1)):
            regex = None if member is None else member.subscribed_topic_regex
            if regex:
                count = self.regex_counts.get(regex, 0) + step
                if count:
                    self.regex_counts[regex] = count
                else:
                    del self.regex_counts[regex]

    # ---- members of the classic protocol ---------------------------------------------------------------------------

    @property
    def classic_member_count(self) -> int:
        """The number of members that speak the classic protocol."""
        return sum(member.uses_classic_protocol for member in self.members.values())

    def supports_classic_protocols(self, protocol_type: str, names: list[str]) -> bool:
        """Return whether a member with these protocols of the classic kind can be in the group."""
        if protocol_type != PROTOCOL_TYPE:
            return False
        if self.is_empty:
            return bool(names)
        known = [
            {protocol.name for protocol in member.classic.supported_protocols}
            for member in self.members.values()
            if member.classic is not None
        ]
        return any(all(name in protocols for protocols in known) for name in names)

    def waits_for_others(self, member: ConsumerMember) -> bool:
        """Return whether anything that a member shall have is still held by another."""
        for topic_id, partitions in self.targets.get(member.member_id, NO_ASSIGNMENT).items():
            has = member.assigned_partitions.get(topic_id, {})
            for partition in partitions:
                if partition not in has and self.current_partition_epoch(topic_id, partition) != NOT_OWNED:
                    return True
        return False

    # ---- what all types of groups answer ---------------------------------------------------------------------------

    def check_offset_commit(
        self, member_id: str, instance_id: str | None, generation_id: int, *, is_transactional: bool, api_version: int
    ) -> CheckPartition | None:
        """Raise ApiError where the member may not commit; return what to ask for each partition, None for nothing.

        A commit with an older epoch counts for partitions that the member has had since then, or longer.
        """
        member_epoch = generation_id
        if member_epoch < 0 and not self.members:
            return None
        if is_transactional and member_epoch == -1 and not member_id and instance_id is None:
            return None
        member = self.get_member(member_id)
        if not is_transactional and not member.uses_classic_protocol and api_version < FIRST_COMMIT_VERSION_WITH_EPOCHS:
            message = "OffsetCommit version 9 or above must be used by members using the consumer group protocol"
            raise ApiError(errors.UNSUPPORTED_VERSION, message)
        if member_epoch == member.member_epoch:
            return None
        if member_epoch > member.member_epoch:
            kind = "generation id" if member.uses_classic_protocol else "member epoch"
            what = f"Received {kind} {member_epoch} is newer than current member epoch {member.member_epoch}."
            raise stale(member, what)
        return AssignmentEpochCheck(member, member_epoch)

    def check_offset_fetch(self, member_id: str | None, member_epoch: int) -> None:
        """Raise ApiError where offsets may not be fetched for that member; without a member every client may."""
        if member_id is None and member_epoch < 0:
            return
        member = self.get_member(member_id or "")
        if member_epoch != member.member_epoch:
            kind = "generation id" if member.uses_classic_protocol else "member epoch"
            what = f"The received {kind} {member_epoch} does not match the expected member epoch {member.member_epoch}."
            raise stale(member, what)

    def check_offset_delete(self) -> None:
        """Allow it: topics that members are subscribed to are refused one by one."""

    def check_delete(self) -> None:
        """Raise ApiError NON_EMPTY_GROUP where members are there."""
        if self.members:
            raise ApiError(errors.NON_EMPTY_GROUP)

    def is_subscribed_to(self, topic: str) -> bool:
        """Return whether a member consumes the topic."""
        return topic in topic_names_of_all(self.members.values(), self.resolved)

    def offset_expiry_base(self, offset: CommittedOffset) -> int | None:
        """Return the time (ms since the epoch) from which an offset's retention counts: that of its commit."""
        return offset.commit_timestamp_ms

    def tombstones(self) -> list[CoordinatorRecord]:
        """Return the records that remove the group."""
        return records.group_tombstones(self.group_id, self.members, self.resolved)

    def cancel_timers(self, timers: ShardTimers) -> None:
        """Stop the timers of all members."""
        for member_id in self.members:
            cancel_member_timers(timers, self.group_id, member_id)

    def as_listed(self) -> ListedGroup:
        """Return the group for ListGroups."""
        return ListedGroup(
            group_id=self.group_id,
            protocol_type=PROTOCOL_TYPE,
            group_state=self.state_name,
            group_type=CONSUMER,
        )

    def waiting_replies(self) -> Replies:
        """Return nothing: no request waits in a consumer group."""
        return ()
