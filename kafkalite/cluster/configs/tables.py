# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Every config of Kafka 4.4: types, defaults, valid values and synonyms."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any


class ConfigDefinition(NamedTuple):
    """What Kafka knows of one config. `valid` is None or one of these tuples:

    ("range", min or None, max or None), ("values", (text, ...)), ("values_ignore_case", (text, ...)),
    ("list", (allowed element, ...) or (), allows_empty, allows_null), ("max_elements", count), ("non_empty",),
    ("non_null",), ("all", (valid, ...)), ("text", Kafka's notation), ("class", the name of Kafka's validator).
    """

    type: str
    default: str | None
    valid: tuple[Any, ...] | None = None
    importance: str = "medium"
    #: "read-only", "per-broker" or "cluster-wide" for broker configs; "" for the others
    dynamic: str = ""
    is_required: bool = False
    is_sensitive: bool = False
    is_internal: bool = False
    #: a dynamic broker config that a properties file cannot set
    is_dynamic_only: bool = False


BROKER_CONFIGS: dict[str, ConfigDefinition] = {
    "add.partitions.to.txn.retry.backoff.max.ms": ConfigDefinition(
        "int", "100", valid=("range", 0, None), importance="high", dynamic="read-only"
    ),
    "add.partitions.to.txn.retry.backoff.ms": ConfigDefinition(
        "int", "20", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "advertised.listeners": ConfigDefinition(
        "list", None, valid=("list", (), False, True), importance="high", dynamic="read-only"
    ),
    "alter.config.policy.class.name": ConfigDefinition("class", None, importance="low", dynamic="read-only"),
    "alter.log.dirs.replication.quota.window.num": ConfigDefinition(
        "int", "11", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "alter.log.dirs.replication.quota.window.size.seconds": ConfigDefinition(
        "int", "1", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "authorizer.class.name": ConfigDefinition("string", "", valid=("non_null",), importance="low", dynamic="read-only"),
    "auto.create.topics.enable": ConfigDefinition("boolean", "true", importance="high", dynamic="read-only"),
    "auto.leader.rebalance.enable": ConfigDefinition("boolean", "true", importance="high", dynamic="read-only"),
    "background.threads": ConfigDefinition(
        "int", "10", valid=("range", 1, None), importance="high", dynamic="cluster-wide"
    ),
    "broker.heartbeat.interval.ms": ConfigDefinition("int", "2000", dynamic="read-only"),
    "broker.id": ConfigDefinition("int", "-1", importance="high", dynamic="read-only"),
    "broker.rack": ConfigDefinition("string", None, dynamic="read-only"),
    "broker.session.timeout.ms": ConfigDefinition("int", "9000", dynamic="read-only"),
    "client.quota.callback.class": ConfigDefinition("class", None, importance="low", dynamic="read-only"),
    "compression.gzip.level": ConfigDefinition("int", "-1", valid=("text", "[1,...,9] or -1"), dynamic="cluster-wide"),
    "compression.lz4.level": ConfigDefinition("int", "9", valid=("range", 1, 17), dynamic="cluster-wide"),
    "compression.type": ConfigDefinition(
        "string",
        "producer",
        valid=("values", ("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer")),
        importance="high",
        dynamic="cluster-wide",
    ),
    "compression.zstd.level": ConfigDefinition("int", "3", valid=("range", -131072, 22), dynamic="cluster-wide"),
    "config.providers": ConfigDefinition(
        "list", "", valid=("list", (), True, False), importance="low", dynamic="cluster-wide"
    ),
    "connection.failed.authentication.delay.ms": ConfigDefinition(
        "int", "100", valid=("range", 0, None), importance="low", dynamic="read-only"
    ),
    "connections.max.idle.ms": ConfigDefinition("long", "600000", dynamic="read-only"),
    "connections.max.reauth.ms": ConfigDefinition("long", "0", dynamic="read-only"),
    "controlled.shutdown.enable": ConfigDefinition("boolean", "true", dynamic="read-only"),
    "controller.listener.names": ConfigDefinition(
        "list", None, valid=("list", (), False, False), importance="high", dynamic="read-only", is_required=True
    ),
    "controller.performance.always.log.threshold.ms": ConfigDefinition(
        "long", "2000", valid=("range", 0, None), dynamic="read-only", is_internal=True
    ),
    "controller.performance.sample.period.ms": ConfigDefinition(
        "long", "60000", valid=("range", 100, None), dynamic="read-only", is_internal=True
    ),
    "controller.quorum.append.linger.ms": ConfigDefinition("int", "25", valid=("range", 0, None), dynamic="read-only"),
    "controller.quorum.auto.join.enable": ConfigDefinition("boolean", "false", importance="low", dynamic="read-only"),
    "controller.quorum.bootstrap.servers": ConfigDefinition(
        "list", "", valid=("class", "ControllerQuorumBootstrapServersValidator"), importance="high", dynamic="read-only"
    ),
    "controller.quorum.election.backoff.max.ms": ConfigDefinition(
        "int", "1000", valid=("range", 0, None), importance="high", dynamic="read-only"
    ),
    "controller.quorum.election.timeout.ms": ConfigDefinition(
        "int", "1000", valid=("range", 0, None), importance="high", dynamic="read-only"
    ),
    "controller.quorum.fetch.max.bytes": ConfigDefinition(
        "int", "1048576", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "controller.quorum.fetch.snapshot.max.bytes": ConfigDefinition(
        "int", "1048576", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "controller.quorum.fetch.timeout.ms": ConfigDefinition(
        "int", "2000", valid=("range", 0, None), importance="high", dynamic="read-only"
    ),
    "controller.quorum.request.timeout.ms": ConfigDefinition(
        "int", "2000", valid=("range", 0, None), dynamic="read-only"
    ),
    "controller.quorum.retry.backoff.ms": ConfigDefinition(
        "int", "20", valid=("range", 0, None), importance="low", dynamic="read-only"
    ),
    "controller.quorum.voters": ConfigDefinition(
        "list", "", valid=("class", "ControllerQuorumVotersValidator"), importance="high", dynamic="read-only"
    ),
    "controller.quota.window.num": ConfigDefinition(
        "int", "11", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "controller.quota.window.size.seconds": ConfigDefinition(
        "int", "1", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "controller.socket.timeout.ms": ConfigDefinition("int", "30000", dynamic="read-only"),
    "cordoned.log.dirs": ConfigDefinition("list", "", valid=("list", (), True, True), dynamic="per-broker"),
    "create.topic.policy.class.name": ConfigDefinition("class", None, importance="low", dynamic="read-only"),
    "default.replication.factor": ConfigDefinition("int", "1", dynamic="read-only"),
    "delegation.token.expiry.check.interval.ms": ConfigDefinition(
        "long", "3600000", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "delegation.token.expiry.time.ms": ConfigDefinition(
        "long", "86400000", valid=("range", 1, None), dynamic="read-only"
    ),
    "delegation.token.max.lifetime.ms": ConfigDefinition(
        "long", "604800000", valid=("range", 1, None), dynamic="read-only"
    ),
    "delegation.token.secret.key": ConfigDefinition("password", None, dynamic="read-only", is_sensitive=True),
    "delete.records.purgatory.purge.interval.requests": ConfigDefinition("int", "1", dynamic="read-only"),
    "delete.topic.enable": ConfigDefinition("boolean", "true", importance="high", dynamic="read-only"),
    "early.start.listeners": ConfigDefinition(
        "list", None, valid=("list", (), True, True), importance="high", dynamic="read-only"
    ),
    "errors.deadletterqueue.auto.create.topics.enable": ConfigDefinition("boolean", "false", dynamic="cluster-wide"),
    "errors.deadletterqueue.topic.name.prefix": ConfigDefinition("string", "dlq.", dynamic="cluster-wide"),
    "fetch.max.bytes": ConfigDefinition("int", "57671680", valid=("range", 1024, None), dynamic="read-only"),
    "fetch.purgatory.purge.interval.requests": ConfigDefinition("int", "1000", dynamic="read-only"),
    "follower.fetch.last.tiered.offset.enable": ConfigDefinition("boolean", "false", dynamic="cluster-wide"),
    "follower.replication.throttled.rate": ConfigDefinition(
        "long", "9223372036854775807", valid=("range", 0, None), dynamic="cluster-wide", is_dynamic_only=True
    ),
    "group.consumer.assignment.interval.ms": ConfigDefinition(
        "int", "1000", valid=("range", 0, None), dynamic="cluster-wide"
    ),
    "group.consumer.assignor.offload.enable": ConfigDefinition(
        "boolean", "true", dynamic="cluster-wide", is_internal=True
    ),
    "group.consumer.assignors": ConfigDefinition(
        "list", "uniform,range", valid=("list", (), False, False), dynamic="read-only"
    ),
    "group.consumer.heartbeat.interval.ms": ConfigDefinition(
        "int", "5000", valid=("range", 1, None), dynamic="read-only"
    ),
    "group.consumer.max.assignment.interval.ms": ConfigDefinition(
        "int", "15000", valid=("range", 0, None), dynamic="read-only"
    ),
    "group.consumer.max.heartbeat.interval.ms": ConfigDefinition(
        "int", "15000", valid=("range", 1, None), dynamic="read-only"
    ),
    "group.consumer.max.session.timeout.ms": ConfigDefinition(
        "int", "60000", valid=("range", 1, None), dynamic="read-only"
    ),
    "group.consumer.max.size": ConfigDefinition("int", "2147483647", valid=("range", 1, None), dynamic="read-only"),
    "group.consumer.migration.policy": ConfigDefinition(
        "string",
        "bidirectional",
        valid=("values_ignore_case", ("BIDIRECTIONAL", "DISABLED", "DOWNGRADE", "UPGRADE")),
        dynamic="read-only",
    ),
    "group.consumer.min.assignment.interval.ms": ConfigDefinition(
        "int", "0", valid=("range", 0, None), dynamic="read-only"
    ),
    "group.consumer.min.heartbeat.interval.ms": ConfigDefinition(
        "int", "5000", valid=("range", 1, None), dynamic="read-only"
    ),
    "group.consumer.min.session.timeout.ms": ConfigDefinition(
        "int", "45000", valid=("range", 1, None), dynamic="read-only"
    ),
    "group.consumer.regex.refresh.interval.ms": ConfigDefinition(
        "int", "600000", valid=("range", 10000, None), dynamic="read-only", is_internal=True
    ),
    "group.consumer.session.timeout.ms": ConfigDefinition(
        "int", "45000", valid=("range", 1, None), dynamic="read-only"
    ),
    "group.coordinator.append.linger.ms": ConfigDefinition("int", "-1", valid=("range", -1, None), dynamic="read-only"),
    "group.coordinator.background.threads": ConfigDefinition(
        "int", "2", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "group.coordinator.cached.buffer.max.bytes": ConfigDefinition(
        "int", "1048588", valid=("range", 524288, None), dynamic="cluster-wide"
    ),
    "group.coordinator.rebalance.protocols": ConfigDefinition(
        "list",
        "classic,consumer,streams",
        valid=("list", ("consumer", "classic", "share", "streams"), False, False),
        dynamic="read-only",
    ),
    "group.coordinator.threads": ConfigDefinition(
        "int", "4", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "group.initial.rebalance.delay.ms": ConfigDefinition("int", "3000", dynamic="read-only"),
    "group.max.session.timeout.ms": ConfigDefinition("int", "1800000", dynamic="read-only"),
    "group.max.size": ConfigDefinition("int", "2147483647", valid=("range", 1, None), dynamic="read-only"),
    "group.min.session.timeout.ms": ConfigDefinition("int", "6000", dynamic="read-only"),
    "group.share.assignment.interval.ms": ConfigDefinition(
        "int", "1000", valid=("range", 0, None), dynamic="cluster-wide"
    ),
    "group.share.assignor.offload.enable": ConfigDefinition(
        "boolean", "true", dynamic="cluster-wide", is_internal=True
    ),
    "group.share.assignors": ConfigDefinition("list", "simple", valid=("list", (), False, False), dynamic="read-only"),
    "group.share.delivery.count.limit": ConfigDefinition("int", "5", valid=("range", 2, 10), dynamic="read-only"),
    "group.share.dlq.manager.class.name": ConfigDefinition(
        "string", "org.apache.kafka.server.share.dlq.DefaultShareGroupDLQManager", dynamic="read-only", is_internal=True
    ),
    "group.share.heartbeat.interval.ms": ConfigDefinition("int", "5000", valid=("range", 1, None), dynamic="read-only"),
    "group.share.initialize.retry.interval.ms": ConfigDefinition(
        "int", "30000", valid=("range", 1, None), importance="low", dynamic="read-only", is_internal=True
    ),
    "group.share.max.assignment.interval.ms": ConfigDefinition(
        "int", "15000", valid=("range", 0, None), dynamic="read-only"
    ),
    "group.share.max.delivery.count.limit": ConfigDefinition("int", "10", valid=("range", 5, 25), dynamic="read-only"),
    "group.share.max.heartbeat.interval.ms": ConfigDefinition(
        "int", "15000", valid=("range", 1, None), dynamic="read-only"
    ),
    "group.share.max.partition.max.record.locks": ConfigDefinition(
        "int", "4000", valid=("range", 2000, 10000), dynamic="read-only"
    ),
    "group.share.max.record.lock.duration.ms": ConfigDefinition(
        "int", "60000", valid=("range", 30000, 3600000), dynamic="read-only"
    ),
    "group.share.max.session.timeout.ms": ConfigDefinition(
        "int", "60000", valid=("range", 1, None), dynamic="read-only"
    ),
    "group.share.max.share.sessions": ConfigDefinition("int", "2000", valid=("range", 1, None), dynamic="read-only"),
    "group.share.max.size": ConfigDefinition("int", "200", valid=("range", 1, 1000), dynamic="read-only"),
    "group.share.min.assignment.interval.ms": ConfigDefinition(
        "int", "0", valid=("range", 0, None), dynamic="read-only"
    ),
    "group.share.min.delivery.count.limit": ConfigDefinition("int", "2", valid=("range", 2, 5), dynamic="read-only"),
    "group.share.min.heartbeat.interval.ms": ConfigDefinition(
        "int", "5000", valid=("range", 1, None), dynamic="read-only"
    ),
    "group.share.min.partition.max.record.locks": ConfigDefinition(
        "int", "100", valid=("range", 100, 2000), dynamic="read-only"
    ),
    "group.share.min.record.lock.duration.ms": ConfigDefinition(
        "int", "15000", valid=("range", 1000, 30000), dynamic="read-only"
    ),
    "group.share.min.session.timeout.ms": ConfigDefinition(
        "int", "45000", valid=("range", 1, None), dynamic="read-only"
    ),
    "group.share.partition.max.record.locks": ConfigDefinition(
        "int", "2000", valid=("range", 100, 10000), dynamic="read-only"
    ),
    "group.share.persister.class.name": ConfigDefinition(
        "string", "org.apache.kafka.server.share.persister.DefaultStatePersister", dynamic="read-only", is_internal=True
    ),
    "group.share.record.lock.duration.ms": ConfigDefinition(
        "int", "30000", valid=("range", 1000, 3600000), dynamic="read-only"
    ),
    "group.share.session.timeout.ms": ConfigDefinition("int", "45000", valid=("range", 1, None), dynamic="read-only"),
    "group.streams.acceptable.recovery.lag": ConfigDefinition(
        "long", "10000", valid=("range", 0, None), dynamic="read-only", is_internal=True
    ),
    "group.streams.assignment.interval.ms": ConfigDefinition(
        "int", "1000", valid=("range", 0, None), dynamic="cluster-wide"
    ),
    "group.streams.assignor.offload.enable": ConfigDefinition(
        "boolean", "true", dynamic="cluster-wide", is_internal=True
    ),
    "group.streams.assignors": ConfigDefinition(
        "list", "sticky", valid=("list", (), False, False), dynamic="read-only"
    ),
    "group.streams.heartbeat.interval.ms": ConfigDefinition(
        "int", "5000", valid=("range", 1, None), dynamic="read-only"
    ),
    "group.streams.initial.rebalance.delay.ms": ConfigDefinition(
        "int", "3000", valid=("range", 0, None), dynamic="read-only"
    ),
    "group.streams.max.assignment.interval.ms": ConfigDefinition(
        "int", "15000", valid=("range", 0, None), dynamic="read-only"
    ),
    "group.streams.max.heartbeat.interval.ms": ConfigDefinition(
        "int", "15000", valid=("range", 1, None), dynamic="read-only"
    ),
    "group.streams.max.session.timeout.ms": ConfigDefinition(
        "int", "60000", valid=("range", 1, None), dynamic="read-only"
    ),
    "group.streams.max.size": ConfigDefinition("int", "2147483647", valid=("range", 1, None), dynamic="read-only"),
    "group.streams.max.standby.replicas": ConfigDefinition("int", "2", valid=("range", 0, None), dynamic="read-only"),
    "group.streams.max.warmup.replicas": ConfigDefinition(
        "int", "20", valid=("range", 0, None), dynamic="read-only", is_internal=True
    ),
    "group.streams.min.assignment.interval.ms": ConfigDefinition(
        "int", "0", valid=("range", 0, None), dynamic="read-only"
    ),
    "group.streams.min.heartbeat.interval.ms": ConfigDefinition(
        "int", "5000", valid=("range", 1, None), dynamic="read-only"
    ),
    "group.streams.min.session.timeout.ms": ConfigDefinition(
        "int", "45000", valid=("range", 1, None), dynamic="read-only"
    ),
    "group.streams.min.task.offset.interval.ms": ConfigDefinition(
        "int", "15000", valid=("range", 1, None), dynamic="read-only", is_internal=True
    ),
    "group.streams.num.standby.replicas": ConfigDefinition("int", "0", valid=("range", 0, None), dynamic="read-only"),
    "group.streams.num.warmup.replicas": ConfigDefinition(
        "int", "2", valid=("range", 0, None), dynamic="read-only", is_internal=True
    ),
    "group.streams.rack.aware.assignment.tags": ConfigDefinition(
        "list", "", valid=("list", (), True, False), importance="low", dynamic="read-only"
    ),
    "group.streams.session.timeout.ms": ConfigDefinition("int", "45000", valid=("range", 1, None), dynamic="read-only"),
    "group.streams.task.offset.interval.ms": ConfigDefinition(
        "int", "60000", valid=("range", 1, None), dynamic="read-only", is_internal=True
    ),
    "group.streams.topology.description.plugin.class": ConfigDefinition("class", None, dynamic="read-only"),
    "initial.broker.registration.timeout.ms": ConfigDefinition("int", "60000", dynamic="read-only"),
    "inter.broker.listener.name": ConfigDefinition("string", None, dynamic="read-only"),
    "internal.metadata.delete.delay.millis": ConfigDefinition(
        "long", "60000", importance="low", dynamic="read-only", is_internal=True
    ),
    "internal.metadata.log.segment.bytes": ConfigDefinition(
        "int", None, importance="low", dynamic="read-only", is_internal=True
    ),
    "internal.metadata.max.batch.size.in.bytes": ConfigDefinition(
        "int", "8388608", importance="low", dynamic="read-only", is_internal=True
    ),
    "kafka.metrics.polling.interval.secs": ConfigDefinition(
        "int", "10", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "kafka.metrics.reporters": ConfigDefinition(
        "list", "", valid=("list", (), True, False), importance="low", dynamic="read-only"
    ),
    "leader.imbalance.check.interval.seconds": ConfigDefinition(
        "long", "300", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "leader.replication.throttled.rate": ConfigDefinition(
        "long", "9223372036854775807", valid=("range", 0, None), dynamic="cluster-wide", is_dynamic_only=True
    ),
    "listener.security.protocol.map": ConfigDefinition(
        "string",
        "SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT",
        importance="low",
        dynamic="per-broker",
    ),
    "listeners": ConfigDefinition(
        "list", "PLAINTEXT://:9092", valid=("list", (), False, False), importance="high", dynamic="per-broker"
    ),
    "log.cleaner.backoff.ms": ConfigDefinition("long", "15000", valid=("range", 0, None), dynamic="cluster-wide"),
    "log.cleaner.dedupe.buffer.size": ConfigDefinition("long", "134217728", dynamic="cluster-wide"),
    "log.cleaner.delete.retention.ms": ConfigDefinition(
        "long", "86400000", valid=("range", 0, None), dynamic="cluster-wide"
    ),
    "log.cleaner.enable": ConfigDefinition("boolean", "true", dynamic="read-only"),
    "log.cleaner.io.buffer.load.factor": ConfigDefinition("double", "0.9", dynamic="cluster-wide"),
    "log.cleaner.io.buffer.size": ConfigDefinition("int", "524288", valid=("range", 0, None), dynamic="cluster-wide"),
    "log.cleaner.io.max.bytes.per.second": ConfigDefinition("double", "1.7976931348623157E308", dynamic="cluster-wide"),
    "log.cleaner.max.compaction.lag.ms": ConfigDefinition(
        "long", "9223372036854775807", valid=("range", 1, None), dynamic="cluster-wide"
    ),
    "log.cleaner.min.cleanable.ratio": ConfigDefinition("double", "0.5", valid=("range", 0, 1), dynamic="cluster-wide"),
    "log.cleaner.min.compaction.lag.ms": ConfigDefinition(
        "long", "0", valid=("range", 0, None), dynamic="cluster-wide"
    ),
    "log.cleaner.threads": ConfigDefinition("int", "1", valid=("range", 0, None), dynamic="cluster-wide"),
    "log.cleanup.policy": ConfigDefinition(
        "list", "delete", valid=("list", ("compact", "delete"), True, False), dynamic="cluster-wide"
    ),
    "log.dir": ConfigDefinition(
        "list", "/tmp/kafka-logs", valid=("list", (), False, False), importance="high", dynamic="read-only"
    ),
    "log.dir.failure.timeout.ms": ConfigDefinition(
        "long", "30000", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "log.dirs": ConfigDefinition("list", None, valid=("list", (), False, True), importance="high", dynamic="read-only"),
    "log.flush.interval.messages": ConfigDefinition(
        "long", "9223372036854775807", valid=("range", 1, None), importance="high", dynamic="cluster-wide"
    ),
    "log.flush.interval.ms": ConfigDefinition("long", None, importance="high", dynamic="cluster-wide"),
    "log.flush.offset.checkpoint.interval.ms": ConfigDefinition(
        "int", "60000", valid=("range", 0, None), importance="high", dynamic="read-only"
    ),
    "log.flush.scheduler.interval.ms": ConfigDefinition(
        "long", "9223372036854775807", importance="high", dynamic="read-only"
    ),
    "log.flush.start.offset.checkpoint.interval.ms": ConfigDefinition(
        "int", "60000", valid=("range", 0, None), importance="high", dynamic="read-only"
    ),
    "log.index.interval.bytes": ConfigDefinition("int", "4096", valid=("range", 0, None), dynamic="cluster-wide"),
    "log.index.size.max.bytes": ConfigDefinition("int", "10485760", valid=("range", 4, None), dynamic="cluster-wide"),
    "log.initial.task.delay.ms": ConfigDefinition(
        "long", "30000", valid=("range", 0, None), importance="low", dynamic="read-only", is_internal=True
    ),
    "log.local.retention.bytes": ConfigDefinition("long", "-2", valid=("range", -2, None), dynamic="cluster-wide"),
    "log.local.retention.ms": ConfigDefinition("long", "-2", valid=("range", -2, None), dynamic="cluster-wide"),
    "log.message.timestamp.after.max.ms": ConfigDefinition(
        "long", "3600000", valid=("range", 0, None), dynamic="cluster-wide"
    ),
    "log.message.timestamp.before.max.ms": ConfigDefinition(
        "long", "9223372036854775807", valid=("range", 0, None), dynamic="cluster-wide"
    ),
    "log.message.timestamp.type": ConfigDefinition(
        "string", "CreateTime", valid=("values", ("CreateTime", "LogAppendTime")), dynamic="cluster-wide"
    ),
    "log.preallocate": ConfigDefinition("boolean", "false", dynamic="cluster-wide"),
    "log.remote.copy.lag.bytes": ConfigDefinition("long", "-1", valid=("range", -1, None), dynamic="cluster-wide"),
    "log.remote.copy.lag.ms": ConfigDefinition("long", "0", valid=("range", -1, None), dynamic="cluster-wide"),
    "log.retention.bytes": ConfigDefinition("long", "-1", importance="high", dynamic="cluster-wide"),
    "log.retention.check.interval.ms": ConfigDefinition(
        "long", "300000", valid=("range", 1, None), dynamic="read-only"
    ),
    "log.retention.hours": ConfigDefinition("int", "168", importance="high", dynamic="read-only"),
    "log.retention.minutes": ConfigDefinition("int", None, importance="high", dynamic="read-only"),
    "log.retention.ms": ConfigDefinition("long", None, importance="high", dynamic="cluster-wide"),
    "log.roll.hours": ConfigDefinition("int", "168", valid=("range", 1, None), importance="high", dynamic="read-only"),
    "log.roll.jitter.hours": ConfigDefinition(
        "int", "0", valid=("range", 0, None), importance="high", dynamic="read-only"
    ),
    "log.roll.jitter.ms": ConfigDefinition("long", None, importance="high", dynamic="cluster-wide"),
    "log.roll.ms": ConfigDefinition("long", None, importance="high", dynamic="cluster-wide"),
    "log.segment.bytes": ConfigDefinition(
        "int", "1073741824", valid=("range", 1048576, None), importance="high", dynamic="cluster-wide"
    ),
    "log.segment.delete.delay.ms": ConfigDefinition(
        "long", "60000", valid=("range", 0, None), importance="high", dynamic="cluster-wide"
    ),
    "max.connection.creation.rate": ConfigDefinition(
        "int", "2147483647", valid=("range", 0, None), dynamic="cluster-wide"
    ),
    "max.connections": ConfigDefinition("int", "2147483647", valid=("range", 0, None), dynamic="cluster-wide"),
    "max.connections.per.ip": ConfigDefinition("int", "2147483647", valid=("range", 0, None), dynamic="cluster-wide"),
    "max.connections.per.ip.overrides": ConfigDefinition("string", "", dynamic="cluster-wide"),
    "max.decompressed.message.bytes": ConfigDefinition(
        "int", "2147483639", valid=("range", 1, 2147483639), dynamic="cluster-wide"
    ),
    "max.incremental.fetch.session.cache.slots": ConfigDefinition(
        "int", "1000", valid=("range", 0, None), dynamic="read-only"
    ),
    "max.request.partition.size.limit": ConfigDefinition("int", "2000", valid=("range", 1, None), dynamic="read-only"),
    "message.max.bytes": ConfigDefinition(
        "int", "1048588", valid=("range", 0, None), importance="high", dynamic="cluster-wide"
    ),
    "metadata.log.dir": ConfigDefinition("string", None, importance="high", dynamic="read-only"),
    "metadata.log.max.record.bytes.between.snapshots": ConfigDefinition(
        "long", "20971520", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "metadata.log.max.snapshot.interval.ms": ConfigDefinition(
        "long", "3600000", valid=("range", 0, None), importance="high", dynamic="read-only"
    ),
    "metadata.log.segment.bytes": ConfigDefinition(
        "int", "1073741824", valid=("range", 8388608, None), importance="high", dynamic="read-only"
    ),
    "metadata.log.segment.ms": ConfigDefinition("long", "604800000", importance="high", dynamic="read-only"),
    "metadata.max.idle.interval.ms": ConfigDefinition(
        "int", "500", valid=("range", 0, None), importance="low", dynamic="read-only"
    ),
    "metadata.max.retention.bytes": ConfigDefinition("long", "104857600", importance="high", dynamic="read-only"),
    "metadata.max.retention.ms": ConfigDefinition("long", "604800000", importance="high", dynamic="read-only"),
    "metric.reporters": ConfigDefinition(
        "list",
        "org.apache.kafka.common.metrics.JmxReporter",
        valid=("list", (), True, False),
        importance="low",
        dynamic="cluster-wide",
    ),
    "metrics.num.samples": ConfigDefinition(
        "int", "2", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "metrics.recording.level": ConfigDefinition("string", "INFO", importance="low", dynamic="read-only"),
    "metrics.sample.window.ms": ConfigDefinition(
        "long", "30000", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "min.insync.replicas": ConfigDefinition(
        "int", "1", valid=("range", 1, None), importance="high", dynamic="cluster-wide"
    ),
    "node.id": ConfigDefinition(
        "int", None, valid=("range", 0, None), importance="high", dynamic="read-only", is_required=True
    ),
    "num.io.threads": ConfigDefinition("int", "8", valid=("range", 1, None), importance="high", dynamic="cluster-wide"),
    "num.network.threads": ConfigDefinition(
        "int", "3", valid=("range", 1, None), importance="high", dynamic="cluster-wide"
    ),
    "num.partitions": ConfigDefinition("int", "1", valid=("range", 1, None), dynamic="read-only"),
    "num.recovery.threads.per.data.dir": ConfigDefinition(
        "int", "2", valid=("range", 1, None), importance="high", dynamic="cluster-wide"
    ),
    "num.replica.alter.log.dirs.threads": ConfigDefinition("int", None, importance="high", dynamic="read-only"),
    "num.replica.fetchers": ConfigDefinition(
        "int", "1", valid=("range", 1, None), importance="high", dynamic="cluster-wide"
    ),
    "offset.metadata.max.bytes": ConfigDefinition("int", "4096", importance="high", dynamic="read-only"),
    "offsets.commit.timeout.ms": ConfigDefinition(
        "int", "5000", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "offsets.load.buffer.size": ConfigDefinition(
        "int", "5242880", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "offsets.retention.check.interval.ms": ConfigDefinition(
        "long", "600000", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "offsets.retention.minutes": ConfigDefinition(
        "int", "10080", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "offsets.topic.compression.codec": ConfigDefinition("int", "0", importance="high", dynamic="read-only"),
    "offsets.topic.num.partitions": ConfigDefinition(
        "int", "50", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "offsets.topic.replication.factor": ConfigDefinition(
        "short", "3", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "offsets.topic.segment.bytes": ConfigDefinition(
        "int", "104857600", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "principal.builder.class": ConfigDefinition(
        "class", "org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder", dynamic="per-broker"
    ),
    "process.roles": ConfigDefinition(
        "list",
        None,
        valid=("list", ("broker", "controller"), False, False),
        importance="high",
        dynamic="read-only",
        is_required=True,
    ),
    "producer.id.expiration.check.interval.ms": ConfigDefinition(
        "int", "600000", valid=("range", 1, None), importance="low", dynamic="read-only", is_internal=True
    ),
    "producer.id.expiration.ms": ConfigDefinition(
        "int", "86400000", valid=("range", 1, None), importance="low", dynamic="cluster-wide"
    ),
    "producer.purgatory.purge.interval.requests": ConfigDefinition("int", "1000", dynamic="read-only"),
    "queued.max.request.bytes": ConfigDefinition("long", "-1", dynamic="read-only"),
    "queued.max.requests": ConfigDefinition(
        "int", "500", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "quota.window.num": ConfigDefinition("int", "11", valid=("range", 1, None), importance="low", dynamic="read-only"),
    "quota.window.size.seconds": ConfigDefinition(
        "int", "1", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "remote.fetch.max.wait.ms": ConfigDefinition("int", "500", valid=("range", 1, None), dynamic="cluster-wide"),
    "remote.list.offsets.request.timeout.ms": ConfigDefinition(
        "long", "30000", valid=("range", 1, None), dynamic="cluster-wide"
    ),
    "remote.log.index.file.cache.total.size.bytes": ConfigDefinition(
        "long", "1073741824", valid=("range", 1, None), importance="low", dynamic="cluster-wide"
    ),
    "remote.log.index.file.cache.ttl.ms": ConfigDefinition(
        "long", "900000", valid=("range", -1, None), importance="low", dynamic="read-only", is_internal=True
    ),
    "remote.log.manager.copier.thread.pool.size": ConfigDefinition(
        "int", "10", valid=("range", 1, None), dynamic="cluster-wide"
    ),
    "remote.log.manager.copy.max.bytes.per.second": ConfigDefinition(
        "long", "9223372036854775807", valid=("range", 1, None), dynamic="cluster-wide"
    ),
    "remote.log.manager.copy.quota.window.num": ConfigDefinition(
        "int", "11", valid=("range", 1, None), dynamic="read-only"
    ),
    "remote.log.manager.copy.quota.window.size.seconds": ConfigDefinition(
        "int", "1", valid=("range", 1, None), dynamic="read-only"
    ),
    "remote.log.manager.expiration.thread.pool.size": ConfigDefinition(
        "int", "10", valid=("range", 1, None), dynamic="cluster-wide"
    ),
    "remote.log.manager.fetch.max.bytes.per.second": ConfigDefinition(
        "long", "9223372036854775807", valid=("range", 1, None), dynamic="cluster-wide"
    ),
    "remote.log.manager.fetch.quota.window.num": ConfigDefinition(
        "int", "11", valid=("range", 1, None), dynamic="read-only"
    ),
    "remote.log.manager.fetch.quota.window.size.seconds": ConfigDefinition(
        "int", "1", valid=("range", 1, None), dynamic="read-only"
    ),
    "remote.log.manager.follower.thread.pool.size": ConfigDefinition(
        "int", "2", valid=("range", 1, None), dynamic="cluster-wide"
    ),
    "remote.log.manager.task.interval.ms": ConfigDefinition(
        "long", "30000", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "remote.log.manager.task.retry.backoff.max.ms": ConfigDefinition(
        "long", "30000", valid=("range", 1, None), importance="low", dynamic="read-only", is_internal=True
    ),
    "remote.log.manager.task.retry.backoff.ms": ConfigDefinition(
        "long", "500", valid=("range", 1, None), importance="low", dynamic="read-only", is_internal=True
    ),
    "remote.log.manager.task.retry.jitter": ConfigDefinition(
        "double", "0.2", valid=("range", 0, 0.5), importance="low", dynamic="read-only", is_internal=True
    ),
    "remote.log.manager.thread.pool.size": ConfigDefinition("int", "2", valid=("range", 1, None), dynamic="read-only"),
    "remote.log.metadata.custom.metadata.max.bytes": ConfigDefinition(
        "int", "128", valid=("range", 0, None), importance="low", dynamic="read-only"
    ),
    "remote.log.metadata.manager.class.name": ConfigDefinition(
        "string",
        "org.apache.kafka.server.log.remote.metadata.storage.TopicBasedRemoteLogMetadataManager",
        valid=("non_empty",),
        dynamic="read-only",
    ),
    "remote.log.metadata.manager.class.path": ConfigDefinition("string", None, dynamic="read-only"),
    "remote.log.metadata.manager.impl.prefix": ConfigDefinition(
        "string", "rlmm.config.", valid=("non_empty",), dynamic="read-only"
    ),
    "remote.log.metadata.manager.listener.name": ConfigDefinition(
        "string", None, valid=("non_empty",), dynamic="read-only"
    ),
    "remote.log.reader.max.pending.tasks": ConfigDefinition(
        "int", "100", valid=("range", 1, None), dynamic="read-only"
    ),
    "remote.log.reader.threads": ConfigDefinition("int", "10", valid=("range", 1, None), dynamic="cluster-wide"),
    "remote.log.storage.manager.class.name": ConfigDefinition(
        "string", None, valid=("non_empty",), dynamic="read-only"
    ),
    "remote.log.storage.manager.class.path": ConfigDefinition("string", None, dynamic="read-only"),
    "remote.log.storage.manager.impl.prefix": ConfigDefinition(
        "string", "rsm.config.", valid=("non_empty",), dynamic="read-only"
    ),
    "remote.log.storage.system.enable": ConfigDefinition("boolean", "false", dynamic="read-only"),
    "replica.alter.log.dirs.io.max.bytes.per.second": ConfigDefinition(
        "long", "9223372036854775807", valid=("range", 0, None), dynamic="cluster-wide", is_dynamic_only=True
    ),
    "replica.fetch.backoff.ms": ConfigDefinition("int", "1000", valid=("range", 0, None), dynamic="read-only"),
    "replica.fetch.max.bytes": ConfigDefinition("int", "1048576", valid=("range", 0, None), dynamic="read-only"),
    "replica.fetch.min.bytes": ConfigDefinition("int", "1", importance="high", dynamic="read-only"),
    "replica.fetch.response.max.bytes": ConfigDefinition(
        "int", "10485760", valid=("range", 0, None), dynamic="read-only"
    ),
    "replica.fetch.wait.max.ms": ConfigDefinition("int", "500", importance="high", dynamic="read-only"),
    "replica.high.watermark.checkpoint.interval.ms": ConfigDefinition(
        "long", "5000", importance="high", dynamic="read-only"
    ),
    "replica.lag.time.max.ms": ConfigDefinition("long", "30000", importance="high", dynamic="read-only"),
    "replica.selector.class": ConfigDefinition("string", None, dynamic="read-only"),
    "replica.socket.receive.buffer.bytes": ConfigDefinition("int", "65536", importance="high", dynamic="read-only"),
    "replica.socket.timeout.ms": ConfigDefinition("int", "30000", importance="high", dynamic="read-only"),
    "replication.quota.window.num": ConfigDefinition(
        "int", "11", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "replication.quota.window.size.seconds": ConfigDefinition(
        "int", "1", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "request.timeout.ms": ConfigDefinition("int", "30000", importance="high", dynamic="read-only"),
    "sasl.client.callback.handler.class": ConfigDefinition("class", None, dynamic="read-only"),
    "sasl.enabled.mechanisms": ConfigDefinition(
        "list", "GSSAPI", valid=("list", (), True, False), dynamic="per-broker"
    ),
    "sasl.jaas.config": ConfigDefinition("password", None, dynamic="per-broker", is_sensitive=True),
    "sasl.kerberos.kinit.cmd": ConfigDefinition("string", "/usr/bin/kinit", dynamic="per-broker"),
    "sasl.kerberos.min.time.before.relogin": ConfigDefinition("long", "60000", dynamic="per-broker"),
    "sasl.kerberos.principal.to.local.rules": ConfigDefinition(
        "list", "DEFAULT", valid=("list", (), True, False), dynamic="per-broker"
    ),
    "sasl.kerberos.service.name": ConfigDefinition("string", None, dynamic="per-broker"),
    "sasl.kerberos.ticket.renew.jitter": ConfigDefinition("double", "0.05", dynamic="per-broker"),
    "sasl.kerberos.ticket.renew.window.factor": ConfigDefinition("double", "0.8", dynamic="per-broker"),
    "sasl.login.callback.handler.class": ConfigDefinition("class", None, dynamic="read-only"),
    "sasl.login.class": ConfigDefinition("class", None, dynamic="read-only"),
    "sasl.login.connect.timeout.ms": ConfigDefinition("int", None, importance="low", dynamic="read-only"),
    "sasl.login.read.timeout.ms": ConfigDefinition("int", None, importance="low", dynamic="read-only"),
    "sasl.login.refresh.buffer.seconds": ConfigDefinition("short", "300", dynamic="per-broker"),
    "sasl.login.refresh.min.period.seconds": ConfigDefinition("short", "60", dynamic="per-broker"),
    "sasl.login.refresh.window.factor": ConfigDefinition("double", "0.8", dynamic="per-broker"),
    "sasl.login.refresh.window.jitter": ConfigDefinition("double", "0.05", dynamic="per-broker"),
    "sasl.login.retry.backoff.max.ms": ConfigDefinition("long", "10000", importance="low", dynamic="read-only"),
    "sasl.login.retry.backoff.ms": ConfigDefinition("long", "100", importance="low", dynamic="read-only"),
    "sasl.mechanism.controller.protocol": ConfigDefinition("string", "GSSAPI", importance="high", dynamic="read-only"),
    "sasl.mechanism.inter.broker.protocol": ConfigDefinition("string", "GSSAPI", dynamic="per-broker"),
    "sasl.oauthbearer.allow.unverified.audience": ConfigDefinition("boolean", "false", dynamic="read-only"),
    "sasl.oauthbearer.allow.unverified.issuer": ConfigDefinition("boolean", "false", dynamic="read-only"),
    "sasl.oauthbearer.assertion.algorithm": ConfigDefinition(
        "string", "RS256", valid=("values_ignore_case", ("ES256", "RS256")), dynamic="read-only"
    ),
    "sasl.oauthbearer.assertion.claim.aud": ConfigDefinition("string", None, dynamic="read-only"),
    "sasl.oauthbearer.assertion.claim.exp.seconds": ConfigDefinition(
        "int", "300", valid=("range", 0, 86400), importance="low", dynamic="read-only"
    ),
    "sasl.oauthbearer.assertion.claim.iss": ConfigDefinition("string", None, dynamic="read-only"),
    "sasl.oauthbearer.assertion.claim.jti.include": ConfigDefinition("boolean", "false", dynamic="read-only"),
    "sasl.oauthbearer.assertion.claim.nbf.seconds": ConfigDefinition(
        "int", "60", valid=("range", 0, 3600), importance="low", dynamic="read-only"
    ),
    "sasl.oauthbearer.assertion.claim.sub": ConfigDefinition("string", None, dynamic="read-only"),
    "sasl.oauthbearer.assertion.file": ConfigDefinition("string", None, dynamic="read-only"),
    "sasl.oauthbearer.assertion.private.key.file": ConfigDefinition("string", None, dynamic="read-only"),
    "sasl.oauthbearer.assertion.private.key.passphrase": ConfigDefinition(
        "password", None, dynamic="read-only", is_sensitive=True
    ),
    "sasl.oauthbearer.assertion.template.file": ConfigDefinition("string", None, dynamic="read-only"),
    "sasl.oauthbearer.client.credentials.client.id": ConfigDefinition("string", None, dynamic="read-only"),
    "sasl.oauthbearer.client.credentials.client.secret": ConfigDefinition(
        "password", None, dynamic="read-only", is_sensitive=True
    ),
    "sasl.oauthbearer.clock.skew.seconds": ConfigDefinition("int", "30", importance="low", dynamic="read-only"),
    "sasl.oauthbearer.expected.audience": ConfigDefinition(
        "list", "", valid=("list", (), True, False), importance="high", dynamic="read-only"
    ),
    "sasl.oauthbearer.expected.issuer": ConfigDefinition("string", None, importance="high", dynamic="read-only"),
    "sasl.oauthbearer.jwks.endpoint.refresh.ms": ConfigDefinition(
        "long", "3600000", importance="low", dynamic="read-only"
    ),
    "sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms": ConfigDefinition(
        "long", "10000", importance="low", dynamic="read-only"
    ),
    "sasl.oauthbearer.jwks.endpoint.retry.backoff.ms": ConfigDefinition(
        "long", "100", importance="low", dynamic="read-only"
    ),
    "sasl.oauthbearer.jwks.endpoint.url": ConfigDefinition("string", None, dynamic="read-only"),
    "sasl.oauthbearer.jwt.retriever.class": ConfigDefinition(
        "class", "org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever", dynamic="read-only"
    ),
    "sasl.oauthbearer.jwt.validator.class": ConfigDefinition(
        "class", "org.apache.kafka.common.security.oauthbearer.DefaultJwtValidator", dynamic="read-only"
    ),
    "sasl.oauthbearer.scope": ConfigDefinition("string", None, dynamic="read-only"),
    "sasl.oauthbearer.scope.claim.name": ConfigDefinition("string", "scope", importance="low", dynamic="read-only"),
    "sasl.oauthbearer.sub.claim.name": ConfigDefinition("string", "sub", importance="low", dynamic="read-only"),
    "sasl.oauthbearer.token.endpoint.url": ConfigDefinition("string", None, dynamic="read-only"),
    "sasl.server.callback.handler.class": ConfigDefinition("class", None, dynamic="read-only"),
    "sasl.server.max.receive.size": ConfigDefinition("int", "524288", dynamic="read-only"),
    "security.inter.broker.protocol": ConfigDefinition(
        "string", "PLAINTEXT", valid=("values", ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")), dynamic="read-only"
    ),
    "security.providers": ConfigDefinition("string", None, importance="low", dynamic="read-only"),
    "server.max.startup.time.ms": ConfigDefinition(
        "long", "9223372036854775807", valid=("range", 0, None), dynamic="read-only", is_internal=True
    ),
    "share.coordinator.append.linger.ms": ConfigDefinition("int", "-1", valid=("range", -1, None), dynamic="read-only"),
    "share.coordinator.cached.buffer.max.bytes": ConfigDefinition(
        "int", "1048588", valid=("range", 524288, None), dynamic="cluster-wide"
    ),
    "share.coordinator.cold.partition.snapshot.interval.ms": ConfigDefinition(
        "int", "300000", valid=("range", 1, None), importance="low", dynamic="read-only", is_internal=True
    ),
    "share.coordinator.load.buffer.size": ConfigDefinition(
        "int", "5242880", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "share.coordinator.snapshot.update.records.per.snapshot": ConfigDefinition(
        "int", "500", valid=("range", 0, 500), dynamic="read-only"
    ),
    "share.coordinator.state.topic.compression.codec": ConfigDefinition(
        "int", "0", importance="high", dynamic="read-only"
    ),
    "share.coordinator.state.topic.min.isr": ConfigDefinition(
        "short", "2", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "share.coordinator.state.topic.num.partitions": ConfigDefinition(
        "int", "50", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "share.coordinator.state.topic.prune.interval.ms": ConfigDefinition(
        "int", "300000", valid=("range", 1, None), importance="low", dynamic="read-only", is_internal=True
    ),
    "share.coordinator.state.topic.replication.factor": ConfigDefinition(
        "short", "3", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "share.coordinator.state.topic.segment.bytes": ConfigDefinition(
        "int", "104857600", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "share.coordinator.threads": ConfigDefinition("int", "1", valid=("range", 1, None), dynamic="read-only"),
    "share.coordinator.write.timeout.ms": ConfigDefinition(
        "int", "5000", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "share.fetch.purgatory.purge.interval.requests": ConfigDefinition("int", "1000", dynamic="read-only"),
    "socket.connection.setup.timeout.max.ms": ConfigDefinition("long", "30000", dynamic="read-only"),
    "socket.connection.setup.timeout.ms": ConfigDefinition("long", "10000", dynamic="read-only"),
    "socket.listen.backlog.size": ConfigDefinition("int", "50", valid=("range", 1, None), dynamic="read-only"),
    "socket.receive.buffer.bytes": ConfigDefinition("int", "102400", importance="high", dynamic="read-only"),
    "socket.request.max.bytes": ConfigDefinition(
        "int", "104857600", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "socket.send.buffer.bytes": ConfigDefinition("int", "102400", importance="high", dynamic="read-only"),
    "ssl.allow.dn.changes": ConfigDefinition("boolean", "false", importance="low", dynamic="read-only"),
    "ssl.allow.san.changes": ConfigDefinition("boolean", "false", importance="low", dynamic="read-only"),
    "ssl.cipher.suites": ConfigDefinition("list", "", valid=("list", (), True, False), dynamic="per-broker"),
    "ssl.client.auth": ConfigDefinition(
        "string", "none", valid=("values", ("required", "requested", "none")), dynamic="per-broker"
    ),
    "ssl.enabled.protocols": ConfigDefinition(
        "list", "TLSv1.2,TLSv1.3", valid=("list", (), True, False), dynamic="per-broker"
    ),
    "ssl.endpoint.identification.algorithm": ConfigDefinition(
        "string", "https", importance="low", dynamic="per-broker"
    ),
    "ssl.engine.factory.class": ConfigDefinition("class", None, importance="low", dynamic="per-broker"),
    "ssl.key.password": ConfigDefinition("password", None, dynamic="per-broker", is_sensitive=True),
    "ssl.keymanager.algorithm": ConfigDefinition("string", "SunX509", dynamic="per-broker"),
    "ssl.keystore.certificate.chain": ConfigDefinition("password", None, dynamic="per-broker", is_sensitive=True),
    "ssl.keystore.key": ConfigDefinition("password", None, dynamic="per-broker", is_sensitive=True),
    "ssl.keystore.location": ConfigDefinition("string", None, dynamic="per-broker"),
    "ssl.keystore.password": ConfigDefinition("password", None, dynamic="per-broker", is_sensitive=True),
    "ssl.keystore.type": ConfigDefinition("string", "JKS", dynamic="per-broker"),
    "ssl.principal.mapping.rules": ConfigDefinition("string", "DEFAULT", importance="low", dynamic="read-only"),
    "ssl.protocol": ConfigDefinition("string", "TLSv1.3", dynamic="per-broker"),
    "ssl.provider": ConfigDefinition("string", None, dynamic="per-broker"),
    "ssl.secure.random.implementation": ConfigDefinition("string", None, importance="low", dynamic="per-broker"),
    "ssl.trustmanager.algorithm": ConfigDefinition("string", "PKIX", dynamic="per-broker"),
    "ssl.truststore.certificates": ConfigDefinition("password", None, dynamic="per-broker", is_sensitive=True),
    "ssl.truststore.location": ConfigDefinition("string", None, dynamic="per-broker"),
    "ssl.truststore.password": ConfigDefinition("password", None, dynamic="per-broker", is_sensitive=True),
    "ssl.truststore.type": ConfigDefinition("string", "JKS", dynamic="per-broker"),
    "telemetry.max.bytes": ConfigDefinition(
        "int", "1048576", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "transaction.abort.timed.out.transaction.cleanup.interval.ms": ConfigDefinition(
        "int", "10000", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "transaction.max.timeout.ms": ConfigDefinition(
        "int", "900000", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "transaction.partition.verification.enable": ConfigDefinition(
        "boolean", "true", importance="low", dynamic="cluster-wide"
    ),
    "transaction.remove.expired.transaction.cleanup.interval.ms": ConfigDefinition(
        "int", "3600000", valid=("range", 1, None), importance="low", dynamic="read-only"
    ),
    "transaction.state.log.load.buffer.size": ConfigDefinition(
        "int", "5242880", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "transaction.state.log.min.isr": ConfigDefinition(
        "int", "2", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "transaction.state.log.num.partitions": ConfigDefinition(
        "int", "50", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "transaction.state.log.replication.factor": ConfigDefinition(
        "short", "3", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "transaction.state.log.segment.bytes": ConfigDefinition(
        "int", "104857600", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "transaction.two.phase.commit.enable": ConfigDefinition("boolean", "false", importance="low", dynamic="read-only"),
    "transactional.id.expiration.ms": ConfigDefinition(
        "int", "604800000", valid=("range", 1, None), importance="high", dynamic="read-only"
    ),
    "unclean.leader.election.enable": ConfigDefinition("boolean", "false", importance="high", dynamic="cluster-wide"),
    "unclean.leader.election.interval.ms": ConfigDefinition(
        "long", "300000", valid=("range", 1, None), dynamic="read-only", is_internal=True
    ),
    "unstable.api.versions.enable": ConfigDefinition(
        "boolean", "false", importance="high", dynamic="read-only", is_internal=True
    ),
    "unstable.feature.versions.enable": ConfigDefinition(
        "boolean", "false", importance="high", dynamic="read-only", is_internal=True
    ),
}

#: Broker configs that stand for one another: name -> (broker config, multiplier), the first that is set wins.
BROKER_SYNONYMS: dict[str, tuple[tuple[str, int], ...]] = {
    "log.flush.interval.ms": (("log.flush.interval.ms", 1), ("log.flush.scheduler.interval.ms", 1)),
    "log.retention.hours": (
        ("log.retention.ms", 1),
        ("log.retention.minutes", 60000),
        ("log.retention.hours", 3600000),
    ),
    "log.retention.minutes": (
        ("log.retention.ms", 1),
        ("log.retention.minutes", 60000),
        ("log.retention.hours", 3600000),
    ),
    "log.retention.ms": (("log.retention.ms", 1), ("log.retention.minutes", 60000), ("log.retention.hours", 3600000)),
    "log.roll.hours": (("log.roll.ms", 1), ("log.roll.hours", 3600000)),
    "log.roll.jitter.hours": (("log.roll.jitter.ms", 1), ("log.roll.jitter.hours", 3600000)),
    "log.roll.jitter.ms": (("log.roll.jitter.ms", 1), ("log.roll.jitter.hours", 3600000)),
    "log.roll.ms": (("log.roll.ms", 1), ("log.roll.hours", 3600000)),
}

TOPIC_CONFIGS: dict[str, ConfigDefinition] = {
    "cleanup.policy": ConfigDefinition("list", "delete", valid=("list", ("compact", "delete"), True, False)),
    "compression.gzip.level": ConfigDefinition("int", "-1", valid=("text", "[1,...,9] or -1")),
    "compression.lz4.level": ConfigDefinition("int", "9", valid=("range", 1, 17)),
    "compression.type": ConfigDefinition(
        "string", "producer", valid=("values", ("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"))
    ),
    "compression.zstd.level": ConfigDefinition("int", "3", valid=("range", -131072, 22)),
    "delete.retention.ms": ConfigDefinition("long", "86400000", valid=("range", 0, None)),
    "errors.deadletterqueue.group.enable": ConfigDefinition("boolean", "false"),
    "file.delete.delay.ms": ConfigDefinition("long", "60000", valid=("range", 0, None)),
    "flush.messages": ConfigDefinition("long", "9223372036854775807", valid=("range", 1, None)),
    "flush.ms": ConfigDefinition("long", "9223372036854775807", valid=("range", 0, None)),
    "follower.replication.throttled.replicas": ConfigDefinition(
        "list", "", valid=("class", "ThrottledReplicaListValidator")
    ),
    "index.interval.bytes": ConfigDefinition("int", "4096", valid=("range", 0, None)),
    "internal.segment.bytes": ConfigDefinition("int", None, is_internal=True),
    "leader.replication.throttled.replicas": ConfigDefinition(
        "list", "", valid=("class", "ThrottledReplicaListValidator")
    ),
    "local.retention.bytes": ConfigDefinition("long", "-2", valid=("range", -2, None)),
    "local.retention.ms": ConfigDefinition("long", "-2", valid=("range", -2, None)),
    "max.compaction.lag.ms": ConfigDefinition("long", "9223372036854775807", valid=("range", 1, None)),
    "max.decompressed.message.bytes": ConfigDefinition("int", "2147483639", valid=("range", 1, 2147483639)),
    "max.message.bytes": ConfigDefinition("int", "1048588", valid=("range", 0, None)),
    "message.timestamp.after.max.ms": ConfigDefinition("long", "3600000", valid=("range", 0, None)),
    "message.timestamp.before.max.ms": ConfigDefinition("long", "9223372036854775807", valid=("range", 0, None)),
    "message.timestamp.type": ConfigDefinition(
        "string", "CreateTime", valid=("values", ("CreateTime", "LogAppendTime"))
    ),
    "min.cleanable.dirty.ratio": ConfigDefinition("double", "0.5", valid=("range", 0, 1)),
    "min.compaction.lag.ms": ConfigDefinition("long", "0", valid=("range", 0, None)),
    "min.insync.replicas": ConfigDefinition("int", "1", valid=("range", 1, None)),
    "preallocate": ConfigDefinition("boolean", "false"),
    "remote.copy.lag.bytes": ConfigDefinition("long", "-1", valid=("range", -1, None)),
    "remote.copy.lag.ms": ConfigDefinition("long", "0", valid=("range", -1, None)),
    "remote.log.copy.disable": ConfigDefinition("boolean", "false"),
    "remote.log.delete.on.disable": ConfigDefinition("boolean", "false"),
    "remote.storage.enable": ConfigDefinition("boolean", "false"),
    "retention.bytes": ConfigDefinition("long", "-1"),
    "retention.ms": ConfigDefinition("long", "604800000", valid=("range", -1, None)),
    "segment.bytes": ConfigDefinition("int", "1073741824", valid=("range", 1048576, None)),
    "segment.index.bytes": ConfigDefinition("int", "10485760", valid=("range", 4, None)),
    "segment.jitter.ms": ConfigDefinition("long", "0", valid=("range", 0, None)),
    "segment.ms": ConfigDefinition("long", "604800000", valid=("range", 1, None)),
    "unclean.leader.election.enable": ConfigDefinition("boolean", "false"),
}

#: Broker configs that a topic config falls back to: name -> (broker config, multiplier), the first that is set wins.
TOPIC_SYNONYMS: dict[str, tuple[tuple[str, int], ...]] = {
    "cleanup.policy": (("log.cleanup.policy", 1),),
    "compression.gzip.level": (("compression.gzip.level", 1),),
    "compression.lz4.level": (("compression.lz4.level", 1),),
    "compression.type": (("compression.type", 1),),
    "compression.zstd.level": (("compression.zstd.level", 1),),
    "delete.retention.ms": (("log.cleaner.delete.retention.ms", 1),),
    "file.delete.delay.ms": (("log.segment.delete.delay.ms", 1),),
    "flush.messages": (("log.flush.interval.messages", 1),),
    "flush.ms": (("log.flush.interval.ms", 1), ("log.flush.scheduler.interval.ms", 1)),
    "index.interval.bytes": (("log.index.interval.bytes", 1),),
    "local.retention.bytes": (("log.local.retention.bytes", 1),),
    "local.retention.ms": (("log.local.retention.ms", 1),),
    "max.compaction.lag.ms": (("log.cleaner.max.compaction.lag.ms", 1),),
    "max.decompressed.message.bytes": (("max.decompressed.message.bytes", 1),),
    "max.message.bytes": (("message.max.bytes", 1),),
    "message.timestamp.after.max.ms": (("log.message.timestamp.after.max.ms", 1),),
    "message.timestamp.before.max.ms": (("log.message.timestamp.before.max.ms", 1),),
    "message.timestamp.type": (("log.message.timestamp.type", 1),),
    "min.cleanable.dirty.ratio": (("log.cleaner.min.cleanable.ratio", 1),),
    "min.compaction.lag.ms": (("log.cleaner.min.compaction.lag.ms", 1),),
    "min.insync.replicas": (("min.insync.replicas", 1),),
    "preallocate": (("log.preallocate", 1),),
    "remote.copy.lag.bytes": (("log.remote.copy.lag.bytes", 1),),
    "remote.copy.lag.ms": (("log.remote.copy.lag.ms", 1),),
    "retention.bytes": (("log.retention.bytes", 1),),
    "retention.ms": (("log.retention.ms", 1), ("log.retention.minutes", 60000), ("log.retention.hours", 3600000)),
    "segment.bytes": (("log.segment.bytes", 1),),
    "segment.index.bytes": (("log.index.size.max.bytes", 1),),
    "segment.jitter.ms": (("log.roll.jitter.ms", 1), ("log.roll.jitter.hours", 3600000)),
    "segment.ms": (("log.roll.ms", 1), ("log.roll.hours", 3600000)),
    "unclean.leader.election.enable": (("unclean.leader.election.enable", 1),),
}

GROUP_CONFIGS: dict[str, ConfigDefinition] = {
    "consumer.assignment.interval.ms": ConfigDefinition("int", "1000", valid=("range", 0, None)),
    "consumer.assignor.offload.enable": ConfigDefinition("boolean", "true", is_internal=True),
    "consumer.heartbeat.interval.ms": ConfigDefinition("int", "5000", valid=("range", 1, None)),
    "consumer.session.timeout.ms": ConfigDefinition("int", "45000", valid=("range", 1, None)),
    "errors.deadletterqueue.copy.record.enable": ConfigDefinition("boolean", "false"),
    "errors.deadletterqueue.topic.name": ConfigDefinition("string", ""),
    "share.assignment.interval.ms": ConfigDefinition("int", "1000", valid=("range", 0, None)),
    "share.assignor.offload.enable": ConfigDefinition("boolean", "true", is_internal=True),
    "share.auto.offset.reset": ConfigDefinition("string", "latest", valid=("class", "Validator")),
    "share.delivery.count.limit": ConfigDefinition("int", "5", valid=("range", 2, None)),
    "share.heartbeat.interval.ms": ConfigDefinition("int", "5000", valid=("range", 1, None)),
    "share.isolation.level": ConfigDefinition(
        "string", "read_uncommitted", valid=("values", ("read_committed", "read_uncommitted"))
    ),
    "share.partition.max.record.locks": ConfigDefinition("int", "2000", valid=("range", 100, None)),
    "share.record.lock.duration.ms": ConfigDefinition("int", "30000", valid=("range", 1000, None)),
    "share.renew.acknowledge.enable": ConfigDefinition("boolean", "true"),
    "share.session.timeout.ms": ConfigDefinition("int", "45000", valid=("range", 1, None)),
    "streams.acceptable.recovery.lag": ConfigDefinition("long", "10000", valid=("range", 0, None), is_internal=True),
    "streams.assignment.interval.ms": ConfigDefinition("int", "1000", valid=("range", 0, None)),
    "streams.assignor.name": ConfigDefinition("string", None),
    "streams.assignor.offload.enable": ConfigDefinition("boolean", "true", is_internal=True),
    "streams.heartbeat.interval.ms": ConfigDefinition("int", "5000", valid=("range", 1, None)),
    "streams.initial.rebalance.delay.ms": ConfigDefinition("int", "3000", valid=("range", 0, None)),
    "streams.num.standby.replicas": ConfigDefinition("int", "0", valid=("range", 0, None)),
    "streams.num.warmup.replicas": ConfigDefinition("int", "2", valid=("range", 0, None), is_internal=True),
    "streams.rack.aware.assignment.tags": ConfigDefinition(
        "list", "", valid=("list", (), True, False), importance="low"
    ),
    "streams.session.timeout.ms": ConfigDefinition("int", "45000", valid=("range", 1, None)),
    "streams.task.offset.interval.ms": ConfigDefinition("int", "60000", valid=("range", 1, None), is_internal=True),
}

#: Broker configs that a group config falls back to: name -> (broker config, multiplier), the first that is set wins.
GROUP_SYNONYMS: dict[str, tuple[tuple[str, int], ...]] = {
    "consumer.assignment.interval.ms": (("group.consumer.assignment.interval.ms", 1),),
    "consumer.assignor.offload.enable": (("group.consumer.assignor.offload.enable", 1),),
    "consumer.heartbeat.interval.ms": (("group.consumer.heartbeat.interval.ms", 1),),
    "consumer.session.timeout.ms": (("group.consumer.session.timeout.ms", 1),),
    "share.assignment.interval.ms": (("group.share.assignment.interval.ms", 1),),
    "share.assignor.offload.enable": (("group.share.assignor.offload.enable", 1),),
    "share.delivery.count.limit": (("group.share.delivery.count.limit", 1),),
    "share.heartbeat.interval.ms": (("group.share.heartbeat.interval.ms", 1),),
    "share.partition.max.record.locks": (("group.share.partition.max.record.locks", 1),),
    "share.record.lock.duration.ms": (("group.share.record.lock.duration.ms", 1),),
    "share.session.timeout.ms": (("group.share.session.timeout.ms", 1),),
    "streams.acceptable.recovery.lag": (("group.streams.acceptable.recovery.lag", 1),),
    "streams.assignment.interval.ms": (("group.streams.assignment.interval.ms", 1),),
    "streams.assignor.name": (("group.streams.assignors", 1),),
    "streams.assignor.offload.enable": (("group.streams.assignor.offload.enable", 1),),
    "streams.heartbeat.interval.ms": (("group.streams.heartbeat.interval.ms", 1),),
    "streams.initial.rebalance.delay.ms": (("group.streams.initial.rebalance.delay.ms", 1),),
    "streams.num.standby.replicas": (("group.streams.num.standby.replicas", 1),),
    "streams.num.warmup.replicas": (("group.streams.num.warmup.replicas", 1),),
    "streams.rack.aware.assignment.tags": (("group.streams.rack.aware.assignment.tags", 1),),
    "streams.session.timeout.ms": (("group.streams.session.timeout.ms", 1),),
    "streams.task.offset.interval.ms": (("group.streams.task.offset.interval.ms", 1),),
}
