"""Hypothesis strategies for any message in any version, made from the schemas."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.protocol.message_samples import BY_NAME, Field, Message, Struct, class_of

_RANGES = {
    "int8": (-(1 << 7), (1 << 7) - 1),
    "int16": (-(1 << 15), (1 << 15) - 1),
    "uint16": (0, (1 << 16) - 1),
    "int32": (-(1 << 31), (1 << 31) - 1),
    "uint32": (0, (1 << 32) - 1),
    "int64": (-(1 << 63), (1 << 63) - 1),
}
_PRIMITIVES: dict[str, st.SearchStrategy[Any]] = {
    **{kind: st.integers(*limits) for kind, limits in _RANGES.items()},
    "bool": st.booleans(),
    "float64": st.floats(allow_nan=False),
    "string": st.text(max_size=6) | st.just("long" * 40),
    "bytes": st.binary(max_size=6) | st.just(b"b" * 130),
    "records": st.binary(max_size=6) | st.just(b"r" * 20_000),
    "uuid": st.binary(min_size=16, max_size=16),
}
_UNKNOWN_TAGS = st.none() | st.dictionaries(st.integers(1_000, 1 << 31), st.binary(max_size=4), min_size=1, max_size=2)


def messages_of(message: Message, version: int) -> st.SearchStrategy[Any]:
    """Return instances of a message that its version can carry."""
    return _struct(message.name, message.name, version)


@cache
def _struct(message_name: str, struct_name: str, version: int) -> st.SearchStrategy[Any]:
    message = BY_NAME[message_name]
    struct: Struct = message.top if struct_name == message_name else message.nested[struct_name]
    fields = {field.attribute: _field(message, field, version) for field in struct.fields if version in field.versions}
    if version in message.flexible:
        fields["unknown_tagged_fields"] = _UNKNOWN_TAGS
    return st.builds(class_of(message, struct_name), **fields)


def _field(message: Message, field: Field, version: int) -> st.SearchStrategy[Any]:
    element = _struct(message.name, field.element, version) if field.is_struct else _PRIMITIVES[field.element]
    if field.is_optional_tagged_struct:
        # A tagged struct that equals its defaults is not written and comes back as None.
        default = class_of(message, field.element)()
        return st.none() | element.filter(lambda value: value != default)
    strategy = st.lists(element, max_size=2) if field.is_array else element
    return st.none() | strategy if version in field.nullable else strategy
