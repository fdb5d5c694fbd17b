"""Waiting for a broker and for topics."""

from __future__ import annotations

import json
import pathlib
import socket
import threading
from collections.abc import Callable
from typing import Any

from kafkalite.client.admin import create_topics
from kafkalite.client.client import Client
from kafkalite.client.config import client_config
from tests.cli.conftest import Outcome


def test_a_broker_that_answers_is_ready(run: Callable[..., Outcome]) -> None:
    outcome = run("wait", "--timeout", "20s")
    assert outcome.exit_code == 0
    assert outcome.output.startswith("ready after ")


def test_a_topic_that_does_not_come(run: Callable[..., Outcome], topic: str) -> None:
    outcome = run("wait", "--topic", topic, "--timeout", "300ms")
    assert outcome.exit_code == 1
    assert outcome.errors == f"kafkalite: not ready after 0.3 s: there is no topic {topic}\n"


def test_a_topic_that_comes_later(run: Callable[..., Outcome], topic: str, bootstrap: str) -> None:
    def create() -> None:
        with Client(client_config(bootstrap)) as client:
            create_topics(client, [topic])

    creator = threading.Timer(0.3, create)
    creator.start()
    try:
        assert run("wait", "-q", "--topic", topic, "--timeout", "30s") == Outcome(0, "", "")
    finally:
        creator.join()


def test_nobody_answers(run: Callable[..., Outcome]) -> None:
    with socket.socket() as bound_only:
        bound_only.bind(("127.0.0.1", 0))
        outcome = run("wait", "-b", f"127.0.0.1:{bound_only.getsockname()[1]}", "--timeout", "200ms")
    assert outcome.exit_code == 1
    assert "no broker answers at 127.0.0.1:" in outcome.errors


def test_a_bad_timeout_is_a_usage_error(run: Callable[..., Outcome]) -> None:
    outcome: Any = run("wait", "--timeout", "soon")
    assert outcome.exit_code == 2
    assert "'soon' is not a span of time" in outcome.errors


def test_the_outcome_as_json(run: Callable[..., Outcome], topic: str) -> None:
    [ready] = [json.loads(line) for line in run("wait", "-o", "jsonl").lines]
    assert (ready["ready"], ready["reason"]) == (True, None)
    [late] = [json.loads(line) for line in run("wait", "--topic", topic, "--timeout", "100ms", "-o", "jsonl").lines]
    assert (late["ready"], late["reason"]) == (False, f"there is no topic {topic}")


def test_what_waiting_cannot_mend_ends_it(run: Callable[..., Outcome], tmp_path: pathlib.Path) -> None:
    file = tmp_path / "client.properties"
    file.write_text("security.protocol=SASL_PLAINTEXT")
    outcome = run("wait", "--timeout", "1h", "--command-config", str(file))
    assert outcome.exit_code == 1
    assert outcome.errors.startswith("kafkalite: sasl.mechanism: ")
