"""The states of a classic group and what each request of a member of the group does in them, as data.

Requests of a client that is no member, or with another generation, are refused before these tables are asked
(`ClassicGroup.check_member`). A group that does not exist is "Dead" to those who ask for its state.

Source: ClassicGroupState, GroupMetadataManager.
"""

from __future__ import annotations

from kafkalite.protocol import errors

EMPTY = "Empty"
"""No members; offsets keep the group alive until they expire."""
PREPARING_REBALANCE = "PreparingRebalance"
"""Members have to join again; those who did wait."""
COMPLETING_REBALANCE = "CompletingRebalance"
"""All joined; the leader works out the assignment."""
STABLE = "Stable"
"""Every member has an assignment."""
DEAD = "Dead"
"""There is no such group."""

STATES = (EMPTY, PREPARING_REBALANCE, COMPLETING_REBALANCE, STABLE)

VALID_PREVIOUS: dict[str, frozenset[str]] = {
    EMPTY: frozenset((PREPARING_REBALANCE,)),
    PREPARING_REBALANCE: frozenset((STABLE, COMPLETING_REBALANCE, EMPTY)),
    COMPLETING_REBALANCE: frozenset((PREPARING_REBALANCE,)),
    STABLE: frozenset((COMPLETING_REBALANCE,)),
}
"""State -> the states it may be entered from."""

# What a known member's request leads to.
REFUSE_UNKNOWN_MEMBER = "UNKNOWN_MEMBER_ID"
WAIT_FOR_REBALANCE = "the member is taken over as it is now, and waits until all have joined"
ANSWER_UNLESS_CHANGED = "the current generation; where the member's protocols changed, a rebalance"
ANSWER_UNLESS_CHANGED_OR_LEADER = "the current generation; of the leader or with other protocols, a rebalance"
REFUSE_REBALANCE_IN_PROGRESS = "REBALANCE_IN_PROGRESS"
WAIT_FOR_ASSIGNMENT = "the member waits; the leader's assignment is stored and told to all who wait"
ANSWER_ASSIGNMENT = "the member's assignment"
REBALANCE = "the member is gone, and the others have to join again"
COMPLETE_IF_ALL_JOINED = "the member is gone; where only it was missing, the rebalance goes on"
NOTHING_MORE = "the member is gone"

ON_JOIN: dict[str, str] = {
    EMPTY: REFUSE_UNKNOWN_MEMBER,
    PREPARING_REBALANCE: WAIT_FOR_REBALANCE,
    COMPLETING_REBALANCE: ANSWER_UNLESS_CHANGED,
    STABLE: ANSWER_UNLESS_CHANGED_OR_LEADER,
}
"""JoinGroup of a member that gives its id."""

ON_SYNC: dict[str, str] = {
    EMPTY: REFUSE_UNKNOWN_MEMBER,
    PREPARING_REBALANCE: REFUSE_REBALANCE_IN_PROGRESS,
    COMPLETING_REBALANCE: WAIT_FOR_ASSIGNMENT,
    STABLE: ANSWER_ASSIGNMENT,
}

ON_HEARTBEAT: dict[str, int] = {
    EMPTY: errors.UNKNOWN_MEMBER_ID,
    PREPARING_REBALANCE: errors.REBALANCE_IN_PROGRESS,
    COMPLETING_REBALANCE: errors.NONE,
    STABLE: errors.NONE,
}

ON_MEMBER_GONE: dict[str, str] = {
    EMPTY: NOTHING_MORE,
    PREPARING_REBALANCE: COMPLETE_IF_ALL_JOINED,
    COMPLETING_REBALANCE: REBALANCE,
    STABLE: REBALANCE,
}
"""LeaveGroup, and the end of a session."""

ON_OFFSET_COMMIT: dict[str, int] = {
    EMPTY: errors.NONE,
    PREPARING_REBALANCE: errors.NONE,
    COMPLETING_REBALANCE: errors.REBALANCE_IN_PROGRESS,
    STABLE: errors.NONE,
}
"""OffsetCommit outside of a transaction, of a member of the current generation."""

ON_DELETE: dict[str, int] = {
    EMPTY: errors.NONE,
    PREPARING_REBALANCE: errors.NON_EMPTY_GROUP,
    COMPLETING_REBALANCE: errors.NON_EMPTY_GROUP,
    STABLE: errors.NON_EMPTY_GROUP,
}
"""DeleteGroups; and OffsetDelete, where the group is none of consumers."""

KEEPS_SESSION_ON_COMMIT = frozenset((STABLE, PREPARING_REBALANCE))
"""The states in which a commit counts as a heartbeat."""
