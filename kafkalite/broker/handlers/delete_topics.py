"""DeleteTopics: remove topics by name or by id, with their configurations and records.

Versions 0-6:
    0    names
    1    throttle time
    2    a client is throttled after the answer, not before (KIP-219)
    3    TOPIC_DELETION_DISABLED
    4    flexible
    5    error messages (KIP-599)
    6    by name or by id (KIP-516)

Errors, each for one topic:
    UNKNOWN_TOPIC_OR_PARTITION    no topic has the name
    UNKNOWN_SERVER_ERROR          this request has deleted 10,000 others
    UNKNOWN_TOPIC_ID              no topic has the id
    INVALID_REQUEST               named twice, by name or by id; both name and id, or neither
    TOPIC_DELETION_DISABLED       for all: `delete.topic.enable` is false (INVALID_REQUEST before version 3)
    REQUEST_TIMED_OUT             for all: a timeout of 0 or less
    KAFKA_STORAGE_ERROR           for all: the metadata log cannot be written

Deviation: topics are answered in the order of the request; Kafka shuffles them so that their order reveals nothing
about topics that the client may not see.
Source: kafka.server.ControllerApis.deleteTopics.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.cluster.controller import RECORDS_PER_REQUEST_MAX_COUNT
from kafkalite.cluster.repetitions import find_repeated
from kafkalite.cluster.result import Result
from kafkalite.cluster.topics import delete_topics
from kafkalite.model.steps import Pace, map_steps
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.delete_topics_response import DeletableTopicResult, DeleteTopicsResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.cluster.image import MetadataImage, TopicsImage
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.delete_topics_request import DeleteTopicsRequest


class _Wanted(NamedTuple):
    """A reference to a topic: by `name` or, if that is None, by `topic_id`."""

    name: str | None
    topic_id: bytes


class _NamedBothWays(ApiError):
    """A topic is named by its name and by its id in one request."""

    def __init__(self, topic_id: bytes) -> None:
        super().__init__(errors.INVALID_REQUEST, "The topic is named both by its name and by its id.")
        self.topic_id = topic_id


class DeleteTopicsHandler:
    """Answers DeleteTopics."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata
        self._settings = broker.settings

    def delete_topics(self, context: RequestContext, request: DeleteTopicsRequest) -> Steps[DeleteTopicsResponse]:
        """Delete the valid topics; their logs cannot be reached any more when the answer goes out."""
        pace = Pace()
        wanted = yield from map_steps(lambda topic: _Wanted(topic.name, bytes(topic.topic_id)), request.topics, pace)
        wanted += yield from map_steps(lambda name: _Wanted(name, ZERO_UUID), request.topic_names, pace)
        try:
            if not self._settings.get_bool("delete.topic.enable"):
                code = errors.TOPIC_DELETION_DISABLED if context.api_version >= 3 else errors.INVALID_REQUEST
                raise ApiError(code, "Topic deletion is disabled by delete.topic.enable.")
            if request.timeout_ms <= 0:
                raise ApiError(errors.REQUEST_TIMED_OUT)
            answers = yield from self._metadata.commit_steps(lambda image: _plan_steps(image, wanted))
            return DeleteTopicsResponse(responses=answers)
        except ApiError as refusal:
            error = refusal
        return DeleteTopicsResponse(responses=(yield from map_steps(lambda topic: _answer(topic, error), wanted, pace)))


def _plan_steps(image: MetadataImage, wanted: list[_Wanted]) -> Steps[Result[list[DeletableTopicResult]]]:
    """Return the answers, and the records that remove the valid topics."""
    topics = image.topics
    pace = Pace()
    claims: dict[bytes, list[_Wanted]] = {}
    for topic in wanted:
        if pace.is_due():
            yield
        topic_id = _find_id(topics, topic)
        if topic_id is not None:
            claims.setdefault(topic_id, []).append(topic)
    repeated = find_repeated(wanted)
    answers: list[DeletableTopicResult] = []
    deleted: list[bytes] = []
    answered: set[_Wanted] = set()
    for topic in wanted:
        if pace.is_due():
            yield
        if topic in answered or _is_answered_by_name(topic, claims, repeated):
            continue
        try:
            topic_id = _resolve(topics, topic, repeated.get(topic, 1), claims)
            if len(deleted) == RECORDS_PER_REQUEST_MAX_COUNT:
                raise ApiError(errors.UNKNOWN_SERVER_ERROR)
            deleted.append(topic_id)
            answers.append(
                DeletableTopicResult(name=topics.by_id[topic_id].name, topic_id=topic_id, error_message=None)
            )
        except ApiError as error:
            answers.append(_answer(topic, error))
        if topic.name is not None or topic.topic_id != ZERO_UUID:
            answered.add(topic)
    return Result(delete_topics(image, deleted).records, answers)


def _find_id(topics: TopicsImage, topic: _Wanted) -> bytes | None:
    """Return the id of the referenced topic; None if it does not exist or the reference is ambiguous."""
    if topic.name is not None:
        found = topics.by_name.get(topic.name) if topic.topic_id == ZERO_UUID else None
    else:
        found = topics.by_id.get(topic.topic_id)
    return None if found is None else found.topic_id


def _resolve(topics: TopicsImage, topic: _Wanted, mention_count: int, claims: dict[bytes, list[_Wanted]]) -> bytes:
    """Return the id of the topic to delete.

    Raises:
        ApiError: the topic is not to be deleted.
    """
    if topic.name is None and topic.topic_id == ZERO_UUID:
        raise ApiError(errors.INVALID_REQUEST, "The topic has neither a name nor an id.")
    if topic.name is not None and topic.topic_id != ZERO_UUID:
        raise ApiError(errors.INVALID_REQUEST, "A topic is named by its name or by its id, not by both.")
    if mention_count > 1:
        raise ApiError(errors.INVALID_REQUEST, "The topic is named more than once.")
    topic_id = _find_id(topics, topic)
    if topic_id is None:
        if topic.name is None:
            raise ApiError(errors.UNKNOWN_TOPIC_ID, "No topic has this id.")
        raise ApiError(errors.UNKNOWN_TOPIC_OR_PARTITION, "No topic has this name.")
    if len(claims[topic_id]) > 1:
        raise _NamedBothWays(topic_id)
    return topic_id


def _is_answered_by_name(topic: _Wanted, claims: dict[bytes, list[_Wanted]], repeated: dict[_Wanted, int]) -> bool:
    """Return whether a topic is referenced both by id and by name: then only the name is answered, with the id."""
    claimed_by = claims.get(topic.topic_id, ()) if topic.name is None else ()
    return len(claimed_by) > 1 and topic not in repeated


def _answer(topic: _Wanted, error: ApiError) -> DeletableTopicResult:
    topic_id = error.topic_id if isinstance(error, _NamedBothWays) else topic.topic_id
    return DeletableTopicResult(
        name=topic.name, topic_id=topic_id, error_code=error.error_code, error_message=error.error_message
    )
