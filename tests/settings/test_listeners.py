"""Listeners: what is an endpoint and what is refused with which words."""

from __future__ import annotations

import pytest

from kafkalite.settings.listeners import (
    Listener,
    bound_for,
    check_advertised,
    parse_listeners,
    parse_protocol_map,
    with_address,
)
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
        ("PLAINTEXT://host:", "is not NAME://host:port"),
        ("PLAINTEXT://host:-1", "is not NAME://host:port"),
        ("PLAINTEXT://host:\u0661", "is not NAME://host:port"),
        ("PLAINTEXT://host:9092/", "is not NAME://host:port"),
        ("://host:9092", "is not NAME://host:port"),
        ("PLAINTEXT :// host:1", "there is no ' ' in the name of a host"),
        ("PLAINTEXT://*:1", "for all interfaces leave the host out"),
        ("PLAINTEXT://m\u00fcnchen:1", "there is no '\u00fc' in the name of a host"),
        ("PLAINTEXT://host:70000", "at most 65535"),
        ("PLAINTEXT://host:" + "9" * 5000, "at most 65535"),
        ("PLAINTEXT ://host:1", "no security protocol is defined for listener PLAINTEXT "),
        ("PLAINTEXT://a://host:1", "no security protocol is defined for listener PLAINTEXT://A"),
        ("PLAINTEXT://a:1,,SSL://a:2", "a comma too many"),
        ("PLAINTEXT://a:1,plaintext://a:2", "different name"),
        ("PLAINTEXT://127.0.0.1:1,INTERNAL://127.0.0.2:1", "different port"),
        ("PLAINTEXT://127.0.0.1:1,INTERNAL://:1", "different port"),
        ("PLAINTEXT://127.0.0.1:1,INTERNAL://[::1]:1,SSL://localhost:1", "different port"),
        ("PLAINTEXT://0.0.0.0:1,INTERNAL://[::]:1", "different port"),
        ("OTHER://host:1", "no security protocol is defined for listener OTHER"),
        ("PLAINTEXT://a:1,PLAINTEXT://b:2", "different name"),
        ("PLAINTEXT://a:1,INTERNAL://b:1", "different port"),
    ],
)
def test_what_is_refused(text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        parse(text)


@pytest.mark.parametrize("host", ["[::1]", "::1", "[::1", "::1]"])
def test_an_ipv6_address_needs_no_brackets(host: str) -> None:
    assert parse(f"PLAINTEXT://{host}:9092")[0].host == "::1"


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("PLAINTEXT://[]:1", ""),
        ("PLAINTEXT://:::1", "::"),
        ("PLAINTEXT://[localhost]:1", "localhost"),
        ("PLAINTEXT://fe80::1%eth0:1", "fe80::1%eth0"),
        ("PLAINTEXT://my_host.example.com:00001", "my_host.example.com"),
    ],
)
def test_hosts(text: str, host: str) -> None:
    assert parse(text) == [Listener("PLAINTEXT", host, 1, "PLAINTEXT")]


def test_an_entry_that_is_written_twice_counts_once() -> None:
    assert len(parse("PLAINTEXT://a:1,PLAINTEXT://a:1")) == 1


def test_one_address_of_each_family_may_share_a_port() -> None:
    assert len(parse("PLAINTEXT://127.0.0.1:1,INTERNAL://[::1]:1")) == 2


def test_any_port_may_be_asked_for_twice_and_advertised_ports_may_be_equal() -> None:
    assert len(parse("PLAINTEXT://a:0,INTERNAL://b:0")) == 2
    assert len(parse("PLAINTEXT://a:1,INTERNAL://b:1", "advertised.listeners")) == 2


def test_a_protocol_map_entry_needs_both_parts() -> None:
    with pytest.raises(ConfigError, match="is not NAME:PROTOCOL"):
        parse_protocol_map("PLAINTEXT")


def test_a_protocol_map_takes_a_comma_at_its_end_and_the_last_of_a_name() -> None:
    assert parse_protocol_map("a:PLAINTEXT, b : ssl ,a:ssl,") == {"A": "SSL", "B": "SSL"}


def test_protocols_that_do_not_exist_are_refused_whether_used_or_not() -> None:
    with pytest.raises(ConfigError, match="there is no security protocol NOPE "):
        parse_protocol_map("PLAINTEXT:PLAINTEXT,UNUSED:NOPE")


def test_the_address_that_leads_nowhere_is_not_advertised() -> None:
    with pytest.raises(ConfigError, match="no address that a client can connect to"):
        check_advertised(parse("PLAINTEXT://0.0.0.0:9092", "advertised.listeners"), parse("PLAINTEXT://:9092"))


@pytest.mark.parametrize("text", ["PLAINTEXT://:9092", "PLAINTEXT://[::]:9092", "PLAINTEXT://host:0"])
def test_parts_of_an_advertised_address_may_be_left_open(text: str) -> None:
    check_advertised(parse(text, "advertised.listeners"), parse("PLAINTEXT://:9092"))


def test_advertised_listeners_imply_what_is_bound() -> None:
    advertised = ["PLAINTEXT://kafka:29092", "HOST://[::1]:9092", "nonsense"]
    assert bound_for(advertised) == ["PLAINTEXT://0.0.0.0:29092", "HOST://0.0.0.0:9092", "nonsense"]


def test_an_advertised_listener_must_be_bound() -> None:
    with pytest.raises(ConfigError, match="no listener INTERNAL in listeners"):
        check_advertised(parse("INTERNAL://kafka:9092", "advertised.listeners"), parse("PLAINTEXT://:9092"))


def test_parts_of_an_address_can_be_replaced() -> None:
    listener = parse("PLAINTEXT://a:1")[0]
    assert str(with_address(listener, None, 2)) == "PLAINTEXT://a:2"
    assert str(with_address(listener, "b", None)) == "PLAINTEXT://b:1"
    assert str(with_address(listener, "::1", 0)) == "PLAINTEXT://[::1]:0"
