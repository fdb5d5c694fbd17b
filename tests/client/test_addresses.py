"""Addresses as people write them."""

from __future__ import annotations

import pytest

from kafkalite.client.addresses import Address, parse_address, parse_bootstrap
from kafkalite.client.errors import ConfigProblem


@pytest.mark.parametrize(
    ("text", "address", "shown"),
    [
        ("localhost:9092", Address("localhost", 9092), "localhost:9092"),
        ("broker", Address("broker", 9092), "broker:9092"),
        ("[::1]:19092", Address("::1", 19092), "[::1]:19092"),
        ("[::1]", Address("::1", 9092), "[::1]:9092"),
        ("fe80::1%lo:9092", Address("fe80::1%lo", 9092), "[fe80::1%lo]:9092"),
        ("PLAINTEXT://h:1", Address("h", 1), "h:1"),
        ("h:", Address("h", 9092), "h:9092"),
    ],
)
def test_spellings(text: str, address: Address, shown: str) -> None:
    assert parse_address(text) == address
    assert str(address) == shown


@pytest.mark.parametrize("text", ["", ":9092", "h:x", "h:0", "h:65536", "h:-1", "[::1", "[::1]9092", "h:９"])
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ConfigProblem, match=r"bootstrap\.servers"):
        parse_address(text)


def test_lists() -> None:
    assert parse_bootstrap(" a:1, b:2,") == (Address("a", 1), Address("b", 2))
    with pytest.raises(ConfigProblem, match="there is no address"):
        parse_bootstrap(" , ")
