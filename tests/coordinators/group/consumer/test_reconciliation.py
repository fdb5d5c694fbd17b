"""Reconciliation: one step at a time, and many members whose steps come in any order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.coordinators.group.consumer.group import ConsumerGroup
from kafkalite.coordinators.group.consumer.member import (
    STABLE,
    UNKNOWN,
    UNRELEASED_PARTITIONS,
    UNREVOKED_PARTITIONS,
    ConsumerMember,
)
from kafkalite.coordinators.group.consumer.reconciliation import NOT_OWNED, reconcile
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from kafkalite.coordinators.group.consumer.reconciliation import Owned

A, B = b"a" * 16, b"b" * 16
Partitions = dict[bytes, dict[int, int]]


def member(state: int, epoch: int, assigned: Partitions, pending: Partitions | None = None) -> ConsumerMember:
    return ConsumerMember(
        "m",
        member_epoch=epoch,
        previous_member_epoch=epoch,
        state=state,
        assigned_partitions=assigned,
        partitions_pending_revocation=pending or {},
    )


def step(
    one: ConsumerMember,
    target_epoch: int,
    target: Mapping[bytes, frozenset[int]],
    *,
    owned: Owned | None = None,
    taken: Mapping[tuple[bytes, int], int] | None = None,
    subscribed: frozenset[bytes] = frozenset((A, B)),
    has_subscription_changed: bool = False,
) -> tuple[int, int, Mapping[bytes, Mapping[int, int]], Mapping[bytes, Mapping[int, int]]]:
    """Reconcile, and return state, epoch, assigned, pending revocation."""
    after = reconcile(
        one,
        target_epoch,
        target,
        subscribed_topic_ids=subscribed,
        owned=owned,
        has_subscription_changed=has_subscription_changed,
        current_partition_epoch=lambda topic_id, partition: (taken or {}).get((topic_id, partition), NOT_OWNED),
    )
    return after.state, after.member_epoch, after.assigned_partitions, after.partitions_pending_revocation


def some(*partitions: int) -> frozenset[int]:
    return frozenset(partitions)


def test_stable_and_up_to_date_is_left_alone() -> None:
    one = member(STABLE, 5, {A: {0: 3}})
    assert step(one, 5, {A: some(0, 1)}) == (STABLE, 5, {A: {0: 3}}, {})


def test_from_stable_to_a_new_epoch_with_the_same_target() -> None:
    assert step(member(STABLE, 5, {A: {0: 3}}), 6, {A: some(0)}) == (STABLE, 6, {A: {0: 3}}, {})


def test_what_is_new_and_free_is_given_in_the_new_epoch() -> None:
    assert step(member(STABLE, 5, {A: {0: 3}}), 6, {A: some(0, 1), B: some(2)}) == (
        STABLE, 6, {A: {0: 3, 1: 6}, B: {2: 6}}, {}
    )  # fmt: skip


def test_what_must_go_keeps_the_member_in_its_epoch() -> None:
    assert step(member(STABLE, 5, {A: {0: 3, 1: 3}}), 6, {A: some(0, 2)}) == (
        UNREVOKED_PARTITIONS, 5, {A: {0: 3}}, {A: {1: 3}}
    )  # fmt: skip


def test_what_the_member_does_not_read_any_more_needs_no_revocation() -> None:
    assert step(member(STABLE, 5, {A: {0: 3, 1: 3}}), 6, {A: some(0, 2)}, owned={A: some(0)}) == (
        STABLE, 6, {A: {0: 3, 2: 6}}, {}
    )  # fmt: skip


@pytest.mark.parametrize("owned", [None, {A: some(0, 1)}, {A: some(1)}])
def test_unrevoked_waits(owned: Owned | None) -> None:
    one = member(UNREVOKED_PARTITIONS, 5, {A: {0: 3}}, {A: {1: 3}})
    assert step(one, 7, {A: some(0)}, owned=owned) == (UNREVOKED_PARTITIONS, 5, {A: {0: 3}}, {A: {1: 3}})


def test_unrevoked_goes_on_to_the_newest_target() -> None:
    one = member(UNREVOKED_PARTITIONS, 5, {A: {0: 3}}, {A: {1: 3}})
    assert step(one, 7, {A: some(0, 3)}, owned={A: some(0)}) == (STABLE, 7, {A: {0: 3, 3: 7}}, {})


def test_what_was_just_given_up_can_come_back() -> None:
    one = member(UNREVOKED_PARTITIONS, 5, {A: {0: 3}}, {A: {1: 3}})
    assert step(one, 7, {A: some(0, 1)}, owned={A: some(0)}, taken={(A, 1): 5}) == (STABLE, 7, {A: {0: 3, 1: 7}}, {})


def test_more_may_have_to_go_at_once() -> None:
    one = member(UNREVOKED_PARTITIONS, 5, {A: {0: 3}}, {A: {1: 3}})
    assert step(one, 7, {B: some(0)}, owned={A: some(0)}) == (UNREVOKED_PARTITIONS, 5, {}, {A: {0: 3}})


def test_what_another_holds_is_waited_for() -> None:
    one = member(STABLE, 5, {A: {0: 3}})
    assert step(one, 6, {A: some(0, 1, 2)}, taken={(A, 1): 5}) == (UNRELEASED_PARTITIONS, 6, {A: {0: 3, 2: 6}}, {})
    waiting = member(UNRELEASED_PARTITIONS, 6, {A: {0: 3, 2: 6}})
    assert step(waiting, 6, {A: some(0, 1, 2)}, taken={(A, 1): 5}) == (
        UNRELEASED_PARTITIONS, 6, {A: {0: 3, 2: 6}}, {}
    )  # fmt: skip
    assert step(waiting, 6, {A: some(0, 1, 2)}) == (STABLE, 6, {A: {0: 3, 1: 6, 2: 6}}, {})


def test_topics_that_the_member_left_are_not_given_though_the_target_has_them() -> None:
    one = member(STABLE, 5, {})
    assert step(one, 6, {A: some(0), B: some(0)}, subscribed=some_topics(B)) == (STABLE, 6, {B: {0: 6}}, {})


def test_a_changed_subscription_takes_back_at_once_though_the_target_is_old() -> None:
    one = member(STABLE, 5, {A: {0: 3}, B: {0: 3}})
    assert step(one, 5, {}, subscribed=some_topics(B), has_subscription_changed=True) == (
        UNREVOKED_PARTITIONS, 5, {B: {0: 3}}, {A: {0: 3}}
    )  # fmt: skip
    assert step(one, 5, {}, subscribed=some_topics(B), owned={B: some(0)}, has_subscription_changed=True) == (
        STABLE, 5, {B: {0: 3}}, {}
    )  # fmt: skip
    assert step(one, 5, {}, has_subscription_changed=True) == (STABLE, 5, {A: {0: 3}, B: {0: 3}}, {})


def test_a_changed_subscription_adds_to_what_is_given_up_already() -> None:
    one = member(UNREVOKED_PARTITIONS, 5, {A: {0: 3}, B: {0: 3}}, {A: {1: 3}})
    assert step(one, 6, {}, owned={A: some(1)}, subscribed=some_topics(B), has_subscription_changed=True) == (
        UNREVOKED_PARTITIONS, 5, {B: {0: 3}}, {A: {0: 3, 1: 3}}
    )  # fmt: skip


def test_a_state_of_a_newer_release_begins_again_without_partitions() -> None:
    one = member(UNKNOWN, 5, {A: {0: 3}})
    for owned in (None, {A: some(0)}):
        with pytest.raises(ApiError) as refused:
            step(one, 6, {A: some(0)}, owned=owned)
        assert refused.value.error_code == errors.FENCED_MEMBER_EPOCH
    assert step(one, 6, {A: some(0)}, owned={}) == (STABLE, 6, {A: {0: 3}}, {})


def some_topics(*topic_ids: bytes) -> frozenset[bytes]:
    return frozenset(topic_ids)


# ---- many members --------------------------------------------------------------------------------------------------

MEMBER_IDS = ["m1", "m2", "m3"]
ALL = [(topic_id, partition) for topic_id in (A, B) for partition in range(3)]


class World:
    """A group with changing targets, and what its members really read."""

    def __init__(self) -> None:
        self.group = ConsumerGroup("g")
        self.reads: dict[str, set[tuple[bytes, int]]] = {member_id: set() for member_id in MEMBER_IDS}
        self.epoch = 1
        self.owners = dict.fromkeys(ALL, MEMBER_IDS[0])
        for member_id in MEMBER_IDS:
            self.group.put_member(ConsumerMember(member_id))

    def retarget(self, owners: list[str]) -> None:
        """Give every partition to whom it shall belong from now on."""
        self.epoch += 1
        self.owners = dict(zip(ALL, owners, strict=True))

    def target_of(self, member_id: str) -> dict[bytes, frozenset[int]]:
        """Return what a member shall have."""
        pairs = [pair for pair, owner in self.owners.items() if owner == member_id]
        return {topic_id: some(*(p for one, p in pairs if one == topic_id)) for topic_id, _ in pairs}

    def beat(self, member_id: str, tells: bool) -> None:
        """Let a member heartbeat, and read what it is told."""
        owned: dict[bytes, set[int]] = {}
        for topic_id, partition in self.reads[member_id]:
            owned.setdefault(topic_id, set()).add(partition)
        after = reconcile(
            self.group.members[member_id],
            self.epoch,
            self.target_of(member_id),
            subscribed_topic_ids=some_topics(A, B),
            owned=owned if tells else None,
            has_subscription_changed=False,
            current_partition_epoch=self.group.current_partition_epoch,
        )
        self.group.put_member(after)
        self.check()

    def obey(self, member_id: str) -> None:
        """Let a member read what it was last told, no more and no less."""
        assigned = self.group.members[member_id].assigned_partitions
        self.reads[member_id] = {(topic_id, one) for topic_id, partitions in assigned.items() for one in partitions}
        self.check()

    def check(self) -> None:
        """Fail where two members hold or read one partition, or where one reads what it does not hold."""
        holders: dict[tuple[bytes, int], str] = {}
        for member_id, one in self.group.members.items():
            held = {
                (topic_id, partition)
                for part in (one.assigned_partitions, one.partitions_pending_revocation)
                for topic_id, partitions in part.items()
                for partition in partitions
            }
            assert self.reads[member_id] <= held, "a member reads what is not its own"
            for pair in held:
                assert holders.setdefault(pair, member_id) == member_id, "two members hold one partition"
        assert self.group.held_partitions().keys() == holders.keys()
        reading = [pair for pairs in self.reads.values() for pair in pairs]
        assert len(reading) == len(set(reading)), "two members read one partition"


EVENTS = st.lists(
    st.one_of(
        st.lists(st.sampled_from(MEMBER_IDS), min_size=len(ALL), max_size=len(ALL)).map(
            lambda owners: lambda world: world.retarget(owners)
        ),
        st.tuples(st.sampled_from(MEMBER_IDS), st.booleans()).map(lambda pair: lambda world: world.beat(*pair)),
        st.sampled_from(MEMBER_IDS).map(lambda member_id: lambda world: world.obey(member_id)),
    ),
    max_size=40,
)


@given(EVENTS)
@settings(max_examples=150)
def test_no_partition_is_ever_held_or_read_by_two_members(events: list[Callable[[World], None]]) -> None:
    world = World()
    for event in events:
        event(world)


@given(EVENTS)
@settings(max_examples=60)
def test_members_that_obey_reach_their_target(events: list[Callable[[World], None]]) -> None:
    world = World()
    for event in events:
        event(world)
    for _ in range(4):
        for member_id in MEMBER_IDS:
            world.obey(member_id)
            world.beat(member_id, True)
    for member_id in MEMBER_IDS:
        one = world.group.members[member_id]
        assert one.is_reconciled_to(world.epoch)
        assert {topic_id: some(*held) for topic_id, held in one.assigned_partitions.items()} == world.target_of(
            member_id
        )
