"""Faults are logged once, and permanent ones end the process. A real process on a full disk, and after there is room
again, loses no acknowledged record and reports every refusal."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from errno import EIO, ENOSPC

import pytest

from compat_tests.process_output import ProcessOutput
from kafkalite.log.disk_health import DiskHealth
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import FAULT_REPEAT_INTERVAL_MS
from kafkalite.process import EXIT_OK
from kafkalite.protocol import errors
from kafkalite.protocol.messages.offset_commit_request import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitRequestTopic,
)
from kafkalite.system.clock import ManualClock
from tests.embedded_server import WireClient
from tests.running_server import START_TIMEOUT_S, environment, running_server
from tests.test_process import PATIENCE_S, talk
from tests.test_server import values

DISK_BYTES = 24 << 20
BALLAST_BYTES = 4 << 20
RECORD = b"x" * 100_000

FULL = StorageFault("write", "/data/orders-0/0.log", OSError(ENOSPC, "No space left on device"))
BROKEN = StorageFault("write", "/data/orders-0/0.log", OSError(EIO, "Input/output error"))

ON_A_SMALL_DISK = """
mount -t tmpfs -o size={size} none "$1" || exit 77
head -c {ballast} /dev/zero > "$1/ballast" || exit 77
shift
exec "$@"
"""


# ---- what is told --------------------------------------------------------------------------------------------------


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """Return a function that returns the log lines since its last call."""

    def lines() -> list[str]:
        found = [f"{record.levelname} {record.getMessage()}" for record in caplog.records]
        caplog.clear()
        return found

    return lines


def test_a_fault_is_told_once_and_again_after_a_while(told: Callable[[], list[str]]) -> None:
    clock = ManualClock()
    health = DiskHealth("/data", clock)
    health.report("orders-0", BROKEN, "it is refused")
    assert told() == ["ERROR orders-0: write /data/orders-0/0.log: [Errno 5] Input/output error: it is refused"]
    health.report("orders-0", BROKEN, "it is refused")
    clock.advance(FAULT_REPEAT_INTERVAL_MS - 1)
    health.report("orders-0", BROKEN, "it is refused")
    assert told() == []
    clock.advance(1)
    health.report("orders-0", BROKEN, "it is refused")
    assert [line.endswith("it is refused (3 failures since the first)") for line in told()] == [True]
    health.report("users-0", BROKEN, "it is refused")
    assert len(told()) == 1, "another partition"
    health.note_recovery("orders-0")
    health.note_recovery("orders-0")
    assert told() == ["WARNING orders-0: works again after 4 failures"]
    health.report("orders-0", BROKEN, "it is refused")
    assert len(told()) == 1


def test_a_full_disk_is_told_once_for_all_partitions(told: Callable[[], list[str]]) -> None:
    health = DiskHealth("/data", ManualClock())
    for name in ("orders-0", "users-0", "users-1", "orders-0"):
        health.report(name, FULL, "it is refused")
    assert len(told()) == 1
    health.note_recovery("orders-0")
    health.note_recovery("other-0")
    health.forget("users-1")
    assert told() == []
    health.note_recovery("users-0")
    assert told() == ["WARNING users-0: works again after 4 failures"]


@pytest.mark.parametrize("is_stopping", [True, False])
def test_what_cannot_heal_ends_the_process_once(is_stopping: bool, told: Callable[[], list[str]]) -> None:
    health = DiskHealth("/data", ManualClock(), stops_on_failure=is_stopping)
    calls: list[tuple[str, StorageFault]] = []
    health.take_offline = lambda fault: calls.append(("offline", fault))
    health.on_failure = lambda fault: calls.append(("end", fault))
    health.report("orders-0", FULL, "it is refused")
    health.report("reading orders-0", StorageFault("read", "0.log", "no batch begins there"), "it is refused")
    assert calls == [] and len(told()) == 2
    health.report("orders-0", FULL, "its flush failed", is_final=True)
    health.report("orders-0", BROKEN, "it is refused")
    assert calls == ([("offline", FULL), ("end", FULL)] if is_stopping else [])
    assert [line.split()[0] for line in told()] == (["ERROR", "CRITICAL"] if is_stopping else ["ERROR"])
    assert health.failure is (FULL if is_stopping else None)


# ---- a real disk ---------------------------------------------------------------------------------------------------


def commit() -> OffsetCommitRequest:
    partitions = [OffsetCommitRequestPartition(partition_index=0, committed_offset=1)]
    topics = [OffsetCommitRequestTopic(name="orders", partitions=partitions)]
    return OffsetCommitRequest(group_id="g", generation_id_or_member_epoch=-1, topics=topics)


async def try_to_commit(client: WireClient) -> int:
    response = await client.ask(commit(), 8)
    code: int = response.topics[0].partitions[0].error_code
    return code


async def fill(client: WireClient, record: bytes = RECORD) -> int:
    """Produce until the disk is full, and return the number of acknowledged records."""
    count = 0
    while True:
        answer = await client.produce(record)
        if answer.error_code:
            assert answer.error_code == errors.KAFKA_STORAGE_ERROR
            return count
        count += 1


async def count_records(client: WireClient) -> int:
    offset = 0
    while True:
        answer = await client.fetch(offset, max_bytes=4 << 20)
        assert answer.error_code == errors.NONE
        found = values(answer)
        if not found:
            return offset
        assert set(found) <= {RECORD, b"small"}
        offset += len(found)


@contextlib.contextmanager
def server_on_a_small_disk(directory: pathlib.Path) -> Iterator[tuple[subprocess.Popen[bytes], int, pathlib.Path]]:
    """Run a server with its data on a separate file system; yield (process, port, mount point).

    Skips on machines that do not permit the mount.
    """
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("there is no unshare here, to mount a small file system with")
    disk = directory / "disk"
    disk.mkdir()
    script = ON_A_SMALL_DISK.format(size=DISK_BYTES, ballast=BALLAST_BYTES)
    ports_file = directory / "ports.json"
    serve = [sys.executable, "-m", "kafkalite", "serve", "--port", "0", "--data", str(disk / "data")]
    serve += ["--ports-file", str(ports_file), "--set", "offsets.topic.num.partitions=1"]
    command = [unshare, "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", str(disk), *serve]
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = ProcessOutput(process.stdout, directory / "server.out")
    try:
        if not output.wait_for(" ready in ", START_TIMEOUT_S):
            process.kill()
            if not re.search("Traceback|kafkalite:", output.text):
                pytest.skip(f"no file system can be mounted here: {output.text.strip()}")
        yield process, json.loads(ports_file.read_text())["kafka"], pathlib.Path(f"/proc/{process.pid}/root{disk}")
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        output.close()


def test_a_full_disk_refuses_records_serves_readers_and_heals(tmp_path: pathlib.Path) -> None:
    async def scene(client: WireClient) -> None:
        await client.create_topic()
        assert await try_to_commit(client) == errors.NONE
        count = await fill(client)
        assert await fill(client) == 0
        assert count * len(RECORD) > DISK_BYTES - BALLAST_BYTES - (1 << 20), "space taken ahead is given back"
        count += await fill(client, b"small")
        assert os.statvfs(disk).f_bavail == 0, "the last byte of the disk can be used"
        assert await count_records(client) == count
        codes = {await try_to_commit(client) for _ in range(100)}  # the first few fill the last page of their file
        assert codes <= {errors.NONE, errors.NOT_COORDINATOR}
        assert await try_to_commit(client) == errors.NOT_COORDINATOR
        (disk / "ballast").unlink()
        answer = await client.produce(RECORD)
        assert (answer.error_code, answer.base_offset) == (errors.NONE, count)
        assert await try_to_commit(client) == errors.NONE
        assert await count_records(client) == count + 1

    with server_on_a_small_disk(tmp_path) as (process, port, disk):
        talk(port, scene)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == EXIT_OK
    told = (tmp_path / "server.out").read_text()
    assert 1 <= told.count(" ERROR ") <= 2, "small records that still fit are a recovery, and none later a new fault"
    assert "orders-0: write " in told and "No space left on device" in told and "Traceback" not in told
    assert re.search(r"WARNING \S+: works again after \d+ failures", told)


def test_a_file_at_its_limit_refuses_records_serves_readers_and_heals(tmp_path: pathlib.Path) -> None:
    """The limit of a process's file size replaces a full disk where none can be mounted, and can be changed."""
    limit_bytes, fitting_count = 3_000_000, 29

    def limit(process: subprocess.Popen[bytes], size_bytes: int) -> None:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size_bytes, resource.RLIM_INFINITY))

    async def fill_up(client: WireClient) -> None:
        await client.create_topic()
        count = await fill(client)
        assert count == fitting_count
        assert await count_records(client) == count
        size_bytes = (tmp_path / f"data/orders-0/{0:020d}.log").stat().st_size
        assert size_bytes <= limit_bytes
        limit(server, resource.RLIM_INFINITY)
        assert (await client.produce(RECORD)).base_offset == count

    async def look(client: WireClient) -> None:
        assert await count_records(client) == fitting_count + 1

    with running_server(tmp_path) as (server, port):
        limit(server, limit_bytes)
        talk(port, fill_up)
        server.kill()
        server.wait(PATIENCE_S)
    told = (tmp_path / "server.out").read_text()
    assert told.count(" ERROR ") == 1 and "orders-0: write " in told and "File too large" in told
    assert "orders-0: works again after 1 failures" in told
    for name in ("ports.json", "server.out"):
        (tmp_path / name).unlink()
    with running_server(tmp_path) as (server, port):
        talk(port, look)
    assert " ERROR " not in (tmp_path / "server.out").read_text()
