"""Message bodies: plain dicts to bytes and back, and the tree of a body, by the schema alone."""

from __future__ import annotations

from typing import Any

from kafkalite.dissector.field import DissectionError, Field
from kafkalite.dissector.primitives import parse_traced
from kafkalite.dissector.schema import get_format
from kafkalite.dissector.secrets import mark_secrets
from kafkalite.dissector.specs import error_names
from kafkalite.model.buffers import Buffer


def build_message(name: str, version: int, values: dict[str, Any]) -> bytes:
    """Return the bytes of a message body.

    Args:
        name: a schema's name ("FetchRequest", "OffsetCommitValue").
        values: Kafka's field names -> plain values (see `Field.value`); missing fields have their defaults, and unknown
            tagged fields are under `schema.UNKNOWN_TAGGED_FIELDS` as a dict from tag to bytes.

    Raises:
        UnknownSchema: there is no such name or version.
        KeyError: the version does not have a field.
        construct.ConstructError: the encoding cannot hold a value.
    """
    built: bytes = get_format(name, version).build(values)
    return built


def parse_message(name: str, version: int, buffer: Buffer) -> dict[str, Any]:
    """Return the fields of a message body by Kafka's names; the inverse of `build_message`.

    Raises:
        UnknownSchema: there is no such name or version.
        DissectionError: the bytes do not fit the schema, or continue after the body.
    """
    values: dict[str, Any] = dissect_message(buffer, name=name, version=version).value
    return values


def dissect_message(buffer: Buffer, *, name: str, version: int, base: int = 0) -> Field:
    """Return the tree of a bare message body that fills the buffer; `base` is added to every position.

    Record sets inside are left as bytes.

    Raises:
        UnknownSchema: there is no such name or version.
        DissectionError: the bytes do not fit the schema, or continue after the body.
    """
    body = dissect_leading_message(buffer, name=name, version=version, base=base)
    check_all_read(body, body, base + len(buffer))
    return body


def dissect_leading_message(buffer: Buffer, *, name: str, version: int, base: int = 0) -> Field:
    """Return the tree of a message at the start of a buffer that may go on after it."""
    format_ = get_format(name, version)
    root = parse_traced(format_, memoryview(buffer), base, name, f"{name} v{version}")
    _name_errors(root)
    mark_secrets(root, name)
    return root


def check_all_read(last: Field, root: Field, end: int) -> None:
    """Raise DissectionError if bytes follow `last`, up to position `end`; the error's partial tree is `root`."""
    if last.end < end:
        reason = f"{end - last.end} bytes follow that the schema does not know"
        raise DissectionError(last.end, last.name, reason, root)


def _name_errors(root: Field) -> None:
    for field in root.walk():
        if field.type == "int16" and field.name.lower().endswith("errorcode"):
            field.note = error_names().get(field.value, "")
