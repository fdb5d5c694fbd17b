"""What the client commands share."""

from __future__ import annotations

import socket

import pytest

from kafkalite.cli.client import ClientFailure, common_config, connect_admin, explain_client_error


def test_several_addresses() -> None:
    assert common_config("a:1, b:2,")["bootstrap_servers"] == ["a:1", "b:2"]


def test_nobody_answers_in_words() -> None:
    with socket.socket() as bound_only:
        bound_only.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{bound_only.getsockname()[1]}"
        with pytest.raises(ClientFailure, match=f"no broker answers at {address}; start one with: kafkalite"):
            connect_admin(address, bootstrap_timeout_ms=100)


def test_errors_of_the_client_are_explained_and_bugs_are_not() -> None:
    from kafka.errors import TopicAuthorizationFailedError

    assert explain_client_error(ClientFailure("words")) == "words"
    assert explain_client_error(TopicAuthorizationFailedError("t")) == "TopicAuthorizationFailed: t"
    assert explain_client_error(TopicAuthorizationFailedError()) == "TopicAuthorizationFailed"
    assert explain_client_error(ValueError("bug")) is None
