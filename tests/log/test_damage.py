"""The description of the damage where a segment stops being a valid log."""

from __future__ import annotations

import pytest

from kafkalite.log.damage import DAMAGED, TORN, UNUSED, Damage, examine
from tests.log.harness import make_batch
from tests.log.memory_store import make_store

GOOD = bytes(make_batch(b"good", base_offset=4))
NEXT = bytes(make_batch(b"value" * 10, base_offset=5))
NAME = f"{0:020d}.log"


def examine_tail(tail: bytes, *, next_offset: int = 5) -> Damage:
    store = make_store()
    store.append(NAME, GOOD + tail)
    damage = examine(store, NAME, len(GOOD), len(GOOD + tail), next_offset)
    assert (damage.position, damage.size_bytes) == (len(GOOD), len(tail))
    return damage


def changed(content: bytes, position: int) -> bytes:
    return content[:position] + bytes((content[position] ^ 0xFF,)) + content[position + 1 :]


@pytest.mark.parametrize("size", [1, 60, 61, 3 << 20])
def test_zeros_were_never_written(size: int) -> None:
    assert examine_tail(bytes(size)).kind == UNUSED


@pytest.mark.parametrize("zeros", [0, 10_000, 2 << 20], ids=["at the end", "in space taken ahead", "in much space"])
def test_a_part_of_a_batch_is_torn(zeros: int) -> None:
    for size in range(8, len(NEXT) - 10):  # the first seven bytes of an offset are zeros
        assert examine_tail(NEXT[:size] + bytes(zeros)).kind == TORN, size


@pytest.mark.parametrize(
    ("tail", "cause"),
    [
        (changed(NEXT, len(NEXT) - 1), "has the checksum"),
        (changed(NEXT, len(NEXT) - 1) + NEXT, "has the checksum"),
        (changed(NEXT, 30) + bytes(100_000), "has the checksum"),
        (changed(NEXT, 16), "no batch begins there"),
        (b"garbage " * 20, "no batch begins there"),
        (NEXT[:8] + (20).to_bytes(4, "big") + NEXT[12:], "no batch begins there"),
        (GOOD, "begins at offset 4, which does not follow offset 4"),
    ],
)
def test_anything_else_is_damage(tail: bytes, cause: str) -> None:
    damage = examine_tail(tail)
    assert damage.kind == DAMAGED and cause in damage.cause


def test_a_batch_that_is_whole_is_refused_for_what_is_in_it() -> None:
    damage = examine_tail(NEXT)
    assert damage.kind == DAMAGED and "cannot be read (offset 5, last offset delta 0)" in damage.cause
