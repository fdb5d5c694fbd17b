"""One simulated life of a broker: clients, network, disk and clock, all determined by one seed."""

from __future__ import annotations

from errno import EIO, ENOSPC
from logging import getLogger
from random import Random
from typing import TYPE_CHECKING, Any

from kafkalite.model.exceptions import StorageFault
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol.messages.create_topics_request import CreatableTopic, CreateTopicsRequest
from kafkalite.protocol.messages.offset_fetch_request import (
    OffsetFetchRequest,
    OffsetFetchRequestGroup,
    OffsetFetchRequestTopics,
)
from kafkalite.settings import merge_settings
from kafkalite.system.clock import ManualClock
from kafkalite.system.entropy import SeededEntropy
from kafkalite.testing.simulated_disk import FLUSH, WRITE
from kafkalite.testing.simulated_files import ProcessDied, SimulatedFiles
from kafkalite.testing.simulation.broker import DIRECTORY, SimulatedBroker
from kafkalite.testing.simulation.checkers import check
from kafkalite.testing.simulation.client import Client, Lost
from kafkalite.testing.simulation.history import History, LogRecord
from kafkalite.testing.simulation.members import ClassicMember, ServerAssignedMember
from kafkalite.testing.simulation.network import CALM, SimulatedNetwork, Weather
from kafkalite.testing.simulation.producers import OFFSETS_GROUP_OF, IdempotentProducer, TransactionalProducer
from kafkalite.testing.simulation.readers import PartitionReader, Reader, fetch_request, read_answer
from kafkalite.testing.simulation.tasks import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

_log = getLogger("kafkalite.testing.simulation")

TOPIC = "orders"
GROUP = "readers"
PARTITION_COUNT = 3
STORM_MS = 12_000
"""Duration of the faults; afterwards every client has to finish."""

BLOW_MAX_COUNT = 8
"""Limit of the number of blows to a broker, besides lost connections."""

DOWN_MAX_MS = 1500
"""The longest time until the restart of a broker that ended."""

START_MAX_COUNT = 10
"""Number of failed starts in a row after which the broker counts as unable to start."""

PATIENCE_MS = 120_000
"""Time without faults in which every client has to finish."""

PROPERTIES = {
    "offsets.topic.num.partitions": "1",
    "transaction.state.log.num.partitions": "1",
    "group.initial.rebalance.delay.ms": "0",
    "group.min.session.timeout.ms": "1000",
    "group.consumer.session.timeout.ms": "3000",
    "group.consumer.min.session.timeout.ms": "1000",
    "group.consumer.heartbeat.interval.ms": "1000",
    "group.consumer.min.heartbeat.interval.ms": "500",
    "log.flush.offset.checkpoint.interval.ms": "3000",
    "log.flush.scheduler.interval.ms": "2000",
    "log.roll.ms": "4000",
}

FLUSHED = {"log.flush.interval.messages": "1"}
"""Every append is flushed before its acknowledgement: a power cut must not lose any acknowledged record."""


class SimulationFailed(AssertionError):
    """A simulation failed; the message has the seed and the problem.

    Attributes:
        seed: repeats the same simulation.
    """

    def __init__(self, seed: int, problem: BaseException | str) -> None:
        text = problem if isinstance(problem, str) else f"{type(problem).__name__}: {problem}"
        super().__init__(f"seed {seed}: {text}")
        self.seed = seed


class Simulation:
    """One life of a broker, from the first start to the audit.

    Args:
        seed: determines everything.
        files_class: the kind of disk; one worse than `SimulatedFiles` proves that the checkers notice it.
        is_late: whether the broker's storage has late appends, like a shared store, which may fail later.

    Attributes:
        history: the requests of the clients, and their responses.
        crashes: the ends of the broker's processes, in order.
        event_count: number of instants of the clock with an event.
    """

    def __init__(self, seed: int, *, files_class: type[SimulatedFiles] = SimulatedFiles, is_late: bool = False) -> None:
        self.seed = seed
        self._is_late = is_late
        self.random = random = Random(seed)
        self.clock = ManualClock(1_700_000_000_000)
        self.network = SimulatedNetwork(self.clock, Random(random.random()))
        self.history = History()
        self.crashes: list[str] = []
        self.event_count = 0
        files = files_class(is_recorded=False)
        files.make_directory(DIRECTORY)
        files.flush_directory("/")
        # With Kafka's default only the process may die: acknowledged records are in the operating system's cache.
        self._is_flushed = random.random() < 0.7
        flags = PROPERTIES | FLUSHED if self._is_flushed else PROPERTIES
        settings = merge_settings(environ={}, flags=flags, data=DIRECTORY, port=0)
        entropy = SeededEntropy(seed)
        self.broker = SimulatedBroker(
            settings,
            files,
            self.clock,
            self.network,
            entropy,
            Random(random.random()),
            self._note_bug,
            is_late=is_late,
        )
        self.broker.on_end = self._restart_later
        self._bugs: list[BaseException] = []
        self._is_over = False
        self._producing: list[Task] = []
        self._consuming: list[Task] = []
        self._group_readers: list[PartitionReader] = []
        self._reader: PartitionReader | None = None
        self._partitions = [TopicPartition(TOPIC, index) for index in range(PARTITION_COUNT)]

    def run(self) -> History:
        """Run the simulation, and check and return its history.

        Raises:
            SimulationFailed: a promise of the broker is broken, or an unexpected exception occurred.
        """
        try:
            self._start()
            self._run("storm", self._storm())
            self.network.weather = CALM
            self._run_until("producers finish", lambda: all(task.is_done for task in self._producing))
            self._run_until("consumers read everything", self._is_everything_read)
            self._is_over = True
            self._run_until("consumers leave", lambda: all(task.is_done for task in self._consuming))
            self._run("audit", self._audit())
            check(self.history)
        except Exception as problem:
            raise SimulationFailed(self.seed, problem) from problem
        return self.history

    # ---- time ------------------------------------------------------------------------------------------------------

    def _run(self, name: str, coroutine: Coroutine[Any, Any, None]) -> None:
        task = Task(name, coroutine)
        self._run_until(f"the {name} ends", lambda: task.is_done)

    def _run_until(self, aim: str, is_done: Callable[[], bool]) -> None:
        deadline_ms = self.clock.monotonic_ms() + PATIENCE_MS
        while not is_done():
            try:
                if not self.clock.advance_to_next_deadline():
                    raise AssertionError("no further event is scheduled")
            except ProcessDied:
                self._bury("died while writing")
            self.event_count += 1
            if self._bugs:
                raise self._bugs[0]
            if self.clock.monotonic_ms() > deadline_ms:
                raise AssertionError(f"{PATIENCE_MS} ms of calm are not enough until {aim}")

    # ---- the broker ------------------------------------------------------------------------------------------------

    def _note_crash(self, how: str) -> None:
        self.crashes.append(how)
        _log.debug("%6d broker       %s", self.clock.monotonic_ms(), how)

    def _note_bug(self, bug: BaseException) -> None:
        self._bugs.append(bug)

    def _start(self) -> None:
        """Start the broker, repeatedly if it dies during the start or its disk fails."""
        problem: BaseException | None = None
        for _ in range(START_MAX_COUNT):
            try:
                self.broker.start()
                return
            except ProcessDied as death:
                problem = death
                self._note_crash("died while starting")
            except StorageFault as fault:
                problem = fault
                self._note_crash("could not start")
            self.broker.kill()
        raise AssertionError(f"the broker does not start: {problem!r}")

    def _bury(self, how: str) -> None:
        """Clean up after a process that died during an operation."""
        self._note_crash(how)
        if self._is_flushed and self.random.random() < 0.5:
            self.broker.cut_power()
        else:
            self.broker.kill()
        self._restart_later()
        if self._is_flushed and self.random.random() < 0.5:
            # Until now the operations in progress at the death of the process are neither lost nor durable.
            self.network.after(DOWN_MAX_MS + self.random.randrange(1000), self._cut_power_if_running)

    def _restart_later(self) -> None:
        """Restart the broker after some time."""
        self.network.after(self.random.randrange(DOWN_MAX_MS), self._start)

    def _cut_power_if_running(self) -> None:
        if self.broker.is_running:
            self._cut_power()

    async def _storm(self) -> None:
        """Create the topic, start the clients, and inject faults until the storm ends."""
        await self._begin()
        client = self._make_client("nemesis")
        self.network.weather = self._draw_weather()
        blows = [self._stop, self._kill, self._die_soon, self._break_disk, self._step_clock]
        if self._is_flushed:
            blows += [self._cut_power] * 3
        if self._is_late:
            blows += [self._fail_commit, self._doubt_commit] * 2
        end_ms = self.clock.monotonic_ms() + STORM_MS
        for instant_ms in sorted(
            self.random.randrange(STORM_MS) for _ in range(self.random.randrange(BLOW_MAX_COUNT + 1))
        ):
            await client.sleep(max(0, end_ms - STORM_MS + instant_ms - self.clock.monotonic_ms()))
            if self.broker.is_running:
                self.random.choice(blows)()
        await client.sleep(max(0, end_ms - self.clock.monotonic_ms()))

    def _draw_weather(self) -> Weather:
        random = self.random
        return Weather(
            delay_max_ms=random.choice((1, 5, 30)),
            slow_chance=random.choice((0.0, 0.05)),
            slow_max_ms=random.choice((100, 2000)),
            cut_chance=random.choice((0.0, 0.01, 0.05)),
            split_chance=random.choice((0.0, 0.1)),
        )

    def _stop(self) -> None:
        try:
            self.broker.stop()
        except ProcessDied:
            self._bury("died while stopping")
        else:
            self._note_crash("stopped")
            self._restart_later()

    def _kill(self) -> None:
        self._note_crash("killed")
        self.broker.kill()
        self._restart_later()

    def _cut_power(self) -> None:
        self._note_crash("power cut")
        self.broker.cut_power()
        self._restart_later()

    def _die_soon(self) -> None:
        self.broker.files.die_after(self.random.randrange(40), self.random)

    def _break_disk(self) -> None:
        kind = self.random.choice((FLUSH, WRITE))
        error = OSError(EIO, "Input/output error")
        if kind == WRITE and self.random.random() < 0.7:
            error = OSError(ENOSPC, "No space left on device")
        self.broker.files.fail(
            kind,
            error,
            skip_count=self.random.randrange(20),
            count=self.random.randint(1, 5),
            written_bytes=self.random.randrange(100) if kind == WRITE else 0,
        )

    def _fail_commit(self) -> None:
        assert self.broker.late_directory is not None
        self.broker.late_directory.fail_next = StorageFault("commit", DIRECTORY, "the store refused")

    def _doubt_commit(self) -> None:
        assert self.broker.late_directory is not None
        self.broker.late_directory.unknown_next = self.random.randrange(1, 50)

    def _step_clock(self) -> None:
        self.clock.set_now(self.clock.now_ms() + self.random.randint(-3_600_000, 3_600_000))

    # ---- the clients -----------------------------------------------------------------------------------------------

    def _make_client(self, name: str) -> Client:
        return Client(name, self.clock, self.network, Random(self.random.random()))

    async def _begin(self) -> None:
        """Create the topic and start the clients."""
        topic = CreatableTopic(name=TOPIC, num_partitions=PARTITION_COUNT, replication_factor=1)
        request = CreateTopicsRequest(topics=[topic], timeout_ms=1000)
        [created] = (await self._make_client("admin").ask_again(request, 7)).topics
        if created.error_code:
            raise AssertionError(f"the topic cannot be created: {created.error_code}")
        self._add_producers()
        self._add_consumers(created.topic_id)

    def _is_everything_read(self) -> bool:
        """Return whether the group and the reader, if they exist, have read all partitions."""
        if not self.broker.is_running:
            return False
        for partition in self._partitions:
            log = self.broker.broker.partitions.find(*partition)
            if log is None or log.last_stable_offset < log.end_offset:
                return False
            for readers in (self._group_readers, [self._reader] if self._reader else []):
                if readers and max(reader.position(partition) for reader in readers) < log.end_offset:
                    return False
        return True

    def _arguments(self, name: str, count: int) -> tuple[Any, ...]:
        random = Random(self.random.random())
        return name, self._make_client(name), self.clock, self.history, random, self._partitions, count

    def _add_producers(self) -> None:
        random = self.random
        for number in range(random.randint(0, 2)):
            name = f"writer-{number}"
            writer = IdempotentProducer(*self._arguments(name, random.randint(3, 10)))
            self._producing.append(Task(name, writer.run()))
        is_tv2 = random.random() < 0.5
        for number in range(random.randint(0, 2)):
            name = f"transactor-{number}"
            producer = TransactionalProducer(
                *self._arguments(name, random.randint(2, 5)),
                transactional_id="transactions",
                is_tv2=is_tv2,
                take_over_count=random.randint(1, 3),
            )
            self._producing.append(Task(name, producer.run()))

    def _add_consumers(self, topic_id: bytes) -> None:
        random = self.random
        member_class = random.choice((ClassicMember, ServerAssignedMember))
        for number in range(random.randint(0, 3)):
            name = f"member-{number}"
            member = member_class(
                name,
                GROUP,
                self._make_client(name),
                self.clock,
                self.history,
                Random(random.random()),
                self._partitions,
                topic_id,
                lambda: self._is_over,
            )
            self._group_readers.append(member.reader)
            self._consuming.append(Task(name, member.run()))
        if random.random() < 0.5:
            client = self._make_client("reader")
            reader = Reader(
                "reader", client, self.history, Random(random.random()), self._partitions, lambda: self._is_over
            )
            self._reader = reader.reader
            self._consuming.append(Task("reader", reader.run()))

    # ---- the end ---------------------------------------------------------------------------------------------------

    async def _audit(self) -> None:
        """Read the final state, once no transaction is open: all records, the committed ones, and the offsets."""
        client = self._make_client("audit")
        for partition in self._partitions:
            everything = await self._read_all(client, partition, is_read_committed=False)
            committed = {offset for offset, _ in await self._read_all(client, partition, is_read_committed=True)}
            self.history.logs[partition] = [
                LogRecord(offset, value, offset in committed) for offset, value in everything
            ]
        for group in (GROUP, OFFSETS_GROUP_OF.format("transactions")):
            await self._read_offsets(client, group)

    async def _read_all(
        self, client: Client, partition: TopicPartition, *, is_read_committed: bool
    ) -> list[tuple[int, bytes]]:
        position = 0
        records: list[tuple[int, bytes]] = []
        while True:
            request = fetch_request({partition: position}, max_wait_ms=0, is_read_committed=is_read_committed)
            try:
                [answer] = (await client.ask(request, 12)).responses[0].partitions
            except Lost:
                continue
            if answer.error_code:
                raise AssertionError(f"error {answer.error_code} at offset {position} of {partition}")
            read, next_position = read_answer(answer, position, is_read_committed=is_read_committed)
            records += read
            if next_position == position:
                if answer.last_stable_offset == answer.high_watermark == position:
                    self.history.end_offsets[partition] = position
                    return records
                await client.sleep(1000)  # an open transaction, which will time out
            position = next_position

    async def _read_offsets(self, client: Client, group: str) -> None:
        topics = [OffsetFetchRequestTopics(name=TOPIC, partition_indexes=[each.partition for each in self._partitions])]
        while True:
            request = OffsetFetchRequest(
                require_stable=True, groups=[OffsetFetchRequestGroup(group_id=group, topics=topics)]
            )
            [answer] = (await client.ask_again(request, 8)).groups
            found = answer.topics[0].partitions if answer.topics else []
            if answer.error_code == 0 and not any(one.error_code for one in found):
                break
            await client.sleep(1000)
        for one in found:
            self.history.final_commits[group, self._partitions[one.partition_index]] = one.committed_offset
