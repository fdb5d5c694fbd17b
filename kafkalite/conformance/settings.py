"""The broker properties for recording the answers, and for judging kafkalite in the tests."""

from __future__ import annotations

from collections.abc import Mapping

BROKER_SETTINGS: Mapping[str, str] = {
    "auto.create.topics.enable": "true",
    "num.partitions": "1",
    "default.replication.factor": "1",
    "group.initial.rebalance.delay.ms": "0",
    "offsets.topic.num.partitions": "4",
    "offsets.topic.replication.factor": "1",
    "transaction.state.log.num.partitions": "4",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "4",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "group.min.session.timeout.ms": "100",
    "group.consumer.assignment.interval.ms": "0",
    "group.max.size": "2",
    "group.consumer.max.size": "2",
    "max.incremental.fetch.session.cache.slots": "1000",
}
"""Properties that turn Kafka's defaults into those of one node that answers at once, and lower limits that would take
long to reach."""
