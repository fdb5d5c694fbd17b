"""PLAIN: one token, and what is wrong with others."""

from __future__ import annotations

import pytest

from kafkalite.security.exchange import AuthenticationRefused
from kafkalite.security.plain import PlainExchange

PASSWORDS = {"alice": "secret", "zoë": "pässword"}


@pytest.mark.parametrize(
    ("token", "user"),
    [("\0alice\0secret", "alice"), ("alice\0alice\0secret", "alice"), ("\0zoë\0pässword", "zoë")],
)
def test_who_knows_the_password_is_let_in(token: str, user: str) -> None:
    exchange = PlainExchange(PASSWORDS)
    assert not exchange.is_complete
    assert exchange.evaluate(token.encode()) == b""
    assert exchange.is_complete
    assert exchange.authorization_id == user


@pytest.mark.parametrize(
    ("token", "words"),
    [
        (b"", "expected 3 tokens, got 1"),
        (b"alice\0secret", "expected 3 tokens, got 2"),
        (b"\0alice\0secret\0", "expected 3 tokens, got 4"),
        (b"\0" * 9, "expected 3 tokens, got 4"),
        (b"\0\0secret", "username not specified"),
        (b"\0alice\0", "password not specified"),
        (b"\0alice\0Secret", "Invalid username or password"),
        (b"\0eve\0secret", "Invalid username or password"),
        (b"\0alice\0\xff\xfe", "Invalid username or password"),
        (b"bob\0alice\0secret", "authorization id that is different"),
    ],
)
def test_who_does_not_is_refused(token: bytes, words: str) -> None:
    exchange = PlainExchange(PASSWORDS)
    with pytest.raises(AuthenticationRefused, match=words) as caught:
        exchange.evaluate(token)
    assert not exchange.is_complete
    assert "secret" not in str(caught.value).lower()


def test_an_empty_password_in_the_settings_lets_nobody_in() -> None:
    with pytest.raises(AuthenticationRefused):
        PlainExchange({"alice": ""}).evaluate(b"\0alice\0")
    with pytest.raises(AuthenticationRefused):
        PlainExchange({"alice": ""}).evaluate(b"\0eve\0x")
