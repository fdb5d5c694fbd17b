"""Conversations with the sans-IO connection: frames in, replies out, one request at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.limits import SMALL_REPLIES_BYTES
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.connection import Connection
from kafkalite.protocol.framing import FrameReceiver, FrameSizeViolation
from kafkalite.protocol.primitives import FrameWriter

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
        self.connection = Connection(FrameReceiver(bytearray(1024), 1000), self._handle, self._output)

    def _handle(self, frame: memoryview) -> FrameWriter | Later | None:
        name = bytes(frame)
        self.handled.append(name)
        if name == b"bad":
            raise ProtocolViolation("bad frame")
        return self.answers[name] if name in self.answers else reply(b"re:" + name)

    def _output(self) -> None:
        self.pushed += [bytes(part) for part in self.connection.take_outgoing()]

    def send(self, *frames: bytes) -> list[bytes]:
        stream = b"".join(len(frame).to_bytes(4, "big") + frame for frame in frames)
        self.connection.get_buffer()[: len(stream)] = stream
        self.connection.received(len(stream))
        return [bytes(part) for part in self.connection.take_outgoing()]


def test_pipelined_requests_are_answered_in_order() -> None:
    peer = Peer()
    assert peer.send(b"1", b"2", b"3") == [b"re:1", b"re:2", b"re:3"]
    assert peer.connection.is_idle and not peer.connection.is_muted


def test_a_request_without_reply_does_not_hold_up_the_next() -> None:
    peer = Peer()
    peer.answers[b"acks=0"] = None
    assert peer.send(b"acks=0", b"2") == [b"re:2"]


def test_frames_behind_a_pending_reply_wait_for_it() -> None:
    peer = Peer()
    later = peer.answers[b"wait"] = Later()
    assert peer.send(b"1", b"wait", b"3", b"4") == [b"re:1"]
    assert peer.handled == [b"1", b"wait"]
    assert peer.connection.is_muted and not peer.connection.is_idle
    assert later.callback is not None
    later.callback(reply(b"at last"))
    assert peer.pushed == [b"at last", b"re:3", b"re:4"]
    assert not peer.connection.is_muted


def test_waiting_frames_survive_the_reuse_of_the_receive_buffer() -> None:
    peer = Peer()
    later = peer.answers[b"wait"] = Later()
    peer.send(b"wait", b"kept")
    peer.connection.get_buffer()[:] = bytes(1024)
    assert later.callback is not None
    later.callback(None)
    assert peer.pushed == [b"re:kept"]


def test_a_second_pending_reply_behind_the_first() -> None:
    peer = Peer()
    first = peer.answers[b"a"] = Later()
    second = peer.answers[b"b"] = Later()
    peer.send(b"a", b"b", b"c")
    assert first.callback is not None
    first.callback(reply(b"A"))
    assert peer.pushed == [b"A"]
    assert second.callback is not None
    second.callback(reply(b"B"))
    assert peer.pushed == [b"A", b"B", b"re:c"]


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
    peer.connection.release()
    assert [bytes(part) for part in peer.connection.take_outgoing()] == [b"re:1"]


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
    assert not peer.connection.is_muted and not peer.connection.is_idle
    peer.send(b"2")
    assert peer.connection.is_muted and peer.handled == [b"wait"]
    assert later.callback is not None
    later.callback(reply(b"at last"))
    assert peer.pushed == [b"at last", b"re:2"] and not peer.connection.is_muted


def test_replies_of_one_burst_wait_for_those_before_them_to_be_written() -> None:
    peer = Peer()
    large = bytes(SMALL_REPLIES_BYTES)
    for name in (b"1", b"2", b"3"):
        peer.answers[name] = reply(large)
    first = peer.send(b"1", b"2", b"3")
    assert len(first) == 1 and peer.handled == [b"1"] and peer.connection.is_muted
    assert len(peer.connection.take_outgoing()) == 1 and peer.handled == [b"1", b"2"]
    peer.connection.hold()
    assert peer.connection.take_outgoing() == [] and peer.handled == [b"1", b"2"]
    peer.connection.release()
    assert len(peer.connection.take_outgoing()) == 1 and peer.handled == [b"1", b"2", b"3"]
    assert peer.connection.take_outgoing() == [] and not peer.connection.is_muted
