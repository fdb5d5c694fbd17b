"""A broker on a running asyncio loop: its sockets, its threads and its timers.

`kafkalite.assembly` builds the broker itself; `kafkalite.process` runs the server as a process.
"""

from __future__ import annotations

import asyncio
import os
from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.assembly import build_broker
from kafkalite.broker.host_lookups import HostLookups
from kafkalite.broker.metadata.advertised import AdvertisedAddresses
from kafkalite.broker.metadata.data_directory import close_data
from kafkalite.broker.router import Router
from kafkalite.broker.upkeep import Upkeep
from kafkalite.cluster.configs.connection_overrides import OVERRIDES_PROPERTY, parse_connection_overrides
from kafkalite.cluster.configs.values import InvalidConfigValue
from kafkalite.cluster.resource_types import BROKER
from kafkalite.model.limits import (
    IDLE_CHECK_INTERVAL_MS,
    PEER_LOG_SPAN_MS,
    RECEIVE_BUFFER_BYTES,
)
from kafkalite.protocol.frame_buffer import RequestMemory
from kafkalite.settings.consistency import check_consistency
from kafkalite.settings.listeners import ALL_INTERFACES
from kafkalite.settings.values import ConfigError
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.clock import SystemClock
from kafkalite.system.data_path import find_foreign, find_obstacle, shown_names
from kafkalite.system.descriptors import connections_share, descriptor_limit
from kafkalite.system.entropy import SystemEntropy
from kafkalite.system.files import SystemFiles
from kafkalite.system.memory_files import MemoryFiles
from kafkalite.system.timers import TimerQueue
from kafkalite.system.work_queue import WorkQueue
from kafkalite.transport.acceptor import ConnectionRoom, SocketNetwork
from kafkalite.transport.admission import ConnectionLimits
from kafkalite.transport.binding import CannotBind, resolve, resolve_address
from kafkalite.transport.disk_thread import DiskThread
from kafkalite.transport.host_overrides import HostOverrides
from kafkalite.transport.listener import Listener
from kafkalite.transport.passing_threads import PassingThreads
from kafkalite.transport.peer_log import PeerLog
from kafkalite.transport.timer_driver import TimerDriver

if TYPE_CHECKING:
    from collections.abc import Callable
    from ssl import SSLContext

    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.cluster.delta import MetadataDelta
    from kafkalite.cluster.image import MetadataImage
    from kafkalite.model.exceptions import StorageFault
    from kafkalite.model.steps import Steps
    from kafkalite.settings import Settings
    from kafkalite.settings.listeners import Listener as ListenerSettings
    from kafkalite.settings.security import SaslSettings
    from kafkalite.storage.interface import LogDirectory
    from kafkalite.system.clock import Clock
    from kafkalite.system.entropy import Entropy
    from kafkalite.system.files import Files
    from kafkalite.system.network import Endpoint, Network
    from kafkalite.transport.sasl_gate import SaslListener

_log = getLogger("kafkalite.server")

MEMORY_PATH = "/memory"
"""The log directory's name without a data directory; it exists in memory only."""


class Server:
    """One broker with its data and its listeners.

    Args:
        settings: Kafka's properties.
        as_version: the Kafka release to answer as ("3.9"), or None for everything that is served.
        files, clock, entropy, network: the doors; None for the real ones. Without a data directory the files are in
            memory.

    Attributes:
        broker: there from `open` on.
        on_storage_failure: called on the loop, once, when the log directory has failed and the server has to end, with
            `stop(clean=False)`; by default it stops itself.
    """

    broker: Broker

    def __init__(
        self,
        settings: Settings,
        *,
        as_version: str | None = None,
        files: Files | None = None,
        clock: Clock | None = None,
        entropy: Entropy | None = None,
        network: Network | None = None,
    ) -> None:
        self.settings = settings
        self._as_version = as_version
        self._files = files
        self._clock = clock or SystemClock()
        self._entropy = entropy or SystemEntropy()
        self._network = network or SocketNetwork()
        self._timers = TimerQueue(self._clock)
        self._work = WorkQueue(self._clock, self._ask_for_turn)
        self._hosts = HostLookups(resolve, resolve_address)
        self._host_overrides = HostOverrides(self._hosts, self._work, self._limit_connections)
        self.listeners: list[Listener] = []
        self._bound: list[tuple[str, str, Endpoint]] = []
        self._sasl: dict[str, SaslSettings] = {}
        self._tls: dict[str, SSLContext] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._timer_driver: TimerDriver | None = None
        self._peer_log = PeerLog(self._clock)
        self._disk_threads: list[DiskThread] = []
        self._lookups: PassingThreads | None = None
        self._is_kept = True
        self._is_open = False
        self._stopping: asyncio.Task[None] | None = None
        self.on_storage_failure: Callable[[StorageFault], None] = self._stop_by_itself

    def bind(self) -> None:
        """Bind every listener's address without listening yet.

        Raises:
            CannotBind: an address is taken, not ours, or the name of a host is unknown.
            ConfigError: properties contradict one another, ``listeners`` cannot be served, TLS or SASL lack something,
                an authorizer is asked for, or a limit of connections cannot be read.
        """
        check_consistency(self.settings)
        self.settings.check_security()
        try:
            parse_connection_overrides(self.settings.get(OVERRIDES_PROPERTY))
        except InvalidConfigValue as problem:
            raise ConfigError(str(problem)) from problem
        for listener in self.settings.listeners:
            self._secure(listener)
        try:
            for listener in self.settings.listeners:
                endpoint = self._network.bind(listener.host, listener.port)
                self._bound.append((listener.name, listener.protocol, endpoint))
        except OSError:
            self._close_sockets()
            raise

    def _secure(self, listener: ListenerSettings) -> None:
        """Read the SASL and TLS settings of the listener; their code is loaded only if it needs them.

        Raises:
            ConfigError: a setting cannot be used.
        """
        if listener.has_sasl:
            from kafkalite.settings.security import sasl_settings  # noqa: PLC0415

            self._sasl[listener.name] = sasl_settings(self.settings, listener.name)
        if listener.has_tls:
            from kafkalite.settings.security import tls_settings  # noqa: PLC0415
            from kafkalite.transport.tls_context import create_tls_context  # noqa: PLC0415

            tls = tls_settings(self.settings, listener.name, has_sasl=listener.has_sasl)
            self._tls[listener.name] = create_tls_context(tls, self._clock.now_ms())

    def _sasl_listener(self, name: str) -> SaslListener | None:
        if name not in self._sasl:
            return None
        from kafkalite.transport.listener_security import sasl_listener  # noqa: PLC0415

        return sasl_listener(self._sasl[name], self.broker)

    def open(self) -> None:
        """Open the data directory: metadata first, then the logs it names, recovering what a crash left.

        Raises:
            StorageFault: the directory cannot be used, or another broker uses it.
            ConfigError: it belongs to another node or cluster.
        """
        path = self.settings.data_directory
        self._is_kept = path is not None or self._files is not None
        if self._files is None:
            if path is not None:
                self._check_data_path(path)
            self._files = SystemFiles() if path is not None else MemoryFiles()
            path = None if path is None else os.path.abspath(path)  # what DescribeLogDirs tells
        self.broker = build_broker(
            self.settings,
            self.open_directory(self._files, path or MEMORY_PATH),
            clock=self._clock,
            entropy=self._entropy,
            timers=self._timers,
            work=self._work,
            advertised=AdvertisedAddresses(
                {listener.name: (listener.host, listener.port) for listener in self.settings.advertised_listeners}
            ),
            endpoints=self._registered_endpoints(),
            hosts=self._hosts,
            as_version=self._as_version,
        )
        self._is_open = True

    def open_directory(self, files: Files, path: str) -> LogDirectory:
        """Open and lock the log directory; a server over another storage does it otherwise.

        Raises:
            StorageFault: the directory cannot be used, or another broker uses it.
        """
        return FileLogDirectory(files, path, self._entropy)

    def call_later(self, delay_ms: int, action: Callable[[], object]) -> None:
        """Run an action on the loop, in so many milliseconds of the server's clock or once the loop runs."""
        self._timers.schedule(self._clock.monotonic_ms() + delay_ms, action)

    def _check_data_path(self, path: str) -> None:
        """Raise ConfigError if the path cannot hold records or holds other directories; log other files.

        Kafka formats such a directory and then refuses to start on it (UnifiedLog.parseTopicPartitionName).
        """
        name = "log.dirs" if self.settings.get_list("log.dirs") else "log.dir"
        source = self.settings.source_of(name)
        obstacle = find_obstacle(path)
        if obstacle is not None:
            raise ConfigError(f"data directory {path} {obstacle} (from {source})")
        foreign = find_foreign(path)
        if foreign is not None and foreign.directories:
            raise ConfigError(
                f"data directory {path} has no records in it but other directories: "
                f"{shown_names(foreign.directories)}; choose one that is empty or does not exist yet (from {source})"
            )
        if foreign is not None and foreign.files:
            _log.warning("data directory %s has other files too: %s", path, shown_names(foreign.files))

    async def start(self) -> None:
        """Begin to accept clients; all services are ready."""
        loop = self._loop = asyncio.get_running_loop()
        broker, settings = self.broker, self.settings
        router = self.router = Router(broker, self._report_bug)
        self._timer_driver = TimerDriver(loop, broker.timers, broker.clock, broker.purgatory.drain)
        self._host_overrides.begin(self._configured_overrides())
        limits = self._connection_limits()
        receive_buffer = bytearray(RECEIVE_BUFFER_BYTES)
        work = broker.work
        memory_bytes = settings.get_int("queued.max.request.bytes")
        memory = RequestMemory(memory_bytes, lambda: work.add(memory.admit_waiting))
        room = ConnectionRoom(connections_share(descriptor_limit()))
        for name, _, endpoint in self._bound:
            self.listeners.append(
                Listener(
                    name,
                    endpoint,
                    router,
                    broker.clock,
                    limits,
                    receive_buffer=receive_buffer,
                    memory=memory,
                    room=room,
                    work=work,
                    max_frame_bytes=settings.get_int("socket.request.max.bytes"),
                    end_turn=self._end_turn,
                    http_advice="Point a Kafka client at it.",
                    sasl=self._sasl_listener(name),
                    tls=self._tls.get(name),
                    peer_log=self._peer_log,
                    report_fault=self._report_reading_fault,
                )
            )
        for listener in self.listeners:
            try:
                listener.start(settings.get_int("socket.listen.backlog.size"))
            except OSError as problem:  # another process bound it too, and listened first
                raise CannotBind(*listener.address, problem) from problem
        broker.metadata.subscribe(self._follow_broker_config)
        flushes = DiskThread(loop, "kafkalite-flush")
        writes = DiskThread(loop, "kafkalite-write", self._end_turn)
        codecs = DiskThread(loop, "kafkalite-codecs", self._end_turn)
        self._disk_threads = [flushes, writes, codecs]
        broker.logs.run_flush = flushes.run
        broker.codecs.run_elsewhere = codecs.run
        self._lookups = PassingThreads(loop, "kafkalite-lookup", self._end_turn)
        broker.hosts.run_elsewhere = self._lookups.run
        broker.logs.run_later = self._work_off
        broker.logs.directory.run_write = writes.run
        self._schedule_upkeep()
        self._watch_storage(loop)
        self._timer_driver.arm()
        loop.call_soon(self._run_work)  # what asked for a turn while the data were opened found no loop

    async def stop(self, *, clean: bool = True) -> None:
        """Stop: accept no more requests, send the remaining answers, write checkpoints, release the directory.

        Args:
            clean: False writes nothing, as after a failure of the disk; the next start recovers.
        """
        for listener in self.listeners:
            listener.stop_accepting()
            listener.close_clients()
        await asyncio.sleep(0)  # lets transports without unsent bytes close
        for listener in self.listeners:
            listener.abort_clients()
        await asyncio.sleep(0)
        if self._timer_driver is not None:
            self._timer_driver.stop()
        if self._disk_threads:
            self.broker.codecs.stop()
        self._hosts.stop()
        if self._lookups is not None:
            self._lookups.stop()
        for thread in self._disk_threads:
            await thread.stop()
        if self._is_open:  # a directory that could not be opened must not be marked as cleanly closed
            self._is_open = False
            if clean:
                close_data(self.broker, is_kept=self._is_kept)
            else:
                self.broker.logs.close_all(clean=False)
        self._close_sockets()
        self._peer_log.flush()

    def _close_sockets(self) -> None:
        for _, _, endpoint in self._bound:
            endpoint.stop()

    @property
    def endpoints(self) -> list[tuple[str, str, int, str]]:
        """(listener name, host, port, security protocol) of each bound address."""
        return [(name, *endpoint.address, protocol) for name, protocol, endpoint in self._bound]

    def _connection_limits(self) -> ConnectionLimits:
        """Return the current limits, dynamic configuration included."""
        config = self.broker.configs.current()
        return ConnectionLimits(
            config.get_int("max.connections"),
            config.get_int("max.connections.per.ip"),
            self._host_overrides.by_address,
            config.get_int("connections.max.idle.ms"),
        )

    def _limit_connections(self) -> None:
        limits = self._connection_limits()
        for listener in self.listeners:
            listener.limits = limits

    def _configured_overrides(self) -> dict[str, int]:
        return parse_connection_overrides(self.broker.configs.current().get(OVERRIDES_PROPERTY) or "")

    def _follow_broker_config(self, delta: MetadataDelta, image: MetadataImage) -> None:  # noqa: ARG002
        """Apply changed broker configurations, except the log settings, which the publisher applies."""
        if any(resource_type == BROKER for resource_type, _ in delta.configs.changed):
            self._host_overrides.follow(self._configured_overrides())
            self._limit_connections()
            expiration_ms = self.broker.configs.current().get_int("producer.id.expiration.ms")
            self.broker.logs.expire_producers_after(expiration_ms)

    def _registered_endpoints(self) -> list[tuple[str, str, int, str]]:
        """Return this broker's endpoints in the metadata: the advertised addresses, or else the bound ones."""
        advertised = {listener.name: listener for listener in self.settings.advertised_listeners}
        endpoints = []
        for name, host, port, protocol in self.endpoints:
            explicit = advertised.get(name)
            if explicit is not None:
                host = explicit.host if explicit.host not in ALL_INTERFACES else host
                port = explicit.port or port
            endpoints.append((name, host, port, protocol))
        return endpoints

    def _work_off(self, steps: Steps[None]) -> None:
        """Do upkeep in slices; failures are logged."""
        work = self._work.begin(steps)

        def report() -> None:
            try:
                work.result()
            except Exception:
                _log.exception("upkeep failed")

        work.then(report)

    def _ask_for_turn(self) -> None:
        if self._loop is not None:
            self._loop.call_soon(self._run_work)

    def _run_work(self) -> None:
        """Run a turn of all sliced work."""
        self._work.run_turn()
        self._end_turn()

    def _end_turn(self) -> None:
        """Serve waiting requests after the replies of a turn were sent, and watch the next deadline."""
        self.broker.purgatory.drain()
        assert self._timer_driver is not None
        self._timer_driver.arm()

    def _schedule_upkeep(self) -> None:
        upkeep = Upkeep(self.broker, lambda bug: _log.error("upkeep failed", exc_info=bug))
        upkeep.start()
        idle_ms = self.settings.get_int("connections.max.idle.ms")
        if idle_ms >= 0:
            upkeep.every(min(IDLE_CHECK_INTERVAL_MS, max(1, idle_ms // 2)), self._close_idle)
        upkeep.every(PEER_LOG_SPAN_MS, self._peer_log.flush)

    def _watch_storage(self, loop: asyncio.AbstractEventLoop) -> None:
        """End the server after a failure of its log directory."""
        health = self.broker.logs.health

        def end(fault: StorageFault) -> None:
            loop.call_soon(self.on_storage_failure, fault)

        health.on_failure = end
        if health.failure is not None:
            end(health.failure)

    def _report_reading_fault(self, fault: StorageFault) -> None:
        self.broker.logs.health.report("sending records", fault, "the answer ends there, and the client asks again")

    def _stop_by_itself(self, fault: StorageFault) -> None:  # noqa: ARG002
        self._stopping = asyncio.get_running_loop().create_task(self.stop(clean=False))

    def _close_idle(self) -> None:
        for listener in self.listeners:
            listener.close_idle()

    @staticmethod
    def _report_bug(context: RequestContext, error: BaseException) -> None:
        _log.error(
            "request with API key %d version %d from %s failed",
            context.api_key,
            context.api_version,
            context.connection,
            exc_info=error,
        )
