"""The broker of a simulation: a process with starts, stops, kills and power cuts."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kafkalite.assembly import build_broker
from kafkalite.broker.metadata.advertised import AdvertisedAddresses
from kafkalite.broker.metadata.data_directory import close_data
from kafkalite.broker.router import Router
from kafkalite.broker.upkeep import Upkeep
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import IDLE_CHECK_INTERVAL_MS, RECEIVE_BUFFER_BYTES
from kafkalite.protocol.frame_buffer import RequestMemory
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.timers import TimerQueue
from kafkalite.system.work_queue import WorkQueue
from kafkalite.testing.late_directory import LateLogDirectory
from kafkalite.transport.acceptor import ConnectionRoom
from kafkalite.transport.admission import ConnectionLimits
from kafkalite.transport.listener import Listener

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.log.flush import FlushJob
    from kafkalite.settings import Settings
    from kafkalite.storage.interface import LogDirectory
    from kafkalite.system.clock import ManualClock
    from kafkalite.system.entropy import SeededEntropy
    from kafkalite.testing.simulated_files import SimulatedFiles
    from kafkalite.testing.simulation.network import SimulatedEndpoint, SimulatedNetwork

ADDRESS = ("broker", 9092)
DIRECTORY = "/data"
MANY = 1 << 30
FLUSH_MAX_MS = 20
COMMIT_MAX_MS = 30


class SimulatedBroker:
    """One broker process over simulated interfaces.

    Args:
        settings: including all periods of its upkeep.
        files: its disk.
        random: draws the delays of the disk thread.
        on_bug: called with unexpected exceptions of handlers.
        is_late: whether its storage has late appends, like a shared store.

    Attributes:
        files: the state that the last process left.
        late_directory: the storage of the last process, if it has late appends.
        start_count: the number of starts.
        on_end: called when the process ends itself because its disk has failed.
    """

    broker: Broker

    def __init__(
        self,
        settings: Settings,
        files: SimulatedFiles,
        clock: ManualClock,
        network: SimulatedNetwork,
        entropy: SeededEntropy,
        random: Random,
        on_bug: Callable[[BaseException], None],
        *,
        is_late: bool = False,
    ) -> None:
        self.files = files
        self.late_directory: LateLogDirectory | None = None
        self._is_late = is_late
        self.start_count = 0
        self.on_end: Callable[[], None] = lambda: None
        self._settings = settings
        self._clock = clock
        self._network = network
        self._entropy = entropy
        self._random = random
        self._on_bug = on_bug
        self._timers = TimerQueue(clock)
        self._endpoint: SimulatedEndpoint | None = None
        self._receive_buffer = bytearray(RECEIVE_BUFFER_BYTES)
        self._listener: Listener | None = None

    @property
    def is_running(self) -> bool:
        """Whether a process is running and accepts connections."""
        return self._endpoint is not None

    def start(self) -> None:
        """Start a process on the present disk.

        Raises:
            ProcessDied: the process died during the start.
            StorageFault: the disk cannot be used.
        """
        clock = self._clock
        self.start_count += 1
        self._timers = timers = TimerQueue(clock)
        work = WorkQueue(clock, lambda: timers.schedule(clock.monotonic_ms(), self._run_work))
        self._work = work
        self.broker = broker = build_broker(
            self._settings,
            self._open_directory(),
            clock=clock,
            entropy=self._entropy,
            timers=timers,
            work=work,
            advertised=AdvertisedAddresses({"PLAINTEXT": ADDRESS}),
            endpoints=[("PLAINTEXT", *ADDRESS, "PLAINTEXT")],
        )
        clock.follow(self)
        broker.logs.run_flush = self._run_flush
        broker.logs.run_later = work.begin
        self._keep_up(broker, self._listen(broker))

    def _open_directory(self) -> LogDirectory:
        directory = FileLogDirectory(self.files, DIRECTORY, self._entropy)
        if not self._is_late:
            return directory
        timers, clock, random = self._timers, self._clock, self._random

        def commit_later(commit: Callable[[], None]) -> None:
            timers.schedule(clock.monotonic_ms() + random.randrange(COMMIT_MAX_MS), commit)

        self.late_directory = LateLogDirectory(directory, commit_later)
        return self.late_directory

    def next_deadline_ms(self) -> int | None:
        """Return the earliest deadline of the process, for the clock; None for none."""
        return self._timers.next_deadline_ms()

    def run_due(self) -> None:
        """Run the due work, and then the fetches that waited for it."""
        self._timers.run_due()
        self.broker.purgatory.drain()

    def _listen(self, broker: Broker) -> Listener:
        settings, work = self._settings, broker.work
        memory = RequestMemory(-1, lambda: work.add(memory.admit_waiting))
        endpoint = self._network.bind(*ADDRESS)
        listener = self._listener = Listener(
            "PLAINTEXT",
            endpoint,
            Router(broker, self._report_bug),
            self._clock,
            ConnectionLimits(MANY, MANY, {}, settings.get_int("connections.max.idle.ms")),
            receive_buffer=self._receive_buffer,
            memory=memory,
            room=ConnectionRoom(MANY),
            work=work,
            max_frame_bytes=settings.get_int("socket.request.max.bytes"),
            end_turn=broker.purgatory.drain,
        )
        listener.start(settings.get_int("socket.listen.backlog.size"))
        self._endpoint = endpoint
        return listener

    def _keep_up(self, broker: Broker, listener: Listener) -> None:
        upkeep, logs = Upkeep(broker, self._on_bug), broker.logs
        upkeep.start()
        upkeep.every(IDLE_CHECK_INTERVAL_MS, listener.close_idle)
        logs.health.on_failure = self._note_failure
        if logs.health.failure is not None:
            self._network.after(0, self._end_by_itself)

    def _run_work(self) -> None:
        self._work.run_turn()

    def _run_flush(self, job: FlushJob) -> None:
        """Flush like a thread: after a delay, with the outcome reported after another one."""
        now_ms, timers = self._clock.monotonic_ms(), self._timers

        def complete() -> None:
            with suppress(StorageFault):  # the log has reported it
                job.complete()

        begin_ms = now_ms + self._random.randrange(FLUSH_MAX_MS)
        timers.schedule(begin_ms, job.run)
        timers.schedule(begin_ms + self._random.randrange(FLUSH_MAX_MS), complete)

    def _report_bug(self, context: RequestContext, error: BaseException) -> None:  # noqa: ARG002
        self._on_bug(error)

    def _note_failure(self, fault: StorageFault) -> None:  # noqa: ARG002 -- it has been logged
        self._network.after(0, self._end_by_itself)

    def _end_by_itself(self) -> None:
        if self.is_running:
            self.kill()
            self.on_end()

    def stop(self) -> None:
        """Stop as after SIGTERM.

        Raises:
            ProcessDied: the process died during the stop.
        """
        assert self._listener is not None
        self._listener.stop_accepting()
        close_data(self.broker)
        self.kill()

    def kill(self) -> None:
        """End the process now; completed writes survive."""
        lost = self._end()
        self.files = self.files.found_after_kill()
        _cut(self.files, lost)

    def cut_power(self) -> None:
        """End the process and lose unflushed data, as drawn by the disk."""
        lost = self._end()
        self.files = self.files.found_after_power_cut(self._random)
        _cut(self.files, lost)

    def _end(self) -> list[tuple[str, int]]:
        """End the process, and return (path, size) of the files whose late appends are lost."""
        self._clock.unfollow(self)
        if self._endpoint is not None:
            self._endpoint.die()
            self._endpoint = None
        self._listener = None
        return [] if self.late_directory is None else self.late_directory.uncommitted()


def _cut(files: SimulatedFiles, sizes: list[tuple[str, int]]) -> None:
    """Cut files to sizes, if they exist and are longer."""
    for path, size in sizes:
        if files.exists(path) and files.size(path) > size:
            handle = files.open(path, create=False)
            handle.truncate(size)
            handle.flush()
            handle.close()
