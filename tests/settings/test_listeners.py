"""Listeners: what is an endpoint and what is refused with which words."""

from __future__ import annotations

import pytest

from kafkalite.settings.listeners import Listener, check_advertised, parse_listeners, parse_protocol_map, with_address
from kafkalite.settings.values import ConfigError

PROTOCOLS = parse_protocol_map("PLAINTEXT:PLAINTEXT, INTERNAL:PLAINTEXT,SSL:SSL")


def parse(text: str, name: str = "listeners") -> list[Listener]:
    return parse_listeners(name, text, PROTOCOLS)


def test_names_hosts_and_ports() -> None:
    assert parse("PLAINTEXT://127.0.0.1:9092, internal://:0,SSL://[::1]:9094") == [
        Listener("PLAINTEXT", "127.0.0.1", 9092, "PLAINTEXT"),
        Listener("INTERNAL", "", 0, "PLAINTEXT"),
        Listener("SSL", "::1", 9094, "SSL"),
    ]


@pytest.mark.parametrize("text", ["PLAINTEXT://127.0.0.1:9092", "SSL://[::1]:9094", "INTERNAL://:0"])
def test_text_form_is_what_was_parsed(text: str) -> None:
    assert [str(listener) for listener in parse(text)] == [text]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("127.0.0.1:9092", "is not NAME://host:port"),
        ("PLAINTEXT://host", "is not NAME://host:port"),
        ("PLAINTEXT://host:x", "is not NAME://host:port"),
        ("PLAINTEXT://::1:9092", "in brackets"),
        ("PLAINTEXT://host:70000", "at most 65535"),
        ("OTHER://host:1", "no security protocol is defined for listener OTHER"),
        ("PLAINTEXT://a:1,PLAINTEXT://b:2", "different name"),
        ("PLAINTEXT://a:1,INTERNAL://b:1", "different port"),
    ],
)
def test_what_is_refused(text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        parse(text)


def test_any_port_may_be_asked_for_twice_and_advertised_ports_may_be_equal() -> None:
    assert len(parse("PLAINTEXT://a:0,INTERNAL://b:0")) == 2
    assert len(parse("PLAINTEXT://a:1,INTERNAL://b:1", "advertised.listeners")) == 2


def test_a_protocol_map_entry_needs_both_parts() -> None:
    with pytest.raises(ConfigError, match="is not NAME:PROTOCOL"):
        parse_protocol_map("PLAINTEXT")


@pytest.mark.parametrize("text", ["PLAINTEXT://0.0.0.0:9092", "PLAINTEXT://:9092", "PLAINTEXT://[::]:9092"])
def test_nobody_can_be_sent_to_every_interface(text: str) -> None:
    with pytest.raises(ConfigError, match="no address that a client can connect to"):
        check_advertised(parse(text, "advertised.listeners"), parse("PLAINTEXT://:9092"))


def test_an_advertised_listener_must_be_bound() -> None:
    with pytest.raises(ConfigError, match="no listener INTERNAL in listeners"):
        check_advertised(parse("INTERNAL://kafka:9092", "advertised.listeners"), parse("PLAINTEXT://:9092"))


def test_parts_of_an_address_can_be_replaced() -> None:
    listener = parse("PLAINTEXT://a:1")[0]
    assert str(with_address(listener, None, 2)) == "PLAINTEXT://a:2"
    assert str(with_address(listener, "b", None)) == "PLAINTEXT://b:1"
    assert str(with_address(listener, "::1", 0)) == "PLAINTEXT://[::1]:0"
