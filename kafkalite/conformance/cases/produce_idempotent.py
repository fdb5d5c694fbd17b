"""InitProducerId without a transaction, idempotent Produce, DescribeProducers."""

from __future__ import annotations

from typing import Any

from kafkalite.conformance.cases.steps import fetch, init_producer, produce
from kafkalite.conformance.conversation import Batch, Conversation, Step, Topic
from kafkalite.conformance.needs import Need

PRODUCE_VERSIONS = (3, 7, 8, 11, 12, 13)


def _write(sequence: int, name: str, *, epoch: int | str = "$epoch", count: int = 1, **step: Any) -> Step:
    batch = Batch(records=["x"] * count, producer_id="$pid", producer_epoch=epoch, base_sequence=sequence)
    return produce(batch, name=name, **step)


def _describe(*topics: tuple[str, list[int]], name: str = "") -> Step:
    return Step(
        api="DescribeProducers",
        fields={"Topics": [{"Name": topic, "PartitionIndexes": partitions} for topic, partitions in topics]},
        name=name,
    )


CONVERSATIONS = (
    Conversation(
        name="a producer without transactions",
        api="InitProducerId",
        steps=(
            init_producer(None, name="a new one"),
            init_producer(None, name="another one"),
            init_producer(None, timeout_ms=-1, name="its timeout does not count"),
        ),
    ),
    Conversation(
        name="transactional ids that cannot be",
        api="InitProducerId",
        needs={"transaction.max.timeout.ms": Need("900000")},
        names=("tx",),
        steps=(
            init_producer("", name="an empty one"),
            init_producer("$tx", timeout_ms=0, name="a timeout of zero"),
            init_producer("$tx", timeout_ms=-1, name="a negative timeout"),
            init_producer("$tx", timeout_ms=900_001, name="a timeout beyond the broker's limit"),
            init_producer("$tx", timeout_ms=900_000, name="the longest timeout"),
        ),
    ),
    Conversation(
        name="the producer brings its id and epoch",
        api="InitProducerId",
        versions=(3, 4, 5),
        names=("tx",),
        steps=(
            Step(
                api="InitProducerId",
                fields={"TransactionalId": None, "TransactionTimeoutMs": 1000, "ProducerId": 7, "ProducerEpoch": -1},
                name="an id without an epoch",
            ),
            Step(
                api="InitProducerId",
                fields={"TransactionalId": None, "TransactionTimeoutMs": 1000, "ProducerId": -1, "ProducerEpoch": 7},
                name="an epoch without an id",
            ),
            init_producer("$tx", name="a transactional producer"),
            Step(
                api="InitProducerId",
                fields={
                    "TransactionalId": "$tx",
                    "TransactionTimeoutMs": 1000,
                    "ProducerId": "$pid",
                    "ProducerEpoch": "$epoch",
                },
                remember={"newer": "ProducerEpoch"},
                name="it asks for the next epoch",
            ),
            Step(
                api="InitProducerId",
                fields={
                    "TransactionalId": "$tx",
                    "TransactionTimeoutMs": 1000,
                    "ProducerId": "$pid",
                    "ProducerEpoch": "$epoch",
                },
                name="the retry of it",
            ),
            init_producer("$tx", name="a second instance"),
            Step(
                api="InitProducerId",
                fields={
                    "TransactionalId": "$tx",
                    "TransactionTimeoutMs": 1000,
                    "ProducerId": "$pid",
                    "ProducerEpoch": "$newer",
                },
                name="the first instance is fenced",
            ),
            Step(
                api="InitProducerId",
                fields={
                    "TransactionalId": "$tx",
                    "TransactionTimeoutMs": 1000,
                    "ProducerId": 987654321,
                    "ProducerEpoch": 0,
                },
                name="an id that is not its",
            ),
        ),
    ),
    Conversation(
        name="sequences",
        api="Produce",
        versions=PRODUCE_VERSIONS,
        topics={"orders": Topic()},
        steps=(
            init_producer(None),
            _write(0, "the first batch", count=3),
            _write(3, "the second"),
            _write(3, "the second again is no error"),
            _write(0, "the first again is no error", count=3),
            _write(6, "a gap"),
            _write(2, "an overlap", count=2),
            _write(4, "the third"),
            fetch(name="what was stored"),
        ),
    ),
    Conversation(
        name="a duplicate that is too old",
        api="Produce",
        versions=(3, 13),
        topics={"orders": Topic()},
        steps=(
            init_producer(None),
            *(_write(sequence, f"batch {sequence}") for sequence in range(7)),
            _write(6, "the newest again"),
            _write(2, "the fifth newest again"),
            _write(1, "the sixth newest again"),
        ),
    ),
    Conversation(
        name="epochs",
        api="Produce",
        versions=PRODUCE_VERSIONS,
        topics={"orders": Topic()},
        steps=(
            init_producer(None),
            _write(0, "epoch 5", epoch=5),
            _write(1, "epoch 4 is fenced", epoch=4),
            _write(1, "epoch 6 begins with a sequence other than 0", epoch=6),
            _write(0, "epoch 6", epoch=6),
        ),
    ),
    Conversation(
        name="an unknown producer may begin anywhere",
        api="Produce",
        versions=(3, 13),
        topics={"orders": Topic()},
        steps=(init_producer(None), _write(17, "sequence 17"), _write(18, "sequence 18")),
    ),
    Conversation(
        name="numbers of producers that cannot be",
        api="Produce",
        versions=(3, 13),
        topics={"orders": Topic()},
        steps=(
            init_producer(None),
            produce(Batch(producer_id="$pid", producer_epoch=-1, base_sequence=0), name="no epoch"),
            produce(Batch(producer_id="$pid", producer_epoch=0, base_sequence=-1), name="no sequence"),
            produce(Batch(producer_id=-1, producer_epoch=0, base_sequence=0), name="no producer"),
            produce(
                Batch(producer_id="$pid", producer_epoch=0, base_sequence=2147483647, records=["x", "y"]),
                name="the sequence wraps within a batch",
            ),
            _write(1, "and goes on behind it", epoch=0),
        ),
    ),
    Conversation(
        name="producers of a partition",
        api="DescribeProducers",
        topics={"orders": Topic(partitions=2)},
        names=("nowhere",),
        steps=(
            init_producer(None),
            _describe(("$orders", [0]), name="none yet"),
            _write(0, "written", count=3),
            _describe(("$orders", [0, 1]), name="one, and none"),
            _describe(("$orders", [0, 0]), name="a partition twice"),
            _describe(("$orders", [7, -1]), ("$nowhere", [0]), name="what does not exist"),
            _describe(("a b", [0]), name="a name that no topic can have"),
            _describe(name="no topics"),
        ),
    ),
)
