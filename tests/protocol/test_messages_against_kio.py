"""Messages against `kio`, an independent codec with one class per version: it reads our bytes, and writes the same."""

from __future__ import annotations

import importlib
import io
from typing import Any

import pytest
from kio.serial import entity_reader, entity_writer

from tests.protocol.message_samples import MESSAGES, Field, Message, Sampler, encode, versions_of

_SUFFIXES = {"request": "_request", "response": "_response", "header": "", "data": ""}
_KNOWN_ERROR_CODE = 3


class _TameSampler(Sampler):
    """Values that kio's richer types take: known error codes, durations and instants near zero."""

    def value(self, field: Field) -> Any:
        return _KNOWN_ERROR_CODE if field.name.endswith("ErrorCode") else super().value(field)

    def primitive(self, kind: str, number: int) -> Any:
        value = super().primitive(kind, number)
        return number % 100 + 1 if type(value) is int else value


def _find_kio_class(message: Message, version: int) -> Any:
    suffix = _SUFFIXES[message.type]
    package = message.module.removesuffix(suffix) if suffix else message.module
    try:
        module = importlib.import_module(f"kio.schema.{package}.v{version}.{message.type}")
    except ImportError:
        return None
    return getattr(module, message.name)


def _check_same(message: Message, struct: Any, ours: Any, theirs: Any, version: int) -> None:
    """Compare the fields of plain types by name; kio calls durations and instants differently."""
    for field in struct.fields:
        if version not in field.versions or not hasattr(theirs, field.attribute):
            continue
        own, other = getattr(ours, field.attribute), getattr(theirs, field.attribute)
        pairs = list(zip(own, other, strict=True)) if field.is_array and own is not None else [(own, other)]
        for one, two in pairs:
            if field.is_struct and one is not None:
                _check_same(message, message.nested[field.element], one, two, version)
            elif type(one) in (int, str, bool) and isinstance(two, type(one)):
                assert two == one, f"{struct.name}.{field.attribute}"


UNKNOWN_TO_KIO = {
    "StreamsGroupTopologyDescriptionUpdateRequest",
    "StreamsGroupTopologyDescriptionUpdateResponse",
    "UnregisterControllerRequest",
    "UnregisterControllerResponse",
}
"""New in Apache Kafka 4.4; a release of kio that has them is to check them too."""


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.name)
def test_kio_reads_and_writes_the_same_bytes(message: Message) -> None:
    found = 0
    for version in versions_of(message):
        kio_class = _find_kio_class(message, version)
        if kio_class is None:
            continue
        found += 1
        instance = _TameSampler(message, version).sample()
        encoded = encode(instance, version)
        entity, _ = entity_reader(kio_class)(encoded, 0)
        written = io.BytesIO()
        entity_writer(kio_class)(written, entity)
        assert written.getvalue() == encoded, f"version {version}"
        _check_same(message, message.top, instance, entity, version)
    assert (found == 0) == (message.name in UNKNOWN_TO_KIO)
