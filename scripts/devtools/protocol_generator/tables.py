"""Generated modules that are tables of constants: API keys, error codes, record types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .source import HEADER
from .specs import Message, snake_case

CONSUMER_OFFSETS = "__consumer_offsets"
TRANSACTION_STATE = "__transaction_state"
SHARE_GROUP_STATE = "__share_group_state"


def _module(docstring: str, lines: list[str]) -> str:
    return "\n".join([HEADER.rstrip(), f'"""{docstring}"""', "", "from __future__ import annotations", "", *lines, ""])


def _dict_lines(comment: str, name: str, annotation: str, entries: list[tuple[Any, str]]) -> list[str]:
    return ["", f"#: {comment}", f"{name}: {annotation} = {{", *(f"    {k}: {v}," for k, v in entries), "}"]


def api_keys_text(messages: list[Message]) -> str:
    """Return the module of API keys: a constant each, names, modules and first flexible versions."""
    requests = sorted((m for m in messages if m.type == "request"), key=lambda m: m.api_key or 0)
    responses = {m.api_key: m for m in messages if m.type == "response"}
    for request in requests:
        response = responses[request.api_key]
        facts = (request.versions, request.first_flexible_version)
        if facts != (response.versions, response.first_flexible_version):
            raise ValueError(f"{request.name} and its response differ in versions")
    api_names = {m.api_key: m.name.removesuffix("Request") for m in requests}
    lines = [f"{snake_case(name).upper()} = {key}" for key, name in api_names.items()]
    constants = {key: snake_case(name).upper() for key, name in api_names.items()}
    names = [(constants[key], f'"{name}"') for key, name in api_names.items()]
    lines += _dict_lines("Kafka's name of each API.", "NAMES", "dict[int, str]", names)
    modules = [(constants[key], f'"{snake_case(name)}"') for key, name in api_names.items()]
    lines += _dict_lines("The start of the names of its two message modules.", "MODULES", "dict[int, str]", modules)
    flexible = [(constants[m.api_key], str(m.first_flexible_version)) for m in requests]
    comment = "The first version with flexible encodings; 32767 when none has them."
    lines += _dict_lines(comment, "FIRST_FLEXIBLE_VERSIONS", "dict[int, int]", flexible)
    for field, meaning in (("errorCode", "an error for the whole request"), ("errorMessage", "words for it")):
        entries = [(constants[key], text) for key in api_names if (text := _versions_of(responses[key], field))]
        name = f"{snake_case(field).upper()}_VERSIONS"
        comment = f"First and last version of the answers with {meaning}."
        lines += _dict_lines(comment, name, "dict[int, tuple[int, int]]", entries)
    return _module("API keys of the requests a client may send to a broker.", lines)


def _versions_of(response: Message, name: str) -> str:
    """Return the first and the last version of a response's own field, "" where it has no such field."""
    for field in response.top.fields:
        if field.name.lower() == name.lower():
            return f"({field.versions.lowest}, {field.versions.highest})"
    return ""


def errors_text(path: Path) -> str:
    """Return the module of error codes."""
    errors = json.loads(path.read_text(encoding="utf-8"))
    lines = [f"{error['name']} = {error['code']}" for error in errors]
    names = [(error["name"], f'"{error["name"]}"') for error in errors]
    lines += _dict_lines("The name of each code.", "NAMES", "dict[int, str]", names)
    lines += ["", "#: Codes after which a client may send the same request again."]
    retriable = [error["name"] for error in errors if error["retriable"]]
    lines += ["RETRIABLE = frozenset(", "    (", *(f"        {name}," for name in retriable), "    )", ")"]
    return _module("Kafka's error codes.", lines)


def _topic_of(message: Message) -> str:
    if message.name.startswith("TransactionLog"):
        return TRANSACTION_STATE
    if message.name.startswith(("ShareSnapshot", "ShareUpdate")):
        return SHARE_GROUP_STATE
    return CONSUMER_OFFSETS


def record_types_text(messages: list[Message]) -> str:
    """Return the module that maps record types of internal topics to the modules and names of their classes."""

    def located(message: Message) -> str:
        return f'("{message.module}", "{message.name}")'

    metadata = sorted((m for m in messages if m.type == "metadata"), key=lambda m: m.api_key or 0)
    lines = [f"{snake_case(m.name).upper()} = {m.api_key}" for m in metadata]
    entries = [(snake_case(m.name).upper(), located(m)) for m in metadata]
    comment = "Records of `__cluster_metadata`: type -> module and class."
    lines += _dict_lines(comment, "METADATA_RECORDS", "dict[int, tuple[str, str]]", entries)
    for name, kind in (("KEYS", "coordinator-key"), ("VALUES", "coordinator-value")):
        chosen = sorted((m for m in messages if m.type == kind), key=lambda m: (_topic_of(m), m.api_key or 0))
        entries = [(f'("{_topic_of(m)}", {m.api_key})', located(m)) for m in chosen]
        comment = f"{name.capitalize()} of coordinator records: internal topic and type -> module and class."
        lines += _dict_lines(comment, name, "dict[tuple[str, int], tuple[str, str]]", entries)
    return _module("Types of the records in Kafka's internal topics.", lines)
