"""The new consumer protocol (KIP-848): ConsumerGroupHeartbeat and ConsumerGroupDescribe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kafkalite.conformance.cases.classic_groups import join, sync
from kafkalite.conformance.cases.group_offsets import fetch_offsets
from kafkalite.conformance.cases.steps import commit_offsets
from kafkalite.conformance.conversation import NOBODY, Conversation, Step, Topic, Wait
from kafkalite.conformance.needs import Need

ORDERS = {"orders": Topic(partitions=2)}
INTERVAL = {"ConsumerGroupHeartbeat.HeartbeatIntervalMs": "a matter of configuration"}
ASSIGNED_AT_ONCE = {"group.consumer.assignment.interval.ms": Need("0")}
"""Each member that joins makes a new epoch; with an interval, those that join within it share one."""

OWN_ID = "AAAAAAAAQACAAAAAAAAAAQ"
"""A member id that the client drew, as version 1 wants."""


def beat(
    epoch: int | str = "$epoch",
    *,
    member: str = "$member",
    group: str = "$group",
    name: str = "",
    remember: Mapping[str, str] | None = None,
    until: Wait | None = None,
    **fields: Any,
) -> Step:
    """Return a ConsumerGroupHeartbeat step."""
    full = {"GroupId": group, "MemberId": member, "MemberEpoch": epoch, **fields}
    return Step(api="ConsumerGroupHeartbeat", fields=full, name=name, remember=remember or {}, until=until)


JOINING: dict[str, Any] = {"RebalanceTimeoutMs": 30_000, "SubscribedTopicNames": ["$orders"], "TopicPartitions": []}
MEMBER = {"member": "MemberId", "epoch": "MemberEpoch"}

TOPIC_IS_KNOWN = Step(
    api="ConsumerGroupHeartbeat",
    fields={"GroupId": "$probe", "MemberId": "probe", "MemberEpoch": 0, **JOINING},
    name="another group waits until the coordinator knows the topic",
    until=Wait("Assignment/TopicPartitions/0/Partitions/0", 0),
    is_compared=False,
)


def joined(member: str = OWN_ID, **fields: Any) -> Step:
    """Return the first heartbeat of a member."""
    return beat(0, member=member, remember=MEMBER, name="a member joins", **(JOINING | fields))


def _describe(*groups: str, name: str = "", **more: Any) -> Step:
    return Step(api="ConsumerGroupDescribe", fields={"GroupIds": list(groups), **more}, name=name)


CONVERSATIONS = (
    Conversation(
        name="a member's life",
        api="ConsumerGroupHeartbeat",
        topics=ORDERS,
        names=("group", "probe"),
        masks=INTERVAL,
        steps=(
            TOPIC_IS_KNOWN,
            joined(),
            beat(name="a heartbeat"),
            beat(
                TopicPartitions=[{"TopicId": "$orders.id", "Partitions": [0, 1]}],
                name="it tells what it owns",
            ),
            beat(SubscribedTopicNames=["$orders"], name="the same subscription"),
            beat(-1, name="it leaves"),
            beat(name="it is gone"),
        ),
    ),
    Conversation(
        name="requests that cannot be",
        api="ConsumerGroupHeartbeat",
        topics=ORDERS,
        names=("group", "unknown", "probe"),
        masks=INTERVAL,
        steps=(
            TOPIC_IS_KNOWN,
            beat(0, member=OWN_ID, group="", **JOINING, name="an empty group"),
            beat(0, member=OWN_ID, **(JOINING | {"RebalanceTimeoutMs": -1}), name="no time to rebalance"),
            beat(0, member=OWN_ID, **(JOINING | {"TopicPartitions": None}), name="it does not say what it owns"),
            beat(
                0,
                member=OWN_ID,
                **(JOINING | {"TopicPartitions": [{"TopicId": NOBODY, "Partitions": [0]}]}),
                name="it owns something already",
            ),
            beat(0, member=OWN_ID, **(JOINING | {"SubscribedTopicNames": None}), name="no subscription"),
            beat(0, member=OWN_ID, **(JOINING | {"SubscribedTopicNames": []}), name="an empty subscription"),
            beat(0, member=OWN_ID, ServerAssignor="lost", **JOINING, name="an assignor that does not exist"),
            beat(0, member=OWN_ID, InstanceId="", **JOINING, name="an empty instance"),
            beat(0, member=OWN_ID, RackId="", **JOINING, name="an empty rack"),
            beat(0, member="", **JOINING, name="no member id"),
            beat(5, member="", name="no member id, but an epoch"),
            beat(5, member="nobody", group="$unknown", name="a group that does not exist"),
            beat(-1, member="nobody", group="$unknown", name="leaving a group that does not exist"),
            beat(-2, member="nobody", name="leaving for a while without an instance"),
            beat(-3, member="nobody", name="an epoch that means nothing"),
        ),
    ),
    Conversation(
        name="wrong epochs",
        api="ConsumerGroupHeartbeat",
        topics=ORDERS,
        names=("group", "probe"),
        masks=INTERVAL,
        steps=(
            TOPIC_IS_KNOWN,
            joined(),
            beat(99, name="one to come"),
            beat(1, member="nobody", name="an unknown member"),
            beat(0, **JOINING, name="it joins again"),
            beat(-1, member="nobody", name="an unknown member leaves"),
        ),
    ),
    Conversation(
        name="static members",
        api="ConsumerGroupHeartbeat",
        topics=ORDERS,
        names=("group", "probe"),
        masks=INTERVAL,
        steps=(
            TOPIC_IS_KNOWN,
            joined(InstanceId="one"),
            beat(0, member="another", InstanceId="one", **JOINING, name="its instance is taken"),
            beat(-2, InstanceId="one", name="it leaves for a while"),
            beat(0, member="another", InstanceId="one", **JOINING, name="it comes back under another id"),
            beat(InstanceId="one", name="the old id is fenced"),
            beat(-2, member="another", InstanceId="two", name="an instance that does not exist"),
            beat(-1, member="another", InstanceId="one", name="it leaves for good"),
        ),
    ),
    Conversation(
        name="two members",
        api="ConsumerGroupHeartbeat",
        needs=ASSIGNED_AT_ONCE,
        topics=ORDERS,
        names=("group", "probe"),
        masks=INTERVAL,
        steps=(
            TOPIC_IS_KNOWN,
            joined(),
            beat(0, member="second", **JOINING, remember={"second": "MemberEpoch"}, name="a second joins"),
            beat(
                TopicPartitions=[{"TopicId": "$orders.id", "Partitions": [0, 1]}],
                name="the first is to give up one",
            ),
            beat(
                TopicPartitions=[{"TopicId": "$orders.id", "Partitions": [0]}],
                name="it has",
                remember={"epoch": "MemberEpoch"},
            ),
            beat("$second", member="second", TopicPartitions=[], name="the second gets it"),
        ),
    ),
    Conversation(
        name="regular expressions that cannot be",
        api="ConsumerGroupHeartbeat",
        versions=(1,),
        names=("group",),
        masks=INTERVAL,
        steps=(
            beat(
                0,
                member=OWN_ID,
                RebalanceTimeoutMs=30_000,
                TopicPartitions=[],
                SubscribedTopicRegex="[",
                name="a broken one",
            ),
            beat(
                0,
                member=OWN_ID,
                RebalanceTimeoutMs=30_000,
                TopicPartitions=[],
                SubscribedTopicRegex="",
                name="an empty one",
            ),
        ),
    ),
    Conversation(
        name="a group of the other kind",
        api="ConsumerGroupHeartbeat",
        topics=ORDERS,
        names=("group", "modern", "probe"),
        masks=INTERVAL,
        steps=(
            TOPIC_IS_KNOWN,
            beat(0, member=OWN_ID, group="$modern", **JOINING, name="a consumer group"),
            join("$modern", protocol_type="connect", name="a classic member of another type joins it"),
            sync("$modern", member="nobody", generation=1, assigned=[], name="a classic member that is none"),
        ),
    ),
    Conversation(
        name="offsets of a consumer group",
        api="ConsumerGroupHeartbeat",
        topics=ORDERS,
        names=("group", "probe"),
        masks=INTERVAL,
        steps=(
            TOPIC_IS_KNOWN,
            joined(),
            commit_offsets("$group", ("$orders", 0, 5), generation="$epoch", member="$member", name="a member commits"),
            commit_offsets("$group", ("$orders", 0, 5), generation=99, member="$member", name="with an epoch to come"),
            commit_offsets("$group", ("$orders", 0, 5), generation=0, member="$member", name="with an old epoch"),
            commit_offsets("$group", ("$orders", 0, 5), generation=1, member="nobody", name="as nobody"),
            commit_offsets("$group", ("$orders", 0, 5), name="without a member"),
            fetch_offsets("$group", ("$orders", [0]), MemberId="$member", MemberEpoch="$epoch", name="a member asks"),
            fetch_offsets("$group", ("$orders", [0]), MemberId="$member", MemberEpoch=99, name="with a wrong epoch"),
            fetch_offsets("$group", ("$orders", [0]), MemberId="nobody", MemberEpoch=1, name="as nobody"),
        ),
    ),
    Conversation(
        name="groups",
        api="ConsumerGroupDescribe",
        topics=ORDERS,
        names=("group", "classic", "unknown", "probe"),
        masks=INTERVAL,
        steps=(
            TOPIC_IS_KNOWN,
            joined(),
            _describe("$group", name="while a member has not confirmed"),
            beat(TopicPartitions=[{"TopicId": "$orders.id", "Partitions": [0, 1]}], name="it confirms"),
            _describe("$group", name="stable"),
            join("$classic", instance="one", version=5, name="a classic group"),
            _describe("$classic", "$unknown", "", name="a classic one, an unknown one, one without a name"),
            _describe("$group", "$group", name="the same twice"),
            _describe(name="none"),
            _describe("$group", IncludeAuthorizedOperations=True, name="with what one may do"),
            Step(api="DescribeGroups", fields={"Groups": ["$group"]}, name="asked for as a classic one"),
            Step(api="ListGroups", fields={}, name="in the list"),
        ),
    ),
)
