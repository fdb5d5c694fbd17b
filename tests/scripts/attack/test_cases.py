"""The list of loads."""

from __future__ import annotations

import random
import socket
import threading
import time

from kafkalite.dissector import dissect
from scripts.attack import loads
from scripts.attack.cases import CASE_MAX_S, CASES, Field, handshake_cases
from scripts.attack.suite import SUITE_MAX_S
from scripts.attack.target import Target


def test_names_are_unique_and_the_suite_is_bounded() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
    assert CASE_MAX_S < SUITE_MAX_S < 300


def test_half_handshakes_where_a_listener_is_given() -> None:
    assert handshake_cases(None, None) == []
    with socket.create_server(("127.0.0.1", 0), backlog=256) as server:
        target = Target("x", *server.getsockname())
        [case] = handshake_cases(target, None)
        heard: list[bytes] = []

        def accept() -> None:
            accepted, _ = server.accept()
            with accepted:
                heard.append(accepted.recv(100))

        listener = threading.Thread(target=accept, daemon=True)
        listener.start()
        case.run(Field(target, "t", "f", "c", random.Random(1), time.monotonic() + 5))
        listener.join(10)
    assert heard == [loads.TLS_HELLO_START]


def test_a_sasl_start_is_one_whole_frame_and_a_half() -> None:
    start = loads.sasl_start()
    size = 4 + int.from_bytes(start[:4], "big")
    assert dissect(start[:size], has_length=True).get("Body").value == {"Mechanism": "PLAIN"}
    assert len(start) - size < 4 + int.from_bytes(start[size : size + 4], "big")
