"""The simulated disk: `Files` like the others, with controlled crashes and faults."""

from __future__ import annotations

from errno import EIO, ENOSPC
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.model.exceptions import StorageFault
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.entropy import SeededEntropy
from kafkalite.system.files import Files, SystemFiles
from kafkalite.testing.conformance import check_partition_store
from kafkalite.testing.simulated_disk import FLUSH, KEPT, LOST, RENAME, WRITE
from kafkalite.testing.simulated_files import ANY_CHANGE, ProcessDied, SimulatedFiles

NO_SPACE = OSError(ENOSPC, "No space left on device")
BROKEN = OSError(EIO, "Input/output error")


def append_records(files: SimulatedFiles) -> list[int]:
    """Write three flushed pieces, and return the number of operations at each promise."""
    files.make_directory("data")
    files.flush_directory("")
    handle = files.open("data/log")
    files.flush_directory("data")
    promised = []
    for number in range(3):
        handle.write_at(number * 600, bytes([65 + number]) * 600)
        handle.flush()
        promised.append(len(files.operations))
    return promised


def test_it_is_a_disk_for_the_storage() -> None:
    directory = FileLogDirectory(SimulatedFiles(), "data", SeededEntropy(1))
    directory.create("orders-0")
    check_partition_store(lambda epoch: directory.open("orders-0", epoch=epoch))


def test_a_killed_process_leaves_all_that_it_completed() -> None:
    files = SimulatedFiles()
    append_records(files)
    for count in range(len(files.operations) + 1):
        left = files.kill(after_operation=count)
        written = sum(len(operation.data) for operation in files.operations[:count])
        assert (left.size("data/log") if left.exists("data/log") else 0) == written
        assert left.operations == []


def test_the_write_that_was_going_on_may_be_torn_anywhere() -> None:
    files = SimulatedFiles()
    append_records(files)
    first = next(number for number, operation in enumerate(files.operations) if operation.kind == WRITE)
    sizes = {files.kill(after_operation=first, seed=seed).size("data/log") for seed in range(100)}
    assert len(sizes) > 20
    assert all(0 <= size <= 600 for size in sizes)
    assert files.kill(after_operation=first + 1, seed=1).size("data/log") == 600  # a flush cannot be torn


@pytest.mark.parametrize("fate", [None, LOST, KEPT])
def test_a_power_cut_leaves_all_that_was_flushed(fate: str | None) -> None:
    files = SimulatedFiles()
    promised = append_records(files)
    for count in range(len(files.operations) + 1):
        for seed in range(5):
            left = files.crash(after_operation=count, seed=seed, fate=fate)
            whole = sum(done <= count for done in promised)
            data = left.read("data/log") if left.exists("data/log") else b""
            assert data[: whole * 600] == (b"A" * 600 + b"B" * 600 + b"C" * 600)[: whole * 600]
            if fate == LOST:
                assert len(data) == whole * 600


def test_crashes_are_the_same_for_the_same_seed() -> None:
    files = SimulatedFiles()
    append_records(files)
    handle = files.open("data/log")
    handle.write_at(1800, b"z" * 5000)
    count = len(files.operations)
    found = [files.crash(after_operation=count, seed=seed).read("data/log") for seed in range(20)]
    assert found == [files.crash(after_operation=count, seed=seed).read("data/log") for seed in range(20)]
    assert len(set(found)) > 5
    assert files.read("data/log").endswith(b"z" * 5000)  # asking changes nothing


def test_a_crash_can_follow_a_kill() -> None:
    files = SimulatedFiles()
    append_records(files)
    files.open("data/log").write_at(1800, b"unflushed")
    after_kill = files.kill(after_operation=len(files.operations))
    assert after_kill.read("data/log").endswith(b"unflushed")
    assert after_kill.crash(after_operation=0, fate=LOST).size("data/log") == 1800
    after_kill.open("data/log").flush()
    assert after_kill.crash(after_operation=1, fate=LOST).read("data/log").endswith(b"unflushed")


def test_only_operations_that_happened_can_be_asked_for() -> None:
    with pytest.raises(ValueError, match="1 operations of 0"):
        SimulatedFiles().kill(after_operation=1)


@pytest.mark.parametrize("is_durable", [True, False])
def test_an_atomic_write_shows_the_old_or_the_new_to_every_process(is_durable: bool) -> None:
    files = SimulatedFiles()
    files.make_directory("d")
    files.write_atomically("d/f", b"old", durable=True)
    before = len(files.operations)
    files.write_atomically("d/f", b"newer", durable=is_durable)
    for count in range(before, len(files.operations) + 1):
        for seed in range(5):
            assert files.kill(after_operation=count, seed=seed).read("d/f") in (b"old", b"newer")
            if is_durable:
                files.flush_directory("")
                found = files.crash(after_operation=count, seed=seed)
                assert not found.exists("d/f") or found.read("d/f") in (b"old", b"newer")
    assert files.read("d/f") == b"newer"
    assert files.list_directory("d") == ["f"]


def test_an_atomic_write_that_is_durable_survives() -> None:
    files = SimulatedFiles()
    files.make_directory("d")
    files.flush_directory("")
    files.write_atomically("d/f", b"new")
    for seed in range(30):
        assert files.crash(after_operation=len(files.operations), seed=seed).read("d/f") == b"new"
    files.write_atomically("d/f", b"newest", durable=False)
    found = {files.crash(after_operation=len(files.operations), seed=seed).read("d/f") for seed in range(400)}
    assert found == {b"new", b"newest", b"", bytes(6)}


# ---- faults --------------------------------------------------------------------------------------------------------


def test_ordered_faults_strike_their_operations_only() -> None:
    files = SimulatedFiles()
    one, other = files.open("one"), files.open("other")
    fault = files.fail(WRITE, NO_SPACE, path_part="one", skip_count=1, count=2)
    one.write_at(0, b"1")
    other.write_at(0, b"1")
    for _ in range(2):
        with pytest.raises(StorageFault) as raised:
            one.write_at(1, b"2")
        assert raised.value.cause is NO_SPACE
        assert raised.value.path == "one"
    one.write_at(1, b"3")
    assert (fault.hit_count, files.read("one"), files.read("other")) == (2, b"13", b"1")
    assert len(files.operations) == 5


def test_a_failing_write_may_leave_its_beginning() -> None:
    files = SimulatedFiles()
    handle = files.open("f")
    files.fail(WRITE, NO_SPACE, written_bytes=2)
    with pytest.raises(StorageFault):
        handle.write_at(0, b"abcdef")
    assert files.read("f") == b"ab"
    assert files.kill(after_operation=len(files.operations)).read("f") == b"ab"


def test_faults_of_other_operations_last_until_cancelled() -> None:
    files = SimulatedFiles()
    handle = files.open("f")
    faults = [files.fail(kind, BROKEN, count=None) for kind in (FLUSH, RENAME, "read")]
    for _ in range(3):
        for attempt in (
            handle.flush,
            lambda: files.rename("f", "g"),
            lambda: files.read("f"),
            lambda: handle.read_at(0, 1),
        ):
            with pytest.raises(StorageFault):
                attempt()
    for fault in faults:
        fault.cancel()
    handle.flush()
    files.rename("f", "g")
    assert files.read("g") == b""


def test_any_change_can_be_failed_by_its_number() -> None:
    files = SimulatedFiles()
    handle = files.open("f")
    files.fail(ANY_CHANGE, BROKEN, skip_count=1)
    handle.write_at(0, b"x")
    handle.read_at(0, 1)
    with pytest.raises(StorageFault):
        handle.flush()
    handle.flush()


def test_a_full_disk_refuses_what_would_take_more() -> None:
    files = SimulatedFiles(capacity_bytes=10)
    handle = files.open("f")
    handle.write_at(0, b"12345678")
    assert files.free_bytes("") == 2
    for attempt in (lambda: handle.write_at(8, b"abc"), lambda: handle.allocate(11)):
        with pytest.raises(StorageFault) as raised:
            attempt()
        assert isinstance(raised.value.cause, OSError)
        assert raised.value.cause.errno == ENOSPC
    handle.write_at(0, b"overwrite!")
    files.remove("f")
    assert files.free_bytes("") == files.total_bytes("") == 10


def test_handles_and_locks() -> None:
    files = SimulatedFiles()
    with pytest.raises(StorageFault):
        files.open("f", create=False)
    handle = files.open("f")
    handle.write_at(2, b"x")
    files.rename("f", "g")
    handle.write_at(0, b"y")
    assert files.read("g") == b"y\0x"
    assert handle.read_at(1, 10) == b"\0x"
    assert handle.descriptor() is None
    handle.close()
    with pytest.raises(StorageFault):
        handle.read_at(0, 1)
    lock = files.lock(".lock")
    with pytest.raises(StorageFault):
        files.lock(".lock")
    assert files.kill(after_operation=len(files.operations)).lock(".lock")
    lock.release()
    assert files.lock(".lock")


# ---- beside a real disk --------------------------------------------------------------------------------------------

PATHS = st.sampled_from(["a", "b", "d/a", "d/b", "d", "d/e", "d/e/a"])
ACTIONS = st.one_of(
    st.tuples(st.just("make_directory"), PATHS),
    st.tuples(st.just("remove"), PATHS),
    st.tuples(st.just("remove_tree"), st.sampled_from(["d", "d/e"])),
    st.tuples(st.just("write_atomically"), PATHS, st.binary(max_size=3)),
    st.tuples(st.just("rename"), PATHS, st.sampled_from(["a", "b", "e"])),
    st.tuples(st.just("write"), PATHS, st.integers(0, 5), st.binary(min_size=1, max_size=3)),
    st.tuples(st.just("truncate"), PATHS, st.integers(0, 5)),
)


def perform(files: Files, root: str, action: tuple[object, ...]) -> str:
    """Do one operation on a disk, and return whether it succeeded."""
    name, path, *rest = action
    path = f"{root}/{path}"
    try:
        if name == "rename":
            files.rename(path, f"{path.rpartition('/')[0]}/{rest[0]}")
        elif name in ("write", "truncate"):
            handle = files.open(path)
            try:
                (handle.write_at if name == "write" else handle.truncate)(*rest)  # type: ignore[operator]
            finally:
                handle.close()
        else:
            getattr(files, str(name))(path, *rest)
    except StorageFault:
        return "fault"
    return "done"


def everything(files: Files, root: str, path: str = "") -> dict[str, bytes | None]:
    """Return every name below `root` with its content, None for directories."""
    found: dict[str, bytes | None] = {}
    for name in files.list_directory(root + path):
        below = f"{path}/{name}"
        if files.is_directory(root + below):
            found[below] = None
            found |= everything(files, root, below)
        else:
            found[below] = files.read(root + below)
    return found


@settings(max_examples=80, deadline=None)
@given(st.lists(ACTIONS, max_size=15))
def test_it_does_what_a_real_disk_does(actions: list[tuple[object, ...]]) -> None:
    simulated = SimulatedFiles()
    simulated.make_directory("root")
    with TemporaryDirectory() as root:
        for action in actions:
            outcomes = perform(simulated, "root", action), perform(SystemFiles(), root, action)
            assert len(set(outcomes)) == 1 or action[0] in ("remove", "remove_tree"), action
            assert everything(simulated, "root") == everything(SystemFiles(), root), action
    replayed = simulated.kill(after_operation=len(simulated.operations))
    assert everything(replayed, "root") == everything(simulated, "root")


def test_the_process_dies_in_the_middle_of_an_operation_and_does_nothing_after_it() -> None:
    files = SimulatedFiles(is_recorded=False)
    handle = files.open("log")
    files.die_after(1, Random(1))
    handle.write_at(0, b"A" * 100)
    with pytest.raises(ProcessDied):
        handle.write_at(100, b"B" * 1000)
    with pytest.raises(ProcessDied):
        handle.flush()
    left = files.found_after_kill()
    assert 100 < left.size("log") < 1100
    left.open("log").flush()  # the process that starts then is another one


def test_a_power_cut_now_is_one_after_the_last_operation() -> None:
    files = SimulatedFiles(is_recorded=False)
    handle = files.open("log")
    files.flush_directory("")
    handle.write_at(0, b"A" * 100)
    handle.flush()
    handle.write_at(100, b"B" * 100)
    assert files.found_after_power_cut(Random(1), LOST).read("log") == b"A" * 100
    assert files.found_after_power_cut(Random(1), KEPT).read("log") == b"A" * 100 + b"B" * 100
    with pytest.raises(ValueError, match="not recorded"):
        files.kill(after_operation=0)
