"""A broker in this process: `KafkaLite`.

It runs in a separate thread with a separate event loop, so that it can be used from plain code, from asyncio and from
a REPL. Signals, logging and the working directory are the process's: the broker touches none of them.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING, Self

from kafkalite.server import Server
from kafkalite.settings import merge_settings
from kafkalite.settings.image_variables import StartTopic

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from kafkalite.broker.broker import Broker
    from kafkalite.system.clock import Clock

MEMORY = "memory"


class KafkaLite:
    """A broker for the time of a ``with`` block.

        with KafkaLite(topics={"orders": 3}) as broker:
            producer = KafkaProducer(bootstrap_servers=broker.bootstrap_servers)

    Args:
        topics: topics to create, with their numbers of partitions.
        data: a directory to keep records in; without it they are in memory and gone at the end.
        config: Kafka's properties by name; the environment is not read.
        clock: the broker's clock; the machine's by default.
        as_version: the Kafka release to answer as ("3.9").

    Raises, on entry:
        ConfigError: a property cannot be served.
        StorageFault: the directory cannot be used.
        OSError: an address is taken.
    """

    def __init__(
        self,
        *,
        topics: Mapping[str, int] | None = None,
        data: str | None = None,
        config: Mapping[str, str] | None = None,
        clock: Clock | None = None,
        as_version: str | None = None,
    ) -> None:
        settings = merge_settings(environ={}, flags=dict(config or {}), data=data or MEMORY, port=0)
        settings.start_topics = [StartTopic(name, count) for name, count in (topics or {}).items()]
        self._server = Server(settings, as_version=as_version, clock=clock)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop_requested: asyncio.Event | None = None
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        """Start the broker and return when clients can connect."""
        ready: Future[None] = Future()
        self._thread = Thread(target=self._run, args=(ready,), name="kafkalite", daemon=True)
        self._thread.start()
        try:
            ready.result()
        except BaseException:
            self._join()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the broker cleanly."""
        assert self._loop is not None and self._stop_requested is not None
        self._loop.call_soon_threadsafe(self._stop_requested.set)
        self._join()

    @property
    def bootstrap_servers(self) -> str:
        """The address of the first listener, as clients take it: "127.0.0.1:41233"."""
        _, host, port, _ = self._server.endpoints[0]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    @property
    def port(self) -> int:
        """The port of the first listener."""
        return self._server.endpoints[0][2]

    @property
    def broker(self) -> Broker:
        """The broker's services, to be used on its loop only."""
        return self._server.broker

    def _join(self) -> None:
        assert self._thread is not None
        self._thread.join()
        self._thread = None

    def _run(self, ready: Future[None]) -> None:
        asyncio.run(self._serve(ready))

    async def _serve(self, ready: Future[None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop_requested = asyncio.Event()
        server = self._server
        try:
            server.bind()
            server.open()
            await server.start()
        except BaseException as problem:
            await server.stop()
            ready.set_exception(problem)
            return
        ready.set_result(None)
        await self._stop_requested.wait()
        await server.stop()
