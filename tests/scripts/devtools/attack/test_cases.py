"""The list of loads."""

from __future__ import annotations

import socket
import threading

import pytest

from kafkalite.dissector import dissect
from scripts.devtools.attack import loads, plays
from scripts.devtools.attack.case import CASE_MAX_S, FLOOD, HUGE
from scripts.devtools.attack.cases import CASES, all_cases, handshake_cases
from scripts.devtools.attack.suite import SUITE_MAX_S
from scripts.devtools.attack.target import Target
from tests.scripts.devtools.attack.fields import make_field, played_broker

NOWHERE = Target("x", "127.0.0.1", 1)


def test_names_are_unique_and_there_is_time_for_all() -> None:
    cases = all_cases(NOWHERE, NOWHERE)
    assert len({case.name for case in cases}) == len(cases)
    assert len(cases) * CASE_MAX_S <= SUITE_MAX_S < 600


def test_floods_and_huge_requests_are_told_apart() -> None:
    kinds = [case.kind for case in CASES]
    assert kinds.count(FLOOD) == 4 and kinds.count(HUGE) == 13
    assert (FLOOD.target_ms, HUGE.target_ms) == (100, 500)


def test_what_ends_a_broker_comes_last() -> None:
    assert all_cases(None, None) == list(CASES)
    assert all_cases(NOWHERE, NOWHERE)[-1] is CASES[-1]


def test_half_handshakes_where_a_listener_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    assert handshake_cases(None, None) == []
    assert ["TLS" in case.name for case in handshake_cases(NOWHERE, None)] == [True, True]
    heard: list[bytes] = []
    are_heard = threading.Event()

    def serve(connection: socket.socket) -> None:
        heard.append(connection.recv(100))
        are_heard.set()

    monkeypatch.setattr(plays, "pause", lambda seconds: are_heard.wait(10))
    with played_broker(serve) as target:
        case = handshake_cases(target, None)[0]
        assert case.prepare(make_field(NOWHERE))().endswith(("held", "closed by the broker"))
    assert heard == [loads.TLS_HELLO_START]


def test_a_sasl_start_is_one_whole_frame_and_a_half() -> None:
    start = loads.sasl_start()
    size = 4 + int.from_bytes(start[:4], "big")
    assert dissect(start[:size], has_length=True).get("Body").value == {"Mechanism": "PLAIN"}
    assert len(start) - size < 4 + int.from_bytes(start[size : size + 4], "big")
