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

UNREAD = "Accepted as in Kafka, and changes nothing in kafkalite."
"""The documentation of every other property."""

_NOT_YET = "; checked and kept, not carried out yet"
_VALIDATED = "; checked, changes nothing in kafkalite"

TOPIC_DOCUMENTATION = {
    "cleanup.policy": (
        "What may go from a log: old segments (delete), all but the last record of each key (compact), or "
        "both" + _NOT_YET + "."
    ),
    "compression.gzip.level": "The level of gzip where compression.type makes the broker compress with it.",
    "compression.lz4.level": "The level of lz4 where compression.type makes the broker compress with it.",
    "compression.type": "The codec that batches are stored with; producer keeps the one they came with.",
    "compression.zstd.level": "The level of zstd where compression.type makes the broker compress with it.",
    "delete.retention.ms": "How long compaction keeps the markers of deleted keys, in ms" + _NOT_YET + ".",
    "file.delete.delay.ms": "How long the files of deleted logs and segments stay on disk, in ms" + _NOT_YET + ".",
    "flush.messages": "After how many records a partition is flushed to disk; the default leaves it to the system.",
    "flush.ms": "After how many ms a record is flushed to disk; without a value the system decides.",
    "index.interval.bytes": "How many bytes of records lie between two entries of a segment's offset index.",
    "internal.segment.bytes": "A segment size below the smallest that segment.bytes takes, for tests.",
    "local.retention.ms": "How long records stay here beside a copy in remote storage, in ms" + _VALIDATED + ".",
    "local.retention.bytes": "How many bytes stay here beside a copy in remote storage" + _VALIDATED + ".",
    "max.compaction.lag.ms": "After how many ms a record must have been compacted" + _NOT_YET + ".",
    "max.decompressed.message.bytes": "The largest record that is taken in a compressed batch, in bytes once opened.",
    "max.message.bytes": "The largest batch that is taken, in bytes as it is sent.",
    "message.timestamp.after.max.ms": "How far in the future the timestamp of a record may be, in ms.",
    "message.timestamp.before.max.ms": "How far in the past the timestamp of a record may be, in ms.",
    "message.timestamp.type": "Whether records keep the time of their producer or get that of their arrival.",
    "min.cleanable.dirty.ratio": "Which part of a log must be uncompacted before it is compacted" + _NOT_YET + ".",
    "min.compaction.lag.ms": "How many ms a record stays uncompacted at least" + _NOT_YET + ".",
    "min.insync.replicas": "How many replicas must have a record that is produced with acks=all; here there is one.",
    "remote.log.copy.disable": "Whether nothing more is copied to remote storage" + _VALIDATED + ".",
    "remote.log.delete.on.disable": "Whether remote data go when remote storage is turned off" + _VALIDATED + ".",
    "remote.storage.enable": "Whether segments are copied to remote storage; refused, as kafkalite has none.",
    "retention.bytes": "How large a partition may grow before its oldest segments go; -1 is without limit"
    + _NOT_YET
    + ".",
    "retention.ms": "How long records are kept, in ms; -1 is for ever" + _NOT_YET + ".",
    "segment.bytes": "How large a segment file grows before the next one is begun.",
    "segment.index.bytes": "How large the index of a segment may grow; a full index begins the next segment.",
    "segment.jitter.ms": "By up to how many ms, drawn by lot, segments end earlier than segment.ms says.",
    "segment.ms": "After how many ms a segment is ended, full or not.",
    "unclean.leader.election.enable": (
        "Whether a replica that lags may become leader; there is one replica, which never does."
    ),
}
"""Property of a topic -> sentence."""

GROUP_DOCUMENTATION = {
    "consumer.assignment.interval.ms": "How many ms lie at least between two assignments of a consumer group.",
    "consumer.heartbeat.interval.ms": "How often members of a consumer group should send a heartbeat, in ms.",
    "consumer.session.timeout.ms": "After how many ms without a heartbeat a member of a consumer group is removed.",
    "errors.deadletterqueue.topic.name": "The topic for records that a share group cannot deliver" + _VALIDATED + ".",
    "share.auto.offset.reset": "Where a share group begins to read" + _VALIDATED + ".",
    "streams.assignor.name": "The assignor of a streams group" + _VALIDATED + ".",
    "streams.num.standby.replicas": "How many standby tasks a streams group keeps" + _VALIDATED + ".",
    "streams.num.warmup.replicas": "How many warm-up tasks a streams group has" + _VALIDATED + ".",
    "streams.rack.aware.assignment.tags": "Which tags of its clients a streams group spreads over" + _VALIDATED + ".",
    "streams.task.offset.interval.ms": "How often members of a streams group report offsets, in ms" + _VALIDATED + ".",
}
"""Property of a group -> sentence."""

CLIENT_METRICS_DOCUMENTATION = {
    "interval.ms": (
        "How often clients of this subscription are asked to send metrics, in ms; stored, not asked for yet."
    ),
    "match": "Which clients the subscription is for: a list of NAME=PATTERN; stored, not asked for yet.",
    "metrics": "The names of the metrics wanted, or their beginnings; stored, not asked for yet.",
}
"""Property of a client metrics subscription -> sentence."""

BROKER_DOCUMENTATION = {
    "advertised.listeners": "The addresses that clients get to connect to, NAME://host:port for each listener; without "
    "it each client gets the address that it connected to.",
    "authorizer.class.name": "The class that decides who may do what; any but none is refused: there is no authorizer.",
    "auto.create.topics.enable": "Whether Metadata creates a topic that does not exist, where the client allows it.",
    "background.threads": "How many threads do background work" + _VALIDATED + ".",
    "broker.id": "The older name of node.id.",
    "broker.rack": "The rack that this broker says it is in.",
    "connection.failed.authentication.delay.ms": "How many ms the answer to a failed authentication is held back.",
    "connections.max.idle.ms": "After how many ms without a request a connection is closed.",
    "connections.max.reauth.ms": "After how many ms a client must authenticate again; 0 is never.",
    "controller.listener.names": "Listeners that are the controller's; they are left out, as there is one process.",
    "cordoned.log.dirs": "Log directories that get no new partitions; told by DescribeLogDirs.",
    "default.replication.factor": "The replicas of a topic that does not say how many; there is one node for them.",
    "delegation.token.secret.key": "The key of delegation tokens; any is refused: there are no tokens.",
    "delete.topic.enable": "Whether topics may be deleted.",
    "fetch.max.bytes": "How many bytes the answer to one Fetch has at the most, whatever the client asks for.",
    "kafkalite.auto.create.at.once": (
        "Whether Metadata returns a topic that it creates at once; false: with the next answer."
    ),
    "kafkalite.on.storage.fault": (
        "Whether an I/O error that cannot heal stops the server, or leaves offline what failed: stop or offline."
    ),
    "kafkalite.validate.records": (
        "Which part of a batch is checked when it is produced: full, its records too; or headers, with the checksum."
    ),
    "group.consumer.assignors": "The assignors of consumer groups (KIP-848), the default one first.",
    "group.consumer.heartbeat.interval.ms": "How often members of consumer groups should send a heartbeat, in ms.",
    "group.consumer.max.heartbeat.interval.ms": "The largest heartbeat interval that a group may be given, in ms.",
    "group.consumer.max.session.timeout.ms": "The largest session timeout that a group may be given, in ms.",
    "group.consumer.max.size": "How many members a consumer group (KIP-848) may have.",
    "group.consumer.migration.policy": "Whether groups may change between the classic and the consumer protocol.",
    "group.consumer.min.heartbeat.interval.ms": "The smallest heartbeat interval that a group may be given, in ms.",
    "group.consumer.min.session.timeout.ms": "The smallest session timeout that a group may be given, in ms.",
    "group.consumer.regex.refresh.interval.ms": (
        "How often the topics of a regular expression are looked up anew, in ms."
    ),
    "group.consumer.session.timeout.ms": (
        "After how many ms without a heartbeat a member of a consumer group is removed."
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
    "listener.security.protocol.map": "Which security protocol each listener name stands for, NAME:PROTOCOL each.",
    "listeners": "The addresses to listen on, NAME://host:port each; no host, 0.0.0.0 and [::] are all interfaces.",
    "log.cleaner.dedupe.buffer.size": "The memory of compaction, in bytes" + _VALIDATED + ".",
    "log.cleaner.threads": "How many threads compact" + _VALIDATED + ".",
    "log.dir": "The directory of all data; memory keeps nothing.",
    "log.dirs": "The directory of all data, stronger than log.dir; kafkalite takes one.",
    "log.flush.offset.checkpoint.interval.ms": "How often it is written down how far logs are flushed, in ms.",
    "log.flush.scheduler.interval.ms": "How often records that are due are flushed, in ms.",
    "max.connection.creation.rate": "How many connections per second are taken" + _NOT_YET + ".",
    "max.connections": "How many connections a listener serves at once; more wait until others end.",
    "max.connections.per.ip": "How many connections one address may have.",
    "max.connections.per.ip.overrides": "Other limits for certain addresses or hosts, HOST:COUNT each.",
    "max.incremental.fetch.session.cache.slots": "How many fetch sessions are remembered.",
    "max.request.partition.size.limit": "How many partitions one answer of DescribeTopicPartitions has at the most.",
    "node.id": "The id of this node in the cluster; a data directory belongs to one id.",
    "num.io.threads": "How many threads handle requests" + _VALIDATED + ".",
    "num.network.threads": "How many threads serve sockets" + _VALIDATED + ".",
    "num.partitions": "The partitions of a topic that does not say how many.",
    "num.recovery.threads.per.data.dir": "How many threads recover logs" + _VALIDATED + ".",
    "num.replica.fetchers": "How many threads copy from other brokers" + _VALIDATED + ".",
    "offset.metadata.max.bytes": "How long the text that is committed with an offset may be.",
    "offsets.load.buffer.size": "How many bytes are read at a time when committed offsets are loaded.",
    "offsets.retention.check.interval.ms": "How often expired offsets are removed, in ms.",
    "offsets.retention.minutes": "How many minutes after a group became empty its offsets are forgotten.",
    "offsets.topic.compression.codec": "The codec of the batches in __consumer_offsets, by number.",
    "offsets.topic.num.partitions": "The partitions of __consumer_offsets when it is created.",
    "offsets.topic.replication.factor": "The replicas of __consumer_offsets; there is one node for them.",
    "offsets.topic.segment.bytes": "The segment size of __consumer_offsets when it is created.",
    "principal.builder.class": "The class that names clients; any but Kafka's own is refused.",
    "producer.id.expiration.check.interval.ms": "How often expired producers are forgotten, in ms.",
    "producer.id.expiration.ms": "How many ms after its last batch an idempotent producer is forgotten.",
    "queued.max.request.bytes": (
        "How many bytes of requests may be held for all connections together; -1: no limit set."
    ),
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
    "socket.listen.backlog.size": "How many connections may wait to be accepted.",
    "socket.request.max.bytes": "The longest request, in bytes; a longer one closes its connection.",
    "ssl.cipher.suites": "The cipher suites of TLS; any choice is refused.",
    "ssl.client.auth": "Whether clients of TLS must, may or need not show a certificate: required, requested or none.",
    "ssl.enabled.protocols": "The versions of TLS that are served: TLSv1.2 and TLSv1.3.",
    "ssl.engine.factory.class": "A class that makes TLS engines; any is refused.",
    "ssl.key.password": "The password that opens the private key of the key store.",
    "ssl.keystore.certificate.chain": "The certificates of the server as PEM text, its own first.",
    "ssl.keystore.key": "The private key of the server as PEM text.",
    "ssl.keystore.location": "The file with the private key and the certificates of the server.",
    "ssl.keystore.password": "The password that opens the key store.",
    "ssl.keystore.type": "The format of the key store: PEM, or PKCS12, which JKS is read as.",
    "ssl.principal.mapping.rules": "Rules that shorten the names of certificates; any but DEFAULT are refused.",
    "ssl.provider": "A Java security provider; any is refused.",
    "ssl.truststore.certificates": "The certificates of those who vouch for clients, as PEM text.",
    "ssl.truststore.location": "The file with the certificates of those who vouch for clients.",
    "ssl.truststore.password": "The password that opens the trust store.",
    "ssl.truststore.type": "The format of the trust store: PEM, or PKCS12, which JKS is read as.",
    "transaction.abort.timed.out.transaction.cleanup.interval.ms": (
        "How often transactions that took too long are aborted, in ms."
    ),
    "transaction.max.timeout.ms": "The longest timeout that a transactional producer may ask for, in ms.",
    "transaction.partition.verification.enable": "Whether a batch of a transaction is taken only where the transaction "
    "knows the partition.",
    "transaction.remove.expired.transaction.cleanup.interval.ms": (
        "How often expired transactional ids are forgotten, in ms."
    ),
    "transaction.state.log.load.buffer.size": "How many bytes are read at a time when transactions are loaded.",
    "transaction.state.log.min.isr": "min.insync.replicas of __transaction_state when it is created.",
    "transaction.state.log.num.partitions": "The partitions of __transaction_state when it is created.",
    "transaction.state.log.replication.factor": "The replicas of __transaction_state; there is one node for them.",
    "transaction.state.log.segment.bytes": "The segment size of __transaction_state when it is created.",
    "transactional.id.expiration.ms": "How many ms after its last transaction a transactional id is forgotten.",
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
