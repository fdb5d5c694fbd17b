"""OffsetCommit, OffsetFetch, OffsetDelete, and administration of groups: DescribeGroups, ListGroups, DeleteGroups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kafkalite.conformance.cases.classic_groups import JOINED, heartbeat, sync
from kafkalite.conformance.cases.steps import commit_offsets
from kafkalite.conformance.conversation import NOBODY, Conversation, Step, Topic
from kafkalite.conformance.needs import Need

COMMIT_VERSIONS = (2, 5, 6, 7, 8, 9, 10)


def fetch_offsets(
    group: str = "$group",
    *topics: tuple[str, Sequence[int]],
    all_topics: bool = False,
    stable: bool = False,
    name: str = "",
    **more: Any,
) -> Step:
    """Return an OffsetFetch step for (topic, partitions) each; `all_topics`: for all that the group has."""
    asked = [
        {"Name": topic, "TopicId": f"{topic}.id", "PartitionIndexes": list(partitions)} for topic, partitions in topics
    ]
    chosen = None if all_topics else asked
    by_name = None if all_topics else [{"Name": topic, "PartitionIndexes": list(each)} for topic, each in topics]
    fields = {
        "GroupId": group,
        "Topics": by_name,
        "Groups": [{"GroupId": group, "Topics": chosen, **more}],
        "RequireStable": stable,
    }
    return Step(api="OffsetFetch", fields=fields, name=name)


def _delete(group: str, *topics: tuple[str, Sequence[int]], name: str = "") -> Step:
    return Step(
        api="OffsetDelete",
        fields={
            "GroupId": group,
            "Topics": [
                {"Name": topic, "Partitions": [{"PartitionIndex": partition} for partition in partitions]}
                for topic, partitions in topics
            ],
        },
        name=name,
    )


def _describe(*groups: str, name: str = "", **more: Any) -> Step:
    return Step(api="DescribeGroups", fields={"Groups": list(groups), **more}, name=name)


def _list(name: str, **filters: Any) -> Step:
    return Step(api="ListGroups", fields=filters, name=name)


def _delete_groups(*groups: str, name: str = "") -> Step:
    return Step(api="DeleteGroups", fields={"GroupsNames": list(groups)}, name=name)


ORDERS = {"orders": Topic(partitions=2)}
ONE_FOR_ALL = "the group without a name is the same for every conversation"
THERE = commit_offsets("", ("$orders", 0, 5), name="it keeps an offset")

CONVERSATIONS = (
    Conversation(
        name="offsets without a group",
        api="OffsetCommit",
        topics=ORDERS,
        names=("group",),
        steps=(
            commit_offsets("$group", ("$orders", 0, 5), ("$orders", 1, 7), name="two partitions"),
            commit_offsets("$group", ("$orders", 0, 3), name="an offset goes back"),
            fetch_offsets("$group", ("$orders", [0, 1]), name="what is kept"),
        ),
    ),
    Conversation(
        name="offsets that cannot be",
        api="OffsetCommit",
        needs={"offset.metadata.max.bytes": Need("4096")},
        versions=COMMIT_VERSIONS,
        topics=ORDERS,
        names=("group",),
        steps=(
            commit_offsets("$group", ("$orders", 7, 5), name="a partition that does not exist"),
            commit_offsets("$group", ("$orders", -1, 5), name="a negative partition"),
            commit_offsets("$group", ("$orders", 0, -1), name="a negative offset"),
            commit_offsets("", ("$orders", 0, 5), name="a group without a name"),
            commit_offsets("$group", name="no topics"),
            commit_offsets("$group", ("$orders", 0, 5), generation=3, name="a generation without a group"),
            commit_offsets("$group", ("$orders", 0, 5), member="nobody", name="a member without a group"),
            Step(
                api="OffsetCommit",
                fields={
                    "GroupId": "$group",
                    "Topics": [
                        {
                            "Name": "$orders",
                            "TopicId": "$orders.id",
                            "Partitions": [
                                {"PartitionIndex": 0, "CommittedOffset": 1, "CommittedMetadata": "x" * 4097},
                                {"PartitionIndex": 1, "CommittedOffset": 1, "CommittedMetadata": None},
                            ],
                        }
                    ],
                },
                name="too much metadata, and none",
            ),
            fetch_offsets("$group", ("$orders", [0, 1]), name="what is kept"),
        ),
    ),
    Conversation(
        name="topics that do not exist",
        api="OffsetCommit",
        versions=(2, 9),
        names=("group", "nowhere"),
        steps=(
            Step(
                api="OffsetCommit",
                fields={
                    "GroupId": "$group",
                    "Topics": [
                        {
                            "Name": "$nowhere",
                            "Partitions": [{"PartitionIndex": 0, "CommittedOffset": 1, "CommittedMetadata": ""}],
                        }
                    ],
                },
            ),
        ),
    ),
    Conversation(
        name="topics by id",
        api="OffsetCommit",
        versions=(10,),
        topics=ORDERS,
        names=("group",),
        steps=(
            Step(
                api="OffsetCommit",
                fields={
                    "GroupId": "$group",
                    "Topics": [
                        {
                            "TopicId": topic_id,
                            "Partitions": [{"PartitionIndex": 0, "CommittedOffset": 1, "CommittedMetadata": ""}],
                        }
                        for topic_id in ("$orders.id", NOBODY, bytes(16))
                    ],
                },
                name="one that is there, one that is not, and the zero id",
            ),
        ),
    ),
    Conversation(
        name="offsets of members",
        api="OffsetCommit",
        versions=COMMIT_VERSIONS,
        topics=ORDERS,
        names=("group",),
        steps=(
            *JOINED,
            commit_offsets("$group", ("$orders", 0, 5), generation="$generation", member="$member", name="too early"),
            sync(),
            commit_offsets("$group", ("$orders", 0, 5), generation="$generation", member="$member", name="a member"),
            commit_offsets("$group", ("$orders", 0, 5), generation=99, member="$member", name="a wrong generation"),
            commit_offsets("$group", ("$orders", 0, 5), generation="$generation", member="nobody", name="a wrong id"),
            commit_offsets("$group", ("$orders", 0, 5), name="nobody, while there are members"),
            commit_offsets(
                "$group",
                ("$orders", 0, 5),
                generation="$generation",
                member="$member",
                GroupInstanceId="nobody",
                name="an unknown instance",
            ),
        ),
    ),
    Conversation(
        name="what is kept",
        api="OffsetFetch",
        topics=ORDERS,
        names=("group", "unknown"),
        steps=(
            commit_offsets("$group", ("$orders", 0, 5)),
            fetch_offsets("$group", ("$orders", [0, 1, 7]), name="of three partitions"),
            fetch_offsets("$unknown", ("$orders", [0]), name="of a group that does not exist"),
            fetch_offsets("", ("$orders", [0]), name="of a group without a name"),
            fetch_offsets("$group", name="of no topic"),
            fetch_offsets("$group", ("$orders", []), name="of no partition"),
            fetch_offsets("$group", ("$orders", [-1]), name="of a negative partition"),
        ),
    ),
    Conversation(
        name="all that is kept",
        api="OffsetFetch",
        versions=(2, 5, 6, 7, 8, 9, 10),
        topics=ORDERS,
        names=("group", "unknown"),
        steps=(
            commit_offsets("$group", ("$orders", 1, 6), ("$orders", 0, 5)),
            fetch_offsets("$group", all_topics=True, name="of a group"),
            fetch_offsets("$unknown", all_topics=True, name="of a group that does not exist"),
            fetch_offsets("$group", all_topics=True, stable=True, name="what no transaction changes"),
        ),
    ),
    Conversation(
        name="several groups",
        api="OffsetFetch",
        versions=(8, 9, 10),
        topics=ORDERS,
        names=("group", "other", "unknown"),
        steps=(
            commit_offsets("$group", ("$orders", 0, 5)),
            commit_offsets("$other", ("$orders", 1, 7)),
            Step(
                api="OffsetFetch",
                fields={"Groups": [{"GroupId": each, "Topics": None} for each in ("$group", "$other", "$unknown")]},
                name="all of three",
            ),
            Step(api="OffsetFetch", fields={"Groups": []}, name="of no group"),
            fetch_offsets(
                "$group", ("$orders", [0]), MemberId="nobody", MemberEpoch=3, name="as a member that is none"
            ),
        ),
    ),
    Conversation(
        name="ids that no topic has",
        api="OffsetFetch",
        versions=(10,),
        topics=ORDERS,
        names=("group",),
        steps=(
            commit_offsets("$group", ("$orders", 0, 5)),
            Step(
                api="OffsetFetch",
                fields={
                    "Groups": [
                        {
                            "GroupId": "$group",
                            "Topics": [
                                {"TopicId": topic_id, "PartitionIndexes": [0]}
                                for topic_id in ("$orders.id", NOBODY, bytes(16))
                            ],
                        }
                    ]
                },
            ),
        ),
    ),
    Conversation(
        name="offsets are forgotten",
        api="OffsetDelete",
        topics=ORDERS,
        names=("group", "unknown", "nowhere"),
        steps=(
            _delete("$unknown", ("$orders", [0]), name="of a group that does not exist"),
            commit_offsets("$group", ("$orders", 0, 5)),
            _delete("$group", ("$orders", [0, 1, 7]), ("$nowhere", [0]), name="some are not there"),
            fetch_offsets("$group", all_topics=True, name="what is left"),
            _delete("", ("$orders", [0]), name="of a group without a name"),
            _delete("$group", name="of no topic"),
        ),
    ),
    Conversation(
        name="offsets of a group that reads",
        api="OffsetDelete",
        topics=ORDERS,
        names=("group",),
        steps=(*JOINED, sync(), _delete("$group", ("$orders", [0]), ("orders", [0]), name="a topic it subscribes to")),
    ),
    Conversation(
        name="a group",
        api="DescribeGroups",
        topics=ORDERS,
        names=("group", "unknown", "offsets"),
        steps=(
            *JOINED,
            _describe("$group", name="while it waits for its assignment"),
            sync(),
            _describe("$group", name="when it is stable"),
            commit_offsets("$offsets", ("$orders", 0, 5)),
            _describe("$offsets", name="a group that only keeps offsets"),
            _describe("$unknown", name="a group that does not exist"),
            _describe(name="no group"),
            _describe("$group", "$group", name="the same group twice"),
            _describe("$group", IncludeAuthorizedOperations=True, name="with what one may do"),
        ),
    ),
    Conversation(
        name="groups by state and type",
        api="ListGroups",
        topics=ORDERS,
        names=("group", "offsets"),
        steps=(
            *JOINED,
            sync(),
            commit_offsets("$offsets", ("$orders", 0, 5)),
            _list("all"),
            _list("stable ones", StatesFilter=["Stable"]),
            _list("empty ones, in small letters", StatesFilter=["empty"]),
            _list("a state that does not exist", StatesFilter=["Lost"]),
            _list("classic ones", TypesFilter=["classic"]),
            _list("consumer groups", TypesFilter=["consumer"]),
            _list("a type that does not exist", TypesFilter=["lost"]),
        ),
    ),
    Conversation(
        name="groups go",
        api="DeleteGroups",
        topics=ORDERS,
        names=("group", "offsets", "unknown"),
        steps=(
            *JOINED,
            sync(),
            commit_offsets("$offsets", ("$orders", 0, 5)),
            _delete_groups("$group", "$offsets", "$unknown", name="one has members, one is there, one is not"),
            _delete_groups("$offsets", name="it is gone"),
            fetch_offsets("$offsets", all_topics=True, name="and so are its offsets"),
            heartbeat(name="the one with members is not"),
            _delete_groups(name="no groups"),
            _delete_groups("$unknown", "$unknown", name="the same twice"),
        ),
    ),
    Conversation(
        name="the group without a name",
        api="DescribeGroups",
        alone=ONE_FOR_ALL,
        topics=ORDERS,
        steps=(THERE, _describe("")),
    ),
    Conversation(
        name="the group without a name",
        api="OffsetFetch",
        alone=ONE_FOR_ALL,
        versions=(2, 5, 7, 8, 9, 10),
        topics=ORDERS,
        steps=(
            replace(_delete_groups("", name="what others left is gone"), is_compared=False),
            THERE,
            fetch_offsets("", all_topics=True),
        ),
    ),
    Conversation(
        name="the group without a name",
        api="DeleteGroups",
        alone=ONE_FOR_ALL,
        topics=ORDERS,
        steps=(THERE, _delete_groups("", name="it is there"), _delete_groups("", name="it is gone")),
    ),
)
