"""How topics are made that nobody created."""

from __future__ import annotations

import pytest

from kafkalite.cluster.configs.broker import BrokerConfigs
from kafkalite.cluster.internal_topics import automatic_topic

KAFKA = BrokerConfigs({})


@pytest.mark.parametrize(
    ("name", "partitions", "replication_factor", "configs"),
    [
        (
            "__consumer_offsets",
            50,
            3,
            {"cleanup.policy": "compact", "compression.type": "producer", "segment.bytes": "104857600"},
        ),
        (
            "__transaction_state",
            50,
            3,
            {
                "cleanup.policy": "compact",
                "compression.type": "uncompressed",
                "min.insync.replicas": "2",
                "segment.bytes": "104857600",
                "unclean.leader.election.enable": "false",
            },
        ),
        (
            "__share_group_state",
            50,
            3,
            {
                "cleanup.policy": "delete",
                "compression.type": "producer",
                "min.insync.replicas": "2",
                "retention.ms": "-1",
                "segment.bytes": "104857600",
            },
        ),
        ("anything", -1, -1, {}),
    ],
)
def test_internal_topics_have_kafkas_settings(
    name: str, partitions: int, replication_factor: int, configs: dict[str, str]
) -> None:
    topic = automatic_topic(name, KAFKA)
    assert (topic.name, topic.num_partitions, topic.replication_factor) == (name, partitions, replication_factor)
    assert {config.name: config.value for config in topic.configs} == configs


def test_the_brokers_settings_count() -> None:
    topic = automatic_topic("__consumer_offsets", BrokerConfigs({"offsets.topic.num.partitions": "1"}))
    assert topic.num_partitions == 1
