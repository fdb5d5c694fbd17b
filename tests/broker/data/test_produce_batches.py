"""The batches of a Produce request: the last of each partition, at once and in steps."""

from __future__ import annotations

from kafkalite.broker.data.produce_batches import has_many_batches, keep_last_batches, last_batches_steps
from kafkalite.model.limits import PRODUCE_SLICE_COUNT, RECEIVE_BUFFER_BYTES
from kafkalite.protocol.messages.produce_request import PartitionProduceData, TopicProduceData


def topic(name: str, *batches: tuple[int, bytes | memoryview | None], topic_id: bytes = bytes(16)) -> TopicProduceData:
    return TopicProduceData(
        name=name,
        topic_id=topic_id,
        partition_data=[PartitionProduceData(index=index, records=records) for index, records in batches],
    )


def kept(*topics: TopicProduceData) -> list[tuple[str, list[tuple[int, object]]]]:
    return [
        (one.name, [(data.index, data.records) for data in one.partition_data]) for one in keep_last_batches(topics)
    ]


def test_nothing_twice_is_left_as_it_is() -> None:
    topics = [topic("a", (0, b"1"), (1, b"2")), topic("b", (0, b"3")), topic("c")]
    assert keep_last_batches(topics) is topics
    by_id = [topic("", (0, b"1"), topic_id=b"1" * 16), topic("", (0, b"2"), topic_id=b"2" * 16)]
    assert keep_last_batches(by_id) is by_id


def test_the_last_batch_of_a_partition_counts() -> None:
    assert kept(topic("a", (0, b"1"), (1, b"2"), (0, b"3"))) == [("a", [(0, b"3"), (1, b"2")])]
    assert kept(topic("a", (0, b"1"), (0, None))) == [("a", [(0, None)])]


def test_a_topic_named_twice_is_one() -> None:
    assert kept(topic("a", (0, b"1")), topic("b", (0, b"2")), topic("a", (1, b"3"), (0, b"4"))) == [
        ("a", [(0, b"4"), (1, b"3")]),
        ("b", [(0, b"2")]),
    ]
    assert kept(topic("a"), topic("a")) == [("a", [])]


def in_steps(*topics: TopicProduceData) -> tuple[int, list[TopicProduceData]]:
    """Return how often it gave way, and what is left."""
    steps = last_batches_steps(topics)
    count = 0
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return count, end.value
        count += 1


def test_what_is_many() -> None:
    assert not has_many_batches([topic("a", *((index, b"") for index in range(PRODUCE_SLICE_COUNT - 1)))])
    assert has_many_batches([topic("a", *((index, b"") for index in range(PRODUCE_SLICE_COUNT)))])
    assert has_many_batches([topic("a")] * (PRODUCE_SLICE_COUNT + 1))


def test_steps_keep_the_same_in_pieces() -> None:
    count = PRODUCE_SLICE_COUNT * 2 + 1
    wanted = [topic("a", *((index, b"%d" % index) for index in range(count))), topic("b", (0, b"x")), topic("c")]
    given_way, pieces = in_steps(*wanted, topic("a", (1, b"last")))
    assert given_way >= 2
    assert [len(piece.partition_data) for piece in pieces] == [PRODUCE_SLICE_COUNT, PRODUCE_SLICE_COUNT, 1, 1]
    assert [piece.name for piece in pieces] == ["a", "a", "a", "b"]
    assert [bytes(data.records or b"") for data in pieces[0].partition_data[:3]] == [b"0", b"last", b"2"]
    assert in_steps(*[topic("c")] * 1000)[0] >= 10, "topics without partitions cost steps too"


def test_steps_take_small_batches_out_of_the_shared_buffer_and_leave_large_ones_where_they_are() -> None:
    shared = bytearray(b"records")
    _, [piece] = in_steps(topic("a", (0, memoryview(shared))))
    shared[:] = bytes(len(shared))
    assert piece.partition_data[0].records == b"records"
    large = memoryview(bytearray(RECEIVE_BUFFER_BYTES + 1))
    _, [piece] = in_steps(topic("a", (0, large)))
    assert piece.partition_data[0].records is large
