"""The simulated network: order, pieces, loss, backlog, and both sides' ends of a connection."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from kafkalite.system.clock import ManualClock
from kafkalite.testing.simulation.network import CALM, SimulatedEndpoint, SimulatedNetwork, Weather

ADDRESS = ("broker", 9092)


class Owner:
    """The broker's side, like the owner of a client connection."""

    def __init__(self) -> None:
        self.channel: Any = None
        self.received = bytearray()
        self.pieces: list[bytes] = []
        self.events: list[str] = []
        self._buffer = bytearray(8)

    def connection_made(self, transport: Any) -> None:
        self.channel = transport

    def get_buffer(self, sizehint: int) -> memoryview:
        return memoryview(self._buffer)

    def buffer_updated(self, nbytes: int) -> None:
        self.pieces.append(bytes(self._buffer[:nbytes]))
        self.received += self._buffer[:nbytes]

    def eof_received(self) -> bool:
        self.events.append("eof")
        return False

    def pause_writing(self) -> None:
        self.events.append("pause")

    def resume_writing(self) -> None:
        self.events.append("resume")

    def connection_lost(self, exc: Exception | None) -> None:
        self.events.append("lost")


class Peer:
    """The client's side."""

    def __init__(self) -> None:
        self.bytes = bytearray()
        self.events: list[str] = []

    def connected(self) -> None:
        self.events.append("connected")

    def received(self, data: bytes) -> None:
        self.bytes += data

    def lost(self) -> None:
        self.events.append("lost")


class Scene:
    def __init__(self, weather: Weather = CALM, seed: int = 1) -> None:
        self.clock = ManualClock()
        self.network = SimulatedNetwork(self.clock, Random(seed), weather)
        self.owners: list[Owner] = []
        self.obstacle: str | None = None
        self.endpoint: SimulatedEndpoint = self.network.bind(*ADDRESS)

    def listen(self, backlog: int = 5) -> None:
        self.endpoint.start(backlog, lambda: self.obstacle, self._make_owner, lambda *text: None)

    def _make_owner(self) -> Owner:
        self.owners.append(Owner())
        return self.owners[-1]

    def connect(self) -> tuple[Peer, Any]:
        peer = Peer()
        return peer, self.network.connect(ADDRESS, peer)


def test_bytes_arrive_in_their_order_and_in_pieces() -> None:
    scene = Scene(Weather(delay_max_ms=50, slow_chance=0.3, slow_max_ms=500, split_chance=0.5))
    scene.listen()
    peer, link = scene.connect()
    scene.clock.advance(1000)
    sent = [b"%d," % number for number in range(100)]
    for data in sent:
        link.send(data)
        scene.owners[0].channel.write(data)
    scene.clock.advance(60_000)
    assert bytes(scene.owners[0].received) == bytes(peer.bytes) == b"".join(sent)
    assert len(scene.owners[0].pieces) > 100
    assert peer.events == ["connected"]


def test_connections_overtake_each_other() -> None:
    firsts = set()
    for seed in range(20):
        scene = Scene(Weather(delay_max_ms=50), seed)
        scene.listen()
        links = [scene.connect()[1] for _ in range(2)]
        scene.clock.advance(1000)
        for link in links:
            link.send(b"x")
        while not any(owner.received for owner in scene.owners):
            scene.clock.advance(1)
        ports = [owner.channel.get_extra_info("peername")[1] for owner in scene.owners if owner.received]
        firsts.add(min(ports) == 40_001)
    assert firsts == {True, False}


def test_nobody_listens() -> None:
    scene = Scene()
    peer, _ = scene.connect()
    scene.clock.advance(1000)
    assert peer.events == ["lost"]
    with pytest.raises(OSError, match="in use"):
        scene.network.bind(*ADDRESS)
    scene.endpoint.stop()
    scene.endpoint.stop()
    scene.network.bind(*ADDRESS)


def test_what_is_beyond_the_backlog_is_refused_and_the_rest_waits() -> None:
    scene = Scene()
    scene.obstacle = "full"
    scene.listen(backlog=1)
    peers = [scene.connect()[0] for _ in range(3)]
    scene.clock.advance(1000)
    assert sorted(peer.events for peer in peers) == [[], ["lost"], ["lost"]]
    scene.obstacle = None
    scene.endpoint.resume()
    scene.clock.advance(1000)
    assert sorted(peer.events for peer in peers) == [["connected"], ["lost"], ["lost"]]
    assert scene.endpoint.starting_count == 1  # until its owner says that it has it
    scene.endpoint.connected()
    assert scene.endpoint.starting_count == 0


def test_a_cut_takes_what_is_under_way_and_both_sides_notice() -> None:
    scene = Scene()
    scene.listen()
    peer, link = scene.connect()
    scene.clock.advance(1000)
    scene.network.weather = Weather(cut_chance=1.0)
    link.send(b"never")
    scene.clock.advance(1000)
    assert (peer.events, scene.owners[0].events) == (["connected", "lost"], ["lost"])
    assert not scene.owners[0].received and scene.network.cut_count == 1
    scene.owners[0].channel.write(b"into the void")
    link.send(b"into the void")
    scene.clock.advance(1000)
    assert not peer.bytes and scene.network.cut_count == 1


def test_closing_sends_what_is_queued_and_aborting_does_not() -> None:
    for is_abort in (False, True):
        scene = Scene(Weather(delay_max_ms=50))
        scene.listen()
        peer, _ = scene.connect()
        scene.clock.advance(1000)
        channel = scene.owners[0].channel
        channel.write(b"last words")
        (channel.abort if is_abort else channel.close)()
        assert channel.is_closing()
        scene.clock.advance(1000)
        assert bytes(peer.bytes) == (b"" if is_abort else b"last words")
        assert (peer.events[-1], scene.owners[0].events) == ("lost", ["lost"])


def test_a_client_that_hangs_up_hears_nothing_more() -> None:
    scene = Scene()
    scene.listen()
    peer, link = scene.connect()
    scene.clock.advance(1000)
    link.hang_up()
    scene.owners[0].channel.write(b"late")
    scene.clock.advance(1000)
    assert (peer.events, bytes(peer.bytes)) == (["connected"], b"")
    assert scene.owners[0].events == ["eof", "lost"]


def test_a_slow_client_pauses_writing_and_a_busy_broker_reading() -> None:
    scene = Scene()
    scene.listen()
    peer, link = scene.connect()
    scene.clock.advance(1000)
    owner = scene.owners[0]
    owner.channel.set_write_buffer_limits(high=10, low=0)
    owner.channel.write(b"x" * 11)
    assert (owner.events, owner.channel.get_write_buffer_size()) == (["pause"], 11)
    scene.clock.advance(1000)
    assert (owner.events, len(peer.bytes)) == (["pause", "resume"], 11)
    owner.channel.pause_reading()
    link.send(b"wait")
    scene.clock.advance(1000)
    assert not owner.received
    owner.channel.resume_reading()
    scene.clock.advance(1000)
    assert bytes(owner.received) == b"wait"


def test_a_process_that_dies_is_not_called_any_more() -> None:
    scene = Scene()
    scene.listen()
    peer, link = scene.connect()
    scene.clock.advance(1000)
    link.send(b"too late")
    scene.endpoint.die()
    scene.clock.advance(1000)
    assert (peer.events, scene.owners[0].events, bytes(scene.owners[0].received)) == (["connected", "lost"], [], b"")
