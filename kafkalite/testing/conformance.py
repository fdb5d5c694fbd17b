"""What every implementation of a seam has to do, as functions that a test of it calls.

They raise AssertionError with the first thing that an implementation does differently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StaleLease, StorageFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.storage.interface import PartitionStore


def check_partition_store(make_store: Callable[[int], PartitionStore]) -> None:
    """Check that a storage keeps the files of a partition as `PartitionStore` demands.

    Args:
        make_store: opens one and the same partition, empty at first, under the epoch given.
    """
    store = make_store(1)
    _check_appends(store)
    _check_room(store)
    _check_truncation(store)
    _check_small_files(store)
    _check_names(store)
    _check_sizes_survive(store, make_store)
    _check_fencing(make_store)


def _check_appends(store: PartitionStore) -> None:
    assert store.append("a.log", b"hello") == 0, "the first append begins at 0"
    assert store.append("a.log", memoryview(bytearray(b" world"))) == 5, "appends continue at the logical end"
    assert store.append("a.log", b"") == 11, "an empty append changes nothing"
    assert store.size("a.log") == 11, "size is the logical end"
    assert store.read("a.log", 0, 11) == b"hello world"
    assert store.read("a.log", 6, 1000) == b"world", "a read ends at the logical end"
    assert store.read("a.log", 11, 10) == b"", "a read at the end is empty"
    assert store.read("a.log", 500, 10) == b"", "a read behind the end is empty"
    store.append("empty.index", b"")
    assert store.size("empty.index") == 0, "an empty append creates the file"
    assert "empty.index" in store.list()
    block = bytes(range(256)) * 4096
    for count in range(3):
        assert store.append("large.log", block) == count * len(block)
    assert store.size("large.log") == 3 * len(block), "space taken ahead is not size"
    assert store.read("large.log", 3 * len(block) - 3, 100) == block[-3:], "space taken ahead is not read"
    store.flush("large.log")
    store.append("short-lived.log", b"x")
    flush = store.detached_flush(["a.log", "large.log", "short-lived.log", "missing"])
    store.remove("short-lived.log")
    flush()
    store.seal("large.log")
    assert store.size("large.log") == 3 * len(block)
    assert store.read("large.log", len(block) - 1, 2) == block[-1:] + block[:1], "a sealed file stays readable"
    _check_ranges(store, block)


def _check_ranges(store: PartitionStore, block: bytes) -> None:
    lent = store.range("large.log", 5, 1 << 40)
    assert len(lent) == 3 * len(block) - 5, "a range ends at the logical end"
    assert lent.read(0, 3) == block[5:8] and lent.read(len(lent) - 2, 2) == block[-2:]
    place = lent.descriptor()
    assert place is None or place[1] == 5, "a range begins at its position in the file"
    _refuses(lambda: lent.read(len(lent) - 1, 2), "a range is read to its end and no further")
    store.append("moving.log", b"moving")
    moving = store.range("moving.log", 1, 4)
    store.rename("moving.log", "moved.log")
    assert moving.read(0, 4) == b"ovin", "a range follows its file to another name"
    store.remove("moved.log")
    store.append("moved.log", b"another file")
    _refuses(lambda: moving.read(0, 4), "a range of a removed file reads nothing of a later one")
    _refuses(moving.descriptor, "a range of a removed file has no descriptor")


def _check_room(store: PartitionStore) -> None:
    store.append("roomy.log", b"before")
    store.check_room("roomy.log", 100_000)
    assert store.size("roomy.log") == 6, "asking for room changes no size"
    assert store.read("roomy.log", 0, 100) == b"before", "asking for room changes no content"
    assert store.append("roomy.log", b"after") == 6, "the next append continues at the logical end"
    store.seal("roomy.log")
    assert store.read_whole("roomy.log") == b"beforeafter", "room that was not used is given back"
    assert store.path, "messages say where the files are"


def _check_truncation(store: PartitionStore) -> None:
    store.truncate("a.log", 5)
    assert store.size("a.log") == 5
    assert store.read("a.log", 0, 100) == b"hello"
    assert store.append("a.log", b"!") == 5, "appends continue where the file was cut"
    assert store.read("a.log", 0, 100) == b"hello!"
    _refuses(lambda: store.truncate("a.log", 7), "truncate never extends")


def _check_small_files(store: PartitionStore) -> None:
    store.replace("checkpoint", b"one")
    store.replace("checkpoint", memoryview(b"second"), durable=False)
    assert store.read_whole("checkpoint") == b"second"
    assert store.read("checkpoint", 0, 3) == b"sec"
    store.replace("checkpoint", b"3")
    assert store.read("checkpoint", 0, 100) == b"3", "a replaced file is read anew"
    assert store.size("checkpoint") == 1
    assert store.read_whole("a.log") == b"hello!", "any file can be read whole"
    assert not [name for name in store.list() if name.startswith("checkpoint") and name != "checkpoint"]


def _check_names(store: PartitionStore) -> None:
    store.rename("a.log", "b.log")
    assert store.read("b.log", 0, 100) == b"hello!"
    store.append("b.log", b"?")
    _refuses(lambda: store.size("a.log"), "a renamed file is missing under its old name")
    _refuses(lambda: store.read("a.log", 0, 1), "reading a missing file is a fault")
    _refuses(lambda: store.read_whole("a.log"), "reading a missing file is a fault")
    store.append("c.log", b"other")
    store.rename("b.log", "c.log")
    assert store.read_whole("c.log") == b"hello!?", "a rename replaces"
    store.remove("c.log")
    store.remove("c.log")
    assert "c.log" not in store.list()
    store.append("c.log", b"new")
    assert store.read_whole("c.log") == b"new", "a removed name starts empty"


def _check_sizes_survive(store: PartitionStore, make_store: Callable[[int], PartitionStore]) -> None:
    block = bytes(1 << 20)
    store.append("survivor.log", block)
    store.append("survivor.log", b"end")
    names = sorted(store.list())
    store.close()
    store.close()
    _refuses(lambda: store.append("survivor.log", b"x"), "a closed store refuses", StaleLease)
    _refuses(store.list, "a closed store refuses", StaleLease)
    store = make_store(2)
    assert sorted(store.list()) == names
    assert store.size("survivor.log") == len(block) + 3, "closing trims to the logical size"
    assert store.append("survivor.log", b"!") == len(block) + 3
    store.close()


def _check_fencing(make_store: Callable[[int], PartitionStore]) -> None:
    first = make_store(5)
    assert first.epoch == 5
    first.append("f.log", b"first")
    second = make_store(6)
    for operation in (
        lambda: first.append("f.log", b"stale"),
        lambda: first.read("f.log", 0, 5),
        lambda: first.truncate("f.log", 0),
        lambda: first.replace("f", b""),
        lambda: first.remove("f.log"),
        lambda: first.rename("f.log", "g.log"),
    ):
        _refuses(operation, "a fenced store touches nothing", StaleLease)
    first.close()
    assert second.read("f.log", 0, 5) == b"first"
    _refuses(lambda: make_store(6), "an epoch is leased once", StaleLease)
    second.append("g.log", b"second")
    assert second.read_whole("g.log") == b"second"
    second.close()


def _refuses(operation: Callable[[], object], why: str, expected: type[StorageFault] = StorageFault) -> None:
    try:
        operation()
    except expected:
        return
    raise AssertionError(why)
