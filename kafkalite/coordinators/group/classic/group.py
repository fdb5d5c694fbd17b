"""A classic group: its members, its generation, and the replies that members wait for.

What the log says of a group is its last generation that was assigned (`recorded`). Between two of those the group lives
in memory alone: members that join are in no record, and are gone when the shard is loaded anew.

Source: ClassicGroup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.classic.member import NO_ASSIGNMENT, ClassicMember
from kafkalite.coordinators.group.classic.states import (
    COMPLETING_REBALANCE,
    EMPTY,
    ON_DELETE,
    ON_OFFSET_COMMIT,
    PREPARING_REBALANCE,
    STABLE,
    VALID_PREVIOUS,
)
from kafkalite.coordinators.group.classic.subscription import CONSUMER_PROTOCOL_TYPE, read_subscribed_topics
from kafkalite.coordinators.group.group import CLASSIC
from kafkalite.coordinators.runtime.record import CoordinatorRecord
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.group_metadata_key import GroupMetadataKey
from kafkalite.protocol.messages.describe_groups_response import DescribedGroup
from kafkalite.protocol.messages.join_group_response import JoinGroupResponse, JoinGroupResponseMember
from kafkalite.protocol.messages.list_groups_response import ListedGroup
from kafkalite.protocol.messages.sync_group_response import SyncGroupResponse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from kafkalite.coordinators.group.group import CheckPartition
    from kafkalite.coordinators.group.offsets.store import CommittedOffset
    from kafkalite.coordinators.runtime.result import Replies, Reply
    from kafkalite.coordinators.runtime.shard_timers import ShardTimers
    from kafkalite.protocol.internal_records.group_metadata_value import GroupMetadataValue

NO_TIMESTAMP = -1


def heartbeat_timer(group_id: str, member_id: str) -> tuple[str, str, str]:
    """Return the name of the timer that ends a member's session."""
    return ("heartbeat", group_id, member_id)


def join_timer(group_id: str) -> tuple[str, str]:
    """Return the name of the timer that ends the wait for members to join."""
    return ("join", group_id)


def sync_timer(group_id: str) -> tuple[str, str]:
    """Return the name of the timer that ends the wait for members to fetch their assignment."""
    return ("sync", group_id)


class ClassicGroup:
    """One group.

    Attributes:
        state: one of `states.STATES`; `previous_state` the one before it.
        generation_id: counts the rebalances.
        protocol_type: "consumer" for consumers, None before the first member joined.
        protocol_name: the assignor that was chosen for this generation, None without members.
        leader_id: the member that assigns, None without members.
        members: by member id, in the order in which they came.
        pending_joins: member ids that were handed out and have not been used yet (KIP-394).
        pending_syncs: members that have not asked for their assignment of this generation.
        subscribed_topics: the topics that the members consume; None where they cannot be known.
        state_timestamp_ms: when the state was entered, -1 where that is unknown.
        recorded: the last record of the group in the log, None for a group that only commits offsets.
        is_new_member_added: a member joined while the group waits for its first members.
    """

    group_type = CLASSIC

    def __init__(self, group_id: str, now_ms: int) -> None:
        self.group_id = group_id
        self.state = EMPTY
        self.previous_state = EMPTY
        self.generation_id = 0
        self.protocol_type: str | None = None
        self.protocol_name: str | None = None
        self.leader_id: str | None = None
        self.members: dict[str, ClassicMember] = {}
        self.static_members: dict[str, str] = {}
        self.pending_joins: set[str] = set()
        self.pending_syncs: set[str] = set()
        self.subscribed_topics: frozenset[str] | None = None
        self.state_timestamp_ms = now_ms
        self.recorded: GroupMetadataValue | None = None
        self.is_new_member_added = False
        self._supported: dict[str, int] = {}
        self._awaiting_join_count = 0

    def __repr__(self) -> str:
        return f"ClassicGroup({self.group_id!r}, {self.state}, generation {self.generation_id}, {len(self.members)})"

    @classmethod
    def from_record(cls, group_id: str, value: GroupMetadataValue) -> ClassicGroup:
        """Return the group as a record of the log has it."""
        group = cls(group_id, value.current_state_timestamp)
        group.recorded = value
        group.generation_id = value.generation
        group.protocol_name = value.protocol
        for recorded in value.members:
            is_timeout_known = recorded.rebalance_timeout != -1
            group.add(
                ClassicMember(
                    recorded.member_id,
                    instance_id=recorded.group_instance_id,
                    client_id=recorded.client_id,
                    client_host=recorded.client_host,
                    rebalance_timeout_ms=recorded.rebalance_timeout if is_timeout_known else recorded.session_timeout,
                    session_timeout_ms=recorded.session_timeout,
                    protocol_type=value.protocol_type,
                    protocols=((value.protocol or "", recorded.subscription),),
                    assignment=recorded.assignment,
                )
            )
        group.state = STABLE if group.members else EMPTY
        group.protocol_type = value.protocol_type or None
        group.leader_id = value.leader
        group.subscribed_topics = group.find_subscribed_topics()
        return group

    # ---- what it is ------------------------------------------------------------------------------------------------

    @property
    def state_name(self) -> str:
        """The state, under the name that clients get."""
        return self.state

    @property
    def is_empty(self) -> bool:
        """Whether the group is in the state Empty."""
        return self.state == EMPTY

    @property
    def uses_consumer_protocol(self) -> bool:
        """Whether its members are consumers, whose subscriptions can be read."""
        return self.protocol_type == CONSUMER_PROTOCOL_TYPE

    @property
    def has_all_joined(self) -> bool:
        """Whether every member waits for the next generation and no handed-out member id is unused."""
        return len(self.members) == self._awaiting_join_count and not self.pending_joins

    @property
    def awaiting_join_count(self) -> int:
        """The number of members that wait for the next generation."""
        return self._awaiting_join_count

    @property
    def rebalance_timeout_ms(self) -> int:
        """The longest that a member asks the others to wait for it, 0 without members."""
        return max((member.rebalance_timeout_ms for member in self.members.values()), default=0)

    def not_yet_rejoined(self) -> list[ClassicMember]:
        """Return the members that do not wait for the next generation."""
        return [member for member in self.members.values() if member.awaiting_join is None]

    # ---- members ---------------------------------------------------------------------------------------------------

    def add(self, member: ClassicMember) -> None:
        """Add a member; the first one says what the group is about and leads it."""
        if member.instance_id is not None:
            assert member.instance_id not in self.static_members
            self.static_members[member.instance_id] = member.member_id
        if not self.members:
            self.protocol_type = member.protocol_type
        if self.leader_id is None:
            self.leader_id = member.member_id
        self.members[member.member_id] = member
        self._count_protocols(member, 1)
        if member.awaiting_join is not None:
            self._awaiting_join_count += 1
        self.pending_joins.discard(member.member_id)

    def remove(self, member_id: str) -> None:
        """Forget a member or a member id that was handed out; another member leads if it did."""
        member = self.members.pop(member_id, None)
        if member is not None:
            self._count_protocols(member, -1)
            if member.awaiting_join is not None:
                self._awaiting_join_count -= 1
            if member.instance_id is not None:
                self.static_members.pop(member.instance_id, None)
        if self.leader_id == member_id:
            self.leader_id = next(iter(self.members), None)
        self.pending_joins.discard(member_id)
        self.pending_syncs.discard(member_id)

    def replace_static_member(self, instance_id: str, old_member_id: str, new_member_id: str) -> ClassicMember:
        """Let a static member that comes back take its former place; no reply waits for the new member yet.

        The caller has answered the requests of the old one.
        """
        old = self.members.pop(old_member_id)
        new = ClassicMember(
            new_member_id,
            instance_id=instance_id,
            client_id=old.client_id,
            client_host=old.client_host,
            rebalance_timeout_ms=old.rebalance_timeout_ms,
            session_timeout_ms=old.session_timeout_ms,
            protocol_type=old.protocol_type,
            protocols=old.protocols,
            assignment=old.assignment,
        )
        assert old.awaiting_join is None
        self.members[new_member_id] = new
        if old_member_id in self.pending_syncs:
            self.pending_syncs.remove(old_member_id)
            self.pending_syncs.add(new_member_id)
        if self.leader_id == old_member_id:
            self.leader_id = new_member_id
        self.static_members[instance_id] = new_member_id
        return new

    def update_protocols(self, member: ClassicMember, protocols: tuple[tuple[str, bytes], ...]) -> None:
        """Take over what a member can be assigned by."""
        self._count_protocols(member, -1)
        member.protocols = protocols
        self._count_protocols(member, 1)

    def await_join(self, member: ClassicMember, reply: Reply) -> None:
        """Let a member wait for the next generation; one that waited already waits with the new request alone."""
        if member.awaiting_join is None:
            self._awaiting_join_count += 1
        member.awaiting_join = reply

    def take_join_reply(self, member: ClassicMember) -> Reply | None:
        """Return what a member waits for to join, and let it wait no more."""
        reply = member.awaiting_join
        if reply is not None:
            member.awaiting_join = None
            self._awaiting_join_count -= 1
        return reply

    def elect_leader_among_joined(self) -> bool:
        """Let a present member lead; return False where there is none, True where the leader needs no replacement."""
        if self.leader_id is None:
            return False
        if self.members[self.leader_id].awaiting_join is not None:
            return True
        for member in self.members.values():
            if member.awaiting_join is not None:
                self.leader_id = member.member_id
                return True
        return False

    # ---- protocols -------------------------------------------------------------------------------------------------

    def supports(self, protocol_type: str, names: Iterable[str]) -> bool:
        """Whether a member with these protocols can be in the group."""
        if self.state == EMPTY:
            return bool(protocol_type) and any(True for _ in names)
        count = len(self.members)
        return self.protocol_type == protocol_type and any(self._supported.get(name, 0) == count for name in names)

    def select_protocol(self) -> str:
        """Return the protocol that most members prefer among those which all of them know."""
        count = len(self.members)
        candidates = {name for name, supporters in self._supported.items() if supporters == count}
        votes: dict[str, int] = {}
        for member in self.members.values():
            choice = member.vote(candidates)
            votes[choice] = votes.get(choice, 0) + 1
        return max(votes, key=lambda name: votes[name])

    def find_subscribed_topics(self) -> frozenset[str] | None:
        """Return the topics of all members; None where the protocol is not that of consumers or cannot be read."""
        if not self.uses_consumer_protocol:
            return None
        if not self.members:
            return frozenset()
        if self.protocol_name is None:
            return None
        topics: set[str] = set()
        for member in self.members.values():
            subscribed = read_subscribed_topics(member.metadata_for(self.protocol_name))
            if subscribed is None:
                return None
            topics |= subscribed
        return frozenset(topics)

    def _count_protocols(self, member: ClassicMember, step: int) -> None:
        for name, _ in member.protocols:
            self._supported[name] = self._supported.get(name, 0) + step

    # ---- generations -----------------------------------------------------------------------------------------------

    def transition_to(self, state: str, now_ms: int) -> None:
        """Enter a state; which ones follow each other is data in `states`."""
        assert self.state in VALID_PREVIOUS[state], f"{self!r} cannot become {state}"
        self.previous_state = self.state
        self.state = state
        self.state_timestamp_ms = now_ms

    @property
    def can_rebalance(self) -> bool:
        """Whether a rebalance may begin in this state."""
        return self.state in VALID_PREVIOUS[PREPARING_REBALANCE]

    def begin_generation(self, now_ms: int) -> None:
        """Count a generation of those who are members now, or none."""
        self.generation_id = self.generation_id + 1 if self.generation_id < _INT32_MAX else -_INT32_MAX - 1
        self.protocol_name = self.select_protocol() if self.members else None
        self.subscribed_topics = self.find_subscribed_topics()
        self.transition_to(COMPLETING_REBALANCE if self.members else EMPTY, now_ms)
        self.pending_syncs.clear()

    def apply_assignment(self, value: GroupMetadataValue, now_ms: int) -> None:
        """Take over the assignments of a stored generation: from now on the group is stable."""
        for recorded in value.members:
            self.members[recorded.member_id].assignment = recorded.assignment
        self.transition_to(STABLE, now_ms)

    def clear_assignments(self) -> None:
        """Forget what was assigned."""
        for member in self.members.values():
            member.assignment = NO_ASSIGNMENT

    # ---- who may do what -------------------------------------------------------------------------------------------

    def check_member(self, member_id: str, instance_id: str | None) -> None:
        """Raise ApiError UNKNOWN_MEMBER_ID, or FENCED_INSTANCE_ID where another took the static member's place."""
        if instance_id is not None:
            current = self.static_members.get(instance_id)
            if current is None:
                raise ApiError(errors.UNKNOWN_MEMBER_ID)
            if current != member_id:
                raise ApiError(errors.FENCED_INSTANCE_ID)
        if member_id not in self.members:
            raise ApiError(errors.UNKNOWN_MEMBER_ID)

    def check_offset_commit(
        self, member_id: str, instance_id: str | None, generation_id: int, *, is_transactional: bool, api_version: int
    ) -> CheckPartition | None:
        """Raise ApiError unless the offsets may be committed; partitions are not looked at.

        Without a generation any client may, as long as the group has no members; transactions have separate fencing.
        """
        if generation_id < 0 and self.state == EMPTY:
            return None
        if generation_id >= 0 or member_id or instance_id is not None:
            self.check_member(member_id, instance_id)
            if generation_id != self.generation_id:
                raise ApiError(errors.ILLEGAL_GENERATION)
        elif not is_transactional:
            raise ApiError(errors.UNKNOWN_MEMBER_ID)
        if not is_transactional and ON_OFFSET_COMMIT[self.state] != errors.NONE:
            raise ApiError(ON_OFFSET_COMMIT[self.state])
        return None

    def check_offset_fetch(self, member_id: str | None, member_epoch: int) -> None:
        """Allow it: every client may read the offsets of a classic group."""

    def check_offset_delete(self) -> None:
        """Raise ApiError NON_EMPTY_GROUP where members are there whose subscriptions cannot be read."""
        if ON_DELETE[self.state] != errors.NONE and not self.uses_consumer_protocol:
            raise ApiError(ON_DELETE[self.state])

    def check_delete(self) -> None:
        """Raise ApiError NON_EMPTY_GROUP where members are there."""
        if ON_DELETE[self.state] != errors.NONE:
            raise ApiError(ON_DELETE[self.state])

    def is_subscribed_to(self, topic: str) -> bool:
        """Whether a member consumes the topic; consumers whose subscription is not known consume everything."""
        if self.subscribed_topics is None:
            return self.uses_consumer_protocol
        return topic in self.subscribed_topics

    def offset_expiry_base(self, offset: CommittedOffset) -> int | None:
        """Return when an offset's retention began.

        That of a group without members began when the last one left; that of a topic which stable members do not
        consume, and of those who only commit, with the commit. While the group rebalances nothing expires.
        """
        if self.protocol_type is None:
            return offset.commit_timestamp_ms
        if self.state == EMPTY:
            is_known = self.state_timestamp_ms != NO_TIMESTAMP
            return self.state_timestamp_ms if is_known else offset.commit_timestamp_ms
        if self.uses_consumer_protocol and self.subscribed_topics is not None and self.state == STABLE:
            return offset.commit_timestamp_ms
        return None

    # ---- what is told of it ----------------------------------------------------------------------------------------

    def joined_members(self) -> list[JoinGroupResponseMember]:
        """Return all members with their metadata, for the leader."""
        assert self.protocol_name is not None
        return [
            JoinGroupResponseMember(
                member_id=member.member_id,
                group_instance_id=member.instance_id,
                metadata=member.metadata_for(self.protocol_name),
            )
            for member in self.members.values()
        ]

    def join_response(self, member_id: str, **fields: object) -> JoinGroupResponse:
        """Return the answer to a member of the current generation; `fields` override it."""
        response = JoinGroupResponse(
            generation_id=self.generation_id,
            protocol_type=self.protocol_type,
            protocol_name=self.protocol_name,
            leader=self.leader_id or "",
            member_id=member_id,
            members=self.joined_members() if member_id == self.leader_id else [],
        )
        for name, value in fields.items():
            setattr(response, name, value)
        return response

    def tombstones(self) -> list[CoordinatorRecord]:
        """Return the record that removes the group."""
        return [CoordinatorRecord(GroupMetadataKey(group=self.group_id))]

    def cancel_timers(self, timers: ShardTimers) -> None:
        """Stop the timers of the group and its members."""
        timers.cancel(join_timer(self.group_id))
        timers.cancel(sync_timer(self.group_id))
        for member_id in (*self.members, *self.pending_joins):
            timers.cancel(heartbeat_timer(self.group_id, member_id))

    def as_listed(self) -> ListedGroup:
        """Return the group for ListGroups."""
        return ListedGroup(
            group_id=self.group_id,
            protocol_type=self.protocol_type or "",
            group_state=self.state,
            group_type=self.group_type,
        )

    def described(self) -> DescribedGroup:
        """Return the group for DescribeGroups; assignor and metadata only where they are settled."""
        protocol_name = self.protocol_name if self.state == STABLE else None
        return DescribedGroup(
            group_id=self.group_id,
            group_state=self.state,
            protocol_type=self.protocol_type or "",
            protocol_data=protocol_name or "",
            members=[member.described(protocol_name) for member in self.members.values()],
        )

    def waiting_replies(self) -> Replies:
        """Return NOT_COORDINATOR for all who wait."""
        replies: list[tuple[Reply, Any]] = []
        for member in self.members.values():
            if member.awaiting_join is not None:
                told = JoinGroupResponse(member_id=member.member_id, error_code=errors.NOT_COORDINATOR)
                replies.append((member.awaiting_join, told))
            if member.awaiting_sync is not None:
                replies.append((member.awaiting_sync, SyncGroupResponse(error_code=errors.NOT_COORDINATOR)))
        return replies


_INT32_MAX = 2**31 - 1
