"""Property names from environment variables, in the spellings of the three image families.

The Apache image turns ``__`` into ``_`` and ``___`` into ``-``, the Confluent image the other way round. Both readings
are tried and the one that is a known property is taken, so that files written for either work.

Source: kafka.docker.KafkaDockerWrapper; the documented rules of the Confluent and Bitnami images.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PREFIXES = ("KAFKA_", "KAFKA_CFG_", "KAFKALITE_")
"""Prefixes of variables that hold properties, the strongest last."""

OWN_VARIABLES = frozenset(
    ("HOST", "PORT", "ADVERTISED", "DATA", "CONFIG", "PROFILE", "PORTS_FILE", "AS_VERSION", "VERBOSITY", "BOOTSTRAP")
)
"""Names after ``KAFKALITE_`` that stand for kafkalite's own options, not for properties."""

NOT_PROPERTIES = frozenset(
    (
        "VERSION",
        "HEAP_OPTS",
        "OPTS",
        "JMX_OPTS",
        "JMX_PORT",
        "JMX_HOSTNAME",
        "JVM_PERFORMANCE_OPTS",
        "GC_LOG_OPTS",
        "HOME",
        "DEBUG",
        "MODE",
        "URL",
        "BOOTSTRAP_SERVERS",
        "BOOTSTRAP_SERVER",
        "BROKERS",
        "CLUSTER_ID",
        "KRAFT_CLUSTER_ID",
        "CREATE_TOPICS",
        "CREATE_TOPICS_SEPARATOR",
    )
)
"""Names after ``KAFKA_`` that scripts, images and clients use for something other than a broker property."""

NOT_PROPERTY_PREFIXES = ("LOG4J", "TOOLS_LOG4J", "SERVICE_", "PORT", "JAVA_")
"""Beginnings of such names: logging of the Java broker, and what Kubernetes sets for a service called kafka."""

NOT_OWN_PROPERTIES = ("CLUSTER_ID", "CREATE_TOPICS", "CREATE_TOPICS_SEPARATOR")
"""Names after ``KAFKALITE_`` that `kafkalite.settings.image_variables` reads."""

REMOVED = {
    "zookeeper.connect": "there is no ZooKeeper",
    "host.name": "say listeners",
    "port": "say listeners",
    "advertised.host.name": "say advertised.listeners",
    "advertised.port": "say advertised.listeners",
}
"""Properties that older releases had and old files still set -> a hint."""

KUBERNETES_PATTERN = re.compile("_SERVICE_HOST$|_SERVICE_PORT|_PORT$|_PORT_[0-9]+_(TCP|UDP)")
"""The variables that Kubernetes sets for a service whose name begins with "kafka-", as in KAFKA_BROKER_SERVICE_HOST."""

KUBERNETES_PREFIXES = ("SERVICE_", "PORT_")
"""The suffixes that Kubernetes adds to the name of a service called kafkalite, beside ``KAFKALITE_PORT=tcp://...``."""


def own_options(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that stand for kafkalite's own options, by their name after ``KAFKALITE_``.

    Empty ones count as not set, and so does the address that Kubernetes puts into ``KAFKALITE_PORT``.
    """
    prefix = "KAFKALITE_"
    found = {name: environ.get(prefix + name, "") for name in OWN_VARIABLES}
    return {name: value for name, value in found.items() if value and not value.startswith("tcp://")}


def apache_reading(name: str) -> str:
    """Return the property that the Apache image reads from a variable's name after its prefix."""
    return name.lower().replace("_", ".").replace("...", "-").replace("..", "_")


def confluent_reading(name: str) -> str:
    """Return the property that the Confluent image reads from a variable's name after its prefix."""
    return name.lower().replace("_", ".").replace("...", "_").replace("..", "-")


def property_of(name: str, is_known: Callable[[str], bool]) -> str:
    """Return the property of a variable's name after its prefix; the Apache reading if neither is known.

    If both are known they are properties of a listener, and a listener's name contains ``_`` rather than ``-``.
    """
    apache, confluent = apache_reading(name), confluent_reading(name)
    if apache == confluent or not is_known(confluent):
        return apache
    return confluent if not is_known(apache) or "-" in apache.split(".")[2] else apache


def is_property_variable(prefix: str, name: str) -> bool:
    """Return whether a variable (its prefix and the rest) is intended as a broker property."""
    if prefix == "KAFKALITE_":
        is_own = name in OWN_VARIABLES or name in NOT_OWN_PROPERTIES
        return bool(name) and not is_own and not name.startswith(KUBERNETES_PREFIXES)
    if prefix == "KAFKA_CFG_":
        return bool(name)
    if not name or name in NOT_PROPERTIES or name.startswith(NOT_PROPERTY_PREFIXES):
        return False
    return apache_reading(name) in REMOVED or KUBERNETES_PATTERN.search(name) is None


def describe_unknown(name: str, source: str) -> str:
    """Return the description of a property that Kafka does not have: its name, the variable that set it, a hint."""
    facts = [source] if source.startswith("KAFKA") else []
    facts += [REMOVED[name]] if name in REMOVED else []
    return f"{name} ({', '.join(facts)})" if facts else name


def read_environment(environ: Mapping[str, str], is_known: Callable[[str], bool]) -> list[tuple[str, str, str]]:
    """Return (property, value, variable) of all variables that hold properties, weakest first.

    ``is_known`` returns whether a name is a property. Of two variables for one property the later counts. KAFKALITE_X
    is ``kafkalite.x`` if there is such a property, else Kafka's ``x``.
    """
    found: list[tuple[str, str, str]] = []
    variables = sorted(name for name in environ if name.startswith("KAFKA"))
    for prefix in PREFIXES:
        for variable in variables:
            if not variable.startswith(prefix) or (prefix == "KAFKA_" and variable.startswith("KAFKA_CFG_")):
                continue
            name = variable[len(prefix) :]
            if is_property_variable(prefix, name):
                own = f"kafkalite.{apache_reading(name)}" if prefix == "KAFKALITE_" else ""
                chosen = own if own and is_known(own) else property_of(name, is_known)
                found.append((chosen, environ[variable], variable))
    return found
