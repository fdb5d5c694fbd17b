"""The least bytes that a value takes on the wire, by which a count that cannot be true is recognised."""

from __future__ import annotations

from .source import condition
from .specs import FIXED, Field, Message
from .versions import VersionRange


def least_element_bytes(message: Message, field: Field, possible: VersionRange, is_flexible: bool) -> int:
    """Return the least bytes of one element of an array in all of the possible versions, at least 1."""
    if field.is_struct:
        return max(1, _least_struct_bytes(message, field.element, possible.intersect(field.versions), is_flexible))
    return _least_value_bytes(field.element, is_flexible)


def _least_struct_bytes(message: Message, name: str, possible: VersionRange, is_flexible: bool) -> int:
    least = 1 if is_flexible else 0  # the count of tagged fields
    for field in message.nested[name].fields:
        if field.tag is None and condition(field.versions, possible) == "":
            least += _least_field_bytes(message, field, possible, is_flexible and not field.never_flexible)
    return least


def _least_field_bytes(message: Message, field: Field, possible: VersionRange, is_compact: bool) -> int:
    if field.is_array:
        return 1 if is_compact else 4
    if not field.is_struct:
        return _least_value_bytes(field.type, is_compact)
    if not field.nullable.is_empty:
        return 1
    return _least_struct_bytes(message, field.type, possible, is_compact)


def _least_value_bytes(kind: str, is_compact: bool) -> int:
    """Return what a value without content takes: a string, bytes or records are a length at least."""
    if kind in FIXED:
        return FIXED[kind][1]
    if is_compact:
        return 1
    return 2 if kind == "string" else 4
