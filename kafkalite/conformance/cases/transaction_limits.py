"""Requests that transactions refuse: a second start, writes outside of them, offsets of others, old markers."""

from __future__ import annotations

from dataclasses import replace

from kafkalite.conformance.cases.classic_groups import MEMBER, join, sync
from kafkalite.conformance.cases.consumer_groups import ASSIGNED_AT_ONCE, TOPIC_IS_KNOWN, beat, joined
from kafkalite.conformance.cases.steps import init_producer, produce, produce_fields, produce_topic, records
from kafkalite.conformance.cases.transactions import (
    ORDERS,
    VERIFIED_TOGETHER,
    add_offsets,
    add_orders,
    commit_in_transaction,
    write,
)
from kafkalite.conformance.conversation import Batch, Conversation, Step, Topic, Wait

ABORTED = Step(
    api="DescribeTransactions",
    fields={"TransactionalIds": ["$tx"]},
    until=Wait("TransactionStates/0/TransactionState", "CompleteAbort"),
    name="the transaction was aborted",
)


EPOCH_OF_MEMBER = {"member": "MemberId", "generation": "MemberEpoch"}


def _marker(epoch: int, name: str) -> Step:
    marker = {
        "ProducerId": "$pid",
        "ProducerEpoch": epoch,
        "TransactionResult": True,
        "CoordinatorEpoch": 0,
        "Topics": [{"Name": "$orders", "PartitionIndexes": [0]}],
    }
    return Step(api="WriteTxnMarkers", fields={"Markers": [marker]}, name=name)


def _commit(step: Step, **more: object) -> Step:
    return replace(step, fields={**step.fields, **more})


def _with_metadata(step: Step, metadata: str) -> Step:
    partition = {"PartitionIndex": 0, "CommittedOffset": 5, "CommittedMetadata": metadata}
    return _commit(step, Topics=[{"Name": "$orders", "TopicId": "$orders.id", "Partitions": [partition]}])


def _two_producers(name: str) -> Step:
    """Return a Produce step with transactional batches of one producer, of another, and of an unknown one."""
    producers = (("$pid", "$epoch"), ("$second", "$second_epoch"))
    data: list[tuple[int, object]] = [
        (
            partition,
            records(Batch(producer_id=producer, producer_epoch=epoch, base_sequence=0, is_transactional=True)),
        )
        for partition, (producer, epoch) in enumerate(producers)
    ]
    fields = produce_fields(transactional_id="$tx")
    data.append((2, records(Batch())))
    return Step(api="Produce", fields={**fields, "TopicData": [produce_topic("orders", data)]}, name=name)


CONVERSATIONS = (
    Conversation(
        name="an open transaction is rolled back first",
        api="InitProducerId",
        topics=ORDERS,
        names=("tx",),
        steps=(
            init_producer("$tx"),
            add_orders(0),
            write(),
            Step(
                api="InitProducerId",
                fields={"TransactionalId": "$tx", "TransactionTimeoutMs": 60_000},
                name="a second instance has to ask again",
            ),
            ABORTED,
            init_producer("$tx", name="and is there"),
        ),
    ),
    Conversation(
        name="writing outside of a transaction, of an old client",
        api="Produce",
        alone=VERIFIED_TOGETHER,
        versions=(3, 8, 10),
        topics=ORDERS,
        names=("tx",),
        steps=(
            init_producer("$tx"),
            replace(write(0, "the partition has not joined"), version=None),
            add_orders(1),
            replace(write(0, "another partition has"), version=None),
        ),
    ),
    Conversation(
        name="writing for nobody",
        api="Produce",
        versions=(3, 11, 12, 13),
        topics=ORDERS,
        names=("tx", "unknown"),
        steps=(
            init_producer("$tx"),
            replace(write(0, "an id that nobody has", transactional_id="$unknown"), version=None),
            replace(write(0, "another producer's number", producer=987654321), version=None),
            replace(write(0, "an epoch to come", epoch=7), version=None),
        ),
    ),
    Conversation(
        name="two producers at once",
        api="Produce",
        versions=(3, 11, 13),
        topics={"orders": Topic(partitions=3)},
        names=("tx", "other"),
        steps=(
            init_producer("$tx"),
            replace(
                init_producer("$other", name="another producer"),
                remember={"second": "ProducerId", "second_epoch": "ProducerEpoch"},
            ),
            add_orders(0, 1),
            _two_producers("in one request"),
            write(name="the first alone"),
        ),
    ),
    Conversation(
        name="offsets of members",
        api="TxnOffsetCommit",
        versions=(0, 2, 3, 4, 5, 6),
        topics=ORDERS,
        names=("tx", "group"),
        steps=(
            join(instance="one", remember=MEMBER, name="a member joins"),
            sync(GroupInstanceId="one"),
            init_producer("$tx"),
            add_offsets(),
            commit_in_transaction(name="without a member"),
            _commit(
                commit_in_transaction(member="$member", name="the member"),
                GenerationIdOrMemberEpoch="$generation",
                GroupInstanceId="one",
            ),
            commit_in_transaction(member="$member", generation=99, name="a wrong generation"),
            _commit(
                commit_in_transaction(member="nobody", name="another member id of its instance"),
                GenerationIdOrMemberEpoch="$generation",
                GroupInstanceId="one",
            ),
            _with_metadata(commit_in_transaction(name="too much metadata"), "x" * 4097),
        ),
    ),
    Conversation(
        name="offsets of members of the consumer protocol",
        api="TxnOffsetCommit",
        versions=(3, 4, 5, 6),
        topics=ORDERS,
        names=("tx", "group", "probe"),
        needs=ASSIGNED_AT_ONCE,
        steps=(
            TOPIC_IS_KNOWN,
            replace(joined(), remember=EPOCH_OF_MEMBER, is_compared=False),
            replace(
                beat("$generation", SubscribedTopicRegex=".*no topic.*", name="it subscribes to more"),
                remember=EPOCH_OF_MEMBER,
                is_compared=False,
            ),
            init_producer("$tx"),
            add_offsets(),
            commit_in_transaction(member="$member", generation="$generation", name="the member"),
            commit_in_transaction(member="$member", generation=99, name="an epoch to come"),
            commit_in_transaction(member="$member", generation=0, name="an epoch of the past"),
            commit_in_transaction(member="nobody", generation="$generation", name="another member"),
            commit_in_transaction(name="without a member"),
        ),
    ),
    Conversation(
        name="markers of the past",
        api="WriteTxnMarkers",
        topics=ORDERS,
        names=("tx",),
        steps=(
            init_producer("$tx", name="the first instance"),
            init_producer("$tx", name="the second instance"),
            add_orders(0),
            write(),
            _marker(0, "the epoch of the first"),
            _marker(1, "the epoch of the second"),
            produce(name="a record behind"),
        ),
    ),
)
