"""``kafkalite consume``: prints records in kcat's formats or as JSON envelopes; never joins a group."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import IO

import click

from kafkalite.cli.client import ClientFailure, Target, client_options, connect
from kafkalite.cli.durations import duration_ms
from kafkalite.cli.envelope import format_envelope
from kafkalite.cli.positions import Position, parse_position
from kafkalite.cli.reading import Reader
from kafkalite.cli.record_format import compile_format
from kafkalite.client.client import Client
from kafkalite.client.errors import BrokerError
from kafkalite.client.fetcher import FetchedRecord
from kafkalite.client.offsets import READ_COMMITTED, READ_UNCOMMITTED, TopicPartition
from kafkalite.protocol.errors import UNKNOWN_TOPIC_OR_PARTITION

POLL_TIMEOUT_MS = 200
ISOLATION_LEVELS = {"read_committed": READ_COMMITTED, "read_uncommitted": READ_UNCOMMITTED}
FORMAT_HELP = "kcat's tokens: %t %p %o %T %k %K %s %S %R %h %%, and %v for %s; \\n, \\t, \\xHH."


def position_callback(_context: click.Context, parameter: click.Parameter, text: str | None) -> Position | None:
    """Convert an option's text to a position; None stays None."""
    if text is None:
        return None
    try:
        return parse_position(text, round(time.time() * 1000))
    except ValueError as problem:
        raise click.BadParameter(str(problem), param=parameter) from None


@click.command("consume")
@click.argument("topics", nargs=-1, required=True, metavar="TOPIC...")
@client_options
@click.option("-p", "--partition", "partitions", type=int, multiple=True, help="Only this one; may be repeated.")
@click.option("-f", "--format", "format_text", metavar="FORMAT", help=FORMAT_HELP)
@click.option("-o", "--output", type=click.Choice(("value", "jsonl")), default="value", help="Without -f. [value]")
@click.option("-Z", "--null-as-text", is_flag=True, help="Print null as NULL, not as nothing.")
@click.option(
    "--from",
    "start",
    default="start",
    callback=position_callback,
    metavar="POSITION",
    show_default=True,
    help="start, end, an offset, -N (before the end), 10m (ago), an ISO time.",
)
@click.option("--tail", type=click.IntRange(0), metavar="N", help="The last N records of each partition: --from -N.")
@click.option("--until", "stop", callback=position_callback, metavar="POSITION", help="end, an offset or a time.")
@click.option("-e", "--exit-at-end", is_flag=True, help="Stop at the end as it is when starting: --until end.")
@click.option("-n", "--count", type=click.IntRange(1), help="Stop after this many records.")
@click.option("--timeout", "timeout_ms", callback=duration_ms, metavar="TIME", help="Stop after so long without one.")
@click.option(
    "--isolation",
    type=click.Choice(tuple(ISOLATION_LEVELS)),
    default="read_committed",
    show_default=True,
    help="Whether records of open and aborted transactions are shown.",
)
def command(
    topics: tuple[str, ...],
    target: Target,
    partitions: tuple[int, ...],
    format_text: str | None,
    output: str,
    null_as_text: bool,
    start: Position,
    tail: int | None,
    stop: Position | None,
    exit_at_end: bool,
    count: int | None,
    timeout_ms: int | None,
    isolation: str,
) -> int:
    """Print the records of topics, from the start and then as they arrive, until Ctrl-C or the end that options set.

    The exit code is 1 if --timeout passed before --count records arrived.
    """
    if stop is not None and stop.kind == "time" and stop.value > time.time() * 1000:
        raise click.BadParameter("the time is in the future", param_hint="--until")
    if stop is not None and exit_at_end:
        raise click.UsageError("--exit-at-end and --until exclude each other")
    print_record = make_printer(format_text, output, b"NULL" if null_as_text else b"")
    with connect(target) as client:
        reader = Reader(
            client,
            find_partitions(client, topics, partitions),
            Position("tail", tail) if tail is not None else start,
            Position("end") if exit_at_end else stop,
            isolation_level=ISOLATION_LEVELS[isolation],
            notify=lambda text: click.echo(f"kafkalite: {text}", err=True),
        )
        printed = print_all(batches(reader, timeout_ms), print_record, count, sys.stdout.buffer)
    return 1 if timeout_ms is not None and count is not None and printed < count else 0


def make_printer(format_text: str | None, output: str, null_text: bytes) -> Callable[[FetchedRecord], bytes]:
    """Return the function that turns a record into its printed form.

    Raises:
        BadParameter: the format has an unknown token.
    """
    if format_text is None and output == "jsonl":
        return lambda record: format_envelope(record).encode("utf-8", "surrogatepass") + b"\n"
    try:
        return compile_format(r"%s\n" if format_text is None else format_text, null_text)
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="--format") from None


def find_partitions(client: Client, topics: tuple[str, ...], chosen: tuple[int, ...]) -> list[TopicPartition]:
    """Return the partitions to read, in order.

    Raises:
        ClientFailure: a topic or a partition does not exist.
    """
    found = []
    known = {topic.name: topic for topic in client.metadata(dict.fromkeys(topics)).topics}
    for name in dict.fromkeys(topics):
        topic = known[name]
        if topic.error_code == UNKNOWN_TOPIC_OR_PARTITION:
            raise ClientFailure(f"there is no topic {name}; create it with: kafkalite topic create {name}")
        if topic.error_code:
            raise BrokerError(topic.error_code, None, name)
        numbers = {partition.partition_index for partition in topic.partitions}
        missing = set(chosen) - numbers
        if missing:
            raise ClientFailure(f"topic {name} has no partition {min(missing)} (it has {len(numbers)})")
        found += [TopicPartition(name, number) for number in sorted(set(chosen) or numbers)]
    return found


def batches(reader: Reader, timeout_ms: int | None) -> Iterator[list[FetchedRecord]]:
    """Yield the records of each poll until the reader is at its end or no record came for ``timeout_ms``."""
    last = time.monotonic()
    while not reader.is_finished():
        records = reader.poll(POLL_TIMEOUT_MS)
        yield records
        if records:
            last = time.monotonic()
        elif timeout_ms is not None and (time.monotonic() - last) * 1000 >= timeout_ms:
            return


def print_all(
    polled: Iterator[list[FetchedRecord]],
    print_record: Callable[[FetchedRecord], bytes],
    count: int | None,
    output: IO[bytes],
) -> int:
    """Print records until the input ends or ``count`` are printed; return how many were printed."""
    printed = 0
    for records in polled:
        for record in records:
            output.write(print_record(record))
            printed += 1
            if printed == count:
                output.flush()
                return printed
        if records:
            output.flush()
    return printed
