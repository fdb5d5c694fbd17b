"""``kafkalite group list|describe|lag|seek|delete``."""

from __future__ import annotations

import sys
from typing import Any

import click

from kafkalite.cli.client import ClientFailure, Target, client_options, connect
from kafkalite.cli.group_facts import GROUP_COLUMNS, LAG_COLUMNS, describe_rows, get_group, lag_rows, print_groups
from kafkalite.cli.group_seek import command as seek
from kafkalite.cli.name_completion import complete_group, complete_topic
from kafkalite.cli.output import output_option, print_rows
from kafkalite.cli.seeking import Selection, parse_selection
from kafkalite.cli.suggestions import SuggestingGroup, did_you_mean
from kafkalite.cli.watching import Rows, show, watch_options
from kafkalite.client import groups
from kafkalite.client.client import Client
from kafkalite.client.errors import BrokerError
from kafkalite.client.offsets import TopicPartition
from kafkalite.protocol.errors import GROUP_ID_NOT_FOUND, GROUP_SUBSCRIBED_TO_TOPIC, NON_EMPTY_GROUP


@click.group("group", cls=SuggestingGroup)
def command() -> None:
    """List, describe, seek and delete consumer groups, and show their lag.

    Classic groups and those of the new protocol (group.protocol=consumer) are treated alike.
    """


command.add_command(seek)


@command.command("list", epilog="Example: kafkalite group list --state Empty")
@client_options
@output_option
@click.option("--state", "states", multiple=True, metavar="STATE", help="Only in this state; may be repeated.")
@click.option("--type", "types", multiple=True, metavar="TYPE", help="Only classic, consumer, share or streams groups.")
def list_groups(target: Target, output_format: str, states: tuple[str, ...], types: tuple[str, ...]) -> None:
    """List groups of all types."""
    wanted_states = {state.lower() for state in states}
    wanted_types = {one.lower() for one in types}
    with connect(target) as client:
        found = groups.list_groups(client)
    rows = [
        group._asdict()
        for group in found
        if (not wanted_states or group.state.lower() in wanted_states)
        and (not wanted_types or group.type in wanted_types)
    ]
    print_rows(rows, output_format, GROUP_COLUMNS)


@command.command("describe", epilog="Example: kafkalite group describe billing --watch --interval 5s")
@click.argument("names", nargs=-1, required=True, metavar="GROUP...", shell_complete=complete_group)
@client_options
@output_option
@watch_options
def describe(names: tuple[str, ...], target: Target, output_format: str, interval_ms: int | None) -> None:
    """Show the state, the members and the assignment of groups."""
    with connect(target) as client:
        show(lambda: describe_rows(client, names), print_groups, output_format, interval_ms)


@command.command(
    "lag", short_help="Show the lag of each partition.", epilog="Example: kafkalite group lag billing --output jsonl"
)
@click.argument("names", nargs=-1, metavar="[GROUP...]", shell_complete=complete_group)
@client_options
@output_option
@watch_options
def lag(names: tuple[str, ...], target: Target, output_format: str, interval_ms: int | None) -> None:
    """Show the lag of each partition: records between committed offset and end; without names, of all groups."""

    def print_lag(rows: Rows) -> None:
        print_rows(rows, "table", LAG_COLUMNS)
        total = sum(row["lag"] or 0 for row in rows)
        without = sum(row["committed"] is None for row in rows)
        more = f", {without} partition{'s have' if without > 1 else ' has'} no committed offset" if without else ""
        click.echo(f"total lag: {total}{more}" if rows else "no offsets are committed")

    with connect(target) as client:
        show(lambda: lag_rows(client, names), print_lag, output_format, interval_ms)


@command.command(
    "delete",
    short_help="Delete groups, or offsets of some topics.",
    epilog="Example: kafkalite group delete billing --topic orders:0 --dry-run",
)
@click.argument("names", nargs=-1, required=True, metavar="GROUP...", shell_complete=complete_group)
@client_options
@output_option
@click.option(
    "--topic",
    "topics",
    multiple=True,
    metavar="TOPIC[:PARTITION,...]",
    shell_complete=complete_topic,
    help="Only delete the offsets of this topic; may be repeated.",
)
@click.option("-y", "--yes", is_flag=True, help="Do not ask, where a terminal would be asked.")
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
def delete(
    names: tuple[str, ...], target: Target, output_format: str, topics: tuple[str, ...], yes: bool, dry_run: bool
) -> int:
    """Delete groups without members, with all their committed offsets, or only offsets of some topics."""
    selections = [selection(text) for text in topics]
    with connect(target) as client:
        rows = [find_deletion(client, name, selections) for name in names]
        if not dry_run and not yes and sys.stdin.isatty():
            click.confirm(f"Delete {'offsets of ' if selections else ''}{', '.join(names)}?", abort=True)
        for row in rows:
            if row["error"] is None and not dry_run:
                carry_out(client, row)
    done = "would be deleted" if dry_run else "deleted"
    for row in rows:
        row.pop("partitions")
        row["result"] = "failed" if row["error"] else done
        if row["error"]:
            click.echo(f"kafkalite: {row['group']}: {row['error']}", err=True)
        elif output_format == "table":
            click.echo(f"{row['group']}: {row['offsets']} offset(s) {done}" if selections else f"{row['group']} {done}")
    if output_format != "table":
        print_rows(rows, output_format, ())
    return 1 if any(row["error"] for row in rows) else 0


def selection(text: str) -> Selection:
    """Return the selection of a ``--topic`` option.

    Raises:
        BadParameter: the option's value cannot be used.
    """
    try:
        return parse_selection(text)
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="--topic") from None


def find_deletion(client: Client, name: str, selections: list[Selection]) -> dict[str, Any]:
    """Return the planned deletion of a group or its offsets: {"group", "offsets", "partitions", "error"}.

    ``partitions`` is None for the whole group.

    Raises:
        ClientFailure: a selection matches no committed offset.
    """
    group = get_group(client, name)
    committed = groups.fetch_committed(client, name)
    if not selections:
        error = members_text(len(group.members)) if group.members else None
        return {"group": name, "offsets": len(committed), "partitions": None, "error": error}
    chosen: list[TopicPartition] = []
    for one in selections:
        found = [key for key in committed if is_selected(key, one)]
        if not found:
            asked = one.topic if one.partitions is None else f"{one.topic}:{','.join(map(str, one.partitions))}"
            hint = did_you_mean(one.topic, {key.topic for key in committed})
            raise ClientFailure(f"group {name} has no committed offset of {asked}{hint}")
        chosen += found
    return {"group": name, "offsets": len(chosen), "partitions": chosen, "error": None}


def is_selected(partition: TopicPartition, one: Selection) -> bool:
    """Return whether a selection covers a partition."""
    return partition.topic == one.topic and (one.partitions is None or partition.partition in one.partitions)


def members_text(count: int) -> str:
    """Return the reason why a group with members is not deleted."""
    return f"it has {count} member{'s' if count > 1 else ''}: stop its consumers first"


def carry_out(client: Client, row: dict[str, Any]) -> None:
    """Delete what ``find_deletion`` found, and store a refusal in the row's ``error``."""
    try:
        if row["partitions"] is None:
            groups.delete_group(client, row["group"])
        else:
            groups.delete_offsets(client, row["group"], row["partitions"])
    except BrokerError as problem:
        row["error"] = {
            NON_EMPTY_GROUP: "it has members: stop its consumers first",
            GROUP_ID_NOT_FOUND: "it no longer exists",
            GROUP_SUBSCRIBED_TO_TOPIC: "its consumers are subscribed to the topic: stop them first",
        }.get(problem.code, str(problem))
