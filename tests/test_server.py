"""A server on real sockets: what the whole of it does that none of its parts does alone."""

from __future__ import annotations

import asyncio
import pathlib
import socket
import threading
from typing import Any

import pytest

from kafkalite.broker.context import RequestContext
from kafkalite.log.checkpoints import decode_meta_properties
from kafkalite.log.manager import LogManager
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import IDLE_CHECK_INTERVAL_MS
from kafkalite.protocol import api_keys, errors
from kafkalite.protocol.messages.api_versions_request import ApiVersionsRequest
from kafkalite.protocol.messages.describe_log_dirs_request import DescribeLogDirsRequest
from kafkalite.protocol.messages.metadata_request import MetadataRequest
from kafkalite.records.batch import iterate_batches, iterate_records
from kafkalite.server import Server
from kafkalite.settings import ConfigError, merge_settings
from kafkalite.system.clock import ManualClock
from tests.embedded_server import (
    NOW_MS,
    EmbeddedServer,
    WireClient,
    alter_broker,
    fetch_request,
    produce_request,
    run,
    until,
)


def values(answer: Any) -> list[bytes]:
    return [
        bytes(record.value or b"")
        for header in iterate_batches(answer.records)
        for record in iterate_records(answer.records, header)
    ]


# ---- start and stop ------------------------------------------------------------------------------------------------


def test_work_that_was_queued_before_the_loop_ran_is_done_and_holds_up_no_other() -> None:
    """Opening the data may queue work, when there is no loop yet that could be asked for a turn."""

    async def scene() -> list[str]:
        done: list[str] = []
        embedded = EmbeddedServer()
        opened = embedded.server.open

        def open_and_queue() -> None:
            opened()
            embedded.server.broker.work.add(lambda: bool(done.append("early")))

        embedded.server.open = open_and_queue  # type: ignore[method-assign]
        async with embedded:
            await until(lambda: done)
            embedded.server.broker.work.add(lambda: bool(done.append("late")))
            await until(lambda: len(done) == 2)
        return done

    assert run(scene()) == ["early", "late"]


def test_a_stopped_server_starts_again_on_what_it_left(tmp_path: pathlib.Path) -> None:
    data = str(tmp_path / "data")

    async def scene() -> None:
        async with EmbeddedServer(data) as embedded:
            client = await embedded.connect()
            await client.create_topic()
            assert (await client.produce(b"first")).base_offset == 0
            assert not (tmp_path / "data/.kafka_cleanshutdown").exists()
        assert (tmp_path / "data/.kafka_cleanshutdown").exists()
        async with EmbeddedServer(data) as embedded:
            client = await embedded.connect()
            assert values(await client.fetch()) == [b"first"]
            assert (await client.produce(b"second")).base_offset == 1

    run(scene())
    assert decode_meta_properties((tmp_path / "data/meta.properties").read_bytes()).node_id == 1


def test_a_relative_directory_is_told_in_full(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def scene() -> None:
        properties = {"cordoned.log.dirs": "data"}
        async with EmbeddedServer("data", properties=properties) as embedded:
            client = await embedded.connect()
            [told] = (await client.ask(DescribeLogDirsRequest(topics=None), 5)).results
            assert (told.log_dir, told.is_cordoned) == (str(tmp_path / "data"), True)

    run(scene())


def test_memory_keeps_nothing(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    async def scene() -> None:
        for _ in range(2):
            async with EmbeddedServer() as embedded:
                client = await embedded.connect()
                await client.create_topic()
                await client.produce(b"a")

    run(scene())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_clean_stop_is_recorded_where_something_may_start_again(tmp_path: pathlib.Path, is_kept: bool) -> None:
    async def scene() -> None:
        async with EmbeddedServer(str(tmp_path / "data") if is_kept else None) as embedded:
            metadata = embedded.server.broker.metadata
            assert not metadata.image.brokers.by_id[1].is_fenced
        assert metadata.image.brokers.by_id[1].is_fenced == is_kept

    run(scene())


def test_two_servers_cannot_share_a_directory(tmp_path: pathlib.Path) -> None:
    data = str(tmp_path / "data")

    async def scene() -> None:
        async with EmbeddedServer(data) as first:
            with pytest.raises(StorageFault, match="data"):
                async with EmbeddedServer(data):
                    raise AssertionError("it started")
            client = await first.connect()
            await client.create_topic()
        async with EmbeddedServer(data) as embedded:
            assert "orders" in embedded.server.broker.metadata.image.topics.by_name

    run(scene())


def test_a_server_that_could_not_open_leaves_no_mark_of_a_clean_stop(tmp_path: pathlib.Path) -> None:
    data = str(tmp_path / "data")

    async def scene() -> None:
        async with EmbeddedServer(data) as first:
            await (await first.connect()).create_topic()
        (tmp_path / "data/.kafka_cleanshutdown").unlink()
        with pytest.raises(ConfigError, match=r"node\.id=2"):
            async with EmbeddedServer(data, properties={"node.id": "2"}):
                raise AssertionError("it started")
        assert not (tmp_path / "data/.kafka_cleanshutdown").exists()

    run(scene())


def test_a_taken_port_is_an_error_before_anything_else() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings = merge_settings(environ={}, data="memory", port=other.getsockname()[1])
        with pytest.raises(OSError):
            Server(settings).bind()


def test_nobody_is_let_in_before_the_server_is_ready() -> None:
    async def scene() -> None:
        settings = merge_settings(environ={}, data="memory", port=0)
        server = Server(settings)
        server.bind()
        server.open()
        _, host, port, _ = server.endpoints[0]
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(host, port)
        await server.start()
        _, writer = await asyncio.open_connection(host, port)
        writer.close()
        await server.stop()

    run(scene())


def test_stopping_closes_every_connection_and_answers_nobody_who_waits() -> None:
    async def scene() -> None:
        async with EmbeddedServer() as embedded:
            idle, waiting = await embedded.connect(), await embedded.connect()
            await waiting.create_topic()
            waiting.send(fetch_request(max_wait_ms=2**31 - 1), 12)
            await until(lambda: len(embedded.server.broker.purgatory) == 1)
            await embedded.server.stop()
            assert await idle.is_closed() and await waiting.is_closed()
            assert len(embedded.server.broker.purgatory) == 0

    run(scene())


def test_a_server_may_be_stopped_twice_or_before_it_started() -> None:
    async def scene() -> None:
        async with EmbeddedServer() as embedded:
            await embedded.server.stop()
        server = Server(merge_settings(environ={}, data="memory", port=0))
        server.bind()
        await server.stop()

    run(scene())


# ---- addresses -----------------------------------------------------------------------------------------------------


async def told_address(client: WireClient) -> tuple[str, int]:
    [node] = (await client.ask(MetadataRequest(topics=[]), 12)).brokers
    return node.host, node.port


def test_each_client_is_told_the_address_it_came_in_by() -> None:
    async def scene() -> None:
        async with EmbeddedServer(properties={"listeners": "PLAINTEXT://0.0.0.0:0"}) as embedded:
            port = embedded.address[1]
            for host in ("127.0.0.1", "127.0.0.2"):
                client = await embedded.connect((host, port))
                assert await told_address(client) == (host, port)

    run(scene())


def test_advertised_listeners_hold_for_their_listener() -> None:
    properties = {
        "listeners": "INSIDE://127.0.0.1:0,OUTSIDE://127.0.0.1:0",
        "listener.security.protocol.map": "INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT",
        "inter.broker.listener.name": "INSIDE",
        "advertised.listeners": "INSIDE://inside.example.com:1,OUTSIDE://outside.example.com:2",
    }

    async def scene() -> None:
        async with EmbeddedServer(properties=properties) as embedded:
            told = []
            for _, host, port, _ in embedded.server.endpoints:
                told.append(await told_address(await embedded.connect((host, port))))
            assert told == [("inside.example.com", 1), ("outside.example.com", 2)]
            [registered] = embedded.server.broker.metadata.image.brokers.active()
            assert [(one.listener_name, one.host, one.port) for one in registered.endpoints] == [
                ("INSIDE", "inside.example.com", 1),
                ("OUTSIDE", "outside.example.com", 2),
            ]

    run(scene())


def test_one_variable_says_what_clients_behind_a_port_mapping_are_told() -> None:
    async def scene() -> None:
        async with EmbeddedServer(environ={"KAFKALITE_ADVERTISED": "localhost:19092"}) as embedded:
            port = embedded.address[1]
            for host in ("127.0.0.1", "127.0.0.2"):
                assert await told_address(await embedded.connect((host, port))) == ("localhost", 19092)

    run(scene())


def test_a_compose_file_that_sets_advertised_listeners_alone_is_served() -> None:
    environ = {
        "KAFKA_ZOOKEEPER_CONNECT": "zookeeper:2181",
        "KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://kafka:0,PLAINTEXT_HOST://localhost:0",
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,PLAINTEXT_HOST:PLAINTEXT",
        "KAFKA_INTER_BROKER_LISTENER_NAME": "PLAINTEXT",
    }

    async def scene() -> None:
        async with EmbeddedServer(environ=environ) as embedded:
            ports = [port for _, _, port, _ in embedded.server.endpoints]
            told = [await told_address(await embedded.connect(("127.0.0.1", port))) for port in ports]
            assert told == [("kafka", ports[0]), ("localhost", ports[1])]

    run(scene())


# ---- one connection and many ---------------------------------------------------------------------------------------


def test_replies_keep_their_order_and_acks_0_holds_nobody_up() -> None:
    async def scene() -> None:
        async with EmbeddedServer() as embedded:
            client = await embedded.connect()
            await client.create_topic()
            client.send(produce_request(b"0", acks=0), 9)
            client.send(produce_request(b"1"), 9)
            client.send(fetch_request(), 12)
            client.send(ApiVersionsRequest(), 0)
            produced = await client.answer(0, 9)
            assert produced.responses[0].partition_responses[0].base_offset == 1
            fetched = await client.answer(1, 12)
            assert values(fetched.responses[0].partitions[0]) == [b"0", b"1"]
            assert (await client.answer(18, 0)).error_code == errors.NONE

    run(scene())


def test_a_waiting_fetch_is_answered_by_another_clients_produce() -> None:
    async def scene() -> None:
        async with EmbeddedServer() as embedded:
            consumer, producer = await embedded.connect(), await embedded.connect()
            await producer.create_topic()
            consumer.send(fetch_request(max_wait_ms=2**31 - 1), 12)
            consumer.send(ApiVersionsRequest(), 0)
            await until(lambda: len(embedded.server.broker.purgatory) == 1)
            await producer.produce(b"news")
            fetched = await consumer.answer(1, 12)
            assert values(fetched.responses[0].partitions[0]) == [b"news"]
            await consumer.answer(18, 0)

    run(scene())


def test_a_waiting_fetch_is_answered_at_its_deadline() -> None:
    async def scene() -> None:
        async with EmbeddedServer() as embedded:
            client = await embedded.connect()
            await client.create_topic()
            assert values(await client.fetch(max_wait_ms=5)) == []

    run(scene())


def test_a_consumer_that_vanishes_leaves_nothing_in_the_purgatory() -> None:
    async def scene() -> None:
        async with EmbeddedServer() as embedded:
            consumer, other = await embedded.connect(), await embedded.connect()
            await other.create_topic()
            timers = len(embedded.server.broker.timers)
            consumer.send(fetch_request(max_wait_ms=2**31 - 1), 12)
            await until(lambda: len(embedded.server.broker.purgatory) == 1)
            consumer.close()
            await until(lambda: len(embedded.server.broker.purgatory) == 0)
            assert len(embedded.server.broker.timers) == timers
            assert (await other.produce(b"a")).error_code == errors.NONE

    run(scene())


def test_a_large_produce_is_written_beside_the_loop_and_answered(tmp_path: pathlib.Path) -> None:
    async def scene() -> None:
        async with EmbeddedServer(str(tmp_path)) as embedded:
            client, other = await embedded.connect(), await embedded.connect()
            await client.create_topic()
            large = b"x" * 700_000
            for number in range(4):
                client.send(produce_request(large), 9)
                other.send(produce_request(b"%d" % number), 9)
            offsets = set()
            for _ in range(4):
                for one in (client, other):
                    answer = (await one.answer(0, 9)).responses[0].partition_responses[0]
                    assert answer.error_code == errors.NONE
                    offsets.add(answer.base_offset)
            assert offsets == set(range(8))
            assert any(thread.name.startswith("kafkalite-write") for thread in threading.enumerate())
            assert sorted(map(len, values(await other.fetch(max_bytes=1 << 24)))) == [1] * 4 + [len(large)] * 4

    run(scene())


def test_a_failed_acks_0_and_an_unserved_version_close_their_connection_alone() -> None:
    async def scene() -> None:
        async with EmbeddedServer() as embedded:
            other = await embedded.connect()
            failed = await embedded.connect()
            failed.send(produce_request(b"a", topic="nowhere", acks=0), 9)
            assert await failed.is_closed()
            unserved = await embedded.connect()
            unserved.send_bytes(b"\0\0\0\x0c\0\1\0\x63\0\0\0\1\0\2ab")
            assert await unserved.is_closed()
            assert (await other.ask(ApiVersionsRequest(), 0)).error_code == errors.NONE

    run(scene())


def test_a_frame_over_the_limit_closes() -> None:
    async def scene() -> None:
        async with EmbeddedServer(properties={"socket.request.max.bytes": "1000"}) as embedded:
            client = await embedded.connect()
            await client.ask(ApiVersionsRequest(), 0)
            client.send_bytes((1001).to_bytes(4, "big"))
            assert await client.is_closed()

    run(scene())


# ---- configuration that changes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("resource", ["1", ""])
def test_connection_limits_follow_the_configuration(resource: str) -> None:
    async def scene() -> None:
        async with EmbeddedServer() as embedded:
            client = await embedded.connect()
            assert await alter_broker(client, "max.connections", "1", resource) == errors.NONE
            waiting = asyncio.ensure_future((await embedded.connect()).ask(ApiVersionsRequest(), 0))
            assert (await client.ask(ApiVersionsRequest(), 0)).error_code == errors.NONE
            assert not waiting.done()
            assert await alter_broker(client, "max.connections", None, resource) == errors.NONE
            assert (await waiting).error_code == errors.NONE
            assert await alter_broker(client, "max.connections.per.ip", "1", resource) == errors.NONE
            assert await (await embedded.connect()).is_closed()
            assert await alter_broker(client, "max.connections.per.ip", None, resource) == errors.NONE
            assert (await (await embedded.connect()).ask(ApiVersionsRequest(), 0)).error_code == errors.NONE
            overrides = "max.connections.per.ip.overrides"
            assert await alter_broker(client, overrides, "127.0.0.1:1", resource) == errors.NONE
            assert await (await embedded.connect()).is_closed()

    run(scene())


@pytest.mark.parametrize("value", ["nonsense", "127.0.0.1:many", "a b:5"])
def test_overrides_that_make_no_sense_are_refused_and_harm_nobody(value: str) -> None:
    async def scene() -> None:
        async with EmbeddedServer() as embedded:
            client = await embedded.connect()
            code = await alter_broker(client, "max.connections.per.ip.overrides", value, "")
            assert code == errors.INVALID_REQUEST
            await client.create_topic()
            assert (await (await embedded.connect()).ask(ApiVersionsRequest(), 0)).error_code == errors.NONE

    run(scene())


def test_overrides_that_make_no_sense_end_the_start() -> None:
    settings = merge_settings(environ={}, flags={"max.connections.per.ip.overrides": "nonsense"}, data="memory", port=0)
    with pytest.raises(ConfigError, match="nonsense"):
        Server(settings).bind()


def test_static_limits_hold_from_the_start() -> None:
    async def scene() -> None:
        async with EmbeddedServer(properties={"max.connections": "1"}) as embedded:
            first = await embedded.connect()
            await first.ask(ApiVersionsRequest(), 0)
            waiting = asyncio.ensure_future((await embedded.connect()).ask(ApiVersionsRequest(), 0))
            await first.ask(ApiVersionsRequest(), 0)
            assert not waiting.done()
            first.close()
            assert (await waiting).error_code == errors.NONE

    run(scene())


def test_idle_connections_are_closed_as_time_passes() -> None:
    clock = ManualClock(NOW_MS)

    def pass_time(embedded: EmbeddedServer, ms: int) -> None:
        clock.advance(ms)
        embedded.server.broker.timers.run_due()

    async def scene() -> None:
        async with EmbeddedServer(properties={"connections.max.idle.ms": "60000"}, clock=clock) as embedded:
            idle, busy = await embedded.connect(), await embedded.connect()
            await idle.ask(ApiVersionsRequest(), 0)
            for _ in range(60_000 // IDLE_CHECK_INTERVAL_MS + 2):
                await busy.ask(ApiVersionsRequest(), 0)
                pass_time(embedded, IDLE_CHECK_INTERVAL_MS)
            assert await idle.is_closed()
            await busy.ask(ApiVersionsRequest(), 0)

    run(scene())


def test_a_long_poll_ends_when_another_thread_turns_the_clock() -> None:
    clock = ManualClock(NOW_MS)

    async def scene() -> None:
        async with EmbeddedServer(clock=clock) as embedded:
            client = await embedded.connect()
            await client.create_topic()
            client.send(fetch_request(max_wait_ms=60_000), 12)
            while not len(embedded.server.broker.purgatory):
                await asyncio.sleep(0)
            await asyncio.to_thread(clock.advance, 59_999)
            assert len(embedded.server.broker.purgatory) == 1
            await asyncio.to_thread(clock.advance, 1)
            answer = await client.answer(api_keys.FETCH, 12)
            assert answer.responses[0].partitions[0].error_code == errors.NONE
            assert clock.now_ms() == NOW_MS + 60_000

    run(scene())


# ---- upkeep and bugs -----------------------------------------------------------------------------------------------


def test_upkeep_that_fails_is_logged_and_tried_again(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = ManualClock(NOW_MS)
    calls: list[int] = []

    def fail(logs: LogManager) -> None:
        calls.append(clock.monotonic_ms())
        raise StorageFault("write", "checkpoint", "No space left on device")

    monkeypatch.setattr(LogManager, "checkpoint", fail)

    async def scene() -> None:
        async with EmbeddedServer(clock=clock, properties={"log.flush.offset.checkpoint.interval.ms": "100"}):
            clock.advance(300)

    run(scene())
    assert calls[:3] == [100, 200, 300] and "No space left on device" in caplog.text


def test_a_bug_is_logged_with_where_it_came_from(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with EmbeddedServer() as embedded:
            client = await embedded.connect()
            await client.ask(ApiVersionsRequest(), 0)

            def fail(context: RequestContext, request: Any) -> None:
                raise RuntimeError("a bug")

            embedded.server.router._routes[18].handle = fail
            response = await client.ask(ApiVersionsRequest(), 0)
            assert response.error_code == errors.UNKNOWN_SERVER_ERROR

    run(scene())
    [record] = [record for record in caplog.records if record.name == "kafkalite.server"]
    assert record.getMessage().startswith("request with API key 18 version 0 from 127.0.0.1:")
    assert record.exc_info is not None and record.exc_info[0] is RuntimeError
