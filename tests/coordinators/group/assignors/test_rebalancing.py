"""Loads and the moves that even them out."""

from __future__ import annotations

from kafkalite.coordinators.group.assignors.rebalancing import Loads

A, B = b"a" * 16, b"b" * 16


def test_partitions_go_to_whoever_has_least_at_that_moment() -> None:
    loads = Loads(["m1", "m2"])
    for partition in range(3):
        loads.give("m1", A, partition)
    loads.spread(B, [0, 1, 2, 3], ["m1", "m2"])
    assert loads.targets == {"m1": {A: {0, 1, 2}, B: {3}}, "m2": {B: {0, 1, 2}}}


def test_nothing_to_spread_asks_for_no_subscribers() -> None:
    loads = Loads([])
    loads.spread(A, [], [])
    assert loads.targets == {}


def test_members_without_a_partition_of_the_topic_give_none() -> None:
    loads = Loads(["m1", "m2", "m3"])
    for partition in range(4):
        loads.give("m1", A, partition)
    loads.give("m2", B, 0)
    loads.balance([(B, ["m1", "m2"])])
    assert loads.targets["m1"] == {A: {0, 1, 2, 3}}
    assert loads.targets["m2"] == {B: {0}}


def test_moves_stop_where_they_help_no_more() -> None:
    loads = Loads(["m1", "m2"])
    for partition in range(5):
        loads.give("m1", A, partition)
    loads.balance([(A, ["m1", "m2"])])
    assert sorted(len(target[A]) for target in loads.targets.values()) == [2, 3]
