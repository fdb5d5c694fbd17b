"""``kafkalite topic delete-records``."""

from __future__ import annotations

import sys
import time

import click

from kafkalite.cli.client import ClientFailure, Target, client_options, connect
from kafkalite.cli.output import output_option, print_rows
from kafkalite.cli.positions import Position, parse_position
from kafkalite.client import admin
from kafkalite.client.client import Client
from kafkalite.client.offsets import EARLIEST, LATEST, TopicPartition, list_offsets


@click.command("delete-records")
@click.argument("name", metavar="TOPIC")
@client_options
@click.option(
    "--before",
    required=True,
    metavar="POSITION",
    help="What goes: everything before end, an offset, -N (from the end), 10m (ago) or an ISO time.",
)
@click.option("-p", "--partition", "wanted", type=int, multiple=True, help="Only of this one; may be repeated.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask, where a terminal would be asked.")
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
@output_option
def command(
    name: str, target: Target, before: str, wanted: tuple[int, ...], yes: bool, dry_run: bool, output_format: str
) -> None:
    """Delete the oldest records of a topic."""
    try:
        position = parse_position(before, round(time.time() * 1000))
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="--before") from None
    with connect(target) as client:
        starts, ends = find_offsets(client, name, wanted)
        stops = resolve(client, position, starts, ends)
        counts = {partition: max(stop - starts[partition], 0) for partition, stop in stops.items()}
        if not dry_run and not yes and sys.stdin.isatty():
            click.confirm(f"Delete {sum(counts.values())} offset(s) of {name}?", abort=True)
        if not dry_run:
            admin.delete_records(client, stops)
    if output_format != "table":
        rows = [
            {"topic": name, "partition": partition.partition, "before": stops[partition], "offsets": count}
            for partition, count in sorted(counts.items())
        ]
        print_rows(rows, output_format, ())
        return
    done = "would be deleted" if dry_run else "deleted"
    for partition, count in sorted(counts.items()):
        click.echo(f"{partition}: {count} offset(s) before {stops[partition]} {done}")


def find_offsets(
    client: Client, name: str, wanted: tuple[int, ...]
) -> tuple[dict[TopicPartition, int], dict[TopicPartition, int]]:
    """Return the first offset of each partition and one past its last.

    Raises:
        ClientFailure: it cannot be done; the text says why.
    """
    [topic] = client.metadata([name]).topics
    if topic.error_code:
        raise ClientFailure(f"there is no topic {name}")
    indexes = {partition.partition_index for partition in topic.partitions}
    unknown = sorted(set(wanted) - indexes)
    if unknown:
        raise ClientFailure(f"{name} has no partition {', '.join(map(str, unknown))}")
    partitions = [TopicPartition(name, index) for index in sorted(set(wanted) or indexes)]
    return (
        list_offsets(client, dict.fromkeys(partitions, EARLIEST)),
        list_offsets(client, dict.fromkeys(partitions, LATEST)),
    )


def resolve(
    client: Client, position: Position, starts: dict[TopicPartition, int], ends: dict[TopicPartition, int]
) -> dict[TopicPartition, int]:
    """Return the offset of a position in each partition; an offset past the end is left to the broker to refuse."""
    if position.kind == "time":
        found = list_offsets(client, dict.fromkeys(starts, position.value))
        return {partition: ends[partition] if offset < 0 else offset for partition, offset in found.items()}
    return {
        partition: {
            "start": start,
            "end": ends[partition],
            "offset": position.value,
            "tail": max(start, ends[partition] - position.value),
        }[position.kind]
        for partition, start in starts.items()
    }
