"""Frames in, encoded replies out: what is not served is refused, and a bug is an answer and never a hang."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.broker.context import Deferred
from kafkalite.broker.router import PendingResponse, Router, SlicedReply
from kafkalite.model.limits import READ_TAGS_MAX_COUNT
from kafkalite.protocol import api_keys, errors
from kafkalite.protocol.api_error import ApiError, ProtocolViolation
from kafkalite.protocol.api_keys import NAMES
from kafkalite.protocol.api_support import RELEASES, SERVED
from kafkalite.protocol.headers import write_request_header
from kafkalite.protocol.messages.api_versions_request import ApiVersionsRequest
from kafkalite.protocol.messages.api_versions_response import ApiVersionsResponse
from kafkalite.protocol.messages.fetch_response import FetchResponse
from kafkalite.protocol.messages.heartbeat_request import HeartbeatRequest
from kafkalite.protocol.messages.metadata_request import MetadataRequest, MetadataRequestTopic
from kafkalite.protocol.messages.produce_request import PartitionProduceData, ProduceRequest, TopicProduceData
from kafkalite.protocol.primitives import FrameWriter, write_tagged_fields
from kafkalite.protocol.registry import request_class, response_class
from kafkalite.protocol.releases import ADVERTISED
from tests.broker.played_broker import PlayedBroker, Waiting, decode, fetch_request

EVERY_REQUEST = [(api_key, version) for api_key, (low, high) in SERVED.items() for version in range(low, high + 1)]


def header_only(api_key: int, version: int) -> memoryview:
    """Return a frame that has a header and zeros, whatever the API and version."""
    frame = bytearray()
    write_request_header(frame, api_key, version, 7, "test")
    return memoryview(frame + bytes(64))


def refusal(broker: PlayedBroker, api_key: int, version: int) -> str:
    """Return the reason for which a request closes the connection."""
    with pytest.raises(ProtocolViolation) as caught:
        broker.router.handle(broker.connection, header_only(api_key, version))
    return str(caught.value)


class Observer:
    """Keeps what it is shown."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int, Any]] = []

    def request_received(self, context: Any, request: Any) -> None:
        self.seen.append(("request", context.api_key, type(request).__name__))

    def response_ready(self, context: Any, response: Any) -> None:
        self.seen.append(("response", context.api_key, getattr(response, "error_code", None)))


def make_handler_do(broker: PlayedBroker, api_key: int, action: Any) -> None:
    """Put an action in the place of an API's handler."""
    route = broker.router._routes[api_key]
    broker.router._resolve(route)
    route.handle = action


def failing(error: Exception) -> Any:
    """Return a handler that raises."""

    def handle(context: Any, request: Any) -> None:
        raise error

    return handle


# ---- what is not served --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("api_key", [key for key in SERVED if key != api_keys.API_VERSIONS], ids=NAMES.get)
def test_versions_around_the_served_ones_close_the_connection(api_key: int) -> None:
    broker = PlayedBroker()
    lowest, highest = SERVED[api_key]
    for version in (lowest - 1, highest + 1, -(2**15), 2**15 - 1):
        assert refusal(broker, api_key, version) == f"{NAMES[api_key]} version {version} is not served"


@pytest.mark.parametrize("api_key", [-1, 4, 5, 6, 7, 52, 58, 999, 2**15 - 1])
def test_apis_that_are_not_for_clients_close_the_connection(api_key: int) -> None:
    assert "is not served" in refusal(PlayedBroker(), api_key, 0)


@pytest.mark.parametrize("version", [6, 99, 2**15 - 1, -1, -(2**15)])
def test_an_unknown_version_of_api_versions_is_answered_in_version_0(version: int) -> None:
    broker = PlayedBroker()
    reply = broker.router.handle(broker.connection, header_only(api_keys.API_VERSIONS, version))
    assert isinstance(reply, FrameWriter)
    response = decode(reply, api_keys.API_VERSIONS, 0)
    assert response.error_code == errors.UNSUPPORTED_VERSION
    [own] = response.api_keys
    assert (own.api_key, own.min_version, own.max_version) == (18, *SERVED[18])


def test_a_frame_that_ends_early_is_a_violation() -> None:
    broker = PlayedBroker()
    frame = bytearray()
    write_request_header(frame, MetadataRequest.API_KEY, 9, 7, "test")
    MetadataRequest(topics=[]).write(frame, 9)
    for size in range(len(frame)):
        with pytest.raises(ProtocolViolation):
            broker.router.handle(broker.connection, memoryview(frame)[:size])
    assert not broker.bugs


# ---- imitated releases ---------------------------------------------------------------------------------------------


def answered_versions(broker: PlayedBroker, api_key: int) -> set[int]:
    """Return the versions of an API that are decoded; nothing is handled."""
    decoded = set()
    if api_key in broker.router._routes:
        make_handler_do(broker, api_key, lambda context, request: decoded.add(context.api_version))
        for version in range(-1, 25):
            frame = bytearray()
            write_request_header(frame, api_key, version, 7, "test")
            try:
                request_class(api_key)().write(frame, version)
                broker.router.handle(broker.connection, memoryview(frame))
            except (ValueError, ProtocolViolation):
                pass
    return decoded


@pytest.mark.parametrize("release", RELEASES)
def test_a_release_serves_what_it_served_and_no_more(release: str) -> None:
    broker = PlayedBroker(as_version=release)
    told = {
        key.api_key: range(key.min_version, key.max_version + 1) for key in broker.ask(ApiVersionsRequest(), 0).api_keys
    }
    for api_key in SERVED:
        lowest, highest = ADVERTISED[release].get(api_key, (0, -1))
        own_lowest, own_highest = SERVED[api_key]
        expected = range(max(lowest, own_lowest), min(highest, own_highest) + 1)
        assert set(told.get(api_key, ())) == set(expected), NAMES[api_key]
        answered = answered_versions(broker, api_key)
        if api_key == api_keys.PRODUCE and release.startswith("4."):
            assert set(expected) - answered == {0, 1, 2}  # told for old librdkafka, and refused
        else:
            assert answered == set(expected), NAMES[api_key]


@pytest.mark.parametrize(
    ("release", "oldest_fetch", "newest_fetch"),
    [("2.8", 0, 12), ("3.9", 0, 17), ("4.0", 4, 17), ("4.1", 4, 18), ("4.2", 4, 18), ("4.3", 4, 18), ("4.4", 4, 18)],
)
def test_fetch_of_each_release(release: str, oldest_fetch: int, newest_fetch: int) -> None:
    broker = PlayedBroker(as_version=release)
    assert answered_versions(broker, api_keys.FETCH) == set(range(oldest_fetch, newest_fetch + 1))


def test_an_api_that_a_release_did_not_have_closes_the_connection() -> None:
    assert "DescribeTopicPartitions version 0" in refusal(PlayedBroker(as_version="2.8"), 75, 0)


# ---- bugs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("api_key", "version"), EVERY_REQUEST, ids=str)
def test_a_bug_in_a_handler_is_told_or_closes(api_key: int, version: int) -> None:
    broker = PlayedBroker()
    make_handler_do(broker, api_key, failing(RuntimeError("a bug")))
    frame = bytearray()
    write_request_header(frame, api_key, version, 7, "test")
    request_class(api_key)().write(frame, version)
    try:
        reply = broker.router.handle(broker.connection, memoryview(frame))
    except ProtocolViolation as violation:
        assert str(violation) == f"{NAMES[api_key]} failed with UNKNOWN_SERVER_ERROR, which its answer cannot say"
    else:
        assert isinstance(reply, FrameWriter)
        assert decode(reply, api_key, version).error_code == errors.UNKNOWN_SERVER_ERROR
    [bug] = broker.bugs
    assert isinstance(bug, RuntimeError)


def test_a_refusal_of_the_whole_request_has_its_code_and_words() -> None:
    broker = PlayedBroker()
    make_handler_do(broker, 60, failing(ApiError(errors.INVALID_REQUEST, "not like this")))
    reply = broker.router.handle(broker.connection, header_only(60, 1))
    assert isinstance(reply, FrameWriter)
    response = decode(reply, 60, 1)
    assert (response.error_code, response.error_message) == (errors.INVALID_REQUEST, "not like this")
    assert not broker.bugs


def test_an_old_version_that_cannot_say_the_error_closes() -> None:
    broker = PlayedBroker()
    make_handler_do(broker, api_keys.FETCH, failing(ApiError(errors.KAFKA_STORAGE_ERROR)))
    with pytest.raises(ProtocolViolation, match="Fetch failed with KAFKA_STORAGE_ERROR"):
        broker.send(fetch_request(), 4)
    reply = broker.send(fetch_request(), 7)
    assert isinstance(reply, FrameWriter)
    assert decode(reply, api_keys.FETCH, 7).error_code == errors.KAFKA_STORAGE_ERROR


def test_a_handler_may_close_the_connection() -> None:
    broker = PlayedBroker()
    make_handler_do(broker, api_keys.METADATA, failing(ProtocolViolation("go away")))
    with pytest.raises(ProtocolViolation, match="go away"):
        broker.send(MetadataRequest(topics=[]), 9)
    assert not broker.bugs


def test_a_response_that_cannot_be_written_is_a_bug_and_an_answer() -> None:
    broker = PlayedBroker()
    make_handler_do(broker, 60, lambda context, request: response_class(60)(throttle_time_ms=2**40))
    reply = broker.router.handle(broker.connection, header_only(60, 1))
    assert isinstance(reply, FrameWriter)
    assert decode(reply, 60, 1).error_code == errors.UNKNOWN_SERVER_ERROR
    assert len(broker.bugs) == 1


# ---- answers that come later ---------------------------------------------------------------------------------------


def deferred_fetch(broker: PlayedBroker, version: int = 12) -> tuple[Deferred, Waiting]:
    """Send a Fetch that the test answers."""
    deferred = Deferred()
    make_handler_do(broker, api_keys.FETCH, lambda context, request: deferred)
    reply = broker.send(fetch_request(), version)
    assert isinstance(reply, PendingResponse)
    return deferred, Waiting(reply, api_keys.FETCH, version)


def test_a_late_answer_is_encoded_for_its_version() -> None:
    deferred, waiting = deferred_fetch(PlayedBroker())
    deferred.complete(FetchResponse(session_id=5))
    assert waiting.response.session_id == 5


def test_an_answer_known_before_anybody_asks_is_delivered() -> None:
    broker = PlayedBroker()
    deferred = Deferred()
    deferred.complete(FetchResponse(session_id=6))
    make_handler_do(broker, api_keys.FETCH, lambda context, request: deferred)
    reply = broker.send(fetch_request(), 12)
    assert isinstance(reply, PendingResponse)
    assert Waiting(reply, api_keys.FETCH, 12).response.session_id == 6


def test_a_late_refusal_and_a_late_bug_are_answers_too() -> None:
    broker = PlayedBroker()
    deferred, waiting = deferred_fetch(broker)
    deferred.complete(ApiError(errors.KAFKA_STORAGE_ERROR))
    assert waiting.response.error_code == errors.KAFKA_STORAGE_ERROR and not broker.bugs
    deferred, waiting = deferred_fetch(broker)
    deferred.complete(RuntimeError("a bug"))
    assert waiting.response.error_code == errors.UNKNOWN_SERVER_ERROR and len(broker.bugs) == 1


def test_a_late_failure_that_cannot_be_said_closes_its_own_connection_only() -> None:
    broker = PlayedBroker()
    deferred, waiting = deferred_fetch(broker, version=4)
    deferred.complete(RuntimeError("a bug"))  # must not raise into the turn of whoever completes it
    assert waiting.response is None and "UNKNOWN_SERVER_ERROR" in str(waiting.failure)
    deferred, waiting = deferred_fetch(broker)
    deferred.complete(ProtocolViolation("go away"))
    assert str(waiting.failure) == "go away"


def test_a_late_answer_may_be_none_at_all() -> None:
    deferred, waiting = deferred_fetch(PlayedBroker())
    deferred.complete(None)
    assert waiting.response is None and waiting.failure is None


def test_a_second_answer_is_a_bug_and_an_abandoned_one_is_not_delivered() -> None:
    deferred, waiting = deferred_fetch(PlayedBroker())
    left: list[str] = []
    deferred.on_abandon = lambda: left.append("tidied")
    waiting.pending.abandon()
    assert left == ["tidied"]
    deferred.complete(FetchResponse())
    assert waiting.response is None and deferred.is_completed
    with pytest.raises(AssertionError):
        deferred.complete(FetchResponse())


# ---- who looks on --------------------------------------------------------------------------------------------------


def test_an_observer_sees_each_request_with_its_answer() -> None:
    broker = PlayedBroker()
    observer = broker.router.observer = Observer()
    broker.ask(ApiVersionsRequest(), 0)
    deferred, _ = deferred_fetch(broker)
    assert observer.seen[2:] == [("request", 1, "FetchRequest")]
    deferred.complete(ApiError(errors.KAFKA_STORAGE_ERROR))
    make_handler_do(broker, api_keys.METADATA, lambda context, request: None)
    assert broker.send(MetadataRequest(topics=[]), 9) is None
    assert observer.seen == [
        ("request", 18, "ApiVersionsRequest"),
        ("response", 18, 0),
        ("request", 1, "FetchRequest"),
        ("response", 1, errors.KAFKA_STORAGE_ERROR),
        ("request", 3, "MetadataRequest"),
        ("response", 3, None),
    ]


def test_each_api_has_one_handler_which_is_made_once() -> None:
    broker = PlayedBroker()
    router = Router(broker.broker, lambda context, error: None)

    def handler_of(api_key: int) -> object:
        route = router._routes[api_key]
        router._resolve(route)
        return route.handle.__self__  # type: ignore[union-attr]

    handlers = [handler_of(api_key) for api_key in (32, 33, 44)]
    assert len({id(handler) for handler in handlers}) == 3
    assert [handler_of(api_key) for api_key in (32, 33, 44)] == handlers
    assert isinstance(ApiVersionsResponse(), response_class(18))


# ---- large requests ------------------------------------------------------------------------------------------------


def large_metadata(count: int = 20_000) -> MetadataRequest:
    """Return a request that takes many slices."""
    topics = [MetadataRequestTopic(name=f"unknown-{number}") for number in range(count)]
    return MetadataRequest(topics=topics, allow_auto_topic_creation=False)


def handle(broker: PlayedBroker, request: Any, version: int) -> Any:
    """Hand a request to the router and return its reply as it is, sliced or not."""
    frame = bytearray()
    write_request_header(frame, request.API_KEY, version, 7, "test")
    request.write(frame, version)
    reply = broker.router.handle(broker.connection, memoryview(frame))
    frame[:] = b"\xff" * len(frame)  # the buffer is received into again
    return reply


def test_a_large_request_is_answered_after_small_ones_that_come_later() -> None:
    broker = PlayedBroker()
    order: list[str] = []
    large = handle(broker, large_metadata(), 9)
    assert isinstance(large, SlicedReply)
    answers: list[Any] = []
    large.then(lambda reply: (order.append("large"), answers.append(reply)))
    turn_count = 0
    while not answers:
        assert isinstance(handle(broker, ApiVersionsRequest(), 0), FrameWriter)
        order.append("small")
        broker.broker.work.run_turn()
        turn_count += 1
    assert turn_count > 5 and order[-1] == "large" and order.count("small") == turn_count
    response = decode(answers[0], api_keys.METADATA, 9)
    assert [topic.name for topic in response.topics] == [f"unknown-{number}" for number in range(20_000)]
    assert len(broker.broker.work) == 0


def test_a_large_frame_of_few_elements_is_answered_at_once() -> None:
    broker = PlayedBroker()
    broker.create_topic()
    assert broker.produce(b"v" * 100_000).error_code == 0
    frame = bytearray()
    data = [TopicProduceData(name="orders", partition_data=[PartitionProduceData(index=0, records=b"x" * 50_000)])]
    write_request_header(frame, 0, 9, 7, "test")
    ProduceRequest(acks=1, timeout_ms=1000, topic_data=data).write(frame, 9)
    assert not isinstance(broker.router.handle(broker.connection, memoryview(frame)), SlicedReply)


def test_an_abandoned_large_request_is_worked_on_no_more() -> None:
    broker = PlayedBroker()
    reply = handle(broker, large_metadata(), 9)
    told: list[Any] = []
    reply.then(told.append)
    broker.broker.work.run_turn()
    reply.abandon()
    broker.broker.work.run_turn()
    assert len(broker.broker.work) == 0 and told == []


def test_what_is_wrong_at_the_end_of_a_large_request_closes() -> None:
    broker = PlayedBroker()
    frame = bytearray()
    write_request_header(frame, api_keys.METADATA, 9, 7, "test")
    large_metadata().write(frame, 9)
    del frame[-2:]
    reply = broker.router.handle(broker.connection, memoryview(frame))
    assert isinstance(reply, SlicedReply)
    told: list[Any] = []
    reply.then(told.append)
    while not told:
        broker.broker.work.run_turn()
    assert isinstance(told[0], ProtocolViolation) and not broker.bugs


@pytest.mark.parametrize("is_large", [False, True])
def test_a_handler_may_work_in_steps_and_fail_in_them(is_large: bool) -> None:
    def steps(outcome: Any) -> Any:
        for _ in range(1_000):
            yield
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    broker = PlayedBroker()
    request = large_metadata(20_000 if is_large else 1)
    for outcome, code in (
        (response_class(3)(error_code=5), 5),
        (ApiError(errors.INVALID_REQUEST), errors.INVALID_REQUEST),
        (RuntimeError("a bug"), errors.UNKNOWN_SERVER_ERROR),
    ):
        make_handler_do(broker, api_keys.METADATA, lambda context, request, outcome=outcome: steps(outcome))
        reply = broker.send(request, 13)
        assert isinstance(reply, FrameWriter)
        assert decode(reply, api_keys.METADATA, 13).error_code == code
    assert len(broker.bugs) == 1
    make_handler_do(broker, api_keys.METADATA, lambda context, request: steps(ProtocolViolation("go away")))
    with pytest.raises(ProtocolViolation, match="go away"):
        broker.send(request, 13)
    make_handler_do(broker, api_keys.METADATA, lambda context, request: steps(None))
    assert broker.send(request, 13) is None


def test_the_first_step_of_a_handler_may_be_an_errand() -> None:
    class Errand:
        resume: Any = None

        def begin(self, resume: Any) -> None:
            self.resume = resume

    errand = Errand()

    def steps() -> Any:
        yield errand
        return response_class(3)(error_code=7)

    broker = PlayedBroker()
    make_handler_do(broker, api_keys.METADATA, lambda context, request: steps())
    frame = bytearray()
    write_request_header(frame, api_keys.METADATA, 13, 7, "test")
    MetadataRequest(topics=[]).write(frame, 13)
    reply = broker.router.handle(broker.connection, memoryview(frame))
    assert isinstance(reply, SlicedReply) and errand.resume is not None
    told: list[Any] = []
    reply.then(told.append)
    errand.resume()
    broker.broker.work.run_turn()
    assert decode(told[0], api_keys.METADATA, 13).error_code == 7


def test_steps_may_end_in_an_answer_that_comes_later_and_that_be_worked_out_in_steps() -> None:
    def steps(result: Any) -> Any:
        for _ in range(500):
            yield
        return result

    broker = PlayedBroker()
    deferred = Deferred()
    make_handler_do(broker, api_keys.METADATA, lambda context, request: steps(deferred))
    pending = broker.send(large_metadata(), 13)
    assert isinstance(pending, PendingResponse)
    told: list[Any] = []
    pending.then(told.append)
    deferred.complete(steps(response_class(3)(error_code=6)))
    assert told == []
    while not told:
        broker.broker.work.run_turn()
    assert decode(told[0], api_keys.METADATA, 13).error_code == 6


def test_who_goes_while_a_late_answer_is_worked_out_stops_it() -> None:
    def endless() -> Any:
        while True:
            yield

    broker = PlayedBroker()
    deferred = Deferred()
    make_handler_do(broker, api_keys.METADATA, lambda context, request: deferred)
    pending = broker.send(MetadataRequest(topics=[]), 13)
    assert isinstance(pending, PendingResponse)
    pending.then(lambda reply: pytest.fail("it is not to be answered"))
    deferred.complete(endless())
    pending.abandon()
    broker.broker.work.run_turn()
    assert len(broker.broker.work) == 0


@pytest.mark.parametrize(
    ("request_", "version"),
    [(MetadataRequest(topics=[]), 9), (HeartbeatRequest(group_id="g", member_id="m"), 4)],
    ids=["with arrays", "without"],
)
@pytest.mark.parametrize("place", ["header", "body"])
def test_many_tagged_fields_are_answered(request_: Any, version: int, place: str) -> None:
    broker = PlayedBroker()
    few = broker.ask(request_, version)
    tags = {1_000 + number: b"" for number in range(READ_TAGS_MAX_COUNT)}
    section = bytearray()
    write_tagged_fields(section, None, tags)
    frame = bytearray()
    write_request_header(frame, request_.API_KEY, version, 7, "test")
    if place == "header":
        frame[-1:] = section
    request_.write(frame, version)
    if place == "body":
        frame[-1:] = section
    reply = broker.router.handle(broker.connection, memoryview(frame))
    assert isinstance(reply, SlicedReply)
    finished = broker.finish(reply)
    assert isinstance(finished, FrameWriter) and decode(finished, request_.API_KEY, version) == few
    for length in (len(frame) - 1, len(frame) // 2):
        with pytest.raises(ProtocolViolation):
            broken = broker.router.handle(broker.connection, memoryview(frame)[:length])
            assert isinstance(broken, SlicedReply)
            broker.finish(broken)
    assert not broker.bugs


@pytest.mark.parametrize("place", ["header", "body"])
def test_more_tagged_fields_than_kafka_reads_end_the_connection(place: str) -> None:
    broker = PlayedBroker()
    section = bytearray()
    write_tagged_fields(section, None, {1_000 + number: b"" for number in range(READ_TAGS_MAX_COUNT + 1)})
    request = MetadataRequest(topics=[])
    frame = bytearray()
    write_request_header(frame, request.API_KEY, 9, 7, "test")
    if place == "header":
        frame[-1:] = section
    request.write(frame, 9)
    if place == "body":
        frame[-1:] = section
    with pytest.raises(ProtocolViolation, match="10001 is larger than the maximum"):
        reply = broker.router.handle(broker.connection, memoryview(frame))
        assert isinstance(reply, SlicedReply)
        broker.finish(reply)
    assert not broker.bugs


def test_an_observer_sees_a_large_request_as_any_other() -> None:
    broker = PlayedBroker()
    observer = broker.router.observer = Observer()
    broker.ask(large_metadata(), 9)
    assert observer.seen == [("request", 3, "MetadataRequest"), ("response", 3, 0)]
