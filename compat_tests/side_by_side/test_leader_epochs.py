"""Leader epochs in a broker's answers before and after restarts, also after the loss of a log's end (KIP-320).

The answers are Apache Kafka's: a start raises every leader epoch by two, one for the end of the leadership before it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from compat_tests.broker_process import Broker
from compat_tests.clients.confluent_client import ConfluentKafka
from compat_tests.clients.model import Record
from compat_tests.clients.test_truncation import cut_log
from compat_tests.side_by_side.broker_state import StateReader
from kafkalite.dissector import dissect_records

NONE, OFFSET_OUT_OF_RANGE, FENCED_LEADER_EPOCH, UNKNOWN_LEADER_EPOCH = 0, 1, 74, 75
LATEST, EARLIEST, MAX_TIMESTAMP = -1, -2, -3
NO_ANSWER = (-1, -1)
GROUP = "readers"


class Epochs:
    """Asks one broker about the leader epochs of partition 0 of a topic."""

    def __init__(self, port: int, topic: str) -> None:
        self._reader = StateReader(port)
        self._topic = topic
        [told] = self._reader.ask("Metadata", {"Topics": [{"Name": topic}]})["Topics"]
        self._topic_id = told["TopicId"]
        [partition] = told["Partitions"]
        self.metadata = (partition["LeaderEpoch"], partition["IsrNodes"] == [partition["LeaderId"]])

    def described(self) -> tuple[int, list[int], list[int]]:
        """Return leader epoch, eligible leader replicas, last known ones."""
        [told] = self._reader.ask("DescribeTopicPartitions", {"Topics": [{"Name": self._topic}]})["Topics"]
        [partition] = told["Partitions"]
        return partition["LeaderEpoch"], partition["EligibleLeaderReplicas"], partition["LastKnownElr"]

    def found(self, timestamp: int, current: int = -1) -> tuple[int, int, int]:
        """Return error, offset and leader epoch of ListOffsets."""
        asked = {"PartitionIndex": 0, "Timestamp": timestamp, "CurrentLeaderEpoch": current}
        topics = [{"Name": self._topic, "Partitions": [asked]}]
        [told] = self._reader.ask("ListOffsets", {"ReplicaId": -1, "Topics": topics})["Topics"]
        [partition] = told["Partitions"]
        return partition["ErrorCode"], partition["Offset"], partition["LeaderEpoch"]

    def end(self, epoch: int, current: int = -1) -> tuple[int, int, int]:
        """Return error, epoch and end offset of OffsetForLeaderEpoch."""
        asked = {"Partition": 0, "CurrentLeaderEpoch": current, "LeaderEpoch": epoch}
        topics = [{"Topic": self._topic, "Partitions": [asked]}]
        [told] = self._reader.ask("OffsetForLeaderEpoch", {"ReplicaId": -1, "Topics": topics})["Topics"]
        [partition] = told["Partitions"]
        return partition["ErrorCode"], partition["LeaderEpoch"], partition["EndOffset"]

    def fetch(self, offset: int, *, current: int = -1, last: int = -1) -> dict[str, Any]:
        """Return the answer of the partition to a Fetch that does not wait."""
        asked = {"Partition": 0, "CurrentLeaderEpoch": current, "FetchOffset": offset, "LastFetchedEpoch": last}
        asked |= {"LogStartOffset": -1, "PartitionMaxBytes": 1 << 20}
        topics = [{"Topic": self._topic, "TopicId": self._topic_id, "Partitions": [asked]}]
        [told] = self._reader.ask("Fetch", {"MaxWaitMs": 0, "MinBytes": 0, "Topics": topics})["Responses"]
        partition: dict[str, Any] = told["Partitions"][0]
        return partition

    def fetched(self, offset: int, *, current: int = -1, last: int = -1) -> tuple[int, tuple[int, int] | None]:
        """Return error, and epoch and end offset where the log went another way than the client's."""
        answer = self.fetch(offset, current=current, last=last)
        diverging = answer["DivergingEpoch"]
        return answer["ErrorCode"], None if diverging["Epoch"] < 0 else (diverging["Epoch"], diverging["EndOffset"])

    def batches(self) -> list[Any]:
        """Return the batches as parsed."""
        found = dissect_records(self.fetch(0)["Records"]).children
        return [each for each in found if each.value is not None and "baseOffset" in each.value]

    def batch_epochs(self) -> list[tuple[int, int]]:
        """Return base offset and leader epoch of each batch."""
        return [(each.value["baseOffset"], each.value["partitionLeaderEpoch"]) for each in self.batches()]

    def marker_epochs(self) -> list[int]:
        """Return the coordinator epochs in the markers of transactions."""
        controls = [each for each in self.batches() if each.value["attributes"] & 0x20]
        values = [record.value["value"] for each in controls for record in each.walk() if record.type == "Record"]
        return [int.from_bytes(value[2:6], "big") for value in values]

    def internal_epochs(self) -> dict[str, set[int]]:
        """Return the leader epochs of each internal topic's partitions."""
        names = ("__consumer_offsets", "__transaction_state")
        topics = self._reader.ask("Metadata", {"Topics": [{"Name": name} for name in names]})["Topics"]
        return {topic["Name"]: {each["LeaderEpoch"] for each in topic["Partitions"]} for topic in topics}

    def commit(self, offset: int, leader_epoch: int) -> None:
        """Commit an offset as a client does that knows where it is from."""
        partition = {"PartitionIndex": 0, "CommittedOffset": offset, "CommittedLeaderEpoch": leader_epoch}
        topics = [{"Name": self._topic, "TopicId": self._topic_id, "Partitions": [partition]}]
        fields = {"GroupId": GROUP, "GenerationIdOrMemberEpoch": -1, "Topics": topics}
        [told] = self._reader.ask("OffsetCommit", fields)["Topics"]
        assert told["Partitions"][0]["ErrorCode"] == NONE, told

    def committed(self) -> tuple[int, int]:
        """Return the committed offset and its leader epoch."""
        topics = [{"Name": self._topic, "TopicId": self._topic_id, "PartitionIndexes": [0]}]
        [told] = self._reader.ask("OffsetFetch", {"Groups": [{"GroupId": GROUP, "Topics": topics}]})["Groups"]
        [partition] = told["Topics"][0]["Partitions"]
        return partition["CommittedOffset"], partition["CommittedLeaderEpoch"]

    def quorum_epoch(self) -> int:
        """Return the leader epoch of the metadata's quorum."""
        topics = [{"TopicName": "__cluster_metadata", "Partitions": [{"PartitionIndex": 0}]}]
        [told] = self._reader.ask("DescribeQuorum", {"Topics": topics})["Topics"]
        epoch: int = told["Partitions"][0]["LeaderEpoch"]
        return epoch


def produce(broker: Broker, topic: str, *values: bytes) -> None:
    """Produce each value as a separate batch."""
    client = ConfluentKafka(broker.bootstrap_servers)
    for value in values:
        client.produce(topic, [Record(value)])
    client.close()


def transact(broker: Broker, topic: str, value: bytes, *, end_offset: int) -> None:
    """Produce a value in a transaction; Kafka writes its marker after the answer to the commit."""
    producer = ConfluentKafka(broker.bootstrap_servers).open_transactional_producer(topic)
    producer.init()
    producer.begin()
    producer.send(topic, 0, value)
    producer.commit()
    producer.close()
    epochs = Epochs(broker.port, topic)
    while epochs.found(LATEST)[1] < end_offset:
        pass  # bounded by the time limit of the test; each round is a round trip


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_epochs_over_a_restart(how: str, own_broker: Broker, topic_name: Callable[[], str]) -> None:
    topic = topic_name()
    produce(own_broker, topic, b"0", b"1", b"2")
    transact(own_broker, topic, b"3", end_offset=5)
    before = Epochs(own_broker.port, topic)
    before.commit(2, 0)
    assert before.metadata == (0, True)
    assert (before.found(EARLIEST), before.found(LATEST)) == ((NONE, 0, 0), (NONE, 5, 0))
    assert (before.end(0), before.end(1)) == ((NONE, 0, 5), (NONE, *NO_ANSWER))
    assert before.fetched(5, current=0, last=0) == (NONE, None)
    assert before.fetched(5, current=1)[0] == UNKNOWN_LEADER_EPOCH
    internal, quorum_epoch = before.internal_epochs(), before.quorum_epoch()
    [coordinator_epoch] = before.marker_epochs()
    assert coordinator_epoch in internal["__transaction_state"]

    own_broker.restart(crash=how == "killed")

    after = Epochs(own_broker.port, topic)
    assert after.metadata == (2, True)
    assert after.described() == (2, [], [])
    assert after.internal_epochs() == {name: {epoch + 2 for epoch in epochs} for name, epochs in internal.items()}
    assert after.quorum_epoch() == quorum_epoch + 1
    assert after.committed() == (2, 0)
    assert (after.found(EARLIEST), after.found(LATEST)) == ((NONE, 0, 0), (NONE, 5, 2))
    ends = [(NONE, 0, 5), (NONE, 0, 5), (NONE, 2, 5), (NONE, *NO_ANSWER)]
    assert [after.end(epoch) for epoch in range(4)] == ends
    produce(own_broker, topic, b"4")
    transact(own_broker, topic, b"5", end_offset=8)
    assert after.batch_epochs() == [(0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 2), (6, 2), (7, 2)]
    assert after.marker_epochs() == [coordinator_epoch, coordinator_epoch + 2]
    assert [after.end(epoch, current=2) for epoch in range(3)] == [(NONE, 0, 5), (NONE, 0, 5), (NONE, 2, 8)]
    assert (after.found(EARLIEST), after.found(LATEST)) == ((NONE, 0, 0), (NONE, 8, 2))
    assert after.found(MAX_TIMESTAMP)[2] == 2
    for current, code in ((0, FENCED_LEADER_EPOCH), (1, FENCED_LEADER_EPOCH), (2, NONE), (3, UNKNOWN_LEADER_EPOCH)):
        assert after.found(LATEST, current)[0] == code
        assert after.end(0, current)[0] == code
        assert after.fetched(0, current=current)[0] == code
    assert after.fetch(0, current=0)["CurrentLeader"]["LeaderEpoch"] == 2
    assert after.fetched(5, current=2, last=0) == (NONE, None), "all of epoch 0 is still there"
    assert after.fetched(6, current=2, last=0) == (NONE, (0, 5)), "it ended before"
    assert after.fetched(6, current=2, last=1) == (NONE, (0, 5)), "and no record has epoch 1"
    assert after.fetched(8, current=2, last=2) == (NONE, None)
    assert after.fetched(8, current=2, last=3)[0] == OFFSET_OUT_OF_RANGE


def test_epochs_of_a_log_that_lost_its_end(own_broker: Broker, topic_name: Callable[[], str]) -> None:
    """The consumer at offset 10 learns that epoch 0 ends at 5."""
    topic = topic_name()
    produce(own_broker, topic, *(b"old %d" % number for number in range(10)))
    own_broker.kill()
    cut_log(own_broker.data_directory, topic, 5)
    own_broker.start()
    epochs = Epochs(own_broker.port, topic)
    assert epochs.end(0, current=2) == (NONE, 0, 5)
    produce(own_broker, topic, *(b"new %d" % number for number in range(10)))
    assert (epochs.end(0, current=2), epochs.end(2, current=2)) == ((NONE, 0, 5), (NONE, 2, 15))
    assert epochs.fetched(10, current=0)[0] == FENCED_LEADER_EPOCH
    assert epochs.fetched(10, current=2, last=0) == (NONE, (0, 5))


def test_epochs_over_many_restarts(own_broker: Broker, topic_name: Callable[[], str]) -> None:
    """Those in which nothing was written are none of the log's."""
    topic = topic_name()
    for number in range(4):
        if number != 2:
            produce(own_broker, topic, b"%d" % number)
        own_broker.restart(crash=number == 1)
    epochs = Epochs(own_broker.port, topic)
    assert epochs.metadata == (8, True)
    assert epochs.batch_epochs() == [(0, 0), (1, 2), (2, 6)]
    ends = [(0, 1), (0, 1), (2, 2), (2, 2), (2, 2), (2, 2), (6, 3), (6, 3), (8, 3)]
    assert [epochs.end(epoch)[1:] for epoch in range(9)] == ends
