"""``kafkalite topic create|list|describe|alter|delete|delete-records``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from kafkalite.cli.client import ClientFailure, Target, client_options, connect
from kafkalite.cli.delete_records import command as delete_records
from kafkalite.cli.output import output_option, print_rows
from kafkalite.cli.suggestions import SuggestingGroup
from kafkalite.client import admin
from kafkalite.client.client import Client
from kafkalite.client.errors import BrokerError, error_text
from kafkalite.client.offsets import EARLIEST, LATEST, TopicPartition, list_offsets
from kafkalite.model.uuids import ZERO_UUID, uuid_to_text
from kafkalite.protocol.errors import TOPIC_ALREADY_EXISTS

PARTITION_COLUMNS = ("partition", "leader", "replicas", "isr", "start_offset", "end_offset")


@click.group("topic", cls=SuggestingGroup)
def command() -> None:
    """Create, list, describe, alter and delete topics."""


command.add_command(delete_records)


def parse_configs(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return the configs of ``-c key=value`` options.

    Raises:
        BadParameter: the option's value cannot be used.
    """
    configs = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise click.BadParameter(f"{pair!r} is not KEY=VALUE", param_hint="--config")
        configs[name] = value
    return configs


@command.command("create")
@click.argument("names", nargs=-1, required=True, metavar="TOPIC...")
@client_options
@click.option("-p", "--partitions", type=int, default=-1, help="Number of partitions. [default: the broker's]")
@click.option("-r", "--replication-factor", type=int, default=-1, help="Replicas. [default: the broker's]")
@click.option("-c", "--config", "configs", multiple=True, metavar="KEY=VALUE", help="Topic config; may be repeated.")
@click.option("--if-not-exists", is_flag=True, help="A topic that exists is no failure.")
@click.option("--dry-run", is_flag=True, help="Only check; create nothing.")
@output_option
def create(
    names: tuple[str, ...],
    target: Target,
    partitions: int,
    replication_factor: int,
    configs: tuple[str, ...],
    if_not_exists: bool,
    dry_run: bool,
    output_format: str,
) -> int:
    """Create topics."""
    with connect(target) as client:
        outcomes = admin.create_topics(
            client,
            names,
            partitions=partitions,
            replication_factor=replication_factor,
            configs=parse_configs(configs),
            is_dry_run=dry_run,
        )
        if not dry_run:
            admin.wait_for_topics(client, [one.name for one in outcomes if one.code == 0], admin.has_leaders)
    return report_topics(
        outcomes, "would be created" if dry_run else "created", output_format, is_existing_fine=if_not_exists
    )


def report_topics(
    outcomes: Sequence[admin.Outcome], done: str, output_format: str, *, is_existing_fine: bool = False
) -> int:
    """Print one line, or one row of JSON, per topic; return 1 where one failed. Failures go to standard error too."""
    rows: list[dict[str, Any]] = []
    exit_code = 0
    for outcome in outcomes:
        is_known = is_existing_fine and outcome.code == TOPIC_ALREADY_EXISTS
        failure = error_text(outcome.code, outcome.message) if outcome.code and not is_known else None
        result = "exists" if is_known else done
        rows.append(
            {
                "name": outcome.name,
                "result": "failed" if failure else result,
                "partitions": outcome.partition_count,
                "error": failure,
            }
        )
        if failure:
            click.echo(f"kafkalite: {outcome.name}: {failure}", err=True)
            exit_code = 1
        elif output_format == "table":
            count = outcome.partition_count
            shape = f" ({count} partition{'s' if count > 1 else ''})" if count and not is_known else ""
            click.echo(f"{outcome.name} {result}{shape}")
    if output_format != "table":
        print_rows(rows, output_format, ())
    return exit_code


@command.command("list")
@client_options
@output_option
@click.option("--internal", is_flag=True, help="Show internal topics too.")
def list_topics(target: Target, output_format: str, internal: bool) -> None:
    """List topics."""
    with connect(target) as client:
        topics = client.metadata(None).topics
    rows = [
        {"name": topic.name, "partitions": len(topic.partitions), "internal": topic.is_internal}
        for topic in sorted(topics, key=lambda topic: topic.name or "")
        if internal or not topic.is_internal
    ]
    print_rows(rows, output_format, ("name", "partitions"))


@command.command("describe")
@click.argument("names", nargs=-1, required=True, metavar="TOPIC...")
@client_options
@output_option
def describe(names: tuple[str, ...], target: Target, output_format: str) -> int:
    """Show the partitions, offsets and changed configs of topics."""
    found: list[dict[str, Any]] = []
    missing: list[str] = []
    with connect(target) as client:
        for topic in client.metadata(names).topics:
            if admin.is_missing(topic):
                missing.append(topic.name or "")
            elif topic.error_code:
                raise BrokerError(topic.error_code, None, topic.name or "")
            else:
                found.append(describe_topic(client, topic))
    if output_format == "table":
        for facts in found:
            click.echo(f"{facts['name']}  id {facts['topic_id']}" if facts["topic_id"] else facts["name"])
            for name, value in facts["configs"].items():
                click.echo(f"  {name}={value}")
            print_rows(facts["partitions"], "table", PARTITION_COLUMNS)
    else:
        print_rows(found, output_format, ())
    for name in missing:
        click.echo(f"kafkalite: {missing_topic_text(name)}", err=True)
    return 1 if missing else 0


def missing_topic_text(name: str) -> str:
    """Return the message about a topic that does not exist."""
    return f"there is no topic {name}; list them with: kafkalite topic list (create it: kafkalite topic create {name})"


def describe_topic(client: Client, topic: Any) -> dict[str, Any]:
    """Return the description of one topic of a Metadata response."""
    partitions = sorted(topic.partitions, key=lambda partition: partition.partition_index)
    keys = [TopicPartition(topic.name, partition.partition_index) for partition in partitions]
    starts = list_offsets(client, dict.fromkeys(keys, EARLIEST))
    ends = list_offsets(client, dict.fromkeys(keys, LATEST))
    configs = admin.describe_configs(client, admin.TOPIC, topic.name)
    return {
        "name": topic.name,
        "topic_id": None if topic.topic_id == ZERO_UUID else uuid_to_text(topic.topic_id),
        "internal": topic.is_internal,
        "partitions": [
            {
                "partition": key.partition,
                "leader": partition.leader_id,
                "replicas": partition.replica_nodes,
                "isr": partition.isr_nodes,
                "start_offset": starts[key],
                "end_offset": ends[key],
            }
            for key, partition in zip(keys, partitions, strict=True)
        ],
        "configs": {
            config.name: config.value for config in configs if config.source in admin.DYNAMIC_SOURCES[admin.TOPIC]
        },
    }


@command.command("alter")
@click.argument("name", metavar="TOPIC")
@client_options
@click.option("-p", "--partitions", type=int, help="Raise the number of partitions to this.")
@click.option("-c", "--config", "configs", multiple=True, metavar="KEY=VALUE", help="Set a config; may be repeated.")
@click.option("--delete-config", "deleted", multiple=True, metavar="KEY", help="Return a config to its default.")
@click.option("--dry-run", is_flag=True, help="Only check; change nothing.")
@output_option
def alter(
    name: str,
    target: Target,
    partitions: int | None,
    configs: tuple[str, ...],
    deleted: tuple[str, ...],
    dry_run: bool,
    output_format: str,
) -> int:
    """Change the configs or raise the number of partitions of a topic."""
    changes: dict[str, tuple[int, str | None]] = {
        key: (admin.SET, value) for key, value in parse_configs(configs).items()
    }
    changes |= dict.fromkeys(deleted, (admin.DELETE, None))
    if not changes and partitions is None:
        raise click.UsageError("nothing to change: give --partitions, --config or --delete-config")
    failures = []
    with connect(target) as client:
        try:
            if changes:
                admin.alter_configs(client, admin.TOPIC, name, changes, is_dry_run=dry_run)
        except BrokerError as problem:
            failures.append(problem)
        try:
            if partitions is not None:
                admin.create_partitions(client, name, partitions, is_dry_run=dry_run)
                if not dry_run:
                    admin.wait_for_topics(client, [name], lambda topic: len(topic.partitions) >= partitions)
        except BrokerError as problem:
            failures.append(problem)
    for failure in failures:
        click.echo(f"kafkalite: {failure}", err=True)
    done = "would be altered" if dry_run else "altered"
    if output_format != "table":
        errors = [str(failure) for failure in failures] or None
        print_rows([{"name": name, "result": "failed" if errors else done, "errors": errors}], output_format, ())
    elif not failures:
        click.echo(f"{name} {done}")
    return 1 if failures else 0


@command.command("delete")
@click.argument("names", nargs=-1, required=True, metavar="TOPIC...")
@client_options
@click.option("-y", "--yes", is_flag=True, help="Do not ask, where a terminal would be asked.")
@click.option("--if-exists", is_flag=True, help="A topic that does not exist is no failure.")
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
@output_option
def delete(
    names: tuple[str, ...], target: Target, yes: bool, if_exists: bool, dry_run: bool, output_format: str
) -> int:
    """Delete topics with all their records."""
    with connect(target) as client:
        existing = set(admin.list_topic_names(client))
        wanted = [name for name in names if name in existing]
        if not if_exists and len(wanted) < len(names):
            raise ClientFailure(f"there is no topic {', '.join(name for name in names if name not in existing)}")
        if dry_run or not wanted:
            outcomes = [admin.Outcome(name, 0) for name in wanted]
            return report_topics(outcomes, "would be deleted", output_format)
        if not yes and sys.stdin.isatty():
            click.confirm(f"Delete {', '.join(wanted)} with all records?", abort=True)
        outcomes = admin.delete_topics(client, wanted)
        admin.wait_for_topics(client, [one.name for one in outcomes if one.code == 0], admin.is_missing)
        return report_topics(outcomes, "deleted", output_format)
