"""The internal topics of Kafka, and their automatic creation at first use.

Source: kafka.server.DefaultAutoTopicCreationManager.creatableTopic, GroupCoordinatorService.groupMetadataTopicConfigs,
TransactionStateManager.transactionTopicConfigs, ShareCoordinatorService.shareGroupStateTopicConfigs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.topic_names import CONSUMER_OFFSETS, SHARE_GROUP_STATE, TRANSACTION_STATE
from kafkalite.protocol.messages.create_topics_request import CreatableTopic, CreatableTopicConfig

if TYPE_CHECKING:
    from kafkalite.cluster.configs.broker import BrokerConfigs


def automatic_topic(name: str, broker: BrokerConfigs) -> CreatableTopic:
    """Return the definition of a topic that is created automatically at its first use.

    Args:
        broker: the broker's effective configuration.
    """
    if name == CONSUMER_OFFSETS:
        configs = {
            "cleanup.policy": "compact",
            "compression.type": "producer",
            "segment.bytes": broker.get("offsets.topic.segment.bytes"),
        }
        return _topic(name, broker, "offsets.topic.num.partitions", "offsets.topic.replication.factor", configs)
    if name == TRANSACTION_STATE:
        configs = {
            "cleanup.policy": "compact",
            "compression.type": "uncompressed",
            "min.insync.replicas": broker.get("transaction.state.log.min.isr"),
            "segment.bytes": broker.get("transaction.state.log.segment.bytes"),
            "unclean.leader.election.enable": "false",
        }
        prefix = "transaction.state.log"
        return _topic(name, broker, f"{prefix}.num.partitions", f"{prefix}.replication.factor", configs)
    if name == SHARE_GROUP_STATE:
        prefix = "share.coordinator.state.topic"
        configs = {
            "cleanup.policy": "delete",
            "compression.type": "producer",
            "min.insync.replicas": broker.get(f"{prefix}.min.isr"),
            "retention.ms": "-1",
            "segment.bytes": broker.get(f"{prefix}.segment.bytes"),
        }
        return _topic(name, broker, f"{prefix}.num.partitions", f"{prefix}.replication.factor", configs)
    return CreatableTopic(name=name, num_partitions=-1, replication_factor=-1)


def _topic(
    name: str, broker: BrokerConfigs, partitions: str, replication_factor: str, configs: dict[str, str | None]
) -> CreatableTopic:
    return CreatableTopic(
        name=name,
        num_partitions=broker.get_int(partitions),
        replication_factor=broker.get_int(replication_factor),
        configs=[CreatableTopicConfig(name=config, value=value) for config, value in configs.items()],
    )
