"""Warnings about clients: the first of a kind as they come, then a count."""

from __future__ import annotations

import pytest

from kafkalite.model.limits import (
    LOGGED_PEER_MAX_COUNT,
    PEER_LOG_SPAN_MS,
    PEER_LOG_SPAN_WARNING_COUNT,
    SHOWN_REASON_MAX_CHARS,
)
from kafkalite.testing.simulated_clock import SimulatedClock
from kafkalite.transport.peer_log import PeerLog

KIND = "closing connection from %s: %s"


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(0)


@pytest.fixture
def log(clock: SimulatedClock) -> PeerLog:
    return PeerLog(clock)


def warn(log: PeerLog, count: int, host: str = "10.0.0.1", kind: str = KIND) -> None:
    for number in range(count):
        log.warn_of(host, kind, f"{host}:{number}", "a bad frame")


def test_a_few_are_logged_as_they_come(log: PeerLog, caplog: pytest.LogCaptureFixture) -> None:
    warn(log, PEER_LOG_SPAN_WARNING_COUNT)
    log.flush()
    assert caplog.messages == [
        f"closing connection from 10.0.0.1:{number}: a bad frame" for number in range(PEER_LOG_SPAN_WARNING_COUNT)
    ]


def test_a_flood_is_a_count(log: PeerLog, clock: SimulatedClock, caplog: pytest.LogCaptureFixture) -> None:
    warn(log, 58_600 + PEER_LOG_SPAN_WARNING_COUNT)
    assert len(caplog.messages) == PEER_LOG_SPAN_WARNING_COUNT
    clock.advance(PEER_LOG_SPAN_MS)
    log.flush()
    assert caplog.messages[PEER_LOG_SPAN_WARNING_COUNT:] == [
        "... and 58,600 more like it from 10.0.0.1 in the last 60 s, the latest: "
        "closing connection from 10.0.0.1:58604: a bad frame"
    ]
    log.flush()
    assert len(caplog.messages) == PEER_LOG_SPAN_WARNING_COUNT + 1


def test_each_address_and_each_kind_has_its_share(log: PeerLog, caplog: pytest.LogCaptureFixture) -> None:
    warn(log, 100)
    caplog.clear()
    warn(log, 1, host="10.0.0.2")
    warn(log, 1, kind="refused connection from %s: %s")
    assert caplog.messages == [
        "closing connection from 10.0.0.2:0: a bad frame",
        "refused connection from 10.0.0.1:0: a bad frame",
    ]


def test_a_new_span_begins_with_the_first_warning_after_the_old(
    log: PeerLog, clock: SimulatedClock, caplog: pytest.LogCaptureFixture
) -> None:
    warn(log, PEER_LOG_SPAN_WARNING_COUNT + 1)
    clock.advance(PEER_LOG_SPAN_MS + 5_000)
    caplog.clear()
    warn(log, 1)
    assert caplog.messages == [
        "... and 1 more like it from 10.0.0.1 in the last 65 s, the latest: "
        f"closing connection from 10.0.0.1:{PEER_LOG_SPAN_WARNING_COUNT}: a bad frame",
        "closing connection from 10.0.0.1:0: a bad frame",
    ]


def test_many_addresses_are_counted_together(log: PeerLog, caplog: pytest.LogCaptureFixture) -> None:
    for number in range(LOGGED_PEER_MAX_COUNT + 1000):
        warn(log, 1, host=f"fe80::{number:x}")
    assert len(caplog.messages) == LOGGED_PEER_MAX_COUNT + PEER_LOG_SPAN_WARNING_COUNT
    log.flush()
    assert caplog.messages[-1].startswith("... and 995 more like it from other addresses in the last ")


def test_what_a_client_sent_is_escaped_and_cut(log: PeerLog, caplog: pytest.LogCaptureFixture) -> None:
    log.warn_of("h", KIND, "h:1", "x\n\x1b[1m" + "y" * 10_000)
    [line] = caplog.messages
    assert line.startswith(r"closing connection from h:1: x\n\x1b[1myyy") and line.isprintable()
    assert len(line) < SHOWN_REASON_MAX_CHARS + 100
    log.warn_of("h", "waits: max.connections is %d", 5)
    assert caplog.messages[-1] == "waits: max.connections is 5"
