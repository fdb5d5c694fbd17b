"""The requirements of an interface, as functions that the tests of each implementation call.

Each check ends with an AssertionError at the first deviation of an implementation.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from kafkalite.model.exceptions import StaleLease, StorageFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.storage.interface import PartitionStore


def check_partition_store(make_store: Callable[[int], PartitionStore]) -> None:
    """Check that a storage keeps the files of a partition as `PartitionStore` requires.

    Args:
        make_store: opens always the same partition, initially empty, under the given epoch.
    """
    store = make_store(1)
    _check_appends(store)
    _check_room(store)
    _check_truncation(store)
    _check_small_files(store)
    _check_names(store)
    _check_sizes_survive(store, make_store)
    _check_fencing(make_store)


class LateControl(Protocol):
    """The controls of a late storage for its tests.

    Attributes:
        fail_next: fault of the next commit, for all of its appends.
        unknown_next: number of times for which the outcome of the next commit stays unknown.
    """

    fail_next: StorageFault | None
    unknown_next: int

    def commit(self) -> bool:
        """Make the oldest pending commit due, and return whether there was one."""


def check_late_appends(make_store: Callable[[int], PartitionStore], control: LateControl) -> None:
    """Check that late appends end as `PartitionStore` requires.

    Args:
        make_store: opens always the same partition, initially empty, under the given epoch.
    """
    store = make_store(1)
    assert store.appends_overlap
    _check_order(store, control)
    _check_failure(store, control)
    _check_unknown_outcome(store, control)
    _check_waiting(store)
    _check_late_fencing(store, make_store, control)


def _commit_all(control: LateControl) -> None:
    while control.commit():
        pass


def _check_order(store: PartitionStore, control: LateControl) -> None:
    ended: list[int] = []
    appends = [store.append("late.log", b"%d" % number) for number in range(10)]
    for number, append in enumerate(appends):
        append.then(partial(ended.append, number))
    assert [append.position for append in appends] == list(range(10)), "positions are known at once"
    assert not ended and not appends[0].is_done, "nothing is done before it is committed"
    assert store.read("late.log", 0, 20) == b"0123456789", "the holder reads what it is appending"
    control.commit()
    assert ended == list(range(len(ended))) and ended, "appends end in order"
    _commit_all(control)
    assert ended == list(range(10)) and all(append.error is None for append in appends)
    appends[0].then(lambda: ended.append(99))
    assert ended[-1] == 99, "a late callback is called at once"


def _check_failure(store: PartitionStore, control: LateControl) -> None:
    good = store.append("late.log", b"good")
    _commit_all(control)
    control.fail_next = fault = StorageFault("commit", "late.log", "the database refused")
    appends = [store.append(name, b"lost") for name in ("late.log", "other.log") * 5]
    _commit_all(control)
    assert good.error is None
    assert all(append.error is fault for append in appends), "appends begun after a failed one fail too"
    assert store.size("late.log") == 14 and store.size("other.log") == 0, "failed appends leave no bytes"
    again = store.append("late.log", b"again")
    assert again.position == 14, "the next append continues at the logical end"
    _commit_all(control)
    assert again.is_done and again.error is None


def _check_unknown_outcome(store: PartitionStore, control: LateControl) -> None:
    control.unknown_next = 2
    append = store.append("late.log", b"?")
    for _ in range(2):
        control.commit()
        assert not append.is_done, "an append with an unknown outcome is neither done nor failed"
    _commit_all(control)
    assert append.is_done and append.error is None


def _check_waiting(store: PartitionStore) -> None:
    appends = [store.append("late.log", b"w") for _ in range(10)]
    appends[5].wait()
    assert all(append.is_done for append in appends[:6]), "a wait for an append includes those before it"
    changes: list[Callable[[], None]] = [
        lambda: store.truncate("late.log", store.size("late.log")),
        lambda: store.rename("late.log", "later.log"),
    ]
    for change in changes:
        append = store.append("late.log", b"x")
        change()
        assert append.is_done and append.error is None, "changes of a file wait for its appends"
    store.rename("later.log", "late.log")
    sealed = store.append("late.log", b"x")
    store.seal("late.log")
    assert not sealed.is_done, "a seal waits for nothing"
    removed = store.append("short-lived.log", b"x")
    store.remove("short-lived.log")
    assert removed.is_done and "short-lived.log" not in store.list()


def _check_late_fencing(
    store: PartitionStore, make_store: Callable[[int], PartitionStore], control: LateControl
) -> None:
    size = store.size("late.log")
    stale = store.append("late.log", b"stale")
    second = make_store(2)
    assert second.size("late.log") == size, "a later holder does not see uncommitted appends"
    fresh = second.append("late.log", b"fresh")
    assert fresh.position == size
    _commit_all(control)
    assert isinstance(stale.error, StaleLease), "the commit shows a holder that it lost its lease"
    assert fresh.is_done and fresh.error is None
    _refuses(lambda: store.append("late.log", b"x"), "a fenced store takes no appends", StaleLease)
    store.close()
    closing = second.append("late.log", b"!")
    second.close()
    assert closing.is_done and closing.error is None, "closing waits for the appends"
    third = make_store(3)
    assert third.read("late.log", size, 100) == b"fresh!"
    third.close()


def _check_appends(store: PartitionStore) -> None:
    assert store.append("a.log", b"hello").position == 0, "the first append begins at 0"
    assert store.append("a.log", memoryview(bytearray(b" world"))).position == 5, "appends continue at the logical end"
    assert store.append("a.log", b"").position == 11, "an empty append changes nothing"
    assert store.size("a.log") == 11, "size is the logical end"
    assert store.read("a.log", 0, 11) == b"hello world"
    assert store.read("a.log", 6, 1000) == b"world", "a read ends at the logical end"
    assert store.read("a.log", 11, 10) == b"", "a read at the end is empty"
    assert store.read("a.log", 500, 10) == b"", "a read after the end is empty"
    store.append("empty.index", b"")
    assert store.size("empty.index") == 0, "an empty append creates the file"
    assert "empty.index" in store.list()
    block = bytes(range(256)) * 4096
    for count in range(3):
        assert store.append("large.log", block).position == count * len(block)
    assert store.size("large.log") == 3 * len(block), "space allocated ahead is not size"
    assert store.read("large.log", 3 * len(block) - 3, 100) == block[-3:], "space allocated ahead is not read"
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
    assert store.size("roomy.log") == 6, "a check for room does not change the size"
    assert store.read("roomy.log", 0, 100) == b"before", "a check for room does not change the content"
    assert store.append("roomy.log", b"after").position == 6, "the next append continues at the logical end"
    store.seal("roomy.log")
    assert store.read_whole("roomy.log") == b"beforeafter", "unused room is released"
    assert store.path, "messages need the location of the files"


def _check_truncation(store: PartitionStore) -> None:
    store.truncate("a.log", 5)
    assert store.size("a.log") == 5
    assert store.read("a.log", 0, 100) == b"hello"
    assert store.append("a.log", b"!").position == 5, "appends continue where the file was cut"
    assert store.read("a.log", 0, 100) == b"hello!"
    _refuses(lambda: store.truncate("a.log", 7), "truncate never extends")


def _check_small_files(store: PartitionStore) -> None:
    store.replace("checkpoint", b"one")
    store.replace("checkpoint", memoryview(b"second"), durable=False)
    assert store.read_whole("checkpoint") == b"second"
    assert store.read("checkpoint", 0, 3) == b"sec"
    store.replace("checkpoint", b"3")
    assert store.read("checkpoint", 0, 100) == b"3", "a read returns the new content of a replaced file"
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
    assert store.append("survivor.log", b"!").position == len(block) + 3
    store.close()


def _check_fencing(make_store: Callable[[int], PartitionStore]) -> None:
    first = make_store(5)
    assert first.epoch == 5
    first.append("f.log", b"first").wait()
    second = make_store(6)
    for operation in (
        lambda: first.append("f.log", b"stale"),
        lambda: first.read("f.log", 0, 5),
        lambda: first.truncate("f.log", 0),
        lambda: first.replace("f", b""),
        lambda: first.remove("f.log"),
        lambda: first.rename("f.log", "g.log"),
    ):
        _refuses(operation, "a fenced store refuses all operations", StaleLease)
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
