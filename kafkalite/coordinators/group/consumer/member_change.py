"""One member changes, and the group with it: the steps that a heartbeat and a JoinGroup have in common.

1. The member's own record, and the topics its regular expression stands for.
2. A new group epoch, where subscriptions, topics or the assignor that most members ask for changed.
3. New targets for all, where the group epoch is ahead of theirs.
4. The member's next step towards its target.

Nothing of the group is touched: what changes is collected as records.

Source: GroupMetadataManager.consumerGroupHeartbeat, classicGroupJoinToConsumerGroup (KIP-848).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.consumer import records
from kafkalite.coordinators.group.consumer.fencing import await_revocation
from kafkalite.coordinators.group.consumer.member import UNREVOKED_PARTITIONS
from kafkalite.coordinators.group.consumer.reconciliation import reconcile
from kafkalite.coordinators.group.consumer.regexes import refresh_regexes_if_due, resolve_new_regex
from kafkalite.coordinators.group.consumer.subscriptions import (
    existing_topic_ids,
    topic_names_of,
    topic_names_of_all,
)
from kafkalite.coordinators.group.consumer.target_assignment import build_targets, choose_assignor, is_due
from kafkalite.coordinators.group.consumer.timers import revocation_timer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.coordinators.group.assignors.member_spec import Assignment
    from kafkalite.coordinators.group.consumer.environment import ConsumerEnvironment
    from kafkalite.coordinators.group.consumer.group import ConsumerGroup
    from kafkalite.coordinators.group.consumer.member import ConsumerMember
    from kafkalite.coordinators.group.consumer.reconciliation import Owned
    from kafkalite.coordinators.group.consumer.subscriptions import ResolvedRegex
    from kafkalite.coordinators.runtime.record import CoordinatorRecord


class MemberChange:
    """A member on its way from `before` to `member`.

    Attributes:
        member: as it is so far; the steps replace it.
        records: the list that the steps add to.
        group_epoch: of the group, with this change.
        has_subscription_changed: by name or by regular expression.
        resolved: the regular expressions of the group, with this change.
    """

    __slots__ = (
        "_environment",
        "_group",
        "_has_assignor_changed",
        "_target",
        "_target_epoch",
        "before",
        "group_epoch",
        "has_subscription_changed",
        "member",
        "records",
        "resolved",
    )

    def __init__(
        self,
        environment: ConsumerEnvironment,
        group: ConsumerGroup,
        before: ConsumerMember,
        member: ConsumerMember,
        out: list[CoordinatorRecord],
    ) -> None:
        self._environment = environment
        self._group = group
        self.before = before
        self.member = member
        self.records = out
        self.group_epoch = group.group_epoch
        self.has_subscription_changed = False
        self._has_assignor_changed = False
        self.resolved: Mapping[str, ResolvedRegex] = group.resolved
        self._target_epoch = group.assignment_epoch
        self._target: Assignment = group.target_of(member.member_id, member.instance_id)

    def members(self) -> dict[str, ConsumerMember]:
        """Return all members of the group as they are with this change."""
        members = dict(self._group.members)
        replaced = self._group.find_static_member(self.member.instance_id)
        if replaced is not None:
            del members[replaced.member_id]
        members[self.member.member_id] = self.member
        return members

    def note_subscription(self) -> None:
        """Step 1."""
        if self.member != self.before:
            self.records.append(records.member_metadata(self._group.group_id, self.member))
        has_names_changed = self.member.subscribed_topic_names != self.before.subscribed_topic_names
        has_regex_changed = self.member.subscribed_topic_regex != self.before.subscribed_topic_regex
        if has_regex_changed:
            self.resolved = resolve_new_regex(self._environment, self._group, self.before, self.member, self.records)
        refresh_regexes_if_due(self._environment, self._group, self.resolved)
        self.has_subscription_changed = has_names_changed or has_regex_changed
        if self.member.server_assignor != self.before.server_assignor:
            assignors = self._environment.config.assignors
            former = choose_assignor(self._group.members.values(), assignors)
            self._has_assignor_changed = choose_assignor(self.members().values(), assignors) != former

    def note_topics(self) -> None:
        """Step 2. Topics are looked at where the member's wishes changed, and where any topic did since then."""
        group, environment = self._group, self._environment
        topics = environment.image.topics
        needs_epoch = self.has_subscription_changed or self._has_assignor_changed
        if not needs_epoch and group.checked_topics is topics:
            return
        metadata_hash = environment.metadata_hash(topic_names_of_all(self.members().values(), self.resolved))
        if needs_epoch or metadata_hash != group.metadata_hash:
            self.group_epoch += 1
            self.records.append(records.group_epoch(group.group_id, self.group_epoch, metadata_hash))
        if group.has_partition_metadata_record:
            self.records.append(records.partition_metadata_tombstone(group.group_id))

    def update_targets(self) -> None:
        """Step 3."""
        group, environment = self._group, self._environment
        if group.assignment_epoch >= self.group_epoch:
            return
        interval_ms = environment.config.assignment_interval_ms(group.group_id)
        if not is_due(group.assignment_timestamp_ms, interval_ms, environment.now_ms):
            return
        members = self.members()
        new = build_targets(
            group,
            members,
            self.resolved,
            environment.image.topics,
            choose_assignor(members.values(), environment.config.assignors),
            epoch=self.group_epoch,
            now_ms=environment.now_ms,
        )
        self.records.extend(new.records)
        self._target_epoch = self.group_epoch
        self._target = new.targets.get(self.member.member_id, {})

    def reconcile(self, owned: Owned | None) -> None:
        """Step 4.

        Raises:
            ApiError: FENCED_MEMBER_EPOCH.
        """
        self._take_step(owned)
        # Noted last: a request that is refused has not recorded what it found of the topics.
        self._group.checked_topics = self._environment.image.topics

    def _take_step(self, owned: Owned | None) -> None:
        if not self.has_subscription_changed and self.member.is_reconciled_to(self._target_epoch):
            return
        topics = self._environment.image.topics
        reconciled = reconcile(
            self.member,
            self._target_epoch,
            self._target,
            subscribed_topic_ids=existing_topic_ids(topic_names_of(self.member, self.resolved), topics),
            owned=owned,
            has_subscription_changed=self.has_subscription_changed,
            current_partition_epoch=self._group.current_partition_epoch,
        )
        if reconciled == self.member:
            return
        self.member = reconciled
        group_id = self._group.group_id
        self.records.append(records.current_assignment(group_id, reconciled))
        if reconciled.uses_classic_protocol:
            return
        if reconciled.state == UNREVOKED_PARTITIONS:
            await_revocation(self._environment, group_id, reconciled)
        else:
            self._environment.context.timers.cancel(revocation_timer(group_id, reconciled.member_id))
