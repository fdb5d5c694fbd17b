"""The group coordinator's settings, from the broker's properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Protocol

    class Properties(Protocol):
        """The source of the values; `settings.Settings` is one."""

        def get_int(self, name: str) -> int:
            """Return an integer property."""


NEW_MEMBER_JOIN_TIMEOUT_MS = 5 * 60 * 1000
"""The time for which a member that waits in its first JoinGroup is kept: its client may be gone without a trace.

Source: GroupCoordinatorConfig.CLASSIC_GROUP_NEW_MEMBER_JOIN_TIMEOUT_MS."""

_MS_PER_MINUTE = 60 * 1000


class GroupCoordinatorConfig:
    """Typed values, named as the properties are.

    Attributes:
        min_session_timeout_ms, max_session_timeout_ms: what a classic member may ask for.
        max_size: members of one classic group.
        initial_rebalance_delay_ms: the time that an empty group waits for more members; 0 assigns the first at once.
        offset_metadata_max_length: characters a client may store with an offset.
        offsets_retention_ms: the time that offsets outlive their group.
        offsets_retention_check_interval_ms: the time between two checks of that.
    """

    __slots__ = (
        "initial_rebalance_delay_ms",
        "max_session_timeout_ms",
        "max_size",
        "min_session_timeout_ms",
        "new_member_join_timeout_ms",
        "offset_metadata_max_length",
        "offsets_retention_check_interval_ms",
        "offsets_retention_ms",
    )

    def __init__(self, properties: Properties) -> None:
        self.min_session_timeout_ms = properties.get_int("group.min.session.timeout.ms")
        self.max_session_timeout_ms = properties.get_int("group.max.session.timeout.ms")
        self.max_size = properties.get_int("group.max.size")
        self.initial_rebalance_delay_ms = properties.get_int("group.initial.rebalance.delay.ms")
        self.offset_metadata_max_length = properties.get_int("offset.metadata.max.bytes")
        self.offsets_retention_ms = properties.get_int("offsets.retention.minutes") * _MS_PER_MINUTE
        self.offsets_retention_check_interval_ms = properties.get_int("offsets.retention.check.interval.ms")
        self.new_member_join_timeout_ms = NEW_MEMBER_JOIN_TIMEOUT_MS
