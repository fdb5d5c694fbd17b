"""From a message schema and a version to a `construct` format.

Source: Kafka's message-schema rules (the README of its message definitions): which fields a version carries, which
are nullable, which encodings flexible versions use, when a tagged field is left out.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from construct import Adapter, Construct, Int16sb, Int32sb, Struct

from kafkalite.dissector.primitives import (
    FIXED_FORMATS,
    TAGGED_SECTION,
    CompactLength,
    Counted,
    Optional,
    Sized,
    TaggedFields,
    Text,
    Traced,
)
from kafkalite.dissector.specs import FieldSpec, MessageSpec, get_spec

#: The key under which a plain struct keeps tagged fields that its schema does not know: tag -> bytes.
UNKNOWN_TAGGED_FIELDS = "_unknown_tagged_fields"

_ZERO_VALUES: dict[str, Any] = {"bool": False, "float64": 0.0, "uuid": bytes(16), "string": "", "bytes": b""}


def default_value(spec: MessageSpec, field: FieldSpec, version: int) -> Any:
    """Return the value that a field has when nothing sets it. A struct's holds all fields of the version."""
    if field.default == "null" or (field.type == "records" and not field.is_array):
        return None
    if field.is_array:
        return []
    if field.is_struct:
        return default_struct(spec, spec.struct_fields(field), version)
    if field.default is not None:
        return field.default
    return _ZERO_VALUES.get(field.type, 0)


def default_struct(spec: MessageSpec, fields: tuple[FieldSpec, ...], version: int) -> dict[str, Any]:
    """Return a struct with every field of the version at its default."""
    return {field.name: default_value(spec, field, version) for field in fields if version in field.versions}


class _PlainStruct(Adapter):
    """Turns a container with a section of tagged fields into one flat dict, and back.

    Building takes any subset of the fields: the missing ones have their defaults. A tagged field that equals its
    default is left out of the bytes.
    """

    def __init__(self, subcon: Construct, defaults: dict[str, Any], names_by_tag: dict[int, str] | None) -> None:
        super().__init__(subcon)
        self.defaults = defaults
        self.names_by_tag = names_by_tag

    def _decode(self, obj: Any, context: Any, path: str) -> dict[str, Any]:
        section = obj.pop(TAGGED_SECTION, {})
        plain = {name: obj.get(name, default) for name, default in self.defaults.items()}
        known = self.names_by_tag or {}
        plain.update({known[tag]: value for tag, value in section.items() if tag in known})
        unknown = {tag: value for tag, value in section.items() if tag not in known}
        if unknown:
            plain[UNKNOWN_TAGGED_FIELDS] = unknown
        return plain

    def _encode(self, obj: dict[str, Any], context: Any, path: str) -> dict[str, Any]:
        plain = {**self.defaults, **obj}
        unknown = plain.pop(UNKNOWN_TAGGED_FIELDS, {})
        strangers = plain.keys() - self.defaults.keys()
        if strangers:
            raise KeyError(f"no such fields in this version: {sorted(strangers)}")
        if self.names_by_tag is None:
            if unknown:
                raise ValueError("a version without tagged fields cannot carry unknown ones")
            return plain
        section = {
            tag: plain[name] for tag, name in self.names_by_tag.items() if not self._is_default(name, plain[name])
        }
        return {**plain, TAGGED_SECTION: {**section, **unknown}}

    def _is_default(self, name: str, value: Any) -> bool:
        default = self.defaults[name]
        if isinstance(default, dict) and isinstance(value, dict):
            return {**default, **value} == default
        return bool(value == default)


class _Builder:
    """Builds the formats of one version of one message."""

    def __init__(self, spec: MessageSpec, version: int) -> None:
        self.spec = spec
        self.version = version
        self.is_flexible = version in spec.flexible_versions

    def struct(self, fields: tuple[FieldSpec, ...]) -> Construct:
        present = [field for field in fields if self.version in field.versions]
        tagged = [field for field in present if self.version in field.tagged_versions]
        formats = [self.field(field) for field in present if field not in tagged]
        defaults = default_struct(self.spec, fields, self.version)
        if not self.is_flexible:
            return _PlainStruct(Struct(*formats), defaults, None)
        by_tag = {field.tag: field for field in tagged if field.tag is not None}
        section = TaggedFields({tag: self.field(field, is_tagged=True) for tag, field in by_tag.items()})
        formats.append(Traced(TAGGED_SECTION, "tagged_fields", section))
        return _PlainStruct(Struct(*formats), defaults, {tag: field.name for tag, field in by_tag.items()})

    def field(self, field: FieldSpec, *, is_tagged: bool = False) -> Traced:
        is_flexible = self.is_flexible
        if field.flexible_versions is not None:
            is_flexible = self.version in field.flexible_versions
        is_nullable = self.version in field.nullable_versions
        if not field.is_array:
            return self.value(field.name, field, is_flexible, is_nullable, is_tagged)
        element = self.value("[]", field, is_flexible, is_nullable=False, is_tagged=False)
        count = CompactLength() if is_flexible else Int32sb
        type_name = f"{_encoding('array', is_flexible, is_nullable)}[{element.type_name}]"
        return Traced(field.name, type_name, Counted(count, element, is_nullable=is_nullable))

    def value(self, name: str, field: FieldSpec, is_flexible: bool, is_nullable: bool, is_tagged: bool) -> Traced:
        if field.is_struct:
            struct = self.struct(self.spec.struct_fields(field))
            if is_nullable:
                return Traced(name, f"nullable {field.type}", Optional(struct, is_tagged=is_tagged))
            return Traced(name, field.type, struct)
        if field.type in FIXED_FORMATS:
            return Traced(name, field.type, FIXED_FORMATS[field.type])
        type_name = _encoding(field.type, is_flexible, is_nullable)
        if field.type == "string":
            length = CompactLength() if is_flexible else Int16sb
            return Traced(name, type_name, Text(length, is_nullable=is_nullable))
        if field.type not in ("bytes", "records"):
            raise ValueError(f"{self.spec.name}.{field.name} has the unknown type {field.type!r}")
        length = CompactLength() if is_flexible else Int32sb
        return Traced(name, type_name, Sized(length, is_nullable=is_nullable))


def _encoding(kind: str, is_flexible: bool, is_nullable: bool) -> str:
    return ("compact_" if is_flexible else "") + ("nullable_" if is_nullable else "") + kind


def build_format(spec: MessageSpec, version: int) -> Construct:
    """Return the format of one version of a message: it parses to, and builds from, a plain dict of its fields.

    Raises:
        UnknownSchema: the message has no such version.
    """
    spec.check_version(version)
    return _Builder(spec, version).struct(spec.fields)


@cache
def get_format(name: str, version: int) -> Construct:
    """Return the format of one version of a message of `protocol_specs/`, made once."""
    return build_format(get_spec(name), version)
