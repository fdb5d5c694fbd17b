"""The JSON envelope of one record, one per line: written by ``consume -o jsonl``, read by ``produce --jsonl``.

``{"topic": "t", "partition": 0, "offset": 7, "ts": 1700000000000, "headers": [["name", "value"]], "key": "k",
"value": "v"}``. ``ts`` is milliseconds since 1970. ``headers`` is a list of pairs: order and duplicates are kept. Bytes
that are UTF-8 are a string, others ``{"base64": "..."}``, null is null.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, NamedTuple

from kafkalite.client.fetcher import FetchedRecord


class EnvelopeError(ValueError):
    """A line is not an envelope; the message says why."""


class OutgoingRecord(NamedTuple):
    """A record to produce. None: no key, null value, the topic of the command line, any partition, now."""

    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes | None]]
    topic: str | None = None
    partition: int | None = None
    timestamp_ms: int | None = None


def text_of_bytes(data: bytes | None) -> Any:
    """Return bytes as JSON: a string if they are UTF-8, else ``{"base64": ...}``; None for None."""
    if data is None:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def bytes_of_text(value: Any, field: str) -> bytes | None:
    """Return the bytes of a JSON value; other values than strings are kept as JSON.

    Raises:
        EnvelopeError: the envelope is malformed.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, dict) and value.keys() == {"base64"}:
        try:
            return base64.b64decode(value["base64"], validate=True)
        except (TypeError, ValueError, binascii.Error):
            raise EnvelopeError(f"{field}: {value['base64']!r} is not base64") from None
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def format_envelope(record: FetchedRecord) -> str:
    """Return one fetched record as one line of JSON without the line break."""
    envelope = {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "ts": record.timestamp,
        "headers": [[name, text_of_bytes(value)] for name, value in record.headers],
        "key": text_of_bytes(record.key),
        "value": text_of_bytes(record.value),
    }
    return json.dumps(envelope, ensure_ascii=False)


def parse_envelope(line: str | bytes) -> OutgoingRecord:
    """Return the record that one line of JSON describes; ``offset`` is ignored.

    Raises:
        EnvelopeError: the envelope is malformed.
    """
    try:
        envelope = json.loads(line)
    except ValueError as problem:
        raise EnvelopeError(f"not JSON: {problem}") from None
    if not isinstance(envelope, dict):
        raise EnvelopeError("not a JSON object")
    return OutgoingRecord(
        key=bytes_of_text(envelope.get("key"), "key"),
        value=bytes_of_text(envelope.get("value"), "value"),
        headers=parse_headers(envelope.get("headers")),
        topic=checked(envelope, "topic", str),
        partition=checked(envelope, "partition", int),
        timestamp_ms=checked(envelope, "ts", int),
    )


def checked(envelope: dict[str, Any], field: str, kind: type) -> Any:
    """Return a field of the envelope, None if it is absent or null.

    Raises:
        EnvelopeError: the field has another type.
    """
    value = envelope.get(field)
    if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
        raise EnvelopeError(f"{field}: {value!r} is not a {'string' if kind is str else 'whole number'}")
    return value


def parse_headers(value: Any) -> list[tuple[str, bytes | None]]:
    """Return headers from a list of pairs, or from an object of them.

    Raises:
        EnvelopeError: the envelope is malformed.
    """
    pairs = list(value.items()) if isinstance(value, dict) else value or []
    if not isinstance(pairs, list) or not all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in pairs):
        raise EnvelopeError("headers: neither a list of [name, value] pairs nor an object")
    headers = []
    for name, header_value in pairs:
        if not isinstance(name, str):
            raise EnvelopeError(f"headers: {name!r}: the name of a header is a string")
        headers.append((name, bytes_of_text(header_value, f"header {name}")))
    return headers
