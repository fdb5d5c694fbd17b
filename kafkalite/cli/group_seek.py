"""``kafkalite group seek``."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import Any

import click

from kafkalite.cli.client import ClientFailure, Target, client_options, connect
from kafkalite.cli.group_facts import NoSuchGroup, get_group
from kafkalite.cli.name_completion import complete_group, complete_topic
from kafkalite.cli.naming import missing_topic_text
from kafkalite.cli.output import output_option, print_rows
from kafkalite.cli.positions import Position
from kafkalite.cli.seeking import PartitionOffsets, Selection, Step, find_step, parse_destination, parse_selection
from kafkalite.client import admin, groups
from kafkalite.client.client import Client
from kafkalite.client.errors import BrokerError
from kafkalite.client.groups import Committed
from kafkalite.client.offsets import EARLIEST, LATEST, TopicPartition, list_offsets
from kafkalite.protocol.errors import UNKNOWN_MEMBER_ID

COLUMNS = ("topic", "partition", "committed", "new", "lag", "remark")


@click.command("seek", epilog="Example: kafkalite group seek billing orders:0,1 --to -1h --dry-run")
@click.argument("name", metavar="GROUP", shell_complete=complete_group)
@click.argument("selections", nargs=-1, metavar="[TOPIC[:PARTITION,...]]...", shell_complete=complete_topic)
@client_options
@output_option
@click.option(
    "--to",
    "destination",
    metavar="POSITION",
    help="start, end, current, an offset, -N (before the end), 1h or -1h (ago), an ISO time.",
)
@click.option("--shift", type=int, metavar="N", help="Move the committed offsets N forward; -N = back.")
@click.option("--all-topics", is_flag=True, help="All topics of which the group has committed offsets.")
@click.option("--create", is_flag=True, help="The group may be a new one.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask, where a terminal would be asked.")
@click.option("--dry-run", is_flag=True, help="Only show the new offsets.")
def command(
    name: str,
    selections: tuple[str, ...],
    target: Target,
    output_format: str,
    destination: str | None,
    shift: int | None,
    all_topics: bool,
    create: bool,
    yes: bool,
    dry_run: bool,
) -> None:
    """Set the committed offsets of a group that has no members.

    \b
    The first record to be read next:
      --to start               the oldest record there is
      --to end                 the next record that arrives
      --to 42                  offset 42 in each partition
      --to -100                the last 100 records of each partition
      --to 1h                  the records of the last hour
      --to 2026-01-31T12:00    the first record of that time or later
      --shift -10              ten records before the committed offset
    """
    wanted = find_wanted(selections, all_topics)
    position = find_position(destination, shift)
    with connect(target) as client:
        committed = find_group(client, name, create)
        partitions = choose(client, name, wanted, committed)
        steps = plan(client, partitions, position, committed)
        rows = [seek_row(name, partition, committed.get(partition), *steps[partition]) for partition in partitions]
        if output_format == "table":
            print_rows(rows, "table", COLUMNS)
        if not dry_run:
            if not yes and sys.stdin.isatty():
                click.confirm(f"Set {len(rows)} offset(s) of {name}?", abort=True)
            commit(client, name, {partition: step.offset for partition, (step, _) in steps.items()})
    if output_format == "table":
        click.echo(f"{name}: {len(rows)} offset(s) {'would be set' if dry_run else 'set'}")
    else:
        print_rows([row | {"is_set": not dry_run} for row in rows], output_format, ())


def find_wanted(texts: tuple[str, ...], all_topics: bool) -> list[Selection]:
    """Return the selections of the command line, empty for all topics.

    Raises:
        UsageError: the command line cannot be understood.
        BadParameter: the option's value cannot be used.
    """
    if bool(texts) == all_topics:
        raise click.UsageError("name topics, as in orders or orders:0,1, or give --all-topics")
    try:
        return [parse_selection(text) for text in texts]
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="TOPIC") from None


def find_position(destination: str | None, shift: int | None) -> Position:
    """Return the destination of ``--to`` or ``--shift``.

    Raises:
        UsageError: the command line cannot be understood.
        BadParameter: the option's value cannot be used.
    """
    if (destination is None) == (shift is None):
        raise click.UsageError("say where to: either --to POSITION or --shift N")
    if destination is None:
        assert shift is not None
        return Position("shift", shift)
    try:
        return parse_destination(destination, round(time.time() * 1000))
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="--to") from None


def find_group(client: Client, name: str, is_new_allowed: bool) -> dict[TopicPartition, Committed]:
    """Return the committed offsets of a group without members.

    Raises:
        ClientFailure: it cannot be done; the text says why.
    """
    try:
        group = get_group(client, name)
    except NoSuchGroup as problem:
        if is_new_allowed:
            return {}
        raise ClientFailure(f"{problem} (--create makes a new one)") from None
    if group.members:
        count = len(group.members)
        raise ClientFailure(
            f"group {name} has {count} member{'s' if count > 1 else ''}, which would overwrite the offsets: stop its "
            "consumers first"
        )
    return groups.fetch_committed(client, name)


def choose(
    client: Client, name: str, wanted: Sequence[Selection], committed: dict[TopicPartition, Committed]
) -> list[TopicPartition]:
    """Return the partitions to seek in, sorted.

    Raises:
        ClientFailure: a topic or partition does not exist.
    """
    selections = wanted or [Selection(topic) for topic in sorted({partition.topic for partition in committed})]
    if not selections:
        raise ClientFailure(f"group {name} has no committed offsets: name the topics")
    chosen: set[TopicPartition] = set()
    for topic in client.metadata(sorted({one.topic for one in selections})).topics:
        topic_name = topic.name or ""
        if admin.is_missing(topic):
            raise ClientFailure(missing_topic_text(client, topic_name))
        if topic.error_code:
            raise BrokerError(topic.error_code, None, topic_name)
        known = {one.partition_index for one in topic.partitions}
        for one in selections:
            if one.topic == topic_name:
                missing = set(one.partitions or ()) - known
                if missing:
                    raise ClientFailure(f"topic {topic_name} has no partition {min(missing)} (it has {len(known)})")
                chosen |= {TopicPartition(topic_name, number) for number in one.partitions or known}
    return sorted(chosen)


def plan(
    client: Client,
    partitions: Sequence[TopicPartition],
    position: Position,
    committed: dict[TopicPartition, Committed],
) -> dict[TopicPartition, tuple[Step, int]]:
    """Return (new offset, end of the log) per partition.

    Raises:
        ClientFailure: a shift of a partition without a committed offset.
    """
    starts = list_offsets(client, dict.fromkeys(partitions, EARLIEST))
    ends = list_offsets(client, dict.fromkeys(partitions, LATEST))
    is_time = position.kind == "time"
    at_time = list_offsets(client, dict.fromkeys(partitions, position.value)) if is_time else {}
    steps = {}
    for partition in partitions:
        offset = committed[partition].offset if partition in committed else None
        found = at_time.get(partition, -1)
        known = PartitionOffsets(starts[partition], ends[partition], offset, None if found < 0 else found)
        try:
            steps[partition] = (find_step(position, known), known.end)
        except ValueError as problem:
            raise ClientFailure(f"{partition} {problem}; leave it out, or use --to") from None
    return steps


def seek_row(name: str, partition: TopicPartition, before: Committed | None, step: Step, end: int) -> dict[str, Any]:
    """Return a partition's part of the answer."""
    return {
        "group": name,
        "topic": partition.topic,
        "partition": partition.partition,
        "committed": before.offset if before else None,
        "new": step.offset,
        "end_offset": end,
        "lag": end - step.offset,
        "remark": step.remark,
    }


def commit(client: Client, name: str, offsets: dict[TopicPartition, int]) -> None:
    """Commit the new offsets.

    Raises:
        ClientFailure: a member has joined meanwhile.
    """
    try:
        groups.commit_offsets(client, name, offsets)
    except BrokerError as problem:
        if problem.code != UNKNOWN_MEMBER_ID:
            raise
        raise ClientFailure(f"group {name} has members now: stop its consumers first") from None
