"""The defaults that differ from Kafka's, with the reasons, and the profiles that choose between them."""

from __future__ import annotations

DATA_IN_MEMORY = "memory"
"""The value of ``log.dirs`` (and ``--data``) for data in memory; a directory of that name is written ``./memory``."""

BIND_DEFAULTS: dict[str, tuple[str, str]] = {
    "listeners": ("PLAINTEXT://127.0.0.1:9092", "reachable from this machine only, until more is asked for"),
    "log.dir": ("kafka-data", "beside the work it belongs to, not in a directory that the system clears"),
    "node.id": ("1", "Kafka has no default; a single node needs no thought"),
    "process.roles": ("broker,controller", "one process is both"),
    "socket.listen.backlog.size": ("1024", "hundreds of clients may come at once, as in tests"),
    "controller.listener.names": ("CONTROLLER", "a listener of this name in a borrowed file is not for clients"),
}
"""Defaults of every profile: property -> (value, reason)."""

DEVELOPMENT_DEFAULTS: dict[str, tuple[str, str]] = {
    "group.initial.rebalance.delay.ms": ("0", "the first consumer of a group starts at once, not after 3 s"),
    "offsets.topic.replication.factor": ("1", "there is one node"),
    "transaction.state.log.replication.factor": ("1", "there is one node"),
    "transaction.state.log.min.isr": ("1", "there is one node"),
    "share.coordinator.state.topic.replication.factor": ("1", "there is one node"),
    "share.coordinator.state.topic.min.isr": ("1", "there is one node"),
    "group.consumer.heartbeat.interval.ms": ("1000", "assignments settle in a test's patience, not in 5 s steps"),
    "group.consumer.min.heartbeat.interval.ms": ("100", "so that the interval above is allowed"),
}
"""Defaults of the profiles "dev" and "ci"."""

SINGLE_NODE_DEFAULTS: dict[str, tuple[str, str]] = {
    name: DEVELOPMENT_DEFAULTS[name]
    for name in (
        "offsets.topic.replication.factor",
        "transaction.state.log.replication.factor",
        "transaction.state.log.min.isr",
        "share.coordinator.state.topic.replication.factor",
        "share.coordinator.state.topic.min.isr",
    )
}
"""The values that the profile "kafka" cannot take from Kafka, since there is one node."""

KAFKA_BEHAVIOUR: dict[str, tuple[str, str]] = {
    "kafkalite.auto.create.at.once": ("false", "clients learn of a topic that Metadata creates when they ask again"),
}
"""kafkalite's own properties that make the profile "kafka" behave as Kafka where kafkalite's default differs."""

MEMORY_DEFAULTS: dict[str, tuple[str, str]] = {
    "log.dir": (DATA_IN_MEMORY, "a test run leaves no files"),
}

PROFILES: dict[str, dict[str, tuple[str, str]]] = {
    "dev": BIND_DEFAULTS | DEVELOPMENT_DEFAULTS,
    "kafka": BIND_DEFAULTS | SINGLE_NODE_DEFAULTS | KAFKA_BEHAVIOUR,
    "ci": BIND_DEFAULTS | DEVELOPMENT_DEFAULTS | MEMORY_DEFAULTS,
}
"""Profile name -> property -> (value, reason). "dev" is the default."""

DEFAULT_PROFILE = "dev"
