"""Kafka Streams with exactly_once_v2: exact results, although applications and broker are killed in mid-transaction.

The application is `kafka_streams/StreamsApp.java`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from compat_tests.apps.conftest import Topics
from compat_tests.apps.java_app import JavaApp, or_skip, wait_for
from compat_tests.broker_process import Broker
from compat_tests.clients.java_worker import compile_java, java_command
from compat_tests.oracle.apache_kafka import install, install_artifact

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SOURCE = Path(__file__).with_name("kafka_streams") / "StreamsApp.java"
STEP_COUNT = 200
WORDS = [f"word-{number}" for number in range(50)]
COMMIT_INTERVAL_MS = 500
"""Long enough to be caught in the middle of a transaction."""


@pytest.fixture
def make_app(app_broker: Broker, tmp_path: Path) -> Iterator[Callable[[str], JavaApp]]:
    """Return a function that makes an application of a topology; it may be started again on the same state."""
    made: list[JavaApp] = []

    def make(topology: str) -> JavaApp:
        class_path = or_skip(lambda: f"{install_artifact('kafka-streams')}/*:{install()}/*")
        classes = or_skip(lambda: compile_java([SOURCE], class_path, "streams"))
        settings = {
            "application.id": topology,
            "bootstrap.servers": app_broker.bootstrap_servers,
            "state.dir": str(tmp_path / "state"),
            "num.stream.threads": "2",
            "commit.interval.ms": str(COMMIT_INTERVAL_MS),
        }
        command = [*java_command(classes, class_path), "StreamsApp", topology]
        command += [f"{name}={value}" for name, value in settings.items()]
        app = JavaApp(command, tmp_path / f"{topology}.txt")
        made.append(app)
        return app

    yield make
    for app in made:
        app.kill()


class Words:
    """Lines of words, some of them frequent, and how often each word must have been counted."""

    def __init__(self, topics: Topics) -> None:
        topics.create("lines", "counts")
        self._topics = topics
        self._entropy = random.Random(1)
        self._expected = Counter[str]()

    def write(self) -> None:
        """Write more lines to both partitions."""
        lines = [" ".join(self._entropy.choices(WORDS, range(1, len(WORDS) + 1), k=5)) for _ in range(STEP_COUNT)]
        self._topics.write("lines", [(b"%d" % number, line.encode()) for number, line in enumerate(lines)])
        self._expected.update(word for line in lines for word in line.split())

    def write_into_transaction(self, app: JavaApp) -> None:
        """Write until the application is in the middle of a transaction."""
        _write_until_open(self.write, self._topics, "counts", app)

    def check(self, app: JavaApp) -> None:
        """Wait until all was counted, then compare: each word went from one to its number, each step once."""
        _wait_until_done(self._topics, "counts", self._expected.total(), app)
        counts: dict[str, list[int]] = {}
        for key, value in self._topics.read("counts"):
            assert key is not None and value is not None
            counts.setdefault(key.decode(), []).append(int(value))
        assert counts == {word: list(range(1, count + 1)) for word, count in self._expected.items()}


class Sides:
    """A left and a right for each number, and the pairs that must have come of them."""

    def __init__(self, topics: Topics) -> None:
        topics.create("left", "right", "joined")
        self._topics = topics
        self._count = 0

    def write(self) -> None:
        """Write more of both sides."""
        numbers = range(self._count, self._count + STEP_COUNT)
        for side in ("left", "right"):
            self._topics.write(side, [(b"key-%d" % number, b"%s-%d" % (side.encode(), number)) for number in numbers])
        self._count += STEP_COUNT

    def write_into_transaction(self, app: JavaApp) -> None:
        """Write until the application is in the middle of a transaction."""
        _write_until_open(self.write, self._topics, "joined", app)

    def check(self, app: JavaApp) -> None:
        """Wait until all is joined, then compare: each pair is there once."""
        _wait_until_done(self._topics, "joined", self._count, app)
        expected = {(b"key-%d" % number, b"left-%d|right-%d" % (number, number)): 1 for number in range(self._count)}
        assert Counter(self._topics.read("joined")) == expected


def _write_until_open(write: Callable[[], None], topics: Topics, topic: str, app: JavaApp) -> None:
    def write_and_look() -> bool:
        write()
        return topics.has_open_transaction(topic)

    app.wait_for_output("STATE RUNNING")  # before that, nothing that is written begins a transaction
    wait_for(write_and_look, "it is in the middle of a transaction", app)


def _wait_until_done(topics: Topics, topic: str, count: int, app: JavaApp) -> None:
    """Wait until so many records are committed, and nothing more is on its way."""
    wait_for(
        lambda: not topics.has_open_transaction(topic) and len(topics.read(topic)) >= count,
        f"{count} records are in {topic}",
        app,
    )


def test_word_count_is_exact_although_application_and_broker_are_killed(
    app_broker: Broker, topics: Topics, make_app: Callable[[str], JavaApp]
) -> None:
    words = Words(topics)
    app = make_app("count")
    app.start()
    words.write_into_transaction(app)
    app.kill()
    app.start()
    words.check(app)

    words.write_into_transaction(app)
    app_broker.restart(crash=True)
    words.write()
    words.check(app)

    app.stop()
    app_broker.restart()
    words.write()
    app.start()
    words.check(app)


def test_join_is_exact_although_broker_and_application_are_killed(
    app_broker: Broker, topics: Topics, make_app: Callable[[str], JavaApp]
) -> None:
    sides = Sides(topics)
    app = make_app("join")
    app.start()
    sides.write_into_transaction(app)
    app_broker.restart(crash=True)
    sides.write()
    sides.check(app)

    sides.write_into_transaction(app)
    app.kill()
    app_broker.restart(crash=True)
    app.start()
    sides.write_into_transaction(app)
    app_broker.restart(crash=True)
    sides.check(app)
