"""A cluster to talk to: given an image, when an operation, then exactly these records and this response."""

from __future__ import annotations

from typing import Any, TypeVar

from kafkalite.cluster.bootstrap import bootstrap_records
from kafkalite.cluster.brokers import BrokerRegistration, register_broker
from kafkalite.cluster.configs.broker import BrokerConfigs
from kafkalite.cluster.controller import ControllerContext
from kafkalite.cluster.delta import MetadataDelta
from kafkalite.cluster.image import EMPTY_IMAGE, Endpoint, MetadataImage, TopicImage
from kafkalite.cluster.leadership import ElectionRules
from kafkalite.cluster.record_codec import read_record, write_record
from kafkalite.cluster.result import Result
from kafkalite.cluster.topics import create_topics
from kafkalite.protocol.messages.create_topics_request import (
    CreatableTopic,
    CreatableTopicConfig,
    CreateTopicsRequest,
)
from kafkalite.system.entropy import SeededEntropy

Response = TypeVar("Response")

DIRECTORY_ID = b"directory of one"
METADATA_VERSION = 30


class Cluster:
    """A bootstrapped cluster of broker 1, with everything it stored so far.

    `image` is built operation by operation; `check_replay` compares it with the image that the stored bytes give.
    """

    def __init__(self, static: dict[str, str] | None = None) -> None:
        self.image: MetadataImage = EMPTY_IMAGE
        self.stored: list[bytes] = []
        self.delta = MetadataDelta(EMPTY_IMAGE)
        self.context = ControllerContext(SeededEntropy(7), BrokerConfigs(static or {}), 1)
        self.commit(Result(bootstrap_records("1"), None))
        self.register(1)

    def commit(self, result: Result[Response]) -> Response:
        """Store and replay the records of a result."""
        self.delta = MetadataDelta(self.image)
        for record in result.records:
            self.stored.append(write_record(record, METADATA_VERSION))
            self.delta.replay(record)
        self.image = self.delta.apply(len(self.stored), 1)
        return result.response

    @property
    def rules(self) -> ElectionRules:
        """What decides elections now."""
        return ElectionRules(self.image, self.context.static_configs, 1)

    def register(self, broker_id: int) -> int:
        """Take another broker into service and return its epoch."""
        registration = BrokerRegistration(
            broker_id=broker_id,
            incarnation_id=bytes([broker_id]) * 16,
            endpoints=[Endpoint("PLAINTEXT", f"host{broker_id}", 9092, 0)],
            directory_ids=[DIRECTORY_ID[:15] + bytes([broker_id])],
        )
        return self.commit(register_broker(self.image, registration))

    def create(self, name: str, partitions: int = 1, **configs: str) -> TopicImage:
        """Create a topic; configuration names are written with underscores."""
        topic = CreatableTopic(
            name=name,
            num_partitions=partitions,
            replication_factor=-1,
            configs=[CreatableTopicConfig(name=key.replace("_", "."), value=value) for key, value in configs.items()],
        )
        response = self.commit(create_topics(self.image, CreateTopicsRequest(topics=[topic]), self.context))
        assert response.topics[0].error_code == 0, response.topics[0].error_message
        return self.image.topics.by_name[name]

    def check_replay(self) -> None:
        """Assert that nothing is in the image that is not in the stored records, and the other way round."""
        delta = MetadataDelta(EMPTY_IMAGE)
        for value in self.stored:
            delta.replay(read_record(value))
        assert delta.apply(len(self.stored), 1) == self.image


def summary(records: list[Any]) -> list[tuple[Any, ...]]:
    """Return records as short tuples that are easy to compare: kind, then what matters of it."""
    return [_summarize(record) for record in records]


def _summarize(record: Any) -> tuple[Any, ...]:
    kind = record.NAME.removesuffix("Record")
    if kind == "Topic":
        return kind, record.name
    if kind == "Partition":
        return kind, record.partition_id, record.replicas, record.isr, record.leader
    if kind == "Config":
        return kind, record.resource_type, record.resource_name, record.name, record.value
    if kind == "ClearElr":
        return kind, record.topic_name
    if kind == "PartitionChange":
        return kind, record.partition_id, record.isr, record.leader
    return (kind,)
