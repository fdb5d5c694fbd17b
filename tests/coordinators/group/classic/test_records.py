"""The record of a classic group, byte by byte, and the group made from it."""

from __future__ import annotations

from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.classic.member import ClassicMember
from kafkalite.coordinators.group.classic.records import group_record, new_group_record
from kafkalite.coordinators.group.classic.states import EMPTY, STABLE
from kafkalite.coordinators.runtime.record import decode, encode_key, encode_value
from kafkalite.protocol.internal_records.group_metadata_key import GroupMetadataKey
from kafkalite.protocol.internal_records.group_metadata_value import GroupMetadataValue, MemberMetadata

TIME = 1_700_000_000_000


def make_group() -> ClassicGroup:
    group = ClassicGroup("g", TIME)
    group.generation_id = 7
    group.protocol_name = "p"
    group.add(
        ClassicMember(
            "m",
            instance_id="i",
            client_id="c",
            client_host="/h",
            rebalance_timeout_ms=2,
            session_timeout_ms=1,
            protocol_type="t",
            protocols=(("p", b"S"), ("other", b"not written")),
        )
    )
    return group


def test_a_generation_is_written_as_kafka_writes_it() -> None:
    record = group_record(make_group(), {"m": b"A"})
    assert encode_key(record) == bytes.fromhex("0002000167")
    assert encode_value(record) == bytes.fromhex(
        "0003"  # the version that Kafka 4 writes
        "0001"
        "74"
        "00000007"
        "0001"
        "70"
        "0001"
        "6d"
        "0000018bcfe56800"
        "00000001"
        "0001"
        "6d"
        "0001"
        "69"
        "0001"
        "63"
        "0002"
        "2f68"
        "00000002"
        "00000001"
        "00000001"
        "53"
        "00000001"
        "41"
    )


def test_a_new_group_is_written_as_kafka_writes_it() -> None:
    record = new_group_record(ClassicGroup("g", TIME))
    assert encode_value(record) == bytes.fromhex("0003000000000000ffffffff0000018bcfe5680000000000")


def test_the_end_of_a_group_has_no_value() -> None:
    (record,) = ClassicGroup("g", 0).tombstones()
    assert (record.key, record.value) == (GroupMetadataKey(group="g"), None)


def test_a_group_is_what_its_record_says() -> None:
    record = group_record(make_group(), {"m": b"A"})
    decoded = decode("__consumer_offsets", encode_key(record), encode_value(record))
    assert decoded is not None
    group = ClassicGroup.from_record("g", decoded.value)
    assert (group.state, group.generation_id, group.protocol_type, group.protocol_name) == (STABLE, 7, "t", "p")
    assert (group.leader_id, group.static_members, group.state_timestamp_ms) == ("m", {"i": "m"}, TIME)
    member = group.members["m"]
    assert (member.client_id, member.client_host, member.session_timeout_ms) == ("c", "/h", 1)
    assert (member.rebalance_timeout_ms, member.protocols, member.assignment) == (2, (("p", b"S"),), b"A")
    assert group.supports("t", ["p"]) and not group.supports("t", ["other"])


def test_records_of_old_releases_have_no_rebalance_timeout() -> None:
    value = GroupMetadataValue(
        protocol_type="consumer",
        protocol="range",
        leader="m",
        members=[MemberMetadata(member_id="m", session_timeout=9, rebalance_timeout=-1)],
    )
    group = ClassicGroup.from_record("g", value)
    assert group.members["m"].rebalance_timeout_ms == 9
    assert group.state_timestamp_ms == -1


def test_a_record_without_members_is_an_empty_group() -> None:
    group = ClassicGroup.from_record("g", GroupMetadataValue(protocol_type="", protocol=None, leader=None))
    assert (group.state, group.protocol_type, group.leader_id) == (EMPTY, None, None)
