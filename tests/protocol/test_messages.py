"""Every generated message in every version: round trips, truncation, garbage, unknown tags, fields that do not fit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.primitives import UnsupportedFieldError
from tests.protocol import message_samples
from tests.protocol.message_samples import ALL, VARIANTS, Message, Sampler, class_of, encode, sample, versions_of
from tests.protocol.message_strategies import messages_of

QUICK = settings(
    max_examples=4,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
EVERY_MESSAGE = pytest.mark.parametrize("message", ALL, ids=lambda message: message.name)


@EVERY_MESSAGE
@QUICK
@given(data=st.data())
def test_round_trip_in_every_version(message: Message, data: st.DataObject) -> None:
    for version in versions_of(message):
        instance = data.draw(messages_of(message, version))
        encoded = encode(instance, version)
        kind = data.draw(st.sampled_from([bytes, bytearray, memoryview]))
        decoded, position = class_of(message).read(kind(b"junk" + encoded), 4, version)
        assert position == 4 + len(encoded)
        assert decoded == instance, f"version {version}"
        assert encode(decoded, version) == encoded


@EVERY_MESSAGE
def test_truncated_at_every_byte_is_a_violation(message: Message) -> None:
    for version in versions_of(message):
        encoded = memoryview(encode(sample(message, version), version))
        for length in range(len(encoded)):
            with pytest.raises(ProtocolViolation):
                class_of(message).read(encoded[:length], 0, version)


@EVERY_MESSAGE
@QUICK
@given(
    garbage=st.binary(max_size=60), flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=4)
)
def test_garbage_is_a_violation_or_a_message(message: Message, garbage: bytes, flips: list[tuple[int, int]]) -> None:
    for version in {message.versions.lowest, message.versions.highest}:
        damaged = bytearray(encode(sample(message, version), version))
        for position, value in flips:
            if damaged:
                damaged[position % len(damaged)] = value
        for buffer in (garbage, bytes(damaged)):
            try:
                class_of(message).read(buffer, 0, version)
            except ProtocolViolation:
                pass


@EVERY_MESSAGE
def test_facts_of_the_class_are_those_of_the_schema(message: Message) -> None:
    generated = class_of(message)
    assert message.name == generated.NAME
    assert tuple(message.versions) == (generated.LOWEST_VERSION, generated.HIGHEST_VERSION)
    assert message.first_flexible_version == generated.FIRST_FLEXIBLE_VERSION
    if message.type in ("request", "response"):
        assert message.api_key == generated.API_KEY
    elif message.api_key is not None:
        assert message.api_key == generated.RECORD_TYPE


@EVERY_MESSAGE
def test_defaults_make_equal_messages(message: Message) -> None:
    generated = class_of(message)
    assert generated() == generated()
    assert generated() != object()
    assert repr(generated()).startswith(message.name)


def _paths(message: Message, version: int) -> list[tuple[tuple[str, ...], Any]]:
    """Return (attributes that lead to a struct, its schema) for every struct that the version carries."""
    found: list[tuple[tuple[str, ...], Any]] = []

    def walk(path: tuple[str, ...], struct: Any) -> None:
        found.append((path, struct))
        for field in struct.fields:
            if field.is_struct and version in field.versions and len(path) < 6:
                walk((*path, field.attribute), message.nested[field.element])

    walk((), message.top)
    return found


def _follow(instance: Any, path: tuple[str, ...]) -> Any:
    for attribute in path:
        instance = getattr(instance, attribute)
        if isinstance(instance, list):
            instance = instance[0]
    return instance


@EVERY_MESSAGE
def test_a_value_the_version_cannot_carry_raises_unless_ignorable(message: Message) -> None:
    for version in versions_of(message):
        for path, struct in _paths(message, version):
            for field in struct.fields:
                if version in field.versions:
                    continue
                instance = sample(message, version)
                value = Sampler(message, field.versions.lowest).value(field)
                setattr(_follow(instance, path), field.attribute, True if field.type == "bool" else value)
                if field.type == "bool" and field.default:
                    setattr(_follow(instance, path), field.attribute, False)
                if field.ignorable:
                    assert encode(instance, version) == encode(sample(message, version), version)
                else:
                    with pytest.raises(UnsupportedFieldError):
                        encode(instance, version)


@EVERY_MESSAGE
def test_null_where_the_version_has_none_raises(message: Message) -> None:
    for version in versions_of(message):
        for path, struct in _paths(message, version):
            for field in struct.fields:
                may_be_none = not field.nullable.is_empty or field.defaults_to_null
                if version in field.versions and version not in field.nullable and may_be_none:
                    instance = sample(message, version)
                    setattr(_follow(instance, path), field.attribute, None)
                    if field.tag is not None and field.defaults_to_null:
                        continue
                    with pytest.raises(UnsupportedFieldError):
                        encode(instance, version)


@EVERY_MESSAGE
def test_unknown_tagged_fields_survive_in_order(message: Message) -> None:
    unknown = {9000: b"late", 100: b"", 300: b"\x00\xff" * 100}
    for version in versions_of(message):
        if version not in message.flexible:
            continue
        instance = sample(message, version)
        for path, _ in _paths(message, version):
            _follow(instance, path).unknown_tagged_fields = dict(unknown)
        encoded = encode(instance, version)
        decoded, _ = class_of(message).read(encoded, 0, version)
        for path, _ in _paths(message, version):
            assert _follow(decoded, path).unknown_tagged_fields == unknown
        assert encode(decoded, version) == encoded


@EVERY_MESSAGE
def test_tagged_fields_in_a_version_without_them_raise(message: Message) -> None:
    if message.flexible.is_empty or message.flexible.lowest == message.versions.lowest:
        return
    instance = class_of(message)(unknown_tagged_fields={100: b"x"})
    with pytest.raises(UnsupportedFieldError):
        encode(instance, message.flexible.lowest - 1)


@pytest.mark.parametrize("variant", VARIANTS)
@EVERY_MESSAGE
def test_samples_survive(message: Message, variant: str) -> None:
    for version in versions_of(message):
        instance = message_samples.sample(message, version, variant)
        encoded = encode(instance, version)
        decoded, position = class_of(message).read(encoded, 0, version)
        assert position == len(encoded)
        assert encode(decoded, version) == encoded
