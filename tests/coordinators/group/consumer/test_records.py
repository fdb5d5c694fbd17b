"""Records of consumer groups, byte for byte as Kafka 4.3.1 writes them, and the way back into state."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.group.consumer import records
from kafkalite.coordinators.group.consumer.group import ConsumerGroup
from kafkalite.coordinators.group.consumer.member import UNREVOKED_PARTITIONS, ConsumerMember
from kafkalite.coordinators.group.consumer.migration import classic_metadata
from kafkalite.coordinators.group.consumer.replay import RECORD_TYPES, replay
from kafkalite.coordinators.group.consumer.subscriptions import ResolvedRegex
from kafkalite.coordinators.group.group import CONSUMER, Group
from kafkalite.coordinators.group.group_types import GROUP_TYPES
from kafkalite.coordinators.runtime.record import CoordinatorRecord, decode, encode_key, encode_value

T1, T2 = (bytes(range(1, 9)) + number.to_bytes(8) for number in (1, 2))
NOW_MS = 1_700_000_000_000
MEMBER = ConsumerMember(
    "m1",
    member_epoch=4,
    previous_member_epoch=3,
    state=UNREVOKED_PARTITIONS,
    instance_id="i1",
    rack_id="north",
    rebalance_timeout_ms=60_000,
    client_id="reader",
    client_host="/10.0.0.1",
    subscribed_topic_names=frozenset(("b", "a")),
    subscribed_topic_regex="x.*",
    server_assignor="range",
    assigned_partitions={T1: {0: 3, 1: 4}, T2: {2: 4}},
    partitions_pending_revocation={T2: {7: 3}},
    classic=classic_metadata(10_000, [("range", b"\1\2")]),
)
TARGET = {T2: frozenset((2,)), T1: frozenset((1, 0))}
RESOLVED = ResolvedRegex(frozenset(("xb", "xa")), 12, NOW_MS)

RECORDS: dict[str, CoordinatorRecord] = {
    "member": records.member_metadata("g", MEMBER),
    "plain_member": records.member_metadata("g", ConsumerMember("m2")),
    "no_member": records.member_metadata_tombstone("g", "m1"),
    "epoch": records.group_epoch("g", 5, -7),
    "epoch_without_topics": records.group_epoch("g", 5, 0),
    "no_epoch": records.group_epoch_tombstone("g"),
    "no_topics": records.partition_metadata_tombstone("g"),
    "target": records.target_assignment("g", "m1", TARGET),
    "no_target": records.target_assignment_tombstone("g", "m1"),
    "target_epoch": records.target_assignment_epoch("g", 5, NOW_MS),
    "no_target_epoch": records.target_assignment_epoch_tombstone("g"),
    "current": records.current_assignment("g", MEMBER),
    "plain_current": records.current_assignment("g", ConsumerMember("m2")),
    "no_current": records.current_assignment_tombstone("g", "m1"),
    "regex": records.regular_expression("g", "x.*", RESOLVED),
    "no_regex": records.regular_expression_tombstone("g", "x.*"),
}

BYTES = {
    "member": (
        "000500016700026d31",
        (
            "0000036931066e6f727468077265616465720a2f31302e302e302e31030261026204782e2a0000ea600672616e"
            "67650100110100002710020672616e67650301020000"
        ),
    ),
    "plain_member": (
        "000500016700026d32",
        "0000000001010101ffffffff0001000100",
    ),
    "no_member": (
        "000500016700026d31",
        None,
    ),
    "epoch": (
        "0003000167",
        "000000000005010008fffffffffffffff9",
    ),
    "epoch_without_topics": (
        "0003000167",
        "00000000000500",
    ),
    "no_epoch": (
        "0003000167",
        None,
    ),
    "no_topics": (
        "0004000167",
        None,
    ),
    "target": (
        "000700016700026d31",
        ("00000301020304050607080000000000000001030000000000000001000102030405060708000000000000000202000000020000"),
    ),
    "no_target": (
        "000700016700026d31",
        None,
    ),
    "target_epoch": (
        "0006000167",
        "0000000000050100080000018bcfe56800",
    ),
    "no_target_epoch": (
        "0006000167",
        None,
    ),
    "current": (
        "000800016700026d31",
        (
            "000000000004000000030103010203040506070800000000000000010300000000000000010100090300000003"
            "000000040102030405060708000000000000000202000000020100050200000004020102030405060708000000"
            "00000000020200000007010005020000000300"
        ),
    ),
    "plain_current": (
        "000800016700026d32",
        "000000000000ffffffff00010100",
    ),
    "no_current": (
        "000800016700026d31",
        None,
    ),
    "regex": (
        "00100001670003782e2a",
        "000003037861037862000000000000000c0000018bcfe5680000",
    ),
    "no_regex": (
        "00100001670003782e2a",
        None,
    ),
}
"""(key, value) of the same records, written by Kafka's GroupCoordinatorRecordSerde; None is a tombstone."""


@pytest.mark.parametrize("name", RECORDS)
def test_records_are_kafkas_to_the_byte(name: str) -> None:
    value = encode_value(RECORDS[name])
    assert (encode_key(RECORDS[name]).hex(), None if value is None else value.hex()) == BYTES[name]


def replay_all(*names: str) -> dict[str, Group]:
    """Return the groups that Kafka's own bytes of these records make."""
    groups: dict[str, Group] = {}
    for name in names:
        key, value = BYTES[name]
        decoded = decode("__consumer_offsets", bytes.fromhex(key), None if value is None else bytes.fromhex(value))
        assert decoded is not None
        replay(groups, *decoded)
    return groups


def test_replay_makes_the_state_again() -> None:
    group = replay_all("member", "epoch", "target", "target_epoch", "current", "regex")["g"]
    assert isinstance(group, ConsumerGroup)
    assert group.members == {"m1": MEMBER}
    assert (group.group_epoch, group.metadata_hash) == (5, -7)
    assert (group.assignment_epoch, group.assignment_timestamp_ms) == (5, NOW_MS)
    assert group.targets == {"m1": TARGET}
    assert group.resolved == {"x.*": RESOLVED}
    assert group.static_members == {"i1": "m1"}
    assert group.held_partitions() == {(T1, 0): 4, (T1, 1): 4, (T2, 2): 4, (T2, 7): 4}


def test_tombstones_take_it_away_again() -> None:
    made = ("member", "epoch", "target", "target_epoch", "current", "regex")
    group = replay_all(*made, "no_current", "no_target", "no_member", "no_regex", "no_target_epoch", "no_topics")["g"]
    assert isinstance(group, ConsumerGroup)
    assert (group.members, group.targets, group.resolved, group.static_members) == ({}, {}, {}, {})
    assert (group.assignment_epoch, group.held_partitions(), group.regex_counts) == (-1, {}, {})
    assert replay_all(*made, "no_current", "no_target", "no_member", "no_regex", "no_target_epoch", "no_epoch") == {}


@pytest.mark.parametrize("name", [name for name, (_, value) in BYTES.items() if value is None])
def test_tombstones_of_what_is_not_there_are_passed_over(name: str) -> None:
    assert replay_all(name) == {}


def test_an_assignment_without_epochs_counts_from_the_members_epoch() -> None:
    value = RECORDS["current"].value
    for topic in (*value.assigned_partitions, *value.partitions_pending_revocation):
        topic.assignment_epochs = []
    groups: dict[str, Group] = {}
    replay(groups, 8, RECORDS["current"].key, value)
    group = groups["g"]
    assert isinstance(group, ConsumerGroup)
    assert group.members["m1"].assigned_partitions == {T1: {0: 4, 1: 4}, T2: {2: 4}}


def test_the_shard_knows_the_types() -> None:
    assert GROUP_TYPES[CONSUMER].record_types == RECORD_TYPES
