# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ListGroupsRequest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_tagged_fields,
    read_text_length,
    refuse_count,
    refuse_field,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields


class ListGroupsRequest(Message):
    """Kafka's request 16 `ListGroupsRequest`: versions 0-5, flexible from 3."""

    __slots__ = (
        "states_filter",
        "types_filter",
        "unknown_tagged_fields",
    )

    API_KEY = 16
    NAME = "ListGroupsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 5
    FIRST_FLEXIBLE_VERSION = 3

    def __init__(
        self,
        *,
        states_filter: list[str] | None = None,
        types_filter: list[str] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.states_filter: list[str] = [] if states_filter is None else states_filter
        self.types_filter: list[str] = [] if types_filter is None else types_filter
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 3:
            if version >= 4:
                length = len(self.states_filter) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for states_filter_item in self.states_filter:
                    data = states_filter_item.encode()
                    length = len(data) + 1
                    if length < 128:
                        out.append(length)
                    else:
                        write_uvarint(out, length)
                    out += data
            else:
                if self.states_filter:
                    refuse_field("ListGroupsRequest", "states_filter", version)
            if version >= 5:
                length = len(self.types_filter) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for types_filter_item in self.types_filter:
                    data = types_filter_item.encode()
                    length = len(data) + 1
                    if length < 128:
                        out.append(length)
                    else:
                        write_uvarint(out, length)
                    out += data
            else:
                if self.types_filter:
                    refuse_field("ListGroupsRequest", "types_filter", version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            if self.states_filter:
                refuse_field("ListGroupsRequest", "states_filter", version)
            if self.types_filter:
                refuse_field("ListGroupsRequest", "types_filter", version)
            if self.unknown_tagged_fields:
                refuse_field("ListGroupsRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ListGroupsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_list_groups_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ListGroupsRequest", error)
        if position > len(buffer):
            refuse_truncated("ListGroupsRequest")
        return message, position


def _read_list_groups_request(buffer: Buffer, position: int, version: int) -> tuple[ListGroupsRequest, int]:
    self = new(ListGroupsRequest)
    if version >= 3:
        if version >= 4:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if length - 1 > len(buffer) - position:
                refuse_count()
            states_filter_ = self.states_filter = []
            for _ in range(length - 1):
                length = buffer[position]
                position += 1
                if not 0 < length < 128:
                    length, position = read_text_length(buffer, position - 1)
                end = position + length - 1
                states_filter_.append(str(buffer[position:end], "utf-8", "as-java"))
                position = end
        else:
            self.states_filter = []
        if version >= 5:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if length - 1 > len(buffer) - position:
                refuse_count()
            types_filter_ = self.types_filter = []
            for _ in range(length - 1):
                length = buffer[position]
                position += 1
                if not 0 < length < 128:
                    length, position = read_text_length(buffer, position - 1)
                end = position + length - 1
                types_filter_.append(str(buffer[position:end], "utf-8", "as-java"))
                position = end
        else:
            self.types_filter = []
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.states_filter = []
        self.types_filter = []
        self.unknown_tagged_fields = None
    return self, position
