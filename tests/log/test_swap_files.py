"""The files of an interrupted compaction replace the old ones, as in Apache Kafka."""

from __future__ import annotations

from kafkalite.log.swap_files import begins_with_offset, finish_swaps
from kafkalite.storage.files import FilePartitionStore
from tests.log.harness import make_batch
from tests.log.memory_store import make_store

SUFFIXES = (".log", ".index", ".timeindex")


def make_partition(*base_offsets: int) -> FilePartitionStore:
    """Create segments of ten offsets each, and a snapshot for each of them."""
    store = make_store()
    for base_offset in base_offsets:
        store.replace(f"{base_offset:020d}.log", bytes(make_batch(*[b"old"] * 10, base_offset=base_offset)))
        for suffix in (".index", ".timeindex", ".snapshot"):
            store.replace(f"{base_offset:020d}{suffix}", b"old")
    return store


def add(store: FilePartitionStore, base_offset: int, count: int, suffix: str) -> bytes:
    content = bytes(make_batch(*[b"new"] * count, base_offset=base_offset))
    store.replace(f"{base_offset:020d}.log{suffix}", content)
    for name in (".index", ".timeindex"):
        store.replace(f"{base_offset:020d}{name}{suffix}", b"new")
    return content


def test_a_swapped_segment_replaces_those_within_its_offsets() -> None:
    store = make_partition(0, 10, 20, 30)
    content = add(store, 10, 15, ".swap")
    before_and_after = {name: store.read_whole(name) for name in store.list() if int(name[:20]) in (0, 30)}
    assert finish_swaps(store, store.list())
    assert store.read_whole(f"{10:020d}.log") == content
    assert {name for name in store.list() if int(name[:20]) == 10} == {f"{10:020d}{suffix}" for suffix in SUFFIXES}
    assert not [name for name in store.list() if int(name[:20]) == 20]
    assert {name: store.read_whole(name) for name in store.list() if int(name[:20]) in (0, 30)} == before_and_after


def test_a_renaming_under_way_is_undone() -> None:
    store = make_partition(0, 10)
    add(store, 0, 5, ".cleaned")
    add(store, 5, 15, ".swap")
    before = {name: store.read_whole(name) for name in store.list() if not name.endswith(".swap")}
    assert finish_swaps(store, store.list())
    assert {name: store.read_whole(name) for name in store.list()} == before


def test_a_partition_without_swap_files_is_left_alone() -> None:
    store = make_partition(0)
    add(store, 0, 5, ".cleaned")
    names = sorted(store.list())
    assert not finish_swaps(store, store.list())
    assert sorted(store.list()) == names


def test_names_that_begin_with_an_offset() -> None:
    assert begins_with_offset(f"{7:020d}.log")
    assert not any(map(begins_with_offset, ("7.log", "quorum-state", f"{7:020d}", f"{7:020d}x.log", "")))
