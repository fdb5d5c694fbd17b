"""The batches of one Produce request that cannot be finished on the spot: large, compressed, or in an old format.

Each is validated in slices, its codec running beside the loop, then appended as any other batch: order and sequences
are judged at the append, so that what came by another connection meanwhile is simply before it. The reply waits for the
last of them. A batch that is small after all is appended before `append` returns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.context import Deferred
from kafkalite.broker.data.partitions import appended
from kafkalite.broker.data.produce_answers import accept, refuse, refuse_append, respond
from kafkalite.log.results import AppendResult
from kafkalite.model.limits import RECEIVE_BUFFER_BYTES
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError, ProtocolViolation
from kafkalite.protocol.messages.produce_response import PartitionProduceResponse
from kafkalite.records.validation import ValidatedRecords, validation_steps

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.data.produce_admission import ProduceAdmission
    from kafkalite.log.append import LateAppend
    from kafkalite.log.partition_log import PartitionLog
    from kafkalite.protocol.messages.produce_response import ProduceResponse, TopicProduceResponse
    from kafkalite.records.record_rules import ValidationRules
    from kafkalite.system.work_queue import SlicedSteps, SlicedWork, WorkQueue


class ProduceRun:
    """One Produce request under way.

    Attributes:
        broker: serves the request.
        admission: the coordinator's word about its transactional batches, None where it has none.
    """

    __slots__ = ("_acks", "_bug", "_deferred", "_left_count", "_responses", "admission", "broker")

    def __init__(self, broker: Broker, acks: int, admission: ProduceAdmission | None) -> None:
        self.broker = broker
        self.admission = admission
        self._acks = acks
        self._left_count = 0
        self._bug: Exception | None = None
        self._deferred: Deferred | None = None
        self._responses: list[TopicProduceResponse] = []

    def append(self, index: int, log: PartitionLog, records: memoryview) -> PartitionProduceResponse:
        """Begin to validate and append one batch; the answer is complete once the response is."""
        self._left_count += 1
        batch = _SlowBatch(self, index, log, records)
        batch.begin()
        return batch.answer

    def follow(self, index: int, log: PartitionLog, late: LateAppend) -> PartitionProduceResponse:
        """Answer an append when it ends; the answer is complete once the response is."""
        self._left_count += 1
        answer = PartitionProduceResponse(index=index)

        def end() -> None:
            try:
                accept(answer, appended(late))
            except ApiError as error:
                refuse_append(answer, error, log.log_start_offset)
            self.one_done()

        late.then(end)
        return answer

    def respond_with(self, responses: list[TopicProduceResponse]) -> ProduceResponse | Deferred | None:
        """Return the response that `responses` make up, now or later.

        Raises:
            ProtocolViolation: as `respond`.
            Exception: the one that was given to `fail`.
        """
        if self._bug is not None:
            raise self._bug
        if self._left_count == 0:
            return respond(self._acks, responses)
        self._responses = responses
        self._deferred = Deferred()
        return self._deferred

    def one_done(self) -> None:
        """Take note that a batch is appended or refused."""
        self._left_count -= 1
        if self._left_count == 0 and self._deferred is not None and not self._deferred.is_completed:
            try:
                self._deferred.complete(respond(self._acks, self._responses))
            except ProtocolViolation as violation:
                self._deferred.complete(violation)

    def fail(self, bug: Exception) -> None:
        """Let the whole request fail by an unforeseen exception."""
        if self._deferred is None:
            self._bug = bug
        elif not self._deferred.is_completed:
            self._deferred.complete(bug)


class _SlowBatch:
    """One partition's batch on its way into the log."""

    __slots__ = ("_log", "_records", "_rules", "_run", "_was_interrupted", "_work", "answer")

    _work: SlicedWork[ValidatedRecords]
    _rules: ValidationRules

    def __init__(self, run: ProduceRun, index: int, log: PartitionLog, records: memoryview) -> None:
        self._run = run
        self._log = log
        # Frames up to this size are in the buffer that all connections read into.
        self._records = records if len(records) > RECEIVE_BUFFER_BYTES else memoryview(bytearray(records))
        self._was_interrupted = False
        self.answer = PartitionProduceResponse(index=index)

    def begin(self) -> None:
        broker = self._run.broker
        self._rules = self._log.config.validation_rules
        steps = validation_steps(self._records, self._rules, now_ms=broker.clock.now_ms())
        self._work = broker.work.begin(broker.codecs.drive(steps))
        self._was_interrupted = self._was_interrupted or not self._work.is_done
        self._work.then(self._validated)

    def _validated(self) -> None:
        try:
            self._go_on()
        except Exception as bug:
            self._run.fail(bug)

    def _go_on(self) -> None:
        run, log = self._run, self._log
        try:
            validated = self._work.result()
        except ApiError as error:
            refuse_append(self.answer, error, log.log_start_offset)
            run.one_done()
            return
        if self._was_interrupted:
            try:
                self._check_again()
            except ApiError as error:
                refuse(self.answer, error)
                run.one_done()
                return
            if run.admission is not None and run.broker.partitions.unstored.changes:
                run.broker.partitions.unstored.then(self._validated)
                return
            if log.config.validation_rules is not self._rules:
                self.begin()
                return
        try:
            result = self._append(validated)
        except ApiError as error:
            refuse_append(self.answer, error, log.log_start_offset)
            run.one_done()
            return
        if isinstance(result, AppendResult):
            accept(self.answer, result)
            run.one_done()
        else:
            result.then(lambda: self._end(result))

    def _check_again(self) -> None:
        """Raise ApiError where the partition, or the transaction, is not what it was before the validation."""
        run = self._run
        topic_partition = self._log.topic_partition
        if run.broker.partitions.find(*topic_partition) is not self._log:
            raise ApiError(errors.UNKNOWN_TOPIC_OR_PARTITION)
        if run.admission is not None:
            run.admission.ask()
            if run.admission.refusal is not None:
                raise run.admission.refusal
            run.admission.check(*topic_partition)

    def _append(self, validated: ValidatedRecords) -> AppendResult | LateAppend:
        """Append now, or begin to.

        Raises:
            ApiError: the batch is refused.
        """
        admission = self._run.admission
        return self._run.broker.partitions.append(
            self._log,
            validated,
            transaction_version=0 if admission is None else admission.transaction_version,
            is_lasting=True,
        )

    def _end(self, late: LateAppend) -> None:
        try:
            accept(self.answer, appended(late))
        except ApiError as error:
            refuse_append(self.answer, error, self._log.log_start_offset)
        self._run.one_done()


def begin_produce(
    work: WorkQueue, steps: SlicedSteps[ProduceResponse | Deferred | None]
) -> ProduceResponse | Deferred | None:
    """Answer a request in slices, at once where one is enough; raises what the first slice raises.

    Once begun, it is finished whether or not the client is still there: its records have arrived.
    """
    sliced = work.begin(steps)
    if sliced.is_done:
        return sliced.result()
    deferred = Deferred()

    def done() -> None:
        try:
            answer = sliced.result()
        except Exception as failure:
            deferred.complete(failure)
            return
        if isinstance(answer, Deferred):
            answer.then(deferred.complete)
        else:
            deferred.complete(answer)

    sliced.then(done)
    return deferred
