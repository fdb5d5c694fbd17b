"""The types of resources that have configurations, by their number on the wire and in ConfigRecord.

Source: org.apache.kafka.common.config.ConfigResource.Type.
"""

from __future__ import annotations

TOPIC = 2
BROKER = 4
BROKER_LOGGER = 8
CLIENT_METRICS = 16
GROUP = 32

NAMES = {
    0: "UNKNOWN",
    TOPIC: "TOPIC",
    BROKER: "BROKER",
    BROKER_LOGGER: "BROKER_LOGGER",
    CLIENT_METRICS: "CLIENT_METRICS",
    GROUP: "GROUP",
}

CLUSTER_DEFAULT = ""
"""The resource name of configurations that are the default of all brokers."""


def name_of(resource_type: int) -> str:
    """Return Kafka's name of a resource type; "UNKNOWN" for an unknown number."""
    return NAMES.get(resource_type, NAMES[0])
