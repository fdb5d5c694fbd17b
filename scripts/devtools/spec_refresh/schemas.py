"""Message schemas of two Kafka lines merged into one that covers the versions of both.

Kafka 4.0 dropped old versions and with them the fields that only those versions had. The newer line gives the schema;
the fields that only the older line knows, and that only versions below the newer line's minimum carry, are put back at
their place. The result is proved: for every version its layout equals that of the release that served it.
"""

from __future__ import annotations

import json
from typing import Any

from scripts.devtools.protocol_generator.versions import EMPTY, OPEN_END, VersionRange, parse_versions

Schema = dict[str, Any]
Field = dict[str, Any]

_FIELD_KEYS = (
    "name",
    "type",
    "versions",
    "nullableVersions",
    "tag",
    "taggedVersions",
    "flexibleVersions",
    "default",
    "ignorable",
    "mapKey",
    "zeroCopy",
    "entityType",
)
RENAMED_FIELDS = {("TxnOffsetCommitRequest", "GenerationId"): "GenerationIdOrMemberEpoch"}
"""Message and the older line's name of a top-level field, to the newer line's: the bytes are the same."""


def _parse_default(field: Field) -> Any:
    """Return a default as JSON value of the field's type: Kafka writes numbers and booleans partly as text."""
    default = field.get("default")
    if not isinstance(default, str):
        return default
    if field["type"] == "bool":
        return default == "true"
    if field["type"].startswith(("int", "uint")):
        return int(default, 0)
    if field["type"] == "float64":
        return float(default)
    return default


def _is_written_default(field: Field, default: Any) -> bool:
    """Whether a default says more than the type's own zero value. "null" as text means null; JSON null means none."""
    if default is None:
        return False
    return not (default == "" or (type(default) is int and default == 0) or default is False)


def clean_field(field: Field, valid: VersionRange) -> Field | None:
    """Return the facts of a field in a fixed order without prose, or None if no valid version carries it."""
    versions = parse_versions(field.get("versions") or field.get("taggedVersions"))
    if versions.intersect(valid).is_empty:
        return None
    cleaned: Field = {}
    for key in _FIELD_KEYS:
        value = versions.to_text() if key == "versions" else field.get(key)
        if key == "default":
            value = _parse_default(field)
            if not _is_written_default(field, value):
                continue
        if value is None or (key in ("ignorable", "mapKey", "zeroCopy") and not value):
            continue
        if key == "nullableVersions" and parse_versions(value).intersect(versions).intersect(valid).is_empty:
            continue
        cleaned[key] = int(value) if key == "tag" else value
    if "fields" in field:
        cleaned["fields"] = _clean_fields(field["fields"], valid)
    return cleaned


def _rename_fields(schema: Schema) -> Schema:
    names = {old: new for (message, old), new in RENAMED_FIELDS.items() if message == schema["name"]}
    fields = [{**field, "name": names.get(field["name"], field["name"])} for field in schema["fields"]]
    return {**schema, "fields": fields}


def _clean_fields(fields: list[Field], valid: VersionRange) -> list[Field]:
    return [cleaned for field in fields if (cleaned := clean_field(field, valid)) is not None]


def clean_schema(schema: Schema, valid: VersionRange) -> Schema:
    """Return a schema reduced to facts, cut to the versions of `valid`."""
    cleaned: Schema = {key: schema[key] for key in ("apiKey", "type", "name", "listeners") if key in schema}
    cleaned["validVersions"] = valid.to_text()
    cleaned["flexibleVersions"] = schema.get("flexibleVersions", "none")
    structs = [
        {
            "name": struct["name"],
            "versions": struct["versions"],
            "fields": _clean_fields(struct["fields"], valid),
        }
        for struct in schema.get("commonStructs", [])
    ]
    if structs:
        cleaned["commonStructs"] = structs
    cleaned["fields"] = _clean_fields(schema.get("fields", []), valid)
    return cleaned


def _merge_fields(older: list[Field], newer: list[Field], below: int) -> list[Field]:
    """Put the older line's fields that exist only in versions under `below` back after their former neighbour."""
    merged = list(newer)
    position = 0
    for field in older:
        names = [candidate["name"] for candidate in merged]
        if field["name"] in names:
            position = names.index(field["name"])
            if "fields" in field and "fields" in merged[position]:
                fields = _merge_fields(field["fields"], merged[position]["fields"], below)
                merged[position] = {**merged[position], "fields": fields}
            position += 1
        elif parse_versions(field["versions"]).highest < below:
            merged.insert(position, field)
            position += 1
    return merged


def merge_schemas(older: Schema | None, newer: Schema, unstable_highest: bool, older_is_unstable: bool) -> Schema:
    """Return one schema for the versions of both lines.

    Args: `unstable_highest` cuts the newest version off; `older_is_unstable` says that the older line's newest version
    was not final, so that it says nothing about the bytes.
    """
    newer_valid = parse_versions(newer["validVersions"])
    if unstable_highest:
        newer_valid = VersionRange(newer_valid.lowest, newer_valid.highest - 1)
    older_valid = parse_versions(older["validVersions"]) if older is not None else EMPTY
    if older_is_unstable:
        older_valid = VersionRange(older_valid.lowest, older_valid.highest - 1)
    if older is None or older_valid.is_empty or newer["type"] == "header":
        return clean_schema(newer, newer_valid)
    valid = VersionRange(min(older_valid.lowest, newer_valid.lowest), newer_valid.highest)
    merged = clean_schema(newer, valid)
    older = _rename_fields(older)
    former = clean_schema(older, valid)
    merged["fields"] = _merge_fields(former["fields"], merged["fields"], newer_valid.lowest)
    former_structs = {struct["name"]: struct for struct in former.get("commonStructs", [])}
    for struct in merged.get("commonStructs", []):
        if struct["name"] in former_structs:
            before = former_structs[struct["name"]]["fields"]
            struct["fields"] = _merge_fields(before, struct["fields"], newer_valid.lowest)
    _check_same_layout(clean_schema(newer, newer_valid), merged, newer_valid)
    _check_same_layout(clean_schema(older, older_valid), merged, older_valid.intersect(valid))
    return merged


def layout(schema: Schema, version: int) -> list[tuple[Any, ...]]:
    """Return the flat list of the fields of one version of a message, in the order of its bytes."""
    structs = {struct["name"]: struct["fields"] for struct in schema.get("commonStructs", [])}

    def walk(fields: list[Field], path: str) -> list[tuple[Any, ...]]:
        untagged: list[tuple[Any, ...]] = []
        tagged: list[tuple[Any, ...]] = []
        for field in fields:
            if version not in parse_versions(field["versions"]):
                continue
            is_tagged = version in parse_versions(field.get("taggedVersions"))
            nullable = version in parse_versions(field.get("nullableVersions"))
            name = f"{path}.{field['name']}"
            target = tagged if is_tagged else untagged
            target.append((name, field["type"].startswith("[]"), _kind(field), nullable, field.get("tag")))
            inner = field.get("fields") or structs.get(field["type"].removeprefix("[]"))
            if inner:
                target.extend(walk(inner, name))
        return untagged + tagged

    return walk(schema["fields"], "")


def _kind(field: Field) -> str:
    element: str = field["type"].removeprefix("[]")
    return "struct" if element[0].isupper() else element


def _check_same_layout(release: Schema, merged: Schema, versions: VersionRange) -> None:
    for version in range(versions.lowest, versions.highest + 1):
        if layout(release, version) != layout(merged, version):
            raise ValueError(f"{merged['name']} version {version}: the merged layout differs from the release's")


def find_flexible(schema: Schema) -> VersionRange:
    """Return the versions of a message that use the compact encodings and tagged fields."""
    return parse_versions(schema.get("flexibleVersions"), VersionRange(OPEN_END, 0))


def to_text(schema: Schema) -> str:
    """Return a schema in the one style of `protocol_specs/`: a line per field, nested fields indented below theirs."""
    lines = ["{"]
    scalars = [key for key in schema if key not in ("fields", "commonStructs")]
    lines.extend(f'  "{key}": {json.dumps(schema[key])},' for key in scalars)
    if "commonStructs" in schema:
        lines.append('  "commonStructs": [')
        lines.extend(_field_lines(schema["commonStructs"], "    "))
        lines.append("  ],")
    lines.append('  "fields": [')
    lines.extend(_field_lines(schema["fields"], "    "))
    lines.extend(["  ]", "}", ""])
    return "\n".join(lines)


def _field_lines(fields: list[Field], indent: str) -> list[str]:
    lines: list[str] = []
    for number, field in enumerate(fields):
        comma = "," if number + 1 < len(fields) else ""
        facts = ", ".join(f'"{key}": {json.dumps(field[key])}' for key in field if key != "fields")
        if "fields" not in field:
            lines.append(f"{indent}{{{facts}}}{comma}")
            continue
        lines.append(f'{indent}{{{facts}, "fields": [')
        lines.extend(_field_lines(field["fields"], indent + "  "))
        lines.append(f"{indent}]}}{comma}")
    return lines
