"""The range assignor."""

from __future__ import annotations

from hypothesis import given, settings

from kafkalite.coordinators.group.assignors.member_spec import MemberSpec
from kafkalite.coordinators.group.assignors.range import assign_ranges
from tests.coordinators.group.assignors.cases import Case, cases, check_every_partition_once, topic_id

A, B, C = topic_id(1), topic_id(2), topic_id(3)


def test_the_first_members_get_one_more() -> None:
    members = {name: MemberSpec(frozenset((A,))) for name in ("m2", "m1", "m3")}
    assert assign_ranges(members, {A: 8}, True) == {
        "m1": {A: frozenset((0, 1, 2))},
        "m2": {A: frozenset((3, 4, 5))},
        "m3": {A: frozenset((6, 7))},
    }


def test_topics_of_one_size_are_cut_alike() -> None:
    members = {name: MemberSpec(frozenset((A, B))) for name in ("m1", "m2")}
    targets = assign_ranges(members, {A: 3, B: 3}, True)
    assert targets["m1"] == {A: frozenset((0, 1)), B: frozenset((0, 1))}
    assert targets["m2"] == {A: frozenset((2,)), B: frozenset((2,))}


def test_more_members_than_partitions() -> None:
    members = {name: MemberSpec(frozenset((A,))) for name in ("m1", "m2", "m3")}
    assert assign_ranges(members, {A: 2}, True) == {"m1": {A: frozenset((0,))}, "m2": {A: frozenset((1,))}}


def test_each_topic_is_cut_among_its_own_subscribers() -> None:
    members = {
        "m1": MemberSpec(frozenset((A, B))),
        "m2": MemberSpec(frozenset((C,))),
        "m3": MemberSpec(frozenset((B, C))),
    }
    assert assign_ranges(members, {A: 3, B: 3, C: 2}, False) == {
        "m1": {A: frozenset((0, 1, 2)), B: frozenset((0, 1))},
        "m2": {C: frozenset((0,))},
        "m3": {B: frozenset((2,)), C: frozenset((1,))},
    }


def test_static_members_come_first_and_keep_their_place_under_a_new_member_id() -> None:
    before = {"z": MemberSpec(frozenset((A,)), instance_id="i1"), "b": MemberSpec(frozenset((A,)))}
    after = {"a": MemberSpec(frozenset((A,)), instance_id="i1"), "b": MemberSpec(frozenset((A,)))}
    assert assign_ranges(before, {A: 3}, True) == {"z": {A: frozenset((0, 1))}, "b": {A: frozenset((2,))}}
    assert assign_ranges(after, {A: 3}, True) == {"a": {A: frozenset((0, 1))}, "b": {A: frozenset((2,))}}


def test_nobody_and_nothing() -> None:
    assert assign_ranges({}, {}, True) == {}
    assert assign_ranges({"m": MemberSpec(frozenset())}, {}, True) == {}


@given(cases())
@settings(max_examples=60)
def test_every_partition_goes_to_one_subscriber_in_neighbouring_pieces(case: Case) -> None:
    targets = assign_ranges(case.members, case.partition_counts, case.is_homogeneous)
    check_every_partition_once(case, targets)
    for one, count in case.partition_counts.items():
        sizes = []
        for member_id, spec in case.members.items():
            piece = sorted(targets.get(member_id, {}).get(one, ()))
            assert piece == list(range(piece[0], piece[0] + len(piece))) if piece else True
            if one in spec.subscribed_topic_ids:
                sizes.append(len(piece))
        assert sum(sizes) == count
        assert max(sizes) - min(sizes) <= 1
