"""The parts of generated codecs: variable-length integers, tagged fields, lent records, and the message base class.

Readers take a buffer and a position and return the value with the position after it. They may run past the end of the
buffer inside a slice: a message's own `read` compares the final position with the buffer's length once.

Source: KIP-482 (tagged fields, compact encodings), Kafka's ByteUtils and MessageDataGenerator.
"""

from __future__ import annotations

from struct import Struct, unpack_from
from struct import error as StructError
from typing import TYPE_CHECKING, Any, NoReturn

import kafkalite.protocol.java_text  # noqa: F401 -- readers decode text with its error handler
from kafkalite.model.limits import COLLECTION_MAX_COUNT, READ_TAGS_MAX_COUNT, TAGGED_FIELDS_MAX_COUNT
from kafkalite.protocol.api_error import ProtocolViolation

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence, Sized

    from kafkalite.model.buffers import Buffer as Buffer

    TaggedFields = dict[int, bytes]

new = object.__new__

#: What a reader may run into when bytes are missing or malformed.
READ_ERRORS = (StructError, IndexError, OverflowError)

#: Bytes-like values from this size on are attached to a frame instead of being copied into it.
ATTACH_MIN_BYTES = 4096

#: No text is longer, in any encoding. Source: MessageDataGenerator.
TEXT_MAX_BYTES = 0x7FFF

#: How many numbers or ids sliced reading takes in one step.
NUMBERS_STEP_COUNT = 1024

#: How many tagged fields sliced reading takes in one step.
TAGS_STEP_COUNT = 128

#: Stands for "not given" where None already means null.
UNSET: Any = object()

_INT32 = Struct(">i")


class ManyTaggedFields(ProtocolViolation):
    """A struct has more unknown tagged fields than can be read at once.

    Args:
        position: the position of their count in the buffer.
    """

    def __init__(self, position: int) -> None:
        super().__init__(f"a struct has more than {TAGGED_FIELDS_MAX_COUNT} tagged fields")
        self.position = position


class UnsupportedFieldError(ValueError):
    """A field holds a value that the version being written cannot carry."""


class Message:
    """Equality and representation by fields, for every generated class."""

    __slots__: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        if self.__class__ is not other.__class__:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={_describe(getattr(self, name))}" for name in self.__slots__)
        return f"{type(self).__name__}({fields})"


def _describe(value: object) -> str:
    if isinstance(value, memoryview):
        return f"<{len(value)} bytes>"
    return repr(value)


class FrameWriter(bytearray):
    """A frame under construction: its own bytes, with large buffers attached between them instead of copied in."""

    #: (position in the own bytes before which it belongs, the attached bytes-like or sized object), in order; shared
    #: and empty until there is one, for most frames have none
    attachments: Sequence[tuple[int, Any]] = ()

    def attach(self, buffer: Sized) -> None:
        """Put a buffer, or any object that knows its length in bytes, at the current end without copying it."""
        self.attachments = [*self.attachments, (len(self), buffer)]

    def size(self) -> int:
        """Return the bytes of the whole frame, attachments included."""
        return len(self) + sum(len(buffer) for _, buffer in self.attachments)

    def buffers(self) -> list[Any]:
        """Return the frame as a list of bytes-like objects (and attached sized objects) in the order of the wire."""
        if not self.attachments:
            return [self]
        own = memoryview(self)
        parts: list[Any] = []
        start = 0
        for position, buffer in self.attachments:
            if position > start:
                parts.append(own[start:position])
                start = position
            parts.append(buffer)
        if start < len(own):
            parts.append(own[start:])
        return parts


def read_uvarint(buffer: Buffer, position: int) -> tuple[int, int]:
    """Read an unsigned variable-length integer of at most 32 bits.

    Raises:
        ProtocolViolation: the integer is too long.
        IndexError: the buffer ends.
    """
    value = buffer[position]
    position += 1
    if value < 128:
        return value, position
    value &= 127
    for shift in (7, 14, 21, 28):
        byte = buffer[position]
        position += 1
        if byte < 128:
            return (value | byte << shift) & 0xFFFFFFFF, position
        value |= (byte & 127) << shift
    raise ProtocolViolation("a variable-length integer is longer than 5 bytes")


def read_compact_length(buffer: Buffer, position: int) -> tuple[int, int]:
    """Read a compact length that may not be null; it is one more than the length."""
    length, position = read_uvarint(buffer, position)
    if length == 0:
        refuse_null()
    return length, position


def read_text_length(buffer: Buffer, position: int) -> tuple[int, int]:
    """Read the compact length of a text that may not be null; it is one more than the length.

    Raises:
        ProtocolViolation: the text is null, or longer than any text of Kafka.
        IndexError: the buffer ends.
    """
    length, position = read_nullable_text_length(buffer, position)
    if length == 0:
        refuse_null()
    return length, position


def read_nullable_text_length(buffer: Buffer, position: int) -> tuple[int, int]:
    """Read the compact length of a text; it is one more than the length, and 0 for null.

    Raises:
        ProtocolViolation: the text is longer than any text of Kafka.
        IndexError: the buffer ends.
    """
    length, position = read_uvarint(buffer, position)
    if length - 1 > TEXT_MAX_BYTES:
        raise ProtocolViolation(f"a text of {length - 1} bytes is longer than {TEXT_MAX_BYTES}")
    return length, position


def read_varint(buffer: Buffer, position: int) -> tuple[int, int]:
    """Read a signed (zigzag) variable-length integer of at most 32 bits.

    Raises:
        ProtocolViolation: the integer is too long.
        IndexError: the buffer ends.
    """
    value, position = read_uvarint(buffer, position)
    return (value >> 1) ^ -(value & 1), position


def read_varlong(buffer: Buffer, position: int) -> tuple[int, int]:
    """Read a signed (zigzag) variable-length integer of at most 64 bits.

    Raises:
        ProtocolViolation: the integer is too long.
        IndexError: the buffer ends.
    """
    value = 0
    for shift in range(0, 70, 7):
        byte = buffer[position]
        position += 1
        value |= (byte & 127) << shift
        if byte < 128:
            value &= 0xFFFFFFFFFFFFFFFF
            return (value >> 1) ^ -(value & 1), position
    raise ProtocolViolation("a variable-length integer is longer than 10 bytes")


def write_uvarint(out: bytearray, value: int) -> None:
    """Append an unsigned variable-length integer."""
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)


def read_numbers(buffer: Buffer, position: int, count: int, code: str, width_bytes: int) -> tuple[list[Any], int]:
    """Read `count` numbers of one fixed width; `code` is the format character of `struct`."""
    end = position + count * width_bytes
    if end > len(buffer):
        refuse_count()
    return list(unpack_from(f">{count}{code}", buffer, position)), end


def read_uuids(buffer: Buffer, position: int, count: int) -> tuple[list[bytes], int]:
    """Read `count` ids of 16 bytes."""
    end = position + count * 16
    if end > len(buffer):
        refuse_count()
    return [bytes(buffer[start : start + 16]) for start in range(position, end, 16)], end


def read_numbers_steps(
    buffer: Buffer, position: int, count: int, code: str, width_bytes: int
) -> Generator[None, None, tuple[list[Any], int]]:
    """Read as `read_numbers` does, and yield on the way."""
    if count <= NUMBERS_STEP_COUNT:
        return read_numbers(buffer, position, count, code, width_bytes)
    if position + count * width_bytes > len(buffer):
        refuse_count()
    if count > COLLECTION_MAX_COUNT:
        refuse_large_count(count)
    numbers: list[Any] = []
    while count:
        step_count = min(count, NUMBERS_STEP_COUNT)
        some, position = read_numbers(buffer, position, step_count, code, width_bytes)
        numbers += some
        count -= step_count
        yield
    return numbers, position


def read_uuids_steps(buffer: Buffer, position: int, count: int) -> Generator[None, None, tuple[list[bytes], int]]:
    """Read as `read_uuids` does, and yield on the way."""
    if count <= NUMBERS_STEP_COUNT:
        return read_uuids(buffer, position, count)
    if position + count * 16 > len(buffer):
        refuse_count()
    if count > COLLECTION_MAX_COUNT:
        refuse_large_count(count)
    ids: list[bytes] = []
    while count:
        step_count = min(count, NUMBERS_STEP_COUNT)
        some, position = read_uuids(buffer, position, step_count)
        ids += some
        count -= step_count
        yield
    return ids, position


def read_tagged_fields(buffer: Buffer, position: int, count: int) -> tuple[TaggedFields, int]:
    """Read `count` (a first byte, possibly the start of a longer integer) unknown tagged fields.

    Raises:
        ProtocolViolation: the bytes cannot be trusted.
        ManyTaggedFields: there are more than a small request has.
    """
    if count > 127:
        start = position - 1
        count, position = read_uvarint(buffer, start)
        check_tag_count(buffer, start, position, count)
    unknown: TaggedFields = {}
    return unknown, _read_some_tags(buffer, position, count, unknown)


def read_tagged_fields_steps(
    buffer: Buffer, position: int, count: int
) -> Generator[None, None, tuple[TaggedFields, int]]:
    """Read as `read_tagged_fields` does, up to READ_TAGS_MAX_COUNT, and yield on the way."""
    if count > 127:
        count, position = read_uvarint(buffer, position - 1)
        check_large_tag_count(buffer, position, count)
    unknown: TaggedFields = {}
    while count > TAGS_STEP_COUNT:
        position = _read_some_tags(buffer, position, TAGS_STEP_COUNT, unknown)
        count -= TAGS_STEP_COUNT
        yield
    return unknown, _read_some_tags(buffer, position, count, unknown)


def _read_some_tags(buffer: Buffer, position: int, count: int, unknown: TaggedFields) -> int:
    """Add `count` tagged fields to those that were read and return the position after them."""
    end_of_buffer = len(buffer)
    for _ in range(count):
        tag = buffer[position]
        position += 1
        if tag > 127:
            tag, position = read_uvarint(buffer, position - 1)
        size = buffer[position]
        position += 1
        if size > 127:
            size, position = read_uvarint(buffer, position - 1)
        end = position + size
        if end > end_of_buffer:
            refuse_count()
        unknown[tag] = bytes(buffer[position:end])
        position = end
    return position


def skip_tagged_fields(buffer: Buffer, position: int) -> int:
    """Return the end of a section of ignored tagged fields.

    Raises:
        IndexError: the buffer ends; further errors as from `read_tagged_fields`.
    """
    start = position
    count, position = read_uvarint(buffer, start)
    check_tag_count(buffer, start, position, count)
    return _skip_some_tags(buffer, position, count)


def skip_tagged_fields_steps(buffer: Buffer, position: int) -> Generator[None, None, int]:
    """Skip as `skip_tagged_fields` does, up to READ_TAGS_MAX_COUNT of them, and yield on the way."""
    count, position = read_uvarint(buffer, position)
    check_large_tag_count(buffer, position, count)
    while count > TAGS_STEP_COUNT:
        position = _skip_some_tags(buffer, position, TAGS_STEP_COUNT)
        count -= TAGS_STEP_COUNT
        yield
    return _skip_some_tags(buffer, position, count)


def _skip_some_tags(buffer: Buffer, position: int, count: int) -> int:
    for _ in range(count):
        _, position = read_uvarint(buffer, position)
        size, position = read_uvarint(buffer, position)
        position += size
    return position


def check_tag_count(buffer: Buffer, start: int, position: int, count: int) -> None:
    """Refuse a count of tagged fields, which is between `start` and `position`.

    Raises:
        ProtocolViolation: the bytes left cannot hold so many, or there are more than a request may have.
        ManyTaggedFields: there are more than a small request can hold.
    """
    check_large_tag_count(buffer, position, count)
    if count > TAGGED_FIELDS_MAX_COUNT:
        raise ManyTaggedFields(start)


def check_large_tag_count(buffer: Buffer, position: int, count: int) -> None:
    """Refuse a count of tagged fields that are read in steps; they begin at `position`.

    Raises:
        ProtocolViolation: the bytes left cannot hold so many, or there are more than a request may have.
    """
    if 2 * count > len(buffer) - position:
        refuse_count()
    if count > READ_TAGS_MAX_COUNT:
        refuse_large_count(count)


def read_around_tags(
    read: Callable[[Buffer, int, int], tuple[Any, int]], tags_position: int, buffer: Buffer, start: int, version: int
) -> Generator[None, None, tuple[Any, int]]:
    """Read a struct that ends with too many unknown tagged fields for its reader, and yield on the way.

    Args:
        read: the struct's reader, which raised ManyTaggedFields.
        tags_position: the start of the section of tagged fields, from the exception.
        start: the start of the struct.
    """
    unknown, end = yield from read_tagged_fields_steps(buffer, tags_position + 1, buffer[tags_position])
    item, _ = read(memoryview(bytes(buffer[start:tags_position]) + b"\0"), 0, version)
    item.unknown_tagged_fields = unknown
    return item, end


def write_tagged_fields(out: bytearray, known: TaggedFields | None, unknown: TaggedFields | None) -> None:
    """Append a tagged-fields section: known and unknown fields in the order of their tags."""
    if not known:
        if not unknown:
            out.append(0)
            return
        known = unknown
    elif unknown:
        known = {**known, **unknown}
    write_uvarint(out, len(known))
    for tag in sorted(known):
        body = known[tag]
        write_uvarint(out, tag)
        write_uvarint(out, len(body))
        out += body


def write_records(out: bytearray, value: Sized | None) -> None:
    """Append records with a 32-bit length; None is length -1. See `FrameWriter` for attachments."""
    if value is None:
        out += b"\xff\xff\xff\xff"
        return
    out += _INT32.pack(len(value))
    _write_lent(out, value)


def write_compact_records(out: bytearray, value: Sized | None) -> None:
    """Append records with a compact length; None is 0. See `FrameWriter` for attachments."""
    if value is None:
        out.append(0)
        return
    write_uvarint(out, len(value) + 1)
    _write_lent(out, value)


def _write_lent(out: bytearray, value: Any) -> None:
    is_bytes_like = isinstance(value, (bytes, bytearray, memoryview))
    if isinstance(out, FrameWriter) and (len(value) >= ATTACH_MIN_BYTES or not is_bytes_like):
        out.attach(value)
    else:
        out += value


def refuse_null() -> NoReturn:
    """Raise because a field that cannot be null is null, or a length is negative."""
    raise ProtocolViolation("a field is null that must not be")


def refuse_count() -> NoReturn:
    """Raise because a length exceeds the rest of the frame."""
    raise ProtocolViolation("a length or count is larger than the bytes that are left")


def refuse_large_count(count: int) -> NoReturn:
    """Raise because there are more elements than Kafka reads."""
    raise ProtocolViolation(f"a count of {count} is larger than the maximum")


def refuse_tag(tag: int) -> NoReturn:
    """Raise because a tagged field does not fill its size, or is not allowed in this version."""
    raise ProtocolViolation(f"the tagged field {tag} is malformed")


def refuse_truncated(name: str, error: Exception | None = None) -> NoReturn:
    """Raise because the bytes of a message end early or cannot be decoded."""
    raise ProtocolViolation(f"{name} is truncated or malformed") from error


def refuse_field(message: str, field: str, version: int) -> NoReturn:
    """Raise because this version has no field for a value.

    Raises:
        UnsupportedFieldError: always.
    """
    raise UnsupportedFieldError(f"{message} version {version} cannot carry this value of {field}")
