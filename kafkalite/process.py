"""A server as a process: signals, log lines, the ports file, and the exit code."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import signal
import sys
import time
from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StorageFault
from kafkalite.observability.log_lines import LineFormatter
from kafkalite.server import Server
from kafkalite.server_info import ServerInfo
from kafkalite.settings import ConfigError
from kafkalite.system.descriptors import raise_descriptor_limit

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from kafkalite.settings import Settings

EXIT_OK = 0
EXIT_CANNOT_START = 1
EXIT_STORAGE_FAILED = 1
"""The exit code of Apache Kafka after a failure of all its log directories."""

EXIT_STOPPED_AT_ONCE = 130

LAUNCHER_STARTED_VARIABLE = "_KAFKALITE_STARTED_S"
"""Set by `scripts/dev.py` to the instant (CLOCK_BOOTTIME, in s) at which it became this process."""

_log = logging.getLogger("kafkalite.server")


def run(
    settings: Settings,
    *,
    ports_file: str | None = None,
    verbosity: int = 0,
    as_version: str | None = None,
    on_ready: Callable[[ServerInfo], None] = lambda info: None,
    server_class: type[Server] = Server,
) -> int:
    """Run a broker as this process until SIGTERM or Ctrl-C; returns the exit code.

    Args:
        ports_file: gets the bound ports as JSON once clients can connect, or None.
        verbosity: 0 quiet, 1 a line per request, 2 the same decoded.
        on_ready: called when clients can connect.
        server_class: a server over another storage, in tests.

    Raises:
        OSError: an address cannot be bound.
        ConfigError: the settings ask for a part that is not built.
    """
    server = server_class(settings, as_version=as_version)
    server.bind()
    return Process(server, ports_file, verbosity, on_ready).run()


class Process:
    """Runs one server until a signal.

    Args:
        server: bound already.
    """

    def __init__(
        self, server: Server, ports_file: str | None, verbosity: int, on_ready: Callable[[ServerInfo], None]
    ) -> None:
        self._server = server
        self._ports_file = ports_file
        self._verbosity = verbosity
        self._on_ready = on_ready
        self._stop_requested: asyncio.Event | None = None
        self._has_storage_failed = False

    def run(self) -> int:
        """Run until stopped; returns the exit code."""
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(LineFormatter())
        logging.basicConfig(level=logging.INFO if self._verbosity else logging.WARNING, handlers=[handler])
        raise_descriptor_limit()
        try:
            self._server.open()
        except (StorageFault, ConfigError) as problem:
            return _refuse_to_start(problem)
        except KeyboardInterrupt:  # before there is a handler for it; nothing was acknowledged yet
            return EXIT_STOPPED_AT_ONCE
        return asyncio.run(self._serve())

    async def _serve(self) -> int:
        self._stop_requested = asyncio.Event()
        self._install_signal_handlers(asyncio.get_running_loop())
        server = self._server
        server.on_storage_failure = self._end_for_storage
        try:
            await server.start()
        except BaseException:  # such as an address that another process took between binding and listening
            await server.stop()
            raise
        if self._verbosity:
            from kafkalite.observability.request_log import RequestLog  # noqa: PLC0415 -- only when asked for

            server.router.observer = RequestLog(is_decoded=self._verbosity > 1)
        gc.collect()
        gc.freeze()  # objects of the start-up live as long as the process: garbage collection can skip them
        try:
            self._write_ports_file()
        except OSError as problem:
            await server.stop()
            reason = (problem.strerror or str(problem)).lower()
            return _refuse_to_start(ConfigError(f"ports file {self._ports_file} cannot be written: {reason}"))
        self._announce()
        await self._stop_requested.wait()
        _log.info("stopping")
        await server.stop(clean=not self._has_storage_failed)
        if self._ports_file is not None:
            _remove_quietly(self._ports_file)
        return EXIT_STORAGE_FAILED if self._has_storage_failed else EXIT_OK

    def _end_for_storage(self, fault: StorageFault) -> None:  # noqa: ARG002 -- it has been logged
        assert self._stop_requested is not None
        self._has_storage_failed = True
        self._stop_requested.set()

    def _announce(self) -> None:
        try:
            self._on_ready(ServerInfo(self._server, _milliseconds_since_start()))
        except OSError:  # the reader is gone, which is no reason to stop serving
            pass

    def _install_signal_handlers(self, loop: asyncio.AbstractEventLoop) -> None:
        numbers = [signal.SIGTERM, signal.SIGINT]
        # A terminal that was closed ends the process cleanly, as it ends Java's, unless it was started with nohup.
        if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            numbers.append(signal.SIGHUP)
        for number in numbers:
            try:
                loop.add_signal_handler(number, self._request_stop)
            except NotImplementedError:  # Windows' loops have none
                signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        asyncio.get_running_loop().call_soon_threadsafe(self._request_stop)

    def _request_stop(self) -> None:
        """First signal: stop cleanly. Second: stop at once; the log recovers at the next start."""
        assert self._stop_requested is not None
        if self._stop_requested.is_set():
            os._exit(EXIT_STOPPED_AT_ONCE)
        self._stop_requested.set()

    def _write_ports_file(self) -> None:
        """Write the bound ports: ``{"kafka": 41233}``, more listeners under their own names."""
        if self._ports_file is None:
            return
        endpoints = self._server.endpoints
        ports = {"kafka": endpoints[0][2]}
        ports |= {name.lower(): port for name, _, port, _ in endpoints[1:]}
        temporary = f"{self._ports_file}.tmp"
        with open(temporary, "w", encoding="utf-8") as file:
            json.dump(ports, file)
        os.replace(temporary, self._ports_file)


def _refuse_to_start(problem: Exception) -> int:
    """Log in one line why the server cannot start, and return the exit code."""
    text = str(problem)
    if isinstance(problem, StorageFault) and problem.operation == "lock" and isinstance(problem.cause, str):
        text = f"data directory {os.path.dirname(problem.path)}: {problem.cause}; stop it or choose another: --data DIR"
    elif isinstance(problem, StorageFault) and isinstance(problem.cause, OSError):
        text = f"cannot {problem.operation} {problem.path}: {(problem.cause.strerror or str(problem.cause)).lower()}"
    print(f"kafkalite: {text}", file=sys.stderr)
    return EXIT_CANNOT_START


def _remove_quietly(path: str) -> None:
    try:
        os.remove(path)
    except OSError:
        pass


def _milliseconds_since_start() -> float:
    """Return the time since the operating system started this process, interpreter start included.

    A launcher that replaced itself with this process reports its own start time. Without it (on all systems but Linux),
    the processor time used so far is returned instead.
    """
    try:
        with open("/proc/self/stat", "rb") as file:
            started_ticks = int(file.read().rpartition(b")")[2].split()[19])
        started_s = max(started_ticks / os.sysconf("SC_CLK_TCK"), float(os.environ.get(LAUNCHER_STARTED_VARIABLE, "0")))
        return (time.clock_gettime(time.CLOCK_BOOTTIME) - started_s) * 1000
    except (OSError, ValueError, AttributeError):
        return time.process_time() * 1000
