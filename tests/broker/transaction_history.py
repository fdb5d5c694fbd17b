"""A scripted history of transactions over a simulated disk, and what must hold of them after any crash in it."""

from __future__ import annotations

from typing import NamedTuple

from kafkalite.protocol.messages.offset_fetch_request import (
    OffsetFetchRequest,
    OffsetFetchRequestGroup,
    OffsetFetchRequestTopics,
)
from kafkalite.testing.simulated_clock import SimulatedClock
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.broker.played_broker import PlayedBroker
from tests.broker.transactional_producer import TransactionalProducer, read_committed

GROUP = "readers"
PARTITIONS = (0, 1)


class Ended(NamedTuple):
    """One transaction of the script: the numbers of disk operations when its end was asked for and answered."""

    number: int
    is_commit: bool
    end_begun_at: int
    answered_at: int

    @property
    def values(self) -> tuple[bytes, bytes]:
        """What it wrote, a value for each partition."""
        return b"%d on 0" % self.number, b"%d on 1" % self.number


class TransactionHistory:
    """Plays transactions of one producer: a record for each partition and an offset of a group in each of them.

    Args:
        properties: of the broker, the same for whoever starts again.

    Attributes:
        files: answers for every crash in the script.
        begun_at: the number of operations from which on crashes are of interest.
        ended: the transactions.
    """

    def __init__(self, *, is_tv2: bool, properties: dict[str, str] | None = None) -> None:
        self.is_tv2 = is_tv2
        self.properties = properties
        self.files = SimulatedFiles()
        self.files.make_directory("/data")
        self.files.flush_directory("/")
        self.played = PlayedBroker(self.files, properties=properties)
        self.played.create_topic(partitions=len(PARTITIONS))
        self.producer = TransactionalProducer(self.played, is_tv2=is_tv2)
        assert self.producer.init() == 0
        self.ended: list[Ended] = []
        self.transact(is_commit=True)  # makes the topic of offsets
        self.begun_at = self.operation_count

    @property
    def operation_count(self) -> int:
        """How many operations the disk has done."""
        return len(self.files.operations)

    def run(self) -> None:
        """Play on."""
        for is_commit in (True, False, True):
            self.transact(is_commit=is_commit)
        self.write(len(self.ended))

    def write(self, number: int) -> None:
        """Write all that belongs to a transaction, and leave it open."""
        if not self.is_tv2:
            codes = self.producer.add(*(("orders", partition) for partition in PARTITIONS))
            assert set(codes.values()) == {0}
            assert self.producer.add_offsets(GROUP) == 0
        for partition in PARTITIONS:
            answer = self.producer.write(b"%d on %d" % (number, partition), partition=partition)
            assert answer.error_code == 0
        assert self.producer.commit_offsets(GROUP, {("orders", 0): number}) == {("orders", 0): 0}

    def transact(self, *, is_commit: bool) -> None:
        """One whole transaction."""
        number = len(self.ended)
        self.write(number)
        begun_at = self.operation_count
        assert self.producer.end(is_commit=is_commit) == 0
        self.ended.append(Ended(number, is_commit, begun_at, self.operation_count))
        self.played.clock.advance(1)

    # ---- after a crash ----------------------------------------------------------------------------------------------

    def restart_on(self, files: SimulatedFiles) -> PlayedBroker:
        """Start a broker on what a crash left, at the time of the crash."""
        return PlayedBroker(files, properties=self.properties, clock=SimulatedClock(self.played.clock.now_ms()))

    def check(self, played: PlayedBroker, operation_count: int) -> None:
        """Hold a broker that started after so many operations against the script.

        Every transaction is there as a whole or not at all, in both partitions and in the group's offset; what was
        answered is as it was answered; nothing is stuck; and the producer goes on.
        """
        assert not any(played.broker.transactions.host.runtime(0).load().prepared)
        producer = TransactionalProducer(played, is_tv2=self.is_tv2)
        self.go_on(producer)
        seen = [set(read_committed(played, partition=partition)) for partition in PARTITIONS]
        last_committed = -1
        for one in self.ended:
            there = [value in seen[partition] for partition, value in zip(PARTITIONS, one.values, strict=True)]
            assert len(set(there)) == 1, f"transaction {one.number} is there in part: {there}"
            if one.answered_at <= operation_count:
                assert there[0] == one.is_commit
            if one.end_begun_at > operation_count or not one.is_commit:  # at equality its first write was under way
                assert not there[0]
            if there[0]:
                last_committed = one.number
        assert self.committed_offset(played) == last_committed

    def go_on(self, producer: TransactionalProducer) -> None:
        """A new producer of the same id takes over, and its transactions work."""
        for _ in range(3):
            if producer.init() == 0:
                break
        else:
            raise AssertionError(f"stuck in {producer.state()}")
        producer.transact(b"after the crash", partition=0)
        producer.transact(b"in vain", partition=1, is_commit=False)
        for partition in PARTITIONS:
            log = producer.played.broker.partitions.find("orders", partition)
            assert log is not None
            assert log.last_stable_offset == log.end_offset
        assert read_committed(producer.played)[-1] == b"after the crash"

    @staticmethod
    def committed_offset(played: PlayedBroker) -> int:
        """What the group has committed, as a consumer that waits for transactions hears it; -1 for nothing."""
        topics = [OffsetFetchRequestTopics(name="orders", partition_indexes=[0])]
        request = OffsetFetchRequest(
            require_stable=True, groups=[OffsetFetchRequestGroup(group_id=GROUP, member_id=None, topics=topics)]
        )
        [group] = played.ask(request, 8).groups
        assert group.error_code == 0
        [partition] = group.topics[0].partitions
        assert partition.error_code == 0
        return int(partition.committed_offset)
