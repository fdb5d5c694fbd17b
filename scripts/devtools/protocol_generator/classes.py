"""One generated module: a class per struct, and the message's own class with its facts."""

from __future__ import annotations

from .readers import emit_reader, reader_name
from .source import HEADER, Source, default_expression
from .specs import PYTHON_TYPES, Field, Message, Struct
from .writers import emit_writer

_KINDS = {
    "request": "request",
    "response": "response",
    "header": "header",
    "data": "data structure",
    "metadata": "cluster metadata record",
    "coordinator-key": "coordinator record key",
    "coordinator-value": "coordinator record value",
}


def module_text(message: Message) -> str:
    """Return the source of the module of one message."""
    source = Source()
    for struct in message.structs:
        _emit_class(source, message, struct)
    for struct in message.structs:
        emit_reader(source, message, struct)
        source.add()
        source.add()
    body = "\n".join(source.lines)
    return "\n".join([HEADER.rstrip(), *_preamble(source, message, body), "", "", body]) + "\n"


def _preamble(source: Source, message: Message, body: str) -> list[str]:
    typing_names = [name for name in ("Buffer", "TaggedFields") if name in body]
    names = {"Message"} | {name for name in source.imports if name not in ("pack", "TaggedFields", "ZERO_UUID")}
    names |= {name for name in ("READ_ERRORS", "UNSET", "refuse_truncated") if name in body}
    formats = source.format_lines(body)
    struct_names = (["Struct"] if formats else []) + (["pack"] if " pack(f" in body else [])
    lines = [f'"""{_title(message)}"""', "", "from __future__ import annotations", ""]
    if struct_names:
        lines.append(f"from struct import {', '.join(struct_names)}")
    lines.extend(["from typing import TYPE_CHECKING", ""])
    if "ZERO_UUID" in body:
        lines.append("from kafkalite.model.uuids import ZERO_UUID")
    lines.append(f"from kafkalite.protocol.primitives import {', '.join(sorted(names))}")
    lines.extend(["", "if TYPE_CHECKING:"])
    if "Sized" in body:
        lines.extend(["    from collections.abc import Sized", ""])
    lines.append(f"    from kafkalite.protocol.primitives import {', '.join(typing_names)}")
    if formats:
        lines.extend(["", *formats])
    return lines


def _title(message: Message) -> str:
    return f"Kafka's {message.name}."


def _describe_versions(message: Message) -> str:
    flexible = "none is flexible"
    if not message.flexible.is_empty:
        flexible = f"flexible from {message.flexible.lowest}"
    return f"versions {message.versions.to_text()}, {flexible}"


def _emit_class(source: Source, message: Message, struct: Struct) -> None:
    with source.block(f"class {struct.name}(Message):"):
        if struct is message.top:
            key = "" if message.api_key is None else f" {message.api_key}"
            source.add(f'"""Kafka\'s {_KINDS[message.type]}{key} `{message.name}`: {_describe_versions(message)}."""')
        else:
            source.add(f'"""`{struct.name}` of {message.name}, versions {struct.versions.to_text()}."""')
        source.add()
        _emit_slots(source, message, struct)
        if struct is message.top:
            _emit_facts(source, message)
        _emit_init(source, message, struct)
        emit_writer(source, message, struct)
        source.add()
        if struct is message.top:
            _emit_read(source, message)
            source.add()
    source.add()


def _has_tags(message: Message) -> bool:
    return not message.flexible.is_empty


def _emit_slots(source: Source, message: Message, struct: Struct) -> None:
    names = [field.attribute for field in struct.fields] + (["unknown_tagged_fields"] if _has_tags(message) else [])
    with source.block("__slots__ = ("):
        for name in names:
            source.add(f'"{name}",')
    source.add(")")
    source.add()


def _emit_facts(source: Source, message: Message) -> None:
    if message.api_key is not None:
        kind = "API_KEY" if message.type in ("request", "response") else "RECORD_TYPE"
        source.add(f"{kind} = {message.api_key}")
    source.add(f'NAME = "{message.name}"')
    source.add(f"LOWEST_VERSION = {message.versions.lowest}")
    source.add(f"HIGHEST_VERSION = {message.versions.highest}")
    source.add(f"FIRST_FLEXIBLE_VERSION = {message.first_flexible_version}")
    source.add()


def _python_type(message: Message, field: Field) -> str:
    if field.type == "records":
        return "Sized" if message.type == "response" else "Buffer"
    if field.is_lent:
        return "Buffer"
    element = field.element if field.is_struct else PYTHON_TYPES[field.element]
    return f"list[{element}]" if field.is_array else element


def _can_be_none(field: Field) -> bool:
    return field.defaults_to_null or not field.nullable.is_empty or field.is_optional_tagged_struct


def _emit_init(source: Source, message: Message, struct: Struct) -> None:
    if not struct.fields and not _has_tags(message):
        return
    with source.block("def __init__("):
        source.add("self,")
        source.add("*,")
        for field in struct.fields:
            source.add(f"{_parameter(source, message, field)},")
        if _has_tags(message):
            source.use("TaggedFields")
            source.add("unknown_tagged_fields: TaggedFields | None = None,")
    with source.block(") -> None:"):
        for field in struct.fields:
            source.add(_assignment(message, field))
        if _has_tags(message):
            source.add("self.unknown_tagged_fields = unknown_tagged_fields")
    source.add()


def _needs_fresh_default(field: Field) -> bool:
    return (field.is_array or field.is_struct) and default_expression(field) != "None"


def _parameter(source: Source, message: Message, field: Field) -> str:
    annotation = _python_type(message, field)
    if _needs_fresh_default(field):
        default = "UNSET" if _can_be_none(field) else "None"
        return f"{field.attribute}: {annotation} | None = {default}"
    if default_expression(field) == "ZERO_UUID":
        source.use("ZERO_UUID")
    optional = " | None" if _can_be_none(field) else ""
    return f"{field.attribute}: {annotation}{optional} = {default_expression(field)}"


def _assignment(message: Message, field: Field) -> str:
    name = field.attribute
    if not _needs_fresh_default(field):
        return f"self.{name} = {name}"
    absent = "UNSET" if _can_be_none(field) else "None"
    optional = " | None" if _can_be_none(field) else ""
    annotation = f": {_python_type(message, field)}{optional}"
    return f"self.{name}{annotation} = {default_expression(field)} if {name} is {absent} else {name}"


def _emit_read(source: Source, message: Message) -> None:
    name = message.name
    source.add("@classmethod")
    with source.block(f"def read(cls, buffer: Buffer, position: int, version: int) -> tuple[{name}, int]:"):
        source.add(
            '"""Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""'
        )
        if any(field.is_lent for struct in message.structs for field in struct.fields):
            with source.block("if type(buffer) is not memoryview:"):
                source.add("buffer = memoryview(buffer)")
        with source.block("try:"):
            source.add(f"message, position = {reader_name(name)}(buffer, position, version)")
        with source.block("except READ_ERRORS as error:"):
            source.add(f'refuse_truncated("{name}", error)')
        with source.block("if position > len(buffer):"):
            source.add(f'refuse_truncated("{name}")')
        source.add("return message, position")
