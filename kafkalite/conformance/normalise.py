"""Makes decoded answers comparable: names are shortened, errors named, volatile fields masked by rule."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

from kafkalite.conformance.rules import EMBEDDED, ArrayRule, Mask, find_array_rule, find_mask
from kafkalite.dissector import DissectionError, Field, dissect_records
from kafkalite.dissector.messages import parse_message
from kafkalite.dissector.schema import UNKNOWN_TAGGED_FIELDS
from kafkalite.dissector.specs import FieldSpec, MessageSpec, error_names, get_spec
from kafkalite.system.clock import Clock, SystemClock

MOMENT_SPAN_MS = 3_600_000
"""Greatest distance from the current time at which a time counts as current."""

OWN = "~"
"""The replacement in answers for the prefix of every name that the conversation made."""

_ZERO_UUID = bytes(16)


class Normaliser:
    """Makes the answers of one conversation comparable. Identities are numbered over the whole conversation."""

    def __init__(self, run_id: str, own: str, masks: Sequence[Mask] = (), clock: Clock | None = None) -> None:
        """Set the prefixes and rules.

        Args:
            run_id: the prefix of every name of the run.
            own: the prefix of every name of the conversation.
            masks: take precedence over the rules.
            clock: determines which times are near now.
        """
        self._clock = clock or SystemClock()
        self._names = re.compile(re.escape(run_id) + r"-\d+-")
        self._names_bytes = re.compile(self._names.pattern.encode())
        self._own = own
        self._masks = tuple(masks)
        self._identities: dict[str, dict[Any, str]] = {}

    def body(self, api: str, values: dict[str, Any]) -> dict[str, Any]:
        """Return the decoded fields of an answer of `api` in their comparable form."""
        spec = get_spec(f"{api}Response")
        return self._struct(spec, spec.fields, values, api)

    def _struct(
        self, spec: MessageSpec, fields: tuple[FieldSpec, ...], values: dict[str, Any], path: str
    ) -> dict[str, Any]:
        made = {
            field.name: self._field(spec, field, values[field.name], f"{path}.{field.name}")
            for field in fields
            if field.name in values
        }
        if UNKNOWN_TAGGED_FIELDS in values:
            tagged = values[UNKNOWN_TAGGED_FIELDS]
            made[UNKNOWN_TAGGED_FIELDS] = {str(tag): bytes(data).hex() for tag, data in tagged.items()}
        return made

    def _field(self, spec: MessageSpec, field: FieldSpec, value: Any, path: str) -> Any:
        if value is None and (field.is_array or field.is_struct or field.type == "records"):
            return None
        if not field.is_array:
            return self._element(spec, field, value, path)
        rule = find_array_rule(path)
        elements = self._arrange(rule, value) if rule else value
        return [self._element(spec, field, element, path) for element in elements]

    def _arrange(self, rule: ArrayRule, elements: list[Any]) -> list[Any]:
        if rule.is_own:
            elements = [element for element in elements if self._is_own(element[rule.keys[0]])]
        if not rule.keys:
            return sorted(elements)
        return sorted(elements, key=lambda element: [_sortable(element.get(key)) for key in rule.keys])

    def _is_own(self, name: Any) -> bool:
        return isinstance(name, str) and self._own in name

    def _element(self, spec: MessageSpec, field: FieldSpec, value: Any, path: str) -> Any:
        if field.is_struct:
            return self._struct(spec, spec.struct_fields(field), value, path)
        if field.type == "records":
            return self._records(bytes(value), path)
        if field.type == "int16" and field.name.endswith("ErrorCode"):
            return error_names().get(value, value)
        if path in EMBEDDED and self._names_bytes.search(bytes(value or b"")):
            return self._embedded(bytes(value), path)
        return self.leaf(value, path, is_uuid=field.type == "uuid")

    def _embedded(self, data: bytes, path: str) -> Any:
        """Return the message inside of bytes, or the bytes if they hold no such message."""
        version, spec = int.from_bytes(data[:2], "big"), get_spec(EMBEDDED[path])
        try:
            values = parse_message(spec.name, version, data[2:])
        except (DissectionError, LookupError):
            return self.leaf(data, path)
        return {"version": version} | self._struct(spec, spec.fields, values, path)

    def leaf(self, value: Any, path: str, *, is_uuid: bool = False) -> Any:
        """Return one value in its comparable form."""
        mask = find_mask(path, self._masks)
        if mask is not None and mask.kind == "whatever":
            return "<any>"
        if mask is None or value is None or value in ("", b""):
            return self._plain(value, is_uuid)
        return getattr(self, f"_{mask.kind}")(mask, value, is_uuid)

    def _plain(self, value: Any, is_uuid: bool) -> Any:
        if is_uuid and value is not None:
            return urlsafe_b64encode(value).decode().rstrip("=")
        if isinstance(value, bytes | bytearray | memoryview):
            return self._bytes(bytes(value))
        if isinstance(value, str):
            return self._names.sub(OWN, value)
        return value

    def _bytes(self, data: bytes) -> str:
        try:
            text = data.decode()
        except UnicodeDecodeError:
            return f"hex:{data.hex()}"
        return str(self._plain(text, False)) if text.isprintable() else f"hex:{data.hex()}"

    def _any(self, mask: Mask, value: Any, is_uuid: bool) -> str:
        return "<any>"

    def _text(self, mask: Mask, value: Any, is_uuid: bool) -> str:
        return "<text>"

    def _identity(self, mask: Mask, value: Any, is_uuid: bool) -> Any:
        if value == _ZERO_UUID or (isinstance(value, int) and value < 0):
            return self._plain(value, is_uuid)
        known = self._identities.setdefault(mask.label, {})
        key = bytes(value) if isinstance(value, bytes | bytearray | memoryview) else value
        return known.setdefault(key, f"<{mask.label} {len(known) + 1}>")

    def _moment(self, mask: Mask, value: Any, is_uuid: bool) -> Any:
        return "<now>" if abs(value - self._clock.now_ms()) < MOMENT_SPAN_MS else value

    def _size(self, mask: Mask, value: Any, is_uuid: bool) -> Any:
        return "<positive>" if value > 0 else value

    def _records(self, data: bytes, path: str) -> Any:
        try:
            return [self._tree(batch, path) for batch in dissect_records(data).children]
        except DissectionError as error:
            return f"not a record set: {error}"

    def _tree(self, field: Field, path: str) -> Any:
        """Return a batch, a message or a record as its fields; nested ones as a list under "records"."""
        made: dict[str, Any] = {}
        for child in field.children:
            if child.name.startswith(("record ", "message ")):
                made.setdefault("records", []).append(self._tree(child, path))
            elif child.name == "compressed records":
                made["records"] = [self._tree(record, path) for record in child.children] or child.note
            elif child.type.endswith("array[Header]"):
                made["headers"] = [self._header(header.value) for header in child.children]
            else:
                made[child.name] = self.leaf(child.value, f"{path}.{child.name}")
                if child.name == "crc" and not child.note.startswith("matches"):
                    made["crc"] = "does not match"
        return made or {field.name: self._plain(field.value, False)}

    def _header(self, value: dict[str, Any]) -> list[Any]:
        return [value["key"], self._plain(value["value"], False)]


def _sortable(value: Any) -> tuple[bool, Any]:
    if isinstance(value, list | dict):
        value = repr(value)
    return (value is not None, "" if value is None else value)
