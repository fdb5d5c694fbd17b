"""The state that the operations on consumer groups share: groups, doors, and the facts known of topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.consumer.group import ConsumerGroup
from kafkalite.coordinators.group.consumer.metadata_hash import TopicHashes
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.cluster.image import MetadataImage, TopicsImage
    from kafkalite.coordinators.group.consumer.config import ConsumerGroupConfig
    from kafkalite.coordinators.group.context import GroupContext

UNKNOWN_VERSION = -1


class ConsumerEnvironment:
    """One for each shard.

    Attributes:
        context: groups, timers, clock, entropy of the shard.
        config: of consumer groups.
    """

    __slots__ = ("_hashes", "_new_topics_version", "_seen_topics", "config", "context")

    def __init__(self, context: GroupContext, config: ConsumerGroupConfig) -> None:
        self.context = context
        self.config = config
        self._hashes = TopicHashes()
        self._seen_topics: TopicsImage | None = None
        self._new_topics_version = UNKNOWN_VERSION

    @property
    def image(self) -> MetadataImage:
        """The cluster's metadata as it is now."""
        return self.context.image()

    @property
    def image_version(self) -> int:
        """The offset of the last record of the metadata, by which regular expressions note what they have seen."""
        return self.image.end_offset - 1

    @property
    def now_ms(self) -> int:
        """The wall clock, ms since the epoch."""
        return self.context.clock.now_ms()

    def find_group(self, group_id: str) -> ConsumerGroup | None:
        """Return a consumer group, None where there is none of that id or it is of another type."""
        group = self.context.groups.get(group_id)
        return group if isinstance(group, ConsumerGroup) else None

    def get_group(self, group_id: str) -> ConsumerGroup:
        """Return a consumer group.

        Raises:
            ApiError: GROUP_ID_NOT_FOUND.
        """
        group = self.context.get(group_id)
        if not isinstance(group, ConsumerGroup):
            raise ApiError(errors.GROUP_ID_NOT_FOUND, f"Group {group_id} is not a consumer group.")
        return group

    def metadata_hash(self, topic_names: Iterable[str]) -> int:
        """Return the hash of a group that is subscribed to these topics."""
        return self._hashes.hash_of(topic_names, self.image)

    def new_topics_version(self) -> int:
        """Return the version of the metadata in which a topic was last seen that had not been there before."""
        topics = self.image.topics
        seen = self._seen_topics
        if topics is not seen:
            if seen is None or not topics.by_id.keys() <= seen.by_id.keys():
                self._new_topics_version = self.image_version
            self._seen_topics = topics
        return self._new_topics_version
