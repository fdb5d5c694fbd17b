"""A field for loads in tests, and brokers that are played by a function."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
from collections.abc import Callable, Iterator

from scripts.devtools.attack.case import Field
from scripts.devtools.attack.target import Target


def make_field(target: Target, *made: str) -> Field:
    """Return a field whose time has begun."""
    field = Field(target, "attacked", "full", "compacted", list(made), random.Random(1))
    field.begin()
    return field


@contextlib.contextmanager
def played_broker(serve: Callable[[socket.socket], None], count: int = 1) -> Iterator[Target]:
    """Accept so many connections, one after the other, and let a function serve each; its errors fail the test."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as server:
        problems: list[BaseException] = []

        def accept() -> None:
            try:
                for _ in range(count):
                    connection, _ = server.accept()
                    with connection:
                        serve(connection)
            except BaseException as problem:
                problems.append(problem)

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield Target("played", *server.getsockname())
        thread.join(10)
        assert not problems and not thread.is_alive()
