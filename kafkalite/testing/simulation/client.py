"""A client process of a simulation, with one connection at a time, one request in flight, and limits on all waits."""

from __future__ import annotations

from logging import DEBUG, getLogger
from typing import TYPE_CHECKING, Any

from kafkalite.protocol.headers import read_response_header, write_request_header
from kafkalite.protocol.registry import response_class, response_header_version
from kafkalite.testing.simulation.broker import ADDRESS
from kafkalite.testing.simulation.tasks import Awaited, sleep

if TYPE_CHECKING:
    from random import Random

    from kafkalite.system.clock import ManualClock
    from kafkalite.testing.simulation.network import Link, SimulatedNetwork

RECONNECT_MAX_MS = 300

_log = getLogger("kafkalite.testing.simulation")


class Lost(Exception):
    """There is no response, so that it is unknown whether the request was carried out."""


class _Exchange:
    """One connection of a client: implements `network.Peer`, and holds the expected frame."""

    def __init__(self, network: SimulatedNetwork) -> None:
        self._received = bytearray()
        self.is_lost = False
        self.accepted: Awaited[None] = Awaited()
        self.answer: Awaited[bytes] | None = None
        self.link: Link = network.connect(ADDRESS, self)

    def connected(self) -> None:
        self.accepted.complete(None)

    def received(self, data: bytes) -> None:
        received = self._received
        received += data
        if len(received) < 4:
            return
        end = 4 + int.from_bytes(received[:4], "big")
        if len(received) >= end:
            frame = bytes(received[4:end])
            del received[:end]
            if self.answer is None:
                raise AssertionError("the broker sent a response without a request")
            answer, self.answer = self.answer, None
            answer.complete(frame)

    def lost(self) -> None:
        self.is_lost = True
        self.accepted.fail(Lost())
        if self.answer is not None:
            self.answer.fail(Lost())


class Client:
    """Sends requests of one process.

    Args:
        name: the client id.
        patience_ms: limit of the wait for a response.
    """

    def __init__(
        self, name: str, clock: ManualClock, network: SimulatedNetwork, random: Random, *, patience_ms: int = 5000
    ) -> None:
        self.name = name
        self._clock = clock
        self._network = network
        self._random = random
        self._patience_ms = patience_ms
        self._correlation_id = 0
        self._exchange: _Exchange | None = None

    def sleep(self, duration_ms: int) -> Awaited[None]:
        """Return an awaitable that completes after `duration_ms` milliseconds."""
        return sleep(self._clock, self._network.timers, duration_ms)

    async def ask(self, request: Any, version: int) -> Any:
        """Send a request and return its response.

        Raises:
            Lost: there is no response.
        """
        exchange = self._exchange
        if exchange is None or exchange.is_lost:
            exchange = self._exchange = _Exchange(self._network)
            timer = self._network.timers.schedule(self._clock.monotonic_ms() + self._patience_ms, exchange.lost)
            try:
                await exchange.accepted
            finally:
                timer.cancel()
        self._correlation_id += 1
        self._note("->", request)
        frame = bytearray(4)
        write_request_header(frame, request.API_KEY, version, self._correlation_id, self.name)
        request.write(frame, version)
        frame[:4] = (len(frame) - 4).to_bytes(4, "big")
        answer: Awaited[bytes] = Awaited()
        exchange.answer = answer
        exchange.link.send(bytes(frame))
        timer = self._network.timers.schedule(
            self._clock.monotonic_ms() + self._patience_ms, lambda: answer.fail(Lost())
        )
        try:
            reply = await answer
        except Lost:
            self._note("lost", request)
            self.disconnect()
            raise
        finally:
            timer.cancel()
        response = self._decode(reply, request.API_KEY, version)
        self._note("<-", response)
        return response

    def _note(self, what: str, message: Any) -> None:
        if _log.isEnabledFor(DEBUG):
            _log.debug("%6d %-12s %s %s", self._clock.monotonic_ms(), self.name, what, message)

    def _decode(self, reply: bytes, api_key: int, version: int) -> Any:
        correlation_id, position = read_response_header(reply, 0, response_header_version(api_key, version))
        response, end = response_class(api_key).read(reply, position, version)
        if correlation_id != self._correlation_id or end != len(reply):
            raise AssertionError(f"a response to request {correlation_id}, not {self._correlation_id}, of {end} bytes")
        return response

    async def ask_again(self, request: Any, version: int) -> Any:
        """Send a request until there is a response; only for requests that may be carried out twice."""
        while True:
            try:
                return await self.ask(request, version)
            except Lost:
                await self.sleep(self._random.randrange(RECONNECT_MAX_MS))

    def disconnect(self) -> None:
        """Close the connection; the next request opens another one."""
        if self._exchange is not None:
            self._exchange.link.hang_up()
            self._exchange = None
