"""One socket: frames in whatever pieces they come, and clients that do not read, vanish or talk nonsense."""

from __future__ import annotations

import gc
import logging
import random
import weakref
from itertools import groupby
from typing import Any

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import (
    FRAME_UNCOUNTED_MAX_BYTES,
    PEER_LOG_SPAN_WARNING_COUNT,
    SEND_HIGH_WATER_BYTES,
    SEND_PIECE_BYTES,
    SLICE_MAX_REQUEST_COUNT,
    SMALL_REPLIES_BYTES,
)
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.primitives import FrameWriter
from tests.transport.loopback import Client, Later, Loopback, frame, limits, run, turns, until


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return the log lines of the transport."""
    return [record.getMessage() for record in caplog.records if record.name.startswith(("kafkalite", "asyncio"))]


# ---- frames and replies --------------------------------------------------------------------------------------------


def test_a_frame_may_come_byte_by_byte() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            client = await room.connect()
            for byte in frame(b"hello"):
                await client.send(bytes([byte]))
                await turns(3)
            assert await client.reply() == b"re:hello"
            assert room.handled == [b"hello"]

    run(scene())


def test_frames_may_come_in_one_piece_and_are_answered_in_order() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            client = await room.connect()
            await client.send(b"".join(frame(b"%d" % number) for number in range(500)))
            assert [await client.reply() for _ in range(500)] == [b"re:%d" % number for number in range(500)]

    run(scene())


def test_a_large_frame_between_small_ones() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            client = await room.connect()
            large = bytes(range(256)) * 3000
            await client.send(frame(b"a") + frame(large) + frame(b"b"))
            assert [await client.reply() for _ in range(3)] == [b"re:a", b"re:" + large, b"re:b"]

    run(scene())


def test_a_request_without_reply_does_not_hold_up_the_next() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            room.answers[b"acks=0"] = None
            client = await room.connect()
            await client.send(frame(b"acks=0") * 3 + frame(b"next"))
            assert await client.reply() == b"re:next"
            assert room.handled == [b"acks=0"] * 3 + [b"next"]

    run(scene())


def test_a_turn_ends_after_its_replies_were_written() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            client = await room.connect()
            assert room.ended_turns == 0
            await client.ask(b"a")
            assert room.ended_turns == 1

    run(scene())


# ---- replies that come later ---------------------------------------------------------------------------------------


def test_what_follows_a_waiting_request_waits_for_its_reply() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            later = room.answers[b"fetch"] = Later()
            client, other = await room.connect(), await room.connect()
            await client.send(frame(b"fetch") + frame(b"2") + frame(b"3"))
            assert await other.ask(b"quick") == b"re:quick"
            await until(lambda: b"fetch" in room.handled)
            await turns()
            assert b"2" not in room.handled
            later.give(b"fetched")
            assert [await client.reply() for _ in range(3)] == [b"fetched", b"re:2", b"re:3"]

    run(scene())


def test_behind_a_waiting_request_no_more_is_read_than_one_piece() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            later = room.answers[b"fetch"] = Later()
            client = await room.connect()
            await client.ask(b"first")
            [protocol] = room.listener.admission.clients
            await client.send(frame(b"fetch"))
            await until(lambda: b"fetch" in room.handled)
            await turns()
            assert protocol._transport.is_reading()  # so that the end of the client is noticed
            await client.send(frame(b"x" * 1000) * 10)
            await until(lambda: not protocol._transport.is_reading())
            await client.send(frame(b"y" * 1000) * 10)
            await turns()
            waiting = sum(map(len, protocol.connection._backlog))
            assert 0 < waiting <= 10_000
            later.give(b"fetched")
            assert await client.reply() == b"fetched"
            assert len([await client.reply() for _ in range(20)]) == 20
            assert protocol._transport.is_reading()

    run(scene())


@pytest.mark.parametrize("farewell", [Client.close, Client.reset, Client.finish_sending])
def test_a_client_that_vanishes_while_it_waits_is_let_go_at_once(farewell: Any) -> None:
    async def scene() -> None:
        async with Loopback() as room:
            later = room.answers[b"fetch"] = Later()
            client = await room.connect()
            await client.send(frame(b"fetch"))
            await until(lambda: b"fetch" in room.handled)
            farewell(client)
            await until(lambda: later.is_abandoned)
            await until(lambda: len(room.listener) == 0)
            later.give(b"nobody hears this")

    run(scene())


def test_a_client_that_vanishes_in_the_middle_of_a_frame_is_let_go() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            client = await room.connect()
            await client.send(frame(b"whole") + frame(b"x" * 100_000)[:50_000])
            assert await client.reply() == b"re:whole"
            client.close()
            await until(lambda: len(room.listener) == 0)
            assert room.handled == [b"whole"]

    run(scene())


def test_what_was_asked_before_the_client_stopped_sending_is_answered() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            client = await room.connect()
            await client.send(frame(b"last wish"))
            client.finish_sending()
            assert await client.rest() == frame(b"re:last wish")

    run(scene())


# ---- clients that do not read --------------------------------------------------------------------------------------


def unsent_bytes(protocol: Any) -> int:
    """Return what a connection holds of its replies."""
    waiting = [len(piece) for piece in protocol._outbox.pieces]
    return protocol._transport.get_write_buffer_size() + sum(waiting) + sum(map(len, protocol.connection._outgoing))


def test_a_client_that_never_reads_is_not_served_without_end() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            reply = b"z" * SMALL_REPLIES_BYTES
            room.answers[b"fetch"] = reply
            client, other = await room.connect(receive_buffer_bytes=8192), await room.connect()
            count = 200  # 50 MB of replies, of which the system takes a few
            await client.send(frame(b"fetch") * count)
            protocol = next(iter(room.listener.admission.clients))
            await until(lambda: not protocol._transport.is_reading())
            assert await other.ask(b"quick") == b"re:quick"
            await turns()
            served = room.handled.count(b"fetch")
            assert served < count
            assert unsent_bytes(protocol) <= SEND_HIGH_WATER_BYTES + SEND_PIECE_BYTES + len(reply) + 4
            for _ in range(count):
                assert await client.reply() == reply
            await until(protocol._transport.is_reading)
            assert await client.ask(b"again") == b"re:again"

    run(scene())


class Stored:
    """A range of a file that counts what is read of it."""

    def __init__(self, data: bytes, *, breaks_at: int = -1) -> None:
        self.data = data
        self.breaks_at = breaks_at
        self.read_count = 0

    def __len__(self) -> int:
        return len(self.data)

    def read(self, position: int, size: int) -> bytes:
        if 0 <= self.breaks_at < position + size:
            raise StorageFault("read", "00000000000000000000.log", "an error of the disk")
        self.read_count += size
        return self.data[position : position + size]

    def descriptor(self) -> tuple[int, int] | None:
        return None


def with_range(stored: Stored) -> FrameWriter:
    """Return a reply that is nothing but a range."""
    out = FrameWriter(len(stored).to_bytes(4, "big"))
    out.attach(stored)
    return out


def test_a_stored_answer_is_read_only_as_far_as_the_client_reads_it() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            stored = Stored(random.Random(1).randbytes(20 << 20))
            room.answers[b"fetch"] = with_range(stored)
            client = await room.connect(receive_buffer_bytes=8192)
            await client.send(frame(b"fetch") + frame(b"after"))
            await until(lambda: stored.read_count > 0)
            await turns()
            assert stored.read_count < len(stored) / 2, "what the system does not take stays on the disk"
            assert await client.reply() == stored.data
            assert await client.reply() == b"re:after" and stored.read_count == len(stored)

    run(scene())


def test_an_answer_that_cannot_be_read_to_its_end_ends_its_connection(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with Loopback() as room:
            room.answers[b"fetch"] = with_range(Stored(bytes(4 << 20), breaks_at=1 << 20))
            client, other = await room.connect(), await room.connect()
            await client.send(frame(b"fetch"))
            assert len(await client.rest()) < 4 << 20
            assert await other.ask(b"alive") == b"re:alive"
            assert [fault.operation for fault in room.faults] == ["read"]

    run(scene())
    [line] = lines(caplog)
    assert "in the middle of an answer" in line and "an error of the disk" in line


def test_a_violation_waits_for_the_large_answer_before_it() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            stored = Stored(bytes(8 << 20))
            room.answers[b"fetch"] = with_range(stored)
            room.answers[b"bad"] = ProtocolViolation("Fetch version 99 is not served")
            client = await room.connect(receive_buffer_bytes=8192)
            await client.send(frame(b"fetch") + frame(b"bad"))
            assert await client.rest() == frame(stored.data)

    run(scene())


def test_a_client_that_never_reads_may_be_aborted() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            room.answers[b"fetch"] = b"z" * SMALL_REPLIES_BYTES
            client = await room.connect(receive_buffer_bytes=8192)
            await client.send(frame(b"fetch") * 100)
            protocol = next(iter(room.listener.admission.clients))
            await until(lambda: protocol._outbox.is_paused)
            room.listener.close_clients()
            await turns()
            assert len(room.listener) == 1  # what is queued has to be sent first
            room.listener.abort_clients()
            await until(lambda: len(room.listener) == 0)

    run(scene())


# ---- reasons to close ----------------------------------------------------------------------------------------------


def test_a_violation_closes_after_the_replies_before_it(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with Loopback() as room:
            room.answers[b"bad"] = ProtocolViolation("Fetch version 99 is not served")
            client, other = await room.connect(), await room.connect()
            await client.send(frame(b"1") + frame(b"bad") + frame(b"3"))
            assert await client.rest() == frame(b"re:1")
            assert room.handled == [b"1", b"bad"]
            assert await other.ask(b"alive") == b"re:alive"

    run(scene())
    [line] = lines(caplog)
    assert line.startswith("closing connection from 127.0.0.1:") and line.endswith(": Fetch version 99 is not served")


def test_a_late_violation_closes_too(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with Loopback() as room:
            later = room.answers[b"produce"] = Later()
            client = await room.connect()
            await client.send(frame(b"produce"))
            await until(lambda: b"produce" in room.handled)
            later._callback(ProtocolViolation("Produce with acks=0 failed"))
            assert await client.rest() == b""

    run(scene())
    assert len(lines(caplog)) == 1


GARBAGE = [
    (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "an HTTP request"),
    (b"POST /topics HTTP/1.1\r\n\r\n", "an HTTP request"),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "a TLS hello"),
    (b"SSH-2.0-OpenSSH_9.6\r\n", "an SSH client"),
    (b"\xff" * 64, "no Kafka request"),
    (b"\x7f\xff\xff\xff", "no Kafka request"),
    (b"\x80\x00\x00\x00", "no Kafka request"),
    ((1 << 20).to_bytes(4, "big")[:3] + b"\x01" + b"x", "no Kafka request"),
]


@pytest.mark.parametrize(("garbage", "guess"), GARBAGE, ids=lambda value: str(value)[:24])
@pytest.mark.parametrize("in_pieces", [False, True])
def test_garbage_closes_its_connection_with_one_line(
    caplog: pytest.LogCaptureFixture, garbage: bytes, guess: str, in_pieces: bool
) -> None:
    async def scene() -> bytes:
        async with Loopback() as room:
            client, other = await room.connect(), await room.connect()
            if in_pieces:
                await client.send(garbage[:2])
                await turns()
                await client.send(garbage[2:])
            else:
                await client.send(garbage)
            heard = await client.rest()
            assert await other.ask(b"alive") == b"re:alive"
            assert room.handled == [b"alive"]
            return heard

    heard = run(scene())
    [line] = lines(caplog)
    assert line.startswith("closing connection from 127.0.0.1:") and guess in line
    if garbage[:4] in (b"GET ", b"POST"):
        assert heard.startswith(b"HTTP/1.1 400 Bad Request\r\n") and b"Point a Kafka client at it." in heard
    else:
        assert heard == b""


def test_a_flood_of_garbage_is_a_few_lines(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with Loopback() as room:
            for _ in range(3 * PEER_LOG_SPAN_WARNING_COUNT):
                client = await room.connect()
                await client.send(b"\xff" * 64)
                assert await client.rest() == b""

    run(scene())
    assert len(lines(caplog)) == PEER_LOG_SPAN_WARNING_COUNT


def test_garbage_behind_good_requests_closes_after_their_replies(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with Loopback() as room:
            client = await room.connect()
            await client.send(frame(b"good") + b"\xff\xff\xff\xff")
            await client.rest()

    run(scene())
    assert len(lines(caplog)) == 1


def test_a_long_frame_takes_memory_as_its_bytes_arrive_and_no_sooner() -> None:
    async def scene() -> None:
        async with Loopback(max_frame_bytes=100 << 20) as room:
            client = await room.connect()
            await client.send((100 << 20).to_bytes(4, "big") + b"x" * 1000)
            protocol = next(iter(room.listener.admission.clients))
            await until(lambda: protocol.connection._receiver.is_mid_frame)
            assert len(protocol.connection._receiver._own) <= 2 << 20

    run(scene())


def test_a_bug_of_the_broker_closes_one_connection_only(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "asyncio")

    async def scene() -> None:
        async with Loopback() as room:
            room.answers[b"bug"] = RuntimeError("a bug")
            client, other = await room.connect(), await room.connect()
            await client.send(frame(b"bug"))
            assert await client.rest() == b""
            assert await other.ask(b"alive") == b"re:alive"

    run(scene())


# ---- being idle ----------------------------------------------------------------------------------------------------


def test_only_connections_on_which_nothing_happened_are_closed() -> None:
    async def scene() -> None:
        async with Loopback(limits(idle_ms=1000)) as room:
            later = room.answers[b"fetch"] = Later()
            idle, busy, waiting, halfway = [await room.connect() for _ in range(4)]
            await waiting.send(frame(b"fetch"))
            await halfway.send(frame(b"half a frame")[:7])
            remaining = []
            for _ in range(3):
                await busy.ask(b"ping")
                room.clock.advance(600)
                room.listener.close_idle()
                await turns()
                remaining.append(len(room.listener))
            assert await idle.rest() == b"" and await halfway.rest() == b"" and remaining == [4, 3, 2]
            later.give(b"fetched")
            assert await waiting.reply() == b"fetched"

    run(scene())


@pytest.mark.parametrize("start", [b"", b"\0\0", frame(b"half a frame")[:7], frame(bytes(100_000))[:40_000]])
def test_a_connection_is_idle_however_much_of_a_frame_it_sent(start: bytes) -> None:
    async def scene() -> None:
        async with Loopback(limits(idle_ms=1000)) as room:
            client = await room.connect()
            await client.send(start)
            await turns()
            for _ in range(2):
                room.listener.close_idle()
                room.clock.advance(1001)
            room.listener.close_idle()
            assert await client.rest() == b""

    run(scene())


def test_a_client_that_reads_no_reply_becomes_idle() -> None:
    async def scene() -> None:
        async with Loopback(limits(idle_ms=1000)) as room:
            room.answers[b"fetch"] = with_range(Stored(bytes(20 << 20)))
            client = await room.connect(receive_buffer_bytes=8192)
            await client.send(frame(b"fetch") + frame(b"waits"))
            protocol = next(iter(room.listener.admission.clients))
            await until(lambda: unsent_bytes(protocol) > 0)
            await turns()
            for _ in range(2):
                room.listener.close_idle()
                room.clock.advance(1001)
            room.listener.close_idle()
            await until(protocol._transport.is_closing)
            room.listener.abort_clients()
            await until(lambda: len(room.listener) == 0)

    run(scene())


# ---- fairness ------------------------------------------------------------------------------------------------------


def test_a_client_that_pipelines_lets_the_others_have_their_turns() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            flood, quiet = await room.connect(), await room.connect()
            count = 20 * SLICE_MAX_REQUEST_COUNT
            await flood.send(frame(b"flood") * count)
            await until(lambda: b"flood" in room.handled)
            assert await quiet.ask(b"quick") == b"re:quick"
            assert room.handled.index(b"quick") < count / 2
            assert [await flood.reply() for _ in range(count)] == [b"re:flood"] * count

    run(scene())


def test_two_floods_are_answered_side_by_side() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            first, second = await room.connect(), await room.connect()
            count = 10 * SLICE_MAX_REQUEST_COUNT
            await first.send(frame(b"a") * count)
            await second.send(frame(b"b") * count)
            await until(lambda: len(room.handled) == 2 * count)
            longest = max(len(list(group)) for _, group in groupby(room.handled))
            assert longest <= 2 * SLICE_MAX_REQUEST_COUNT

    run(scene())


def test_nothing_is_computed_for_a_flood_whose_client_is_gone(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with Loopback() as room:
            flood = await room.connect()
            count = 200 * SLICE_MAX_REQUEST_COUNT
            await flood.send(frame(b"flood") * count)
            await until(lambda: b"flood" in room.handled)
            flood.reset()
            await until(lambda: len(room.listener) == 0)
            served = len(room.handled)
            await turns(100)
            assert len(room.handled) == served < count / 2

    run(scene())
    assert lines(caplog) == []


# ---- memory --------------------------------------------------------------------------------------------------------


def test_a_large_request_waits_for_memory_and_then_goes_on() -> None:
    async def scene() -> None:
        async with Loopback(memory_bytes=1) as room:
            first, second = await room.connect(), await room.connect()
            large = bytes(FRAME_UNCOUNTED_MAX_BYTES + 1)
            await first.send(frame(large)[:-1])
            await until(lambda: room.listener.admission.memory.used_bytes > 0)
            await second.send(frame(large)[:-1])
            protocols = list(room.listener.admission.clients)
            await until(lambda: not protocols[1]._transport.is_reading())
            assert await (await room.connect()).ask(b"small") == b"re:small"
            await first.send(b"\0")
            assert await first.reply() == b"re:" + large
            await second.send(b"\0")
            assert await second.reply() == b"re:" + large
            await until(lambda: room.listener.admission.memory.used_bytes == 0)

    run(scene())


def test_memory_is_given_back_by_a_connection_that_ends_in_the_middle_of_a_frame() -> None:
    async def scene() -> None:
        async with Loopback(memory_bytes=1 << 30) as room:
            client = await room.connect()
            await client.send(frame(bytes(1 << 20))[:300_000])
            await until(lambda: room.listener.admission.memory.used_bytes > 0)
            protocol = weakref.ref(next(iter(room.listener.admission.clients)))
            client.reset()
            await until(lambda: len(room.listener) == 0)
            await turns()
            assert room.listener.admission.memory.used_bytes == 0
            assert protocol() is None, "without a cycle that has to be collected first"

    gc.collect()
    gc.disable()
    try:
        run(scene())
    finally:
        gc.enable()


def test_a_negative_limit_lets_everybody_be_idle() -> None:
    async def scene() -> None:
        async with Loopback(limits(idle_ms=-1)) as room:
            client = await room.connect()
            room.clock.advance(10**12)
            room.listener.close_idle()
            assert await client.ask(b"a") == b"re:a"

    run(scene())


def test_a_connection_knows_both_of_its_ends() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            client, other = await room.connect(), await room.connect()
            await client.ask(b"a")
            await other.ask(b"b")
            first, second = room.contexts
            assert (first.local_host, first.local_port) == room.listener.address
            assert (first.peer_host, first.listener_name, first.principal) == (
                "127.0.0.1",
                "PLAINTEXT",
                "User:ANONYMOUS",
            )
            assert first.connection_id != second.connection_id and str(first) == f"127.0.0.1:{first.peer_port}"

    run(scene())
