"""A network in memory: bytes arrive late, in pieces or not at all, according to one source of randomness.

The faults are all possible with TCP: the bytes of one direction of a connection arrive in order or not at all;
connections overtake each other; a connection may be lost at any time, with all bytes in transit, and its sides notice
that at different times or, without further sends, never.
"""

from __future__ import annotations

from collections import deque
from errno import EADDRINUSE
from typing import TYPE_CHECKING, NamedTuple, Protocol

from kafkalite.system.timers import TimerQueue

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random
    from typing import Any

    from kafkalite.system.clock import ManualClock
    from kafkalite.system.network import Bytes, ConnectionOwner

FIRST_EPHEMERAL_PORT = 40_000


class Weather(NamedTuple):
    """The behaviour of the network.

    Fields:
        delay_max_ms: longest delay of ordinary bytes.
        slow_chance, slow_max_ms: probability of slow bytes, and their longest delay.
        cut_chance: probability that a send loses the connection.
        split_chance: probability that the bytes of one send arrive in two pieces.
    """

    delay_max_ms: int = 2
    slow_chance: float = 0.0
    slow_max_ms: int = 0
    cut_chance: float = 0.0
    split_chance: float = 0.0


CALM = Weather()


class Peer(Protocol):
    """The client's side of a connection."""

    def connected(self) -> None:
        """Note that the broker accepted the connection."""
        ...

    def received(self, data: bytes) -> None:
        """Receive bytes from the broker."""
        ...

    def lost(self) -> None:
        """Note that the connection ended, or was never accepted; called once, as the last call."""
        ...


class SimulatedNetwork:
    """Implements `system.network.Network`.

    Args:
        clock: schedules every delivery.
        random: draws the delays and faults.

    Attributes:
        weather: may be replaced at any time.
        cut_count: number of lost connections.
    """

    def __init__(self, clock: ManualClock, random: Random, weather: Weather = CALM) -> None:
        self.clock = clock
        self.random = random
        self.weather = weather
        self.timers = TimerQueue(clock)
        clock.follow(self.timers)
        self.cut_count = 0
        self._endpoints: dict[tuple[str, int], SimulatedEndpoint] = {}
        self._next_port = FIRST_EPHEMERAL_PORT

    def bind(self, host: str, port: int) -> SimulatedEndpoint:
        """Return a bound address that does not listen yet.

        Raises:
            OSError: the address is in use.
        """
        if (host, port) in self._endpoints:
            raise OSError(EADDRINUSE, "Address already in use")
        endpoint = self._endpoints[host, port] = SimulatedEndpoint(self, (host, port))
        return endpoint

    def unbind(self, address: tuple[str, int]) -> None:
        """Free an address."""
        self._endpoints.pop(address, None)

    def connect(self, address: tuple[str, int], peer: Peer) -> Link:
        """Return a connection that is being established; the peer learns whether it was accepted."""
        self._next_port += 1
        link = Link(self, ("10.0.0.2", self._next_port), address, peer)

        def arrive() -> None:
            endpoint = self._endpoints.get(address)
            if endpoint is None or not endpoint.is_listening:
                link.lose()
            else:
                endpoint.accept(link)

        self.after(self.delay_ms(), arrive)
        return link

    def delay_ms(self) -> int:
        """Draw the delay of one delivery."""
        weather, random = self.weather, self.random
        if weather.slow_chance and random.random() < weather.slow_chance:
            return random.randrange(weather.slow_max_ms + 1)
        return random.randrange(weather.delay_max_ms + 1)

    def after(self, delay_ms: int, action: Callable[[], object]) -> int:
        """Run an action later, and return the time in ms."""
        due_ms = self.clock.monotonic_ms() + delay_ms
        self.timers.schedule(due_ms, action)
        return due_ms


class SimulatedEndpoint:
    """Implements `system.network.Endpoint`."""

    def __init__(self, network: SimulatedNetwork, address: tuple[str, int]) -> None:
        self._network = network
        self._address = address
        self._links: dict[Link, None] = {}
        self._waiting: deque[Link] = deque()
        self._find_obstacle: Callable[[], str | None] = lambda: None
        self._make_owner: Callable[[], Any] | None = None
        self._backlog = 0
        self.starting_count = 0

    @property
    def address(self) -> tuple[str, int]:
        """The bound host and port."""
        return self._address

    @property
    def is_listening(self) -> bool:
        """Whether connections are accepted or queued."""
        return self._make_owner is not None

    def start(
        self,
        backlog: int,
        find_obstacle: Callable[[], str | None],
        make_owner: Callable[[], Any],
        warn: Callable[..., None],  # noqa: ARG002 -- part of the interface
    ) -> None:
        """Begin to accept connections, see `system.network.Endpoint`."""
        self._backlog, self._find_obstacle, self._make_owner = backlog, find_obstacle, make_owner

    def accept(self, link: Link) -> None:
        """Accept an arrived connection, or queue it."""
        self._waiting.append(link)
        self.resume()
        while len(self._waiting) > self._backlog:
            self._waiting.pop().lose()

    def resume(self) -> None:
        """Accept the queued connections until there is an obstacle."""
        while self._waiting and self._make_owner is not None and self._find_obstacle() is None:
            link = self._waiting.popleft()
            if not link.is_lost:
                self._links[link] = None
                self.starting_count += 1
                link.open(self._make_owner(), self)

    def connected(self) -> None:
        """Stop counting a connection as starting."""
        self.starting_count -= 1

    def forget(self, link: Link) -> None:
        """Stop counting a connection that ended."""
        self._links.pop(link, None)

    def stop(self) -> None:
        """Stop accepting connections, and free the address."""
        self._make_owner = None
        self._network.unbind(self._address)
        while self._waiting:
            self._waiting.popleft().lose()

    def die(self) -> None:
        """End with the process: clients notice, and no code of the broker runs."""
        self.stop()
        for link in list(self._links):
            link.abandon()
        self._links.clear()


class Link:
    """One connection: the broker's side of it as `system.network.Channel`, and the client's two methods.

    Attributes:
        is_lost: whether deliveries have ended.
    """

    def __init__(
        self, network: SimulatedNetwork, client_address: tuple[str, int], address: tuple[str, int], peer: Peer
    ) -> None:
        self._network = network
        self._addresses = {"peername": client_address, "sockname": address}
        self._peer = peer
        self._owner: ConnectionOwner | None = None
        self._endpoint: SimulatedEndpoint | None = None
        self.is_lost = False
        self._is_closing = False
        self._has_client_heard = False
        self._is_reading = True
        self._arrived: deque[bytes] = deque()
        self._up_due_ms = self._down_due_ms = 0
        self._queued_bytes = 0
        self._high_bytes, self._low_bytes = 1 << 16, 1 << 14
        self._is_writing_paused = False

    # ---- the client's side -----------------------------------------------------------------------------------------

    def send(self, data: bytes) -> None:
        """Send bytes to the broker."""
        if self._draw_cut():
            return
        for piece in self._pieces(data):
            self._up_due_ms = self._later(self._up_due_ms, lambda piece=piece: self._arrive(piece))  # type: ignore[misc]

    def hang_up(self) -> None:
        """Close the client's side, which receives nothing more."""
        self._has_client_heard = True
        self._network.after(self._network.delay_ms(), self._end)

    # ---- the broker's side -----------------------------------------------------------------------------------------

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Return the addresses; there is no socket."""
        return self._addresses.get(name, default)

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Set the number of undelivered bytes above which the owner is paused, and that at which it resumes."""
        self._high_bytes = 1 << 16 if high is None else high
        self._low_bytes = self._high_bytes // 4 if low is None else low

    def get_write_buffer_size(self) -> int:
        """Return the number of bytes in transit to the client."""
        return self._queued_bytes

    def write(self, data: Bytes) -> None:
        """Send bytes to the client."""
        if self._is_closing or self._draw_cut():
            return
        self._queued_bytes += len(data)
        for piece in self._pieces(bytes(data)):
            self._down_due_ms = self._later(self._down_due_ms, lambda piece=piece: self._deliver(piece))  # type: ignore[misc]
        if self._queued_bytes > self._high_bytes and not self._is_writing_paused and self._owner is not None:
            self._is_writing_paused = True
            self._owner.pause_writing()

    def pause_reading(self) -> None:
        """Hold back arriving bytes until `resume_reading`."""
        self._is_reading = False

    def resume_reading(self) -> None:
        """Deliver the held-back bytes to the owner."""
        self._is_reading = True
        if self._arrived:
            self._network.after(0, self._read)

    def is_closing(self) -> bool:
        """Return whether the connection is ending or has ended."""
        return self._is_closing

    def close(self) -> None:
        """Close the connection after the delivery of everything."""
        if not self._is_closing:
            self._is_closing = True
            self._down_due_ms = self._later(self._down_due_ms, self.lose)

    def abort(self) -> None:
        """Close the connection now."""
        self.lose()

    # ---- events ----------------------------------------------------------------------------------------------------

    def open(self, owner: ConnectionOwner, endpoint: SimulatedEndpoint) -> None:
        """Attach the broker's side to its owner."""
        self._owner, self._endpoint = owner, endpoint
        owner.connection_made(self)
        self._down_due_ms = self._later(self._down_due_ms, self._greet)

    def lose(self) -> None:
        """End all deliveries; both sides notice after a delay."""
        if self.is_lost:
            return
        self.is_lost = self._is_closing = True
        self._arrived.clear()
        self._network.after(self._network.delay_ms(), self._tell_client)
        self._network.after(0 if self._endpoint is None else self._network.delay_ms(), self._tell_owner)

    def abandon(self) -> None:
        """Lose the connection without notice to its owner, whose process has ended."""
        self._owner = None
        self.lose()

    def _draw_cut(self) -> bool:
        """Draw and return whether this send loses the connection, before or after it."""
        if not self.is_lost:
            chance = self._network.weather.cut_chance
            if chance and self._network.random.random() < chance:
                self._network.cut_count += 1
                self.lose()
        return self.is_lost

    def _pieces(self, data: bytes) -> list[bytes]:
        chance = self._network.weather.split_chance
        if chance and len(data) > 1 and self._network.random.random() < chance:
            cut = self._network.random.randrange(1, len(data))
            return [data[:cut], data[cut:]]
        return [data]

    def _later(self, due_ms: int, action: Callable[[], None]) -> int:
        """Schedule an action after the earlier ones of its direction, and return its time."""
        network = self._network
        due_ms = max(due_ms, network.clock.monotonic_ms() + network.delay_ms())
        network.timers.schedule(due_ms, action)
        return due_ms

    def _greet(self) -> None:
        if not self.is_lost:
            self._peer.connected()

    def _deliver(self, data: bytes) -> None:
        if self.is_lost:
            return
        self._queued_bytes -= len(data)
        if self._is_writing_paused and self._queued_bytes <= self._low_bytes and self._owner is not None:
            self._is_writing_paused = False
            self._owner.resume_writing()
        if not self._has_client_heard:
            self._peer.received(data)

    def _arrive(self, data: bytes) -> None:
        if not self.is_lost:
            self._arrived.append(data)
            self._read()

    def _read(self) -> None:
        while self._arrived and self._is_reading and self._owner is not None and not self._is_closing:
            data = self._arrived.popleft()
            buffer = self._owner.get_buffer(-1)
            size = min(len(buffer), len(data))
            buffer[:size] = data[:size]
            if size < len(data):
                self._arrived.appendleft(data[size:])
            self._owner.buffer_updated(size)

    def _end(self) -> None:
        """Notify the broker's side that the client sends no more."""
        if not self.is_lost and self._owner is not None and not self._owner.eof_received():
            self.lose()

    def _tell_client(self) -> None:
        if not self._has_client_heard:
            self._has_client_heard = True
            self._peer.lost()

    def _tell_owner(self) -> None:
        owner, self._owner = self._owner, None
        if owner is not None:
            if self._endpoint is not None:
                self._endpoint.forget(self)
            owner.connection_lost(None)
