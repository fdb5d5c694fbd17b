"""Requests that groups refuse: too many members, replaced instances, offsets of others, topics that are still read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kafkalite.conformance.cases.classic_groups import JOINED, MEMBER, join, sync
from kafkalite.conformance.cases.consumer_groups import ASSIGNED_AT_ONCE, INTERVAL, JOINING, beat
from kafkalite.conformance.cases.steps import commit_offsets
from kafkalite.conformance.conversation import Answer, Conversation, Embedded, Step, Topic, Wait
from kafkalite.conformance.needs import Need

ORDERS = {"orders": Topic(partitions=2)}
LONGEST_METADATA = "x" * 4096
"""As long as one offset may have it (`offset.metadata.max.bytes`)."""


def _subscription(*topics: str) -> Embedded:
    return Embedded("ConsumerProtocolSubscription", 1, {"Topics": topics})


def _join_for(*topics: str, group: str = "$group", protocol_type: str = "consumer", name: str = "") -> Step:
    """Return a JoinGroup step of a static member, which joins at once, with a separate subscription."""
    fields = {
        "GroupId": group,
        "SessionTimeoutMs": 30_000,
        "RebalanceTimeoutMs": 30_000,
        "MemberId": "",
        "GroupInstanceId": "one",
        "ProtocolType": protocol_type,
        "Protocols": [{"Name": "range", "Metadata": _subscription(*topics)}],
    }
    return Step(api="JoinGroup", fields=fields, remember=MEMBER, name=name)


def _forget(group: str, *topics: tuple[str, Sequence[int]], name: str = "") -> Step:
    asked = [
        {"Name": topic, "Partitions": [{"PartitionIndex": partition} for partition in partitions]}
        for topic, partitions in topics
    ]
    return Step(api="OffsetDelete", fields={"GroupId": group, "Topics": asked}, name=name)


def _instance(member: str, name: str, **more: Any) -> Step:
    """Return an OffsetCommit step of instance `one`."""
    fields: Mapping[str, Any] = {"generation": "$generation", "member": member, "GroupInstanceId": "one", **more}
    return commit_offsets("$group", ("$orders", 0, 5), name=name, **fields)


CONVERSATIONS = (
    Conversation(
        name="more members than a group may have",
        api="JoinGroup",
        needs={"group.max.size": Need("2")},
        versions=(5, 7, 9),
        names=("group",),
        steps=(
            join(instance="one", remember=MEMBER, name="the first"),
            sync(GroupInstanceId="one"),
            join(instance="two", name="the second waits", is_deferred=True, connection="b"),
            Step(
                api="Heartbeat",
                fields={"GroupId": "$group", "GenerationId": "$generation", "MemberId": "$member"},
                name="the first hears of it",
                until=Wait("ErrorCode", 27),
            ),
            sync(name="it asks for its assignment while members join"),
            join(instance="three", name="the third waits too", is_deferred=True, connection="c"),
            Step(
                api="DescribeGroups",
                fields={"Groups": ["$group"]},
                name="it has been heard",
                until=Wait("Groups/0/Members/2/ClientId", "conformance"),
                is_compared=False,
            ),
            join(instance="four", name="the fourth finds two waiting", connection="d"),
        ),
    ),
    Conversation(
        name="more members than a group may have",
        api="ConsumerGroupHeartbeat",
        needs={"group.consumer.max.size": Need("2"), **ASSIGNED_AT_ONCE},
        names=("group", "nowhere"),
        masks=INTERVAL,
        steps=tuple(
            beat(0, member=f"member-{number}", **(JOINING | {"SubscribedTopicNames": ["$nowhere"]}), name=name)
            for number, name in enumerate(("the first", "the second", "the third"))
        ),
    ),
    Conversation(
        name="an instance that was replaced",
        api="SyncGroup",
        versions=(3, 4, 5),
        names=("group",),
        steps=(
            join(instance="one", remember=MEMBER, name="it joins"),
            sync(GroupInstanceId="one"),
            join(instance="one", remember={"newer": "MemberId"}, name="another process takes its place"),
            sync(GroupInstanceId="one", assigned=[], name="the replaced one"),
            sync(GroupInstanceId="one", member="$newer", assigned=[], name="the new one"),
            sync(GroupInstanceId="two", assigned=[], name="an instance that never was"),
        ),
    ),
    Conversation(
        name="offsets of an instance that was replaced",
        api="OffsetCommit",
        versions=(7, 8, 9, 10),
        topics=ORDERS,
        names=("group",),
        steps=(
            join(instance="one", remember=MEMBER, name="it joins"),
            sync(GroupInstanceId="one"),
            _instance("$member", "the member"),
            _instance("nobody", "another member id of its instance"),
        ),
    ),
    Conversation(
        name="a generation of no group",
        api="OffsetCommit",
        versions=(2, 7, 8, 9, 10),
        topics=ORDERS,
        names=("unknown", "group"),
        steps=(
            commit_offsets("$unknown", ("$orders", 0, 5), generation=3, member="nobody", name="of an unknown group"),
            commit_offsets("$group", ("$orders", 0, 5), name="a group that only keeps offsets"),
            commit_offsets("$group", ("$orders", 0, 5), generation=3, member="nobody", name="of that group"),
        ),
    ),
    Conversation(
        name="more than one batch holds",
        api="OffsetCommit",
        needs={"offset.metadata.max.bytes": Need("4096")},
        versions=(2, 10),
        topics=ORDERS,
        names=("group",),
        steps=(
            Step(
                api="OffsetCommit",
                fields={
                    "GroupId": "$group",
                    "GenerationIdOrMemberEpoch": -1,
                    "Topics": [
                        {
                            "Name": "$orders",
                            "TopicId": "$orders.id",
                            "Partitions": [
                                {"PartitionIndex": 0, "CommittedOffset": 1, "CommittedMetadata": LONGEST_METADATA}
                            ]
                            * 260,
                        }
                    ],
                },
            ),
        ),
    ),
    Conversation(
        name="offsets of topics that are read",
        api="OffsetDelete",
        topics=ORDERS | {"others": Topic()},
        names=("group",),
        steps=(
            _join_for("$orders", name="a member reads one topic"),
            sync(GroupInstanceId="one"),
            *(
                commit_offsets(
                    "$group", (topic, 0, 5), generation="$generation", member="$member", GroupInstanceId="one"
                )
                for topic in ("$orders", "$others")
            ),
            _forget("$group", ("$orders", [0]), ("$others", [0]), name="of what it reads, and of another topic"),
        ),
    ),
    Conversation(
        name="offsets of a group that does not consume",
        api="OffsetDelete",
        topics=ORDERS,
        names=("group",),
        steps=(
            _join_for("$orders", protocol_type="connect", name="a member of another type"),
            _forget("$group", ("$orders", [0])),
        ),
    ),
    Conversation(
        name="a member asks while others join",
        api="SyncGroup",
        versions=(0, 3, 5),
        names=("group",),
        steps=(
            *JOINED,
            sync(),
            join(instance="two", name="a second joins", is_deferred=True, connection="b"),
            Step(
                api="Heartbeat",
                fields={"GroupId": "$group", "GenerationId": "$generation", "MemberId": "$member"},
                name="the first hears of it",
                until=Wait("ErrorCode", 27),
            ),
            sync(name="it asks for its assignment"),
            join(member="$member", remember=MEMBER, name="it joins again"),
            Answer(of="a second joins"),
        ),
        masks={"JoinGroup.Members.MemberId": "sorted by ids that are drawn"},
    ),
)
