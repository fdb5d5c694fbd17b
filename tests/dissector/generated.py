"""Between the plain dicts of the reference codec and the server's generated classes."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from kafkalite.dissector.schema import UNKNOWN_TAGGED_FIELDS, default_struct
from kafkalite.dissector.specs import FieldSpec, MessageSpec, get_spec

_RECORD_KINDS = ("metadata", "coordinator-key", "coordinator-value")


@cache
def _module(name: str) -> ModuleType:
    """Return the generated module of a message; schemas of records live in a package of their own."""
    stem = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
    for candidate in (stem, stem.replace("k_raft", "kraft")):
        for package in ("internal_records", "messages"):
            try:
                return import_module(f"kafkalite.protocol.{package}.{candidate}")
            except ModuleNotFoundError:
                continue
    raise ModuleNotFoundError(f"no generated module for {name}")


def generated_class(name: str) -> Any:
    """Return the generated class of a message."""
    return getattr(_module(name), name)


@cache
def _attributes(cls: Any) -> dict[str, str]:
    """Return the class's attributes by their name without underscores."""
    return {slot.replace("_", ""): slot for slot in cls.__slots__}


def _attribute(cls: Any, field: FieldSpec) -> str:
    return _attributes(cls)[field.name.lower()]


def to_generated(name: str, version: int, values: dict[str, Any]) -> Any:
    """Return the generated object that holds these plain values."""
    spec = get_spec(name)
    return _object(_module(name), spec, name, spec.fields, version, values)


def _object(
    module: ModuleType, spec: MessageSpec, type_name: str, fields: tuple[FieldSpec, ...], version: int, values: Any
) -> Any:
    cls = getattr(module, type_name)
    arguments = {}
    for field in fields:
        if field.name not in values:
            continue
        value = values[field.name]
        if field.is_struct and value is not None:
            inner = spec.struct_fields(field)
            convert = lambda item, field=field, inner=inner: _object(module, spec, field.type, inner, version, item)  # noqa: E731
            value = [convert(item) for item in value] if field.is_array else convert(value)
        arguments[_attribute(cls, field)] = value
    unknown = values.get(UNKNOWN_TAGGED_FIELDS)
    return cls(**arguments, **({"unknown_tagged_fields": dict(unknown)} if unknown else {}))


def to_plain(name: str, version: int, message: Any) -> dict[str, Any]:
    """Return the plain values of the fields that the version carries."""
    spec = get_spec(name)
    return _plain_struct(spec, spec.fields, version, message)


def _plain_struct(spec: MessageSpec, fields: tuple[FieldSpec, ...], version: int, message: Any) -> dict[str, Any]:
    plain = {}
    for field in fields:
        if version in field.versions:
            value = getattr(message, _attribute(type(message), field))
            plain[field.name] = _plain_value(spec, field, version, value)
    unknown = getattr(message, "unknown_tagged_fields", None)
    if unknown:
        plain[UNKNOWN_TAGGED_FIELDS] = {tag: bytes(data) for tag, data in unknown.items()}
    return plain


def _plain_value(spec: MessageSpec, field: FieldSpec, version: int, value: Any) -> Any:
    if field.is_struct:
        inner = spec.struct_fields(field)
        if field.is_array:
            return value and [_plain_struct(spec, inner, version, item) for item in value]
        if value is None:
            # A generated class may leave a struct out of memory until it differs from its default.
            return None if version in field.nullable_versions else default_struct(spec, inner, version)
        return _plain_struct(spec, inner, version, value)
    if isinstance(value, memoryview | bytearray):
        return bytes(value)
    return list(value) if isinstance(value, tuple) else value
