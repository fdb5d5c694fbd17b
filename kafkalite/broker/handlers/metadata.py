"""Metadata: brokers, topics and the leaders of their partitions; requested topics may be created.

Versions 0-13:
    0    brokers, topics, partitions; no topics means all of them
    1    null means all topics, none means none; racks, controller, internal topics
    2    cluster id
    3    throttle time
    4    the client may forbid the creation of topics
    5    offline replicas
    6    a client is throttled after the answer, not before (KIP-219)
    7    leader epochs (KIP-320)
    8    authorized operations (KIP-430)
    9    flexible
    10   topic ids in the answer (KIP-516)
    11   authorized operations of the cluster move to DescribeCluster (KIP-700)
    12   topics by id; names may be null
    13   an error code for the request (KIP-1102)

Errors, each for one topic:
    UNKNOWN_TOPIC_OR_PARTITION    no such topic, and it is not created
    UNKNOWN_TOPIC_ID              no topic has the id
    INVALID_TOPIC_EXCEPTION       an illegal name, or one that collides with another topic's
    INVALID_REPLICATION_FACTOR    it would be created, but there are too few brokers
    INVALID_REQUEST               for all: a null name or a topic id before version 12, neither name nor id
    KAFKA_STORAGE_ERROR           it would be created, but the metadata log cannot be written
Errors, each for one partition:
    LEADER_NOT_AVAILABLE          it has no leader

Deviation: a topic that the request creates is answered as any other, since it exists at once; Kafka answers
UNKNOWN_TOPIC_OR_PARTITION, so that the client retries, and so does ``kafkalite.auto.create.at.once=false``, the default
of the profile "kafka".
Source: kafka.server.KafkaApis.handleTopicMetadataRequest, org.apache.kafka.metadata.KRaftMetadataCache.
"""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.broker.authorized_operations import ALL_ON_CLUSTER, ALL_ON_TOPIC, NOT_ASKED_FOR
from kafkalite.broker.metadata.live_brokers import describe_brokers
from kafkalite.broker.metadata.partition_replicas import offline_replicas, registered_leader
from kafkalite.cluster.image import NO_LEADER
from kafkalite.cluster.topic_names import find_flaw, is_internal
from kafkalite.model.limits import SHOWN_NAME_MAX_CHARS
from kafkalite.model.shown_text import shown_text
from kafkalite.model.steps import Pace, map_steps
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol import errors
from kafkalite.protocol.messages.metadata_response import (
    MetadataResponse,
    MetadataResponseBroker,
    MetadataResponsePartition,
    MetadataResponseTopic,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.cluster.image import MetadataImage, PartitionImage, TopicImage
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.metadata_request import MetadataRequest, MetadataRequestTopic

_log = getLogger("kafkalite.server")

FIRST_BY_ID_VERSION = 12
CLUSTER_OPERATIONS_VERSIONS = range(8, 11)


class MetadataHandler:
    """Answers Metadata."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._creator = broker.topic_creator
        self._creates_topics = broker.settings.get_bool("auto.create.topics.enable")
        self._shows_created_topics = broker.settings.get_bool("kafkalite.auto.create.at.once")

    def metadata(self, context: RequestContext, request: MetadataRequest) -> Steps[MetadataResponse]:
        """Return the cluster with the addresses that this client can reach, and the requested topics."""
        version, wanted = context.api_version, request.topics
        pace = Pace()
        if wanted is None or (version == 0 and not wanted):
            image = self._broker.metadata.image
            topics = yield from _describe_all(image, image.topics.by_name.values(), pace)
        else:
            names, ids, is_valid = yield from _collect(version, wanted, pace)
            if not is_valid:
                return (yield from _refuse(wanted, pace))
            if ids:
                topics = yield from self._by_id(ids, pace)
            else:
                topics = yield from self._by_name(names, pace, may_create=request.allow_auto_topic_creation)
        if version >= 8 and request.include_topic_authorized_operations:
            for topic in topics:
                if topic.error_code != errors.UNKNOWN_TOPIC_ID:
                    topic.topic_authorized_operations = ALL_ON_TOPIC
        return self._respond(context, request, topics)

    def _respond(
        self, context: RequestContext, request: MetadataRequest, topics: list[MetadataResponseTopic]
    ) -> MetadataResponse:
        has_operations = context.api_version in CLUSTER_OPERATIONS_VERSIONS
        return MetadataResponse(
            brokers=[
                MetadataResponseBroker(node_id=broker.broker_id, host=broker.host, port=broker.port, rack=broker.rack)
                for broker in describe_brokers(self._broker, context.connection)
            ],
            cluster_id=self._broker.cluster_id,
            controller_id=self._broker.node_id,
            topics=topics,
            cluster_authorized_operations=(
                ALL_ON_CLUSTER if has_operations and request.include_cluster_authorized_operations else NOT_ASKED_FOR
            ),
        )

    def _by_id(self, ids: dict[bytes, None], pace: Pace) -> Steps[list[MetadataResponseTopic]]:
        """Describe topics by id; a request with one id ignores the names in it."""
        image = self._broker.metadata.image
        topics = []
        for topic_id in ids:
            topic = image.topics.by_id.get(topic_id)
            if topic is None:
                topics.append(MetadataResponseTopic(error_code=errors.UNKNOWN_TOPIC_ID, name=None, topic_id=topic_id))
                if pace.is_due():
                    yield
            else:
                topics.append((yield from _describe(image, topic, pace)))
        return topics

    def _by_name(self, names: dict[str, None], pace: Pace, *, may_create: bool) -> Steps[list[MetadataResponseTopic]]:
        codes: dict[str, int] = {}
        hidden: set[str] = set()
        if may_create and self._creates_topics:
            known = self._broker.metadata.image.topics.by_name
            missing = []
            for name in names:
                if name not in known and find_flaw(name) is None:
                    missing.append(name)
                if pace.is_due():
                    yield
            if missing:
                codes = yield from self._creator.create_steps(missing)
                if not self._shows_created_topics:
                    hidden = set(missing)
                    codes = _log_failures(codes)
                    # Topics that existed before come first.
                    names = dict.fromkeys(sorted(names, key=lambda name: name not in known))
        image = self._broker.metadata.image
        topics = []
        for name in names:
            topic = image.topics.by_name.get(name)
            if topic is None or name in hidden:
                unknown = errors.UNKNOWN_TOPIC_OR_PARTITION
                code = codes.get(name, unknown) if find_flaw(name) is None else errors.INVALID_TOPIC_EXCEPTION
                topics.append(MetadataResponseTopic(error_code=code, name=name, is_internal=is_internal(name)))
                if pace.is_due():
                    yield
            else:
                topics.append((yield from _describe(image, topic, pace)))
        return topics


def _log_failures(codes: dict[str, int]) -> dict[str, int]:
    """Log the topics that could not be created, since the answer hides them; return its error codes: none."""
    failed: dict[int, list[str]] = {}
    for name, code in codes.items():
        if code != errors.NONE:
            failed.setdefault(code, []).append(name)
    for code, names in failed.items():
        shown = shown_text(names[0], SHOWN_NAME_MAX_CHARS)
        others = f" and {len(names) - 1} others" if len(names) > 1 else ""
        _log.warning("topic %s%s cannot be created automatically: %s", shown, others, errors.NAMES[code])
    return {}


def _collect(
    version: int, wanted: list[MetadataRequestTopic], pace: Pace
) -> Steps[tuple[dict[str, None], dict[bytes, None], bool]]:
    """Return the different names and the different ids of topics, in order, and whether all of them are valid."""
    names: dict[str, None] = {}
    ids: dict[bytes, None] = {}
    for topic in wanted:
        if not _is_valid(version, topic):
            return names, ids, False
        if topic.topic_id != ZERO_UUID:
            ids[bytes(topic.topic_id)] = None
        elif topic.name is not None:
            names[topic.name] = None
        if pace.is_due():
            yield
    return names, ids, True


def _is_valid(version: int, topic: MetadataRequestTopic) -> bool:
    if version < FIRST_BY_ID_VERSION:
        return topic.name is not None and topic.topic_id == ZERO_UUID
    return topic.name is not None or topic.topic_id != ZERO_UUID


def _refuse(wanted: list[MetadataRequestTopic], pace: Pace) -> Steps[MetadataResponse]:
    """Return the answer to an invalid request: an error for it and for each topic."""

    def refused(topic: MetadataRequestTopic) -> MetadataResponseTopic:
        return MetadataResponseTopic(
            error_code=errors.INVALID_REQUEST, name=topic.name or "", topic_id=bytes(topic.topic_id)
        )

    return MetadataResponse(topics=(yield from map_steps(refused, wanted, pace)), error_code=errors.INVALID_REQUEST)


def _describe_all(image: MetadataImage, topics: Iterable[TopicImage], pace: Pace) -> Steps[list[MetadataResponseTopic]]:
    described = []
    for topic in topics:
        described.append((yield from _describe(image, topic, pace)))  # noqa: PERF401 -- no comprehension can yield
    return described


def _describe(image: MetadataImage, topic: TopicImage, pace: Pace) -> Steps[MetadataResponseTopic]:
    partitions = []
    for index, partition in enumerate(topic.partitions):
        partitions.append(_describe_partition(image, index, partition))
        if pace.is_due():
            yield
    return MetadataResponseTopic(
        name=topic.name, topic_id=topic.topic_id, is_internal=is_internal(topic.name), partitions=partitions
    )


def _describe_partition(image: MetadataImage, index: int, partition: PartitionImage) -> MetadataResponsePartition:
    leader = registered_leader(image, partition)
    return MetadataResponsePartition(
        error_code=errors.LEADER_NOT_AVAILABLE if leader == NO_LEADER else errors.NONE,
        partition_index=index,
        leader_id=leader,
        leader_epoch=partition.leader_epoch,
        replica_nodes=list(partition.replicas),
        isr_nodes=list(partition.isr),
        offline_replicas=offline_replicas(image, partition),
    )
