"""The acknowledged records of the quiet client, each with its offset, to be read back at the end."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sized

from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.fetch_response import FetchResponse
from kafkalite.records.batch import check_crc, iterate_batches, iterate_records
from scripts.devtools.attack.target import Target
from scripts.devtools.benchmark.wire import FETCH_VERSION, exchange, fetch_frame

RESPONSE_HEADER_BYTES = 5
"""Correlation id and tagged fields."""

VALUE_BYTES = 64
FETCH_BYTES = 1 << 20
READ_MAX_S = 60.0
SHOWN_OFFSETS = 3


class Unreadable(Exception):
    """A partition cannot be read on; the message has the offset and the cause."""


class Ledger:
    """The acknowledged records of one topic with one partition; `values` has them by offset."""

    def __init__(self, target: Target, topic: str) -> None:
        self.topic = topic
        self.values: dict[int, bytes] = {}
        self._target = target
        self._number = 0

    def next_value(self) -> bytes:
        """Return a value that no other record has."""
        self._number += 1
        return b"quiet-%012d" % self._number + bytes(VALUE_BYTES - 18)

    def acknowledge(self, offset: int, value: bytes) -> bool:
        """Enter a record; return False if its offset was given to another one before."""
        is_new = offset not in self.values
        self.values[offset] = value
        return is_new

    def lost(self) -> list[int]:
        """Read the partition from its start; return the offsets of lost or changed records.

        Raises:
            Unreadable: the partition cannot be read.
            OSError: the broker does not answer.
        """
        found = dict(read_partition(self._target, self.topic))
        return [offset for offset, value in self.values.items() if found.get(offset) != value]

    def loss_in_words(self) -> str:
        """Return an empty text, or which records are lost; raises as `lost`."""
        lost = self.lost()
        if not lost:
            return ""
        more = ", ..." if len(lost) > SHOWN_OFFSETS else ""
        offsets = ", ".join(str(offset) for offset in lost[:SHOWN_OFFSETS]) + more
        return f"{len(lost):,} of {len(self.values):,} acknowledged records are lost: offset {offsets}"


def read_partition(target: Target, topic: str) -> Iterator[tuple[int, bytes | None]]:
    """Yield offset and value of each record of partition 0, from offset 0 to the high watermark.

    Raises:
        Unreadable: an error code, a damaged batch, no progress, or no end in a minute.
        OSError: the broker does not answer.
    """
    offset, end_s = 0, time.monotonic() + READ_MAX_S
    with target.connect() as connection:
        while True:
            answer = exchange(connection, fetch_frame(topic, offset, FETCH_BYTES))
            partition = FetchResponse.read(answer, RESPONSE_HEADER_BYTES, FETCH_VERSION)[0].responses[0].partitions[0]
            if partition.error_code:
                raise Unreadable(f"Fetch at offset {offset} answers error {partition.error_code}")
            if offset >= partition.high_watermark:
                return
            if time.monotonic() > end_s:
                raise Unreadable(f"after {READ_MAX_S:.0f} s offset {offset} of {partition.high_watermark} is reached")
            before = offset
            for record_offset, value in read_records(partition.records, offset):
                yield record_offset, value
                offset = record_offset + 1
            if offset == before:
                raise Unreadable(f"nothing comes at offset {offset} of {partition.high_watermark}")


def read_records(batches: Sized | None, from_offset: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield offset and value of each record from an offset on.

    Raises:
        Unreadable: a record cannot be read.
    """
    if not isinstance(batches, bytes | bytearray | memoryview):
        return
    try:
        for header in iterate_batches(batches):
            check_crc(batches, header)
            for record in iterate_records(batches, header):
                if record.offset >= from_offset:
                    yield record.offset, record.value
    except ApiError as problem:
        raise Unreadable(f"what follows offset {from_offset} is damaged: {problem}") from problem
