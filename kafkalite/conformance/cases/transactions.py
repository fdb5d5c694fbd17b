"""Transactions: partitions and offsets join, are committed or aborted, fenced, marked by hand, and told of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kafkalite.conformance.cases.group_offsets import fetch_offsets
from kafkalite.conformance.cases.steps import (
    fetch,
    fetch_partition,
    fetch_topic,
    init_producer,
    list_offsets_fields,
    produce,
    produce_fields,
    records,
)
from kafkalite.conformance.conversation import FIXED_TIME_MS, NOBODY, Batch, Conversation, Step, Topic, Wait

ORDERS = {"orders": Topic(partitions=2)}
LAST_FETCH_BY_NAME = 12
"""A version that 3.9 serves too."""
CLASSIC_VERSION_OF_PRODUCE = 11
"""The last version in which a partition joins a transaction by AddPartitionsToTxn only."""


def add_partitions(
    *topics: tuple[str, Sequence[int]],
    transactional_id: str = "$tx",
    producer: int | str = "$pid",
    epoch: int | str = "$epoch",
    name: str = "",
    version: int | None = None,
    verify_only: bool = False,
) -> Step:
    """Return an AddPartitionsToTxn step for (topic, partitions) each; alone in its batch from version 4 on."""
    asked = [{"Name": topic, "Partitions": list(partitions)} for topic, partitions in topics]
    fields = {
        "V3AndBelowTransactionalId": transactional_id,
        "V3AndBelowProducerId": producer,
        "V3AndBelowProducerEpoch": epoch,
        "V3AndBelowTopics": asked,
        "Transactions": [
            {
                "TransactionalId": transactional_id,
                "ProducerId": producer,
                "ProducerEpoch": epoch,
                "VerifyOnly": verify_only,
                "Topics": asked,
            }
        ],
    }
    return Step(api="AddPartitionsToTxn", fields=fields, name=name, version=version)


def add_orders(*partitions: int) -> Step:
    """Return a step that puts partitions of `orders` into the transaction, as clients before version 4 do."""
    return add_partitions(("$orders", partitions or (0,)), version=3, name="partitions join")


def write(
    sequence: int = 0,
    name: str = "",
    *,
    producer: int | str = "$pid",
    epoch: int | str = "$epoch",
    partition: int = 0,
    version: int = CLASSIC_VERSION_OF_PRODUCE,
    transactional_id: str = "$tx",
    count: int = 1,
) -> Step:
    """Return a transactional Produce step."""
    batch = Batch(
        records=["t"] * count,
        producer_id=producer,
        producer_epoch=epoch,
        base_sequence=sequence,
        is_transactional=True,
    )
    fields = produce_fields(records(batch), partition=partition, transactional_id=transactional_id)
    return Step(api="Produce", fields=fields, version=version, name=name or "records are written")


def end(
    *,
    commit: bool = True,
    producer: int | str = "$pid",
    epoch: int | str = "$epoch",
    transactional_id: str = "$tx",
    name: str = "",
    version: int | None = None,
    remember: bool = False,
) -> Step:
    """Return an EndTxn step."""
    fields = {
        "TransactionalId": transactional_id,
        "ProducerId": producer,
        "ProducerEpoch": epoch,
        "Committed": commit,
    }
    keep = {"epoch": "ProducerEpoch"} if remember else {}
    title = name or ("committed" if commit else "aborted")
    return Step(api="EndTxn", fields=fields, name=title, version=version, remember=keep)


def read_committed(offset: int = 0, *, high_watermark: int, name: str = "") -> Step:
    """Return a Fetch step that sees what is decided, once the markers are written."""
    return fetch(
        fetch_topic("orders", fetch_partition(0, offset)),
        IsolationLevel=1,
        until=Wait("Responses/0/Partitions/0/LastStableOffset", high_watermark),
        name=name or "what readers of committed records get",
    )


def commit_in_transaction(
    *,
    group: str = "$group",
    member: str = "",
    generation: int | str = -1,
    partition: int = 0,
    epoch: int | str = "$epoch",
    producer: int | str = "$pid",
    topic: str = "$orders",
    name: str = "",
    version: int | None = None,
    topic_id: bytes | None = None,
) -> Step:
    """Return a TxnOffsetCommit step for one partition."""
    fields = {
        "TransactionalId": "$tx",
        "GroupId": group,
        "ProducerId": producer,
        "ProducerEpoch": epoch,
        "GenerationIdOrMemberEpoch": generation,
        "MemberId": member,
        "Topics": [
            {
                "Name": topic,
                "TopicId": f"{topic}.id" if topic_id is None else topic_id,
                "Partitions": [{"PartitionIndex": partition, "CommittedOffset": 5, "CommittedMetadata": "m"}],
            }
        ],
    }
    return Step(api="TxnOffsetCommit", fields=fields, name=name, version=version)


def add_offsets(*, group: str = "$group", epoch: int | str = "$epoch", name: str = "", **more: Any) -> Step:
    """Return an AddOffsetsToTxn step."""
    fields = {"TransactionalId": "$tx", "ProducerId": "$pid", "ProducerEpoch": epoch, "GroupId": group, **more}
    return Step(api="AddOffsetsToTxn", fields=fields, name=name)


def _describe(*ids: str, name: str = "", until: Wait | None = None) -> Step:
    return Step(api="DescribeTransactions", fields={"TransactionalIds": list(ids)}, name=name, until=until)


def _list(name: str, **filters: Any) -> Step:
    return Step(api="ListTransactions", fields=filters, name=name)


def _markers(*topics: tuple[str, Sequence[int]], name: str = "", **more: Any) -> Step:
    marker = {
        "ProducerId": "$pid",
        "ProducerEpoch": "$epoch",
        "TransactionResult": True,
        "CoordinatorEpoch": 0,
        "Topics": [{"Name": topic, "PartitionIndexes": list(partitions)} for topic, partitions in topics],
        **more,
    }
    return Step(api="WriteTxnMarkers", fields={"Markers": [marker]}, name=name)


COMPLETE = Wait("TransactionStates/0/TransactionState", "CompleteCommit")
LATEST = Step(api="ListOffsets", fields=list_offsets_fields((0, -1), isolation=1), name="the last stable offset")

VERIFIED_TOGETHER = "Kafka verifies the transactions of several producers at once and answers all of them as the first"
"""Source: AddPartitionsToTxnManager: the supported operation of the first of a batch decides on the error."""

CONVERSATIONS = (
    Conversation(
        name="a transaction is committed",
        api="EndTxn",
        topics=ORDERS,
        names=("tx",),
        steps=(
            init_producer("$tx"),
            add_orders(0),
            write(count=2),
            fetch(fetch_topic("orders", fetch_partition(0)), IsolationLevel=1, name="nobody sees it yet"),
            LATEST,
            end(remember=True),
            read_committed(high_watermark=3),
        ),
    ),
    Conversation(
        name="a transaction is aborted",
        api="EndTxn",
        topics=ORDERS,
        names=("tx",),
        steps=(
            init_producer("$tx"),
            add_orders(0),
            write(count=2),
            end(commit=False, remember=True),
            read_committed(high_watermark=3),
        ),
    ),
    Conversation(
        name="while a transaction is open",
        api="ListOffsets",
        versions=(2, 7, 11),
        topics=ORDERS,
        names=("tx",),
        steps=(
            produce(Batch(records=["before"]), name="a record before"),
            init_producer("$tx"),
            add_orders(0),
            write(),
            produce(Batch(records=["behind"], timestamps_ms=[FIXED_TIME_MS + 5]), name="a record behind"),
            *(
                Step(
                    api="ListOffsets",
                    fields=list_offsets_fields((0, timestamp), isolation=isolation),
                    name=f"{name}, isolation {isolation}",
                )
                for timestamp, name in (
                    (-1, "latest"),
                    (-2, "earliest"),
                    (FIXED_TIME_MS + 1, "by time"),
                    (-3, "newest"),
                )
                for isolation in (0, 1)
            ),
            Step(
                api="DescribeProducers",
                fields={"Topics": [{"Name": "$orders", "PartitionIndexes": [0]}]},
                name="the producer and its transaction",
            ),
            fetch(fetch_topic("orders", fetch_partition(0, 2)), IsolationLevel=1, name="what is undecided"),
        ),
    ),
    Conversation(
        name="several transactions in one log",
        api="Fetch",
        versions=(4, 11, 18),
        topics=ORDERS,
        names=("tx",),
        steps=(
            init_producer("$tx"),
            add_orders(0),
            write(count=2),
            end(commit=False, version=3, name="the first is aborted"),
            read_committed(high_watermark=3),
            add_partitions(("$orders", [0]), version=3, name="the second begins"),
            write(2, "more records"),
            end(version=3, name="the second is committed"),
            read_committed(high_watermark=5, name="both, from the start"),
            read_committed(3, high_watermark=5, name="behind the first"),
            fetch(fetch_topic("orders", fetch_partition(0)), IsolationLevel=0, name="all that was written"),
        ),
    ),
    Conversation(
        name="ends that cannot be",
        api="EndTxn",
        topics=ORDERS,
        names=("tx", "unknown"),
        steps=(
            init_producer("$tx"),
            end(name="nothing was begun"),
            end(transactional_id="$unknown", name="an unknown id"),
            end(producer=987654321, name="another producer's number"),
            end(epoch=7, name="an epoch to come"),
            end(transactional_id="", name="an empty id"),
            add_orders(0),
            end(remember=True),
            _describe("$tx", name="the markers are written", until=COMPLETE),
            end(commit=False, name="aborted after it was committed"),
        ),
    ),
    Conversation(
        name="partitions join",
        api="AddPartitionsToTxn",
        topics=ORDERS,
        names=("tx", "unknown", "nowhere"),
        steps=(
            init_producer("$tx"),
            add_partitions(("$orders", [0, 1]), name="two partitions"),
            add_partitions(("$orders", [0]), name="one again"),
            add_partitions(("$orders", [0, 7]), ("$nowhere", [0]), name="what does not exist"),
            add_partitions(name="nothing"),
            add_partitions(("$orders", [0]), transactional_id="$unknown", name="an unknown id"),
            add_partitions(("$orders", [0]), producer=987654321, name="another producer's number"),
            add_partitions(("$orders", [0]), epoch=7, name="an epoch to come"),
            add_partitions(("$orders", [0]), transactional_id="", name="an empty id"),
        ),
    ),
    Conversation(
        name="is a partition in?",
        api="AddPartitionsToTxn",
        versions=(4, 5),
        topics=ORDERS,
        names=("tx",),
        steps=(
            init_producer("$tx"),
            add_partitions(("$orders", [0]), verify_only=True, name="before"),
            add_orders(0),
            add_partitions(("$orders", [0]), verify_only=True, name="after"),
            add_partitions(("$orders", [1]), verify_only=True, name="another one"),
        ),
    ),
    Conversation(
        name="several transactions at once",
        api="AddPartitionsToTxn",
        versions=(4, 5),
        topics=ORDERS,
        names=("tx", "unknown"),
        steps=(
            init_producer("$tx"),
            Step(api="AddPartitionsToTxn", fields={"Transactions": []}, name="none", silence_s=1.0),
            Step(
                api="AddPartitionsToTxn",
                fields={
                    "Transactions": [
                        {
                            "TransactionalId": each,
                            "ProducerId": "$pid",
                            "ProducerEpoch": "$epoch",
                            "VerifyOnly": False,
                            "Topics": [{"Name": "$orders", "Partitions": [0]}],
                        }
                        for each in ("$tx", "$unknown")
                    ]
                },
                name="two",
            ),
        ),
    ),
    Conversation(
        name="writing outside of a transaction",
        api="Produce",
        alone=VERIFIED_TOGETHER,
        versions=(3, 10, 11),
        topics=ORDERS,
        names=("tx",),
        steps=(
            init_producer("$tx"),
            write(0, "the partition has not joined", version=11),
            add_orders(1),
            write(0, "another partition has"),
            write(0, "this one has", partition=1),
        ),
    ),
    Conversation(
        name="writing joins",
        api="Produce",
        versions=(12, 13),
        topics=ORDERS,
        names=("tx",),
        steps=(
            init_producer("$tx"),
            write(0, "the partition joins with its first records", version=12),
            _describe("$tx", name="it is in"),
            end(version=5, remember=True),
            read_committed(high_watermark=2),
            write(0, "the next transaction has the next epoch", version=12),
            end(version=5, commit=False, remember=True),
            read_committed(high_watermark=4),
        ),
    ),
    Conversation(
        name="a new instance fences the old",
        api="InitProducerId",
        versions=(0, 3, 5),
        topics=ORDERS,
        names=("tx",),
        steps=(
            init_producer("$tx"),
            add_orders(0),
            write(),
            Step(
                api="InitProducerId",
                fields={"TransactionalId": "$tx", "TransactionTimeoutMs": 60_000},
                until=Wait("ErrorCode", 0),
                remember={"newer": "ProducerEpoch"},
                name="the new instance, when the transaction is rolled back",
            ),
            read_committed(high_watermark=2, name="it was aborted"),
            write(1, "the old instance writes"),
            add_partitions(("$orders", [0]), version=3, name="the old instance adds"),
            end(version=3, name="the old instance commits"),
            add_partitions(("$orders", [0]), epoch="$newer", version=3, name="the new instance adds"),
        ),
    ),
    Conversation(
        name="offsets within a transaction",
        api="TxnOffsetCommit",
        topics=ORDERS,
        names=("tx", "group"),
        steps=(
            init_producer("$tx"),
            add_offsets(),
            commit_in_transaction(name="committed"),
            fetch_offsets("$group", ("$orders", [0]), name="nobody sees it yet"),
            fetch_offsets("$group", ("$orders", [0]), stable=True, name="who wants what is stable must wait"),
            end(version=3),
            Step(
                api="OffsetFetch",
                version=7,
                fields={
                    "GroupId": "$group",
                    "Topics": [{"Name": "$orders", "PartitionIndexes": [0]}],
                    "RequireStable": True,
                },
                until=Wait("Topics/0/Partitions/0/CommittedOffset", 5),
                name="now it is there",
            ),
        ),
    ),
    Conversation(
        name="offsets that cannot be",
        api="TxnOffsetCommit",
        versions=(0, 3, 4, 5, 6),
        topics=ORDERS,
        names=("tx", "group", "nowhere"),
        steps=(
            init_producer("$tx"),
            add_offsets(),
            commit_in_transaction(generation=3, name="a generation of a group that does not exist"),
            commit_in_transaction(producer=987654321, name="another producer's number"),
            commit_in_transaction(partition=7, name="a partition that does not exist"),
            commit_in_transaction(topic="$nowhere", topic_id=NOBODY, name="a topic that does not exist"),
            commit_in_transaction(topic="", topic_id=bytes(16), name="a topic without name and id"),
            commit_in_transaction(group="", name="a group without a name"),
            commit_in_transaction(member="nobody", name="a member that is none"),
            commit_in_transaction(generation=3, name="a generation that is none"),
            commit_in_transaction(epoch=9, name="an epoch to come"),
            commit_in_transaction(name="as it should be"),
        ),
    ),
    Conversation(
        name="offsets of a group that is not in the transaction",
        api="TxnOffsetCommit",
        versions=(0, 3, 4),
        topics=ORDERS,
        names=("tx", "group"),
        steps=(
            init_producer("$tx"),
            commit_in_transaction(name="before there is a transaction"),
            add_orders(0),
            commit_in_transaction(name="before the group is in it"),
        ),
    ),
    Conversation(
        name="groups join",
        api="AddOffsetsToTxn",
        topics=ORDERS,
        names=("tx", "group", "unknown"),
        steps=(
            init_producer("$tx"),
            add_offsets(name="a group"),
            add_offsets(name="again"),
            add_offsets(group="", name="a group without a name"),
            add_offsets(epoch=7, name="an epoch to come"),
            add_offsets(ProducerId=987654321, name="another producer's number"),
            add_offsets(TransactionalId="$unknown", name="an unknown id"),
            add_offsets(TransactionalId="", name="an empty id"),
        ),
    ),
    Conversation(
        name="transactions by id",
        api="DescribeTransactions",
        topics=ORDERS,
        names=("tx", "group", "unknown"),
        steps=(
            init_producer("$tx"),
            _describe("$tx", name="nothing begun"),
            add_orders(1, 0),
            add_offsets(),
            _describe("$tx", name="begun"),
            end(version=3),
            _describe("$tx", name="committed", until=COMPLETE),
            _describe("$tx", "$unknown", "", name="one is there"),
            _describe("$tx", "$tx", name="the same twice"),
            _describe(name="none"),
        ),
        masks={
            "DescribeTransactions.TransactionStates.Topics.Partitions": "which partition keeps a group's offsets "
            "follows from its name, which differs from run to run"
        },
    ),
    Conversation(
        name="transactions by state",
        api="ListTransactions",
        topics=ORDERS,
        names=("tx", "idle"),
        steps=(
            init_producer("$idle"),
            init_producer("$tx"),
            add_orders(0),
            _list("all"),
            _list("ongoing ones", StateFilters=["Ongoing"]),
            _list("a state that does not exist", StateFilters=["Lost", "Ongoing"]),
            _list("only states that do not exist", StateFilters=["Lost"]),
            _list("of a producer", ProducerIdFilters=["$pid"]),
            _list("of a producer that does not exist", ProducerIdFilters=[987654321]),
            _list("longer than an hour", DurationFilter=3_600_000),
            _list("of any duration", DurationFilter=0),
            _list("a negative duration", DurationFilter=-5),
            _list("a pattern", TransactionalIdPattern=".*-tx"),
            _list("an empty pattern", TransactionalIdPattern=""),
            _list("a broken pattern", TransactionalIdPattern="["),
        ),
    ),
    Conversation(
        name="markers by hand",
        api="WriteTxnMarkers",
        topics=ORDERS,
        names=("tx", "nowhere"),
        steps=(
            init_producer("$tx"),
            add_orders(0),
            write(),
            _markers(("$orders", [0, 7]), ("$nowhere", [0]), name="one partition is there"),
            _markers(("$orders", [0]), CoordinatorEpoch=-1, name="an old epoch of the coordinator"),
            _markers(name="no topics"),
            Step(api="WriteTxnMarkers", fields={"Markers": []}, name="no markers"),
            read_committed(high_watermark=2),
        ),
    ),
    Conversation(
        name="markers by hand, of an old broker",
        api="WriteTxnMarkers",
        versions=(0,),
        topics=ORDERS,
        names=("tx", "nowhere"),
        steps=(
            init_producer("$tx"),
            add_orders(0),
            write(),
            _markers(("$orders", [0, 7]), ("$nowhere", [0]), name="one partition is there"),
            _markers(("$orders", [0]), CoordinatorEpoch=-1, name="an old epoch of the coordinator"),
            _markers(name="no topics"),
            Step(api="WriteTxnMarkers", fields={"Markers": []}, name="no markers"),
            replace(read_committed(high_watermark=2), version=LAST_FETCH_BY_NAME),
        ),
        release="3.9.2",
    ),
)
