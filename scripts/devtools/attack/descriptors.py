"""The load for a broker with few descriptors: more connections than it may have files open."""

from __future__ import annotations

import socket
from collections import Counter

from scripts.devtools.attack import loads
from scripts.devtools.attack.case import Case, Field, Misbehaved, Play, Tally
from scripts.devtools.attack.plays import pause
from scripts.devtools.attack.topics import create, in_words, produce

FEW_DESCRIPTORS = 512
"""RLIMIT_NOFILE of the broker under this load: Apache Kafka has 160 open when it is idle, kafkalite 13."""

FLOOD_COUNT = 700
HOLD_S = 1.0
KNOCK_WAIT_S = 0.5
"""A broker without descriptors leaves connections in the queue of the system, where the last ones are not accepted."""


def beyond_descriptors(field: Field) -> Play:
    """Return a load that opens 700 connections, and makes a topic during the flood and another one after it.

    What is made during the flood comes over a connection that was there before.
    """

    def run() -> str:
        tally = Tally()
        during, after = field.made[:2]
        held: list[socket.socket] = []
        with field.target.connect() as before:
            try:
                held += _knock(field, tally)
                pause(HOLD_S)
                _make(before, during, "during")
            finally:
                for connection in held:
                    connection.close()
        with field.target.connect() as connection:
            _make(connection, after, "after")
        return f"{tally.account()}; topics made during and after it"

    return run


def _knock(field: Field, tally: Tally) -> list[socket.socket]:
    held: list[socket.socket] = []
    for _ in range(FLOOD_COUNT):
        if field.is_over:
            tally.is_cut = True
            break
        try:
            held.append(socket.create_connection((field.target.host, field.target.port), KNOCK_WAIT_S))
            tally.add("connected")
        except OSError as problem:
            tally.fail(problem)
    return held


def _make(connection: socket.socket, topic: str, when: str) -> None:
    try:
        answers = create(connection, [topic])
        error = 0 if set(answers) != {0} else produce(connection, topic, loads.plain_batch(1, 10))
    except OSError as problem:
        raise Misbehaved(f"no topic could be made {when} the flood: {problem or type(problem).__name__}") from problem
    if set(answers) != {0} or error:
        answers += Counter({error: 1})
        raise Misbehaved(f"no topic could be made {when} the flood: {in_words(answers, 'steps done')}")


FEW_DESCRIPTORS_CASES = (
    Case(
        f"{FLOOD_COUNT} connections, the broker may have {FEW_DESCRIPTORS} files open",
        beyond_descriptors,
        connection_count=FLOOD_COUNT,
    ),
)
