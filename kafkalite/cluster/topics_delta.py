"""Topic and partition records applied to the topics of an image.

Source: org.apache.kafka.image.TopicsDelta, TopicDelta; org.apache.kafka.metadata.PartitionRegistration.merge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kafkalite.cluster.image import PartitionImage, TopicImage, TopicsImage
from kafkalite.cluster.topic_names import has_collision_characters, unify

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_LEADER_CHANGE = -2


class ChangedTopic(NamedTuple):
    """A topic that exists before and after, with changed partitions."""

    before: TopicImage
    after: TopicImage


class TopicsDelta:
    """Changes of topics on top of `image`."""

    __slots__ = ("_deleted", "_partitions", "_topics", "image")

    def __init__(self, image: TopicsImage) -> None:
        self.image = image
        self._topics: dict[bytes, TopicImage] = {}
        self._partitions: dict[bytes, list[PartitionImage]] = {}
        self._deleted: dict[bytes, TopicImage] = {}

    def created(self) -> list[TopicImage]:
        """Return the new topics, in the order of their records."""
        return [self._finish(topic) for topic_id, topic in self._topics.items() if topic_id not in self.image.by_id]

    def deleted(self) -> list[TopicImage]:
        """Return the removed topics; a topic created and removed in one delta is in neither list."""
        return list(self._deleted.values())

    def changed(self) -> list[ChangedTopic]:
        """Return the topics whose partitions changed."""
        before_by_id = self.image.by_id
        touched = [
            (before_by_id[topic_id], topic) for topic_id, topic in self._topics.items() if topic_id in before_by_id
        ]
        return [ChangedTopic(before, self._finish(topic)) for before, topic in touched]

    def replay_topic(self, record: Any) -> None:
        """Add a topic without partitions; those follow in separate records."""
        topic_id = bytes(record.topic_id)
        if self._find(topic_id) is not None:
            raise ValueError(f"the id of topic {record.name} is taken already")
        self._topics[topic_id] = TopicImage(record.name, topic_id, ())
        self._partitions[topic_id] = []

    def replay_partition(self, record: Any) -> None:
        """Add a partition, or replace all of its fields."""
        partitions = self._working_partitions(bytes(record.topic_id))
        partition = PartitionImage(
            replicas=tuple(record.replicas),
            isr=tuple(record.isr),
            leader=record.leader,
            leader_epoch=record.leader_epoch,
            partition_epoch=record.partition_epoch,
            directories=tuple(map(bytes, record.directories or ())),
            removing_replicas=tuple(record.removing_replicas),
            adding_replicas=tuple(record.adding_replicas),
            leader_recovery_state=record.leader_recovery_state,
            eligible_leader_replicas=tuple(record.eligible_leader_replicas or ()),
            last_known_elr=tuple(record.last_known_elr or ()),
        )
        if record.partition_id < len(partitions):
            partitions[record.partition_id] = partition
        elif record.partition_id == len(partitions):
            partitions.append(partition)
        else:
            raise ValueError(f"partition {record.partition_id} follows partition {len(partitions) - 1}")

    def replay_partition_change(self, record: Any) -> None:
        """Change some fields of a partition, see `change_partition`."""
        partitions = self._working_partitions(bytes(record.topic_id))
        partitions[record.partition_id] = change_partition(partitions[record.partition_id], record)

    def replay_clear_elr(self, record: Any) -> None:
        """Clear the eligible leader replicas of one topic, or of all topics for an empty name."""
        for topic in list(self._current()):
            if record.topic_name not in ("", topic.name):
                continue
            partitions = self._partitions.get(topic.topic_id, topic.partitions)
            if any(partition.eligible_leader_replicas or partition.last_known_elr for partition in partitions):
                working = self._working_partitions(topic.topic_id)
                working[:] = [_without_elr(partition) for partition in working]

    def remove(self, topic_id: bytes) -> str:
        """Remove a topic and return its name.

        Raises:
            ValueError: there is no topic with that id.
        """
        topic_id = bytes(topic_id)
        topic = self._find(topic_id)
        if topic is None:
            raise ValueError(f"no topic has the id {topic_id.hex()} that is to be removed")
        self._topics.pop(topic_id, None)
        self._partitions.pop(topic_id, None)
        before = self.image.by_id.get(topic_id)
        if before is not None:
            self._deleted[topic_id] = before
        return topic.name

    def apply(self) -> TopicsImage:
        """Return the topics with all changes; the same object if nothing changed."""
        if not self._topics and not self._deleted:
            return self.image
        by_name, by_id = dict(self.image.by_name), dict(self.image.by_id)
        for topic_id, topic in self._deleted.items():
            del by_id[topic_id]
            del by_name[topic.name]
        for topic in self._topics.values():
            finished = self._finish(topic)
            by_id[finished.topic_id] = by_name[finished.name] = finished
        return TopicsImage(by_name, by_id, self._unified_names(by_name))

    def _unified_names(self, by_name: dict[str, TopicImage]) -> Any:
        touched = [topic.name for topic in (*self._deleted.values(), *self._topics.values())]
        colliding = {unify(name) for name in touched if has_collision_characters(name)}
        if not colliding:
            return self.image.by_unified_name
        unified = dict(self.image.by_unified_name)
        for common in colliding:
            candidates = {*unified.pop(common, ()), *(name for name in touched if unify(name) == common)}
            names = tuple(sorted(name for name in candidates if name in by_name))
            if names:
                unified[common] = names
        return unified

    def _find(self, topic_id: bytes) -> TopicImage | None:
        if topic_id in self._deleted:
            return None
        return self._topics.get(topic_id) or self.image.by_id.get(topic_id)

    def _current(self) -> Iterator[TopicImage]:
        yield from self._topics.values()
        for topic_id, topic in self.image.by_id.items():
            if topic_id not in self._topics and topic_id not in self._deleted:
                yield topic

    def _working_partitions(self, topic_id: bytes) -> list[PartitionImage]:
        working = self._partitions.get(topic_id)
        if working is None:
            topic = self._find(topic_id)
            if topic is None:
                raise ValueError(f"a partition record names the unknown topic id {topic_id.hex()}")
            self._topics[topic_id] = topic
            working = self._partitions[topic_id] = list(topic.partitions)
        return working

    def _finish(self, topic: TopicImage) -> TopicImage:
        return TopicImage(topic.name, topic.topic_id, tuple(self._partitions[topic.topic_id]))


def change_partition(old: PartitionImage, record: Any) -> PartitionImage:
    """Return the partition after a PartitionChangeRecord: an absent field keeps its value; a leader, even the same one,
    starts a new leader epoch."""
    has_new_leader = record.leader != NO_LEADER_CHANGE
    return PartitionImage(
        replicas=_or_kept(record.replicas, old.replicas),
        isr=_or_kept(record.isr, old.isr),
        leader=record.leader if has_new_leader else old.leader,
        leader_epoch=old.leader_epoch + 1 if has_new_leader else old.leader_epoch,
        partition_epoch=old.partition_epoch + 1,
        directories=_or_kept(record.directories, old.directories),
        removing_replicas=_or_kept(record.removing_replicas, old.removing_replicas),
        adding_replicas=_or_kept(record.adding_replicas, old.adding_replicas),
        leader_recovery_state=old.leader_recovery_state
        if record.leader_recovery_state < 0
        else record.leader_recovery_state,
        eligible_leader_replicas=_or_kept(record.eligible_leader_replicas, old.eligible_leader_replicas),
        last_known_elr=_or_kept(record.last_known_elr, old.last_known_elr),
    )


def _or_kept(new: Any, old: tuple[Any, ...]) -> tuple[Any, ...]:
    return old if new is None else tuple(new)


def _without_elr(partition: PartitionImage) -> PartitionImage:
    if not partition.eligible_leader_replicas and not partition.last_known_elr:
        return partition
    return partition._replace(
        eligible_leader_replicas=(), last_known_elr=(), partition_epoch=partition.partition_epoch + 1
    )
