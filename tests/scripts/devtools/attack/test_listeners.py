"""A broker started for the attack: its three listeners, the loads on those with TLS and SASL, and few descriptors."""

from __future__ import annotations

import pathlib
import socket
import ssl
from collections.abc import Iterator

import pytest

from scripts.devtools.attack import plays
from scripts.devtools.attack.__main__ import main
from scripts.devtools.attack.listeners import Listeners, started
from scripts.devtools.attack.loads import API_VERSIONS, framed, header, sasl_start
from scripts.devtools.attack.target import Target
from scripts.devtools.benchmark.wire import exchange
from tests.certificates import write_files


@pytest.fixture(scope="module")
def listeners() -> Iterator[Listeners]:
    """Run a broker with all listeners."""
    with started("kafkalite") as made:
        yield made


def test_the_listener_with_tls_shakes_hands(listeners: Listeners, tmp_path: pathlib.Path) -> None:
    context = ssl.create_default_context(cafile=write_files(tmp_path).authority)
    assert listeners.tls is not None
    with listeners.tls.connect() as plain, context.wrap_socket(plain, server_hostname="127.0.0.1") as connection:
        assert exchange(connection, framed(header(API_VERSIONS, 0)))[4:6] == b"\0\0"


def test_the_listener_with_sasl_takes_a_handshake(listeners: Listeners) -> None:
    assert listeners.sasl is not None
    with listeners.sasl.connect() as connection:
        start = sasl_start()
        answer = exchange(connection, start[: 4 + int.from_bytes(start[:4], "big")])
    assert answer[4:] == b"\0\0" + b"\0\0\0\1\0\5PLAIN"


def test_half_handshakes_by_the_command_line(
    listeners: Listeners, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(plays, "pause", lambda seconds: None)
    assert listeners.tls is not None and listeners.sasl is not None
    addresses = []
    for option, target in (
        ("--bootstrap-server", listeners.plain),
        ("--tls", listeners.tls),
        ("--sasl", listeners.sasl),
    ):
        addresses += [option, f"{target.host}:{target.port}"]
    assert main([*addresses, "--case", "handshakes", "--case", "before authentication"]) == 0
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("200 ")]
    assert [row.split()[1] for row in rows] == ["TLS", "TLS", "SASL", "half"]
    assert all("answers, records intact  [200 held]" in row for row in rows)


def test_few_descriptors_from_the_start() -> None:
    with started("kafkalite", descriptor_count=200) as listeners:
        limits = pathlib.Path(f"/proc/{listeners.plain.pid}/limits").read_text()
    [line] = [line for line in limits.splitlines() if line.startswith("Max open files")]
    assert line.split()[3:5] == ["200", "200"]


def test_listeners_end_with_their_broker() -> None:
    with started("kafkalite") as listeners:
        plain: Target = listeners.plain
    with pytest.raises(OSError), socket.create_connection((plain.host, plain.port), 1):
        pass
