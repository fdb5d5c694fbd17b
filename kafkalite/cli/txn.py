"""``kafkalite txn list|describe|producers|abort``."""

from __future__ import annotations

import datetime
import sys
import time
from typing import Any

import click

from kafkalite.cli.client import ClientFailure, Target, client_options, connect
from kafkalite.cli.durations import duration_ms
from kafkalite.cli.name_completion import complete_topic, complete_transactional_id
from kafkalite.cli.naming import missing_topic_text
from kafkalite.cli.output import output_option, print_rows
from kafkalite.cli.seeking import parse_selection
from kafkalite.cli.suggestions import SuggestingGroup, did_you_mean
from kafkalite.client import admin, transactions
from kafkalite.client.client import Client
from kafkalite.client.errors import BrokerError
from kafkalite.client.offsets import TopicPartition
from kafkalite.client.transactions import Producer, Transaction
from kafkalite.protocol.errors import TRANSACTIONAL_ID_NOT_FOUND

LIST_COLUMNS = ("transactional_id", "state", "producer_id", "coordinator")
DESCRIBE_COLUMNS = (
    "transactional_id",
    "state",
    "producer_id",
    "producer_epoch",
    "coordinator",
    "timeout_ms",
    "started",
    "age_ms",
    "partitions",
)
PRODUCER_COLUMNS = (
    "topic",
    "partition",
    "producer_id",
    "producer_epoch",
    "last_sequence",
    "last_write",
    "transaction_start_offset",
)
ONGOING = "Ongoing"


@click.group("txn", cls=SuggestingGroup)
def command() -> None:
    """List, describe and abort transactions."""


@command.command("list", epilog="Example: kafkalite txn list --state Ongoing --min-age 1m")
@client_options
@output_option
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(transactions.STATES, case_sensitive=False),
    help="Only in this state; may be repeated.",
)
@click.option("--producer-id", "producer_ids", type=int, multiple=True, help="Only of this producer; may be repeated.")
@click.option("--min-age", "min_age_ms", callback=duration_ms, metavar="TIME", help="Only those that run for longer.")
def list_transactions(
    target: Target, output_format: str, states: tuple[str, ...], producer_ids: tuple[int, ...], min_age_ms: int | None
) -> None:
    """List transactional ids, whether a transaction runs or not."""
    with connect(target) as client:
        found = transactions.list_transactions(
            client, states=states, producer_ids=producer_ids, min_age_ms=-1 if min_age_ms is None else min_age_ms
        )
    print_rows([one._asdict() for one in found], output_format, LIST_COLUMNS)


@command.command("describe", epilog="Example: kafkalite txn describe billing-1 --output json")
@click.argument(
    "names", nargs=-1, required=True, metavar="TRANSACTIONAL_ID...", shell_complete=complete_transactional_id
)
@client_options
@output_option
def describe(names: tuple[str, ...], target: Target, output_format: str) -> None:
    """Show transactional ids with their running transaction."""
    with connect(target) as client:
        found = [get_transaction(client, name) for name in names]
    now_ms = round(time.time() * 1000)
    rows = [transaction_row(one, now_ms) for one in found]
    if output_format == "table":
        rows = [row | {"partitions": " ".join(map(str, one.partitions))} for row, one in zip(rows, found, strict=True)]
    print_rows(rows, output_format, DESCRIBE_COLUMNS)


def get_transaction(client: Client, name: str) -> Transaction:
    """Return a transactional id.

    Raises:
        ClientFailure: the id is unknown.
        BrokerError: the broker refuses.
    """
    try:
        return transactions.describe_transaction(client, name)
    except BrokerError as problem:
        if problem.code != TRANSACTIONAL_ID_NOT_FOUND:
            raise
    known = {one.transactional_id for one in transactions.list_transactions(client)}
    hint = did_you_mean(name, known) or "; list them with: kafkalite txn list"
    raise ClientFailure(f"there is no transactional id {name}{hint}")


def transaction_row(one: Transaction, now_ms: int) -> dict[str, Any]:
    """Return a transactional id as a row; ``started`` and ``age_ms`` are None if no transaction runs."""
    return {
        "transactional_id": one.transactional_id,
        "state": one.state,
        "producer_id": one.producer_id,
        "producer_epoch": one.producer_epoch,
        "coordinator": one.coordinator,
        "timeout_ms": one.timeout_ms,
        "started": None if one.start_ms is None else time_text(one.start_ms),
        "age_ms": None if one.start_ms is None else max(now_ms - one.start_ms, 0),
        "partitions": [{"topic": partition.topic, "partition": partition.partition} for partition in one.partitions],
    }


def time_text(time_ms: int) -> str:
    """Return a time in ms since 1970 as ISO 8601 in UTC."""
    moment = datetime.datetime.fromtimestamp(time_ms / 1000, datetime.UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@command.command(
    "producers",
    short_help="Show the producers of partitions.",
    epilog="Example: kafkalite txn producers orders:0 --open",
)
@click.argument("text", metavar="TOPIC[:PARTITION,...]", shell_complete=complete_topic)
@client_options
@output_option
@click.option("--open", "is_open", is_flag=True, help="Only those with an open transaction.")
def producers(text: str, target: Target, output_format: str, is_open: bool) -> None:
    """Show the producers that partitions know, and where their open transactions start."""
    with connect(target) as client:
        found = [
            one for partition in find_partitions(client, text) for one in transactions.list_producers(client, partition)
        ]
    rows = [producer_row(one) for one in found if not is_open or one.start_offset is not None]
    print_rows(rows, output_format, PRODUCER_COLUMNS)


def find_partitions(client: Client, text: str) -> list[TopicPartition]:
    """Return the partitions of ``topic`` or ``topic:0,1``.

    Raises:
        BadParameter: the option's value cannot be used.
        ClientFailure: it cannot be done; the text says why.
        BrokerError: the broker refuses.
    """
    try:
        wanted = parse_selection(text)
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="TOPIC") from None
    [topic] = client.metadata([wanted.topic]).topics
    if admin.is_missing(topic):
        raise ClientFailure(missing_topic_text(client, wanted.topic))
    if topic.error_code:
        raise BrokerError(topic.error_code, None, wanted.topic)
    known = {one.partition_index for one in topic.partitions}
    missing = set(wanted.partitions or ()) - known
    if missing:
        raise ClientFailure(f"topic {wanted.topic} has no partition {min(missing)} (it has {len(known)})")
    return [TopicPartition(wanted.topic, number) for number in sorted(wanted.partitions or known)]


def producer_row(one: Producer) -> dict[str, Any]:
    """Return a producer as a row."""
    return {
        "topic": one.partition.topic,
        "partition": one.partition.partition,
        "producer_id": one.producer_id,
        "producer_epoch": one.producer_epoch,
        "last_sequence": one.last_sequence,
        "last_write": None if one.last_timestamp_ms < 0 else time_text(one.last_timestamp_ms),
        "coordinator_epoch": one.coordinator_epoch,
        "transaction_start_offset": one.start_offset,
    }


@command.command(
    "abort", short_help="Abort a running transaction.", epilog="Example: kafkalite txn abort billing-1 --dry-run"
)
@click.argument("name", required=False, metavar="[TRANSACTIONAL_ID]", shell_complete=complete_transactional_id)
@client_options
@output_option
@click.option("--partition", "text", metavar="TOPIC:PARTITION", help="Abort in this partition only, see above.")
@click.option("--start-offset", type=int, help="First offset of the transaction in --partition.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask, where a terminal would be asked.")
@click.option("--dry-run", is_flag=True, help="Only say what would be aborted.")
def abort(
    name: str | None,
    target: Target,
    output_format: str,
    text: str | None,
    start_offset: int | None,
    yes: bool,
    dry_run: bool,
) -> None:
    """Abort the running transaction of a transactional id; its producer is fenced and cannot go on.

    A transaction that its coordinator no longer knows, and that blocks read_committed consumers of a partition, is
    aborted with --partition and --start-offset instead of the id; `kafkalite txn producers` shows both.
    """
    if (name is None) == (text is None) or (text is None) != (start_offset is None):
        raise click.UsageError("give either a TRANSACTIONAL_ID, or --partition and --start-offset")
    with connect(target) as client:
        if name is not None:
            row = find_running(client, name)
        else:
            assert text is not None and start_offset is not None
            producer = find_open(client, text, start_offset)
            row = producer_row(producer)
        if not dry_run:
            if not yes and sys.stdin.isatty():
                click.confirm(f"Abort the transaction of {name or text}?", abort=True)
            if name is not None:
                transactions.fence(client, name)
            else:
                transactions.abort_hanging(client, producer)
    done = "would be aborted" if dry_run else "aborted"
    if output_format == "table":
        place = f" in {text}, from offset {start_offset}" if text is not None else ""
        click.echo(f"the transaction of {name or 'producer ' + str(row['producer_id'])}{place} {done}")
    else:
        print_rows([row | {"result": done}], output_format, ())


def find_running(client: Client, name: str) -> dict[str, Any]:
    """Return the row of a transactional id whose transaction runs.

    Raises:
        ClientFailure: no transaction of the id runs.
    """
    found = get_transaction(client, name)
    if found.state != ONGOING:
        raise ClientFailure(f"{name} has no running transaction: its state is {found.state}")
    return transaction_row(found, round(time.time() * 1000))


def find_open(client: Client, text: str, start_offset: int) -> Producer:
    """Return the producer whose open transaction in a partition starts at an offset.

    Raises:
        ClientFailure: it cannot be done; the text says why.
    """
    partitions = find_partitions(client, text)
    if len(partitions) != 1:
        raise click.BadParameter(f"{text!r} is more than one partition", param_hint="--partition")
    found = [one for one in transactions.list_producers(client, partitions[0]) if one.start_offset is not None]
    for one in found:
        if one.start_offset == start_offset:
            return one
    offsets = ", ".join(str(one.start_offset) for one in found)
    more = f"; there are some at {offsets}" if found else ", nor at another one"
    raise ClientFailure(f"no open transaction of {partitions[0]} starts at offset {start_offset}{more}")
