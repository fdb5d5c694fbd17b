"""What is read or written in slices is what is read or written at once, and no step is long."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kafkalite.model.limits import (
    COLLECTION_MAX_COUNT,
    READ_TAGS_MAX_COUNT,
    SHARED_ELEMENT_MAX_BYTES,
    STEP_MAX_BYTES,
    TAGGED_FIELDS_MAX_COUNT,
)
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.api_support import SERVED
from kafkalite.protocol.messages.delete_groups_request import DeleteGroupsRequest
from kafkalite.protocol.messages.fetch_request import FetchPartition, FetchRequest, FetchTopic, ReplicaState
from kafkalite.protocol.messages.metadata_request import MetadataRequest, MetadataRequestTopic
from kafkalite.protocol.messages.metadata_response import MetadataResponse, MetadataResponseTopic
from kafkalite.protocol.messages.offset_fetch_request import (
    OffsetFetchRequest,
    OffsetFetchRequestGroup,
    OffsetFetchRequestTopics,
)
from kafkalite.protocol.primitives import NUMBERS_STEP_COUNT, TAGS_STEP_COUNT, ManyTaggedFields, write_uvarint
from kafkalite.protocol.registry import request_reader, response_writer
from kafkalite.protocol.sliced_messages.modules import REQUESTS, RESPONSES
from scripts.devtools.protocol_generator.branches import branches_of
from scripts.devtools.protocol_generator.sizes import least_element_bytes
from scripts.devtools.protocol_generator.sliced import has_sliced_module
from tests.protocol.message_samples import (
    MESSAGES,
    VARIANTS,
    Message,
    class_of,
    encode,
    find_frames,
    sample,
    versions_of,
)
from tests.protocol.message_strategies import messages_of

QUICK = settings(
    max_examples=4,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
SLICED = [message for message in MESSAGES if message.api_key in SERVED and has_sliced_module(message)]
READ = [message for message in SLICED if message.type == "request"]
WRITTEN = [message for message in SLICED if message.type == "response"]
EVERY_REQUEST = pytest.mark.parametrize("message", READ, ids=lambda message: message.name)
EVERY_RESPONSE = pytest.mark.parametrize("message", WRITTEN, ids=lambda message: message.name)


def finish(steps: Generator[None, None, Any]) -> tuple[Any, int]:
    """Run steps to their end; return the result and how often they yielded."""
    count = 0
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value, count
        count += 1


def read_sliced(message: Message, buffer: bytes, version: int, position: int = 0) -> tuple[Any, int]:
    """Read a request in slices; return it and its end."""
    reader = request_reader(message.api_key or 0)
    assert reader is not None
    result: tuple[Any, int] = finish(reader(memoryview(buffer), position, version))[0]
    return result


def write_sliced(message: Message, instance: Any, version: int) -> bytes:
    """Return the bytes of a response that is written in slices."""
    writer = response_writer(message.api_key or 0)
    assert writer is not None
    out = bytearray()
    finish(writer(instance, out, version))
    return bytes(out)


def test_all_that_is_served_and_has_arrays_can_be_sliced() -> None:
    assert {message.api_key for message in READ} == REQUESTS
    assert {message.api_key for message in WRITTEN} == RESPONSES
    assert request_reader(12) is None and response_writer(12) is None  # Heartbeat has no arrays


@EVERY_REQUEST
@QUICK
@given(data=st.data())
def test_a_request_is_read_as_at_once(message: Message, data: st.DataObject) -> None:
    for version in versions_of(message):
        encoded = encode(data.draw(messages_of(message, version)), version)
        assert read_sliced(message, b"junk" + encoded, version, 4) == class_of(message).read(
            b"junk" + encoded, 4, version
        )


@EVERY_RESPONSE
@QUICK
@given(data=st.data())
def test_a_response_is_written_as_at_once(message: Message, data: st.DataObject) -> None:
    for version in versions_of(message):
        instance = data.draw(messages_of(message, version))
        assert write_sliced(message, instance, version) == encode(instance, version)


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_sample_in_every_version(variant: str) -> None:
    for message, version, one, instance in find_frames():
        if one != variant or message not in SLICED:
            continue
        encoded = encode(instance, version)
        if message.type == "response":
            assert write_sliced(message, instance, version) == encoded, f"{message.name} {version}"
        else:
            decoded, end = read_sliced(message, encoded, version)
            assert end == len(encoded) and encode(decoded, version) == encoded, f"{message.name} {version}"


@EVERY_REQUEST
def test_truncated_at_every_byte_is_a_violation(message: Message) -> None:
    for version in versions_of(message):
        encoded = encode(sample(message, version), version)
        for length in range(len(encoded)):
            with pytest.raises(ProtocolViolation):
                read_sliced(message, encoded[:length], version)


@EVERY_REQUEST
@QUICK
@given(flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_request_has_the_same_fate(message: Message, flips: list[tuple[int, int]]) -> None:
    for version in {message.versions.lowest, message.versions.highest}:
        damaged = bytearray(encode(sample(message, version), version) or b"?")
        for position, value in flips:
            damaged[position % len(damaged)] = value
        try:
            expected = class_of(message).read(bytes(damaged), 0, version)
        except ProtocolViolation:
            with pytest.raises(ProtocolViolation):
                read_sliced(message, bytes(damaged), version)
        else:
            assert repr(read_sliced(message, bytes(damaged), version)) == repr(expected)  # a NaN equals nothing


# ---- how long a step is --------------------------------------------------------------------------------------------


def longest_read_step(message: Any, version: int) -> tuple[int, int]:
    """Return the most bytes read between two yields, and the bytes of the request."""
    encoded = memoryview(encode(message, version))
    reader = request_reader(message.API_KEY)
    assert reader is not None
    steps = reader(encoded, 0, version)
    longest = last = 0
    while True:
        try:
            next(steps)
        except StopIteration:
            return max(longest, len(encoded) - last), len(encoded)
        position = _deepest_position(steps)
        longest, last = max(longest, position - last), position


def _deepest_position(steps: Any) -> int:
    while steps.gi_yieldfrom is not None and "position" in steps.gi_yieldfrom.gi_frame.f_locals:
        steps = steps.gi_yieldfrom
    position: int = steps.gi_frame.f_locals["position"]
    return position


def many(count: int, size: int) -> list[Any]:
    return [MetadataRequestTopic(name="x" * size) for _ in range(count)]


@pytest.mark.parametrize(
    ("request_", "version"),
    [
        (MetadataRequest(topics=many(5_000, 0)), 9),
        (MetadataRequest(topics=many(500, 100)), 1),
        (FetchRequest(topics=[FetchTopic(topic="t", partitions=[FetchPartition() for _ in range(2_000)])]), 12),
        (FetchRequest(topics=[FetchTopic(topic="t", partitions=[FetchPartition()]) for _ in range(2_000)]), 12),
        (
            OffsetFetchRequest(
                groups=[
                    OffsetFetchRequestGroup(
                        group_id="g",
                        topics=[
                            OffsetFetchRequestTopics(name="t", partition_indexes=list(range(3))) for _ in range(20)
                        ],
                    )
                    for _ in range(50)
                ]
            ),
            8,
        ),
    ],
    ids=["empty names", "long names", "one topic", "many topics", "three levels"],
)
def test_a_step_reads_few_bytes_however_they_are_nested(request_: Any, version: int) -> None:
    longest, total = longest_read_step(request_, version)
    assert longest < 3 * (STEP_MAX_BYTES + 200) < total


def test_numbers_are_read_in_steps_of_a_bounded_count() -> None:
    group = OffsetFetchRequestGroup(
        group_id="g", topics=[OffsetFetchRequestTopics(name="t", partition_indexes=list(range(100_000)))]
    )
    encoded = memoryview(encode(OffsetFetchRequest(groups=[group]), 8))
    reader = request_reader(OffsetFetchRequest.API_KEY)
    assert reader is not None
    (request, _), yield_count = finish(reader(encoded, 0, 8))
    assert request.groups == [group]
    assert yield_count >= 100_000 // NUMBERS_STEP_COUNT


def test_a_step_writes_few_bytes() -> None:
    response = MetadataResponse(topics=[MetadataResponseTopic(name=f"topic-{n}") for n in range(3_000)])
    writer = response_writer(3)
    assert writer is not None
    out = bytearray()
    longest = last = 0
    for _ in writer(response, out, 12):
        longest, last = max(longest, len(out) - last), len(out)
    assert longest < STEP_MAX_BYTES + 100
    assert bytes(out) == encode(response, 12)


# ---- what is refused, and what is shared ---------------------------------------------------------------------------


def test_equal_small_elements_are_one_object_and_others_are_not() -> None:
    names = ["", "a", "", "a", "long enough", "long enough"]
    encoded = encode(MetadataRequest(topics=[MetadataRequestTopic(name=name) for name in names]), 9)
    topics = read_sliced(next(one for one in READ if one.api_key == 3), encoded, 9)[0].topics
    assert [topic.name for topic in topics] == names
    assert topics[0] is topics[2] and topics[1] is topics[3]
    assert topics[4] is not topics[5] and len("long enough") > SHARED_ELEMENT_MAX_BYTES


def begins_with_structs(message: Message) -> bool:
    """Whether the newest version of a request is flexible and begins with an array of structs."""
    first, version = message.top.fields[0], message.versions.highest
    return first.is_array and first.is_struct and version in first.versions and version in message.flexible


@pytest.mark.parametrize("message", [one for one in READ if begins_with_structs(one)], ids=lambda one: one.name)
def test_a_count_that_the_bytes_left_cannot_hold_is_refused_before_anything_is_read(message: Message) -> None:
    version = message.versions.highest
    first = message.top.fields[0]
    least = min(
        least_element_bytes(message, first, versions, is_flexible)
        for versions, is_flexible in branches_of(message, message.top)
        if version in versions
    )
    assert 1 < least <= len(encode(class_of(message, first.element)(), version))
    body = bytearray()
    write_uvarint(body, 1_000 + 1)
    body += bytes(1_000 * least - 1)
    refusal = "larger than the bytes that are left"
    with pytest.raises(ProtocolViolation, match=refusal):
        class_of(message).read(bytes(body), 0, version)
    with pytest.raises(ProtocolViolation, match=refusal):
        read_sliced(message, bytes(body), version)


@pytest.mark.parametrize("excess", [0, 1])
@pytest.mark.parametrize("kind", ["structs", "numbers", "strings"])
def test_an_array_has_at_most_as_many_elements_as_kafka_reads(kind: str, excess: int) -> None:
    """Frames are put together by hand: as objects a million elements would take long."""
    count = COLLECTION_MAX_COUNT + excess
    size = count.to_bytes(4, "big")
    version, api_key, body = {
        "structs": (8, MetadataRequest.API_KEY, size + bytes(2 * count) + b"\0\0\0"),
        "numbers": (5, OffsetFetchRequest.API_KEY, b"\0\1g\0\0\0\1\0\1t" + size + bytes(4 * count)),
        "strings": (0, DeleteGroupsRequest.API_KEY, size + bytes(2 * count)),
    }[kind]
    reader = request_reader(api_key)
    assert reader is not None
    if excess:
        with pytest.raises(ProtocolViolation, match="1000001 is larger than the maximum"):
            finish(reader(memoryview(body), 0, version))
    else:
        (_, end), _ = finish(reader(memoryview(body), 0, version))
        assert end == len(body)


# ---- many tagged fields ----------------------------------------------------------------------------------------------

MANY = TAGGED_FIELDS_MAX_COUNT + 1


@pytest.mark.parametrize("count", [MANY - 1, MANY, READ_TAGS_MAX_COUNT])
@pytest.mark.parametrize(
    ("make", "version"),
    [
        (lambda tags: MetadataRequest(topics=[], unknown_tagged_fields=tags), 9),
        (
            lambda tags: MetadataRequest(
                topics=[MetadataRequestTopic(name="a"), MetadataRequestTopic(name="b", unknown_tagged_fields=tags)]
            ),
            12,
        ),
        (
            lambda tags: FetchRequest(
                topics=[
                    FetchTopic(
                        topic="t",
                        partitions=[FetchPartition(partition=3, unknown_tagged_fields=tags), FetchPartition()],
                    )
                ]
            ),
            12,
        ),
        (
            lambda tags: FetchRequest(
                cluster_id="c", replica_state=ReplicaState(replica_id=5, unknown_tagged_fields=tags)
            ),
            15,
        ),
    ],
    ids=["request", "element", "element with known tags", "tagged struct"],
)
def test_many_tagged_fields_are_read_in_steps(make: Any, version: int, count: int) -> None:
    tags = {1_000 + number: bytes(number % 3) for number in range(count)}
    message = make(tags)
    encoded = memoryview(encode(message, version))
    reader = request_reader(message.API_KEY)
    assert reader is not None
    (decoded, end), yield_count = finish(reader(encoded, 0, version))
    assert decoded == message and end == len(encoded)
    if count >= MANY:
        assert yield_count >= count // (2 * TAGS_STEP_COUNT)
        with pytest.raises(ManyTaggedFields):
            type(message).read(encoded, 0, version)
    for length in (len(encoded) - 1, len(encoded) // 2):
        with pytest.raises(ProtocolViolation):
            finish(reader(encoded[:length], 0, version))
