"""``kafkalite config get|set|unset``: properties of topics, brokers, groups and client metrics in a running cluster.

Source: org.apache.kafka.common.config.ConfigResource.Type, ConfigEntry.ConfigSource; KIP-339, KIP-1142.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import click
from click.shell_completion import CompletionItem

from kafkalite.cli.client import ClientFailure, Target, client_options, connect
from kafkalite.cli.name_completion import completion_of
from kafkalite.cli.naming import missing_topic_text
from kafkalite.cli.output import output_option, print_rows
from kafkalite.cli.suggestions import did_you_mean
from kafkalite.client import admin
from kafkalite.client.admin import APPEND, DELETE, DYNAMIC_SOURCES, SET, SUBTRACT, ConfigEntry
from kafkalite.client.client import Client
from kafkalite.client.cluster import list_config_resources
from kafkalite.client.errors import BrokerError
from kafkalite.protocol.errors import UNKNOWN_TOPIC_OR_PARTITION

TYPES = {
    "topic": admin.TOPIC,
    "broker": admin.BROKER,
    "group": admin.GROUP_CONFIG,
    "client-metrics": admin.CLIENT_METRICS,
    "broker-logger": admin.BROKER_LOGGER,
}
ALL_BROKERS = "default"
"""The name, on the command line, of the properties that all brokers share; "" in the protocol."""

SOURCES = (
    "UNKNOWN",
    "DYNAMIC_TOPIC_CONFIG",
    "DYNAMIC_BROKER_CONFIG",
    "DYNAMIC_DEFAULT_BROKER_CONFIG",
    "STATIC_BROKER_CONFIG",
    "DEFAULT_CONFIG",
    "DYNAMIC_BROKER_LOGGER_CONFIG",
    "CLIENT_METRICS_CONFIG",
    "GROUP_CONFIG",
)
"""Names of the sources by their numbers."""

COLUMNS = ("type", "name", "key", "value", "source")
HIDDEN = "(hidden)"
CHANGE = re.compile(r"(?P<key>[A-Za-z0-9._-]+?)(?P<operation>[+-]?=)(?P<value>.*)", re.DOTALL)
OPERATIONS = {"=": SET, "+=": APPEND, "-=": SUBTRACT}


def complete_name(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the resources of the chosen type whose names begin so."""
    kind = context.params.get("kind")
    if kind not in TYPES:
        return []
    return completion_of(lambda client, _: find_names(client, kind))(context, parameter, incomplete)


type_argument = click.argument("kind", metavar="TYPE", type=click.Choice(list(TYPES)))


@click.command(
    "get",
    short_help="Show properties of a running cluster.",
    epilog="Example: kafkalite config get topic orders retention.ms --output json",
)
@type_argument
@click.argument("name", required=False, metavar="[NAME]", shell_complete=complete_name)
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@client_options
@output_option
@click.option("--all", "is_all", is_flag=True, help="Defaults too, not only what was set for it.")
def get(kind: str, name: str | None, keys: tuple[str, ...], target: Target, output_format: str, is_all: bool) -> None:
    """Show the properties set for a topic, broker, group or client metrics, or only the named ones.

    TYPE is topic, broker, group, client-metrics or broker-logger. NAME is a topic, a broker's id, "default" (all
    brokers) or a group; without it, everything of the type is shown.
    """
    with connect(target) as client:
        names = [name] if name is not None else find_names(client, kind)
        rows = [row for one in names for row in find_rows(client, kind, one, keys, is_all or kind == "broker-logger")]
    print_rows(rows, output_format, COLUMNS)
    if not rows and output_format == "table":
        subject = f"{kind} {name}" if name is not None else f"any {kind}"
        click.echo(f"nothing is set for {subject} (--all shows the defaults)")


def find_rows(client: Client, kind: str, name: str, keys: Sequence[str], is_all: bool) -> list[dict[str, Any]]:
    """Return a row per property.

    Raises:
        ClientFailure: a resource or a key is unknown.
        BrokerError: the broker refuses.
    """
    entries = {entry.name: entry for entry in describe(client, kind, name)}
    for key in keys:
        if key not in entries:
            raise ClientFailure(f"{kind} {name} has no property {key}{did_you_mean(key, entries)}")
    chosen = [entries[key] for key in keys] if keys else list(entries.values())
    dynamic = DYNAMIC_SOURCES[TYPES[kind]]
    return [entry_row(kind, name, entry) for entry in chosen if keys or is_all or entry.source in dynamic]


def entry_row(kind: str, name: str, entry: ConfigEntry) -> dict[str, Any]:
    """Return a property as a row."""
    return {
        "type": kind,
        "name": name,
        "key": entry.name,
        "value": HIDDEN if entry.is_sensitive else entry.value,
        "source": SOURCES[entry.source] if 0 <= entry.source < len(SOURCES) else str(entry.source),
        "read_only": entry.is_read_only,
        "sensitive": entry.is_sensitive,
        "documentation": entry.documentation,
    }


def describe(client: Client, kind: str, name: str) -> list[ConfigEntry]:
    """Return all properties of a resource.

    Raises:
        ClientFailure: the resource does not exist.
        BrokerError: the broker refuses.
    """
    try:
        return admin.describe_configs(client, TYPES[kind], resource_name(kind, name), has_documentation=True)
    except BrokerError as problem:
        raise explain(client, kind, name, problem) from None


def explain(client: Client, kind: str, name: str, problem: BrokerError) -> Exception:
    """Return the error to raise: a message for a person if the topic does not exist."""
    if kind == "topic" and problem.code == UNKNOWN_TOPIC_OR_PARTITION:
        return ClientFailure(missing_topic_text(client, name))
    return BrokerError(problem.code, problem.message, f"{kind} {name}")


def resource_name(kind: str, name: str) -> str:
    """Return the name of a resource in the protocol.

    Raises:
        BadParameter: a broker is not named by its number.
    """
    if kind == "broker" and name == ALL_BROKERS:
        return ""
    if kind in ("broker", "broker-logger") and not (name.isascii() and name.isdecimal()):
        allowed = "a broker's id" if kind == "broker-logger" else f"a broker's id or {ALL_BROKERS}"
        raise click.BadParameter(f"{name!r} is not {allowed}", param_hint="NAME")
    return name


def find_names(client: Client, kind: str) -> list[str]:
    """Return the names of all resources of a type that have properties."""
    if kind == "topic":
        return admin.list_topic_names(client)
    if kind in ("broker", "broker-logger"):
        ids = [str(broker_id) for broker_id in sorted(client.brokers())]
        return [ALL_BROKERS, *ids] if kind == "broker" else ids
    return list_config_resources(client, TYPES[kind])


@click.command(
    "set",
    short_help="Set properties of a running cluster.",
    epilog="Example: kafkalite config set topic orders retention.ms=60000 cleanup.policy+=compact",
)
@type_argument
@click.argument("name", metavar="NAME", shell_complete=complete_name)
@click.argument("changes", nargs=-1, required=True, metavar="KEY=VALUE...")
@client_options
@output_option
@click.option("--dry-run", is_flag=True, help="Only check; change nothing.")
def set_(kind: str, name: str, changes: tuple[str, ...], target: Target, output_format: str, dry_run: bool) -> None:
    """Set properties; KEY+=VALUE appends to a list, KEY-=VALUE removes from one.

    TYPE is topic, broker, group, client-metrics or broker-logger. NAME is a topic, a broker's id, "default" (all
    brokers) or a group.
    """
    alter(kind, name, dict(parse_change(text) for text in changes), target, output_format, dry_run)


@click.command(
    "unset",
    short_help="Return properties to their defaults.",
    epilog="Example: kafkalite config unset topic orders retention.ms",
)
@type_argument
@click.argument("name", metavar="NAME", shell_complete=complete_name)
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@client_options
@output_option
@click.option("--dry-run", is_flag=True, help="Only check; change nothing.")
def unset(kind: str, name: str, keys: tuple[str, ...], target: Target, output_format: str, dry_run: bool) -> None:
    """Return properties to their defaults."""
    alter(kind, name, dict.fromkeys(keys, (DELETE, None)), target, output_format, dry_run)


def parse_change(text: str) -> tuple[str, tuple[int, str | None]]:
    """Return (key, (operation, value)) of KEY=VALUE, KEY+=VALUE or KEY-=VALUE.

    Raises:
        BadParameter: the option's value cannot be used.
    """
    found = CHANGE.fullmatch(text)
    if found is None:
        raise click.BadParameter(f"{text!r} is not KEY=VALUE", param_hint="KEY=VALUE")
    return found["key"], (OPERATIONS[found["operation"]], found["value"])


def alter(
    kind: str,
    name: str,
    changes: dict[str, tuple[int, str | None]],
    target: Target,
    output_format: str,
    is_dry_run: bool,
) -> None:
    """Change properties of a resource and report it.

    Raises:
        ClientFailure: it cannot be done; the text says why.
        BrokerError: the broker refuses.
    """
    with connect(target) as client:
        try:
            admin.alter_configs(client, TYPES[kind], resource_name(kind, name), changes, is_dry_run=is_dry_run)
        except BrokerError as problem:
            raise explain(client, kind, name, problem) from None
    result = "would be altered" if is_dry_run else "altered"
    if output_format == "table":
        click.echo(f"{kind} {name} {result}")
        return
    words = {SET: "set", DELETE: "unset", APPEND: "append", SUBTRACT: "subtract"}
    rows = [
        {"type": kind, "name": name, "key": key, "operation": words[operation], "value": value, "result": result}
        for key, (operation, value) in changes.items()
    ]
    print_rows(rows, output_format, ())
