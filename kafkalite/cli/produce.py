"""``kafkalite produce``: lines, files or JSON envelopes become records."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import IO, Any, NamedTuple

import click

from kafkalite.cli.client import ClientFailure, bootstrap_option, connect_producer
from kafkalite.cli.envelope import EnvelopeError, OutgoingRecord, parse_envelope

CODECS = ("none", "gzip", "snappy", "lz4", "zstd")
FLUSH_TIMEOUT_S = 60


class LineRules(NamedTuple):
    """How a line becomes a record. None: no separator, no fixed key."""

    key_separator: bytes | None
    key: bytes | None
    headers: list[tuple[str, bytes]]
    is_empty_null: bool


@click.command("produce")
@click.argument("topic", required=False)
@click.argument("files", nargs=-1, type=click.File("rb"), metavar="[FILE...]")
@bootstrap_option
@click.option("-k", "-K", "--key-separator", metavar="TEXT", help="The key of a line ends at the first of these.")
@click.option("--key", metavar="TEXT", help="The key of every record.")
@click.option("-H", "--header", "headers", multiple=True, metavar="NAME=VALUE", help="A header; may be repeated.")
@click.option("-p", "--partition", type=int, help="Partition. [default: by key, else spread]")
@click.option("-z", "--compression", type=click.Choice(CODECS), default="none", show_default=True, help="Codec.")
@click.option("-Z", "--empty-as-null", is_flag=True, help="Empty keys and values are null (a tombstone).")
@click.option("--jsonl", is_flag=True, help="Each line is a JSON envelope, as `consume -o jsonl` prints it.")
@click.option("--whole-file", is_flag=True, help="Each file is one record, not one per line.")
@click.option("--no-idempotence", is_flag=True, help="Produce without a producer id, for old brokers.")
def command(
    topic: str | None,
    files: tuple[IO[bytes], ...],
    bootstrap: str,
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
    sources: tuple[IO[bytes], ...] = files or (sys.stdin.buffer,)
    chunks = (source.read() for source in sources) if whole_file else (line for source in sources for line in source)
    records = read_envelopes(chunks) if jsonl else read_lines(chunks, rules, is_whole=whole_file)
    config: dict[str, Any] = {"compression_type": None if compression == "none" else compression}
    if no_idempotence:
        config |= {"enable_idempotence": False}
    return send_all(bootstrap, config, records, topic, partition)


def decode_escapes(text: str | None) -> bytes | None:
    """Return a separator's bytes; ``\\t`` and its like are understood."""
    if not text:
        return None
    from kafkalite.cli.record_format import compile_format

    return compile_format(text.replace("%", "%%"))(None)


def parse_headers(pairs: Iterable[str]) -> list[tuple[str, bytes]]:
    """Return the headers of ``-H name=value`` options; raises BadParameter."""
    headers = []
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise click.BadParameter(f"{pair!r} is not NAME=VALUE", param_hint="--header")
        headers.append((name, value.encode()))
    return headers


def read_lines(chunks: Iterable[bytes], rules: LineRules, *, is_whole: bool = False) -> Iterator[OutgoingRecord]:
    """Yield one record per chunk: a line without its line break, or a whole file as it is."""
    for chunk in chunks:
        yield parse_line(chunk if is_whole else chunk.removesuffix(b"\n").removesuffix(b"\r"), rules)


def parse_line(line: bytes, rules: LineRules) -> OutgoingRecord:
    """Return the record that a line stands for; a line without the separator has the fixed key or none."""
    key: bytes | None = rules.key
    value: bytes | None = line
    if rules.key_separator is not None and rules.key_separator in line:
        key, _, value = line.partition(rules.key_separator)
    if rules.is_empty_null:
        key, value = key or None, value or None
    return OutgoingRecord(key, value, rules.headers)


def read_envelopes(lines: Iterable[bytes]) -> Iterator[OutgoingRecord]:
    """Yield the record of each line that is not blank; raises ClientFailure naming the line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield parse_envelope(line)
            except EnvelopeError as problem:
                raise ClientFailure(f"line {number}: {problem}") from None


def send_all(
    bootstrap: str,
    config: dict[str, Any],
    records: Iterable[OutgoingRecord],
    topic: str | None,
    partition: int | None,
) -> int:
    """Send records as they come and wait until all are acknowledged; return the exit code.

    ``topic`` and ``partition`` of the command line win over those of an envelope.
    """
    producer = connect_producer(bootstrap, **config)
    failures: list[BaseException] = []
    count = 0
    try:
        for record in records:
            send(producer, record, topic, partition).add_errback(failures.append)
            count += 1
            if failures:
                break
        producer.flush(timeout=FLUSH_TIMEOUT_S)
    finally:
        producer.close(timeout=1)
    if failures:
        from kafkalite.cli.client import explain_client_error

        raise ClientFailure(explain_client_error(failures[0]) or str(failures[0]))
    if sys.stderr.isatty():
        click.echo(f"{count} record{'' if count == 1 else 's'} produced", err=True)
    return 0


def send(producer: Any, record: OutgoingRecord, topic: str | None, partition: int | None) -> Any:
    """Hand one record to the producer; return its future; raises ClientFailure for what cannot be sent."""
    target = topic if topic is not None else record.topic
    if target is None:
        raise ClientFailure("the envelope names no topic and the command line neither")
    try:
        return producer.send(
            target,
            value=record.value,
            key=record.key,
            headers=record.headers,
            partition=partition if partition is not None else record.partition,
            timestamp_ms=record.timestamp_ms,
        )
    except (ValueError, AssertionError) as problem:
        raise ClientFailure(str(problem)) from None
