"""How many connections a listener takes, from where, and what becomes of the others."""

from __future__ import annotations

import asyncio
import socket

import pytest

from tests.transport.loopback import Client, Loopback, frame, limits, run, turns, until


def refusals(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return why connections were refused."""
    marker = "refused connection from "
    lines = [record.getMessage() for record in caplog.records if record.getMessage().startswith(marker)]
    return [line.partition(": ")[2] for line in lines]


async def is_served(room: Loopback, client: Client) -> bool:
    """Tell whether the listener kept a connection."""
    try:
        return await client.ask(b"hello") == b"re:hello"
    except OSError:
        return False


async def knock(room: Loopback) -> bool:
    """Connect once more; tells whether the connection was kept."""
    return await is_served(room, await room.knock())


def waits(caplog: pytest.LogCaptureFixture) -> int:
    """Return how often the log said that connections wait."""
    return sum(line.startswith("new connections wait: max.connections is ") for line in caplog.messages)


async def queue(room: Loopback, text: bytes) -> Client:
    """Connect once more and send a request; it is answered when the connection has its turn."""
    client = await room.knock()
    await client.send(frame(text))
    await turns()
    return client


def test_connections_above_the_limit_wait_for_their_turn(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with Loopback(limits(count=2)) as room:
            first, second = await room.connect(), await room.connect()
            third, fourth = await queue(room, b"third"), await queue(room, b"fourth")
            assert await is_served(room, first) and await is_served(room, second)
            assert (len(room.listener), room.handled) == (2, [b"hello", b"hello"])
            first.close()
            assert await third.reply() == b"re:third"
            await turns()
            assert room.handled[2:] == [b"third"]
            second.close()
            assert await fourth.reply() == b"re:fourth"
            assert len(room.listener) == 2

    run(scene())
    assert waits(caplog) >= 1 and refusals(caplog) == []


def test_a_client_that_gives_up_waiting_takes_no_place() -> None:
    async def scene() -> None:
        async with Loopback(limits(count=1)) as room:
            first = await room.connect()
            second, third = await queue(room, b"second"), await queue(room, b"third")
            second.close()
            first.close()
            assert await third.reply() == b"re:third"
            await until(lambda: len(room.listener) == 1)

    run(scene())


def test_all_listeners_share_the_descriptors(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with Loopback(capacity=2) as room:
            first, second = await room.connect(), await room.connect()
            third = await queue(room, b"third")
            assert await is_served(room, first) and await is_served(room, second)
            assert len(room.listener) == 2
            first.close()
            assert await third.reply() == b"re:third"

    run(scene())
    assert "new connections wait: 2 connections are all that the limit of open files leaves" in caplog.text


def test_an_address_with_too_many_is_refused_when_its_turn_comes(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with Loopback(limits(count=2, per_ip=1)) as room:
            first = await room.connect()
            room.listener.limits = limits(count=1, per_ip=1)
            second = await queue(room, b"second")
            room.listener.limits = limits(count=2, per_ip=1)
            with pytest.raises(OSError):
                assert await second.reply()
            assert await is_served(room, first)

    run(scene())
    assert refusals(caplog) == ["max.connections.per.ip is 1"]


def test_a_client_that_waits_is_refused_when_the_listener_stops() -> None:
    async def scene() -> None:
        async with Loopback(limits(count=1)) as room:
            first = await room.connect()
            second = await queue(room, b"second")
            room.listener.stop_accepting()
            assert await is_served(room, first)
            with pytest.raises(OSError):
                assert await second.reply()

    run(scene())


def test_connections_of_one_address_have_a_limit_of_their_own(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with Loopback(limits(per_ip=1)) as room:
            first = await room.connect()
            assert not await knock(room)
            assert await is_served(room, first)
            first.close()
            await until(lambda: len(room.listener) == 0)
            assert await knock(room)

    run(scene())
    assert refusals(caplog) == ["max.connections.per.ip is 1"]


def test_an_address_may_have_a_limit_by_name(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with Loopback(limits(per_ip=1, overrides={"127.0.0.1": 2, "10.0.0.1": 0})) as room:
            assert await knock(room) and await knock(room)
            assert not await knock(room)

    run(scene())
    assert refusals(caplog) == ["max.connections.per.ip is 2"]


def test_new_limits_hold_for_new_connections_only(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with Loopback() as room:
            old = [await room.connect() for _ in range(3)]
            room.listener.limits = limits(count=1)
            fourth = await queue(room, b"fourth")
            assert all([await is_served(room, client) for client in old])
            room.listener.limits = limits()
            assert await fourth.reply() == b"re:fourth"

    run(scene())
    assert (waits(caplog), refusals(caplog)) == (1, [])


def test_many_connections_come_and_go_and_nothing_is_left() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            for _ in range(3):
                crowd = [await room.connect() for _ in range(50)]
                assert len(room.listener) == 50
                for client in crowd:
                    client.close()
                await until(lambda: len(room.listener) == 0)
            assert room.listener.admission._count_per_ip == {}

    run(scene())


def test_after_it_stops_accepting_it_serves_who_is_there() -> None:
    async def scene() -> None:
        async with Loopback() as room:
            client = await room.connect()
            address = room.listener.address
            room.listener.stop_accepting()
            assert await is_served(room, client)
            with pytest.raises(ConnectionError), socket.socket() as sock:
                sock.setblocking(False)
                await asyncio.get_running_loop().sock_connect(sock, address)
            await turns()

    run(scene())


def test_stopping_before_the_start_frees_the_address() -> None:
    room = Loopback()
    room.listener.stop_accepting()
    assert room.listener._endpoint._sock.fileno() == -1
