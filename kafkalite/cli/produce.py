"""``kafkalite produce``: sends lines, files or JSON envelopes as records."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any, NamedTuple

import click

from kafkalite.cli.client import ClientFailure, Target, client_options, connect
from kafkalite.cli.envelope import EnvelopeError, OutgoingRecord, parse_envelope
from kafkalite.client import producer
from kafkalite.client.errors import UnsupportedByBroker
from kafkalite.client.producer import Producer, no_partition_text
from kafkalite.records import codecs
from kafkalite.records.builder import RecordData

CODECS = {
    "none": codecs.NONE,
    "gzip": codecs.GZIP,
    "snappy": codecs.SNAPPY,
    "lz4": codecs.LZ4,
    "zstd": codecs.ZSTD,
}
READ_BYTES = 1024 * 1024
"""The bytes that are read, and then sent, at once; fewer if the input has no more at the moment."""

TIMESTAMP_MAX_MS = (1 << 63) - 1


class LineRules(NamedTuple):
    """The conversion of a line to a record. None: no separator, no fixed key."""

    key_separator: bytes | None
    key: bytes | None
    headers: list[tuple[str, bytes | None]]
    is_empty_null: bool


@click.command("produce")
@click.argument("topic", required=False)
@click.argument("files", nargs=-1, type=click.File("rb"), metavar="[FILE...]")
@client_options
@click.option("-k", "-K", "--key-separator", metavar="TEXT", help="The key of a line ends at the first of these.")
@click.option("--key", metavar="TEXT", help="The key of every record.")
@click.option("-H", "--header", "headers", multiple=True, metavar="NAME=VALUE", help="A header; may be repeated.")
@click.option("-p", "--partition", type=int, help="Partition. [default: by key, else spread]")
@click.option("-z", "--compression", type=click.Choice(tuple(CODECS)), default="none", show_default=True, help="Codec.")
@click.option("-Z", "--empty-as-null", is_flag=True, help="Empty keys and values are null (a tombstone).")
@click.option("--jsonl", is_flag=True, help="Each line is a JSON envelope, as `consume -o jsonl` prints it.")
@click.option("--whole-file", is_flag=True, help="Each file is one record, not one per line.")
@click.option("--no-idempotence", is_flag=True, help="Produce without a producer id, for old brokers.")
def command(
    topic: str | None,
    files: tuple[IO[bytes], ...],
    target: Target,
    key_separator: str | None,
    key: str | None,
    headers: tuple[str, ...],
    partition: int | None,
    compression: str,
    empty_as_null: bool,
    jsonl: bool,
    whole_file: bool,
    no_idempotence: bool,
) -> int:
    """Send records to TOPIC: one per line of the FILEs, or of the standard input.

    With --jsonl TOPIC may be left out: each envelope then names its own.
    """
    if topic is None and not jsonl:
        raise click.UsageError("a topic is needed")
    rules = LineRules(
        decode_escapes(key_separator), None if key is None else key.encode(), parse_headers(headers), empty_as_null
    )
    sources: Sequence[Any] = files or (sys.stdin.buffer,)
    chunks = ([source.read()] for source in sources) if whole_file else read_lines(sources)
    parse = EnvelopeReader() if jsonl else lambda line: parse_line(line, rules, is_whole=whole_file)
    with connect(target) as client:
        made = Producer(client, compression=CODECS[compression], is_idempotent=not no_idempotence)
        try:
            count = send_all(made, parse_all(chunks, parse), topic, partition)
        except UnsupportedByBroker as problem:
            raise ClientFailure(f"{problem} (an old broker may need --no-idempotence)") from None
    if sys.stderr.isatty():
        click.echo(f"{count} record{'' if count == 1 else 's'} produced", err=True)
    return 0


def decode_escapes(text: str | None) -> bytes | None:
    """Return a separator's bytes; escapes such as ``\\t`` are replaced."""
    if not text:
        return None
    from kafkalite.cli.record_format import compile_format

    return compile_format(text.replace("%", "%%"))(None)


def parse_headers(pairs: Iterable[str]) -> list[tuple[str, bytes | None]]:
    """Return the headers of ``-H name=value`` options.

    Raises:
        BadParameter: the option's value cannot be used.
    """
    headers: list[tuple[str, bytes | None]] = []
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise click.BadParameter(f"{pair!r} is not NAME=VALUE", param_hint="--header")
        headers.append((name, value.encode()))
    return headers


def read_lines(sources: Iterable[Any]) -> Iterator[list[bytes]]:
    """Yield lists of the lines of binary files that are available at once; a last line may lack its line break."""
    for source in sources:
        unfinished: list[bytes] = []
        while piece := source.read1(READ_BYTES):  # waits for the first byte, and for no more
            if b"\n" not in piece:
                unfinished.append(piece)
                continue
            *lines, last = b"".join((*unfinished, piece)).split(b"\n")
            unfinished = [last] if last else []
            yield lines
        if unfinished:
            yield [b"".join(unfinished)]


def parse_line(line: bytes, rules: LineRules, *, is_whole: bool = False) -> OutgoingRecord:
    """Return the record of a line; one without the separator has the fixed key or none. A whole file stays as it is."""
    key: bytes | None = rules.key
    if not is_whole:
        line = line.removesuffix(b"\r")
    value: bytes | None = line
    if rules.key_separator is not None and rules.key_separator in line:
        key, _, value = line.partition(rules.key_separator)
    if rules.is_empty_null:
        key, value = key or None, value or None
    return OutgoingRecord(key, value, rules.headers)


class EnvelopeReader:
    """Makes records of lines with JSON, and counts the lines."""

    def __init__(self) -> None:
        self._number = 0

    def __call__(self, line: bytes) -> OutgoingRecord | None:
        """Return the record of the next line, None for a blank one.

        Raises:
            ClientFailure: the line is not a record; the message has its number.
        """
        self._number += 1
        if not line.strip():
            return None
        try:
            return parse_envelope(line)
        except EnvelopeError as problem:
            raise ClientFailure(f"line {self._number}: {problem}") from None


def parse_all(
    chunks: Iterable[list[bytes]], parse: Callable[[bytes], OutgoingRecord | None]
) -> Iterator[list[OutgoingRecord]]:
    """Yield the records of each chunk; an error of ``parse`` is raised after the records that came before it."""
    for lines in chunks:
        records: list[OutgoingRecord] = []
        failure: ClientFailure | None = None
        for line in lines:
            try:
                record = parse(line)
            except ClientFailure as problem:
                failure = problem
                break
            if record is not None:
                records.append(record)
        if records:
            yield records
        if failure is not None:
            raise failure


def send_all(made: Producer, chunks: Iterable[list[OutgoingRecord]], topic: str | None, partition: int | None) -> int:
    """Send chunks of records, each acknowledged before the next; return the number of records.

    ``topic`` and ``partition`` of the command line take precedence over those of an envelope.

    Raises:
        ClientFailure: a record cannot be sent, or the topic does not exist and no record would create it.
    """
    known = made.find_partition_count(topic) if topic is not None else None
    if topic is not None and partition is not None and known is not None and not 0 <= partition < known:
        raise ClientFailure(no_partition_text(topic, partition, known))
    count = 0
    for chunk in chunks:
        count += made.send([outgoing(record, topic, partition) for record in chunk])
    if count == 0 and topic is not None and known is None:
        raise ClientFailure(f"there is no topic {topic}, and the input has no record that would create it")
    return count


def outgoing(record: OutgoingRecord, topic: str | None, partition: int | None) -> producer.OutgoingRecord:
    """Return a record as the producer takes it.

    Raises:
        ClientFailure: the record cannot be sent.
    """
    target = topic if topic is not None else record.topic
    if target is None:
        raise ClientFailure("the envelope names no topic and the command line neither")
    if record.timestamp_ms is not None and not 0 <= record.timestamp_ms <= TIMESTAMP_MAX_MS:
        raise ClientFailure(f"ts: {record.timestamp_ms} is no time in milliseconds since 1970")
    data = RecordData(record.key, record.value, record.timestamp_ms, record.headers)
    return producer.OutgoingRecord(target, data, partition if partition is not None else record.partition)
