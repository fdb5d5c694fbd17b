"""Fetch: read whole record batches from partitions, and wait while there are too few.

Versions 0-18:
    0-3  batches are converted down to message formats v0 (0-1) and v1 (2-3); v3 limits the size of the answer (KIP-74)
    4    isolation level, last stable offset, aborted transactions (KIP-98)
    5    log start offset
    7    incremental sessions (KIP-227)
    9    the client's leader epoch (KIP-320)
    10   clients know zstd (KIP-110); batches are served as they are to all from v4 on
    11   rack and preferred read replica (KIP-392): always -1 here
    12   flexible; last fetched epoch and diverging epoch (KIP-595)
    13   topics by id (KIP-516)
    14-17  tiered storage, replica state, node endpoints (KIP-405, 903, 951, 853)
    18   high watermark known to the client (KIP-1166)

Errors, for the request:
    FETCH_SESSION_ID_NOT_FOUND     the session was closed or evicted
    INVALID_FETCH_SESSION_EPOCH    not the next epoch
    UNKNOWN_SERVER_ERROR           the isolation level does not exist; up to v6 the connection is closed instead
    FETCH_SESSION_TOPIC_ID_ERROR   the session names topics, the request gives ids, or the other way round

Errors, each for one partition:
    UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID, INCONSISTENT_TOPIC_ID
    FENCED_LEADER_EPOCH, UNKNOWN_LEADER_EPOCH
    NOT_LEADER_OR_FOLLOWER         the request is from a replica that does not exist
    OFFSET_OUT_OF_RANGE            the offset is outside the log
    UNSUPPORTED_COMPRESSION_TYPE   below v4: a batch in zstd would have to be converted down
    UNKNOWN_SERVER_ERROR           a negative limit of bytes
    KAFKA_STORAGE_ERROR            the disk failed (NOT_LEADER_OR_FOLLOWER up to v5, which retries on it)

Source: KafkaApis.handleFetchRequest, ReplicaManager.fetchMessages and readFromLog, DelayedFetch, FetchManager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.context import Deferred
from kafkalite.broker.data.fetch_sessions import FINAL_EPOCH, INITIAL_EPOCH, INVALID_SESSION_ID, FetchTarget
from kafkalite.broker.data.fetching import ISOLATION_LEVELS, FetchParameters, FetchReader, FetchResult
from kafkalite.broker.data.waiting_fetch import WaitingFetch
from kafkalite.model.limits import STEP_MAX_ITEM_COUNT
from kafkalite.model.steps import Pace
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.fetch_response import FetchableTopicResponse, FetchResponse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.broker.data.fetch_sessions import FetchSession, PartitionKey
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.fetch_request import FetchPartition, FetchRequest, FetchTopic
    from kafkalite.protocol.messages.fetch_response import PartitionData
    from kafkalite.system.work_queue import SlicedSteps

    Answers = Sequence[tuple[PartitionKey, FetchTarget, PartitionData]]
    Targets = dict[PartitionKey, FetchTarget]

AT_ONCE_MAX_COUNT = 1_000
"""Partitions that are read at once; a session may have more though its requests are small."""

_FIRST_VERSION_OF_TOPIC_IDS = 13


class FetchHandler:
    """Answers Fetch."""

    def __init__(self, broker: Broker) -> None:
        self._clock = broker.clock
        self._purgatory = broker.purgatory
        self._sessions = broker.fetch_sessions
        self._metadata = broker.metadata
        self._reader = FetchReader(broker)

    def fetch(
        self, context: RequestContext, request: FetchRequest
    ) -> FetchResponse | Deferred | SlicedSteps[FetchResponse | Deferred]:
        """Answer at once if there are enough bytes, an error, or no time to wait; else park the request.

        Requests for many partitions are answered in steps.
        """
        if context.is_large:
            return self._fetch_steps(context, request)
        uses_topic_ids = context.api_version >= _FIRST_VERSION_OF_TOPIC_IDS
        changed = self._targets(context.api_version, request)
        session = self._find_session(request, uses_topic_ids)
        if isinstance(session, FetchResponse):
            return session
        if session is not None:
            session.update(changed, _forgotten(request, uses_topic_ids))
        run = self._open(request, session, changed, uses_topic_ids)
        parameters = self._parameters(context, request)
        if parameters.down_conversion_magic is not None or len(run.targets) > AT_ONCE_MAX_COUNT:  # of a session
            return self._read_steps(parameters, run)
        result = self._reader.read(parameters, run.targets)
        if request.max_wait_ms <= 0 or result.is_final or result.byte_count >= parameters.min_bytes:
            return run.answer(result)
        return self._park(parameters, run, result)

    def _parameters(self, context: RequestContext, request: FetchRequest) -> FetchParameters:
        if request.isolation_level not in ISOLATION_LEVELS:
            raise ApiError(errors.UNKNOWN_SERVER_ERROR, f"there is no isolation level {request.isolation_level}")
        return FetchParameters(request, context.api_version, self._reader.fetch_max_bytes)

    def _fetch_steps(self, context: RequestContext, request: FetchRequest) -> SlicedSteps[FetchResponse | Deferred]:
        """Answer as `fetch` does, in steps."""
        uses_topic_ids = context.api_version >= _FIRST_VERSION_OF_TOPIC_IDS
        changed = yield from self._targets_steps(context.api_version, request)
        session = self._find_session(request, uses_topic_ids)
        if isinstance(session, FetchResponse):
            return session
        if session is not None:
            session.advance_epoch()  # first: while it changes, the session accepts no other request
            yield from session.update_steps(changed, _forgotten(request, uses_topic_ids))
        run = self._open(request, session, changed, uses_topic_ids, is_advanced=True)
        return (yield from self._read_steps(self._parameters(context, request), run))

    def _read_steps(self, parameters: FetchParameters, run: FetchRun) -> SlicedSteps[FetchResponse | Deferred]:
        result = yield from self._reader.read_steps(parameters, run.targets)
        if parameters.max_wait_ms <= 0 or result.is_final or result.byte_count >= parameters.min_bytes:
            return (yield from self._answer_steps(parameters, run, result))
        return self._park(parameters, run, result)

    def _park(self, parameters: FetchParameters, run: FetchRun, result: FetchResult) -> Deferred:
        deferred = Deferred()
        reader, targets = self._reader, run.targets
        readable = result.answers[: len(result.partitions)]

        def complete() -> None:
            if parameters.down_conversion_magic is not None or len(targets) > AT_ONCE_MAX_COUNT:
                deferred.complete(self._complete_steps(parameters, run))
                return
            try:
                response: FetchResponse | Exception = run.answer(reader.read(parameters, targets))
            except Exception as bug:  # it must not end the turn of the producer that completes the fetch
                response = bug
            deferred.complete(response)

        def is_worth_an_answer() -> bool:
            try:
                now = reader.read(parameters, {key: target for key, target, _ in readable})
            except Exception:  # `complete` meets it again and reports it
                return True
            return now.is_final or now.byte_count >= parameters.min_bytes

        # Growth overstates the answer if not all of it is committed or fits into the limits of the partitions.
        needs_reading = parameters.is_read_committed or any(
            target.max_bytes < parameters.min_bytes for _, target, _ in readable
        )
        waiting = WaitingFetch(
            result.partitions,
            parameters.min_bytes - result.byte_count,
            complete,
            is_worth_an_answer if needs_reading else None,
        )
        deferred.on_abandon = lambda: self._purgatory.abandon(waiting)
        self._purgatory.park(waiting, self._clock.monotonic_ms() + parameters.max_wait_ms)
        return deferred

    def _complete_steps(self, parameters: FetchParameters, run: FetchRun) -> SlicedSteps[FetchResponse]:
        result = yield from self._reader.read_steps(parameters, run.targets)
        return (yield from self._answer_steps(parameters, run, result))

    def _answer_steps(
        self, parameters: FetchParameters, run: FetchRun, result: FetchResult
    ) -> SlicedSteps[FetchResponse]:
        if parameters.down_conversion_magic is not None:
            yield from self._reader.convert_steps(parameters, result)
        response = yield from run.answer_steps(result)
        yield from result.discard_steps()
        yield from run.discard_steps()
        return response

    def _find_session(self, request: FetchRequest, uses_topic_ids: bool) -> FetchSession | FetchResponse | None:
        """Return the session that a request continues, None for a full fetch, or the answer that refuses it."""
        if request.session_epoch in (INITIAL_EPOCH, FINAL_EPOCH):
            if request.session_id != INVALID_SESSION_ID:
                self._sessions.remove(request.session_id)
            return None
        session = self._sessions.find(request.session_id)
        if session is None:
            return FetchResponse(error_code=errors.FETCH_SESSION_ID_NOT_FOUND)
        if session.epoch != request.session_epoch:
            return FetchResponse(error_code=errors.INVALID_FETCH_SESSION_EPOCH)
        if session.uses_topic_ids != uses_topic_ids:
            return FetchResponse(error_code=errors.FETCH_SESSION_TOPIC_ID_ERROR)
        return session

    def _open(
        self,
        request: FetchRequest,
        session: FetchSession | None,
        changed: Targets,
        uses_topic_ids: bool,
        *,
        is_advanced: bool = False,
    ) -> FetchRun:
        """Return the run over the partitions of an updated session, or over those of the request without a session."""
        if session is None:
            is_new = request.session_epoch == INITIAL_EPOCH
            return FetchRun(self, changed, None, uses_topic_ids=uses_topic_ids, wants_session=is_new)
        if not session.targets:
            self._sessions.remove(session.session_id)
            return FetchRun(self, changed, None, uses_topic_ids=uses_topic_ids, wants_session=False)
        self._sessions.touch(session)
        if not is_advanced:
            session.advance_epoch()
        return FetchRun(self, session.targets, session, uses_topic_ids=uses_topic_ids, wants_session=False)

    def _targets(self, version: int, request: FetchRequest) -> Targets:
        targets: Targets = {}
        for topic in request.topics:
            self._add_targets(targets, version, topic, topic.partitions)
        return targets

    def _targets_steps(self, version: int, request: FetchRequest) -> Steps[Targets]:
        targets: Targets = {}
        pace = Pace()
        for topic in request.topics:
            for start in range(0, len(topic.partitions), STEP_MAX_ITEM_COUNT):
                some = topic.partitions[start : start + STEP_MAX_ITEM_COUNT]
                self._add_targets(targets, version, topic, some)
                if pace.is_due(len(some)):
                    yield
            if pace.is_due():
                yield
        return targets

    def _add_targets(
        self, targets: Targets, version: int, topic: FetchTopic, partitions: Sequence[FetchPartition]
    ) -> None:
        """Add the partitions of one topic to the targets of a request."""
        identity: str | bytes
        identity = name = topic.topic
        topic_id = ZERO_UUID
        if version >= _FIRST_VERSION_OF_TOPIC_IDS:
            identity = topic_id = topic.topic_id
            image = self._metadata.image.topics.by_id.get(topic_id)
            name = "" if image is None else image.name
        for partition in partitions:
            targets[(identity, partition.partition)] = FetchTarget(
                name,
                topic_id,
                partition.partition,
                partition.fetch_offset,
                partition.partition_max_bytes,
                partition.current_leader_epoch,
                partition.last_fetched_epoch,
            )

    def create_session(self, targets: Targets, uses_topic_ids: bool) -> FetchSession | None:
        """Return a new session, or None if there is no room for one."""
        return self._sessions.create(targets, uses_topic_ids)


def _forgotten(request: FetchRequest, uses_topic_ids: bool) -> Iterator[PartitionKey]:
    for topic in request.forgotten_topics_data:
        for partition in topic.partitions:
            yield topic.topic_id if uses_topic_ids else topic.topic, partition


class FetchRun:
    """One fetch from its request to its answer: its partitions, and its session.

    Args:
        session: the incremental session, or None for a full or sessionless fetch.
        wants_session: whether the client asked for a new session.
    """

    __slots__ = ("_epoch", "_handler", "_is_kept", "_session", "_uses_topic_ids", "_wants_session", "targets")

    def __init__(
        self,
        handler: FetchHandler,
        targets: Targets,
        session: FetchSession | None,
        *,
        uses_topic_ids: bool,
        wants_session: bool,
    ) -> None:
        self._handler = handler
        self._session = session
        self._epoch = session.epoch if session is not None else FINAL_EPOCH
        self._uses_topic_ids = uses_topic_ids
        self._wants_session = wants_session
        self.targets = targets
        self._is_kept = session is not None

    def answer(self, result: FetchResult) -> FetchResponse:
        """Build the response: all partitions of a full fetch, only those with news of an incremental one."""
        session = self._session
        if session is None:
            return self._full_answer(result)
        if session.epoch != self._epoch:  # the client sent the next request without awaiting this answer
            return FetchResponse(error_code=errors.INVALID_FETCH_SESSION_EPOCH, session_id=session.session_id)
        response = FetchResponse(session_id=session.session_id)
        self._add_news(response, session, result.answers)
        return response

    def answer_steps(self, result: FetchResult) -> Steps[FetchResponse]:
        """Build the response as `answer` does, in steps."""
        session = self._session
        if session is not None and session.epoch != self._epoch:
            return self.answer(result)
        response = FetchResponse(session_id=INVALID_SESSION_ID if session is None else session.session_id)
        for start in range(0, len(result.answers), STEP_MAX_ITEM_COUNT):
            some = result.answers[start : start + STEP_MAX_ITEM_COUNT]
            if session is None:
                self._add_all(response, some)
            else:
                self._add_news(response, session, some)
            yield
        if session is None:
            self._create_session(response)
        return response

    def _full_answer(self, result: FetchResult) -> FetchResponse:
        response = FetchResponse()
        self._add_all(response, result.answers)
        self._create_session(response)
        return response

    def _create_session(self, response: FetchResponse) -> None:
        if self._wants_session:
            session = self._handler.create_session(self.targets, self._uses_topic_ids)
            if session is not None:
                self._is_kept = True
                response.session_id = session.session_id

    def discard_steps(self) -> Steps[None]:
        """Free the targets in steps, unless a session keeps them: a million at once take long."""
        while self.targets and not self._is_kept:
            for _ in range(min(len(self.targets), STEP_MAX_ITEM_COUNT)):
                self.targets.popitem()
            yield

    def _add_news(self, response: FetchResponse, session: FetchSession, answers: Answers) -> None:
        for key, target, data in answers:
            if target.is_news(data):
                if data.records:
                    session.move_to_end(key)
                self._add(response, target, data)

    def _add_all(self, response: FetchResponse, answers: Answers) -> None:
        for _, target, data in answers:
            self._add(response, target, data)
            if self._wants_session:
                target.is_news(data)

    def _add(self, response: FetchResponse, target: FetchTarget, data: PartitionData) -> None:
        """Add a partition to the entry of its topic; partitions of one topic that follow each other share an entry."""
        topics = response.responses
        if topics:
            last = topics[-1]
            if (last.topic_id == target.topic_id) if self._uses_topic_ids else (last.topic == target.topic):
                last.partitions.append(data)
                return
        topic = "" if self._uses_topic_ids else target.topic
        topics.append(FetchableTopicResponse(topic=topic, topic_id=target.topic_id, partitions=[data]))
