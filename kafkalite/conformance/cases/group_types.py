"""Groups that change their protocol while members stay: from classic to consumer and back (KIP-848)."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.cases.classic_groups import heartbeat, join, leave, sync
from kafkalite.conformance.cases.consumer_groups import (
    ASSIGNED_AT_ONCE,
    INTERVAL,
    JOINING,
    OWN_ID,
    TOPIC_IS_KNOWN,
    beat,
)
from kafkalite.conformance.cases.group_offsets import fetch_offsets
from kafkalite.conformance.cases.steps import commit_offsets
from kafkalite.conformance.conversation import Conversation, Embedded, Step, Topic, Wait

ORDERS = {"orders": Topic(partitions=2)}
CLASSIC = {"classic": "MemberId", "generation": "GenerationId"}
NEW = {"member": "MemberId", "epoch": "MemberEpoch"}


def _subscription(*owned: int) -> Embedded:
    partitions = [{"Topic": "$orders", "Partitions": list(owned)}] if owned else []
    return Embedded("ConsumerProtocolSubscription", 1, {"Topics": ["$orders"], "OwnedPartitions": partitions})


def _assignment(*partitions: int) -> Embedded:
    assigned = [{"Topic": "$orders", "Partitions": list(partitions)}]
    return Embedded("ConsumerProtocolAssignment", 1, {"AssignedPartitions": assigned})


def _join(member: str = "$classic", *, owned: tuple[int, ...] = (), name: str = "", **more: Any) -> Step:
    """Return a JoinGroup step of a classic member that reads `orders`."""
    step = join(member=member, remember=CLASSIC, name=name, **more)
    protocols = [{"Name": "range", "Metadata": _subscription(*owned)}]
    return Step(api="JoinGroup", fields={**step.fields, "Protocols": protocols}, remember=CLASSIC, name=name)


def _sync(name: str, *assigned: int) -> Step:
    """Return a SyncGroup step of the classic member; as a leader it assigns these partitions to itself."""
    given = [{"MemberId": "$classic", "Assignment": _assignment(*assigned)}] if assigned else []
    return sync(member="$classic", assigned=given, name=name)


def _beats(name: str, until: Wait | None = None) -> Step:
    step = heartbeat(member="$classic", name=name)
    return Step(api="Heartbeat", fields=step.fields, name=name, until=until)


def _describe(name: str) -> tuple[Step, Step, Step]:
    """Return the steps that describe the group: as a classic group, as a consumer group, in the list of groups."""
    return (
        Step(api="DescribeGroups", fields={"Groups": ["$group"]}, name=f"{name}, as a classic group"),
        Step(api="ConsumerGroupDescribe", fields={"GroupIds": ["$group"]}, name=f"{name}, as a consumer group"),
        Step(api="ListGroups", fields={}, name=f"{name}, in the list"),
    )


CONVERSATIONS = (
    Conversation(
        name="an empty classic group becomes a consumer group",
        api="ConsumerGroupHeartbeat",
        topics=ORDERS,
        names=("group", "probe"),
        masks=INTERVAL,
        steps=(
            TOPIC_IS_KNOWN,
            commit_offsets("$group", ("$orders", 0, 5), name="it keeps an offset"),
            *_describe("before"),
            beat(0, member=OWN_ID, **JOINING, remember=NEW, name="a member joins"),
            *_describe("with a member"),
            fetch_offsets("$group", ("$orders", [0]), name="the offset is still there"),
            beat(-1, name="it leaves"),
            *_describe("without members"),
        ),
    ),
    Conversation(
        name="an empty consumer group becomes a classic group",
        api="JoinGroup",
        versions=(2, 5, 9),
        topics=ORDERS,
        names=("group", "probe"),
        masks=INTERVAL,
        steps=(
            TOPIC_IS_KNOWN,
            beat(0, member=OWN_ID, **JOINING, remember=NEW, name="a member joins"),
            commit_offsets(
                "$group", ("$orders", 0, 5), generation="$epoch", member="$member", name="it commits an offset"
            ),
            beat(-1, name="it leaves"),
            _join("", name="a classic member's first request"),
            _join(name="it joins"),
            _sync("it assigns", 0, 1),
            *_describe("the group"),
            fetch_offsets("$group", ("$orders", [0]), name="the offset is still there"),
        ),
    ),
    Conversation(
        name="a group with a classic member becomes a consumer group",
        api="ConsumerGroupHeartbeat",
        needs=ASSIGNED_AT_ONCE,
        topics=ORDERS,
        names=("group", "probe"),
        masks=INTERVAL,
        steps=(
            TOPIC_IS_KNOWN,
            _join("", name="a classic member's first request"),
            _join(name="it joins"),
            _sync("it is assigned all", 0, 1),
            beat(0, member=OWN_ID, **JOINING, remember=NEW, name="a member of the new protocol joins"),
            _beats("the classic one is to join again", Wait("ErrorCode", 27)),
            _join(owned=(0, 1), name="it joins again"),
            _sync("it keeps one partition"),
            _beats("it is to join again, without the other", Wait("ErrorCode", 27)),
            _join(owned=(0,), name="it has given the other up"),
            _sync("it has one"),
            beat(
                TopicPartitions=[],
                until=Wait("Assignment/TopicPartitions/0/Partitions/0", 1),
                remember={"epoch": "MemberEpoch"},
                name="the new one gets the other",
            ),
            _beats("both are content"),
            commit_offsets(
                "$group", ("$orders", 0, 5), generation="$generation", member="$classic", name="the classic one commits"
            ),
            commit_offsets(
                "$group", ("$orders", 1, 6), generation="$epoch", member="$member", name="the new one commits"
            ),
            fetch_offsets("$group", ("$orders", [0, 1]), name="what is kept"),
        ),
    ),
    Conversation(
        name="a group goes back with its last new member",
        api="ConsumerGroupHeartbeat",
        needs=ASSIGNED_AT_ONCE,
        topics=ORDERS,
        names=("group", "probe"),
        masks=INTERVAL,
        steps=(
            TOPIC_IS_KNOWN,
            _join("", name="a classic member's first request"),
            _join(name="it joins"),
            _sync("it is assigned all", 0, 1),
            beat(0, member=OWN_ID, **JOINING, remember=NEW, name="a member of the new protocol joins"),
            beat(-1, name="it leaves again"),
            _beats("the classic one's generation is over"),
            _join(owned=(0, 1), name="it joins again"),
            _sync("it assigns", 0, 1),
            *_describe("the group"),
        ),
    ),
    Conversation(
        name="a classic member joins a consumer group",
        api="JoinGroup",
        needs=ASSIGNED_AT_ONCE,
        versions=(2, 4, 5, 7, 9),
        topics=ORDERS,
        names=("group", "probe"),
        masks=INTERVAL,
        steps=(
            TOPIC_IS_KNOWN,
            beat(0, member=OWN_ID, **JOINING, remember=NEW, name="a member of the new protocol"),
            beat(TopicPartitions=[{"TopicId": "$orders.id", "Partitions": [0, 1]}], name="it confirms"),
            _join("", name="a classic member's first request"),
            _join(name="it joins"),
            _sync("it has nothing yet"),
            beat(
                TopicPartitions=[{"TopicId": "$orders.id", "Partitions": [0, 1]}],
                name="the other is to give up one",
            ),
            beat(
                TopicPartitions=[{"TopicId": "$orders.id", "Partitions": [0]}],
                remember={"epoch": "MemberEpoch"},
                name="it has",
            ),
            _beats("the classic one is to join again", Wait("ErrorCode", 27)),
            _join(name="it joins again"),
            _sync("it gets the other partition"),
            leave(member="$classic", name="it leaves"),
            beat(name="the other hears of it", until=Wait("Assignment/TopicPartitions/0/Partitions/1", 1)),
        ),
    ),
)
