"""One sentence on each property that kafkalite reads, for DescribeConfigs and `kafkalite config explain`.

The names are Kafka's, the words are ours and describe kafkalite: they mark a property that is checked and stored but
not acted on yet. The module is loaded only when documentation is requested.
"""

from __future__ import annotations

from kafkalite.cluster.configs.broker import find_definition, synonyms_of
from kafkalite.cluster.configs.tables import (
    BROKER_CONFIGS,
    GROUP_CONFIGS,
    GROUP_SYNONYMS,
    TOPIC_CONFIGS,
    TOPIC_SYNONYMS,
)
from kafkalite.cluster.resource_types import BROKER, CLIENT_METRICS, GROUP, TOPIC

UNREAD = "Accepted as in Kafka, without effect in kafkalite."
"""The documentation of every other property."""

_NOT_YET = "; checked and stored, not acted on yet"
_VALIDATED = "; checked, without effect in kafkalite"

TOPIC_DOCUMENTATION = {
    "cleanup.policy": (
        "The way to clean a log: remove old segments (delete), all but the last record of each key (compact"
        + _NOT_YET
        + "), both, or neither."
    ),
    "compression.gzip.level": "The level of gzip if compression.type makes the broker compress with it.",
    "compression.lz4.level": "The level of lz4 if compression.type makes the broker compress with it.",
    "compression.type": "The codec of stored batches; producer keeps that of the received batch.",
    "compression.zstd.level": "The level of zstd if compression.type makes the broker compress with it.",
    "delete.retention.ms": "How long compaction keeps the markers of deleted keys, in ms" + _NOT_YET + ".",
    "file.delete.delay.ms": "How long the files of deleted logs and segments stay on disk, in ms.",
    "flush.messages": "Records after which a partition is flushed to disk; the default leaves it to the system.",
    "flush.ms": "Time after which a record is flushed to disk, in ms; without a value the system decides.",
    "index.interval.bytes": "Bytes of records between two entries of a segment's offset index.",
    "internal.segment.bytes": "A segment size below the minimum of segment.bytes, for tests.",
    "local.retention.ms": "How long records stay here beside a copy in remote storage, in ms" + _VALIDATED + ".",
    "local.retention.bytes": "How many bytes stay here beside a copy in remote storage" + _VALIDATED + ".",
    "max.compaction.lag.ms": "Time after which a record must have been compacted, in ms" + _NOT_YET + ".",
    "max.decompressed.message.bytes": "The largest record accepted in a compressed batch, in decompressed bytes.",
    "max.message.bytes": "The largest batch that is accepted, in bytes as sent.",
    "message.timestamp.after.max.ms": "How far in the future the timestamp of a record may be, in ms.",
    "message.timestamp.before.max.ms": "How far in the past the timestamp of a record may be, in ms.",
    "message.timestamp.type": "Whether records keep their producer's timestamp or get the time of their arrival.",
    "min.cleanable.dirty.ratio": "Fraction of a log that must be uncompacted before it is compacted" + _NOT_YET + ".",
    "min.compaction.lag.ms": "Minimum time that a record stays uncompacted, in ms" + _NOT_YET + ".",
    "min.insync.replicas": "Number of replicas that must have a record produced with acks=all; here there is one.",
    "remote.log.copy.disable": "Whether copying to remote storage is stopped" + _VALIDATED + ".",
    "remote.log.delete.on.disable": "Whether remote data is deleted when remote storage is turned off"
    + _VALIDATED
    + ".",
    "remote.storage.enable": "Whether segments are copied to remote storage; refused, as kafkalite has none.",
    "retention.bytes": "Size of a partition above which its oldest segments are removed; -1 is no limit.",
    "retention.ms": "How long records are kept, in ms; -1 is without end.",
    "segment.bytes": "Size of a segment file at which the next one begins.",
    "segment.index.bytes": "Maximum size of a segment's index; a full index begins the next segment.",
    "segment.jitter.ms": "Maximum random time by which segments end earlier than segment.ms, in ms.",
    "segment.ms": "Time after which a segment ends, full or not, in ms.",
    "unclean.leader.election.enable": ("Whether a lagging replica may become leader; the only replica never lags."),
}
"""Property of a topic -> sentence."""

GROUP_DOCUMENTATION = {
    "consumer.assignment.interval.ms": "Minimum time between two assignments of a consumer group, in ms.",
    "consumer.heartbeat.interval.ms": "How often members of a consumer group should send a heartbeat, in ms.",
    "consumer.session.timeout.ms": "Time without a heartbeat after which a consumer group removes a member, in ms.",
    "errors.deadletterqueue.topic.name": "The topic for records that a share group cannot deliver" + _VALIDATED + ".",
    "share.auto.offset.reset": "The initial position of a share group" + _VALIDATED + ".",
    "streams.assignor.name": "The assignor of a streams group" + _VALIDATED + ".",
    "streams.num.standby.replicas": "How many standby tasks a streams group keeps" + _VALIDATED + ".",
    "streams.num.warmup.replicas": "How many warm-up tasks a streams group has" + _VALIDATED + ".",
    "streams.rack.aware.assignment.tags": "The client tags over which a streams group spreads tasks" + _VALIDATED + ".",
    "streams.task.offset.interval.ms": "How often members of a streams group report offsets, in ms" + _VALIDATED + ".",
}
"""Property of a group -> sentence."""

CLIENT_METRICS_DOCUMENTATION = {
    "interval.ms": ("How often clients of this subscription should send metrics, in ms; stored, not requested yet."),
    "match": "The clients of the subscription: a list of NAME=PATTERN; stored, not requested yet.",
    "metrics": "The names of the metrics, or their prefixes; stored, not requested yet.",
}
"""Property of a client metrics subscription -> sentence."""

BROKER_DOCUMENTATION = {
    "advertised.listeners": "The addresses that clients get to connect to, NAME://host:port for each listener; without "
    "it each client gets the address that it connected to.",
    "authorizer.class.name": "The class that authorizes requests; any class is refused: there is no authorizer.",
    "auto.create.topics.enable": "Whether Metadata creates a topic that does not exist, if the client allows it.",
    "background.threads": "Number of threads for background work" + _VALIDATED + ".",
    "broker.id": "The older name of node.id.",
    "broker.rack": "The rack of this broker.",
    "connection.failed.authentication.delay.ms": "Delay of the answer to a failed authentication, in ms.",
    "connections.max.idle.ms": "Time without a request after which a connection is closed, in ms.",
    "connections.max.reauth.ms": "Time after which a client must authenticate again, in ms; 0 is never.",
    "controller.listener.names": "The controller's listeners; they are not opened, since there is one process.",
    "cordoned.log.dirs": "Log directories that get no new partitions; shown by DescribeLogDirs.",
    "default.replication.factor": "The default number of a topic's replicas; there is one node for them.",
    "delegation.token.secret.key": "The key of delegation tokens; any is refused: there are no tokens.",
    "delete.topic.enable": "Whether topics may be deleted.",
    "fetch.max.bytes": "Maximum size of the answer to one Fetch, in bytes, regardless of the client's limit.",
    "kafkalite.auto.create.at.once": (
        "Whether Metadata returns a topic that it creates at once; false: with the next answer."
    ),
    "kafkalite.on.storage.fault": (
        "Whether a permanent I/O error stops the server, or takes only the failed part offline: stop or offline."
    ),
    "kafkalite.validate.records": (
        "The checks of a produced batch: full, including its records; or headers, including the checksum."
    ),
    "group.consumer.assignors": "The assignors of consumer groups (KIP-848), the default one first.",
    "group.consumer.heartbeat.interval.ms": "How often members of consumer groups should send a heartbeat, in ms.",
    "group.consumer.max.heartbeat.interval.ms": "The largest heartbeat interval that a group can be given, in ms.",
    "group.consumer.max.session.timeout.ms": "The largest session timeout that a group may be given, in ms.",
    "group.consumer.max.size": "How many members a consumer group (KIP-848) may have.",
    "group.consumer.migration.policy": "Whether groups may change between the classic and the consumer protocol.",
    "group.consumer.min.heartbeat.interval.ms": "The smallest heartbeat interval that a group may be given, in ms.",
    "group.consumer.min.session.timeout.ms": "The smallest session timeout that a group may be given, in ms.",
    "group.consumer.regex.refresh.interval.ms": (
        "How often the topics of a regular expression are looked up again, in ms."
    ),
    "group.consumer.session.timeout.ms": (
        "Time without a heartbeat after which a consumer group removes a member, in ms."
    ),
    "group.coordinator.rebalance.protocols": "The kinds of groups that are served.",
    "group.initial.rebalance.delay.ms": "How long a new classic group waits for more members, in ms.",
    "group.max.session.timeout.ms": "The largest session timeout that a member of a classic group may ask for, in ms.",
    "group.max.size": "How many members a classic group may have.",
    "group.min.session.timeout.ms": "The smallest session timeout that a member of a classic group may ask for, in ms.",
    "group.streams.assignors": "The assignors of streams groups that a group may name" + _VALIDATED + ".",
    "group.streams.max.warmup.replicas": "The most warm-up tasks that a streams group may be given" + _VALIDATED + ".",
    "group.streams.min.task.offset.interval.ms": (
        "The smallest interval at which members of a streams group report offsets, in ms" + _VALIDATED + "."
    ),
    "group.streams.max.standby.replicas": "The most standby tasks that a streams group may be given" + _VALIDATED + ".",
    "inter.broker.listener.name": "The listener for other brokers; it must be an advertised one.",
    "listener.security.protocol.map": "The security protocol of each listener name, NAME:PROTOCOL each.",
    "listeners": "The addresses to listen on, NAME://host:port each; no host, 0.0.0.0 and [::] are all interfaces.",
    "log.cleaner.dedupe.buffer.size": "The memory of compaction, in bytes" + _VALIDATED + ".",
    "log.cleaner.threads": "Number of threads for compaction" + _VALIDATED + ".",
    "log.dir": "The directory of all data; memory stores nothing on disk.",
    "log.dirs": "The directory of all data, overriding log.dir; kafkalite supports one.",
    "log.initial.task.delay.ms": "Time from the start to the first check of retention, in ms.",
    "log.retention.check.interval.ms": "Time between two checks of retention, in ms.",
    "log.flush.offset.checkpoint.interval.ms": "How often the flushed ends of logs are checkpointed, in ms.",
    "log.flush.scheduler.interval.ms": "How often records that are due for a flush are flushed, in ms.",
    "max.connection.creation.rate": "Maximum number of new connections per second" + _NOT_YET + ".",
    "max.connections": "Maximum number of connections of a listener; further ones wait until others end.",
    "max.connections.per.ip": "Maximum number of connections of one address.",
    "max.connections.per.ip.overrides": "Different limits for single addresses or hosts, HOST:COUNT each.",
    "max.incremental.fetch.session.cache.slots": "Maximum number of cached fetch sessions.",
    "max.request.partition.size.limit": "Maximum number of partitions in one answer of DescribeTopicPartitions.",
    "node.id": "The id of this node in the cluster; a data directory belongs to one id.",
    "num.io.threads": "Number of threads that handle requests" + _VALIDATED + ".",
    "num.network.threads": "Number of threads that serve sockets" + _VALIDATED + ".",
    "num.partitions": "The default number of a topic's partitions.",
    "num.recovery.threads.per.data.dir": "Number of threads that recover logs" + _VALIDATED + ".",
    "num.replica.fetchers": "Number of threads that copy from other brokers" + _VALIDATED + ".",
    "offset.metadata.max.bytes": "Maximum length of the text committed with an offset.",
    "offsets.load.buffer.size": "Bytes that are read at a time when committed offsets are loaded.",
    "offsets.retention.check.interval.ms": "How often expired offsets are removed, in ms.",
    "offsets.retention.minutes": "Time after which the offsets of an empty group are removed, in minutes.",
    "offsets.topic.compression.codec": "The codec of the batches in __consumer_offsets, by number.",
    "offsets.topic.num.partitions": "The partitions of __consumer_offsets when it is created.",
    "offsets.topic.replication.factor": "The replicas of __consumer_offsets; there is one node for them.",
    "offsets.topic.segment.bytes": "The segment size of __consumer_offsets when it is created.",
    "principal.builder.class": "The class that names clients; any but Kafka's own is refused.",
    "producer.id.expiration.check.interval.ms": "How often expired producers are removed, in ms.",
    "producer.id.expiration.ms": "Time after its last batch at which an idempotent producer expires, in ms.",
    "queued.max.request.bytes": ("Maximum total size of the requests of all connections, in bytes; -1: no limit set."),
    "remote.log.storage.system.enable": "Whether there is remote storage; kafkalite has none.",
    "sasl.enabled.mechanisms": "The SASL mechanisms of a listener: PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512 are served.",
    "sasl.jaas.config": 'The login module of a mechanism, for PLAIN with the users: user_NAME="password".',
    "sasl.login.callback.handler.class": "A class for logging in to other brokers" + _VALIDATED + ".",
    "sasl.login.class": "A class for logging in to other brokers" + _VALIDATED + ".",
    "sasl.server.callback.handler.class": "A class that looks up users; any is refused.",
    "sasl.server.max.receive.size": "The longest request before authentication, in bytes.",
    "security.inter.broker.protocol": (
        "The security protocol for other brokers; it must be that of an advertised listener."
    ),
    "share.coordinator.state.topic.min.isr": "min.insync.replicas of __share_group_state when it is created.",
    "share.coordinator.state.topic.num.partitions": "The partitions of __share_group_state when it is created.",
    "share.coordinator.state.topic.replication.factor": (
        "The replicas of __share_group_state; there is one node for them."
    ),
    "socket.listen.backlog.size": "Number of connections that may wait to be accepted.",
    "socket.request.max.bytes": "The longest request, in bytes; a longer one closes its connection.",
    "ssl.cipher.suites": "The cipher suites of TLS; any choice is refused.",
    "ssl.client.auth": "Whether TLS clients must, may or need not present a certificate: required, requested or none.",
    "ssl.enabled.protocols": "The supported versions of TLS: TLSv1.2 and TLSv1.3.",
    "ssl.engine.factory.class": "A class that creates TLS engines; any is refused.",
    "ssl.key.password": "The password that opens the private key of the key store.",
    "ssl.keystore.certificate.chain": "The certificates of the server as PEM text, its own first.",
    "ssl.keystore.key": "The private key of the server as PEM text.",
    "ssl.keystore.location": "The file with the private key and the certificates of the server.",
    "ssl.keystore.password": "The password that opens the key store.",
    "ssl.keystore.type": "The format of the key store: PEM, or PKCS12, which JKS is read as.",
    "ssl.principal.mapping.rules": "Rules that shorten the names of certificates; any but DEFAULT are refused.",
    "ssl.provider": "A Java security provider; any is refused.",
    "ssl.truststore.certificates": "The certificates of the authorities that issue clients' certificates, as PEM.",
    "ssl.truststore.location": "The file with the certificates of the authorities that issue clients' certificates.",
    "ssl.truststore.password": "The password that opens the trust store.",
    "ssl.truststore.type": "The format of the trust store: PEM, or PKCS12, which JKS is read as.",
    "transaction.abort.timed.out.transaction.cleanup.interval.ms": (
        "How often transactions that exceed their timeout are aborted, in ms."
    ),
    "transaction.max.timeout.ms": "The longest timeout that a transactional producer may ask for, in ms.",
    "transaction.partition.verification.enable": "Whether a batch of a transaction is accepted only if the "
    "partition was added to the transaction.",
    "transaction.remove.expired.transaction.cleanup.interval.ms": (
        "How often expired transactional ids are removed, in ms."
    ),
    "transaction.state.log.load.buffer.size": "Bytes that are read at a time when transactions are loaded.",
    "transaction.state.log.min.isr": "min.insync.replicas of __transaction_state when it is created.",
    "transaction.state.log.num.partitions": "The partitions of __transaction_state when it is created.",
    "transaction.state.log.replication.factor": "The replicas of __transaction_state; there is one node for them.",
    "transaction.state.log.segment.bytes": "The segment size of __transaction_state when it is created.",
    "transactional.id.expiration.ms": "Time after its last transaction at which a transactional id expires, in ms.",
}
"""Property of the broker -> sentence; defaults of topics or groups take the sentence from there."""

_KINDS = {TOPIC: (TOPIC_CONFIGS, TOPIC_DOCUMENTATION), GROUP: (GROUP_CONFIGS, GROUP_DOCUMENTATION)}

_UNITS = {".hours": ", in hours", ".minutes": ", in minutes"}


def document(resource_type: int, name: str) -> str | None:
    """Return the sentence of a resource's property; None for a name that neither Kafka nor kafkalite has.

    Args:
        resource_type: of DescribeConfigs: topic, broker, group or client metrics subscription.
    """
    if resource_type == BROKER:
        return document_broker(name)
    if resource_type == CLIENT_METRICS:
        return CLIENT_METRICS_DOCUMENTATION.get(name)
    known, documentation = _KINDS[resource_type]
    return documentation.get(name, UNREAD) if name in known else None


def document_broker(name: str) -> str | None:
    """Return the sentence of the broker's property, or of the topic or group property whose default it is."""
    if name in BROKER_DOCUMENTATION:
        return BROKER_DOCUMENTATION[name]
    if name not in BROKER_CONFIGS:
        names = synonyms_of(name) if find_definition(name) is not None else []
        return document_broker(names[1]) if len(names) > 1 else None
    for kind, synonyms, documentation in (
        ("topics", TOPIC_SYNONYMS, TOPIC_DOCUMENTATION),
        ("groups", GROUP_SYNONYMS, GROUP_DOCUMENTATION),
    ):
        for own, broker_names in synonyms.items():
            if own in documentation and name in {broker_name for broker_name, _ in broker_names}:
                unit = next((words for suffix, words in _UNITS.items() if name.endswith(suffix)), "")
                sentence = documentation[own]
                return f"The default of {own} for {kind}{unit}: {sentence[0].lower()}{sentence[1:]}"
    return UNREAD
