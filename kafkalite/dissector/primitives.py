"""Kafka's primitive encodings as `construct` formats, and the wrappers that record the place of each field.

Every format builds from and parses to plain Python values. Parsing needs a `Trace` under the keyword `trace`; building
needs nothing.

Source: the protocol guide's "Protocol Primitive Types"; KIP-482 for the compact forms and tagged fields.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from construct import (
    Bytes,
    Construct,
    ConstructError,
    Flag,
    Float64b,
    Int8sb,
    Int16sb,
    Int16ub,
    Int32sb,
    Int32ub,
    Int64sb,
    SizeofError,
    StreamError,
    Subconstruct,
    VarInt,
    ZigZag,
)

from kafkalite.dissector.field import DissectionError, Field, Trace

_VARINT_MAX_BYTES = 5
_VARLONG_MAX_BYTES = 10
_STRING_MAX_BYTES = 0x7FFF

#: The key of a struct's section of tagged fields inside the raw `construct` containers.
TAGGED_SECTION = "_tagged_fields"

FIXED_FORMATS: dict[str, Construct] = {
    "bool": Flag,
    "int8": Int8sb,
    "int16": Int16sb,
    "uint16": Int16ub,
    "int32": Int32sb,
    "uint32": Int32ub,
    "int64": Int64sb,
    "float64": Float64b,
    "uuid": Bytes(16),
}


class Misfit(ConstructError):
    """A value that its encoding forbids; the message says which and why."""


def trace_of(context: Any) -> Trace:
    """Return the trace that the parse was started with."""
    trace: Trace = context._params.trace
    return trace


class Traced(Subconstruct):
    """A named field: parses as the format inside it and records name, encoding, byte range and value."""

    def __init__(self, name: str, type_name: str, subcon: Construct) -> None:
        super().__init__(subcon)
        self.name = name
        self.type_name = type_name

    def _parse(self, stream: Any, context: Any, path: str) -> Any:
        return self.parse_as(self.name, stream.tell(), stream, context, path)

    def parse_as(self, name: str, start: int, stream: Any, context: Any, path: str) -> Any:
        """Parse one value under a name of the caller's choice; `start` is where the field's own prefix began."""
        trace = trace_of(context)
        field = trace.open(name, self.type_name, start)
        position = stream.tell()
        try:
            value = self.subcon._parsereport(stream, context, path)
        except StreamError as error:
            raise Misfit(_say_shortage(self.subcon, trace.size_bytes - position)) from error
        trace.close(field, stream.tell(), value)
        return value


def _say_shortage(format_: Construct, left_bytes: int) -> str:
    try:
        return f"needs {format_.sizeof()} bytes, {left_bytes} left"
    except SizeofError:
        return f"is cut off, {left_bytes} bytes left"


class BoundedVarint(Subconstruct):
    """A variable-length integer of at most so many bytes; an unsigned one wraps into a signed 32-bit integer."""

    def __init__(self, subcon: Construct, max_bytes: int) -> None:
        super().__init__(subcon)
        self.max_bytes = max_bytes

    def _parse(self, stream: Any, context: Any, path: str) -> int:
        start = stream.tell()
        value: int = self.subcon._parsereport(stream, context, path)
        if stream.tell() - start > self.max_bytes:
            raise Misfit(f"has a variable-length integer of more than {self.max_bytes} bytes")
        bits = 32 if self.max_bytes == _VARINT_MAX_BYTES else 64
        value &= (1 << bits) - 1
        return value - (1 << bits) if value >> (bits - 1) else value


Uvarint = BoundedVarint(VarInt, _VARINT_MAX_BYTES)
Varint = BoundedVarint(ZigZag, _VARINT_MAX_BYTES)
Varlong = BoundedVarint(ZigZag, _VARLONG_MAX_BYTES)


class CompactLength(Construct):
    """A length or count plus one as unsigned varint; zero is null, which reads as -1."""

    def _parse(self, stream: Any, context: Any, path: str) -> int:
        return int(Uvarint._parsereport(stream, context, path)) - 1

    def _build(self, obj: int, stream: Any, context: Any, path: str) -> int:
        Uvarint._build(obj + 1, stream, context, path)
        return obj


class Sized(Construct):
    """Bytes after their length; -1 as length is null."""

    def __init__(self, length: Construct, *, is_nullable: bool) -> None:
        super().__init__()
        self.length = length
        self.is_nullable = is_nullable

    def _parse(self, stream: Any, context: Any, path: str) -> Any:
        size = self.length._parsereport(stream, context, path)
        if size < 0:
            if not self.is_nullable:
                raise Misfit(f"is null (length {size}), which is not allowed here")
            return None
        left = trace_of(context).size_bytes - stream.tell()
        if size > left:
            raise Misfit(f"claims {size} bytes, {left} left")
        return self._decode(stream.read(size))

    def _build(self, obj: Any, stream: Any, context: Any, path: str) -> Any:
        if obj is None:
            if not self.is_nullable:
                raise Misfit("null is not allowed here", path=path)
            self.length._build(-1, stream, context, path)
            return obj
        data = self._encode(obj)
        self.length._build(len(data), stream, context, path)
        stream.write(data)
        return obj

    def _decode(self, data: bytes) -> Any:
        return data

    def _encode(self, value: Any) -> bytes:
        return bytes(value)


class Text(Sized):
    """A UTF-8 string after its length. Bytes that are not UTF-8 survive as lone surrogates."""

    def _decode(self, data: bytes) -> str:
        if len(data) > _STRING_MAX_BYTES:
            raise Misfit(f"is a string of {len(data)} bytes, more than {_STRING_MAX_BYTES}")
        return data.decode("utf-8", "surrogateescape")

    def _encode(self, value: str) -> bytes:
        return value.encode("utf-8", "surrogateescape")


class Counted(Construct):
    """Elements after their count; -1 as count is null."""

    def __init__(self, count: Construct, element: Traced, *, is_nullable: bool) -> None:
        super().__init__()
        self.count = count
        self.element = element
        self.is_nullable = is_nullable

    def _parse(self, stream: Any, context: Any, path: str) -> list[Any] | None:
        count = self.count._parsereport(stream, context, path)
        if count < 0:
            if not self.is_nullable:
                raise Misfit(f"is null (count {count}), which is not allowed here")
            return None
        left = trace_of(context).size_bytes - stream.tell()
        if count > left:
            raise Misfit(f"claims {count} elements, {left} bytes left")
        return [self.element.parse_as(f"[{i}]", stream.tell(), stream, context, path) for i in range(count)]

    def _build(self, obj: list[Any] | None, stream: Any, context: Any, path: str) -> Any:
        if obj is None and not self.is_nullable:
            raise Misfit("null is not allowed here", path=path)
        self.count._build(-1 if obj is None else len(obj), stream, context, path)
        for element in obj or ():
            self.element._build(element, stream, context, path)
        return obj


class Optional(Construct):
    """A nullable struct: a marker, then the struct unless the marker says null.

    Untagged, the marker is one byte, negative for null. Tagged, it is an unsigned varint, zero for null.
    """

    def __init__(self, subcon: Construct, *, is_tagged: bool) -> None:
        super().__init__()
        self.subcon = subcon
        self.marker = Uvarint if is_tagged else Int8sb
        self.null_marker = 0 if is_tagged else -1
        self.lowest_present = 1 if is_tagged else 0

    def _parse(self, stream: Any, context: Any, path: str) -> Any:
        if self.marker._parsereport(stream, context, path) < self.lowest_present:
            return None
        return self.subcon._parsereport(stream, context, path)

    def _build(self, obj: Any, stream: Any, context: Any, path: str) -> Any:
        self.marker._build(self.null_marker if obj is None else 1, stream, context, path)
        if obj is not None:
            self.subcon._build(obj, stream, context, path)
        return obj


class TaggedFields(Construct):
    """A struct's tagged fields: count, then per field its tag, its size and its bytes, tags ascending.

    Parses to, and builds from, a dict by tag. The value of a tag without a known format is its raw bytes.
    """

    def __init__(self, known: dict[int, Traced]) -> None:
        super().__init__()
        self.known = known

    def _parse(self, stream: Any, context: Any, path: str) -> dict[int, Any]:
        count = Uvarint._parsereport(stream, context, path)
        if count < 0:
            raise Misfit(f"claims {count} tagged fields")
        values: dict[int, Any] = {}
        for _ in range(count):
            start = stream.tell()
            tag = Uvarint._parsereport(stream, context, path)
            size = Uvarint._parsereport(stream, context, path)
            left = trace_of(context).size_bytes - stream.tell()
            if not 0 <= size <= left:
                raise Misfit(f"claims {size} bytes for tag {tag}, {left} left")
            values[tag] = self._parse_value(tag, size, start, stream, context, path)
        return values

    def _parse_value(self, tag: int, size: int, start: int, stream: Any, context: Any, path: str) -> Any:
        value_start = stream.tell()
        format_ = self.known.get(tag) or Traced(f"tag {tag}", "unknown tagged field", Bytes(size))
        value = format_.parse_as(format_.name, start, stream, context, path)
        if stream.tell() != value_start + size:
            raise Misfit(f"tag {tag} ({format_.name}) takes {stream.tell() - value_start} bytes, its size says {size}")
        return value

    def _build(self, obj: dict[int, Any], stream: Any, context: Any, path: str) -> Any:
        Uvarint._build(len(obj), stream, context, path)
        for tag in sorted(obj):
            data = BytesIO()
            if tag in self.known:
                self.known[tag]._build(obj[tag], data, context, path)
            else:
                data.write(obj[tag])
            Uvarint._build(tag, stream, context, path)
            Uvarint._build(len(data.getvalue()), stream, context, path)
            stream.write(data.getvalue())
        return obj


def parse_traced(format_: Construct, buffer: memoryview, base: int, name: str, type_name: str) -> Field:
    """Parse one value from the start of `buffer` and return its field, which may end before the buffer does.

    Args:
        base: is added to every position of the tree.

    Raises:
        DissectionError: the bytes do not fit; it names the first byte that does not.
    """
    stream = BytesIO(buffer)
    trace = Trace(name, type_name, base, len(buffer))
    try:
        value = format_.parse_stream(stream, trace=trace)
    except ConstructError as error:
        raise trace.fail(stream.tell(), _say_reason(error)) from error
    trace.root.end = base + stream.tell()
    trace.root.value = value
    return trace.root


def _say_reason(error: ConstructError) -> str:
    if isinstance(error, Misfit):
        return str(error.args[0])
    if isinstance(error, StreamError):
        return "the bytes end inside this field"
    return str(error)


__all__ = [
    "FIXED_FORMATS",
    "TAGGED_SECTION",
    "CompactLength",
    "Counted",
    "DissectionError",
    "Misfit",
    "Optional",
    "Sized",
    "TaggedFields",
    "Text",
    "Traced",
    "Uvarint",
    "Varint",
    "Varlong",
    "parse_traced",
    "trace_of",
]
