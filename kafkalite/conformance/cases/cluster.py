"""Descriptions of a cluster: DescribeCluster, DescribeQuorum, DescribeLogDirs, ListConfigResources."""

from __future__ import annotations

from kafkalite.conformance.cases.steps import produce
from kafkalite.conformance.conversation import Conversation, Step, Topic, Wait

QUORUM = {"Topics": [{"TopicName": "__cluster_metadata", "Partitions": [{"PartitionIndex": 0}]}]}

QUORUM_MASKS = {
    "DescribeQuorum.Topics.Partitions.HighWatermark": "the length of the metadata log",
    "DescribeQuorum.Topics.Partitions.LeaderEpoch": "how often the controller started",
    "DescribeQuorum.Topics.Partitions.CurrentVoters.LogEndOffset": "the length of the metadata log",
    "DescribeQuorum.Topics.Partitions.CurrentVoters.LastFetchTimestamp": "the broker's clock",
    "DescribeQuorum.Topics.Partitions.CurrentVoters.LastCaughtUpTimestamp": "the broker's clock",
    "DescribeQuorum.Topics.Partitions.CurrentVoters.ReplicaDirectoryId": "drawn when the directory is formatted",
    "DescribeQuorum.Topics.Partitions.Observers.LogEndOffset": "the length of the metadata log",
    "DescribeQuorum.Nodes.Listeners.Name": "a matter of configuration",
}


def _log_dirs(topics: object, name: str = "") -> Step:
    return Step(api="DescribeLogDirs", fields={"Topics": topics}, name=name)


CONVERSATIONS = (
    Conversation(
        name="the cluster",
        api="DescribeCluster",
        steps=(
            Step(api="DescribeCluster", name="plainly"),
            Step(
                api="DescribeCluster",
                fields={"IncludeClusterAuthorizedOperations": True, "IncludeFencedBrokers": True},
                name="with what one may do",
            ),
        ),
    ),
    Conversation(
        name="endpoints that are not brokers",
        api="DescribeCluster",
        versions=(1, 2),
        steps=(
            Step(api="DescribeCluster", fields={"EndpointType": 2}, name="controllers"),
            Step(api="DescribeCluster", fields={"EndpointType": 0}, name="the unknown type"),
            Step(api="DescribeCluster", fields={"EndpointType": 7}, name="a type that does not exist"),
        ),
    ),
    Conversation(
        name="the quorum",
        api="DescribeQuorum",
        masks=QUORUM_MASKS,
        steps=(Step(api="DescribeQuorum", fields=QUORUM),),
    ),
    Conversation(
        name="not the metadata log",
        api="DescribeQuorum",
        names=("orders",),
        masks=QUORUM_MASKS,
        steps=(
            Step(api="DescribeQuorum", fields={"Topics": []}, name="no topics"),
            Step(
                api="DescribeQuorum",
                fields={"Topics": [{"TopicName": "$orders", "Partitions": [{"PartitionIndex": 0}]}]},
                name="another topic",
            ),
            Step(
                api="DescribeQuorum",
                fields={"Topics": [{"TopicName": "__cluster_metadata", "Partitions": [{"PartitionIndex": 1}]}]},
                name="another partition",
            ),
            Step(
                api="DescribeQuorum",
                fields={"Topics": [{"TopicName": "__cluster_metadata", "Partitions": []}]},
                name="no partition",
            ),
        ),
    ),
    Conversation(
        name="where partitions are",
        api="DescribeLogDirs",
        topics={"orders": Topic(partitions=2), "empty": Topic()},
        names=("nowhere",),
        masks={
            "DescribeLogDirs.Results.LogDir": "a path of the machine",
            "DescribeLogDirs.Results.TotalBytes": "the size of the disk",
            "DescribeLogDirs.Results.UsableBytes": "what is free on the disk",
        },
        steps=(
            produce(),
            _log_dirs(None, "everything"),
            _log_dirs([], "nothing"),
            _log_dirs([{"Topic": "$orders", "Partitions": [0]}], "one partition"),
            _log_dirs([{"Topic": "$orders", "Partitions": []}], "a topic without partitions"),
            _log_dirs(
                [{"Topic": "$orders", "Partitions": [1, 7, -1]}, {"Topic": "$nowhere", "Partitions": [0]}],
                "partitions and topics that do not exist",
            ),
        ),
    ),
    Conversation(
        name="what has configurations of its own",
        api="ListConfigResources",
        names=("group", "metrics"),
        topics={"orders": Topic(configs={"retention.ms": "1"})},
        steps=(
            Step(
                api="IncrementalAlterConfigs",
                fields={
                    "Resources": [
                        {
                            "ResourceType": 32,
                            "ResourceName": "$group",
                            "Configs": [
                                {"Name": "consumer.session.timeout.ms", "ConfigOperation": 0, "Value": "50000"}
                            ],
                        },
                        {
                            "ResourceType": 16,
                            "ResourceName": "$metrics",
                            "Configs": [{"Name": "interval.ms", "ConfigOperation": 0, "Value": "1000"}],
                        },
                    ]
                },
            ),
            Step(
                api="DescribeConfigs",
                fields={
                    "Resources": [
                        {
                            "ResourceType": 32,
                            "ResourceName": "$group",
                            "ConfigurationKeys": ["consumer.session.timeout.ms"],
                        }
                    ]
                },
                until=Wait("Results/0/Configs/0/Value", "50000"),
                is_compared=False,
                name="the broker knows of them",
            ),
            Step(
                api="ListConfigResources",
                fields={"ResourceTypes": [32]},
                version=1,
                until=Wait("ConfigResources/ResourceName=$group/ResourceType", 32),
                is_compared=False,
                name="it lists them",
            ),
            Step(
                api="ListConfigResources",
                fields={"ResourceTypes": []},
                until=Wait("ConfigResources/ResourceName=$metrics/ResourceName", "$metrics"),
                name="every type",
            ),
            Step(api="ListConfigResources", fields={"ResourceTypes": [2]}, name="topics"),
            Step(api="ListConfigResources", fields={"ResourceTypes": [32]}, name="groups"),
            Step(api="ListConfigResources", fields={"ResourceTypes": [16, 32, 16]}, name="a type twice"),
            Step(api="ListConfigResources", fields={"ResourceTypes": [0]}, name="the unknown type"),
            Step(api="ListConfigResources", fields={"ResourceTypes": [2, 99]}, name="a type that does not exist"),
            Step(api="ListConfigResources", fields={"ResourceTypes": [-1]}, name="a negative type"),
        ),
    ),
)
