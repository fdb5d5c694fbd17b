"""Whole frames: the length, the header and the body of a request or response, with the record sets inside.

Source: KIP-482 for header versions; KIP-511 for ApiVersions, whose response always has header version 0.
"""

from __future__ import annotations

from collections.abc import Iterator

from construct import Int32sb

from kafkalite.dissector.embedded import append_embedded
from kafkalite.dissector.field import DissectionError, Field
from kafkalite.dissector.messages import check_all_read, dissect_leading_message
from kafkalite.dissector.primitives import parse_traced
from kafkalite.dissector.record_sets import dissect_records
from kafkalite.dissector.specs import UnknownSchema, api_name, find_api, get_spec
from kafkalite.model.buffers import Buffer

_LENGTH_BYTES = 4
_UNSUPPORTED_VERSION = 35
_TOPIC_FIELDS = ("Topic", "TopicName", "Name")


def dissect_request(frame: Buffer, *, has_length: bool = False, base: int = 0) -> Field:
    """Return the tree of a request frame: children "Length" (if any), "Header" and "Body".

    Args:
        has_length: whether the four bytes of the frame's length come first.
        base: is added to every position.

    Raises:
        DissectionError: the bytes do not fit the schema, or the API key or version has no schema.
    """
    root, view, start = _open_frame(frame, "request", has_length, base)
    if len(view) < _LENGTH_BYTES:
        raise DissectionError(start, "Header", f"a request header needs more than {len(view)} bytes", root)
    key, version = (int.from_bytes(view[i : i + 2], "big", signed=True) for i in (0, 2))
    try:
        api = api_name(key)
        spec = get_spec(f"{api}Request")
        spec.check_version(version)
    except UnknownSchema as error:
        at, name = (2, "RequestApiVersion") if "has versions" in str(error) else (0, "RequestApiKey")
        raise DissectionError(start + at, f"Header.{name}", str(error), root) from error
    header_version = 2 if version in spec.flexible_versions else 1
    header = _append(root, view, "Header", "RequestHeader", header_version, start)
    header.get("RequestApiKey").note = api
    _append_body(root, view[header.end - start :], spec.name, version, header.end)
    return root


def dissect_response(frame: Buffer, *, api: str, version: int, has_length: bool = False, base: int = 0) -> Field:
    """Return the tree of a response frame: children "Length" (if any), "Header" and "Body".

    Args:
        api: the API of the request (name or key), which a response does not contain.
        version: the version of the request, which a response does not contain.

    Raises:
        UnknownSchema: there is no such API or version.
        DissectionError: the bytes do not fit the schema.
    """
    name = f"{find_api(api)}Response"
    spec = get_spec(name)
    spec.check_version(version)
    root, view, start = _open_frame(frame, "response", has_length, base)
    is_api_versions = name == "ApiVersionsResponse"
    if is_api_versions and int.from_bytes(view[4:6], "big") == _UNSUPPORTED_VERSION:
        root.note = "version 0, as the error UNSUPPORTED_VERSION always comes"
        version = 0
    header_version = 1 if version in spec.flexible_versions and not is_api_versions else 0
    header = _append(root, view, "Header", "ResponseHeader", header_version, start)
    _append_body(root, view[header.end - start :], name, version, header.end)
    return root


def split_frames(stream: Buffer) -> Iterator[tuple[int, memoryview]]:
    """Yield (position, frame with its length) for each frame of a byte stream.

    The last frame may be cut off: its dissection names the byte at which it ends.

    Raises:
        DissectionError: a length is negative or itself cut off.
    """
    view = memoryview(stream)
    position = 0
    while position < len(view):
        size = int.from_bytes(view[position : position + _LENGTH_BYTES], "big", signed=True)
        if size < 0 or position + _LENGTH_BYTES > len(view):
            reason = f"is {size}" if size < 0 else "is cut off"
            raise DissectionError(position, "Length", reason, Field("frame", "frame", position, len(view)))
        end = min(position + _LENGTH_BYTES + size, len(view))
        yield position, view[position:end]
        position = end


def is_framed(stream: Buffer) -> bool:
    """Return whether the bytes are one or more whole frames, each after its length."""
    size = -1
    try:
        for _, frame in split_frames(stream):
            size = int.from_bytes(frame[:_LENGTH_BYTES], "big") - len(frame) + _LENGTH_BYTES
    except DissectionError:
        return False
    return size == 0


def append_record_sets(body: Field) -> None:
    """Put the tree of every record set of a body under its field; one that does not fit gets a note instead."""
    _append_record_sets(body, None)


def _append_record_sets(parent: Field, topic: str | None) -> None:
    for child in parent.children:
        if child.name in _TOPIC_FIELDS and isinstance(child.value, str):
            topic = child.value
    for child in parent.children:
        if child.type.endswith("records") and child.value is not None:
            _append_record_set(child, topic)
        else:
            _append_record_sets(child, topic)


def _append_record_set(field: Field, topic: str | None) -> None:
    base = field.end - len(field.value)
    try:
        field.children = dissect_records(field.value, topic=topic, base=base).children
    except DissectionError as error:
        field.children = error.partial.children
        field.note = str(error)


def _open_frame(frame: Buffer, name: str, has_length: bool, base: int) -> tuple[Field, memoryview, int]:
    """Return the root, the frame's bytes after its length, and their position."""
    view = memoryview(frame)
    root = Field(name, "frame", base, base + len(view))
    if not has_length:
        return root, view, base
    length = parse_traced(Int32sb, view, base, "Length", "int32")
    root.children.append(length)
    length.note = _length_problem(root)
    return root, view[_LENGTH_BYTES : _LENGTH_BYTES + max(0, length.value)], base + _LENGTH_BYTES


def _length_problem(root: Field) -> str:
    """Return what is wrong with a frame's length, empty if nothing is or there is none."""
    length = root.children[0]
    left = root.end - length.end
    return "" if length.name != "Length" or length.value == left else f"says {length.value} bytes, {left} follow"


def _append(root: Field, view: memoryview, name: str, schema: str, version: int, base: int) -> Field:
    """Dissect a message at the start of `view`, put it under `root` as `name` and return it."""
    try:
        field = dissect_leading_message(view, name=schema, version=version, base=base)
    except DissectionError as error:
        error.partial.name = name
        root.children.append(error.partial)
        path = name + error.path.removeprefix(schema)
        raise DissectionError(error.position, path, error.reason, root) from error
    field.name = name
    root.children.append(field)
    return field


def _append_body(root: Field, view: memoryview, schema: str, version: int, base: int) -> None:
    body = _append(root, view, "Body", schema, version, base)
    check_all_read(body, root, base + len(view))
    if _length_problem(root):
        raise DissectionError(root.start, "Length", _length_problem(root), root)
    append_record_sets(body)
    append_embedded(body, schema)
