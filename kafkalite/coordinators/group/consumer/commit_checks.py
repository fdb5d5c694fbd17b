"""Whether a member may commit an offset with an epoch that is not its newest.

Source: org.apache.kafka.coordinator.group.modern.consumer.ConsumerGroup.createAssignmentEpochValidator (KIP-1251).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from kafkalite.coordinators.group.consumer.member import ConsumerMember


def stale(member: ConsumerMember, message: str) -> ApiError:
    """Return the error that a member's protocol has for a wrong epoch."""
    code = errors.ILLEGAL_GENERATION if member.uses_classic_protocol else errors.STALE_MEMBER_EPOCH
    return ApiError(code, message)


class AssignmentEpochCheck:
    """Asked for each partition of a commit that comes with an older epoch: was the partition the member's by then?"""

    __slots__ = ("_member", "_member_epoch")

    def __init__(self, member: ConsumerMember, member_epoch: int) -> None:
        self._member = member
        self._member_epoch = member_epoch

    def __call__(self, topic: str, topic_id: bytes, partition: int) -> None:
        """Check one partition.

        Raises:
            ApiError: STALE_MEMBER_EPOCH, ILLEGAL_GENERATION.
        """
        since_epoch = self._member.find_assignment_epoch(topic_id, partition)
        if since_epoch is None:
            what = f"Partition {topic}-{partition} is not assigned or pending revocation for member."
            raise stale(self._member, what)
        if self._member_epoch < since_epoch:
            kind = "generation id" if self._member.uses_classic_protocol else "member epoch"
            raise stale(
                self._member,
                f"Received {kind} {self._member_epoch} is older than assignment epoch {since_epoch} for partition "
                f"{topic}-{partition}.",
            )
