"""The uniform assignor."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.coordinators.group.assignors.member_spec import MemberSpec
from kafkalite.coordinators.group.assignors.uniform import assign_uniformly
from tests.coordinators.group.assignors.cases import (
    Case,
    Targets,
    cases,
    check_every_partition_once,
    counts_of,
    pairs,
    topic_id,
    with_targets,
)

A, B, C = topic_id(1), topic_id(2), topic_id(3)


def assign(case: Case) -> Targets:
    return assign_uniformly(case.members, case.partition_counts, case.is_homogeneous)


def test_counts_differ_by_one_at_most() -> None:
    members = {name: MemberSpec(frozenset((A, B))) for name in ("m1", "m2", "m3")}
    targets = assign_uniformly(members, {A: 3, B: 2}, True)
    assert sorted(len(pairs(target)) for target in targets.values()) == [1, 2, 2]


def test_a_member_that_joins_takes_no_more_than_its_share() -> None:
    members = {
        "m1": MemberSpec(frozenset((A,)), {A: frozenset((0, 1))}),
        "m2": MemberSpec(frozenset((A,)), {A: frozenset((2, 3))}),
        "m3": MemberSpec(frozenset((A,))),
    }
    targets = assign_uniformly(members, {A: 4}, True)
    moved = [pair for name in ("m1", "m2") for pair in pairs(members[name].assignment) - pairs(targets[name])]
    assert len(moved) == 1
    assert pairs(targets["m3"]) == set(moved)


def test_who_has_one_more_keeps_it() -> None:
    members = {
        "m1": MemberSpec(frozenset((A,)), {A: frozenset((0,))}),
        "m2": MemberSpec(frozenset((A,)), {A: frozenset((1, 2))}),
    }
    assert assign_uniformly(members, {A: 3}, True) == {"m1": {A: frozenset((0,))}, "m2": {A: frozenset((1, 2))}}


def test_a_topic_that_was_left_is_taken_back() -> None:
    members = {"m1": MemberSpec(frozenset((B,)), {A: frozenset((0,)), B: frozenset((0,))})}
    assert assign_uniformly(members, {B: 1}, True) == {"m1": {B: frozenset((0,))}}


def test_partitions_that_are_gone_and_partitions_that_are_new() -> None:
    members = {
        "m1": MemberSpec(frozenset((A,)), {A: frozenset((0, 5))}),
        "m2": MemberSpec(frozenset((A,)), {A: frozenset((1,))}),
    }
    targets = assign_uniformly(members, {A: 4}, True)
    assert 0 in targets["m1"][A]
    assert 1 in targets["m2"][A]
    assert {len(target[A]) for target in targets.values()} == {2}


def test_a_partition_that_two_members_claim_stays_with_one() -> None:
    members = {name: MemberSpec(frozenset((A,)), {A: frozenset((0, 1))}) for name in ("m1", "m2")}
    targets = assign_uniformly(members, {A: 2}, True)
    check_every_partition_once(Case(members, {A: 2}), targets)


def test_subscriptions_that_differ() -> None:
    members = {
        "m1": MemberSpec(frozenset((A,))),
        "m2": MemberSpec(frozenset((A, B))),
        "m3": MemberSpec(frozenset((B, C))),
    }
    case = Case(members, {A: 3, B: 3, C: 3})
    targets = assign(case)
    check_every_partition_once(case, targets)
    assert set(counts_of(case, targets).values()) == {3}


def test_load_moves_from_the_most_to_the_least_loaded_subscriber() -> None:
    members = {
        "m1": MemberSpec(frozenset((A, B)), {A: frozenset(range(6))}),
        "m2": MemberSpec(frozenset((A,))),
    }
    case = Case(members, {A: 6, B: 2})
    targets = assign(case)
    check_every_partition_once(case, targets)
    assert counts_of(case, targets) == {"m1": 4, "m2": 4}
    assert targets["m1"][B] == frozenset((0, 1))


def test_nobody_and_nothing() -> None:
    assert assign_uniformly({}, {}, True) == {}
    assert assign_uniformly({"m": MemberSpec(frozenset())}, {}, True) == {}


@given(cases(is_homogeneous=True))
@settings(max_examples=60)
def test_alike_members_are_balanced(case: Case) -> None:
    targets = assign(case)
    check_every_partition_once(case, targets)
    counts = counts_of(case, targets).values()
    assert max(counts) - min(counts) <= 1


@given(cases())
@settings(max_examples=60)
def test_no_move_could_make_two_subscribers_of_a_topic_more_equal(case: Case) -> None:
    targets = assign(case)
    check_every_partition_once(case, targets)
    counts = counts_of(case, targets)
    for giver, target in targets.items():
        for one in target:
            for taker, spec in case.members.items():
                if one in spec.subscribed_topic_ids:
                    assert counts[giver] - counts[taker] <= 1


@given(cases())
@settings(max_examples=60)
def test_nothing_moves_where_nothing_changed(case: Case) -> None:
    targets = assign(case)
    assert assign(with_targets(case, targets)) == targets


@given(cases(is_homogeneous=True), st.data())
@settings(max_examples=60)
def test_a_member_that_leaves_moves_its_own_partitions_alone(case: Case, data: st.DataObject) -> None:
    targets = assign(case)
    leaving = data.draw(st.sampled_from(sorted(case.members)))
    staying = {name: spec for name, spec in with_targets(case, targets).members.items() if name != leaving}
    if not staying:
        return
    after = assign_uniformly(staying, case.partition_counts, True)
    check_every_partition_once(Case(staying, case.partition_counts), after)
    for name in staying:
        assert pairs(targets.get(name, {})) <= pairs(after.get(name, {}))


@given(cases(is_homogeneous=True))
@settings(max_examples=60)
def test_a_member_that_joins_moves_as_few_partitions_as_can_be(case: Case) -> None:
    targets = assign(case)
    members = with_targets(case, targets).members
    shared = next(iter(members.values())).subscribed_topic_ids
    after = assign_uniformly({**members, "new": MemberSpec(shared)}, case.partition_counts, True)
    moved = sum(len(pairs(targets.get(name, {})) - pairs(after.get(name, {}))) for name in members)
    assert moved == len(pairs(after.get("new", {})))
