"""The state that the modules of the group coordinator share: groups, timers, doors, and the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.coordinators.group.offsets.store import OffsetStore
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.cluster.image import MetadataImage
    from kafkalite.coordinators.group.config import GroupCoordinatorConfig
    from kafkalite.coordinators.group.group import Group
    from kafkalite.coordinators.runtime.shard_timers import ShardTimers
    from kafkalite.system.clock import Clock
    from kafkalite.system.entropy import Entropy


class Caller(NamedTuple):
    """The sender of a request: its client id ("" for none), its address ("/127.0.0.1"), and the API version."""

    client_id: str
    client_host: str
    api_version: int


class GroupContext:
    """The state of one shard and the doors its modules work with.

    Attributes:
        groups: every group of the shard by its id, of whichever type. Entries come and go by replay alone, but for
            groups that are being formed and have nothing in the log yet.
        offsets: the committed offsets, and those that wait for the end of a transaction.
        image: returns the cluster's metadata as it is now.
        is_live: False while the log is replayed.
    """

    __slots__ = ("clock", "config", "entropy", "groups", "image", "is_live", "offsets", "timers")

    def __init__(
        self,
        config: GroupCoordinatorConfig,
        timers: ShardTimers,
        clock: Clock,
        entropy: Entropy,
        image: Callable[[], MetadataImage],
    ) -> None:
        self.config = config
        self.timers = timers
        self.clock = clock
        self.entropy = entropy
        self.image = image
        self.groups: dict[str, Group] = {}
        self.offsets = OffsetStore()
        self.is_live = False

    def get(self, group_id: str) -> Group:
        """Return a group.

        Raises:
            ApiError: GROUP_ID_NOT_FOUND.
        """
        group = self.groups.get(group_id)
        if group is None:
            raise ApiError(errors.GROUP_ID_NOT_FOUND, f"Group {group_id} not found.")
        return group
