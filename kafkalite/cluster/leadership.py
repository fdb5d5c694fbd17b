"""Leader elections as brokers come and go: the partition records of a start and of a stop.

At most one broker can lead here: this one. Other brokers that a cluster of Kafka left in the metadata are gone.

Ongoing reassignments stay unchanged; Kafka completes one if such a change brings its last replica into sync.

Source: org.apache.kafka.controller.ReplicationControlManager.generateLeaderAndIsrUpdates, PartitionChangeBuilder
(KIP-631, KIP-966).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.configs.broker import effective_broker_config
from kafkalite.cluster.image import NO_LEADER
from kafkalite.cluster.resource_types import TOPIC
from kafkalite.cluster.topics_delta import change_partition
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from kafkalite.cluster.configs.broker import BrokerConfigs
    from kafkalite.cluster.image import MetadataImage, PartitionImage

RECOVERING = 1
"""LeaderRecoveryState of a partition whose leader was elected uncleanly."""

_MIN_IN_SYNC_REPLICAS = "min.insync.replicas"
_UNCLEAN_ELECTION = "unclean.leader.election.enable"
_NOBODY: frozenset[int] = frozenset()


class ElectionRules:
    """The configurations of an image that decide elections.

    Args:
        static: the broker's properties at its start.
        node_id: the id of this broker.
    """

    __slots__ = ("_configs", "_defaults", "is_elr_enabled")

    def __init__(self, image: MetadataImage, static: BrokerConfigs, node_id: int) -> None:
        broker = effective_broker_config(image.configs, static, node_id)
        self.is_elr_enabled = image.features.is_elr_enabled()
        self._configs = image.configs
        self._defaults = {name: broker.get(name) or "" for name in (_MIN_IN_SYNC_REPLICAS, _UNCLEAN_ELECTION)}

    def min_in_sync_replicas(self, topic: str) -> int:
        """Return `min.insync.replicas` of a topic."""
        return int(self._find(topic, _MIN_IN_SYNC_REPLICAS))

    def is_unclean_election_enabled(self, topic: str) -> bool:
        """Return `unclean.leader.election.enable` of a topic."""
        return self._find(topic, _UNCLEAN_ELECTION).strip().lower() == "true"

    def _find(self, topic: str, name: str) -> str:
        return self._configs.of(TOPIC, topic).get(name) or self._defaults[name]


class Elections:
    """Elections on all partitions of an image, one round after the other.

    Attributes:
        records: the changes of all rounds so far, in order.
    """

    __slots__ = ("_image", "_partitions", "_rules", "records")

    def __init__(self, image: MetadataImage, rules: ElectionRules) -> None:
        self.records: list[PartitionChangeRecord] = []
        self._image = image
        self._rules = rules
        self._partitions = {topic_id: topic.partitions for topic_id, topic in image.topics.by_id.items()}

    def remove(self, gone: AbstractSet[int], unclean: AbstractSet[int] = _NOBODY, candidate: int = NO_LEADER) -> None:
        """Remove brokers that are gone from leadership and ISRs.

        Args:
            gone: brokers that are fenced, or in a controlled shutdown.
            unclean: brokers that stopped without a clean shutdown: with eligible leader replicas they also lose their
                eligibility; otherwise they are merely gone.
            candidate: the broker that may lead instead, -1 for none.
        """
        if not self._rules.is_elr_enabled:
            gone, unclean = gone | unclean, _NOBODY
        left = gone | unclean
        if not left:
            return

        def is_concerned(partition: PartitionImage) -> bool:
            if not left.isdisjoint(partition.isr):
                return True
            return bool(unclean) and not unclean.isdisjoint(partition.eligible_leader_replicas)

        self._run(is_concerned, left, unclean, candidate)

    def elect(self, broker_id: int) -> None:
        """Make a broker the leader of each partition without leader for which it is eligible."""
        self._run(lambda partition: partition.leader == NO_LEADER, _NOBODY, _NOBODY, broker_id)

    def _run(
        self,
        is_concerned: Callable[[PartitionImage], bool],
        left: AbstractSet[int],
        unclean: AbstractSet[int],
        candidate: int,
    ) -> None:
        for topic in self._image.topics.by_name.values():
            before = self._partitions[topic.topic_id]
            concerned = [index for index, partition in enumerate(before) if is_concerned(partition)]
            if not concerned:
                continue
            election = _Election(self._rules, topic.name, candidate, unclean)
            after = list(before)
            for index in concerned:
                partition = before[index]
                record = PartitionChangeRecord(partition_id=index, topic_id=topic.topic_id)
                if election.fill_in(record, partition, tuple(each for each in partition.isr if each not in left)):
                    self.records.append(record)
                    after[index] = change_partition(partition, record)
            self._partitions[topic.topic_id] = tuple(after)


class _Election:
    """One round of elections on the partitions of one topic."""

    def __init__(self, rules: ElectionRules, topic: str, candidate: int, unclean: AbstractSet[int]) -> None:
        self._is_elr_enabled = rules.is_elr_enabled
        self._is_unclean_enabled = rules.is_unclean_election_enabled(topic)
        self._min_in_sync_replicas = rules.min_in_sync_replicas(topic)
        self._candidate = candidate
        self._unclean = unclean

    def fill_in(self, record: PartitionChangeRecord, partition: PartitionImage, isr: tuple[int, ...]) -> bool:
        """Set the fields of the record that change with this ISR, and return whether any does."""
        elr = self._eligible_replicas(partition, isr)
        leader, is_unclean = self._find_leader(partition, isr, elr)
        if leader != partition.leader:
            record.leader = leader
            if is_unclean:
                isr, elr = (leader,), ()
                if partition.leader_recovery_state != RECOVERING:
                    record.leader_recovery_state = RECOVERING
            elif leader in elr:
                isr, elr = (leader,), tuple(each for each in elr if each != leader)
        if elr != partition.eligible_leader_replicas:
            record.eligible_leader_replicas = list(elr)
        if isr != partition.isr and (isr or self._is_elr_enabled):  # without ELR the last one stays in sync
            record.isr = list(isr)
        if self._is_elr_enabled and leader != partition.leader:
            if leader == NO_LEADER and not partition.last_known_elr:
                record.last_known_elr = [partition.leader]
            elif leader != NO_LEADER and partition.last_known_elr:
                record.last_known_elr = []
        return leader != partition.leader or record.isr is not None or record.eligible_leader_replicas is not None

    def _eligible_replicas(self, partition: PartitionImage, isr: tuple[int, ...]) -> tuple[int, ...]:
        if not self._is_elr_enabled or len(isr) >= min(self._min_in_sync_replicas, len(partition.replicas)):
            return ()
        candidates = {*partition.eligible_leader_replicas, *partition.isr}
        return tuple(sorted(candidates.difference(isr, self._unclean)))

    def _find_leader(self, partition: PartitionImage, isr: tuple[int, ...], elr: tuple[int, ...]) -> tuple[int, bool]:
        """Return the leader and whether its election is unclean."""
        candidate = self._candidate
        if candidate in (isr or elr):
            return candidate, False
        if candidate != NO_LEADER:
            is_last_known = self._is_elr_enabled and not isr and not elr and partition.last_known_elr == (candidate,)
            if is_last_known or (self._is_unclean_enabled and candidate in partition.replicas):
                return candidate, True
        return NO_LEADER, False
