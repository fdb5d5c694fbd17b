"""A server for the client commands: ours, or any Kafka named by KAFKALITE_TEST_BOOTSTRAP."""

from __future__ import annotations

import io
import os
import sys
import uuid
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import NamedTuple

import pytest

from kafkalite.cli.main import main
from tests.running_server import running_server


class Outcome(NamedTuple):
    """What one command line did."""

    exit_code: int
    output: str
    errors: str

    @property
    def lines(self) -> list[str]:
        """The lines of the standard output."""
        return self.output.splitlines()


@pytest.fixture(scope="session")
def bootstrap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a broker."""
    external = os.environ.get("KAFKALITE_TEST_BOOTSTRAP")
    if external:
        yield external
        return
    with running_server(tmp_path_factory.mktemp("server")) as (_, port):
        yield f"127.0.0.1:{port}"


@pytest.fixture
def topic() -> str:
    """A topic name that no other test has."""
    return f"topic-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def run(
    bootstrap: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Outcome]:
    """Run one command line in this process against the broker; ``stdin`` are the bytes it reads."""

    def run_command(*arguments: str, stdin: bytes = b"") -> Outcome:
        monkeypatch.setenv("KAFKALITE_BOOTSTRAP", bootstrap)
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin), isatty=lambda: False))
        capfdbinary.readouterr()
        exit_code = main(list(arguments))
        sys.stdout.flush()
        captured = capfdbinary.readouterr()
        return Outcome(exit_code, captured.out.decode(errors="surrogateescape"), captured.err.decode())

    return run_command
