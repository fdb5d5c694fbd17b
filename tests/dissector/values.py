"""Values for the fields of any message: hypothesis strategies, and one fixed value with every field set."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from kafkalite.dissector.schema import UNKNOWN_TAGGED_FIELDS, default_struct, default_value
from kafkalite.dissector.specs import FieldSpec, MessageSpec, get_spec, spec_names

_INT_BITS = {"int8": 8, "int16": 16, "int32": 32, "int64": 64}
_UNSIGNED_BITS = {"uint16": 16, "uint32": 32}
_LONG = 200  # past one byte of an unsigned varint

MESSAGE_VERSIONS = [(name, version) for name in spec_names() for version in get_spec(name).versions()]
NAMES = spec_names()


def _scalar(type_name: str) -> st.SearchStrategy[Any]:
    if type_name in _INT_BITS:
        bound = 1 << (_INT_BITS[type_name] - 1)
        return st.integers(-bound, bound - 1)
    if type_name in _UNSIGNED_BITS:
        return st.integers(0, (1 << _UNSIGNED_BITS[type_name]) - 1)
    if type_name == "string":
        return st.text(st.characters(codec="utf-8"), max_size=6) | st.just("ä" * _LONG)
    if type_name in ("bytes", "records"):
        return st.binary(max_size=6) | st.just(b"\x00" * _LONG)
    return {
        "bool": st.booleans(),
        "float64": st.floats(allow_nan=False),
        "uuid": st.binary(min_size=16, max_size=16),
    }[type_name]


def _field(spec: MessageSpec, field: FieldSpec, version: int) -> st.SearchStrategy[Any]:
    if field.is_struct:
        value = _struct(spec, spec.struct_fields(field), version)
    else:
        value = _scalar(field.type)
    if field.is_array:
        value = st.lists(value, max_size=2)
    if version in field.nullable_versions:
        value = st.none() | value
    if version in field.tagged_versions:
        value = st.just(default_value(spec, field, version)) | value
    return value


def _struct(spec: MessageSpec, fields: tuple[FieldSpec, ...], version: int) -> st.SearchStrategy[dict[str, Any]]:
    present = [field for field in fields if version in field.versions]
    required = {field.name: _field(spec, field, version) for field in present}
    optional = {}
    if version in spec.flexible_versions:
        known = {field.tag for field in fields if field.tag is not None}
        tags = st.integers(0, 300).filter(lambda tag: tag not in known)
        unknown = st.dictionaries(tags, st.binary(max_size=3), min_size=1, max_size=2)
        optional = {UNKNOWN_TAGGED_FIELDS: unknown}
    return st.fixed_dictionaries(required, optional=optional)


@cache
def values(name: str, version: int) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for the plain values of one version of a message."""
    spec = get_spec(name)
    return _struct(spec, spec.fields, version)


def _full_field(spec: MessageSpec, field: FieldSpec, version: int, number: int) -> Any:
    if field.is_struct:
        value: Any = _full_struct(spec, spec.struct_fields(field), version)
    elif field.type == "bool":
        value = field.default is not True
    elif field.type == "uuid":
        value = bytes(range(number, number + 16))
    elif field.type == "string":
        value = f"{field.name}-é"
    elif field.type in ("bytes", "records"):
        value = bytes([number, 255, 0])
    else:
        value = number + 0.5 if field.type == "float64" else number
    if not field.is_array:
        return value
    if field.is_struct:
        inner = spec.struct_fields(field)
        default = default_struct(spec, inner, version)
        # Null is the default of records even where they are not nullable.
        default |= {f.name: b"" for f in inner if f.type == "records" and version not in f.nullable_versions}
        return [value, default]
    return [value, value]


def _full_struct(spec: MessageSpec, fields: tuple[FieldSpec, ...], version: int) -> dict[str, Any]:
    present = [field for field in fields if version in field.versions]
    full = {field.name: _full_field(spec, field, version, number) for number, field in enumerate(present, 1)}
    if version in spec.flexible_versions:
        full[UNKNOWN_TAGGED_FIELDS] = {200: b"unknown"}
    return full


def full_values(name: str, version: int) -> dict[str, Any]:
    """Return one fixed value: every field set, a full and a default element per array, and an unknown tag."""
    spec = get_spec(name)
    return _full_struct(spec, spec.fields, version)
