"""A listener with TLS on real sockets: versions, client certificates, large frames, slow and wrong clients."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import pathlib
import socket
import ssl
from collections.abc import Iterator
from typing import Any

import pytest

from kafkalite.model.limits import IDLE_CHECK_INTERVAL_MS
from kafkalite.protocol import errors
from kafkalite.protocol.messages.api_versions_request import ApiVersionsRequest
from kafkalite.protocol.messages.metadata_request import MetadataRequest
from kafkalite.protocol.messages.sasl_authenticate_request import SaslAuthenticateRequest
from kafkalite.protocol.messages.sasl_handshake_request import SaslHandshakeRequest
from kafkalite.system.clock import ManualClock
from tests.certificates import CLIENT_PRINCIPAL, Files, write_files
from tests.embedded_server import EmbeddedServer, WireClient, run

METADATA = MetadataRequest(topics=[])
VERSIONS = ApiVersionsRequest(client_software_name="wire", client_software_version="1")
JAAS = 'org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="secret";'


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Files]:
    yield write_files(tmp_path_factory.mktemp("tls"))


def server(files: Files, clock: ManualClock | None = None, **properties: str) -> EmbeddedServer:
    defaults = {
        "listeners": "SSL://127.0.0.1:0",
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": files.server,
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": files.authority,
    }
    return EmbeddedServer(properties=defaults | properties, clock=clock)


def trusting(files: Files, *, with_certificate: bool = False) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=files.authority)
    if with_certificate:
        context.load_cert_chain(files.client)
    return context


def protocols(room: EmbeddedServer) -> list[Any]:
    return list(room.server.listeners[0].admission.clients)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


async def until(holds: Any) -> None:
    while not holds():
        await asyncio.sleep(0)


async def knock(room: EmbeddedServer) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect without TLS."""
    return await asyncio.open_connection(*room.address)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_requests_are_answered(version: ssl.TLSVersion, files: Files) -> None:
    async def scene() -> None:
        async with server(files) as room:
            context = trusting(files)
            context.minimum_version = context.maximum_version = version
            client = await room.connect(tls=context)
            [broker] = (await client.ask(METADATA, 12)).brokers
            assert (broker.host, broker.port) == room.address
            [protocol] = protocols(room)
            assert protocol.context.principal == "User:ANONYMOUS"
            assert protocol.context.peer_host == "127.0.0.1"

    run(scene())


def test_frames_larger_than_every_buffer_in_both_directions(files: Files) -> None:
    value = bytes(range(256)) * 3500

    async def scene() -> None:
        async with server(files) as room:
            client = await room.connect(tls=trusting(files))
            await client.create_topic()
            for offset in range(3):
                assert (await client.produce(value)).base_offset == offset
            assert value in bytes((await client.fetch(1)).records)

    run(scene())


def test_many_requests_in_one_piece(files: Files) -> None:
    async def scene() -> None:
        async with server(files) as room:
            client = await room.connect(tls=trusting(files))
            for _ in range(300):
                client.send(VERSIONS, 4)
            for _ in range(300):
                assert (await client.answer(18, 4)).error_code == errors.NONE

    run(scene())


def test_a_client_that_does_not_read_its_answers_is_answered_later(files: Files) -> None:
    async def scene() -> None:
        async with server(files) as room:
            client = await room.connect(tls=trusting(files))
            await client.create_topic()
            for _ in range(4):
                await client.produce(b"x" * 900_000)
            from tests.embedded_server import fetch_request  # noqa: PLC0415

            client._writer.transport.pause_reading()
            for _ in range(12):
                client.send(fetch_request(0), 12)
            [protocol] = protocols(room)
            await until(lambda: protocol.connection.is_held)
            client._writer.transport.resume_reading()
            for _ in range(12):
                answer = await client.answer(1, 12)
                assert len(answer.responses[0].partitions[0].records) > 900_000
            assert (await client.ask(METADATA, 12)).brokers

    run(scene())


@pytest.mark.parametrize("asked", ["requested", "required"])
def test_who_shows_a_certificate_has_its_name(asked: str, files: Files) -> None:
    async def scene() -> None:
        async with server(files, **{"ssl.client.auth": asked}) as room:
            client = await room.connect(tls=trusting(files, with_certificate=True))
            assert (await client.ask(METADATA, 12)).brokers
            assert protocols(room)[0].context.principal == CLIENT_PRINCIPAL

    run(scene())


def test_who_need_not_show_one_may_stay_unknown(files: Files) -> None:
    async def scene() -> None:
        async with server(files, **{"ssl.client.auth": "requested"}) as room:
            client = await room.connect(tls=trusting(files))
            assert (await client.ask(METADATA, 12)).brokers
            assert protocols(room)[0].context.principal == "User:ANONYMOUS"

    run(scene())


def test_who_has_to_and_does_not_is_closed(files: Files, caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with server(files, **{"ssl.client.auth": "required"}) as room:
            client = await room.connect(tls=trusting(files))  # in TLS 1.3 the client learns it later
            client.send(METADATA, 12)
            with pytest.raises((ssl.SSLError, ConnectionError, asyncio.IncompleteReadError)):
                await client.answer(3, 12)

    run(scene())
    [line] = warnings(caplog)
    assert "TLS handshake failed: PEER_DID_NOT_RETURN_A_CERTIFICATE" in line


def test_a_client_that_does_not_trust_the_server(files: Files, caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with server(files) as room:
            with pytest.raises(ssl.SSLCertVerificationError):
                await room.connect(tls=ssl.create_default_context())
            await until(lambda: not protocols(room))

    run(scene())
    assert ["TLS handshake" in line for line in warnings(caplog)] == [True]  # asyncio sends no alert


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x00\x00\x00\x1a\x00\x12\x00\x03\x00\x00\x00\x00" + bytes(18), "a Kafka request without TLS"),
        (b"GET / HTTP/1.1\r\n\r\n", "an HTTP request without TLS"),
        (b"SSH-2.0-OpenSSH\r\n", "no TLS (first bytes 53 53 48"),
        (b"\x16\x03\x01\x00\x05hello", "TLS handshake failed: "),
    ],
)
def test_what_is_no_tls_ends_alone(data: bytes, words: str, files: Files, caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with server(files) as room:
            other = await room.connect(tls=trusting(files))
            reader, writer = await knock(room)
            writer.write(data)
            while await reader.read(1000):
                pass
            writer.close()
            assert (await other.ask(METADATA, 12)).brokers

    run(scene())
    assert [words in line for line in warnings(caplog)] == [True]


def test_a_handshake_that_is_cut_off(files: Files, caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with server(files) as room:
            _, writer = await knock(room)
            writer.write(b"\x16\x03\x01\x02\x00\x01\x00")
            await until(lambda: protocols(room) and protocols(room)[0]._transport._first_bytes)
            writer.close()
            await until(lambda: not protocols(room))

    run(scene())
    assert ["ended in the middle of the TLS handshake" in line for line in warnings(caplog)] == [True]


def test_who_connects_and_says_nothing_is_no_news(files: Files, caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with server(files) as room:
            _, writer = await knock(room)
            await until(lambda: protocols(room))
            writer.close()
            await until(lambda: not protocols(room))

    run(scene())
    assert warnings(caplog) == []


def test_a_handshake_that_stalls_ends_like_an_idle_connection(files: Files, caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        clock = ManualClock()
        async with server(files, clock) as room:
            reader, writer = await knock(room)
            writer.write(b"\x16\x03\x01\x02\x00\x01\x00")
            await until(lambda: protocols(room))
            clock.advance(600_000 + 2 * IDLE_CHECK_INTERVAL_MS)
            room.server.broker.timers.run_due()
            with contextlib.suppress(ConnectionResetError):
                assert await reader.read() == b""
            writer.close()

    run(scene())
    assert sum("the TLS handshake did not end in" in line for line in warnings(caplog)) == 1


def test_connections_count_before_their_handshake(files: Files) -> None:
    async def scene() -> None:
        async with server(files, **{"max.connections": "1"}) as room:
            _, writer = await knock(room)
            await until(lambda: protocols(room))
            connecting = asyncio.ensure_future(room.connect(tls=trusting(files)))
            for _ in range(20):
                await asyncio.sleep(0)
            assert not connecting.done() and len(protocols(room)) == 1
            writer.close()
            client: WireClient = await connecting
            assert (await client.ask(METADATA, 12)).brokers

    run(scene())


def test_handshakes_take_turns_with_other_work(files: Files) -> None:
    """A handshake costs a millisecond of signing: many that begin at once must not hold up the loop together."""

    async def scene() -> None:
        async with server(files) as room:
            reader, writer = await knock(room)
            await until(lambda: protocols(room))
            work = room.server.listeners[0].admission.work
            incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
            client = trusting(files).wrap_bio(incoming, outgoing, server_hostname="localhost")
            with contextlib.suppress(ssl.SSLWantReadError):
                client.do_handshake()
            waiting = len(work)
            protocols(room)[0]._transport.data_received(outgoing.read())
            assert len(work) == waiting + 1, "queued, not done"
            assert await reader.read(5)
            writer.close()

    run(scene())


def test_both_sides_say_goodbye(files: Files) -> None:
    async def scene() -> None:
        async with server(files) as room:
            client = await room.connect(tls=trusting(files))
            assert (await client.ask(METADATA, 12)).brokers
            client.close()
            await until(lambda: not protocols(room))
            client = await room.connect(tls=trusting(files))
            assert (await client.ask(METADATA, 12)).brokers
            protocols(room)[0].close()
            assert await client.is_closed()

    run(scene())


def test_a_reset_is_survived(files: Files) -> None:
    async def scene() -> None:
        async with server(files) as room:
            client = await room.connect(tls=trusting(files))
            assert (await client.ask(METADATA, 12)).brokers
            raw = client._writer.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            client._writer.transport.abort()
            await until(lambda: not protocols(room))

    run(scene())


def test_bytes_that_were_tampered_with(files: Files, caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with server(files) as room:
            client = await room.connect(tls=trusting(files))
            assert (await client.ask(METADATA, 12)).brokers
            raw = client._writer.get_extra_info("socket")
            raw._sock.send(b"\x17\x03\x03\x00\x20" + bytes(32)) if hasattr(raw, "_sock") else None
            await until(lambda: not protocols(room))
            client.close()

    run(scene())
    assert ["TLS failed" in line for line in warnings(caplog)] == [True]


def test_sasl_within_tls(files: Files) -> None:
    async def scene() -> None:
        properties = {
            "listeners": "SASL_SSL://127.0.0.1:0",
            "sasl.enabled.mechanisms": "PLAIN",
            "sasl.jaas.config": JAAS,
            "listener.name.sasl_ssl.ssl.client.auth": "required",
        }
        async with server(files, **properties) as room:
            client = await room.connect(tls=trusting(files, with_certificate=True))
            assert (await client.ask(SaslHandshakeRequest(mechanism="PLAIN"), 1)).error_code == errors.NONE
            answer = await client.ask(SaslAuthenticateRequest(auth_bytes=b"\0alice\0secret"), 2)
            assert answer.error_code == errors.NONE
            assert protocols(room)[0].context.principal == "User:alice"
            assert (await client.ask(METADATA, 12)).brokers

    run(scene())


def test_an_http_request_within_tls_is_advised(files: Files) -> None:
    async def scene() -> None:
        async with server(files) as room:
            client = await room.connect(tls=trusting(files))
            client.send_bytes(b"GET / HTTP/1.1\r\n\r\n")
            assert b"not HTTP" in await client._reader.read()

    run(scene())


def test_files_are_read_before_anything_is_bound(files: Files, tmp_path: pathlib.Path) -> None:
    from kafkalite.settings import ConfigError  # noqa: PLC0415

    async def scene() -> None:
        async with server(files, **{"ssl.keystore.location": str(tmp_path / "missing")}):
            pass

    with pytest.raises(ConfigError, match="missing"):
        run(scene())
