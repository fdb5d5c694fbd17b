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
from kafkalite.records.builder import build_batch
from scripts.devtools.attack import loads
from scripts.devtools.attack.ledger import RESPONSE_HEADER_BYTES, Ledger, Unreadable, read_records
from scripts.devtools.attack.target import ANSWER_TIMEOUT_S, Target
from scripts.devtools.benchmark.wire import FETCH_VERSION, PRODUCE_VERSION, api_versions_frame, exchange, fetch_frame

PERIOD_S = 0.005
RECORD_EVERY = 20
"""So many questions for each record, which makes ten a second."""

FETCH_BYTES = 1 << 16
RETRY_S = 0.1
QUESTION = api_versions_frame()


class QuietClient:
    """Runs in a thread. `waits_s` are the times of all exchanges, `troubles` what went wrong, in words.

    Records go to the topic of a ledger, which has the acknowledged ones afterwards.
    """

    def __init__(self, target: Target, ledger: Ledger) -> None:
        self.waits_s: list[float] = []
        self.troubles: list[str] = []
        self.written_count = 0
        self._target = target
        self._ledger = ledger
        self._ended = threading.Event()
        self._turned = threading.Event()
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
        """Return when a question that may still be under way has had its end, and another record was written.

        Without a record it ends after the questions in which one should have been, or after two timeouts.
        """
        record_count, end_s = self.written_count, time.monotonic() + 2 * ANSWER_TIMEOUT_S
        for _ in range(2 * RECORD_EVERY):
            self._turned.clear()
            self._turned.wait(max(end_s - time.monotonic(), 0.0))
            if self.written_count > record_count or time.monotonic() > end_s:
                return

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
                self._turned.set()
                self._ended.wait(RETRY_S)

    def _talk(self, connection: socket.socket) -> None:
        number = 0
        while not self._ended.wait(PERIOD_S):
            self._ask(connection, QUESTION)
            number += 1
            if number % RECORD_EVERY == 0:
                self._write_and_read(connection)

    def _ask(self, connection: socket.socket, request: bytes) -> bytes:
        started_s = time.perf_counter()
        try:
            return exchange(connection, request)
        finally:  # a wait that ended without an answer counts too
            self.waits_s.append(time.perf_counter() - started_s)
            self._turned.set()

    def _write_and_read(self, connection: socket.socket) -> None:
        value = self._ledger.next_value()
        batch = build_batch([(None, value)], now_ms=int(time.time() * 1000))
        answer = self._ask(connection, loads.produce(self._ledger.topic, bytes(batch)))
        produced, _ = ProduceResponse.read(answer, RESPONSE_HEADER_BYTES, PRODUCE_VERSION)
        partition = produced.responses[0].partition_responses[0]
        if partition.error_code:
            self.troubles.append(f"Produce answers error {partition.error_code}")
            return
        offset = partition.base_offset
        if not self._ledger.acknowledge(offset, value):
            self.troubles.append(f"offset {offset} was acknowledged twice")
        if self.written_count and offset != self._next_offset:
            self.troubles.append(f"record {self._next_offset} was stored at {offset}")
        self._next_offset = offset + 1
        self.written_count += 1
        answer = self._ask(connection, fetch_frame(self._ledger.topic, offset, FETCH_BYTES))
        fetched, _ = FetchResponse.read(answer, RESPONSE_HEADER_BYTES, FETCH_VERSION)
        records = fetched.responses[0].partitions[0].records if fetched.responses else None
        try:
            found = dict(read_records(records, offset))
        except Unreadable as problem:
            self.troubles.append(str(problem))
        else:
            if found.get(offset) != value:
                self.troubles.append(f"record {offset} does not come back")
