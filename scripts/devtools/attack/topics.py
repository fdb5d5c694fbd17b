"""The topics of a suite: made before it, deleted after it, and made by loads."""

from __future__ import annotations

import contextlib
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kafkalite.protocol.messages.create_topics_response import CreateTopicsResponse
from kafkalite.protocol.messages.delete_topics_response import DeleteTopicsResponse
from kafkalite.protocol.messages.find_coordinator_response import FindCoordinatorResponse
from kafkalite.protocol.messages.produce_response import ProduceResponse
from scripts.devtools.attack import loads
from scripts.devtools.attack.case import Field, Play
from scripts.devtools.attack.target import Target
from scripts.devtools.benchmark.wire import PRODUCE_VERSION, BrokerFailed, create_topic, exchange

FLEXIBLE_HEADER_BYTES = 5
"""Correlation id and tagged fields."""

PLAIN_HEADER_BYTES = 4
"""Correlation id."""

TOPICS_AT_ONCE = 100
FULL_BATCH_BYTES = 900_000
FULL_BATCHES = 60
MADE_COUNT = 1000
MADE_PARTITIONS = 5
PATIENCE_S = 60.0
RETRY_S = 0.05


class TopicsFailed(BrokerFailed):
    """The broker did not make the topics that the suite needs; the message has its error codes."""


@dataclass(frozen=True)
class Topics:
    """The names that one suite uses; those of `made` do not exist before a load makes them."""

    quiet: str
    attacked: str
    full: str
    compacted: str
    crowd: tuple[str, ...] = ()
    made: tuple[str, ...] = ()

    @property
    def all(self) -> list[str]:
        """Every name that may exist at the end, the one that a mutated request may make included."""
        return [self.quiet, self.attacked, self.full, self.compacted, loads.ONLY_TRIED, *self.crowd, *self.made]


def create(
    connection: socket.socket, names: Sequence[str], partitions: int = 1, *, compact: bool = False
) -> Counter[int]:
    """Create topics; return how often each error code was answered, 0 for those that were made."""
    answer = exchange(connection, loads.create_topics(list(names), partitions, compact=compact))
    made, _ = CreateTopicsResponse.read(answer, FLEXIBLE_HEADER_BYTES, loads.CREATE_VERSION)
    return Counter(topic.error_code for topic in made.topics)


def delete(connection: socket.socket, names: Sequence[str]) -> Counter[int]:
    """Delete topics; return how often each error code was answered, 0 for those that are gone."""
    answer = exchange(connection, loads.delete_topics(list(names)))
    deleted, _ = DeleteTopicsResponse.read(answer, FLEXIBLE_HEADER_BYTES, loads.DELETE_VERSION)
    return Counter(topic.error_code for topic in deleted.responses)


def produce(connection: socket.socket, topic: str, batch: bytes) -> int:
    """Append a batch to partition 0; return the error code."""
    return _produce_code(exchange(connection, loads.produce(topic, batch)))


def _produce_code(answer: bytes) -> int:
    produced, _ = ProduceResponse.read(answer, FLEXIBLE_HEADER_BYTES, PRODUCE_VERSION)
    return produced.responses[0].partition_responses[0].error_code


def appended(answer: bytes) -> str:
    """Return the word for an answer to a Produce of one batch."""
    code = _produce_code(answer)
    return f"refused with error {code}" if code else "appended"


@contextlib.contextmanager
def prepared_topics(target: Target, seed: int, crowd_count: int, *, is_full: bool) -> Iterator[Topics]:
    """Create the topics of a suite, one of them with 54 MB if `is_full`, and delete them afterwards.

    Raises:
        TopicsFailed: the topics cannot be created.
        OSError: the broker does not answer.
    """
    start = f"attack-{seed}-{time.monotonic_ns() % 10**9}"
    crowd = tuple(f"{start}-crowd-{number}" for number in range(crowd_count))
    made = tuple(f"{start}-made-{number}" for number in range(MADE_COUNT))
    topics = Topics(f"{start}-quiet", f"{start}-attacked", f"{start}-full", f"{start}-compacted", crowd, made)
    create_topic(target.host, target.port, topics.quiet)
    try:
        _make(target, topics, is_full=is_full)
        yield topics
    finally:
        _clean_up(target, topics)


def _make(target: Target, topics: Topics, *, is_full: bool) -> None:
    for name in (topics.attacked, topics.full):
        create_topic(target.host, target.port, name)
    with target.connect() as connection:
        connection.settimeout(PATIENCE_S)
        answers = create(connection, [topics.compacted], compact=True)
        for first in range(0, len(topics.crowd), TOPICS_AT_ONCE):
            answers += create(connection, topics.crowd[first : first + TOPICS_AT_ONCE])
        for _ in range(FULL_BATCHES if is_full else 0):
            answers[produce(connection, topics.full, loads.plain_batch(1, FULL_BATCH_BYTES))] += 1
        _await_coordinator(connection)
    if set(answers) != {0}:
        raise TopicsFailed(f"the topics of the suite could not be made: {in_words(answers, 'made')}")


def _await_coordinator(connection: socket.socket) -> None:
    """Let the broker make the topic of committed offsets: without it, loads on groups are refused at once."""
    end_s = time.monotonic() + PATIENCE_S
    while True:
        answer = exchange(connection, loads.find_coordinator())
        found, _ = FindCoordinatorResponse.read(answer, PLAIN_HEADER_BYTES, loads.FIND_COORDINATOR_VERSION)
        if not found.error_code:
            return
        if time.monotonic() > end_s:
            raise TopicsFailed(f"there is no coordinator of groups: error {found.error_code}")
        time.sleep(RETRY_S)


def _clean_up(target: Target, topics: Topics) -> None:
    try:
        with target.connect() as connection:
            connection.settimeout(PATIENCE_S)
            for first in range(0, len(topics.all), TOPICS_AT_ONCE):
                delete(connection, topics.all[first : first + TOPICS_AT_ONCE])
    except OSError as problem:
        start = topics.quiet.removesuffix("-quiet")
        print(f"the topics {start}-* were not deleted ({problem}): delete them if the broker stays", file=sys.stderr)


def in_words(answers: Counter[int], done: str) -> str:
    """Return how many topics were done and how many were answered with which error."""
    parts = [f"{answers[0]:,} {done}"] if answers[0] else []
    parts += [f"{count:,} error {code}" for code, count in sorted(answers.items()) if code]
    return ", ".join(parts)


def create_and_delete(field: Field) -> Play:
    """Return a load that makes 1,000 topics with one request and deletes them with another."""

    def run() -> str:
        parts = []
        with field.target.connect() as connection:
            for word, step in (("made", _create_many), ("deleted", _delete_many)):
                connection.settimeout(field.left_s)
                started_s = time.monotonic()
                try:
                    answers = step(connection, field.made)
                except TimeoutError:
                    parts.append(f"not {word} in {time.monotonic() - started_s:.1f} s")
                    break
                parts.append(f"{in_words(answers, word)} in {time.monotonic() - started_s:.1f} s")
        return ", ".join(parts)

    return run


def _create_many(connection: socket.socket, names: Sequence[str]) -> Counter[int]:
    return create(connection, names, MADE_PARTITIONS)


def _delete_many(connection: socket.socket, names: Sequence[str]) -> Counter[int]:
    return delete(connection, names)
