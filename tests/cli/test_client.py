"""What the client commands share."""

from __future__ import annotations

import pathlib
import socket

import pytest

from kafkalite.cli import client as module
from kafkalite.cli.client import ClientFailure, Target, connect, explain_client_error
from kafkalite.client.addresses import Address
from kafkalite.client.errors import BrokerError, NotKafka
from kafkalite.protocol.errors import GROUP_AUTHORIZATION_FAILED, POLICY_VIOLATION


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KAFKALITE_BOOTSTRAP", "KAFKALITE_COMMAND_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    module.warn_once.cache_clear()


def bootstrap_of(target: Target) -> tuple[Address, ...]:
    return connect(target).config.bootstrap


def test_where_the_address_comes_from(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    assert bootstrap_of(Target()) == (Address("127.0.0.1", 9092),)
    monkeypatch.setenv("KAFKALITE_BOOTSTRAP", "variable:1")
    assert bootstrap_of(Target()) == (Address("variable", 1),)
    file = tmp_path / "client.properties"
    file.write_text("bootstrap.servers=file:2,other:3\n")
    assert bootstrap_of(Target(None, str(file))) == (Address("file", 2), Address("other", 3))
    monkeypatch.setenv("KAFKALITE_COMMAND_CONFIG", str(file))
    assert bootstrap_of(Target()) == (Address("file", 2), Address("other", 3))
    assert bootstrap_of(Target("option:4")) == (Address("option", 4),)


def test_properties_of_a_file_count(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "client.properties"
    file.write_text("request.timeout.ms=5\nacks=all\nlinger.ms=3\n")
    for _ in range(2):
        client = connect(Target(None, str(file)), connect_timeout_ms=7)
        assert (client.config.request_timeout_ms, client.config.connect_timeout_ms) == (5, 7)
        assert client.config.client_id == "kafkalite-cli"
    assert capsys.readouterr().err == f"kafkalite: warning: {file}: no effect here: acks, linger.ms\n"
    file.write_text("client.id=mine")
    assert connect(Target(None, str(file))).config.client_id == "mine"


def test_a_file_that_is_not_there(tmp_path: pathlib.Path) -> None:
    with pytest.raises(
        ClientFailure, match=r"nope does not exist \(from --command-config or KAFKALITE_COMMAND_CONFIG\)"
    ):
        connect(Target(None, str(tmp_path / "nope")))


def test_nobody_answers_in_words() -> None:
    with socket.socket() as bound_only:
        bound_only.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{bound_only.getsockname()[1]}"
        with pytest.raises(module.Unreachable) as raised:
            connect(Target(address)).metadata([])
    assert explain_client_error(raised.value) == (
        f"no broker answers at {address}: connection refused; start one with: kafkalite (another address: -b HOST:PORT)"
    )


def test_missing_rights_are_explained() -> None:
    text = explain_client_error(BrokerError(GROUP_AUTHORIZATION_FAILED, None, "billing"))
    assert text is not None
    assert text.startswith("billing: GROUP_AUTHORIZATION_FAILED (this user has no right to it")


def test_errors_of_the_client_are_explained_and_bugs_are_not() -> None:
    assert explain_client_error(ClientFailure("words")) == "words"
    assert explain_client_error(NotKafka("garbage")) == "garbage"
    problem = BrokerError(POLICY_VIOLATION, None, "t")
    assert explain_client_error(problem) == "t: POLICY_VIOLATION"
    assert explain_client_error(ValueError("bug")) is None
