"""ListOffsets and OffsetForLeaderEpoch."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.cases.steps import list_offsets, list_offsets_fields, produce
from kafkalite.conformance.conversation import FIXED_TIME_MS, Batch, Conversation, Step, Topic

LATEST, EARLIEST, MAX_TIMESTAMP, EARLIEST_LOCAL, LATEST_TIERED, EARLIEST_PENDING = -1, -2, -3, -4, -5, -6


def _ask(*asked: tuple[int, int], name: str = "", isolation: int = 0) -> Step:
    return Step(api="ListOffsets", fields=list_offsets_fields(*asked, isolation=isolation), name=name)


def _epochs(*asked: tuple[int, int, int], topic: str = "$orders", name: str = "", replica: int = -1) -> Step:
    """Return a step that asks for (partition, current leader epoch, epoch)."""
    partitions = [
        {"Partition": partition, "CurrentLeaderEpoch": current, "LeaderEpoch": epoch}
        for partition, current, epoch in asked
    ]
    fields: dict[str, Any] = {"ReplicaId": replica, "Topics": [{"Topic": topic, "Partitions": partitions}]}
    return Step(api="OffsetForLeaderEpoch", fields=fields, name=name)


THREE = produce(
    Batch(records=["a", "b", "c"], timestamps_ms=[FIXED_TIME_MS, FIXED_TIME_MS + 20, FIXED_TIME_MS + 10])
).named("three records, the second is the newest")

CONVERSATIONS = (
    Conversation(
        name="positions by time",
        api="ListOffsets",
        topics={"orders": Topic(), "empty": Topic()},
        steps=(
            THREE,
            produce(Batch(records=["d"], timestamps_ms=[FIXED_TIME_MS + 5]), name="a record from before"),
            _ask((0, LATEST), name="latest"),
            _ask((0, EARLIEST), name="earliest"),
            _ask((0, 0), name="time zero"),
            _ask((0, FIXED_TIME_MS), name="the first record's time"),
            _ask((0, FIXED_TIME_MS + 1), name="between two times"),
            _ask((0, FIXED_TIME_MS + 20), name="the newest time"),
            _ask((0, FIXED_TIME_MS + 21), name="behind the newest time"),
            list_offsets(LATEST, topic="empty"),
            list_offsets(EARLIEST, topic="empty"),
            list_offsets(FIXED_TIME_MS, topic="empty"),
        ),
    ),
    Conversation(
        name="special times",
        api="ListOffsets",
        topics={"orders": Topic(), "empty": Topic()},
        steps=(
            THREE,
            _ask((0, MAX_TIMESTAMP), name="the largest timestamp"),
            _ask((0, EARLIEST_LOCAL), name="the earliest on this disk"),
            _ask((0, LATEST_TIERED), name="the latest elsewhere"),
            _ask((0, EARLIEST_PENDING), name="the earliest to be moved"),
            _ask((0, -7), name="a number that means nothing"),
            list_offsets(MAX_TIMESTAMP, topic="empty"),
            list_offsets(EARLIEST_LOCAL, topic="empty"),
        ),
    ),
    Conversation(
        name="what does not exist",
        api="ListOffsets",
        versions=(1, 4, 11),
        topics={"orders": Topic()},
        names=("nowhere",),
        steps=(
            _ask((0, LATEST), (7, LATEST), (-1, LATEST), name="partitions"),
            list_offsets(LATEST, topic="nowhere"),
            Step(api="ListOffsets", fields={"ReplicaId": -1, "Topics": []}, name="no topics"),
            Step(
                api="ListOffsets",
                fields={"ReplicaId": -1, "Topics": [{"Name": "$orders", "Partitions": []}]},
                name="no partitions",
            ),
            Step(
                api="ListOffsets",
                fields={
                    "ReplicaId": -1,
                    "Topics": [{"Name": "a b", "Partitions": [{"PartitionIndex": 0, "Timestamp": -1}]}],
                },
                name="a name that no topic can have",
            ),
        ),
    ),
    Conversation(
        name="the same partition twice",
        api="ListOffsets",
        versions=(1, 11),
        topics={"orders": Topic()},
        steps=(THREE, _ask((0, LATEST), (0, EARLIEST))),
    ),
    Conversation(
        name="leader epochs",
        api="ListOffsets",
        versions=(4, 11),
        topics={"orders": Topic()},
        steps=tuple(
            Step(
                api="ListOffsets",
                fields={
                    "ReplicaId": -1,
                    "Topics": [
                        {
                            "Name": "$orders",
                            "Partitions": [{"PartitionIndex": 0, "CurrentLeaderEpoch": epoch, "Timestamp": -1}],
                        }
                    ],
                },
                name=name,
            )
            for epoch, name in ((0, "the leader's own"), (5, "one to come"), (-2, "a negative one"))
        ),
    ),
    Conversation(
        name="isolation",
        api="ListOffsets",
        versions=(2, 11),
        topics={"orders": Topic()},
        steps=(
            THREE,
            _ask((0, LATEST), isolation=1, name="read_committed"),
            _ask((0, FIXED_TIME_MS), isolation=1, name="read_committed, by time"),
            _ask((0, LATEST), isolation=7, name="a level that does not exist"),
        ),
    ),
    Conversation(
        name="ends of epochs",
        api="OffsetForLeaderEpoch",
        topics={"orders": Topic(), "empty": Topic()},
        names=("nowhere",),
        steps=(
            THREE,
            _epochs((0, -1, 0), name="the epoch there is"),
            _epochs((0, 0, 0), name="with the leader's own epoch"),
            _epochs((0, 3, 0), name="with an epoch to come"),
            _epochs((0, -1, 7), name="an epoch that never was"),
            _epochs((0, -1, -1), name="no epoch"),
            _epochs((0, -1, -2), name="a negative epoch"),
            _epochs((0, -1, 0), topic="$empty", name="an empty log"),
            _epochs((0, -1, 0), (7, -1, 0), (-1, -1, 0), name="partitions that do not exist"),
            _epochs((0, -1, 0), topic="$nowhere", name="a topic that does not exist"),
            _epochs((0, -1, 0), topic="a b", name="a name that no topic can have"),
            _epochs((0, -1, 0), (0, -1, 7), name="the same partition twice"),
            Step(api="OffsetForLeaderEpoch", fields={"ReplicaId": -1, "Topics": []}, name="no topics"),
        ),
    ),
)
