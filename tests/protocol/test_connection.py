"""Conversations with the sans-IO connection: frames in, replies out, one request at a time."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from kafkalite.model.limits import FRAME_UNCOUNTED_MAX_BYTES, SLICE_MAX_MS, SLICE_MAX_REQUEST_COUNT, SMALL_REPLIES_BYTES
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.connection import Connection
from kafkalite.protocol.frame_buffer import RequestMemory
from kafkalite.protocol.framing import FrameReceiver, FrameSizeViolation
from kafkalite.protocol.primitives import FrameWriter
from kafkalite.system.clock import ManualClock

if TYPE_CHECKING:
    from collections.abc import Callable


def reply(text: bytes) -> FrameWriter:
    out = FrameWriter()
    out += text
    return out


class Later:
    """A pending reply that the test completes."""

    def __init__(self) -> None:
        self.callback: Callable[[FrameWriter | ProtocolViolation | None], None] | None = None
        self.is_abandoned = False

    def then(self, callback: Callable[[FrameWriter | ProtocolViolation | None], None]) -> None:
        self.callback = callback

    def abandon(self) -> None:
        self.is_abandoned = True


class AlreadyKnown(Later):
    """A pending reply that is known when it is asked for."""

    def then(self, callback: Callable[[FrameWriter | ProtocolViolation | None], None]) -> None:
        callback(reply(b"known"))


class Peer:
    """A client and the broker behind the connection, both played by the test."""

    def __init__(self) -> None:
        self.answers: dict[bytes, FrameWriter | Later | None] = {}
        self.handled: list[bytes] = []
        self.pushed: list[bytes] = []
        self.clock = ManualClock()
        self.connection = Connection(
            FrameReceiver(bytearray(1024), 1000), self._handle, self._output, self.clock.monotonic_ms
        )

    def _handle(self, frame: memoryview) -> FrameWriter | Later | None:
        name = bytes(frame)
        self.handled.append(name)
        if name == b"bad":
            raise ProtocolViolation("bad frame")
        if name.startswith(b"slow"):
            self.clock.advance(SLICE_MAX_MS)
        return self.answers[name] if name in self.answers else reply(b"re:" + name)

    def _output(self) -> None:
        self.pushed += self.written()

    def written(self) -> list[bytes]:
        return [bytes(part) for part in self.connection.take_outgoing()]

    def proceed(self) -> list[bytes]:
        assert self.connection.has_work
        self.connection.proceed()
        return self.written()

    def send(self, *frames: bytes) -> list[bytes]:
        stream = b"".join(len(frame).to_bytes(4, "big") + frame for frame in frames)
        self.connection.get_buffer()[: len(stream)] = stream
        self.connection.received(len(stream))
        return self.written()


def test_pipelined_requests_are_answered_in_order() -> None:
    peer = Peer()
    assert peer.send(b"1", b"2", b"3") == [b"re:1", b"re:2", b"re:3"]
    assert not peer.connection.is_busy and not peer.connection.is_muted


def test_a_request_without_reply_does_not_hold_up_the_next() -> None:
    peer = Peer()
    peer.answers[b"acks=0"] = None
    assert peer.send(b"acks=0", b"2") == [b"re:2"]


def test_frames_behind_a_pending_reply_wait_for_it() -> None:
    peer = Peer()
    later = peer.answers[b"wait"] = Later()
    assert peer.send(b"1", b"wait", b"3", b"4") == [b"re:1"]
    assert peer.handled == [b"1", b"wait"]
    assert peer.connection.is_muted and peer.connection.is_busy and not peer.connection.has_work
    assert later.callback is not None
    later.callback(reply(b"at last"))
    assert peer.pushed == [b"at last"]
    assert peer.proceed() == [b"re:3", b"re:4"]
    assert not peer.connection.is_muted


def test_waiting_frames_survive_the_reuse_of_the_receive_buffer() -> None:
    peer = Peer()
    later = peer.answers[b"wait"] = Later()
    peer.send(b"wait", b"kept")
    peer.connection.get_buffer()[:] = bytes(1024)
    assert later.callback is not None
    later.callback(None)
    assert peer.proceed() == [b"re:kept"]


def test_a_second_pending_reply_behind_the_first() -> None:
    peer = Peer()
    first = peer.answers[b"a"] = Later()
    second = peer.answers[b"b"] = Later()
    peer.send(b"a", b"b", b"c")
    assert first.callback is not None
    first.callback(reply(b"A"))
    assert peer.pushed == [b"A"]
    assert peer.proceed() == [] and second.callback is not None
    second.callback(reply(b"B"))
    assert peer.pushed == [b"A", b"B"]
    assert peer.proceed() == [b"re:c"]


def test_a_reply_known_at_once_keeps_its_place() -> None:
    peer = Peer()
    peer.answers[b"now"] = AlreadyKnown()
    assert peer.send(b"1", b"now", b"3") == [b"re:1", b"known", b"re:3"]
    assert peer.pushed == []


def test_a_violation_ends_the_connection_after_the_replies_before_it() -> None:
    peer = Peer()
    assert peer.send(b"1", b"bad", b"3") == [b"re:1"]
    assert isinstance(peer.connection.failure, ProtocolViolation)
    assert peer.handled == [b"1", b"bad"]
    assert peer.connection.is_muted


def test_a_length_out_of_bounds_ends_the_connection() -> None:
    peer = Peer()
    peer.connection.get_buffer()[:4] = b"GET "
    peer.connection.received(4)
    assert isinstance(peer.connection.failure, FrameSizeViolation)


def test_a_pending_reply_may_turn_into_a_reason_to_close() -> None:
    peer = Peer()
    later = peer.answers[b"wait"] = Later()
    peer.send(b"wait", b"2")
    assert later.callback is not None
    later.callback(ProtocolViolation("gone wrong"))
    assert str(peer.connection.failure) == "gone wrong"
    assert peer.handled == [b"wait"]


def test_closing_abandons_what_is_pending_and_ignores_what_comes_of_it() -> None:
    peer = Peer()
    later = peer.answers[b"wait"] = Later()
    peer.send(b"wait", b"2")
    peer.connection.close()
    assert later.is_abandoned and later.callback is not None
    later.callback(reply(b"too late"))
    assert peer.pushed == [] and peer.handled == [b"wait"]


def test_a_client_that_does_not_read_is_not_served_further() -> None:
    peer = Peer()
    peer.connection.hold()
    assert peer.connection.is_muted
    assert peer.send(b"1") == []
    assert not peer.connection.has_work
    peer.connection.release()
    assert peer.proceed() == [b"re:1"]


def test_attached_buffers_are_handed_on_uncopied() -> None:
    peer = Peer()
    records = bytes(8192)
    out = reply(b"head")
    out.attach(records)
    peer.answers[b"fetch"] = out
    stream = (5).to_bytes(4, "big") + b"fetch"
    peer.connection.get_buffer()[: len(stream)] = stream
    peer.connection.received(len(stream))
    head, body = peer.connection.take_outgoing()
    assert bytes(head) == b"head" and body is records


def test_reading_goes_on_behind_a_pending_reply_until_a_frame_waits() -> None:
    peer = Peer()
    later = peer.answers[b"wait"] = Later()
    peer.send(b"wait")
    assert not peer.connection.is_muted and peer.connection.is_busy
    peer.send(b"2")
    assert peer.connection.is_muted and peer.handled == [b"wait"]
    assert later.callback is not None
    later.callback(reply(b"at last"))
    assert peer.pushed == [b"at last"]
    assert peer.proceed() == [b"re:2"] and not peer.connection.is_muted


def test_replies_of_one_burst_wait_for_those_before_them_to_be_written() -> None:
    peer = Peer()
    large = bytes(SMALL_REPLIES_BYTES)
    for name in (b"1", b"2", b"3"):
        peer.answers[name] = reply(large)
    first = peer.send(b"1", b"2", b"3")
    assert len(first) == 1 and peer.handled == [b"1"] and peer.connection.is_muted
    assert len(peer.proceed()) == 1 and peer.handled == [b"1", b"2"]
    peer.connection.hold()
    peer.connection.proceed()
    assert peer.written() == [] and peer.handled == [b"1", b"2"]
    peer.connection.release()
    assert len(peer.proceed()) == 1 and peer.handled == [b"1", b"2", b"3"]
    assert not peer.connection.has_work and not peer.connection.is_muted


def test_a_share_of_a_turn_ends_with_its_time() -> None:
    peer = Peer()
    assert peer.send(b"slow1", b"slow2", b"slow3") == [b"re:slow1"]
    assert peer.connection.is_muted and peer.handled == [b"slow1"]
    assert peer.proceed() == [b"re:slow2"]
    assert peer.proceed() == [b"re:slow3"]
    assert not peer.connection.has_work and not peer.connection.is_muted


def test_a_share_of_a_turn_ends_with_its_count_whatever_the_clock_says() -> None:
    peer = Peer()
    assert len(peer.send(*[b"x"] * (2 * SLICE_MAX_REQUEST_COUNT + 1))) == SLICE_MAX_REQUEST_COUNT
    assert len(peer.proceed()) == SLICE_MAX_REQUEST_COUNT
    assert len(peer.proceed()) == 1 and not peer.connection.has_work


def test_nothing_is_computed_for_a_connection_that_is_gone() -> None:
    peer = Peer()
    peer.send(b"slow1", b"slow2")
    peer.connection.close()
    assert not peer.connection.has_work
    peer.connection.proceed()
    assert peer.handled == [b"slow1"]


def test_a_closed_connection_holds_nothing_and_leads_back_to_nobody() -> None:
    """Without a cycle, what a connection held is free with its last reference, not with the next collection."""
    peer = Peer()
    claim = (1000).to_bytes(4, "big")
    peer.connection.get_buffer()[:24] = claim + b"started" + bytes(13)
    peer.connection.received(24)
    later = peer.answers[b"wait"] = Later()
    peer.connection.close()
    assert later.callback is None
    gone = weakref.ref(peer)
    del peer
    assert gone() is None


def test_a_frame_that_finds_no_memory_waits_until_some_is_given_back() -> None:
    memory = RequestMemory(1)
    handled: list[int] = []
    receiver = FrameReceiver(bytearray(1 << 18), 1 << 20, memory)
    connection = Connection(
        receiver, lambda frame: handled.append(len(frame)), lambda: None, ManualClock().monotonic_ms
    )
    assert memory.take(5)
    size = FRAME_UNCOUNTED_MAX_BYTES + 100
    stream = size.to_bytes(4, "big") + bytes(size)
    connection.get_buffer()[:20_000] = stream[:20_000]
    connection.received(20_000)
    assert connection.is_muted and not connection.is_busy
    assert not receiver.go_on() and connection.is_muted
    memory.give_back(5)
    assert receiver.go_on() and not connection.is_muted
    rest = stream[20_000:]
    connection.get_buffer()[: len(rest)] = rest
    connection.received(len(rest))
    assert handled == [size]
    assert memory.used_bytes == 0
