"""Names after a TAB, asked of a broker."""

from __future__ import annotations

import socket
from collections.abc import Callable

import click
import pytest

from kafkalite.cli.commands import program
from kafkalite.cli.name_completion import (
    complete_group,
    complete_topic,
    complete_transactional_id,
    complete_user,
)
from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]


def context_of(**params: object) -> click.Context:
    context = click.Context(click.Command("x"), parent=click.Context(program))
    context.params = params
    return context


def names(complete: Callable[..., list[object]], incomplete: str, **params: object) -> list[str]:
    found = complete(context_of(**params), click.Argument(["name"]), incomplete)
    return [item.value for item in found]  # type: ignore[attr-defined]


def test_names_of_every_kind(run: Run, topic: str, bootstrap: str) -> None:
    run("topic", "create", topic)
    run("group", "seek", topic, topic, "--to", "end", "--create")
    run("user", "create", topic, "--password", "x")
    for complete in (complete_topic, complete_group, complete_user):
        assert names(complete, topic[:-1], bootstrap=bootstrap) == [topic]
        assert names(complete, f"{topic}x", bootstrap=bootstrap) == []
    assert names(complete_transactional_id, "no-such-id", bootstrap=bootstrap) == []
    run("user", "delete", topic)


def test_no_broker_no_names_no_words(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as bound_only:
        bound_only.bind(("127.0.0.1", 0))
        assert names(complete_topic, "", bootstrap=f"127.0.0.1:{bound_only.getsockname()[1]}") == []
    assert names(complete_topic, "", bootstrap="127.0.0.1:1", command_config="/no/such/file") == []
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")
