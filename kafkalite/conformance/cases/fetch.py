"""Fetch outside of sessions: positions, limits, epochs, isolation, ids."""

from __future__ import annotations

from kafkalite.conformance.cases.steps import fetch, fetch_fields, fetch_partition, fetch_topic, produce
from kafkalite.conformance.conversation import NOBODY, Batch, Conversation, Step, Topic

EDGE_VERSIONS = (4, 9, 11, 12, 13, 16, 18)
"""Oldest shared; leader epochs; the nearest replica; diverging epochs; ids; endpoints of leaders; the newest."""


def _at(offset: int, name: str) -> Step:
    return fetch(fetch_topic("orders", fetch_partition(0, offset)), name=name)


CONVERSATIONS = (
    Conversation(
        name="records by position",
        api="Fetch",
        topics={"orders": Topic()},
        steps=(
            _at(0, "an empty log"),
            produce(Batch(records=["a", "b"])),
            produce(Batch(records=[("k", "c"), ("k", None)], headers=[("h", b"1")])),
            _at(0, "from the start"),
            _at(1, "within the first batch"),
            _at(2, "the second batch"),
            _at(4, "the end"),
            _at(5, "behind the end"),
            _at(-1, "a negative offset"),
        ),
    ),
    Conversation(
        name="limits",
        api="Fetch",
        versions=(4, 12, 18),
        topics={"orders": Topic(partitions=2)},
        steps=(
            produce(Batch(records=["a" * 40])),
            produce(Batch(records=["b" * 40])),
            produce(Batch(records=["c" * 40]), partition=1),
            fetch(
                fetch_topic("orders", fetch_partition(0, 0, PartitionMaxBytes=1)),
                name="the first batch is whole beyond the partition's limit",
            ),
            fetch(
                fetch_topic("orders", fetch_partition(0, 0), fetch_partition(1, 0)),
                MaxBytes=1,
                name="the first batch is whole beyond the answer's limit",
            ),
            fetch(
                fetch_topic("orders", fetch_partition(0, 0, PartitionMaxBytes=120), fetch_partition(1, 0)),
                name="batches are whole below the partition's limit",
            ),
            fetch(
                fetch_topic("orders", fetch_partition(0, 0, PartitionMaxBytes=0), fetch_partition(1, 0)),
                name="a partition's limit of zero",
            ),
            fetch(fetch_topic("orders", fetch_partition(0, 0)), MaxBytes=0, name="an answer's limit of zero"),
            fetch(
                fetch_topic("orders", fetch_partition(0, 0, PartitionMaxBytes=-1)),
                name="a negative limit of a partition",
            ),
            fetch(fetch_topic("orders", fetch_partition(0, 0)), MaxBytes=-1, name="a negative limit of the answer"),
        ),
    ),
    Conversation(
        name="partitions and topics that do not exist",
        api="Fetch",
        versions=EDGE_VERSIONS,
        topics={"orders": Topic()},
        names=("nowhere",),
        steps=(
            fetch(
                fetch_topic("orders", fetch_partition(0), fetch_partition(7), fetch_partition(-1)), name="partitions"
            ),
            fetch({"Topic": "$nowhere", "TopicId": NOBODY, "Partitions": [fetch_partition()]}, name="a topic"),
            fetch(
                {"Topic": "$nowhere", "TopicId": NOBODY, "Partitions": [fetch_partition()]},
                fetch_topic(),
                name="one of two topics",
            ),
            fetch({"Topic": "", "TopicId": bytes(16), "Partitions": [fetch_partition()]}, name="no name, the zero id"),
        ),
    ),
    Conversation(
        name="nothing is asked for",
        api="Fetch",
        versions=(4, 7, 13, 18),
        topics={"orders": Topic()},
        steps=(
            Step(api="Fetch", fields={"MaxWaitMs": 0, "MinBytes": 0, "Topics": []}, name="no topics"),
            fetch({"Topic": "$orders", "TopicId": "$orders.id", "Partitions": []}, name="no partitions"),
            Step(api="Fetch", fields={"MaxWaitMs": 1, "MinBytes": 1, "Topics": []}, name="it does not wait"),
        ),
    ),
    Conversation(
        name="the same partition twice",
        api="Fetch",
        versions=(4, 13, 18),
        topics={"orders": Topic()},
        steps=(
            produce(Batch(records=["a"])),
            produce(Batch(records=["b"])),
            fetch(fetch_topic("orders", fetch_partition(0, 0), fetch_partition(0, 1)), name="at two positions"),
        ),
    ),
    Conversation(
        name="waiting",
        api="Fetch",
        versions=(4, 18),
        topics={"orders": Topic()},
        steps=(
            Step(api="Fetch", fields=fetch_fields(MaxWaitMs=20, MinBytes=1), name="until the time is over"),
            produce(),
            Step(api="Fetch", fields=fetch_fields(MaxWaitMs=20, MinBytes=100000), name="for more than there is"),
            Step(
                api="Fetch",
                fields=fetch_fields(fetch_topic("orders", fetch_partition(0, 7)), MaxWaitMs=10000, MinBytes=1),
                name="an error does not wait",
            ),
            Step(api="Fetch", fields=fetch_fields(MaxWaitMs=-1, MinBytes=-1), name="negative times"),
        ),
    ),
    Conversation(
        name="leader epochs",
        api="Fetch",
        versions=(9, 11, 12, 13, 16, 18),
        topics={"orders": Topic()},
        steps=(
            produce(),
            fetch(fetch_topic("orders", fetch_partition(0, 0, CurrentLeaderEpoch=0)), name="the leader's own"),
            fetch(fetch_topic("orders", fetch_partition(0, 0, CurrentLeaderEpoch=5)), name="one to come"),
            fetch(fetch_topic("orders", fetch_partition(0, 9, CurrentLeaderEpoch=0)), name="behind the end"),
            fetch(fetch_topic("orders", fetch_partition(0, 0, CurrentLeaderEpoch=-2)), name="a negative one"),
        ),
    ),
    Conversation(
        name="diverging epochs",
        api="Fetch",
        versions=(12, 13, 18),
        topics={"orders": Topic()},
        steps=(
            produce(),
            fetch(
                fetch_topic("orders", fetch_partition(0, 1, LastFetchedEpoch=0)), name="the epoch of the last record"
            ),
            fetch(fetch_topic("orders", fetch_partition(0, 3, LastFetchedEpoch=0)), name="beyond what the epoch has"),
            fetch(fetch_topic("orders", fetch_partition(0, 1, LastFetchedEpoch=4)), name="an epoch that never was"),
        ),
    ),
    Conversation(
        name="isolation",
        api="Fetch",
        versions=(4, 18),
        topics={"orders": Topic()},
        steps=(
            produce(),
            fetch(IsolationLevel=1, name="read_committed"),
            fetch(IsolationLevel=2, name="a level that does not exist"),
        ),
    ),
    Conversation(
        name="codecs pass through",
        api="Fetch",
        versions=(4, 9, 10, 18),
        topics={"orders": Topic()},
        steps=(
            *(produce(Batch(records=["a" * 60, "b" * 60], codec=codec)) for codec in (1, 2, 3)),
            _at(0, "gzip, snappy and lz4"),
            produce(Batch(records=["a" * 60, "b" * 60], codec=4)),
            _at(6, "zstd"),
            _at(0, "all four"),
        ),
    ),
    Conversation(
        name="a client that says it is a replica",
        api="Fetch",
        versions=(4, 14),
        topics={"orders": Topic()},
        steps=(
            produce(),
            fetch(ReplicaId=-1, name="a consumer"),
            fetch(ReplicaId=-2, name="a debugger"),
            fetch(ReplicaId=4711, name="a broker that does not exist"),
        ),
    ),
    Conversation(
        name="a rack",
        api="Fetch",
        versions=(11, 18),
        topics={"orders": Topic()},
        steps=(produce(), fetch(RackId="east", name="no replica is nearer")),
    ),
)
