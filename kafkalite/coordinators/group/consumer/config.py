"""The settings of consumer groups: from the broker's properties, and from the configuration of each group.

Source: GroupCoordinatorConfig, GroupConfig, ConsumerGroupMigrationPolicy (KIP-848, KIP-1099).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.resource_types import GROUP
from kafkalite.coordinators.group.assignors import RANGE, UNIFORM

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.cluster.configs.broker import BrokerConfigs
    from kafkalite.cluster.image import MetadataImage

BUILT_IN = {
    "org.apache.kafka.coordinator.group.assignor.UniformAssignor": UNIFORM,
    "org.apache.kafka.coordinator.group.assignor.RangeAssignor": RANGE,
}
"""Assignors that a configuration may name by their class."""

_UPGRADES = ("bidirectional", "upgrade")
_DOWNGRADES = ("bidirectional", "downgrade")


class ConsumerGroupConfig:
    """The configuration of consumer groups; everything is read when it is asked for, for most of it can change.

    Args:
        properties: returns the broker's properties as they are now.
        image: returns the cluster's metadata, which holds the groups' own configurations.
    """

    __slots__ = ("_image", "_properties")

    def __init__(self, properties: Callable[[], BrokerConfigs], image: Callable[[], MetadataImage]) -> None:
        self._properties = properties
        self._image = image

    @property
    def max_size(self) -> int:
        """Members of one consumer group."""
        return self._properties().get_int("group.consumer.max.size")

    @property
    def classic_max_size(self) -> int:
        """Members of one classic group, which a consumer group may become."""
        return self._properties().get_int("group.max.size")

    @property
    def assignors(self) -> list[str]:
        """Names of the assignors that members may ask for; the first one serves those who do not ask.

        Other classes are left out: Kafka's assignors alone are built in.
        """
        names = (self._properties().get("group.consumer.assignors") or "").split(",")
        known = [BUILT_IN.get(name.strip(), name.strip()) for name in names]
        return [name for name in known if name in (UNIFORM, RANGE)] or [UNIFORM, RANGE]

    @property
    def allows_upgrade(self) -> bool:
        """Whether a classic group may become a consumer group while it has members."""
        return self._migration_policy in _UPGRADES

    @property
    def allows_downgrade(self) -> bool:
        """Whether a consumer group may become a classic group while it has members."""
        return self._migration_policy in _DOWNGRADES

    @property
    def allows_classic_members(self) -> bool:
        """Whether members of the classic protocol may join a consumer group with members."""
        return self._migration_policy in (*_UPGRADES, *_DOWNGRADES)

    @property
    def _migration_policy(self) -> str:
        return (self._properties().get("group.consumer.migration.policy") or "").lower()

    @property
    def regex_refresh_interval_ms(self) -> int:
        """The time after which regular expressions are resolved anew, with or without new topics."""
        return self._properties().get_int("group.consumer.regex.refresh.interval.ms")

    def session_timeout_ms(self, group_id: str) -> int:
        """The time for which a member of the group may be silent."""
        return self._of_group(group_id, "session.timeout.ms")

    def heartbeat_interval_ms(self, group_id: str) -> int:
        """The time between two heartbeats of a member of the group."""
        return self._of_group(group_id, "heartbeat.interval.ms")

    def assignment_interval_ms(self, group_id: str) -> int:
        """The shortest time that a group keeps its targets; 0 lets every change make new ones."""
        return self._of_group(group_id, "assignment.interval.ms")

    def _of_group(self, group_id: str, name: str) -> int:
        """Return the group's own value within the broker's bounds, which may have changed since it was set."""
        own = self._image().configs.of(GROUP, group_id).get(f"consumer.{name}")
        properties = self._properties()
        if own is None:
            return properties.get_int(f"group.consumer.{name}")
        least, most = properties.get_int(f"group.consumer.min.{name}"), properties.get_int(f"group.consumer.max.{name}")
        return min(max(int(own), least), most)
