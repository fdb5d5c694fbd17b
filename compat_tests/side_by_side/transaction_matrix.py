"""Every request of a transactional producer in every state that lasts, sent by hand, and what the broker answers.

    python -m compat_tests.side_by_side.transaction_matrix HOST:PORT > compat_tests/side_by_side/transaction_matrix.json

writes down the answers of a real Apache Kafka, against which `test_transactions.py` holds whatever broker is tested.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from compat_tests.raw_protocol import RawConnection
from kafkalite.protocol.api_keys import FIRST_FLEXIBLE_VERSIONS
from kafkalite.protocol.errors import CONCURRENT_TRANSACTIONS, NAMES
from kafkalite.protocol.messages.create_topics_request import CreatableTopic, CreateTopicsRequest
from kafkalite.protocol.messages.find_coordinator_request import FindCoordinatorRequest
from kafkalite.protocol.messages.metadata_request import MetadataRequest, MetadataRequestTopic
from kafkalite.protocol.registry import response_class, response_header_version
from tests.broker.transactional_producer import TransactionalProducer

RECORDED = Path(__file__).with_name("transaction_matrix.json")
STATES = ("Empty", "Ongoing", "CompleteCommit", "CompleteAbort")
P0, P1 = ("matrix", 0), ("matrix", 1)
GROUP = "matrix-group"
PATIENCE_S = 20.0

_numbers = itertools.count(1)


class RemoteBroker:
    """A broker reached through a socket, with the interface that `TransactionalProducer` needs."""

    def __init__(self, port: int) -> None:
        self._connection = RawConnection(port)
        self.clock = self

    def now_ms(self) -> int:
        """The wall clock."""
        return int(time.time() * 1000)

    def find_topic_id(self, name: str) -> bytes:
        """Return the id of a topic that exists."""
        request = MetadataRequest(topics=[MetadataRequestTopic(name=name)])
        topic_id: bytes = self.ask(request, 12).topics[0].topic_id
        return topic_id

    def ask(self, request: Any, version: int) -> Any:
        """Send a request and return its decoded response."""
        api_key = request.API_KEY
        body = bytearray()
        if version >= FIRST_FLEXIBLE_VERSIONS.get(api_key, 32767):
            body.append(0)
        request.write(body, version)
        reply = self._connection.ask(api_key, version, bytes(body))
        position = 1 if response_header_version(api_key, version) else 0
        response, end = response_class(api_key).read(reply, position, version)
        assert end == len(reply)
        return response


def settle(broker: RemoteBroker) -> None:
    """Make the topic and wait until both coordinators are there."""
    topic = CreatableTopic(name="matrix", num_partitions=2, replication_factor=1)
    broker.ask(CreateTopicsRequest(topics=[topic], timeout_ms=10_000), 7)
    for key_type, key in ((0, GROUP), (1, "tx")):
        patiently(
            lambda key_type=key_type, key=key: (  # type: ignore[misc]
                broker.ask(FindCoordinatorRequest(key_type=key_type, coordinator_keys=[key]), 4)
                .coordinators[0]
                .error_code
                == 0
            )
        )
    patiently(lambda: TransactionalProducer(broker, "settled").init() == 0)  # type: ignore[arg-type]


def patiently(condition: Callable[[], bool]) -> None:
    """Return as soon as the condition holds, which asks the broker."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"


def bring_to(broker: RemoteBroker, state: str, *, is_tv2: bool) -> TransactionalProducer:
    """Return a producer whose transaction is in the state, with partition 0 in it and an epoch above 1."""
    producer = TransactionalProducer(broker, f"tx-{next(_numbers)}", is_tv2=is_tv2)  # type: ignore[arg-type]
    for _ in range(3):
        assert producer.init() == 0
    if state == "Empty":
        return producer
    if not is_tv2:
        assert producer.add(P0) == {P0: 0}
    assert producer.write(b"1", topic="matrix").error_code == 0
    if state != "Ongoing":
        assert producer.end(is_commit=state == "CompleteCommit") == 0
    patiently(lambda: producer.state() == state)
    return producer


def end(is_commit: bool, version: int, epoch: int) -> Callable[[TransactionalProducer], Any]:
    """EndTxn with an epoch relative to the current one."""

    def ask(producer: TransactionalProducer) -> Any:
        before = producer.producer_epoch
        producer.producer_epoch += epoch
        code = producer.end(is_commit=is_commit, version=version)
        told = producer.producer_epoch - before if code == 0 and version >= 5 else None
        return [NAMES[code], told]

    return ask


def init(version: int, identity: Callable[[TransactionalProducer], tuple[int, int]] | None) -> Callable[..., Any]:
    """InitProducerId; where it says CONCURRENT_TRANSACTIONS once more."""

    def ask(producer: TransactionalProducer) -> Any:
        before = producer.producer_epoch
        fields = {}
        if identity is not None:
            fields["producer_id"], fields["producer_epoch"] = identity(producer)
        codes = [producer.init(version=version, **fields)]
        deadline = time.monotonic() + PATIENCE_S
        while codes[-1] == CONCURRENT_TRANSACTIONS and time.monotonic() < deadline:
            codes.append(producer.init(version=version, **fields))
        words = [NAMES[code] for code, _ in itertools.groupby(codes)]
        return [*words, producer.producer_epoch - before if codes[-1] == 0 else None]

    return ask


def changed(ask: Callable[[TransactionalProducer], Any], *, epoch: int = 0, producer_id: int = 0) -> Callable[..., Any]:
    """The same from a producer with another epoch or id."""

    def ask_as_another(producer: TransactionalProducer) -> Any:
        producer.producer_epoch += epoch
        producer.producer_id += producer_id
        return ask(producer)

    return ask_as_another


def add(version: int) -> Callable[[TransactionalProducer], Any]:
    """AddPartitionsToTxn of a partition that is not in the transaction."""
    return lambda producer: [NAMES[code] for code in producer.add(P1, version=version).values()]


def add_missing(producer: TransactionalProducer) -> Any:
    """AddPartitionsToTxn with a partition that does not exist."""
    return sorted((*place, NAMES[code]) for place, code in producer.add(P1, ("matrix", 7), version=3).items())


def add_offsets(version: int) -> Callable[[TransactionalProducer], Any]:
    """AddOffsetsToTxn."""
    return lambda producer: NAMES[producer.add_offsets(GROUP, version=version)]


def commit_offsets(version: int, **fields: Any) -> Callable[[TransactionalProducer], Any]:
    """TxnOffsetCommit without AddOffsetsToTxn."""
    return lambda producer: [
        NAMES[code] for code in producer.commit_offsets(GROUP, {P0: 1}, version=version, **fields).values()
    ]


def commit_added_offsets(producer: TransactionalProducer) -> Any:
    """TxnOffsetCommit after AddOffsetsToTxn."""
    return [NAMES[producer.add_offsets(GROUP)], *commit_offsets(4)(producer)]


def write(version: int, partition: int, sequence: int | None = None) -> Callable[[TransactionalProducer], Any]:
    """Produce."""

    def ask(producer: TransactionalProducer) -> Any:
        answer = producer.write(b"2", topic="matrix", partition=partition, version=version, sequence=sequence)
        return NAMES[answer.error_code]

    return ask


def write_without_id(producer: TransactionalProducer) -> Any:
    """Produce of transactional records without a transactional id."""
    from kafkalite.records.builder import build_batch

    batch = build_batch(
        [(None, b"2")],
        now_ms=0,
        producer_id=producer.producer_id,
        producer_epoch=producer.producer_epoch,
        base_sequence=0,
        is_transactional=True,
    )
    return NAMES[producer.produce({P1: batch}, version=9, transactional_id=None)[P1].error_code]


def describe(producer: TransactionalProducer) -> Any:
    """DescribeTransactions."""
    one = producer.describe()
    topics = [(topic.topic, sorted(topic.partitions)) for topic in one.topics]
    return [NAMES[one.error_code], one.transaction_state, one.transaction_timeout_ms, topics]


REQUESTS: dict[str, Callable[[TransactionalProducer], Any]] = {
    **{
        f"EndTxn v{version} {'commit' if is_commit else 'abort'} epoch{epoch:+d}": end(is_commit, version, epoch)
        for version in (1, 4, 5)
        for is_commit in (True, False)
        for epoch in (-2, -1, 0, 1)
    },
    "EndTxn v5 of another producer id": changed(end(True, 5, 0), producer_id=1_000_000),
    "EndTxn v4 of another producer id": changed(end(True, 4, 0), producer_id=1_000_000),
    "InitProducerId v4": init(4, None),
    "InitProducerId v1": init(1, None),
    "InitProducerId v4 comes back": init(4, lambda it: (it.producer_id, it.producer_epoch)),
    "InitProducerId v4 comes back with the last epoch": init(4, lambda it: (it.producer_id, it.producer_epoch - 1)),
    "InitProducerId v4 comes back with the next epoch": init(4, lambda it: (it.producer_id, it.producer_epoch + 1)),
    "InitProducerId v3 comes back with another id": init(3, lambda it: (it.producer_id + 1_000_000, 0)),
    "InitProducerId v4 comes back with another id": init(4, lambda it: (it.producer_id + 1_000_000, 0)),
    "InitProducerId v4 with an id and no epoch": init(4, lambda it: (it.producer_id, -1)),
    **{f"AddPartitionsToTxn v{version}": add(version) for version in (0, 3)},
    **{f"AddPartitionsToTxn v{version} with the last epoch": changed(add(version), epoch=-1) for version in (1, 3)},
    "AddPartitionsToTxn v3 with the next epoch": changed(add(3), epoch=1),
    "AddPartitionsToTxn v3 of another producer id": changed(add(3), producer_id=1_000_000),
    "AddPartitionsToTxn v3 with a partition that is missing": add_missing,
    "AddOffsetsToTxn v3": add_offsets(3),
    "AddOffsetsToTxn v1 with the last epoch": changed(add_offsets(1), epoch=-1),
    "AddOffsetsToTxn v3 with the last epoch": changed(add_offsets(3), epoch=-1),
    **{f"TxnOffsetCommit v{version}": commit_offsets(version) for version in (0, 3, 4, 5, 6)},
    "TxnOffsetCommit v4 after AddOffsetsToTxn": commit_added_offsets,
    **{
        f"TxnOffsetCommit v{version} with the last epoch": changed(commit_offsets(version), epoch=-1)
        for version in (4, 5, 6)
    },
    "TxnOffsetCommit v5 with the next epoch": changed(commit_offsets(5), epoch=1),
    "TxnOffsetCommit v5 of another producer id": changed(commit_offsets(5), producer_id=1_000_000),
    **{
        f"TxnOffsetCommit v{version} of a member that is none": commit_offsets(
            version, generation_id_or_member_epoch=3, member_id="nobody"
        )
        for version in (5, 6)
    },
    **{f"Produce v{version} to another partition": write(version, 1) for version in (3, 10, 11, 12)},
    **{f"Produce v{version} to the partition": write(version, 0) for version in (3, 11, 12)},
    **{
        f"Produce v{version} to another partition with the {word} epoch": changed(write(version, 1), epoch=epoch)
        for version in (11, 12)
        for word, epoch in (("last", -1), ("next", 1))
    },
    **{
        f"Produce v{version} of another producer id": changed(write(version, 1), producer_id=1_000_000)
        for version in (11, 12)
    },
    **{f"Produce v{version} with a gap": write(version, 1, 5) for version in (11, 12)},
    "Produce v9 without the transactional id": write_without_id,
    "DescribeTransactions": describe,
}


def answers(broker: RemoteBroker) -> Iterator[tuple[str, Any]]:
    """Yield (what was done, the answer) for the whole matrix."""
    for is_tv2, state, (name, ask) in itertools.product((True, False), STATES, REQUESTS.items()):
        producer = bring_to(broker, state, is_tv2=is_tv2)
        yield f"{'TV2' if is_tv2 else 'TV1'} {state}: {name}", ask(producer)


if __name__ == "__main__":
    remote = RemoteBroker(int(sys.argv[1].rpartition(":")[2]))
    settle(remote)
    lines = [f"{json.dumps(name)}: {json.dumps(answer)}" for name, answer in answers(remote)]
    print("{\n" + ",\n".join(lines) + "\n}")
