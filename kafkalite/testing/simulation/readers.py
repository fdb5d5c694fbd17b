"""The reading of partitions like a consumer, and a consumer without a group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol import errors
from kafkalite.protocol.messages.fetch_request import FetchPartition, FetchRequest, FetchTopic, ForgottenTopic
from kafkalite.records.batch import iterate_batches, iterate_records
from kafkalite.testing.simulation.client import RECONNECT_MAX_MS, Lost
from kafkalite.testing.simulation.history import Stint
from kafkalite.testing.simulation.producers import TRY_AGAIN

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from kafkalite.testing.simulation.client import Client
    from kafkalite.testing.simulation.history import History

POLL_MS = 500
NO_SESSION = -1


def fetch_request(positions: dict[TopicPartition, int], *, max_wait_ms: int, is_read_committed: bool) -> FetchRequest:
    """Return a Fetch request for partitions at their positions, without a session."""
    topics: dict[str, FetchTopic] = {}
    for partition, offset in positions.items():
        topic = topics.setdefault(partition.topic, FetchTopic(topic=partition.topic, partitions=[]))
        one = FetchPartition(partition=partition.partition, fetch_offset=offset, partition_max_bytes=1 << 20)
        topic.partitions.append(one)
    return FetchRequest(
        max_wait_ms=max_wait_ms,
        min_bytes=1,
        max_bytes=1 << 22,
        isolation_level=int(is_read_committed),
        topics=list(topics.values()),
    )


def read_answer(answer: Any, position: int, *, is_read_committed: bool) -> tuple[list[tuple[int, bytes]], int]:
    """Return the records of one partition in a Fetch response, from a position on, and the next position.

    Control records are skipped; so are records of aborted transactions in a read_committed read.

    Source: CompletedFetch.
    """
    aborted = sorted((one.first_offset, one.producer_id) for one in answer.aborted_transactions or ())
    open_aborts: set[int] = set()
    read: list[tuple[int, bytes]] = []
    records = answer.records or b""
    for header in iterate_batches(records):
        while aborted and aborted[0][0] <= header.last_offset:
            open_aborts.add(aborted.pop(0)[1])
        if header.is_control:
            open_aborts.discard(header.producer_id)
        elif not (is_read_committed and header.is_transactional and header.producer_id in open_aborts):
            read += [(record.offset, record.value or b"") for record in iterate_records(records, header)]
        position = max(position, header.end_offset)
    return read, position


class FetchSession:
    """The client's half of an incremental fetch session: requests contain only changes.

    Source: KIP-227, FetchSessionHandler.
    """

    def __init__(self) -> None:
        self._id = 0
        self._epoch = 0
        self._known: dict[TopicPartition, int] = {}

    def begin_anew(self) -> None:
        """Request a new session with the next Fetch: the broker may not know this one, or may be ahead of it."""
        self._id = self._epoch = 0
        self._known = {}

    def request(self, positions: dict[TopicPartition, int], *, is_read_committed: bool) -> FetchRequest:
        """Return the next Fetch request for these positions."""
        changed = {partition: offset for partition, offset in positions.items() if self._known.get(partition) != offset}
        forgotten: dict[str, ForgottenTopic] = {}
        for partition in self._known:
            if partition not in positions:
                topic = forgotten.setdefault(partition.topic, ForgottenTopic(topic=partition.topic, partitions=[]))
                topic.partitions.append(partition.partition)
        request = fetch_request(changed, max_wait_ms=POLL_MS, is_read_committed=is_read_committed)
        request.session_id, request.session_epoch = self._id, self._epoch
        request.forgotten_topics_data = list(forgotten.values())
        return request

    def accept(self, response: Any, positions: dict[TopicPartition, int]) -> bool:
        """Process the response to a request for these positions; return False if the session no longer exists."""
        if response.error_code in (errors.FETCH_SESSION_ID_NOT_FOUND, errors.INVALID_FETCH_SESSION_EPOCH):
            self.begin_anew()
            return False
        self._id = response.session_id
        if self._id:
            self._epoch += 1
            self._known = positions
        else:
            self.begin_anew()
        return True


class PartitionReader:
    """The positions in partitions, and the records read there.

    Attributes:
        stints: of the partitions being read.
    """

    def __init__(self, name: str, client: Client, history: History, random: Random) -> None:
        self._name = name
        self._client = client
        self._history = history
        self._is_read_committed = random.random() < 0.5
        self._has_session = random.random() < 0.6
        self._session = FetchSession()
        self.stints: dict[TopicPartition, Stint] = {}

    def seek(self, partition: TopicPartition, offset: int) -> None:
        """Begin to read a partition at an offset."""
        stint = Stint(self._name, partition, offset, is_read_committed=self._is_read_committed)
        self._history.stints.append(stint)
        self.stints[partition] = stint

    def position(self, partition: TopicPartition) -> int:
        """Return the next offset to read; -1 if the partition is not being read."""
        stint = self.stints.get(partition)
        return -1 if stint is None else stint.position

    async def poll(self) -> None:
        """Fetch once; a partition that is unreadable at present keeps its position.

        Raises:
            Lost: there is no response.
        """
        stints = dict(self.stints)
        positions = {partition: stint.position for partition, stint in stints.items()}
        request = self._session.request(positions, is_read_committed=self._is_read_committed)
        if not self._has_session:
            request.session_epoch = NO_SESSION
        try:
            response = await self._client.ask(request, 12)
        except Lost:
            self._session.begin_anew()
            raise
        if not self._session.accept(response, positions):
            return
        if response.error_code:
            raise AssertionError(f"{self._name} hears {errors.NAMES[response.error_code]} from Fetch")
        for topic in response.responses:
            for answer in topic.partitions:
                self._take(stints[TopicPartition(topic.topic, answer.partition_index)], answer)

    def _take(self, stint: Stint, answer: Any) -> None:
        if answer.error_code in TRY_AGAIN:
            return
        if answer.error_code:
            name = errors.NAMES[answer.error_code]
            raise AssertionError(f"{self._name} hears {name} at offset {stint.position} of {stint.partition}")
        read, position = read_answer(answer, stint.position, is_read_committed=self._is_read_committed)
        # The broker sends the whole batch if the position is within it.
        stint.read += [(offset, value) for offset, value in read if offset >= stint.position]
        stint.position = position


class Reader:
    """A consumer without a group, which reads all partitions from their start.

    Attributes:
        reader: its positions.
    """

    def __init__(
        self,
        name: str,
        client: Client,
        history: History,
        random: Random,
        partitions: list[TopicPartition],
        is_over: Callable[[], bool],
    ) -> None:
        self._client = client
        self._random = random
        self._is_over = is_over
        self.reader = PartitionReader(name, client, history, random)
        for partition in partitions:
            self.reader.seek(partition, 0)

    async def run(self) -> None:
        """Read until the simulation ends."""
        while not self._is_over():
            try:
                await self.reader.poll()
                await self._client.sleep(self._random.randrange(POLL_MS))
            except Lost:
                await self._client.sleep(self._random.randrange(RECONNECT_MAX_MS))
