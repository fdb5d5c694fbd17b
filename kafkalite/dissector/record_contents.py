"""The contents of keys and values of records that Kafka itself writes.

Control records, the metadata log, and the coordinators' topics. Data that does not fit its schema stays bytes, with a
note about the reason: a record is opaque to the protocol.

Source: ControlRecordType; MetadataRecordSerde; CoordinatorRecordSerde; the record schemas of `protocol_specs/records`.
"""

from __future__ import annotations

from functools import cache

from construct import Int16sb, Struct

from kafkalite.dissector.field import DissectionError, Field
from kafkalite.dissector.messages import check_all_read, dissect_message
from kafkalite.dissector.primitives import Traced, Uvarint, parse_traced
from kafkalite.dissector.specs import MessageSpec, UnknownSchema, get_spec, specs_of_kind

METADATA_TOPIC = "__cluster_metadata"
_TRANSACTION_KEYS = ("TransactionLogKey",)
_SHARE_STATE_KEYS = ("ShareSnapshotKey", "ShareUpdateKey")
_COORDINATOR_TOPICS = ("__consumer_offsets", "__transaction_state", "__share_group_state")

#: Control record types: name, schema of the value, whether an int16 version stands before the value's body.
_CONTROL_TYPES = {
    0: ("ABORT", "EndTxnMarker", True),
    1: ("COMMIT", "EndTxnMarker", True),
    2: ("LEADER_CHANGE", "LeaderChangeMessage", False),
    3: ("SNAPSHOT_HEADER", "SnapshotHeaderRecord", False),
    4: ("SNAPSHOT_FOOTER", "SnapshotFooterRecord", False),
    5: ("KRAFT_VERSION", "KRaftVersionRecord", False),
    6: ("KRAFT_VOTERS", "VotersRecord", False),
}

_CONTROL_KEY = Struct(Traced("version", "int16", Int16sb), Traced("type", "int16", Int16sb))
_INT16_VERSION = Struct(Traced("version", "int16", Int16sb))
_INT16_TYPE = Struct(Traced("type", "int16", Int16sb))
_METADATA_FRAME = Struct(
    Traced("frameVersion", "unsigned_varint", Uvarint),
    Traced("apiKey", "unsigned_varint", Uvarint),
    Traced("version", "unsigned_varint", Uvarint),
)


def dissect_content(record: Field, topic: str | None, *, is_control: bool) -> None:
    """Add the fields inside a record's key and value to them, if the topic or the batch determines their schema.

    Args:
        record: a record's tree with the children "key" and "value".
        topic: None if it is unknown.
    """
    key, value = record.get("key"), record.get("value")
    try:
        if is_control:
            _dissect_control(key, value)
        elif topic == METADATA_TOPIC:
            _dissect_metadata(value)
        elif topic in _COORDINATOR_TOPICS:
            _dissect_coordinator(key, value, topic)
    except (DissectionError, UnknownSchema) as error:
        value.note = str(error)


def _content(field: Field) -> tuple[memoryview, int]:
    """Return the bytes of a bytes field without its length, and the position of the first."""
    return memoryview(field.value), field.end - len(field.value)


def _attach_body(field: Field, head: Field, spec: MessageSpec, version: int) -> None:
    """Put a head (a type, a version) and the body after it under a field; the body must fill the field."""
    view, base = _content(field)
    field.children = list(head.children)
    spec.check_version(version)
    body = dissect_message(view[head.end - base :], name=spec.name, version=version, base=head.end)
    body.name = "Body"
    field.children.append(body)


def _dissect_control(key: Field, value: Field) -> None:
    if key.value is None:
        return
    view, base = _content(key)
    head = parse_traced(_CONTROL_KEY, view, base, "key", "")
    key.children = head.children
    kind: int = head.value["type"]
    if kind not in _CONTROL_TYPES:
        return
    name, schema, has_version = _CONTROL_TYPES[kind]
    key.get("type").note = name
    if value.value is None:
        return
    view, base = _content(value)
    if has_version:
        head = parse_traced(_INT16_VERSION, view, base, "value", "")
        _attach_body(value, head, get_spec(schema), head.value["version"])
    else:
        version = int.from_bytes(view[:2], "big", signed=True)
        _attach_body(value, Field("value", "", base, base), get_spec(schema), version)


@cache
def _metadata_specs() -> dict[int | None, MessageSpec]:
    return {spec.api_key: spec for spec in specs_of_kind("metadata")}


def _dissect_metadata(value: Field) -> None:
    if value.value is None:
        return
    view, base = _content(value)
    head = parse_traced(_METADATA_FRAME, view, base, "value", "")
    value.children = list(head.children)
    spec = _metadata_specs().get(head.value["apiKey"])
    if head.value["frameVersion"] != 1 or spec is None:
        raise UnknownSchema(f"no metadata record has frame {head.value['frameVersion']}, key {head.value['apiKey']}")
    _attach_body(value, head, spec, head.value["version"])


@cache
def _coordinator_specs(topic: str) -> dict[int | None, tuple[MessageSpec, MessageSpec]]:
    """Return the key and value schemas by record type of one coordinator's topic."""

    def belongs(name: str) -> bool:
        if topic == "__transaction_state":
            return name in _TRANSACTION_KEYS
        if topic == "__share_group_state":
            return name in _SHARE_STATE_KEYS
        return name not in _TRANSACTION_KEYS + _SHARE_STATE_KEYS

    return {
        spec.api_key: (spec, get_spec(spec.name.removesuffix("Key") + "Value"))
        for spec in specs_of_kind("coordinator-key")
        if belongs(spec.name)
    }


def _dissect_coordinator(key: Field, value: Field, topic: str) -> None:
    if key.value is None:
        return
    view, base = _content(key)
    head = parse_traced(_INT16_TYPE, view, base, "key", "")
    specs = _coordinator_specs(topic).get(head.value["type"])
    if specs is None:
        key.children = list(head.children)
        raise UnknownSchema(f"{topic} has no record type {head.value['type']}")
    _attach_body(key, head, specs[0], 0)
    check_all_read(key.children[-1], key, key.end)
    if value.value is None:
        value.note = "tombstone"
        return
    view, base = _content(value)
    head = parse_traced(_INT16_VERSION, view, base, "value", "")
    _attach_body(value, head, specs[1], head.value["version"])
