"""The hash by which a group sees whether its topics have changed since its last assignment.

It covers ids, names, partition counts and the racks of the replicas. It is part of the group's record, so it must be
the number that Kafka would compute.

Source: org.apache.kafka.coordinator.group.Utils.computeTopicHash, computeGroupHash (KIP-1101).
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from xxhash import xxh3_64_intdigest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.cluster.image import BrokersImage, MetadataImage, TopicImage

_MAGIC = b"\0"
NO_TOPICS_HASH = 0

_int32 = Struct("<i").pack
_uint64 = Struct("<Q").pack
_SIGN = 1 << 63


def topic_hash(topic: TopicImage, brokers: BrokersImage) -> int:
    """Return the hash of one topic, unsigned."""
    data = bytearray(_MAGIC)
    data += topic.topic_id[7::-1]
    data += topic.topic_id[:7:-1]
    data += _text(topic.name)
    data += _int32(len(topic.partitions))
    for index, partition in enumerate(topic.partitions):
        data += _int32(index)
        known = (brokers.by_id.get(broker_id) for broker_id in partition.replicas)
        for rack in sorted(broker.rack for broker in known if broker is not None and broker.rack is not None):
            data += _int32(_text_length(rack))
            data += _text(rack)
    return xxh3_64_intdigest(data)


class TopicHashes:
    """Hashes of topics, computed once for each version of a topic."""

    __slots__ = ("_brokers", "_known")

    def __init__(self) -> None:
        self._brokers: BrokersImage | None = None
        self._known: dict[str, tuple[TopicImage, int]] = {}

    def hash_of(self, topic_names: Iterable[str], image: MetadataImage) -> int:
        """Return the hash of a group that is subscribed to these topics, as the signed number of its record.

        Names without a topic do not count; without any topic the hash is `NO_TOPICS_HASH`.
        """
        if self._brokers is not image.brokers:
            self._brokers = image.brokers
            self._known.clear()
        by_name = image.topics.by_name
        hashes = [self._hash(by_name[name], image.brokers) for name in sorted(topic_names) if name in by_name]
        if not hashes:
            return NO_TOPICS_HASH
        combined = xxh3_64_intdigest(b"".join(map(_uint64, hashes)))
        return combined - 2 * _SIGN if combined & _SIGN else combined

    def _hash(self, topic: TopicImage, brokers: BrokersImage) -> int:
        known = self._known.get(topic.name)
        if known is None or known[0] is not topic:
            known = self._known[topic.name] = (topic, topic_hash(topic, brokers))
        return known[1]


def _text(text: str) -> bytes:
    """The characters in UTF-16, then their count: how hash4j feeds a string to a hash."""
    return text.encode("utf-16-le") + _int32(_text_length(text))


def _text_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
