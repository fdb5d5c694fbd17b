"""``kafkalite topic create|list|describe|alter|delete|delete-records``."""

from __future__ import annotations

import sys
from typing import Any

import click

from kafkalite.cli.client import ClientFailure, bootstrap_option, connect_admin
from kafkalite.cli.delete_records import command as delete_records
from kafkalite.cli.output import output_option, print_rows


@click.group("topic")
def command() -> None:
    """Create, list, describe, alter and delete topics."""


command.add_command(delete_records)


def parse_configs(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return the configs of ``-c key=value`` options; raises BadParameter."""
    configs = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise click.BadParameter(f"{pair!r} is not KEY=VALUE", param_hint="--config")
        configs[name] = value
    return configs


def failure_of(code: int, message: str | None) -> str:
    """Return an error code of a reply in words."""
    from kafka.errors import for_code

    name = for_code(code).__name__.removesuffix("Error")
    return f"{name}: {message}" if message else name


@command.command("create")
@click.argument("names", nargs=-1, required=True, metavar="TOPIC...")
@bootstrap_option
@click.option("-p", "--partitions", type=int, default=-1, help="Number of partitions. [default: the broker's]")
@click.option("-r", "--replication-factor", type=int, default=-1, help="Replicas. [default: the broker's]")
@click.option("-c", "--config", "configs", multiple=True, metavar="KEY=VALUE", help="Topic config; may be repeated.")
@click.option("--if-not-exists", is_flag=True, help="A topic that exists is no failure.")
@click.option("--dry-run", is_flag=True, help="Only check; create nothing.")
def create(
    names: tuple[str, ...],
    bootstrap: str,
    partitions: int,
    replication_factor: int,
    configs: tuple[str, ...],
    if_not_exists: bool,
    dry_run: bool,
) -> int:
    """Create topics."""
    options = {"num_partitions": partitions, "replication_factor": replication_factor}
    wanted = {name: options | {"configs": parse_configs(configs)} for name in names}
    admin = connect_admin(bootstrap)
    try:
        reply = admin.create_topics(wanted, validate_only=dry_run, raise_errors=False)
    finally:
        admin.close()
    return report_topics(reply["topics"], "would be created" if dry_run else "created", if_not_exists)


def report_topics(results: list[dict[str, Any]], done: str, is_existing_fine: bool = False) -> int:
    """Print one line per topic of a reply; return 1 where one failed."""
    exit_code = 0
    for result in results:
        if result["error_code"] == 0:
            partitions = result.get("num_partitions") or -1
            shape = f" ({partitions} partition{'s' if partitions > 1 else ''})" if partitions > 0 else ""
            click.echo(f"{result['name']} {done}{shape}")
        elif is_existing_fine and result["error_code"] == 36:
            click.echo(f"{result['name']} exists")
        else:
            click.echo(f"kafkalite: {result['name']}: {failure_of(*error_of(result))}", err=True)
            exit_code = 1
    return exit_code


def error_of(result: dict[str, Any]) -> tuple[int, str | None]:
    """Return (error code, message or None) of one item of a reply."""
    return result["error_code"], result.get("error_message")


@command.command("list")
@bootstrap_option
@output_option
@click.option("--internal", is_flag=True, help="Show internal topics too.")
def list_topics(bootstrap: str, output_format: str, internal: bool) -> None:
    """List topics."""
    admin = connect_admin(bootstrap)
    try:
        topics = admin.describe_topics()
    finally:
        admin.close()
    rows = [
        {"name": topic["name"], "partitions": len(topic["partitions"]), "internal": bool(topic["is_internal"])}
        for topic in sorted(topics, key=lambda topic: topic["name"])
        if internal or not topic["is_internal"]
    ]
    print_rows(rows, output_format, ("name", "partitions"))


@command.command("describe")
@click.argument("names", nargs=-1, required=True, metavar="TOPIC...")
@bootstrap_option
@output_option
def describe(names: tuple[str, ...], bootstrap: str, output_format: str) -> int:
    """Show the partitions, offsets and changed configs of topics."""
    admin = connect_admin(bootstrap)
    try:
        topics = [describe_topic(admin, topic) for topic in admin.describe_topics(list(names))]
    finally:
        admin.close()
    found = [topic for topic in topics if "error" not in topic]
    if output_format == "table":
        for topic in found:
            click.echo(f"{topic['name']}  id {topic['topic_id']}")
            for name, value in topic["configs"].items():
                click.echo(f"  {name}={value}")
            print_rows(
                topic["partitions"], "table", ("partition", "leader", "replicas", "isr", "start_offset", "end_offset")
            )
    else:
        print_rows(found, output_format, ())
    for topic in topics:
        if "error" in topic:
            click.echo(f"kafkalite: {topic['name']}: {topic['error']}", err=True)
    return 0 if len(found) == len(topics) else 1


def describe_topic(admin: Any, topic: dict[str, Any]) -> dict[str, Any]:
    """Return what ``describe`` shows of one topic of a metadata reply; {"name", "error"} where it has an error."""
    from kafka import TopicPartition
    from kafka.admin import ConfigResource

    name = topic["name"]
    if topic["error_code"]:
        return {"name": name, "error": failure_of(topic["error_code"], None)}
    partitions = sorted(topic["partitions"], key=lambda partition: partition["partition_index"])
    keys = [TopicPartition(name, partition["partition_index"]) for partition in partitions]
    starts = admin.list_partition_offsets(dict.fromkeys(keys, -2))
    ends = admin.list_partition_offsets(dict.fromkeys(keys, -1))
    resources = admin.describe_configs([ConfigResource("topic", name)])
    configs = resources.get("topic", {}).get(name, {})
    return {
        "name": name,
        "topic_id": kafka_text(topic.get("topic_id")),
        "internal": bool(topic["is_internal"]),
        "partitions": [
            {
                "partition": key.partition,
                "leader": partition["leader_id"],
                "replicas": list(partition["replica_nodes"]),
                "isr": list(partition["isr_nodes"]),
                "start_offset": starts[key].offset,
                "end_offset": ends[key].offset,
            }
            for key, partition in zip(keys, partitions, strict=True)
        ],
        "configs": {key: config["value"] for key, config in sorted(configs.items())},
    }


def kafka_text(topic_id: str | None) -> str | None:
    """Return a topic id in Kafka's text form (url-safe base64 without padding); None where the reply has none."""
    import base64
    import uuid

    return None if topic_id is None else base64.urlsafe_b64encode(uuid.UUID(topic_id).bytes).decode().rstrip("=")


@command.command("alter")
@click.argument("name", metavar="TOPIC")
@bootstrap_option
@click.option("-p", "--partitions", type=int, help="Raise the number of partitions to this.")
@click.option("-c", "--config", "configs", multiple=True, metavar="KEY=VALUE", help="Set a config; may be repeated.")
@click.option("--delete-config", "deleted", multiple=True, metavar="KEY", help="Return a config to its default.")
@click.option("--dry-run", is_flag=True, help="Only check; change nothing.")
def alter(
    name: str, bootstrap: str, partitions: int | None, configs: tuple[str, ...], deleted: tuple[str, ...], dry_run: bool
) -> int:
    """Change the configs or raise the number of partitions of a topic."""
    changes: dict[str, Any] = {key: ("set", value) for key, value in parse_configs(configs).items()}
    changes |= dict.fromkeys(deleted, ("delete", None))
    if not changes and partitions is None:
        raise click.UsageError("nothing to change: give --partitions, --config or --delete-config")
    admin = connect_admin(bootstrap)
    try:
        failures = alter_configs(admin, name, changes, dry_run) if changes else []
        failures += alter_partitions(admin, name, partitions, dry_run) if partitions is not None else []
    finally:
        admin.close()
    for failure in failures:
        click.echo(f"kafkalite: {name}: {failure}", err=True)
    if not failures:
        click.echo(f"{name} {'would be altered' if dry_run else 'altered'}")
    return 1 if failures else 0


def alter_configs(admin: Any, name: str, changes: dict[str, Any], dry_run: bool) -> list[str]:
    """Set and unset configs of a topic; return what failed, in words."""
    from kafka.admin import ConfigResource

    resource = ConfigResource("topic", name, configs=changes)
    reply = admin.alter_configs([resource], validate_only=dry_run, raise_on_unknown=False, incremental=True)
    result = reply["topic"][name]
    return [] if result == "OK" else [result]


def alter_partitions(admin: Any, name: str, count: int, dry_run: bool) -> list[str]:
    """Raise the number of partitions; return what failed, in words."""
    reply = admin.create_partitions({name: count}, validate_only=dry_run, raise_errors=False)
    results = reply.results if hasattr(reply, "results") else reply["results"]
    rows = [result if isinstance(result, dict) else result.to_dict() for result in results]
    return [failure_of(*error_of(row)) for row in rows if row["error_code"]]


@command.command("delete")
@click.argument("names", nargs=-1, required=True, metavar="TOPIC...")
@bootstrap_option
@click.option("-y", "--yes", is_flag=True, help="Do not ask, where a terminal would be asked.")
@click.option("--if-exists", is_flag=True, help="A topic that does not exist is no failure.")
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
def delete(names: tuple[str, ...], bootstrap: str, yes: bool, if_exists: bool, dry_run: bool) -> int:
    """Delete topics with all their records."""
    admin = connect_admin(bootstrap)
    try:
        existing = set(admin.list_topics())
        wanted = [name for name in names if name in existing]
        if not if_exists and len(wanted) < len(names):
            raise ClientFailure(f"there is no topic {', '.join(name for name in names if name not in existing)}")
        if dry_run or not wanted:
            for name in wanted:
                click.echo(f"{name} would be deleted")
            return 0
        if not yes and sys.stdin.isatty():
            click.confirm(f"Delete {', '.join(wanted)} with all records?", abort=True)
        reply = admin.delete_topics(wanted, raise_errors=False)
    finally:
        admin.close()
    return report_topics(reply["topics"], "deleted")
