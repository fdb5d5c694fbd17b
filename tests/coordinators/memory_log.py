"""A coordinator log in memory whose disk can be told to fail."""

from __future__ import annotations

from collections.abc import Iterator

from kafkalite.model.completion import Completion
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.batch import assign_offset, iterate_records, read_batch_header
from kafkalite.records.record import Record


class MemoryCoordinatorLog:
    """Batches in a list.

    Attributes:
        fail_next_appends: how many of the next appends are refused, with `failure_code`.
        is_readable: whether loading works.
        appended: (batch, whether it is a control batch) as stored.
    """

    def __init__(self, max_batch_bytes: int = 1_048_588) -> None:
        self.max_batch_bytes = max_batch_bytes
        self.end_offset = 0
        self.appended: list[tuple[bytes, bool]] = []
        self.fail_next_appends = 0
        self.failure_code = errors.KAFKA_STORAGE_ERROR
        self.is_readable = True
        self._has_failed = False
        self.problems: list[Exception] = []

    def note_unreadable(self, problem: Exception) -> None:
        """Remember why loading failed."""
        self.problems.append(problem)

    def check_room(self, size_bytes: int) -> None:
        """Refuse once an append was refused, as long as the next one would be too."""
        if self._has_failed:
            self._fail_if_asked()

    def _fail_if_asked(self) -> None:
        self._has_failed = self.fail_next_appends > 0
        if self._has_failed:
            self.fail_next_appends -= 1
            raise ApiError(self.failure_code, "the disk says no")

    @property
    def next_offset(self) -> int:
        """The offset that the next record gets."""
        return self.end_offset

    def hold_answer(self, change: Completion) -> None:
        """Never: all is stored at once."""
        raise AssertionError("nothing is stored later")

    def append(self, batch: bytearray, *, is_control: bool = False, transaction_version: int = 0) -> None:
        """Store a batch under the next offsets."""
        self._fail_if_asked()
        header = read_batch_header(batch)
        assert header.is_control == is_control
        assign_offset(batch, header, self.end_offset, 0)
        self.end_offset += header.last_offset_delta + 1
        self.appended.append((bytes(batch), is_control))

    def batches(self) -> Iterator[bytes]:
        """Yield all that is stored."""
        if not self.is_readable:
            raise ApiError(errors.KAFKA_STORAGE_ERROR, "the disk says no")
        for batch, _ in list(self.appended):
            yield batch

    def records(self) -> list[Record]:
        """Return all records that are stored, those of control batches left out."""
        return [
            record
            for batch, is_control in self.appended
            if not is_control
            for record in iterate_records(batch, read_batch_header(batch))
        ]


class LateCoordinatorLog(MemoryCoordinatorLog):
    """A log whose batches are stored when the test says so.

    Attributes:
        held: the changes that answers wait for, in the order in which they were asked to.
    """

    def __init__(self) -> None:
        super().__init__()
        self.held: list[Completion] = []
        self._late: list[tuple[bytearray, bool, Completion]] = []

    @property
    def next_offset(self) -> int:
        """The offset that the next record gets."""
        return self.end_offset + sum(read_batch_header(batch).last_offset_delta + 1 for batch, _, _ in self._late)

    def hold_answer(self, change: Completion) -> None:
        """Remember what an answer waits for."""
        self.held.append(change)

    def append(self, batch: bytearray, *, is_control: bool = False, transaction_version: int = 0) -> Completion:
        """Take a batch to be stored later."""
        self._fail_if_asked()
        change = Completion()
        self._late.append((batch, is_control, change))
        return change

    def store(self, count: int = 1) -> None:
        """Store the oldest batches."""
        for _ in range(count):
            batch, is_control, change = self._late.pop(0)
            super().append(batch, is_control=is_control)
            change.end()

    def fail(self) -> None:
        """Fail the oldest batch, and with it all after it."""
        late, self._late = self._late, []
        for _, _, change in late:
            change.end(ApiError(self.failure_code, "the store refused"))
