"""The cluster itself: id, brokers, controller, features, log directories.

Source: KafkaAdminClient.describeCluster, describeFeatures, describeLogDirs; KIP-700, KIP-827, KIP-1073.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kafkalite.client.addresses import Address
from kafkalite.client.admin import CLIENT_METRICS
from kafkalite.client.errors import UnsupportedByBroker, check
from kafkalite.protocol.messages.api_versions_request import ApiVersionsRequest
from kafkalite.protocol.messages.describe_cluster_request import DescribeClusterRequest
from kafkalite.protocol.messages.describe_log_dirs_request import DescribeLogDirsRequest
from kafkalite.protocol.messages.describe_quorum_request import DescribeQuorumRequest
from kafkalite.protocol.messages.describe_quorum_request import PartitionData as DescribeQuorumPartition
from kafkalite.protocol.messages.describe_quorum_request import TopicData as DescribeQuorumTopic
from kafkalite.protocol.messages.list_config_resources_request import ListConfigResourcesRequest
from kafkalite.protocol.releases import ADVERTISED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.client.client import Client

METADATA_TOPIC = "__cluster_metadata"
NO_ID = -1
_FIRST_WITH_FENCED_BROKERS = 2


class ClusterBroker(NamedTuple):
    """A broker, at the address that it advertises to this client."""

    id: int
    address: Address
    rack: str | None
    is_fenced: bool


class Cluster(NamedTuple):
    """A cluster; ``cluster_id`` and ``controller_id`` are None if the broker does not say."""

    cluster_id: str | None
    controller_id: int | None
    brokers: list[ClusterBroker]


class Feature(NamedTuple):
    """A feature: its level in the cluster (0 = off) and the levels that this broker supports."""

    name: str
    level: int
    min_supported: int
    max_supported: int


class LogDirectory(NamedTuple):
    """A log directory of a broker.

    Attributes:
        error_code: 0 if it is online.
        size_bytes: sum of its partitions' logs.
        total_bytes, usable_bytes: of its file system; None if the broker does not say.
    """

    broker: int
    path: str
    error_code: int
    partition_count: int
    size_bytes: int
    total_bytes: int | None
    usable_bytes: int | None


def describe_cluster(client: Client) -> Cluster:
    """Return the cluster.

    Raises:
        BrokerError: the broker refuses.
    """
    try:
        version = client.connection(None).highest_version(DescribeClusterRequest)
    except UnsupportedByBroker:  # before Kafka 2.8
        return _cluster_of_metadata(client)
    request = DescribeClusterRequest(include_fenced_brokers=version >= _FIRST_WITH_FENCED_BROKERS)
    response = client.ask(request)
    check(response.error_code, response.error_message)
    brokers = [
        ClusterBroker(one.broker_id, Address(one.host, one.port), one.rack, one.is_fenced) for one in response.brokers
    ]
    return Cluster(response.cluster_id or None, _known(response.controller_id), sorted(brokers))


def _cluster_of_metadata(client: Client) -> Cluster:
    response = client.metadata([])
    brokers = [
        ClusterBroker(one.node_id, Address(one.host, one.port), one.rack, is_fenced=False) for one in response.brokers
    ]
    return Cluster(response.cluster_id or None, _known(response.controller_id), sorted(brokers))


def _known(broker_id: int) -> int | None:
    return None if broker_id == NO_ID else broker_id


def describe_features(client: Client) -> list[Feature]:
    """Return the features of the broker that was found first, sorted; empty before Kafka 2.7.

    Raises:
        BrokerError: the broker refuses.
    """
    response: Any = client.ask(ApiVersionsRequest(client_software_name="kafkalite", client_software_version="1"))
    check(response.error_code)
    levels = {one.name: one.max_version_level for one in response.finalized_features}
    supported = {one.name: (one.min_version, one.max_version) for one in response.supported_features}
    return [Feature(name, levels.get(name, 0), *supported.get(name, (0, 0))) for name in sorted(levels | supported)]


def describe_log_directories(client: Client) -> list[LogDirectory]:
    """Return the log directories of all brokers, sorted.

    Raises:
        BrokerError: the broker refuses.
    """
    found = []
    for broker_id, response in client.ask_all_brokers(DescribeLogDirsRequest(topics=None)):
        check(response.error_code, None, f"DescribeLogDirs of broker {broker_id}")
        for result in response.results:
            partitions = [one for topic in result.topics for one in topic.partitions]
            found.append(
                LogDirectory(
                    broker_id,
                    result.log_dir,
                    result.error_code,
                    len(partitions),
                    sum(one.partition_size for one in partitions),
                    None if result.total_bytes < 0 else result.total_bytes,
                    None if result.usable_bytes < 0 else result.usable_bytes,
                )
            )
    return sorted(found)


def list_config_resources(client: Client, resource_type: int) -> list[str]:
    """Return the sorted names of the groups or client metrics that have properties.

    Brokers before Kafka 4.1 list client metrics only.

    Raises:
        BrokerError: the broker refuses.
    """
    request = ListConfigResourcesRequest(resource_types=[resource_type] if resource_type != CLIENT_METRICS else [])
    response = client.ask(request)
    check(response.error_code)
    return sorted(one.resource_name for one in response.config_resources if one.resource_type == resource_type)


class QuorumLeader(NamedTuple):
    """The active controller, and its clock when it answered in ms since 1970 (None if it does not say)."""

    id: int
    time_ms: int | None


def find_quorum_leader(client: Client) -> QuorumLeader | None:
    """Return the active controller; None if there is none or the broker has no quorum.

    Metadata and DescribeCluster of a KRaft broker name some broker as the controller, which passes requests on.

    Raises:
        BrokerError: the broker refuses.

    Source: LeaderState.describeReplicaState: the leader gives the current time as its own last fetch.
    """
    topic = DescribeQuorumTopic(topic_name=METADATA_TOPIC, partitions=[DescribeQuorumPartition(partition_index=0)])
    try:
        response = client.ask(DescribeQuorumRequest(topics=[topic]))
    except UnsupportedByBroker:
        return None
    check(response.error_code, response.error_message)
    [answered] = response.topics[0].partitions
    check(answered.error_code, answered.error_message)
    if answered.leader_id == NO_ID:
        return None
    times = [one.last_caught_up_timestamp for one in answered.current_voters if one.replica_id == answered.leader_id]
    return QuorumLeader(answered.leader_id, times[0] if times and times[0] > 0 else None)


def find_release(versions: Mapping[int, tuple[int, int]]) -> str | None:
    """Return the newest release of Kafka whose APIs a broker has in their newest versions; None = older than known.

    Args:
        versions: API key -> (lowest, highest) version of the broker. APIs that it lacks do not count.
    """
    newest = None
    for release, advertised in ADVERTISED.items():
        common = [(versions[key][1], highest) for key, (_, highest) in advertised.items() if key in versions]
        if common and all(has >= wanted for has, wanted in common):
            newest = release
    return newest
