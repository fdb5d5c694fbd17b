"""The client that must not notice anything: a question every 5 ms, and a record that is written and read back."""

from __future__ import annotations

import contextlib
import socket
import statistics
import threading
import time
from collections.abc import Iterator

from kafkalite.protocol.messages.fetch_response import FetchResponse
from kafkalite.protocol.messages.produce_response import ProduceResponse
from scripts.attack.target import ANSWER_TIMEOUT_S, Target
from scripts.benchmark.wire import (
    FETCH_VERSION,
    PRODUCE_VERSION,
    api_versions_frame,
    exchange,
    fetch_frame,
    produce_frame,
)

PERIOD_S = 0.005
RECORD_EVERY = 20
"""So many questions for each record, which makes ten a second."""

VALUE_BYTES = 64
RESPONSE_HEADER_BYTES = 5
"""Correlation id and tagged fields."""


class QuietClient:
    """Runs in a thread. `waits_s` are the times of all exchanges, `troubles` what went wrong, in words."""

    def __init__(self, target: Target, topic: str) -> None:
        self.waits_s: list[float] = []
        self.troubles: list[str] = []
        self.written_count = 0
        self._target = target
        self._topic = topic
        self._produce = produce_frame(topic, VALUE_BYTES)
        self._ended = threading.Event()
        self._answered = threading.Event()
        self._next_offset = 0

    @contextlib.contextmanager
    def running(self) -> Iterator[QuietClient]:
        """Run as long as the block does; a question that is under way is waited for."""
        thread = threading.Thread(target=self._run, name="quiet", daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._ended.set()
            thread.join()

    def wait_for_one_more(self) -> None:
        """Return when a question that may still be under way has had its answer, and another one after it."""
        for _ in range(2):
            self._answered.clear()
            self._answered.wait(ANSWER_TIMEOUT_S)

    @property
    def longest_ms(self) -> float:
        """The longest wait."""
        return max(self.waits_s, default=0.0) * 1000

    @property
    def median_ms(self) -> float:
        """The wait in the middle."""
        return statistics.median(self.waits_s) * 1000 if self.waits_s else 0.0

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                with self._target.connect() as connection:
                    self._talk(connection)
            except OSError as problem:
                self.troubles.append(f"{type(problem).__name__}: {problem}")
                self._ended.wait(0.1)

    def _talk(self, connection: socket.socket) -> None:
        number = 0
        while not self._ended.wait(PERIOD_S):
            self._ask(connection, api_versions_frame())
            number += 1
            if number % RECORD_EVERY == 0:
                self._write_and_read(connection)

    def _ask(self, connection: socket.socket, request: bytes) -> bytes:
        started_s = time.perf_counter()
        try:
            return exchange(connection, request)
        finally:  # a wait that ended without an answer counts too
            self.waits_s.append(time.perf_counter() - started_s)
            self._answered.set()

    def _write_and_read(self, connection: socket.socket) -> None:
        answer = self._ask(connection, self._produce)
        produced, _ = ProduceResponse.read(answer, RESPONSE_HEADER_BYTES, PRODUCE_VERSION)
        partition = produced.responses[0].partition_responses[0]
        if partition.error_code:
            self.troubles.append(f"Produce answers error {partition.error_code}")
            return
        if self.written_count and partition.base_offset != self._next_offset:
            self.troubles.append(f"record {self._next_offset} was stored at {partition.base_offset}")
        self._next_offset = partition.base_offset + 1
        self.written_count += 1
        answer = self._ask(connection, fetch_frame(self._topic, partition.base_offset, 1 << 16))
        fetched, _ = FetchResponse.read(answer, RESPONSE_HEADER_BYTES, FETCH_VERSION)
        records = fetched.responses[0].partitions[0].records if fetched.responses else None
        if records is None or not bytes(records).endswith(self._produce[-VALUE_BYTES - 1 :]):
            self.troubles.append(f"record {partition.base_offset} does not come back")
