"""One generated module beside that of a message with arrays: reading a request, or writing a response, in slices.

Structs without arrays are read and written by the functions of the message's own module.
"""

from __future__ import annotations

import re

from .readers import emit_reader, reader_name, steps_reader_name
from .source import HEADER, Source
from .specs import Message, Struct, has_long_arrays, is_read_in_steps
from .writers import emit_steps_writer, steps_writer_name


def has_sliced_module(message: Message) -> bool:
    """Whether a message can be so large that it is not read or written at once."""
    return message.type in ("request", "response") and _is_sliced(message, message.top)


def _is_sliced(message: Message, struct: Struct) -> bool:
    return (is_read_in_steps if message.type == "request" else has_long_arrays)(message, struct)


def sliced_module_text(message: Message) -> str:
    """Return the source of the sliced module of a request or a response."""
    source = Source()
    structs = [struct for struct in message.structs if _is_sliced(message, struct)]
    for struct in structs:
        if message.type == "request":
            emit_reader(source, message, struct, is_sliced=True)
        else:
            emit_steps_writer(source, message, struct)
        source.add()
        source.add()
    if message.type == "request":
        _emit_read_steps(source, message)
    else:
        _emit_write_steps(source, message)
    body = "\n".join(source.lines)
    return "\n".join([HEADER.rstrip(), *_preamble(source, message, body), "", "", body]) + "\n"


def modules_text(messages: list[Message], served: set[int]) -> str:
    """Return the table of the messages that can be read or written in slices."""
    lines = [HEADER.rstrip(), '"""Which messages can be read or written in slices."""', ""]
    lines += ["from __future__ import annotations", ""]
    sliced = [message for message in messages if message.api_key in served and has_sliced_module(message)]
    for kind, name in (("request", "REQUESTS"), ("response", "RESPONSES")):
        keys = sorted(message.api_key or 0 for message in sliced if message.type == kind)
        lines += [
            f"#: API keys of the {kind}s that have a module here.",
            f"{name} = frozenset({tuple(keys)!r})  # fmt: skip",
            "",
        ]
    return "\n".join(lines)


def _preamble(source: Source, message: Message, body: str) -> list[str]:
    verb = "read" if message.type == "request" else "written"
    formats = source.format_lines(body)
    struct_names = (["Struct"] if formats else []) + (["pack"] if " pack(f" in body else [])
    lines = [f'"""Kafka\'s {message.name}, {verb} in slices."""', "", "from __future__ import annotations", ""]
    if struct_names:
        lines.append(f"from struct import {', '.join(struct_names)}")
    lines.extend(["from typing import TYPE_CHECKING", ""])
    limits = [name for name in ("COLLECTION_MAX_COUNT", "SHARED_ELEMENT_MAX_BYTES", "STEP_MAX_BYTES") if name in body]
    lines.append(f"from kafkalite.model.limits import {', '.join(limits)}")
    if "ZERO_UUID" in body:
        lines.append("from kafkalite.model.uuids import ZERO_UUID")
    own = [struct.name for struct in message.structs] + [reader_name(struct.name) for struct in message.structs]
    used = [name for name in own if re.search(rf"\b{name}\b", body)]
    lines.append(f"from kafkalite.protocol.messages.{message.module} import {', '.join(used)}")
    names = {name for name in source.imports if name not in ("pack", "TaggedFields", "ZERO_UUID")}
    names |= {name for name in ("READ_ERRORS", "refuse_truncated") if name in body}
    if names:
        lines.append(f"from kafkalite.protocol.primitives import {', '.join(sorted(names))}")
    lines.extend(["", "if TYPE_CHECKING:", "    from collections.abc import Generator", ""])
    typing_names = [name for name in ("Buffer", "TaggedFields") if name in body]
    if typing_names:
        lines.append(f"    from kafkalite.protocol.primitives import {', '.join(typing_names)}")
    if formats:
        lines.extend(["", *formats])
    return lines


def _emit_read_steps(source: Source, message: Message) -> None:
    signature = "buffer: memoryview, position: int, version: int"
    with source.block(f"def read_steps({signature}) -> Generator[None, None, tuple[{message.name}, int]]:"):
        source.add('"""Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""')
        with source.block("try:"):
            call = f"{steps_reader_name(message.name)}(buffer, position, version)"
            source.add(f"message, position = yield from {call}")
        with source.block("except READ_ERRORS as error:"):
            source.add(f'refuse_truncated("{message.name}", error)')
        with source.block("if position > len(buffer):"):
            source.add(f'refuse_truncated("{message.name}")')
        source.add("return message, position")


def _emit_write_steps(source: Source, message: Message) -> None:
    with source.block(
        f"def write_steps(message: {message.name}, out: bytearray, version: int) -> Generator[None, None, None]:"
    ):
        source.add('"""Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""')
        source.add(f"yield from {steps_writer_name(message.name)}(message, out, version)")
