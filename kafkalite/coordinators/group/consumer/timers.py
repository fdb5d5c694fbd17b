"""The names of the timers that watch over the members of consumer groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kafkalite.coordinators.runtime.shard_timers import ShardTimers

    TimerName = tuple[str, str, str]


def session_timer(group_id: str, member_id: str) -> TimerName:
    """Ends a member that is not heard of."""
    return ("consumer session", group_id, member_id)


def revocation_timer(group_id: str, member_id: str) -> TimerName:
    """Ends a member that does not give up what it must."""
    return ("consumer revocation", group_id, member_id)


def join_timer(group_id: str, member_id: str) -> TimerName:
    """Ends a member of the classic protocol that has to join again and does not."""
    return ("consumer join", group_id, member_id)


def sync_timer(group_id: str, member_id: str) -> TimerName:
    """Ends a member of the classic protocol that joined and does not fetch its assignment."""
    return ("consumer sync", group_id, member_id)


def regex_timer(group_id: str) -> tuple[str, str]:
    """Looks anew at which topics the regular expressions of a group stand for."""
    return ("consumer regexes", group_id)


def adoption_timer(group_id: str) -> tuple[str, str]:
    """Starts the sessions of a group that has just become a classic one."""
    return ("consumer downgrade", group_id)


def cancel_member_timers(timers: ShardTimers, group_id: str, member_id: str) -> None:
    """Stop all timers of a member."""
    for name in (session_timer, revocation_timer, join_timer, sync_timer):
        timers.cancel(name(group_id, member_id))
