"""SCRAM: the vector of RFC 7677, a client of our own for both hashes, and everything that is refused."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest

from kafkalite.cluster.image import ScramCredential
from kafkalite.security.exchange import AuthenticationRefused, CredentialsRefused
from kafkalite.security.scram import ScramExchange, nonce_text, unescape_name
from tests.security.scram_client import DIGESTS, ScramClient, credential


def exchange(mechanism: str = "SCRAM-SHA-256", user: str = "alice", password: str = "secret") -> ScramExchange:
    users = {user: credential(mechanism, password)}
    return ScramExchange(mechanism, users.get, lambda: "3rfcNHYJY1ZVvWVs7j")


def test_the_vector_of_rfc_7677() -> None:
    kept = credential("SCRAM-SHA-256", "pencil", b64decode("W22ZaJ0SNY7soEsUEjb6gQ=="))
    server = ScramExchange("SCRAM-SHA-256", {"user": kept}.get, lambda: "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0")
    nonce = b"rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
    first = server.evaluate(b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO")
    assert first == b"r=" + nonce + b",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
    final = server.evaluate(b"c=biws,r=" + nonce + b",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
    assert final == b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
    assert (server.is_complete, server.authorization_id) == (True, "user")


@pytest.mark.parametrize("mechanism", DIGESTS)
def test_both_sides_prove_that_they_know_the_password(mechanism: str) -> None:
    server, client = exchange(mechanism), ScramClient(mechanism, "alice", "secret")
    final = client.final(server.evaluate(client.first()))
    assert not server.is_complete
    assert client.is_answer(server.evaluate(final))
    assert server.is_complete


@pytest.mark.parametrize("mechanism", DIGESTS)
def test_a_wrong_password_is_refused(mechanism: str) -> None:
    server, client = exchange(mechanism), ScramClient(mechanism, "alice", "Secret")
    final = client.final(server.evaluate(client.first()))
    with pytest.raises(CredentialsRefused, match="password is wrong"):
        server.evaluate(final)
    assert not server.is_complete


def test_names_may_hold_commas_and_equals_signs() -> None:
    server, client = exchange(user="a,b=c"), ScramClient("SCRAM-SHA-256", "a=2Cb=3Dc", "secret")
    assert client.is_answer(server.evaluate(client.final(server.evaluate(client.first()))))
    assert server.authorization_id == "a,b=c"
    assert unescape_name("=3D2C") == "=2C"


@pytest.mark.parametrize("message", [b"n,a=alice,n=alice,r=x", b"n,,n=alice,r=x,ext=1", b"n,,n=alice,r=x,tokenauth=no"])
def test_first_messages_with_more_in_them(message: bytes) -> None:
    assert exchange().evaluate(message).startswith(b"r=x3rfc")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (b"", "malformed"),
        (b"n,,n=alice", "malformed"),
        (b"y,,n=alice,r=x", "malformed"),
        (b"p=tls-unique,,n=alice,r=x", "malformed"),
        (b"n,,m=1,n=alice,r=x", "malformed"),
        (b"n,,n=,r=x", "malformed"),
        (b"n,,n=a=b,r=x", "malformed"),
        (b"n,,n=alice,r=", "malformed"),
        (b"n,,n=alice,r=x\n", "malformed"),
        (b"n,,n=\xff,r=x", "malformed"),
        (b"n,,n=eve,r=x", "no credential"),
        (b"n,,n=alice,r=x,tokenauth=true", "delegation tokens"),
    ],
)
def test_first_messages_that_are_refused(message: bytes, words: str) -> None:
    with pytest.raises(CredentialsRefused, match=words):
        exchange().evaluate(message)


def test_nobody_acts_for_somebody_else() -> None:
    with pytest.raises(AuthenticationRefused, match="different from username"):
        exchange().evaluate(b"n,a=bob,n=alice,r=x")


def test_weak_credentials_are_not_used() -> None:
    weak = credential("SCRAM-SHA-256", "secret", iterations=4095)
    with pytest.raises(CredentialsRefused, match="4096"):
        ScramExchange("SCRAM-SHA-256", {"alice": weak}.get, lambda: "n").evaluate(b"n,,n=alice,r=x")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (b"", "malformed"),
        (b"c=biws,r=x3rfcNHYJY1ZVvWVs7j", "malformed"),
        (b"c=biws,r=x3rfcNHYJY1ZVvWVs7j,p=!", "malformed"),
        (b"c=biws,r=y3rfcNHYJY1ZVvWVs7j,p=AAAA", "another nonce"),
        (b"c=biws,r=x3rfcNHYJY1ZVvWVs7j,p=AAAA", "wrong length"),
        (b"c=biws,r=x3rfcNHYJY1ZVvWVs7j,p=", "wrong length"),
        (b"c=biws,r=x3rfcNHYJY1ZVvWVs7j,p=" + b64encode(bytes(32)), "password is wrong"),
    ],
)
def test_final_messages_that_are_refused(message: bytes, words: str) -> None:
    server = exchange()
    server.evaluate(b"n,,n=alice,r=x")
    with pytest.raises(CredentialsRefused, match=words):
        server.evaluate(message)


def test_a_credential_that_is_replaced_meanwhile_counts_until_the_end() -> None:
    kept: dict[str, ScramCredential] = {"alice": credential("SCRAM-SHA-256", "secret")}
    server, client = (
        ScramExchange("SCRAM-SHA-256", kept.get, lambda: "n"),
        ScramClient("SCRAM-SHA-256", "alice", "secret"),
    )
    final = client.final(server.evaluate(client.first()))
    kept.clear()
    assert client.is_answer(server.evaluate(final))


def test_a_nonce_is_printable_and_has_no_comma() -> None:
    text = nonce_text(bytes(range(0, 256, 5)))
    assert text.isascii() and text.isprintable() and "," not in text and len(text) > 60
