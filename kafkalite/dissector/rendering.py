"""A tree as lines for a person and as plain JSON for a program."""

from __future__ import annotations

import json
import math
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from typing import Any

from kafkalite.dissector.field import Field
from kafkalite.model.buffers import Buffer

_VALUE_MAX_CHARACTERS = 160
_RANGE_WIDTH = 14

HIDDEN = "(hidden)"
"""Shown in place of a secret."""


def tree_lines(root: Field, buffer: Buffer, *, base: int = 0, hex_bytes: int = 8) -> Iterator[str]:
    """Yield one line per field: byte range (end exclusive), hex, and the indented name, type, value and note.

    The hex is that of the field's own bytes: of the length or count alone where the field has children.

    Args: `buffer` is what was dissected and `base` the position of its first byte; `hex_bytes` bounds the hex column,
    0 leaves it out. A range that starts with "+" counts in decompressed bytes, once per level.
    """
    yield from _lines(root, memoryview(buffer), base, "", 0, hex_bytes)


def _lines(field: Field, view: memoryview, base: int, mark: str, depth: int, hex_bytes: int) -> Iterator[str]:
    columns = f"{f'{mark}{field.start}..{field.end}':<{_RANGE_WIDTH}} "
    if hex_bytes:
        shown_end = field.start if field.is_secret else field.prefix_end
        columns += f"{_hex(view[field.start - base : shown_end - base], hex_bytes):<{hex_bytes * 3 + 1}} "
    yield f"{columns}{'  ' * depth}{describe(field)}"
    if field.content is not None:
        view, base, mark = memoryview(field.content), 0, mark + "+"
    for child in field.children:
        yield from _lines(child, view, base, mark, depth + 1, hex_bytes)


def _hex(data: memoryview, limit: int) -> str:
    if len(data) <= limit:
        return data.hex(" ") if len(data) else ""
    return f"{data[: limit - 1].hex(' ')} .."


def describe(field: Field) -> str:
    """Return a field's name, type, value and note in one line."""
    value = "" if field.problem else describe_value(field)
    text = f"{field.name}: {field.type}" if field.type and field.type != field.name else field.name
    note = f"  <-- {field.problem}" if field.problem else f"  ({field.note})" if field.note else ""
    return text + (f" = {value}" if value else "") + note


def describe_value(field: Field) -> str:
    """Return a field's value for a person; empty for structs and other groups of fields."""
    value = field.value
    if field.is_secret:
        return HIDDEN
    if value is None:
        return "" if field.children or field.type in ("frame", "records") else "null"
    if isinstance(value, dict):
        return ""
    if isinstance(value, list):
        return f"{len(value)} element{'' if len(value) == 1 else 's'}"
    if isinstance(value, bytes):
        return _describe_bytes(value, field)
    return _shorten(json.dumps(value, ensure_ascii=not _is_unicode(value)))


def _describe_bytes(value: bytes, field: Field) -> str:
    if field.type == "uuid":
        return urlsafe_b64encode(value).decode().rstrip("=")
    size = f"{len(value)} byte{'' if len(value) == 1 else 's'}"
    text = _readable(value)
    if field.children or not text:
        return size
    return f"{size} {_shorten(json.dumps(text, ensure_ascii=False))}"


def _readable(value: bytes) -> str:
    """Return bytes as text if they are printable UTF-8, else an empty string."""
    try:
        text = value[: _VALUE_MAX_CHARACTERS * 4].decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if text.isprintable() else ""


def _is_unicode(value: Any) -> bool:
    return not isinstance(value, str) or all(not "\ud800" <= character <= "\udfff" for character in value)


def _shorten(text: str) -> str:
    return text if len(text) <= _VALUE_MAX_CHARACTERS else f"{text[:_VALUE_MAX_CHARACTERS]}.."


def to_json(field: Field) -> dict[str, Any]:
    """Return a tree as JSON values: bytes as hex, uuids as Kafka's base64; groups have "children" instead of a value.

    "decompressed_bytes" is there where the children's positions count in decompressed bytes of that size.
    """
    node: dict[str, Any] = {"name": field.name, "type": field.type, "start": field.start, "end": field.end}
    if not isinstance(field.value, dict | list) and not (field.value is None and field.children):
        node["value"] = _json_value(field)
    if field.note:
        node["note"] = field.note
    if field.problem:
        node["problem"] = field.problem
    if field.content is not None:
        node["decompressed_bytes"] = len(field.content)
    if field.children or isinstance(field.value, dict | list):
        node["children"] = [to_json(child) for child in field.children]
    return node


def _json_value(field: Field) -> Any:
    value = field.value
    if field.is_secret:
        return HIDDEN
    if isinstance(value, bytes):
        return urlsafe_b64encode(value).decode().rstrip("=") if field.type == "uuid" else value.hex()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
