"""Host names."""

from __future__ import annotations

import pytest

from kafkalite.cli.diagnosis.names import is_loopback, resolve


def test_addresses_resolve_to_themselves() -> None:
    assert resolve("127.0.0.1") == ["127.0.0.1"]
    assert resolve("::1") == ["::1"]


@pytest.mark.parametrize("name", ["no-such-host.invalid", "a" * 64 + ".invalid", "a..b"])
def test_unknown_and_impossible_names(name: str) -> None:
    assert resolve(name) == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("10.0.0.1", False),
        ("kafka", False),
    ],
)
def test_loopback(address: str, expected: bool) -> None:
    assert is_loopback(address) is expected
