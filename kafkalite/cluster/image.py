"""The metadata at one offset of `__cluster_metadata`: immutable, shared freely, replaced as a whole by the next image.

A reader may keep an image: nothing in it ever changes. Its dictionaries and lists belong to it; only the delta that
builds the next image writes new ones.

Source: org.apache.kafka.image.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NO_LEADER = -1


class PartitionImage(NamedTuple):
    """One partition: its replicas and its leader.

    `directories` holds one 16-byte directory id for each of `replicas`. Source: PartitionRegistration.
    """

    replicas: tuple[int, ...]
    isr: tuple[int, ...]
    leader: int
    leader_epoch: int
    partition_epoch: int
    directories: tuple[bytes, ...] = ()
    removing_replicas: tuple[int, ...] = ()
    adding_replicas: tuple[int, ...] = ()
    leader_recovery_state: int = 0
    eligible_leader_replicas: tuple[int, ...] = ()
    last_known_elr: tuple[int, ...] = ()


class TopicImage(NamedTuple):
    """One topic; the index in `partitions` is the partition's index."""

    name: str
    topic_id: bytes
    partitions: tuple[PartitionImage, ...]


class TopicsImage(NamedTuple):
    """All topics, by name and by their 16-byte id.

    `by_unified_name` finds names that differ only in ``.`` against ``_``; only names with one of them are in it.
    """

    by_name: Mapping[str, TopicImage]
    by_id: Mapping[bytes, TopicImage]
    by_unified_name: Mapping[str, tuple[str, ...]]

    def find_partition(self, topic: str, partition_index: int) -> PartitionImage | None:
        """Return the partition, or None for an unknown topic or index."""
        image = self.by_name.get(topic)
        if image is None or not 0 <= partition_index < len(image.partitions):
            return None
        return image.partitions[partition_index]


ConfigResource = tuple[int, str]
"""(resource type, resource name) as in ConfigRecord: (2, "orders") is a topic, (4, "") the default of all brokers."""


class ConfigsImage(NamedTuple):
    """Dynamic configurations; a resource without any is absent."""

    by_resource: Mapping[ConfigResource, Mapping[str, str]]

    def of(self, resource_type: int, resource_name: str) -> Mapping[str, str]:
        """Return the configurations set on one resource; empty for none."""
        return self.by_resource.get((resource_type, resource_name), _NOTHING)


class FeaturesImage(NamedTuple):
    """Finalized feature levels, `metadata.version` among them; a feature at level 0 is absent."""

    finalized: Mapping[str, int]

    @property
    def metadata_version(self) -> int:
        """The level of `metadata.version`; 0 while the log is empty."""
        return self.finalized.get("metadata.version", 0)

    def is_elr_enabled(self) -> bool:
        """Return whether eligible leader replicas (KIP-966) are finalized."""
        return self.finalized.get("eligible.leader.replicas.version", 0) > 0


class Endpoint(NamedTuple):
    """The address of one listener; `security_protocol` by number (0 PLAINTEXT, 1 SSL, 2 SASL_PLAINTEXT, 3 SASL_SSL)."""

    listener_name: str
    host: str
    port: int
    security_protocol: int


class BrokerImage(NamedTuple):
    """One registered broker. Source: BrokerRegistration."""

    broker_id: int
    broker_epoch: int
    incarnation_id: bytes
    endpoints: tuple[Endpoint, ...]
    rack: str | None
    is_fenced: bool
    is_in_controlled_shutdown: bool
    directories: tuple[bytes, ...]
    cordoned_directories: tuple[bytes, ...]
    features: Mapping[str, tuple[int, int]]

    def find_endpoint(self, listener_name: str) -> Endpoint | None:
        """Return the address of a listener, or None if the broker does not have it."""
        for endpoint in self.endpoints:
            if endpoint.listener_name == listener_name:
                return endpoint
        return None


class BrokersImage(NamedTuple):
    """All registered brokers by id, fenced ones included."""

    by_id: Mapping[int, BrokerImage]

    def active(self) -> Iterator[BrokerImage]:
        """Yield the brokers that may lead: neither fenced nor shutting down, in the order of their ids."""
        for broker_id in sorted(self.by_id):
            broker = self.by_id[broker_id]
            if not broker.is_fenced and not broker.is_in_controlled_shutdown:
                yield broker


class ProducerIdsImage(NamedTuple):
    """The first unallocated producer id, and the owner of the previous block."""

    next_producer_id: int
    broker_id: int
    broker_epoch: int


class ScramCredential(NamedTuple):
    """The stored proof of a password: `stored_key` verifies the client, `server_key` proves the server to it.

    Source: RFC 5802, ScramCredentialData.
    """

    salt: bytes
    stored_key: bytes
    server_key: bytes
    iterations: int


QuotaEntity = tuple[tuple[str, str | None], ...]
"""The subject of a quota: ("client-id" | "ip" | "user", name) in the order of the types; None is the default."""


class MetadataImage(NamedTuple):
    """The state of `__cluster_metadata` up to `end_offset` (exclusive), written in leader epoch `epoch`.

    `unread` counts the records of types that this version stores but does not act upon, by record name.
    `credentials` maps (user, number of the SCRAM mechanism) to the credential, `quotas` each entity to its quotas by
    key, both in the order of Kafka's maps.
    """

    end_offset: int
    epoch: int
    topics: TopicsImage
    configs: ConfigsImage
    features: FeaturesImage
    brokers: BrokersImage
    producer_ids: ProducerIdsImage
    unread: Mapping[str, int]
    credentials: Mapping[tuple[str, int], ScramCredential]
    quotas: Mapping[QuotaEntity, Mapping[str, float]]

    def count_entries(self) -> int:
        """Return the number of brokers, topics and partitions: approximately the records of a snapshot."""
        topics = self.topics.by_name.values()
        return len(self.brokers.by_id) + len(topics) + sum(len(topic.partitions) for topic in topics)


_NOTHING: Mapping[str, str] = {}

EMPTY_IMAGE = MetadataImage(
    end_offset=0,
    epoch=0,
    topics=TopicsImage({}, {}, {}),
    configs=ConfigsImage({}),
    features=FeaturesImage({}),
    brokers=BrokersImage({}),
    producer_ids=ProducerIdsImage(0, -1, -1),
    unread={},
    credentials={},
    quotas={},
)
