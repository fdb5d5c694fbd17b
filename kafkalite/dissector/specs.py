"""The message schemas of `protocol_specs/` as typed values: what each version of a message carries.

A checkout keeps the schemas in `protocol_specs/` beside the package; a wheel carries the same files inside the package.
Nothing here knows bytes, and nothing is shared with the generator of the server's own codecs: this reading of the
schemas is the second opinion.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

_DIRECTORIES = ("messages", "records")


class UnknownSchema(LookupError):
    """No schema has the asked name or API key, or it has no such version."""


@dataclass(frozen=True, slots=True)
class Versions:
    """A closed range of versions. `highest` None means open to the right; an empty range has highest < lowest."""

    lowest: int
    highest: int | None

    def __contains__(self, version: int) -> bool:
        return version >= self.lowest and (self.highest is None or version <= self.highest)

    def __str__(self) -> str:
        if self.highest is None:
            return f"{self.lowest}+"
        return str(self.lowest) if self.lowest == self.highest else f"{self.lowest}-{self.highest}"


NO_VERSIONS = Versions(0, -1)


def parse_versions(text: str | None) -> Versions:
    """Return the range that "3", "0-12", "2+" or "none" (or a missing text) names."""
    if text is None or text == "none":
        return NO_VERSIONS
    if text.endswith("+"):
        return Versions(int(text[:-1]), None)
    lowest, _, highest = text.partition("-")
    return Versions(int(lowest), int(highest or lowest))


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field of a schema. `type` is the element's type where `is_array`; a type with a capital letter is a struct.

    `default` is None if the schema names none; the text "null" means null. `flexible_versions` overrides the
    message's own for this field. `fields` is empty for a struct declared among the message's common structs.
    """

    name: str
    type: str
    is_array: bool
    versions: Versions
    nullable_versions: Versions
    tagged_versions: Versions
    tag: int | None
    default: Any
    flexible_versions: Versions | None
    fields: tuple[FieldSpec, ...]

    @property
    def is_struct(self) -> bool:
        """Whether the value, or each element, is a struct."""
        return self.type[0].isupper()


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSpec:
    """One schema file: a request, a response, a header, or the key or value of a record."""

    name: str
    kind: str
    api_key: int | None
    valid_versions: Versions
    flexible_versions: Versions
    fields: tuple[FieldSpec, ...]
    structs: dict[str, tuple[FieldSpec, ...]]

    def versions(self) -> range:
        """Return the valid versions, oldest first."""
        highest = self.valid_versions.highest
        return range(self.valid_versions.lowest, self.valid_versions.lowest if highest is None else highest + 1)

    def check_version(self, version: int) -> None:
        """Raise UnknownSchema if this message has no such version."""
        if version not in self.valid_versions:
            raise UnknownSchema(f"{self.name} has versions {self.valid_versions}, not {version}")

    def struct_fields(self, field: FieldSpec) -> tuple[FieldSpec, ...]:
        """Return the fields of a struct field, declared in place or among the common structs."""
        return field.fields or self.structs[field.type]


def _parse_field(data: dict[str, Any]) -> FieldSpec:
    flexible = data.get("flexibleVersions")
    return FieldSpec(
        name=data["name"],
        type=data["type"].removeprefix("[]"),
        is_array=data["type"].startswith("[]"),
        versions=parse_versions(data.get("versions", data.get("taggedVersions"))),
        nullable_versions=parse_versions(data.get("nullableVersions")),
        tagged_versions=parse_versions(data.get("taggedVersions")),
        tag=data.get("tag"),
        default=data.get("default"),
        flexible_versions=None if flexible is None else parse_versions(flexible),
        fields=tuple(_parse_field(inner) for inner in data.get("fields", ())),
    )


def parse_spec(data: dict[str, Any]) -> MessageSpec:
    """Return the typed form of one schema's JSON."""
    return MessageSpec(
        name=data["name"],
        kind=data["type"],
        api_key=data.get("apiKey"),
        valid_versions=parse_versions(data["validVersions"]),
        flexible_versions=parse_versions(data["flexibleVersions"]),
        fields=tuple(_parse_field(field) for field in data["fields"]),
        structs={
            struct["name"]: tuple(_parse_field(field) for field in struct["fields"])
            for struct in data.get("commonStructs", ())
        },
    )


@cache
def _root() -> Traversable:
    """Return the directory of the schemas: inside the installed package, else beside it in a checkout."""
    package = files("kafkalite")
    packaged = package.joinpath("protocol_specs")
    return packaged if packaged.is_dir() else package.joinpath("..", "protocol_specs")


@cache
def _paths() -> dict[str, Traversable]:
    return {
        entry.name.removesuffix(".json"): entry
        for directory in _DIRECTORIES
        for entry in sorted(_root().joinpath(directory).iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".json")
    }


def spec_names() -> list[str]:
    """Return the names of all schemas: messages, headers, embedded data and records."""
    return list(_paths())


@cache
def get_spec(name: str) -> MessageSpec:
    """Return the schema of that exact name.

    Raises:
        UnknownSchema: there is none; the text has the nearest names.
    """
    if name not in _paths():
        similar = [known for known in _paths() if name.lower() in known.lower()]
        hint = f"; did you mean {', '.join(similar[:5])}?" if similar else ""
        raise UnknownSchema(f"no schema is named {name!r}{hint}")
    return parse_spec(json.loads(_paths()[name].read_text(encoding="utf-8")))


@cache
def _specs_of_kind(kind: str) -> dict[str, MessageSpec]:
    specs = (get_spec(name) for name in spec_names())
    return {spec.name: spec for spec in specs if spec.kind == kind}


def specs_of_kind(kind: str) -> list[MessageSpec]:
    """Return the schemas of a kind: "request", "response", "data", "metadata", "coordinator-key" and so on."""
    return list(_specs_of_kind(kind).values())


@cache
def _apis_by_key() -> dict[int, str]:
    return {
        spec.api_key: spec.name.removesuffix("Request") for spec in specs_of_kind("request") if spec.api_key is not None
    }


def api_name(api_key: int) -> str:
    """Return an API's name, such as "Fetch" for 1.

    Raises:
        UnknownSchema: the key has no schema.
    """
    if api_key not in _apis_by_key():
        raise UnknownSchema(f"no API has the key {api_key}")
    return _apis_by_key()[api_key]


def find_api(text: str) -> str:
    """Return the API's exact name for a name in any case ("fetch") or a key ("1").

    Raises:
        UnknownSchema: there is no such schema.
    """
    if text.isdecimal():
        return api_name(int(text))
    for name in _apis_by_key().values():
        if name.lower() == text.lower():
            return name
    similar = [name for name in _apis_by_key().values() if text.lower() in name.lower()]
    hint = f"; did you mean {', '.join(similar[:5])}?" if similar else ""
    raise UnknownSchema(f"no API is named {text!r}{hint}")


@cache
def error_names() -> dict[int, str]:
    """Return Kafka's error names by code; empty if the table is missing."""
    table = _root().joinpath("errors.json")
    if not table.is_file():
        return {}
    return {error["code"]: error["name"] for error in json.loads(table.read_text(encoding="utf-8"))}
