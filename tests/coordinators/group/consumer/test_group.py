"""A consumer group: who holds what, who may do what, and what is told of it."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.group.consumer.group import ConsumerGroup
from kafkalite.coordinators.group.consumer.member import ConsumerMember
from kafkalite.coordinators.group.consumer.migration import classic_metadata
from kafkalite.coordinators.group.consumer.reconciliation import NOT_OWNED
from kafkalite.coordinators.group.consumer.subscriptions import ResolvedRegex
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

A = b"a" * 16


def member(member_id: str, epoch: int = 1, **held: int) -> ConsumerMember:
    """Return a member that holds partitions of topic A: p0=5 is partition 0 since epoch 5."""
    partitions = {int(name[1:]): since for name, since in held.items()}
    return ConsumerMember(member_id, member_epoch=epoch, assigned_partitions={A: partitions} if partitions else {})


def test_states() -> None:
    group = ConsumerGroup("g")
    assert (group.state_name, group.is_empty) == ("Empty", True)
    group.put_member(member("m1"))
    assert group.state_name == "Stable"
    group.group_epoch = 2
    assert group.state_name == "Assigning"
    group.assignment_epoch = 2
    assert group.state_name == "Reconciling"
    group.put_member(member("m1", 2))
    assert group.state_name == "Stable"


def test_a_partition_belongs_to_the_newest_epoch() -> None:
    """A compacted log may tell of an older owner after a newer one."""
    group = ConsumerGroup("g")
    group.put_member(member("new", 6, p0=6))
    group.put_member(member("old", 5, p0=4))
    assert group.current_partition_epoch(A, 0) == 6
    group.put_member(member("old", 7))
    assert group.current_partition_epoch(A, 0) == 6
    group.remove_member("new")
    assert group.current_partition_epoch(A, 0) == NOT_OWNED


def test_a_static_member_that_is_away_still_holds_its_partitions() -> None:
    group = ConsumerGroup("g")
    group.put_member(member("m1", 5, p0=5))
    group.put_member(member("m1", -2, p0=0))
    assert group.current_partition_epoch(A, 0) == -2
    assert group.current_partition_epoch(A, 0) != NOT_OWNED


def test_an_instance_id_that_its_member_gave_up_is_free() -> None:
    group = ConsumerGroup("g")
    group.put_member(ConsumerMember("m1", instance_id="i1"))
    group.put_member(ConsumerMember("m1", instance_id="i2"))
    assert group.static_members == {"i2": "m1"}
    group.remove_member("m1")
    assert group.static_members == {}


def test_expressions_are_counted_by_their_subscribers() -> None:
    group = ConsumerGroup("g")
    group.put_member(ConsumerMember("m1", subscribed_topic_regex="x"))
    group.put_member(ConsumerMember("m2", subscribed_topic_regex="x"))
    group.put_member(ConsumerMember("m1", subscribed_topic_regex="y"))
    assert group.regex_counts == {"x": 1, "y": 1}
    group.remove_member("m2")
    assert group.regex_counts == {"y": 1}


def test_subscriptions_by_name_and_by_expression() -> None:
    group = ConsumerGroup("g")
    group.put_member(ConsumerMember("m1", subscribed_topic_names=frozenset(("a",)), subscribed_topic_regex="x"))
    assert not group.is_subscribed_to("xa")
    group.resolved["x"] = ResolvedRegex(frozenset(("xa",)), 1, 1)
    assert [group.is_subscribed_to(topic) for topic in ("a", "xa", "b")] == [True, True, False]


@pytest.mark.parametrize("is_classic", [False, True])
def test_who_may_commit(is_classic: bool) -> None:
    group = ConsumerGroup("g")
    assert group.check_offset_commit("", None, -1, is_transactional=False, api_version=9) is None
    one = member("m1", 5, p0=4)
    group.put_member(one._replace(classic=classic_metadata(1, []) if is_classic else None))
    wrong = errors.ILLEGAL_GENERATION if is_classic else errors.STALE_MEMBER_EPOCH

    def refusal(member_id: str, epoch: int, *, version: int = 9, is_transactional: bool = False) -> int:
        try:
            check = group.check_offset_commit(
                member_id, None, epoch, is_transactional=is_transactional, api_version=version
            )
            if check is not None:
                check("a", A, 0)
        except ApiError as error:
            return error.error_code
        return errors.NONE

    assert refusal("m1", 5) == refusal("m1", 4) == errors.NONE
    assert refusal("m1", 6) == refusal("m1", 3) == wrong
    assert refusal("m2", 5) == refusal("", -1) == errors.UNKNOWN_MEMBER_ID
    assert refusal("", -1, is_transactional=True) == errors.NONE
    assert refusal("m1", 5, version=8) == (errors.NONE if is_classic else errors.UNSUPPORTED_VERSION)
    check = group.check_offset_commit("m1", None, 4, is_transactional=False, api_version=9)
    assert check is not None
    with pytest.raises(ApiError) as refused:
        check("a", A, 1)
    assert refused.value.error_code == wrong


def test_who_may_fetch_offsets() -> None:
    group = ConsumerGroup("g")
    group.put_member(member("m1", 5))
    group.check_offset_fetch(None, -1)
    group.check_offset_fetch("m1", 5)
    for member_id, epoch, code in (
        ("m1", 4, errors.STALE_MEMBER_EPOCH),
        ("m2", 5, errors.UNKNOWN_MEMBER_ID),
        (None, 0, errors.UNKNOWN_MEMBER_ID),
    ):
        with pytest.raises(ApiError) as refused:
            group.check_offset_fetch(member_id, epoch)
        assert refused.value.error_code == code


def test_only_an_empty_group_is_deleted() -> None:
    group = ConsumerGroup("g")
    group.check_delete()
    group.put_member(member("m1"))
    with pytest.raises(ApiError) as refused:
        group.check_delete()
    assert refused.value.error_code == errors.NON_EMPTY_GROUP


def test_what_a_list_tells() -> None:
    listed = ConsumerGroup("g").as_listed()
    assert (listed.group_id, listed.protocol_type, listed.group_state, listed.group_type) == (
        "g", "consumer", "Empty", "consumer"
    )  # fmt: skip


def test_classic_protocols_that_all_classic_members_know() -> None:
    group = ConsumerGroup("g")
    assert group.supports_classic_protocols("consumer", ["range"])
    assert not group.supports_classic_protocols("consumer", [])
    group.put_member(member("m1")._replace(classic=classic_metadata(1, [("range", b""), ("sticky", b"")])))
    group.put_member(member("m2")._replace(classic=classic_metadata(1, [("sticky", b"")])))
    group.put_member(member("m3"))
    assert group.classic_member_count == 2
    assert group.supports_classic_protocols("consumer", ["range", "sticky"])
    assert not group.supports_classic_protocols("consumer", ["range"])
    assert not group.supports_classic_protocols("connect", ["sticky"])
