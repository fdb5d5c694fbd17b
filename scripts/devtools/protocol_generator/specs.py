"""The schemas of `protocol_specs/` as Python objects, with versions cut to the reachable and Python's names."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .versions import EMPTY, OPEN_END, VersionRange, parse_versions

#: Fixed-width types: (format character of `struct`, bytes).
FIXED = {
    "bool": ("?", 1),
    "int8": ("b", 1),
    "int16": ("h", 2),
    "uint16": ("H", 2),
    "int32": ("i", 4),
    "uint32": ("I", 4),
    "int64": ("q", 8),
    "float64": ("d", 8),
    "uuid": ("16s", 16),
}
PYTHON_TYPES = {
    "bool": "bool",
    "int8": "int",
    "int16": "int",
    "uint16": "int",
    "int32": "int",
    "uint32": "int",
    "int64": "int",
    "float64": "float",
    "uuid": "bytes",
    "string": "str",
    "bytes": "bytes",
}

#: As in `kafkalite.model.limits`: sliced readers share equal elements up to this size.
SHARED_ELEMENT_MAX_BYTES = 4


def snake_case(name: str) -> str:
    """Return Kafka's CamelCase name as Python spells it; KRaft is one word."""
    name = name.replace("KRaft", "Kraft")
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()


@dataclass(frozen=True)
class Field:
    """One field of a struct; `versions` and `nullable` are cut to the versions in which its struct exists."""

    name: str
    type: str
    versions: VersionRange
    nullable: VersionRange
    tagged: VersionRange
    tag: int | None
    default: Any
    ignorable: bool
    zero_copy: bool
    never_flexible: bool

    @property
    def attribute(self) -> str:
        """The Python name."""
        return snake_case(self.name)

    @property
    def is_array(self) -> bool:
        """Whether it holds a list."""
        return self.type.startswith("[]")

    @property
    def element(self) -> str:
        """The type of the elements of an array, else the type itself."""
        return self.type.removeprefix("[]")

    @property
    def is_struct(self) -> bool:
        """Whether it, or its element, is a struct."""
        return self.element[0].isupper()

    @property
    def is_lent(self) -> bool:
        """Whether reading lends a slice of the input instead of copying."""
        return self.type == "records" or self.zero_copy

    @property
    def is_fixed(self) -> bool:
        """Whether it has a fixed width."""
        return self.type in FIXED

    @property
    def defaults_to_null(self) -> bool:
        """Whether None is the value of a field that is absent."""
        return self.default == "null" or self.type == "records"

    @property
    def is_optional_tagged_struct(self) -> bool:
        """Whether it is a tagged struct that cannot be null: absent is None, which stands for all its defaults."""
        return self.tag is not None and self.is_struct and not self.is_array and self.nullable.is_empty


@dataclass(frozen=True)
class Struct:
    """A message or a struct nested in it, with the versions in which it can occur."""

    name: str
    versions: VersionRange
    fields: tuple[Field, ...]


@dataclass
class Message:
    """One schema file."""

    name: str
    type: str
    api_key: int | None
    versions: VersionRange
    flexible: VersionRange
    first_flexible_version: int
    top: Struct
    nested: dict[str, Struct] = field(default_factory=dict)

    @property
    def module(self) -> str:
        """The name of the generated module."""
        return snake_case(self.name)

    @property
    def structs(self) -> list[Struct]:
        """The nested structs, then the message itself."""
        return [*self.nested.values(), self.top]


def has_arrays(message: Message, struct: Struct) -> bool:
    """Whether the size of a struct is open-ended: it, or a struct in it, has an array."""
    return any(
        field.is_array or (field.is_struct and has_arrays(message, message.nested[field.type]))
        for field in struct.fields
    )


def is_read_in_steps(message: Message, struct: Struct) -> bool:
    """Return whether a struct has a sliced reader: it, or a struct in it, has an array or known tagged fields."""
    return any(
        field.is_array
        or field.tag is not None
        or (field.is_struct and is_read_in_steps(message, message.nested[field.type]))
        for field in struct.fields
    )


def has_long_arrays(message: Message, struct: Struct) -> bool:
    """Whether writing a struct may take long: arrays of numbers do not, and tagged ones are never long."""
    return any(
        field.tag is None
        and ((field.is_array and field.element not in FIXED) or (field.is_struct and _is_long(message, field)))
        for field in struct.fields
    )


def _is_long(message: Message, field: Field) -> bool:
    return has_long_arrays(message, message.nested[field.type])


def _parse_field(raw: dict[str, Any], parent: VersionRange) -> Field:
    versions = parse_versions(raw["versions"]).intersect(parent)
    return Field(
        name=raw["name"],
        type=raw["type"],
        versions=versions,
        nullable=parse_versions(raw.get("nullableVersions")).intersect(versions),
        tagged=parse_versions(raw.get("taggedVersions")).intersect(versions),
        tag=raw.get("tag"),
        default=raw.get("default"),
        ignorable=raw.get("ignorable", False),
        zero_copy=raw.get("zeroCopy", False),
        never_flexible=raw.get("flexibleVersions") == "none",
    )


def load_message(path: Path) -> Message:
    """Read one schema file."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    valid = parse_versions(raw["validVersions"])
    flexible = parse_versions(raw["flexibleVersions"], EMPTY)
    nested: dict[str, Struct] = {}
    common = {struct["name"]: struct for struct in raw.get("commonStructs", [])}

    def parse_struct(name: str, fields: list[dict[str, Any]], versions: VersionRange) -> Struct:
        parsed = tuple(_parse_field(raw_field, versions) for raw_field in fields)
        for raw_field, parsed_field in zip(fields, parsed, strict=True):
            if parsed_field.is_struct and "fields" in raw_field:
                nested[parsed_field.element] = parse_struct(
                    parsed_field.element, raw_field["fields"], parsed_field.versions
                )
        return Struct(name, versions, parsed)

    for name, struct in common.items():
        nested[name] = parse_struct(name, struct["fields"], parse_versions(struct["versions"]).intersect(valid))
    top = parse_struct(raw["name"], raw["fields"], valid)
    return Message(
        name=raw["name"],
        type=raw["type"],
        api_key=raw.get("apiKey"),
        versions=valid,
        flexible=flexible.intersect(valid),
        first_flexible_version=OPEN_END if flexible.is_empty else flexible.lowest,
        top=top,
        nested=nested,
    )


def load_directory(directory: Path) -> list[Message]:
    """Read every schema of a directory, sorted by name."""
    return [load_message(path) for path in sorted(directory.glob("*.json"))]
