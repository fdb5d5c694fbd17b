"""Sample messages for every schema and version, made from the schemas alone: the same values on every run."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.devtools.protocol_generator.specs import Field, Message, Struct, load_directory

SPECS = Path(__file__).resolve().parent.parent.parent / "protocol_specs"
MESSAGES = load_directory(SPECS / "messages")
RECORDS = load_directory(SPECS / "records")
ALL = [*MESSAGES, *RECORDS]
BY_NAME = {message.name: message for message in ALL}

#: "full": every field has a value of its own. "null": every field that may be null is. "default": nothing is set.
VARIANTS = ("full", "null", "default")

_SIZES_BITS = {"int8": 7, "int16": 15, "uint16": 16, "int32": 31, "uint32": 32, "int64": 63}


def package_of(message: Message) -> str:
    """Return the package of a message's generated module."""
    return "internal_records" if message in RECORDS else "messages"


def class_of(message: Message, struct_name: str | None = None) -> Any:
    """Return the generated class of a message, or of a struct nested in it."""
    module = importlib.import_module(f"kafkalite.protocol.{package_of(message)}.{message.module}")
    return getattr(module, struct_name or message.name)


def versions_of(message: Message) -> range:
    """Return the versions of a message."""
    return range(message.versions.lowest, message.versions.highest + 1)


def struct_of(message: Message, name: str) -> Struct:
    """Return a struct of a message by name."""
    return message.top if name == message.name else message.nested[name]


@dataclass
class Sampler:
    """Makes instances of one message in one version."""

    message: Message
    version: int
    variant: str = "full"
    _count: int = 0

    def sample(self) -> Any:
        """Return an instance of the message."""
        return self.struct(self.message.top)

    def struct(self, struct: Struct) -> Any:
        """Return an instance of one of its structs; fields that the version lacks keep their defaults."""
        if self.variant == "default":
            return class_of(self.message, struct.name)()
        values = {field.attribute: self.value(field) for field in struct.fields if self.version in field.versions}
        return class_of(self.message, struct.name)(**values)

    def value(self, field: Field) -> Any:
        """Return a value of one field, never its default unless the variant says so."""
        if self.variant == "null" and self.version in field.nullable:
            return None
        if field.is_array:
            return [self.element(field) for _ in range(2 if self._count < 40 else 1)]
        return self.element(field)

    def element(self, field: Field) -> Any:
        """Return a value of the field's type, or of its elements."""
        self._count += 1
        if field.is_struct:
            return self.struct(self.message.nested[field.element])
        return self.primitive(field.element, self._count)

    def primitive(self, kind: str, number: int) -> Any:
        """Return a value of a primitive type that is different for different numbers."""
        if kind in _SIZES_BITS:
            largest = (1 << _SIZES_BITS[kind]) - 1
            return (number * 0x9E3779B97F4A7C15 >> 3) % (largest - 1) + 1
        if kind == "bool":
            return number % 2 == 1
        if kind == "string":
            return f"text-{number}-é" * (30 if number % 7 == 0 else 1)
        if kind == "float64":
            return number / 8
        if kind == "uuid":
            return bytes((number + shift) % 256 for shift in range(16))
        return bytes([number % 256]) * (200 if number % 5 == 0 else 3)


def sample(message: Message, version: int, variant: str = "full") -> Any:
    """Return the sample of a message in a version."""
    return Sampler(message, version, variant).sample()


def encode(instance: Any, version: int) -> bytes:
    """Return the bytes of a message."""
    out = bytearray()
    instance.write(out, version)
    return bytes(out)


def find_frames() -> Iterator[tuple[Message, int, str, Any]]:
    """Return every message, version and variant with its sample, where the version can be written that way."""
    for message in ALL:
        for version in versions_of(message):
            for variant in VARIANTS:
                yield message, version, variant, sample(message, version, variant)


def to_kafka_json(message: Message, struct: Struct, instance: Any, version: int) -> dict[str, Any]:
    """Return a message in the JSON form that Kafka's own converters read."""
    from base64 import b64encode

    from kafkalite.model.uuids import uuid_to_text

    def convert(field: Field, value: Any) -> Any:
        if field.is_struct:
            return to_kafka_json(message, message.nested[field.element], value, version)
        if field.element == "uuid":
            return uuid_to_text(value)
        return b64encode(value).decode() if isinstance(value, bytes | memoryview) else value

    fields: dict[str, Any] = {}
    for field in struct.fields:
        value = getattr(instance, field.attribute)
        if version not in field.versions or (value is None and field.is_optional_tagged_struct):
            continue
        name = field.name[0].lower() + field.name[1:]
        if value is None:
            fields[name] = None
        elif field.is_array:
            fields[name] = [convert(field, item) for item in value]
        else:
            fields[name] = convert(field, value)
    return fields
