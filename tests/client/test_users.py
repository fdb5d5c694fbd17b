"""Users of SCRAM, over the wire."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator

import pytest

from kafkalite.client.client import Client
from kafkalite.client.config import client_config
from kafkalite.client.errors import BrokerError
from kafkalite.client.users import Credential, delete_credentials, list_credentials, salt_password, set_password
from tests.threaded_server import bootstrap_of, threaded_server


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A client of a server."""
    with threaded_server() as server, Client(client_config(bootstrap_of(server))) as connected:
        yield connected


def test_the_salted_password_of_the_rfc() -> None:
    # RFC 7677, section 3: user "user", password "pencil"
    salted = salt_password("SCRAM-SHA-256", "pencil", base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096)
    client_key = hmac.digest(salted, b"Client Key", "sha256")
    message = (
        b"n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
        b"s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
    )
    signature = hmac.digest(hashlib.sha256(client_key).digest(), message, "sha256")
    proof = bytes(one ^ other for one, other in zip(client_key, signature, strict=True))
    assert base64.b64encode(proof) == b"dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="


def test_credentials_come_and_go(client: Client) -> None:
    set_password(client, "alice", ["SCRAM-SHA-512", "SCRAM-SHA-256"], "secret", 4096)
    set_password(client, "bob", ["SCRAM-SHA-256"], "secret", 8192)
    assert list_credentials(client) == [
        Credential("alice", "SCRAM-SHA-256", 4096),
        Credential("alice", "SCRAM-SHA-512", 4096),
        Credential("bob", "SCRAM-SHA-256", 8192),
    ]
    assert list_credentials(client, ["bob", "carl"]) == [Credential("bob", "SCRAM-SHA-256", 8192)]
    delete_credentials(client, "alice", ["SCRAM-SHA-256", "SCRAM-SHA-512"])
    assert list_credentials(client, ["alice"]) == []
    with pytest.raises(BrokerError) as refusal:
        delete_credentials(client, "alice", ["SCRAM-SHA-256"])
    assert refusal.value.name == "RESOURCE_NOT_FOUND"


def test_salts_differ(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[bytes] = []
    ask = client.ask_controller

    def spy(request: object, **options: object) -> object:
        sent.extend(one.salt for one in request.upsertions)  # type: ignore[attr-defined]
        return ask(request, **options)

    monkeypatch.setattr(client, "ask_controller", spy)
    set_password(client, "dora", ["SCRAM-SHA-256", "SCRAM-SHA-512"], "secret", 4096)
    assert len(set(sent)) == 2


def test_too_few_iterations_are_refused(client: Client) -> None:
    with pytest.raises(BrokerError) as refusal:
        set_password(client, "emil", ["SCRAM-SHA-256"], "secret", 10)
    assert refusal.value.name == "UNACCEPTABLE_CREDENTIAL"
