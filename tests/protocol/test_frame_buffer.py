"""Memory for large frames: what it costs, who waits for it, and when it is free again."""

from __future__ import annotations

from kafkalite.model.limits import FRAME_TRUSTED_ALLOCATION_BYTES, SPARE_FRAME_BUFFER_COUNT
from kafkalite.protocol.frame_buffer import FrameBuffer, RequestMemory


def test_without_a_limit_everything_is_admitted_and_nothing_counted() -> None:
    memory = RequestMemory()
    assert memory.take(1 << 60) and memory.used_bytes == 0


def test_the_last_request_may_take_more_than_is_left() -> None:
    memory = RequestMemory(100)
    assert memory.take(99) and memory.take(1000)
    assert not memory.take(1)
    memory.give_back(1000)
    assert memory.take(1)


def test_those_that_wait_are_admitted_in_order_and_not_within_the_release() -> None:
    wakes: list[str] = []
    memory = RequestMemory(1, lambda: wakes.append("wake"))
    order: list[str] = []

    def take(name: str) -> None:
        order.append(name)
        assert memory.take(1)

    memory.take(1)
    for name in "abc":
        memory.wait(lambda name=name: take(name))  # type: ignore[misc]  # a default binds the name
    memory.give_back(1)
    assert wakes == ["wake"] and order == []
    memory.admit_waiting()
    assert order == ["a"], "the second finds nothing left"
    memory.give_back(1)
    memory.admit_waiting()
    assert order == ["a", "b"]


def test_one_that_is_gone_does_not_wait() -> None:
    memory = RequestMemory(1)
    asked: list[str] = []

    def ask() -> None:
        asked.append("asked")

    memory.take(1)
    memory.wait(ask)
    memory.forget(ask)
    memory.forget(ask)
    memory.give_back(1)
    memory.admit_waiting()
    assert asked == []


def test_a_claim_is_given_back_with_the_last_view_of_the_buffer() -> None:
    memory = RequestMemory(10_000_000)
    assert memory.take(5_000)
    view = memoryview(memory.buffer(4096, 5_000))[10:20]
    assert memory.used_bytes == 5_000
    part = view[1:2]
    del view
    assert memory.used_bytes == 5_000
    del part
    assert memory.used_bytes == 0


def test_a_buffer_that_replaces_another_takes_its_claim_over() -> None:
    memory = RequestMemory(10_000_000)
    memory.take(5_000)
    small, large = memory.buffer(4096, 5_000), memory.buffer(8192, 5_000)
    small.drop_claim()
    del small
    assert memory.used_bytes == 5_000
    del large
    assert memory.used_bytes == 0


def test_a_spare_buffer_is_lent_again_only_when_nothing_refers_to_it() -> None:
    memory = RequestMemory()
    first = memoryview(memory.buffer(1000, 1000))
    second = memoryview(memory.buffer(1000, 1000))
    assert first.obj is not second.obj
    lent = id(first.obj)
    part = first[3:9]
    del first
    third = memoryview(memory.buffer(1000, 1000))
    assert id(third.obj) != lent, "a slice of a view keeps its buffer"
    del part, third
    assert id(memory.buffer(1000, 1000)) in (lent, id(memory.buffer(1000, 1000)))
    again = memory.buffer(1000, 1000)
    assert id(again) == lent


def test_few_buffers_are_kept_and_none_that_is_larger() -> None:
    memory = RequestMemory()
    lent = [memory.buffer(1000, 1000) for _ in range(SPARE_FRAME_BUFFER_COUNT + 3)]
    assert len({id(buffer) for buffer in lent}) == len(lent)
    assert len(memory._spare._buffers) == SPARE_FRAME_BUFFER_COUNT
    large = memory.buffer(FRAME_TRUSTED_ALLOCATION_BYTES + 1, 0)
    assert len(large) == FRAME_TRUSTED_ALLOCATION_BYTES + 1
    assert large not in memory._spare._buffers


def test_memory_is_resident_when_it_is_written_to() -> None:
    before = resident_bytes()
    buffers = [FrameBuffer(100 << 20) for _ in range(20)]
    for buffer in buffers:
        buffer[:20_000] = bytes(20_000)
    assert resident_bytes() - before < 20 << 20


def resident_bytes() -> int:
    """Return the resident memory of this process."""
    import psutil

    return int(psutil.Process().memory_info().rss)
