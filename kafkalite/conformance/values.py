"""Conversion of a table's values to the fields of one version of a message: variables are replaced, bytes built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kafkalite.conformance.conversation import Batch, Embedded, Records, Text
from kafkalite.conformance.record_values import encode_records
from kafkalite.dissector import build_message
from kafkalite.dissector.specs import FieldSpec, MessageSpec, get_spec

_VARIABLE = re.compile(r"\$[A-Za-z][\w.-]*")

Variables = Mapping[str, Any]


class UnknownVariable(LookupError):
    """A step uses an unset variable: a mistake in the table, or an answer without the expected field."""


def resolve(value: Any, variables: Variables) -> Any:
    """Return a value of a table with its variables replaced and its descriptions converted to bytes.

    Raises:
        UnknownVariable: a variable is not set.
    """
    if isinstance(value, str) and _VARIABLE.fullmatch(value):
        return _look_up(value, variables)
    if isinstance(value, Mapping):
        return {name: resolve(inner, variables) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [resolve(inner, variables) for inner in value]
    if isinstance(value, Text):
        return "".join(str(resolve(part, variables)) for part in value.parts)
    if isinstance(value, Records):
        return encode_records(replace(value, batches=tuple(_settle(batch, variables) for batch in value.batches)))
    if isinstance(value, Embedded):
        fields = resolve(fit(get_spec(value.schema), value.fields, value.version), variables)
        return value.version.to_bytes(2, "big") + build_message(value.schema, value.version, fields)
    return value


def _look_up(text: str, variables: Variables) -> Any:
    try:
        return variables[text[1:]]
    except KeyError:
        raise UnknownVariable(f"{text} is not known") from None


def _settle(batch: Batch, variables: Variables) -> Batch:
    return replace(
        batch,
        producer_id=resolve(batch.producer_id, variables),
        producer_epoch=resolve(batch.producer_epoch, variables),
    )


def fit(spec: MessageSpec, values: Mapping[str, Any], version: int) -> dict[str, Any]:
    """Return the fields that this version of a message has.

    Raises:
        KeyError: no version of the message has a field of that name.
    """
    return _fit(spec, spec.fields, values, version)


def _fit(spec: MessageSpec, fields: tuple[FieldSpec, ...], values: Mapping[str, Any], version: int) -> dict[str, Any]:
    known = {field.name: field for field in fields}
    strangers = values.keys() - known.keys()
    if strangers:
        raise KeyError(f"{spec.name} has no field {', '.join(sorted(strangers))}; it has {', '.join(known)}")
    return {
        name: _fit_value(spec, known[name], value, version)
        for name, value in values.items()
        if version in known[name].versions
    }


def _fit_value(spec: MessageSpec, field: FieldSpec, value: Any, version: int) -> Any:
    if value is None or not field.is_struct:
        return value
    inner = spec.struct_fields(field)
    if field.is_array:
        return [_fit(spec, inner, element, version) for element in value]
    return _fit(spec, inner, value, version)
