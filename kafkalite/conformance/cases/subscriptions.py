"""Subscriptions by a regular expression (ConsumerGroupHeartbeat 1): the coordinator finds the topics, by and by."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kafkalite.conformance.cases.consumer_groups import ASSIGNED_AT_ONCE, INTERVAL, MEMBER, OWN_ID, TOPIC_IS_KNOWN, beat
from kafkalite.conformance.conversation import Conversation, Step, Text, Topic, Wait

TOPICS = {"orders": Topic(partitions=2), "payments": Topic(partitions=3), "refunds": Topic()}
"""Topics of different sizes, which distinguish their assignments: ids are drawn anew in each run."""
BOTH = Text("$own", "(orders|pay.*)")
MIXED: dict[str, Any] = {"SubscribedTopicNames": ["$refunds"], "SubscribedTopicRegex": Text("$own", "pay.*")}
FIRST: dict[str, Any] = {"RebalanceTimeoutMs": 30_000, "TopicPartitions": []}
SECOND_ID = "AAAAAAAAQACAAAAAAAAAAg"

TOPICS_ARE_KNOWN = replace(
    TOPIC_IS_KNOWN,
    fields={**TOPIC_IS_KNOWN.fields, "SubscribedTopicNames": ["$orders", "$payments", "$refunds"]},
    until=Wait("Assignment/TopicPartitions/2/Partitions/0", 0),
)


def _until_it_owns(position: int, name: str, **subscription: Any) -> Step:
    """Return a heartbeat with everything in it, repeated until that many more topics than one are assigned."""
    return beat(
        **FIRST,
        **subscription,
        until=Wait(f"Assignment/TopicPartitions/{position}/Partitions/0", 0),
        remember={"epoch": "MemberEpoch"},
        name=name,
    )


def _owned(*topics: tuple[str, list[int]]) -> list[dict[str, Any]]:
    return [{"TopicId": f"${topic}.id", "Partitions": partitions} for topic, partitions in topics]


def _describe(name: str) -> Step:
    return Step(api="ConsumerGroupDescribe", fields={"GroupIds": ["$group"]}, name=name)


CONVERSATIONS = (
    Conversation(
        name="a regular expression",
        api="ConsumerGroupHeartbeat",
        versions=(1,),
        topics=TOPICS,
        names=("group", "probe"),
        masks=INTERVAL,
        steps=(
            TOPICS_ARE_KNOWN,
            beat(0, member=OWN_ID, **FIRST, SubscribedTopicRegex=BOTH, remember=MEMBER, name="a member joins"),
            _until_it_owns(1, "it gets both topics that match", SubscribedTopicRegex=BOTH),
            beat(TopicPartitions=_owned(("orders", [0, 1]), ("payments", [0, 1, 2])), name="it confirms"),
            _describe("the group"),
            beat(SubscribedTopicRegex=BOTH, name="the same expression again"),
            beat(SubscribedTopicRegex="", SubscribedTopicNames=["$refunds"], name="names instead"),
        ),
    ),
    Conversation(
        name="an expression and names",
        api="ConsumerGroupHeartbeat",
        versions=(1,),
        topics=TOPICS,
        names=("group", "probe"),
        masks=INTERVAL,
        steps=(
            TOPICS_ARE_KNOWN,
            replace(beat(0, member=OWN_ID, **FIRST, **MIXED, remember=MEMBER), is_compared=False),
            _until_it_owns(1, "it gets what is named and what matches", **MIXED),
            beat(TopicPartitions=_owned(("refunds", [0]), ("payments", [0, 1, 2])), name="it confirms"),
            _describe("the group"),
        ),
    ),
    Conversation(
        name="an expression that matches nothing",
        api="ConsumerGroupHeartbeat",
        versions=(1,),
        topics=TOPICS,
        names=("group", "probe"),
        masks=INTERVAL,
        steps=(
            TOPICS_ARE_KNOWN,
            beat(
                0,
                member=OWN_ID,
                **FIRST,
                SubscribedTopicRegex=Text("$own", "order"),
                remember=MEMBER,
                name="the start of a name is not the name",
            ),
            beat(-1, name="it leaves"),
        ),
    ),
    Conversation(
        name="an expression that is known",
        api="ConsumerGroupHeartbeat",
        needs=ASSIGNED_AT_ONCE,
        versions=(1,),
        topics=TOPICS,
        names=("group", "probe"),
        masks=INTERVAL,
        steps=(
            TOPICS_ARE_KNOWN,
            replace(beat(0, member=OWN_ID, **FIRST, SubscribedTopicRegex=BOTH, remember=MEMBER), is_compared=False),
            _until_it_owns(1, "it gets both topics", SubscribedTopicRegex=BOTH),
            beat(TopicPartitions=_owned(("orders", [0, 1]), ("payments", [0, 1, 2])), name="it confirms"),
            beat(0, member=SECOND_ID, **FIRST, SubscribedTopicRegex=BOTH, name="a second with the same one"),
        ),
    ),
)
