"""The generated codecs against the reference codec: the same schemas read twice, by code that shares nothing."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kafkalite.dissector.field import DissectionError
from kafkalite.dissector.messages import build_message, dissect_message, parse_message
from kafkalite.dissector.specs import UnknownSchema, get_spec
from kafkalite.protocol.api_error import ProtocolViolation
from tests.dissector.generated import generated_class, to_generated, to_plain
from tests.dissector.values import MESSAGE_VERSIONS, NAMES, full_values, values

by_version = pytest.mark.parametrize(("name", "version"), MESSAGE_VERSIONS)
by_message = pytest.mark.parametrize("name", NAMES)
few_examples = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def write_generated(name: str, version: int, plain: dict[str, Any]) -> bytes:
    out = bytearray()
    to_generated(name, version, plain).write(out, version)
    return bytes(out)


def assert_codecs_agree(name: str, version: int, plain: dict[str, Any]) -> None:
    expected = build_message(name, version, plain)
    assert write_generated(name, version, plain) == expected
    message, end = generated_class(name).read(expected, 0, version)
    assert end == len(expected)
    assert to_plain(name, version, message) == plain
    assert parse_message(name, version, expected) == plain


@by_version
@few_examples
@given(data=st.data())
def test_agrees_on_any_value(name: str, version: int, data: st.DataObject) -> None:
    assert_codecs_agree(name, version, data.draw(values(name, version)))


@by_message
def test_agrees_on_defaults(name: str) -> None:
    for version in get_spec(name).versions():
        expected = build_message(name, version, {})
        written = bytearray()
        generated_class(name)().write(written, version)
        assert written == expected
        message, end = generated_class(name).read(expected, 0, version)
        assert end == len(expected)
        assert to_plain(name, version, message) == parse_message(name, version, expected)


@by_message
def test_agrees_with_every_field_set(name: str) -> None:
    for version in get_spec(name).versions():
        assert_codecs_agree(name, version, full_values(name, version))


@by_message
def test_truncated_anywhere_is_a_protocol_violation(name: str) -> None:
    for version in get_spec(name).versions():
        read = generated_class(name).read
        for whole in (build_message(name, version, full_values(name, version)), build_message(name, version, {})):
            for size in range(len(whole)):
                with pytest.raises(ProtocolViolation):
                    read(memoryview(whole)[:size], 0, version)


@by_message
def test_damaged_bytes_raise_nothing_but_a_protocol_violation(name: str) -> None:
    for version in get_spec(name).versions():
        read = generated_class(name).read
        whole = build_message(name, version, full_values(name, version))
        chance = random.Random(f"{name} {version}")
        damaged = [chance.randbytes(chance.randrange(64)) for _ in range(20)]
        for position in range(len(whole)):
            flipped = bytearray(whole)
            flipped[position] ^= 1 << chance.randrange(8)
            damaged.append(bytes(flipped))
        for buffer in damaged:
            try:
                read(memoryview(buffer), 0, version)
            except ProtocolViolation:
                continue


@by_message
def test_damaged_bytes_raise_nothing_but_a_dissection_error(name: str) -> None:
    version = get_spec(name).versions()[-1]
    whole = build_message(name, version, full_values(name, version))
    chance = random.Random(name)
    for position in range(0, len(whole), 1 + len(whole) // 50):
        flipped = bytearray(whole)
        flipped[position] ^= 1 << chance.randrange(8)
        try:
            dissect_message(flipped, name=name, version=version)
        except DissectionError as error:
            assert 0 <= error.position <= len(whole)


class TestBuildMessage:
    def test_refuses_a_field_that_the_version_does_not_have(self) -> None:
        with pytest.raises(KeyError, match="RackId"):
            build_message("FetchRequest", 10, {"RackId": "a"})

    def test_refuses_an_unknown_version(self) -> None:
        with pytest.raises(UnknownSchema, match="0-18, not 19"):
            build_message("FetchRequest", 19, {})

    def test_leaves_a_tagged_field_at_its_default_out(self) -> None:
        without = build_message("FetchRequest", 15, {})
        assert build_message("FetchRequest", 15, {"ReplicaState": {"ReplicaId": -1, "ReplicaEpoch": -1}}) == without
        assert build_message("FetchRequest", 15, {"ReplicaState": {"ReplicaId": 1}}) != without

    def test_known_bytes(self) -> None:
        """Written out by hand from the protocol guide: flexible strings, arrays, a tagged field."""
        built = build_message(
            "ApiVersionsResponse",
            3,
            {"ErrorCode": 35, "ApiKeys": [{"ApiKey": 18, "MinVersion": 0, "MaxVersion": 4}], "ZkMigrationReady": True},
        )
        assert built.hex(" ", -2) == "0023 0200 1200 0000 0400 0000 0000 0103 0101"


class TestDissectMessage:
    def test_every_byte_lies_in_one_prefix_or_leaf(self) -> None:
        for name, version in (("FetchResponse", 18), ("FetchRequest", 4), ("StreamsGroupHeartbeatRequest", 0)):
            whole = build_message(name, version, full_values(name, version))
            covered = [
                position
                for field in dissect_message(whole, name=name, version=version, base=100).walk()
                for position in range(field.start, field.prefix_end)
            ]
            assert covered == list(range(100, 100 + len(whole)))

    def test_bytes_behind_the_body_are_refused(self) -> None:
        with pytest.raises(DissectionError, match=r"byte 2: .*1 bytes follow"):
            dissect_message(b"\x00\x00\x02", name="SaslHandshakeRequest", version=0)

    def test_the_error_names_the_byte_the_path_and_the_reason(self) -> None:
        whole = build_message("MetadataRequest", 1, {"Topics": [{"Name": "first"}, {"Name": "second"}]})
        with pytest.raises(DissectionError) as caught:
            dissect_message(whole[:-2], name="MetadataRequest", version=1)
        error = caught.value
        assert (error.position, error.path) == (11, "MetadataRequest.Topics[1].Name")
        assert error.reason == "claims 6 bytes, 4 left"
        assert error.partial.get("Topics[0].Name").value == "first"

    def test_error_codes_have_names(self) -> None:
        body = dissect_message(
            build_message("HeartbeatResponse", 0, {"ErrorCode": 25}), name="HeartbeatResponse", version=0
        )
        assert body.get("ErrorCode").note == "UNKNOWN_MEMBER_ID"


#: Bodies of records that Apache Kafka 4.3.1 wrote into its internal topics.
KAFKAS_BYTES = {
    (
        "TransactionLogValue",
        1,
    ): "000000000000000000000000ea600000000001a206f8dca7ffffffffffffffff0100080000000000000000",
    ("OffsetCommitValue", 4): "00000000000000050000000001000001a206f8ea53010010cede96aadb774fb8a61f9ec3bbbc7a6b",
    ("ConsumerGroupMemberMetadataValue", 0): (
        "00000872646b61666b610b2f3132372e302e302e310203747801000493e00001000100"  # ends with a tagged null
    ),
    ("PartitionChangeRecord", 2): (
        "00000000cede96aadb774fb8a61f9ec3bbbc7a6b040001010104ffffffff0605020000000107050200000001"
    ),
    ("ConsumerGroupCurrentMemberAssignmentValue", 0): (
        "00000002000000000002cede96aadb774fb8a61f9ec3bbbc7a6b020000000001000502000000020100"
    ),
}


@pytest.mark.parametrize(("message", "data"), KAFKAS_BYTES.items())
def test_bytes_that_kafka_wrote(message: tuple[str, int], data: str) -> None:
    name, version = message
    plain = parse_message(name, version, bytes.fromhex(data))
    assert build_message(name, version, plain).hex() == data
    assert write_generated(name, version, plain).hex() == data
