"""One connection: versions, garbage, silence, and authentication that is refused."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.client.config import SaslOptions
from kafkalite.client.errors import (
    AuthenticationFailed,
    ClientError,
    ConnectionFailed,
    Disconnected,
    NotKafka,
    TimedOut,
    UnsupportedByBroker,
)
from kafkalite.protocol.api_keys import API_VERSIONS, LIST_GROUPS, SASL_HANDSHAKE
from kafkalite.protocol.messages.api_versions_response import ApiVersion, ApiVersionsResponse
from kafkalite.protocol.messages.list_groups_request import ListGroupsRequest
from kafkalite.protocol.messages.list_groups_response import ListedGroup, ListGroupsResponse
from kafkalite.protocol.messages.sasl_authenticate_response import SaslAuthenticateResponse
from kafkalite.protocol.messages.sasl_handshake_response import SaslHandshakeResponse
from tests.client.scripted_broker import CLOSE, client_of, scripted

GROUPS = ListGroupsResponse(groups=[ListedGroup(group_id="g")])


def test_the_highest_version_of_both_sides_is_used() -> None:
    with scripted(lambda *_: GROUPS) as broker, client_of(broker) as (client, _):
        broker.ranges[LIST_GROUPS] = (0, 3)
        assert client.ask(ListGroupsRequest()).groups[0].group_id == "g"
        assert client.ask(ListGroupsRequest(), max_version=1).error_code == 0
        assert broker.seen[1:] == [("ListGroups", 3), ("ListGroups", 1)]
        with pytest.raises(UnsupportedByBroker, match=r"too old for this: .*states_filter"):
            client.ask(ListGroupsRequest(states_filter=["Empty"]))
        assert client.ask(ListGroupsRequest()).groups[0].group_id == "g"


def test_an_api_that_the_broker_does_not_have() -> None:
    with scripted() as broker, client_of(broker) as (client, _):
        broker.ranges[LIST_GROUPS] = (99, 100)
        with pytest.raises(UnsupportedByBroker, match="ListGroups in the versions 99 to 100"):
            client.ask(ListGroupsRequest())


@pytest.mark.parametrize("own_highest", [None, 0, 3])
def test_a_broker_with_older_versions_of_api_versions(own_highest: int | None) -> None:
    def answer(api_key: int, version: int, _request: Any) -> Any:
        if api_key == API_VERSIONS and version > (own_highest or 0):
            known = [] if own_highest is None else [ApiVersion(api_key=API_VERSIONS, max_version=own_highest)]
            body = bytearray(b"\0\0\0\1")  # the header with the first correlation id; the body is of version 0 then
            ApiVersionsResponse(error_code=35, api_keys=known).write(body, 0)
            return len(body).to_bytes(4, "big") + bytes(body)
        return broker.versions() if api_key == API_VERSIONS else GROUPS

    with scripted(answer, is_all=True) as broker, client_of(broker) as (client, _):
        assert client.ask(ListGroupsRequest()).groups[0].group_id == "g"
        assert [version for name, version in broker.seen if name == "ApiVersions"] == [5, min(own_highest or 0, 2)]


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", NotKafka, "is an HTTP server"),
        (
            b"\x15\x03\x03\x00\x02\x02\x50",
            ConnectionFailed,
            "the listener speaks TLS: security.protocol is PLAINTEXT, it must be SSL or SASL_SSL",
        ),
        (b"SSH-2.0-x\r\n", NotKafka, "does not speak Kafka's protocol: its answer begins with b'SSH-'"),
        (b"\x00\x00\x00\x00", NotKafka, "does not speak Kafka's protocol"),
        (b"\x00\x00\x00\x06\x00\x00\x00\x63\x00\x00", NotKafka, "out of order"),
        (b"\x00\x00\x00\x05\x00\x00\x00\x01\x00", NotKafka, "bytes that cannot be read"),
        (CLOSE, Disconnected, "closed the connection instead of answering ApiVersions"),
    ],
)
def test_what_is_no_broker(answer: bytes, kind: type[ClientError], words: str) -> None:
    with scripted(lambda *_: answer, is_all=True) as broker, client_of(broker) as (client, _):
        with pytest.raises(kind) as raised:
            client.metadata([])
        assert str(broker.address) in str(raised.value)
        assert words in str(raised.value)


def test_a_half_frame_is_waited_for_no_longer_than_asked() -> None:
    with (
        scripted(lambda *_: b"\0\0\1\0half") as broker,
        client_of(broker) as (client, _),
        pytest.raises(TimedOut, match="did not answer ListGroups in time"),
    ):
        client.ask(ListGroupsRequest(), timeout_ms=50)


def test_a_request_after_a_failure_gets_its_own_answer() -> None:
    answers: list[Any] = [b"\0\0\1\0half", GROUPS]
    with scripted(lambda *_: answers.pop(0)) as broker, client_of(broker) as (client, _):
        with pytest.raises(TimedOut):
            client.ask(ListGroupsRequest(), timeout_ms=50)
        assert client.ask(ListGroupsRequest()).groups[0].group_id == "g"
        assert broker.count("ApiVersions") == 2


@pytest.mark.parametrize(
    ("handshake", "authenticate", "words"),
    [
        (SaslHandshakeResponse(error_code=33, mechanisms=["PLAIN"]), None, "mechanism SCRAM-SHA-256; it offers PLAIN"),
        (SaslHandshakeResponse(error_code=34), None, "the listener has none, so security.protocol must be PLAINTEXT"),
        (None, SaslAuthenticateResponse(error_code=58, error_message="who?"), "refuses the user alice: who?"),
        (None, SaslAuthenticateResponse(error_code=58), "SASL_AUTHENTICATION_FAILED"),
        (None, SaslAuthenticateResponse(auth_bytes=b"r=other,s=AAAA,i=4096"), "SCRAM message is malformed"),
    ],
)
def test_authentication_that_fails(handshake: Any, authenticate: Any, words: str) -> None:
    def answer(api_key: int, _version: int, _request: Any) -> Any:
        return (handshake or SaslHandshakeResponse()) if api_key == SASL_HANDSHAKE else authenticate

    sasl = SaslOptions("SCRAM-SHA-256", "alice", "s3cret")
    with scripted(answer) as broker, client_of(broker, sasl=sasl) as (client, _):
        with pytest.raises(AuthenticationFailed) as raised:
            client.metadata([])
        assert words in str(raised.value)
        assert "s3cret" not in str(raised.value)
        assert broker.count("ApiVersions") == 1
