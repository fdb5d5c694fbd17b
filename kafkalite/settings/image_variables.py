"""Variables of container images that are not broker properties: the cluster's id, and topics to create at the start.

Source: the start scripts of the Apache, Confluent and Bitnami images (ids), of wurstmeister/kafka (topics).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.settings.values import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

CLUSTER_ID_VARIABLES = ("KAFKALITE_CLUSTER_ID", "KAFKA_CLUSTER_ID", "KAFKA_KRAFT_CLUSTER_ID", "CLUSTER_ID")
"""Variables with the id of the cluster, the strongest first."""

GENERIC_VARIABLE = "CLUSTER_ID"
"""The variable that may be meant for another program: it sets the id of new directories, but does not refuse others."""

CREATE_TOPICS_VARIABLES = ("KAFKALITE_CREATE_TOPICS", "KAFKA_CREATE_TOPICS")
"""Variables with topics to create, the strongest first; `_SEPARATOR` after the name replaces the comma."""


class StartTopic(NamedTuple):
    """A topic to create at the start if it does not exist.

    Attributes:
        partition_count: -1 = the default (``num.partitions``).
        replica_count: the requested number; with one node there cannot be more than 1.
        cleanup_policy: None = the default.
        variable: the variable that requests it.
    """

    name: str
    partition_count: int = -1
    replica_count: int = 1
    cleanup_policy: str | None = None
    variable: str = "topics"


def find_cluster_id(environ: Mapping[str, str]) -> tuple[str, str] | None:
    """Return (cluster id, variable), None if no variable is set.

    Raises:
        ConfigError: the id has control characters.
    """
    for variable in CLUSTER_ID_VARIABLES:
        value = environ.get(variable, "").strip()
        if value:
            if not (value.isascii() and value.isprintable()):
                raise ConfigError(f"cluster id {value!r}: printable ASCII is needed (from {variable})")
            return value, variable
    return None


def find_topics(environ: Mapping[str, str]) -> list[StartTopic]:
    """Return the topics to create, in their order.

    Raises:
        ConfigError: an entry is not a topic.
    """
    for variable in CREATE_TOPICS_VARIABLES:
        if environ.get(variable, "").strip():
            separator = environ.get(f"{variable}_SEPARATOR") or ","
            entries = [entry.strip() for entry in environ[variable].split(separator)]
            return [_parse_topic(entry, variable) for entry in entries if entry]
    return []


def _parse_topic(entry: str, variable: str) -> StartTopic:
    name, *rest = (part.strip() for part in entry.split(":"))
    numbers, policy = rest[:2], rest[2:]
    is_valid = name and len(policy) < 2 and all(number.isascii() and number.isdigit() for number in numbers)
    if not is_valid or any(int(number[:9]) < 1 for number in numbers):
        raise ConfigError(
            f"{variable}: {entry!r} is not NAME[:PARTITIONS[:REPLICAS[:CLEANUP.POLICY]]], as in orders:3:1:compact"
        )
    partition_count, replica_count = (*(int(number[:9]) for number in numbers), -1, -1)[:2]
    return StartTopic(name, partition_count, replica_count, policy[0] if policy else None, variable)
