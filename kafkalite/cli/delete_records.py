"""``kafkalite topic delete-records``."""

from __future__ import annotations

import sys
import time
from typing import Any

import click

from kafkalite.cli.client import ClientFailure, bootstrap_option, connect_admin
from kafkalite.cli.positions import Position, parse_position

EARLIEST, LATEST = -2, -1


@click.command("delete-records")
@click.argument("name", metavar="TOPIC")
@bootstrap_option
@click.option(
    "--before",
    required=True,
    metavar="POSITION",
    help="What goes: everything before end, an offset, -N (from the end), 10m (ago) or an ISO time.",
)
@click.option("-p", "--partition", "wanted", type=int, multiple=True, help="Only of this one; may be repeated.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask, where a terminal would be asked.")
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
def command(name: str, bootstrap: str, before: str, wanted: tuple[int, ...], yes: bool, dry_run: bool) -> None:
    """Delete the oldest records of a topic."""
    try:
        position = parse_position(before, round(time.time() * 1000))
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="--before") from None
    admin = connect_admin(bootstrap)
    try:
        starts, ends = find_offsets(admin, name, wanted)
        stops = resolve(admin, position, starts, ends)
        counts = {partition: max(stop - starts[partition], 0) for partition, stop in stops.items()}
        if not dry_run and not yes and sys.stdin.isatty():
            click.confirm(f"Delete {sum(counts.values())} offset(s) of {name}?", abort=True)
        if not dry_run:
            admin.delete_records(stops)
    finally:
        admin.close()
    done = "would be deleted" if dry_run else "deleted"
    for partition, count in sorted(counts.items()):
        click.echo(f"{name}-{partition.partition}: {count} offset(s) before {stops[partition]} {done}")


def find_offsets(admin: Any, name: str, wanted: tuple[int, ...]) -> tuple[dict[Any, int], dict[Any, int]]:
    """Return the first offset of each partition and the one behind its last; raises ClientFailure."""
    from kafka import TopicPartition

    [topic] = admin.describe_topics([name])
    if topic["error_code"]:
        raise ClientFailure(f"there is no topic {name}")
    indexes = {partition["partition_index"] for partition in topic["partitions"]}
    unknown = sorted(set(wanted) - indexes)
    if unknown:
        raise ClientFailure(f"{name} has no partition {', '.join(map(str, unknown))}")
    partitions = [TopicPartition(name, index) for index in sorted(set(wanted) or indexes)]
    return list_offsets(admin, partitions, EARLIEST), list_offsets(admin, partitions, LATEST)


def list_offsets(admin: Any, partitions: Any, timestamp: int) -> dict[Any, int]:
    """Return an offset of each partition by a time in ms or a special one; -1 where no record is as new."""
    found = admin.list_partition_offsets(dict.fromkeys(partitions, timestamp))
    return {partition: found[partition].offset for partition in partitions}


def resolve(admin: Any, position: Position, starts: dict[Any, int], ends: dict[Any, int]) -> dict[Any, int]:
    """Return the offset of a position in each partition; an offset behind the end is left to the broker to refuse."""
    if position.kind == "time":
        found = list_offsets(admin, starts, position.value)
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
