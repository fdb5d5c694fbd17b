"""The client's side of SASL, against the server's."""

from __future__ import annotations

import pytest

from kafkalite.security.client_exchange import MECHANISMS, ScramClient, start_exchange
from kafkalite.security.exchange import AuthenticationRefused, CredentialsRefused
from kafkalite.security.plain import PlainExchange
from kafkalite.security.scram import ScramExchange
from tests.security.scram_client import credential as make_credential

RFC_NONCE = "rOprNGfwEbeRWgbNEkqO"
RFC_FIRST = b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"


def test_plain() -> None:
    client, server = start_exchange("PLAIN", "alice", "päss", ""), PlainExchange({"alice": "päss"})
    assert client.evaluate(server.evaluate(client.first())) is None
    assert server.is_complete and client.is_complete
    assert MECHANISMS == ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")


def test_the_example_of_rfc_7677() -> None:
    client = ScramClient("SCRAM-SHA-256", "user", "pencil", RFC_NONCE)
    assert client.first() == b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO"
    assert client.evaluate(RFC_FIRST) == (
        b"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
    )
    assert not client.is_complete
    assert client.evaluate(b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=") is None
    assert client.is_complete


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-256", "SCRAM-SHA-512"])
def test_names_and_passwords_that_need_care(mechanism: str) -> None:
    user, password = "a=li,ce", "pass, word=1"
    server = ScramExchange(mechanism, {user: make_credential(mechanism, password)}.get, lambda: "servernonce")
    client = start_exchange(mechanism, user, password, "clientnonce")
    final = client.evaluate(server.evaluate(client.first()))
    assert final is not None
    assert client.evaluate(server.evaluate(final)) is None
    assert server.authorization_id == user and client.is_complete


def test_a_wrong_password_proves_nothing() -> None:
    server = ScramExchange("SCRAM-SHA-256", lambda _: make_credential("SCRAM-SHA-256", "right"), lambda: "s")
    client = start_exchange("SCRAM-SHA-256", "alice", "wrong", "c")
    final = client.evaluate(server.evaluate(client.first()))
    with pytest.raises(CredentialsRefused):
        server.evaluate(final or b"")


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (b"", "malformed"),
        (b"e=no", "malformed"),
        (RFC_FIRST.replace(b"r=rOpr", b"r=other"), "malformed"),
        (RFC_FIRST.replace(b"4096", b"1"), "1 iterations"),
        (RFC_FIRST.replace(b"4096", b"999999999"), "999999999 iterations"),
        (RFC_FIRST.replace(b"gQ==", b"gQ"), "not base64"),
    ],
)
def test_a_server_that_says_nonsense(first: bytes, words: str) -> None:
    with pytest.raises(AuthenticationRefused, match=words):
        ScramClient("SCRAM-SHA-256", "user", "pencil", RFC_NONCE).evaluate(first)


def test_a_server_that_does_not_know_the_password() -> None:
    client = ScramClient("SCRAM-SHA-256", "user", "pencil", RFC_NONCE)
    client.evaluate(RFC_FIRST)
    with pytest.raises(AuthenticationRefused, match="could not prove"):
        client.evaluate(b"v=" + b"A" * 43 + b"=")
