"""``kafkalite decode``: bytes of the protocol, or of a log segment, field by field with their byte ranges."""

from __future__ import annotations

import itertools
import json
import mmap
import pathlib
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import click

from kafkalite.dissector import (
    DissectionError,
    Field,
    UnknownSchema,
    append_record_sets,
    dissect,
    dissect_message,
    is_framed,
    iterate_record_sets,
    split_frames,
)
from kafkalite.dissector.rendering import to_json, tree_lines
from kafkalite.dissector.specs import api_name, find_api, get_spec
from kafkalite.model.buffers import Buffer

SEGMENT_SUFFIXES = (".log", ".checkpoint")
METADATA_TOPIC = "__cluster_metadata"

Dissection = Iterator[Field]


@click.command("decode")
@click.argument("source", nargs=-1, metavar="[FILE | - | HEX...]")
@click.option("--request", "direction", flag_value="request", help="Frames are requests (the default).")
@click.option("--response", "direction", flag_value="response", help="Frames are responses; needs --api and --version.")
@click.option("--api", metavar="NAME|KEY", help="API of the responses, such as Fetch or 1.")
@click.option(
    "--message", metavar="NAME", help="A bare body without header, such as FetchRequest or OffsetCommitValue."
)
@click.option("--version", type=int, metavar="N", help="Version of the responses or of the bare body.")
@click.option("--records", "is_records", is_flag=True, help="A record set; a .log file is one without saying so.")
@click.option("--topic", metavar="TOPIC", help="Topic of the record set; for a .log file its directory names it.")
@click.option(
    "--length/--no-length", "has_length", default=None, help="Frames come with their four length bytes, or without."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after this many frames or batches.")
@click.option(
    "--hex",
    "hex_bytes",
    type=click.IntRange(min=0),
    default=8,
    metavar="N",
    help="Bytes in the hex column [8], 0 for none.",
)
@click.option(
    "-o",
    "--output",
    "output_format",
    type=click.Choice(["tree", "json", "jsonl"]),
    default="tree",
    show_default=True,
    help="Format.",
)
def command(
    source: tuple[str, ...],
    direction: str | None,
    api: str | None,
    message: str | None,
    version: int | None,
    is_records: bool,
    topic: str | None,
    has_length: bool | None,
    limit: int | None,
    hex_bytes: int,
    output_format: str,
) -> int:
    """Show bytes of the Kafka protocol field by field.

    The bytes come as hex on the command line, from a file (hex or binary) or from standard input: one frame, or many
    with their lengths, a bare message body, or a log segment. Exit code 1 = bytes do not fit the schema; the message
    names the first byte that does not.
    """
    is_segment = len(source) == 1 and source[0].endswith(SEGMENT_SUFFIXES) and pathlib.Path(source[0]).is_file()
    buffer = map_file(source[0]) if is_segment else read_source(source)
    try:
        if message is not None:
            trees = dissect_body(buffer, message, version)
        elif is_records or is_segment:
            trees = iterate_record_sets(buffer, topic=topic or (topic_of(source[0]) if is_segment else None))
        else:
            trees = dissect_frames(buffer, choose_response(direction, api, version), has_length)
        return print_trees(itertools.islice(trees, limit), buffer, hex_bytes, output_format)
    except UnknownSchema as problem:
        raise click.UsageError(str(problem)) from problem


def read_source(source: tuple[str, ...]) -> bytes:
    """Return the bytes that the arguments name: a file, standard input ("-" or nothing), or hex."""
    if not source or source == ("-",):
        if not source and sys.stdin.isatty():
            raise click.UsageError("give hex, a file, or bytes on standard input")
        data = sys.stdin.buffer.read()
    elif len(source) == 1 and pathlib.Path(source[0]).is_file():
        data = pathlib.Path(source[0]).read_bytes()
    else:
        from_hex = parse_hex(" ".join(source))
        if from_hex is None:
            raise click.UsageError(f"{' '.join(source)!r} is neither a file nor hex")
        return from_hex
    text = data.decode("ascii", "replace")
    from_hex = parse_hex(text)
    return data if from_hex is None else from_hex


def parse_hex(text: str) -> bytes | None:
    """Return the bytes of a text of hex digits; None if the text is not hex.

    Between bytes there may be white space, colons, commas, "0x" and a backslash with x.
    """
    digits = re.sub(r"0x|\\x|[\s:,]", "", text)
    if not digits or len(digits) % 2 or not re.fullmatch(r"[0-9a-fA-F]+", digits):
        return None
    return bytes.fromhex(digits)


def map_file(path: str) -> Buffer:
    """Return a file's bytes without reading them all at once."""
    with pathlib.Path(path).open("rb") as file:
        if not pathlib.Path(path).stat().st_size:
            return b""
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def topic_of(path: str) -> str | None:
    """Return the topic of a segment, from its directory `<topic>-<partition>`; None if it has another form."""
    file = pathlib.Path(path).absolute()
    found = re.fullmatch(r"(.+)-\d+", file.parent.name)
    if found:
        return found[1]
    return METADATA_TOPIC if file.suffix == ".checkpoint" else None


def choose_response(direction: str | None, api: str | None, version: int | None) -> tuple[str, int] | None:
    """Return the API and version that responses answer; None for requests.

    Raises:
        UsageError: the command line cannot be understood.
    """
    if direction != "response":
        if api is not None or version is not None:
            raise click.UsageError("a request names its API and version itself; --api and --version need --response")
        return None
    if api is None or version is None:
        raise click.UsageError("a response does not name its request: --response needs --api and --version")
    name = find_api(api)
    get_spec(f"{name}Response").check_version(version)
    return name, version


def dissect_body(buffer: Buffer, message: str, version: int | None) -> Dissection:
    """Yield the tree of a bare body.

    Raises:
        UsageError: the version is missing.
        DissectionError: the bytes do not fit the schema.
    """
    if version is None:
        raise click.UsageError("--message needs --version")
    body = dissect_message(buffer, name=message, version=version)
    append_record_sets(body)
    yield body


def dissect_frames(buffer: Buffer, response_to: tuple[str, int] | None, has_length: bool | None) -> Dissection:
    """Yield the tree of each frame. `has_length` None = find out.

    Raises:
        DissectionError: the bytes do not fit the schema.
    """
    if has_length is None:
        has_length = is_framed(buffer) or (response_to is None and not looks_like_request(buffer))
    if not has_length:
        yield dissect(buffer, response_to=response_to)
        return
    for position, frame in split_frames(buffer):
        yield dissect(frame, response_to=response_to, has_length=True, base=position)


def looks_like_request(frame: Buffer) -> bool:
    """Return whether the bytes start with the key and a version of some API."""
    key, version = (int.from_bytes(frame[i : i + 2], "big", signed=True) for i in (0, 2))
    try:
        get_spec(f"{api_name(key)}Request").check_version(version)
    except UnknownSchema:
        return False
    return True


def print_trees(trees: Dissection, buffer: Buffer, hex_bytes: int, output_format: str) -> int:
    """Print trees until they end or one fails; return the exit code. The part before a failure is shown too."""
    written: list[dict[str, Any]] = []
    show: Callable[[dict[str, Any]], None] = written.append
    if output_format == "jsonl":
        show = lambda node: click.echo(json.dumps(node))  # noqa: E731
    problem: DissectionError | None = None
    number = 0
    try:
        for number, tree in enumerate(trees, 1):
            if output_format == "tree":
                print_tree(tree, buffer, hex_bytes, number)
            else:
                show(to_json(tree))
    except DissectionError as error:
        problem = error
        if output_format == "tree":
            print_tree(error.partial, buffer, hex_bytes, number + 1)
        else:
            details = {"position": error.position, "path": error.path, "reason": error.reason}
            show({**to_json(error.partial), "error": details})
    if output_format == "json":
        click.echo(json.dumps(written, indent=2))
    if problem is None:
        return 0
    click.echo(f"kafkalite: byte {problem.position} does not fit: {problem.path}: {problem.reason}", err=True)
    return 1


def print_tree(tree: Field, buffer: Buffer, hex_bytes: int, number: int) -> None:
    """Print one tree, with an empty line before all but the first."""
    if number > 1:
        click.echo()
    for line in tree_lines(tree, buffer, hex_bytes=hex_bytes):
        click.echo(line)
