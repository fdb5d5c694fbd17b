"""The road that every change of a shard takes: operation -> replay -> append -> replies.

The state is what the log says. When an append fails, the shard is thrown away and loaded again: the failure path is the
path of every start. Those who waited have to look for the coordinator again.

A log may store a batch later. The state has moved on by then, and what is read from it or built upon it may yet be
taken back: answers wait until the last change before them is stored.

Source: CoordinatorRuntime, CoordinatorLoaderImpl, CoordinatorOperationExceptionHelper.
"""

from __future__ import annotations

from struct import error as StructError
from typing import TYPE_CHECKING, Generic, TypeVar

from kafkalite.coordinators.runtime.record import UnreadableRecord, decode, encode_key, encode_value
from kafkalite.coordinators.runtime.shard_timers import ShardTimers
from kafkalite.model.completion import Completion
from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.batch import iterate_batches, iterate_records
from kafkalite.records.builder import build_batch
from kafkalite.records.compression import NONE
from kafkalite.records.control import ABORT, COMMIT, build_end_transaction_marker, read_control_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from kafkalite.coordinators.runtime.log import CoordinatorLog
    from kafkalite.coordinators.runtime.record import CoordinatorRecord
    from kafkalite.coordinators.runtime.result import Replies, Result
    from kafkalite.coordinators.runtime.shard import Shard
    from kafkalite.coordinators.runtime.shard_timers import TimerOperation
    from kafkalite.records.batch import BatchHeader
    from kafkalite.system.clock import Clock
    from kafkalite.system.timers import TimerQueue

ShardT = TypeVar("ShardT", bound="Shard")

NO_PRODUCER = -1
BASE_SEQUENCE = 0
"""The sequence in every batch of Kafka's group coordinator, with or without a producer id."""

APPEND_ERRORS = {
    errors.UNKNOWN_TOPIC_OR_PARTITION: errors.COORDINATOR_NOT_AVAILABLE,
    errors.NOT_ENOUGH_REPLICAS: errors.COORDINATOR_NOT_AVAILABLE,
    errors.REQUEST_TIMED_OUT: errors.COORDINATOR_NOT_AVAILABLE,
    errors.NOT_LEADER_OR_FOLLOWER: errors.NOT_COORDINATOR,
    errors.KAFKA_STORAGE_ERROR: errors.NOT_COORDINATOR,
    errors.MESSAGE_TOO_LARGE: errors.UNKNOWN_SERVER_ERROR,
    errors.RECORD_LIST_TOO_LARGE: errors.UNKNOWN_SERVER_ERROR,
    errors.INVALID_FETCH_SIZE: errors.UNKNOWN_SERVER_ERROR,
    errors.NETWORK_EXCEPTION: errors.COORDINATOR_LOAD_IN_PROGRESS,
}
"""The error that a client gets when the log refuses: error of the log -> error of the coordinator."""


class ShardRuntime(Generic[ShardT]):
    """Runs one shard. Everything happens in the calling thread, one operation after the other.

    Args:
        topic, partition: the partition of the internal topic that holds the state.
        shard_factory: makes an empty shard that uses the timers it is handed.
        compression: codec of the batches.
        base_sequence: of every batch; the transaction coordinator's have none (-1).
        is_last_value_enough: a record replaces all that records of the same key said before: loading replays only the
            last one of each key, which makes the start after a long history shorter.
    """

    __slots__ = (
        "_base_sequence",
        "_clock",
        "_compression",
        "_factory",
        "_is_last_value_enough",
        "_log",
        "_shard",
        "_timers",
        "_unstored",
        "partition",
        "topic",
    )

    def __init__(
        self,
        topic: str,
        partition: int,
        shard_factory: Callable[[ShardTimers], ShardT],
        log: CoordinatorLog,
        clock: Clock,
        timers: TimerQueue,
        *,
        compression: int = NONE,
        base_sequence: int = BASE_SEQUENCE,
        is_last_value_enough: bool = False,
    ) -> None:
        self.topic = topic
        self.partition = partition
        self._factory = shard_factory
        self._log = log
        self._clock = clock
        self._compression = compression
        self._base_sequence = base_sequence
        self._is_last_value_enough = is_last_value_enough
        self._shard: ShardT | None = None
        self._unstored: Completion | None = None
        self._timers = ShardTimers(timers, clock, self._fire)

    @property
    def is_loaded(self) -> bool:
        """Whether the log was replayed; a runtime that is not loaded loads with the next operation."""
        return self._shard is not None

    @property
    def coordinator_epoch(self) -> int:
        """The epoch of this coordinator, which markers carry."""
        return self._log.leader_epoch

    @property
    def unstored(self) -> Completion | None:
        """The last change that is not stored yet, None where all are."""
        return self._unstored

    @property
    def timers(self) -> ShardTimers:
        """The named timers of the shard."""
        return self._timers

    # ---- loading ---------------------------------------------------------------------------------------------------

    def load(self) -> ShardT:
        """Replay the log into a new shard, unless that is done, and return the shard.

        Raises:
            ApiError: NOT_COORDINATOR where the log cannot be read.
        """
        if self._shard is None:
            shard = self._factory(self._timers)
            try:
                if self._is_last_value_enough:
                    self._replay_last_values(shard)
                else:
                    for buffer in self._log.batches():
                        for header in iterate_batches(buffer):
                            self._replay_batch(shard, buffer, header)
            except (ApiError, StorageFault, UnreadableRecord) as error:
                self._timers.cancel_all()
                self._log.note_unreadable(error)
                raise ApiError(errors.NOT_COORDINATOR, f"{self.topic}-{self.partition}: {error}") from error
            self._shard = shard
            shard.on_loaded()
        return self._shard

    def unload(self) -> Replies:
        """Give the shard up and return the answers of those who wait, for the caller to complete."""
        shard, self._shard = self._shard, None
        self._timers.cancel_all()
        return () if shard is None else shard.on_unloaded()

    def _replay_batch(self, shard: ShardT, buffer: Any, header: BatchHeader) -> None:
        for record in iterate_records(buffer, header):
            if header.is_control:
                kind = read_control_kind(record)
                if kind in (COMMIT, ABORT):
                    shard.replay_end_transaction_marker(header.producer_id, header.producer_epoch, kind == COMMIT)
                continue
            decoded = decode(self.topic, record.key, record.value)
            if decoded is not None:
                shard.replay(
                    *decoded,
                    offset=record.offset,
                    producer_id=header.producer_id,
                    producer_epoch=header.producer_epoch,
                )

    def _replay_last_values(self, shard: ShardT) -> None:
        """Replay the last record of each key, in the order of the log; a key whose last one is a tombstone is gone."""
        last: dict[bytes | None, tuple[bytes, int]] = {}
        for buffer in self._log.batches():
            for header in iterate_batches(buffer):
                if not header.is_control:
                    for record in iterate_records(buffer, header):
                        last.pop(record.key, None)
                        if record.value is not None:
                            last[record.key] = record.value, record.offset
        for key, (value, offset) in last.items():
            decoded = decode(self.topic, key, value)
            if decoded is not None:
                shard.replay(*decoded, offset=offset)

    # ---- operations ------------------------------------------------------------------------------------------------

    def read(self, query: Callable[[ShardT], Any]) -> Any:
        """Return what `query` finds in the shard; nothing changes.

        Raises:
            ApiError: of the query or of loading.
        """
        found = query(self.load())
        self._hold_answer()
        return found

    def run(self, operation: Callable[[ShardT], Result[Any]]) -> Any:
        """Run an operation, store what it changes, then answer those who waited for that.

        Returns the response of the operation; `PENDING` where it comes later.

        Raises:
            ApiError: of the operation, or of the log in the coordinator's words.
        """
        response = self._finish(operation(self.load()))
        self._hold_answer()
        return response

    def run_transactional(
        self, operation: Callable[[ShardT], Result[Any]], producer_id: int, producer_epoch: int
    ) -> Any:
        """Run an operation whose records count once the producer's transaction is committed."""
        response = self._finish(operation(self.load()), producer_id, producer_epoch)
        self._hold_answer()
        return response

    def complete_transaction(
        self,
        producer_id: int,
        producer_epoch: int,
        is_commit: bool,
        coordinator_epoch: int,
        *,
        transaction_version: int = 0,
    ) -> Completion | None:
        """Write the marker that ends a transaction on this partition.

        Returns None where it is stored at once, else its end, as `CoordinatorLog.append`.

        Raises:
            ApiError: the log's own.
        """
        shard = self.load()
        marker = build_end_transaction_marker(
            producer_id=producer_id,
            producer_epoch=producer_epoch,
            is_commit=is_commit,
            coordinator_epoch=coordinator_epoch,
            now_ms=self._clock.now_ms(),
        )
        # The marker first: a fenced epoch is refused by the log, and then nothing has changed.
        change = self._log.append(marker, is_control=True, transaction_version=transaction_version)
        shard.replay_end_transaction_marker(producer_id, producer_epoch, is_commit)
        if change is not None:
            self._follow(shard, change)
        self._hold_answer()
        return change

    def _finish(self, result: Result[Any], producer_id: int = NO_PRODUCER, producer_epoch: int = NO_PRODUCER) -> Any:
        if result.records:
            try:
                batches = self._build(result, producer_id, producer_epoch)
            except ApiError as refusal:
                if result.on_refused is None:
                    raise
                return self._finish(result.on_refused(refusal))
            self._commit(result, batches, producer_id, producer_epoch)
        change = self._unstored
        if change is None:
            for reply, response in result.replies:
                reply.complete(response)
        elif result.replies:
            change.then(lambda: _give(result.replies, change))
        return result.response

    def _build(
        self, result: Result[Any], producer_id: int, producer_epoch: int
    ) -> list[tuple[Sequence[CoordinatorRecord], bytearray]]:
        """Return the records with their bytes, split where that is allowed and needed."""
        now_ms = self._clock.now_ms()
        limit = self._log.max_batch_bytes

        try:
            encoded = {id(record): (encode_key(record), encode_value(record)) for record in result.records}
        except (StructError, ValueError) as error:
            raise ApiError(errors.UNKNOWN_SERVER_ERROR, f"a record cannot be written: {error}") from error

        def build(records: Sequence[CoordinatorRecord]) -> list[tuple[Sequence[CoordinatorRecord], bytearray]]:
            batch = build_batch(
                [encoded[id(record)] for record in records],
                now_ms=now_ms,
                compression=self._compression,
                producer_id=producer_id,
                producer_epoch=producer_epoch,
                base_sequence=self._base_sequence,
                is_transactional=producer_id != NO_PRODUCER,
            )
            if len(batch) <= limit:
                return [(records, batch)]
            if result.is_atomic or len(records) == 1:
                message = f"{len(batch)} bytes of records do not fit into a batch of {self.topic}"
                raise ApiError(errors.UNKNOWN_SERVER_ERROR, message)
            middle = len(records) // 2
            return build(records[:middle]) + build(records[middle:])

        return build(result.records)

    def _commit(
        self,
        result: Result[Any],
        batches: list[tuple[Sequence[CoordinatorRecord], bytearray]],
        producer_id: int,
        producer_epoch: int,
    ) -> None:
        """Replay and append; on failure the shard starts again from its log."""
        shard = self._shard
        assert shard is not None
        if result.is_repeatable:
            self._check_room(batches)
        try:
            for records, batch in batches:
                for offset, record in enumerate(records, self._log.next_offset):
                    shard.replay(
                        record.record_type,
                        record.key,
                        record.value,
                        offset=offset,
                        producer_id=producer_id,
                        producer_epoch=producer_epoch,
                    )
                change = self._log.append(batch)
                if change is not None:
                    self._follow(shard, change)
        except Exception as error:
            code = errors.UNKNOWN_SERVER_ERROR
            if isinstance(error, ApiError):
                code = APPEND_ERRORS.get(error.error_code, error.error_code)
            self._reload(result.replies, code)
            if isinstance(error, ApiError):
                raise ApiError(code, error.error_message) from error
            raise

    def _follow(self, shard: ShardT, change: Completion) -> None:
        """Take note of the end of a change that is stored later."""
        stored = Completion()
        self._unstored = stored

        def end() -> None:
            if self._unstored is stored:
                self._unstored = None
            error = change.error
            if isinstance(error, ApiError):
                code = APPEND_ERRORS.get(error.error_code, error.error_code)
                error = ApiError(code, error.error_message)
                if self._shard is shard:  # the first one that fails; those after it were not stored either
                    self._reload((), code)
            stored.end(error)

        change.then(end)

    def _hold_answer(self) -> None:
        if self._unstored is not None:
            self._log.hold_answer(self._unstored)

    def _check_room(self, batches: list[tuple[Sequence[CoordinatorRecord], bytearray]]) -> None:
        """Refuse before anything is replayed: loading the shard again for each commit that a full disk refuses would
        take the members of all classic groups with it.

        Raises:
            ApiError: the last append failed, and this one would fail too.
        """
        try:
            self._log.check_room(sum(len(batch) for _, batch in batches))
        except ApiError as error:
            raise ApiError(APPEND_ERRORS.get(error.error_code, error.error_code), error.error_message) from error

    def _reload(self, due: Replies, code: int) -> None:
        """Start again from the log; `due` hear `code`, those who waited for something else NOT_COORDINATOR."""
        waiting = self.unload()
        try:
            self.load()
        except ApiError:
            pass  # the next operation tries again, and its caller hears why
        _fail(due, code)
        for reply, response in waiting:
            reply.complete(response)

    # ---- timers ----------------------------------------------------------------------------------------------------

    def schedule(self, key: Any, delay_ms: int, operation: TimerOperation) -> None:
        """Run an operation in `delay_ms` through the runtime; replaces the timer of the same name."""
        self._timers.schedule(key, delay_ms, operation)

    def cancel(self, key: Any) -> None:
        """Stop the timer of that name, if there is one."""
        self._timers.cancel(key)

    def _fire(self, operation: TimerOperation) -> None:
        try:
            self.load()
            result = operation()
            if result is not None:
                self._finish(result)
        except ApiError:
            pass  # nobody asked; the reload that a failed append brings starts the timers anew


def _give(replies: Replies, change: Completion) -> None:
    """Answer those who waited for a change that has ended."""
    if isinstance(change.error, ApiError):
        _fail(replies, change.error.error_code)
        return
    for reply, response in replies:
        reply.complete(response)


def _fail(replies: Replies, code: int) -> None:
    for reply, response in replies:
        failure = type(response)()
        failure.error_code = code
        reply.complete(failure)
