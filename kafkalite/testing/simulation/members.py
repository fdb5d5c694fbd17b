"""Members of consumer groups of both protocols, with their common reading and committing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol import errors
from kafkalite.protocol.messages.consumer_group_heartbeat_request import ConsumerGroupHeartbeatRequest, TopicPartitions
from kafkalite.protocol.messages.heartbeat_request import HeartbeatRequest
from kafkalite.protocol.messages.join_group_request import JoinGroupRequest, JoinGroupRequestProtocol
from kafkalite.protocol.messages.leave_group_request import LeaveGroupRequest, MemberIdentity
from kafkalite.protocol.messages.offset_commit_request import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitRequestTopic,
)
from kafkalite.protocol.messages.offset_fetch_request import (
    OffsetFetchRequest,
    OffsetFetchRequestGroup,
    OffsetFetchRequestTopics,
)
from kafkalite.protocol.messages.sync_group_request import SyncGroupRequest, SyncGroupRequestAssignment
from kafkalite.testing.simulation.client import RECONNECT_MAX_MS, Lost
from kafkalite.testing.simulation.history import Commit, Lookup, Ownership
from kafkalite.testing.simulation.producers import TRY_AGAIN
from kafkalite.testing.simulation.readers import PartitionReader

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from kafkalite.model.identifiers import TopicPartition
    from kafkalite.system.clock import ManualClock
    from kafkalite.testing.simulation.client import Client
    from kafkalite.testing.simulation.history import History

SESSION_TIMEOUT_MS = 3000
REBALANCE_TIMEOUT_MS = 60_000
"""Longer than any simulation: members lose their partitions only by silence, which the checkers can see."""

GENERATION_LOST = frozenset(
    (
        errors.ILLEGAL_GENERATION,
        errors.UNKNOWN_MEMBER_ID,
        errors.FENCED_MEMBER_EPOCH,
        errors.STALE_MEMBER_EPOCH,
        errors.REBALANCE_IN_PROGRESS,
    )
)


class Member:
    """One member of a group, which reads its partitions and commits its positions.

    Args:
        group: its id.
        partitions, topic_id: of its topic.
        is_over: returns whether it is time to leave.

    Attributes:
        reader: its positions.
    """

    def __init__(
        self,
        name: str,
        group: str,
        client: Client,
        clock: ManualClock,
        history: History,
        random: Random,
        partitions: list[TopicPartition],
        topic_id: bytes,
        is_over: Callable[[], bool],
    ) -> None:
        self.name = name
        self.group = group
        self._client = client
        self._clock = clock
        self._history = history
        self._random = random
        self._partitions = partitions
        self._topic_id = topic_id
        self._is_over = is_over
        self._member_id = ""
        self._epoch = -1
        self.reader = PartitionReader(name, client, history, random)
        self._owned: dict[TopicPartition, Ownership] = {}

    async def _pause(self, max_ms: int = RECONNECT_MAX_MS) -> None:
        await self._client.sleep(self._random.randrange(max_ms))

    # ---- partitions that come and go -------------------------------------------------------------------------------

    def _own(self, partition: TopicPartition, generation: int) -> None:
        now_ms = self._clock.monotonic_ms()
        ownership = Ownership(self.group, generation, self.name, partition, now_ms, now_ms)
        self._owned[partition] = ownership
        self._history.ownerships.append(ownership)

    def _release(self, partition: TopicPartition) -> None:
        self._owned.pop(partition).released_ms = self._clock.monotonic_ms()
        self.reader.stints.pop(partition, None)

    def _release_all(self) -> None:
        for partition in list(self._owned):
            self._release(partition)

    # ---- offsets ---------------------------------------------------------------------------------------------------

    async def _find_positions(self, partitions: list[TopicPartition]) -> None:
        """Begin to read partitions at the committed offsets of the group.

        Raises:
            Lost: there is no response.
        """
        while partitions:
            invoked_at = self._history.now()
            topics = [
                OffsetFetchRequestTopics(
                    name=partitions[0].topic, partition_indexes=[each.partition for each in partitions]
                )
            ]
            request = OffsetFetchRequest(groups=[OffsetFetchRequestGroup(group_id=self.group, topics=topics)])
            [group] = (await self._client.ask(request, 8)).groups
            if group.error_code in TRY_AGAIN:
                await self._pause()
                continue
            if group.error_code:
                raise AssertionError(f"{self.name} hears {errors.NAMES[group.error_code]} from OffsetFetch")
            completed_at = self._history.now()
            for answer in group.topics[0].partitions:
                partition = next(each for each in partitions if each.partition == answer.partition_index)
                offset = answer.committed_offset
                self._history.lookups.append(Lookup(self.group, partition, offset, invoked_at, completed_at))
                self.reader.seek(partition, max(0, offset))
            return

    async def _commit(self) -> bool:
        """Commit the positions; return False if the generation has ended.

        Raises:
            Lost: there is no response.
        """
        stints = [stint for stint in self.reader.stints.values() if stint.position > stint.start_offset]
        if not stints:
            return True
        invoked_at = self._history.now()
        commits = [Commit(self.group, self.name, stint.partition, stint.position, invoked_at) for stint in stints]
        self._history.commits += commits
        topic = OffsetCommitRequestTopic(
            name=stints[0].partition.topic,
            partitions=[
                OffsetCommitRequestPartition(partition_index=stint.partition.partition, committed_offset=stint.position)
                for stint in stints
            ],
        )
        request = OffsetCommitRequest(
            group_id=self.group, generation_id_or_member_epoch=self._epoch, member_id=self._member_id, topics=[topic]
        )
        response = await self._client.ask(request, 9)
        completed_at = self._history.now()
        is_lost = False
        for commit, answer in zip(commits, response.topics[0].partitions, strict=True):
            if answer.error_code == 0:
                commit.completed_at = completed_at
            elif answer.error_code in GENERATION_LOST:
                is_lost = True
            elif answer.error_code not in TRY_AGAIN:
                raise AssertionError(f"{self.name} hears {errors.NAMES[answer.error_code]} from OffsetCommit")
        return not is_lost

    async def _read_and_commit(self) -> bool:
        """Read once, and possibly commit or pause for too long; return False if the generation has ended.

        Raises:
            Lost: there is no response.
        """
        if self.reader.stints:
            await self.reader.poll()
        else:
            await self._pause(500)
        if self._random.random() < 0.03:
            await self._client.sleep(SESSION_TIMEOUT_MS + self._random.randrange(SESSION_TIMEOUT_MS))
        if self._random.random() < 0.5:
            return await self._commit()
        return True


class ClassicMember(Member):
    """A member by JoinGroup, SyncGroup and Heartbeat; the leader assigns the partitions in turn."""

    async def run(self) -> None:
        """Join the group, again after each loss of membership, until the simulation ends."""
        while not self._is_over():
            try:
                if await self._join():
                    await self._find_positions(list(self._owned))
                    while not self._is_over() and await self._read_and_commit() and await self._heartbeat():
                        await self._pause(500)
            except Lost:
                await self._pause()
            self._release_all()
        await self._leave()

    async def _join(self) -> bool:
        """Join and get partitions; return False if the member has to join again.

        Raises:
            Lost: there is no response.
        """
        response = await self._client.ask(
            JoinGroupRequest(
                group_id=self.group,
                session_timeout_ms=SESSION_TIMEOUT_MS,
                rebalance_timeout_ms=SESSION_TIMEOUT_MS,
                member_id=self._member_id,
                protocol_type="consumer",
                protocols=[JoinGroupRequestProtocol(name="turns", metadata=self.name.encode())],
            ),
            7,
        )
        code = response.error_code
        if code == errors.MEMBER_ID_REQUIRED:
            self._member_id = response.member_id
            return False
        if code == errors.UNKNOWN_MEMBER_ID:
            self._member_id = ""
            return False
        if code:
            if code not in TRY_AGAIN and code != errors.REBALANCE_IN_PROGRESS:
                raise AssertionError(f"{self.name} hears {errors.NAMES[code]} from JoinGroup")
            await self._pause()
            return False
        self._member_id, self._epoch = response.member_id, response.generation_id
        return await self._sync(response)

    async def _sync(self, joined: object) -> bool:
        members = sorted(member.member_id for member in joined.members)  # type: ignore[attr-defined]
        assignments = []
        for number, member_id in enumerate(members):
            dealt = [str(partition.partition) for partition in self._partitions[number :: len(members)]]
            assignments.append(SyncGroupRequestAssignment(member_id=member_id, assignment=",".join(dealt).encode()))
        response = await self._client.ask(
            SyncGroupRequest(
                group_id=self.group,
                generation_id=self._epoch,
                member_id=self._member_id,
                protocol_type="consumer",
                protocol_name="turns",
                assignments=assignments,
            ),
            5,
        )
        if response.error_code:
            return await self._goes_on(response.error_code, "SyncGroup")
        for index in bytes(response.assignment).decode().split(","):
            if index:
                self._own(next(each for each in self._partitions if each.partition == int(index)), self._epoch)
        return True

    async def _heartbeat(self) -> bool:
        """Send a Heartbeat; return False if the member has to join again.

        Raises:
            Lost: there is no response.
        """
        request = HeartbeatRequest(group_id=self.group, generation_id=self._epoch, member_id=self._member_id)
        code = (await self._client.ask(request, 4)).error_code
        return code == 0 or await self._goes_on(code, "Heartbeat")

    async def _goes_on(self, code: int, name: str) -> bool:
        """Handle an error; always return False, since the member joins again."""
        if code == errors.UNKNOWN_MEMBER_ID:
            self._member_id = ""
        elif code not in GENERATION_LOST:
            if code not in TRY_AGAIN:
                raise AssertionError(f"{self.name} hears {errors.NAMES[code]} from {name}")
            await self._pause()
        return False

    async def _leave(self) -> None:
        request = LeaveGroupRequest(group_id=self.group, members=[MemberIdentity(member_id=self._member_id)])
        await self._client.ask_again(request, 4)


class ServerAssignedMember(Member):
    """A member by ConsumerGroupHeartbeat (KIP-848)."""

    async def run(self) -> None:
        """Be a member until the simulation ends."""
        self._member_id = f"member-{self.name}"
        self._epoch = 0
        while not self._is_over():
            try:
                if await self._heartbeat():
                    if not await self._read_and_commit():
                        self._is_told_all = False
                    await self._pause(500)
            except Lost:
                self._is_told_all = False
                await self._pause()
        await self._leave()

    _is_told_all = False
    """Whether the coordinator has the whole state of the member, so that a short heartbeat suffices."""

    async def _heartbeat(self) -> bool:
        """Report the owned partitions and follow the assignment; return False if the member has to join again.

        Raises:
            Lost: there is no response.
        """
        request = ConsumerGroupHeartbeatRequest(
            group_id=self.group, member_id=self._member_id, member_epoch=self._epoch
        )
        if not self._is_told_all:
            owned = [partition.partition for partition in self._owned]
            request.rebalance_timeout_ms = REBALANCE_TIMEOUT_MS
            request.subscribed_topic_names = [self._partitions[0].topic]
            request.topic_partitions = [TopicPartitions(topic_id=self._topic_id, partitions=owned)] if owned else []
        sent_ms = self._clock.monotonic_ms()
        response = await self._client.ask(request, 1)
        code = response.error_code
        if code in GENERATION_LOST:
            self._release_all()
            self._epoch, self._is_told_all = 0, False
            return False
        if code:
            if code not in TRY_AGAIN:
                raise AssertionError(f"{self.name} hears {errors.NAMES[code]} from ConsumerGroupHeartbeat")
            await self._pause()
            return False
        self._epoch, self._is_told_all = response.member_epoch, True
        for ownership in self._owned.values():
            ownership.lapses_ms = sent_ms + SESSION_TIMEOUT_MS
        if response.assignment is not None:
            await self._reconcile(
                {index for topic in response.assignment.topic_partitions for index in topic.partitions}, sent_ms
            )
        return True

    async def _reconcile(self, assigned: set[int], sent_ms: int) -> None:
        """Release partitions that are no longer assigned, begin to read new ones, and report both next time.

        Raises:
            Lost: there is no response.
        """
        revoked = [partition for partition in self._owned if partition.partition not in assigned]
        added = [each for each in self._partitions if each.partition in assigned and each not in self._owned]
        if revoked:
            await self._commit()
        self._is_told_all = not revoked and not added
        for partition in revoked:
            self._release(partition)
        for partition in added:
            self._own(partition, -1)
            self._owned[partition].lapses_ms = sent_ms + SESSION_TIMEOUT_MS
        await self._find_positions(added)

    async def _leave(self) -> None:
        self._release_all()
        request = ConsumerGroupHeartbeatRequest(group_id=self.group, member_id=self._member_id, member_epoch=-1)
        await self._client.ask_again(request, 1)
