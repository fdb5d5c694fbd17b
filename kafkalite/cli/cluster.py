"""``kafkalite cluster``: id, brokers, controller, features, listeners and log directories."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from kafkalite.cli.client import Target, client_options, connect
from kafkalite.cli.output import output_option, print_rows
from kafkalite.client import admin
from kafkalite.client.client import Client
from kafkalite.client.cluster import (
    describe_cluster,
    describe_features,
    describe_log_directories,
    find_quorum_leader,
    find_release,
)
from kafkalite.client.errors import BrokerError, ClientError, error_name, error_text

T = TypeVar("T")

BROKER_COLUMNS = ("broker", "address", "rack", "fenced", "listeners")
FEATURE_COLUMNS = ("feature", "level", "supported")
DIRECTORY_COLUMNS = ("broker", "log_directory", "partitions", "size", "free", "state")
LISTENER_KEYS = ("listeners", "advertised.listeners", "listener.security.protocol.map")


class Parts:
    """Collects the parts of an answer; a refused part is missing and recorded as a failure."""

    def __init__(self) -> None:
        self.failures: list[str] = []

    def ask(self, subject: str, question: Callable[[], T]) -> T | None:
        """Return an answer; None if it is refused."""
        try:
            return question()
        except BrokerError as problem:
            self.failures.append(f"{subject}: {error_text(problem.code, problem.message)}")
        except ClientError as problem:
            self.failures.append(f"{subject}: {problem}")
        return None


@click.command("cluster", epilog="Example: kafkalite cluster --output json")
@client_options
@output_option
def command(target: Target, output_format: str) -> int:
    """Show the cluster: id, brokers, controller, features, listeners and log directories.

    Facts that a broker refuses to show are left out and reported; the exit code is then 1.
    """
    parts = Parts()
    with connect(target) as client:
        facts = find_facts(client, parts)
    if output_format == "table":
        print_tables(facts)
    else:
        print_rows([facts], output_format, ())
    for failure in parts.failures:
        click.echo(f"kafkalite: {failure}", err=True)
    return 1 if parts.failures else 0


def find_facts(client: Client, parts: Parts) -> dict[str, Any]:
    """Return everything about the cluster.

    Raises:
        ClientError: not even the brokers are known.
    """
    cluster = describe_cluster(client)
    leader = parts.ask("controller", lambda: find_quorum_leader(client))
    features = parts.ask("features", lambda: describe_features(client)) or []
    directories = parts.ask("log directories", lambda: describe_log_directories(client)) or []
    return {
        "cluster_id": cluster.cluster_id,
        "release": find_release(client.connection(None).ranges),
        "controller": cluster.controller_id if leader is None else leader.id,
        "brokers": [
            {
                "broker": broker.id,
                "host": broker.address.host,
                "port": broker.address.port,
                "rack": broker.rack,
                "fenced": broker.is_fenced,
                **(find_listeners(client, broker.id, parts) if not broker.is_fenced else {}),
            }
            for broker in cluster.brokers
        ],
        "features": [
            {"feature": one.name, "level": one.level, "supported": [one.min_supported, one.max_supported]}
            for one in features
        ],
        "log_directories": [
            {
                "broker": one.broker,
                "log_directory": one.path,
                "partitions": one.partition_count,
                "size_bytes": one.size_bytes,
                "total_bytes": one.total_bytes,
                "usable_bytes": one.usable_bytes,
                "error": error_name(one.error_code) if one.error_code else None,
            }
            for one in directories
        ],
    }


def find_listeners(client: Client, broker_id: int, parts: Parts) -> dict[str, list[str]]:
    """Return the listener properties of a broker as lists; empty if it refuses them."""
    entries = parts.ask(
        f"listeners of broker {broker_id}",
        lambda: admin.describe_configs(client, admin.BROKER, str(broker_id), keys=LISTENER_KEYS),
    )
    values = {entry.name: entry.value or "" for entry in entries or ()}
    return {key.replace(".", "_"): values[key].split(",") if values.get(key) else [] for key in LISTENER_KEYS}


def print_tables(facts: dict[str, Any]) -> None:
    """Print the facts for people."""
    click.echo(f"cluster     {facts['cluster_id'] or '-'}")
    click.echo(f"release     {'as Kafka ' + facts['release'] if facts['release'] else 'older than Kafka 2.8'}")
    click.echo(f"controller  {'-' if facts['controller'] is None else facts['controller']}")
    brokers = [
        one | {"address": f"{one['host']}:{one['port']}", "fenced": "yes" if one["fenced"] else "no"}
        for one in facts["brokers"]
    ]
    features = [one | {"supported": f"{one['supported'][0]} to {one['supported'][1]}"} for one in facts["features"]]
    directories = [
        one
        | {
            "size": size_text(one["size_bytes"]),
            "free": "-" if one["usable_bytes"] is None else size_text(one["usable_bytes"]),
            "state": one["error"] or "online",
        }
        for one in facts["log_directories"]
    ]
    for rows, columns in (
        (brokers, BROKER_COLUMNS),
        (features, FEATURE_COLUMNS),
        (directories, DIRECTORY_COLUMNS),
    ):
        if rows:
            click.echo()
            print_rows(rows, "table", columns)


def size_text(size_bytes: int) -> str:
    """Return a size with its unit: ``17 B``, ``3.4 MiB``."""
    size = float(size_bytes)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} TiB"
