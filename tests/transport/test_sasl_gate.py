"""A listener with SASL on real sockets: who gets in, what others are told, and that the gate is gone afterwards."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

import pytest

from kafkalite.model.limits import READ_TAGS_MAX_COUNT
from kafkalite.protocol import errors
from kafkalite.protocol.messages.api_versions_request import ApiVersionsRequest
from kafkalite.protocol.messages.describe_configs_request import DescribeConfigsRequest, DescribeConfigsResource
from kafkalite.protocol.messages.metadata_request import MetadataRequest
from kafkalite.protocol.messages.sasl_authenticate_request import SaslAuthenticateRequest
from kafkalite.protocol.messages.sasl_handshake_request import SaslHandshakeRequest
from kafkalite.system.clock import ManualClock
from tests.embedded_server import EmbeddedServer, WireClient, run

JAAS = 'org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="secret" user_bob="other";'
PROPERTIES = {
    "listeners": "SASL_PLAINTEXT://127.0.0.1:0,PLAINTEXT://127.0.0.1:0",
    "sasl.enabled.mechanisms": "SCRAM-SHA-512,PLAIN",
    "listener.name.sasl_plaintext.plain.sasl.jaas.config": JAAS,
    "connection.failed.authentication.delay.ms": "0",
}
ALICE, WRONG = b"\0alice\0secret", b"\0alice\0wrong"
VERSIONS = ApiVersionsRequest(client_software_name="wire", client_software_version="1")
METADATA = MetadataRequest(topics=[])


def handshake(mechanism: str = "PLAIN") -> SaslHandshakeRequest:
    return SaslHandshakeRequest(mechanism=mechanism)


def token(data: bytes = ALICE) -> SaslAuthenticateRequest:
    return SaslAuthenticateRequest(auth_bytes=data)


def embedded(clock: ManualClock | None = None, **properties: str) -> EmbeddedServer:
    return EmbeddedServer(properties=PROPERTIES | properties, clock=clock)


def protocols(room: EmbeddedServer) -> list[Any]:
    return list(room.server.listeners[0].admission.clients)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


async def log_in(client: WireClient, data: bytes = ALICE) -> None:
    assert (await client.ask(handshake(), 1)).error_code == errors.NONE
    assert (await client.ask(token(data), 2)).error_code == errors.NONE


def test_the_whole_way_in() -> None:
    async def scene() -> None:
        async with embedded() as room:
            client = await room.connect()
            assert (await client.ask(VERSIONS, 4)).error_code == errors.NONE
            answer = await client.ask(handshake(), 1)
            assert (answer.error_code, answer.mechanisms) == (errors.NONE, ["SCRAM-SHA-512", "PLAIN"])
            [protocol] = protocols(room)
            assert protocol.context.principal == "User:ANONYMOUS"
            answer = await client.ask(token(), 2)
            assert (answer.error_code, answer.auth_bytes, answer.session_lifetime_ms) == (errors.NONE, b"", 0)
            assert protocol.context.principal == "User:alice"
            assert protocol.context.client_software_name == "wire"
            assert isinstance(protocol.connection.handle, partial)  # the gate itself is gone
            assert protocol.connection.handle.func == room.server.router.handle
            [broker] = (await client.ask(METADATA, 12)).brokers
            assert (broker.host, broker.port) == room.address

    run(scene())


def test_each_listener_tells_its_own_address() -> None:
    async def scene() -> None:
        async with embedded() as room:
            addresses = [(host, port) for _, host, port, _ in room.server.endpoints]
            client = await room.connect(addresses[1])
            [broker] = (await client.ask(METADATA, 12)).brokers
            assert (broker.host, broker.port) == addresses[1]
            assert (await client.ask(handshake(), 1)).error_code == errors.ILLEGAL_SASL_STATE

    run(scene())


def test_passwords_are_not_described() -> None:
    async def scene() -> None:
        async with embedded() as room:
            client = await room.connect()
            await log_in(client)
            resource = DescribeConfigsResource(resource_type=4, resource_name="1", configuration_keys=None)
            answer = await client.ask(DescribeConfigsRequest(resources=[resource], include_synonyms=True), 4)
            [described] = answer.results
            found = {config.name: config for config in described.configs}
            jaas = found["listener.name.sasl_plaintext.plain.sasl.jaas.config"]
            assert (jaas.value, jaas.is_sensitive, [one.value for one in jaas.synonyms]) == (None, True, [None])
            assert "user_alice" not in repr(answer)

    run(scene())


def test_bare_tokens_after_the_old_handshake() -> None:
    async def scene() -> None:
        async with embedded() as room:
            client = await room.connect()
            assert (await client.ask(handshake(), 0)).error_code == errors.NONE
            client.send_bytes(len(ALICE).to_bytes(4, "big") + ALICE)
            assert await client._reader.readexactly(4) == bytes(4)
            assert (await client.ask(METADATA, 12)).brokers

    run(scene())


def test_requests_may_be_sent_without_waiting_for_answers() -> None:
    async def scene() -> None:
        async with embedded() as room:
            client = await room.connect()
            for request, version in ((handshake(), 1), (token(), 2), (METADATA, 12)):
                client.send(request, version)
            assert (await client.answer(17, 1)).error_code == errors.NONE
            assert (await client.answer(36, 2)).error_code == errors.NONE
            assert (await client.answer(3, 12)).brokers

    run(scene())


def test_a_wrong_password_is_told_and_logged_without_it(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with embedded() as room:
            client, other = await room.connect(), await room.connect()
            await log_in(other)
            await client.ask(handshake(), 1)
            answer = await client.ask(token(b"\0alice\0hunter2"), 2)
            assert answer.error_code == errors.SASL_AUTHENTICATION_FAILED
            assert await client.is_closed()
            assert (await other.ask(METADATA, 12)).brokers

    run(scene())
    [line] = warnings(caplog)
    assert line.endswith("SASL authentication failed: PLAIN: Authentication failed: Invalid username or password")
    assert "hunter2" not in caplog.text


def test_a_refusal_is_held_back(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        clock = ManualClock()
        async with embedded(clock, **{"connection.failed.authentication.delay.ms": "100"}) as room:
            client = await room.connect()
            await client.ask(handshake(), 1)
            timers = room.server.broker.timers
            count = len(timers)
            client.send(token(WRONG), 2)
            other = await room.connect()
            while len(timers) == count:  # the request has been refused, and nobody knows yet
                await other.ask(VERSIONS, 4)
            clock.advance(99)
            timers.run_due()
            assert warnings(caplog) == []
            clock.advance(1)
            timers.run_due()
            assert (await client.answer(36, 2)).error_code == errors.SASL_AUTHENTICATION_FAILED
            assert await client.is_closed()

    run(scene())


def test_who_leaves_before_the_refusal_leaves_nothing() -> None:
    async def scene() -> None:
        async with embedded(ManualClock(), **{"connection.failed.authentication.delay.ms": "100"}) as room:
            client = await room.connect()
            await client.ask(handshake(), 1)
            timers = room.server.broker.timers
            count = len(timers)
            client.send(token(WRONG), 2)
            other = await room.connect()
            while len(timers) == count:
                await other.ask(VERSIONS, 4)
            client.close()
            while len(protocols(room)) == 2:
                await other.ask(VERSIONS, 3)
            assert len(timers) == count

    run(scene())


@pytest.mark.parametrize(
    ("requests", "code"),
    [
        ([(handshake("GSSAPI"), 1)], errors.UNSUPPORTED_SASL_MECHANISM),
        ([(handshake(), 1), (handshake(), 1)], errors.ILLEGAL_SASL_STATE),
        ([(handshake(), 1), (VERSIONS, 4)], errors.ILLEGAL_SASL_STATE),
    ],
)
def test_what_is_told_before_the_end(requests: list[tuple[Any, int]], code: int) -> None:
    async def scene() -> None:
        async with embedded() as room:
            client = await room.connect()
            for request, version in requests:
                answer = await client.ask(request, version)
            assert answer.error_code == code
            assert await client.is_closed()

    run(scene())


@pytest.mark.parametrize(
    ("requests", "words"),
    [
        ([(METADATA, 12)], "Metadata came before SASL authentication"),
        ([(token(), 2)], "SaslAuthenticate came before SASL authentication"),
        ([(VERSIONS, 4), (VERSIONS, 4)], "ApiVersions came during SASL authentication"),
        ([(VERSIONS, 4), (METADATA, 12)], "Metadata came during SASL authentication"),
    ],
)
def test_what_is_not_answered(requests: list[tuple[Any, int]], words: str, caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with embedded() as room:
            client = await room.connect()
            for request, version in requests[:-1]:
                await client.ask(request, version)
            client.send(*requests[-1])
            assert await client.is_closed()

    run(scene())
    assert [words in line for line in warnings(caplog)] == [True]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", "HTTP"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", "TLS hello"),
        (b"\x00\x08\x00\x01" + bytes(20), "no Kafka request"),  # over sasl.server.max.receive.size
        (b"\x00\x00\x00\x04\x60\x82\x01\x00", "closing connection"),  # an old client's GSSAPI token
        (b"\x00\x00\x00\x00", "closing connection"),
    ],
)
def test_garbage_ends_this_connection_alone(data: bytes, words: str, caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with embedded() as room:
            client, other = await room.connect(), await room.connect()
            await log_in(other)
            client.send_bytes(data)
            while await client._reader.read(1000):
                pass
            assert (await other.ask(METADATA, 12)).brokers

    run(scene())
    assert [words in line for line in warnings(caplog)] == [True]


def test_frames_may_be_long_after_authentication_only() -> None:
    async def scene() -> None:
        async with embedded(**{"sasl.server.max.receive.size": "200"}) as room:
            client, other = await room.connect(), await room.connect()
            await log_in(client)
            await client.create_topic()
            assert (await client.produce(b"x" * 1000)).error_code == errors.NONE
            other.send_bytes((201).to_bytes(4, "big") + bytes(201))
            assert await other.is_closed()

    run(scene())


def test_versions_of_an_unknown_version_may_be_asked_for_again() -> None:
    async def scene() -> None:
        async with embedded() as room:
            client = await room.connect()
            client.send_bytes(b"\x00\x00\x00\x0b\x00\x12\x00\x63\x00\x00\x00\x01\xff\xff\x00")
            assert (await client.answer(18, 0)).error_code == errors.UNSUPPORTED_VERSION
            assert (await client.ask(VERSIONS, 4)).error_code == errors.NONE

    run(scene())


# ---- sessions that end ---------------------------------------------------------------------------------------------

SESSIONS = {"listener.name.sasl_plaintext.plain.connections.max.reauth.ms": "60000"}


def test_a_client_that_re_authenticates_stays() -> None:
    async def scene() -> None:
        clock = ManualClock()
        async with embedded(clock, **SESSIONS) as room:
            client = await room.connect()
            await client.ask(handshake(), 1)
            assert (await client.ask(token(), 2)).session_lifetime_ms == 60_000
            for _ in range(3):
                clock.advance(50_000)
                assert (await client.ask(METADATA, 12)).brokers
                await log_in(client)
            assert (await client.ask(METADATA, 12)).brokers

    run(scene())


def test_a_client_that_does_not_is_closed_with_its_next_request(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        clock = ManualClock()
        async with embedded(clock, **SESSIONS) as room:
            client, late = await room.connect(), await room.connect()
            await log_in(client)
            await log_in(late)
            clock.advance(60_001)
            client.send(METADATA, 12)
            assert await client.is_closed()
            await log_in(late)  # late is better than never
            assert (await late.ask(METADATA, 12)).brokers

    run(scene())
    assert ["session has ended" in line for line in warnings(caplog)] == [True]


def test_a_failed_re_authentication_ends_the_connection() -> None:
    async def scene() -> None:
        async with embedded(ManualClock(), **SESSIONS) as room:
            client = await room.connect()
            await log_in(client)
            await client.ask(handshake(), 1)
            answer = await client.ask(token(b"\0bob\0other"), 2)
            assert answer.error_code == errors.SASL_AUTHENTICATION_FAILED
            assert "Cannot change principals" in answer.error_message
            assert await client.is_closed()

    run(scene())


def test_re_authentication_that_nobody_asked_for_is_refused_and_harmless() -> None:
    async def scene() -> None:
        async with embedded() as room:
            client = await room.connect()
            await log_in(client)
            assert (await client.ask(handshake(), 1)).error_code == errors.ILLEGAL_SASL_STATE
            assert (await client.ask(token(), 2)).error_code == errors.ILLEGAL_SASL_STATE
            assert (await client.ask(METADATA, 12)).brokers

    run(scene())


def test_who_has_not_authenticated_is_not_worked_for_in_slices(caplog: pytest.LogCaptureFixture) -> None:
    tags = {1_000 + number: b"" for number in range(READ_TAGS_MAX_COUNT)}

    async def scene() -> None:
        async with embedded() as room:
            client = await room.connect()
            client.send(ApiVersionsRequest(unknown_tagged_fields=tags), 4)
            assert await client.is_closed()
            assert len(room.server.broker.work) == 0
            other = await room.connect()
            await log_in(other)
            other.send(ApiVersionsRequest(unknown_tagged_fields=tags), 4)
            assert (await other.answer(18, 4)).error_code == errors.INVALID_REQUEST

    run(scene())
    assert any("too many tagged fields" in text for text in warnings(caplog))
