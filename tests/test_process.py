"""A server as a process: signals, the ports file, what a kill leaves, and what the way to readiness loads."""

from __future__ import annotations

import asyncio
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
from typing import Any

import pytest

from kafkalite import process as process_module
from kafkalite.log.checkpoints import decode_meta_properties
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import LOG_LINE_MAX_CHARS
from kafkalite.process import EXIT_CANNOT_START, EXIT_OK, EXIT_STOPPED_AT_ONCE, EXIT_STORAGE_FAILED, Process
from kafkalite.protocol.headers import write_request_header
from kafkalite.protocol.messages.api_versions_request import ApiVersionsRequest
from kafkalite.server import Server
from kafkalite.settings import merge_settings
from tests.embedded_server import WireClient, run
from tests.running_server import running_server
from tests.test_server import values

PATIENCE_S = 30.0

POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="signals as they are on POSIX")


async def connect(port: int) -> WireClient:
    return WireClient(*await asyncio.open_connection("127.0.0.1", port))


def talk(port: int, scene: Any) -> Any:
    """Run ``scene(client)`` with a client of the server on a port."""

    async def with_client() -> Any:
        client = await connect(port)
        try:
            return await scene(client)
        finally:
            client.close()

    return run(with_client())


# ---- a life --------------------------------------------------------------------------------------------------------


@POSIX_ONLY
def test_a_stopped_process_says_goodbye_and_a_killed_one_recovers(tmp_path: pathlib.Path) -> None:
    mark = tmp_path / "data/.kafka_cleanshutdown"

    async def first_life(client: WireClient) -> None:
        assert (await client.ask(ApiVersionsRequest(), 0)).error_code == 0
        await client.create_topic()
        assert (await client.produce(b"first")).base_offset == 0

    async def second_life(client: WireClient) -> None:
        assert values(await client.fetch()) == [b"first"]
        assert (await client.produce(b"second")).base_offset == 1

    async def third_life(client: WireClient) -> None:
        assert values(await client.fetch()) == [b"first", b"second"]
        assert (await client.produce(b"third")).base_offset == 2

    with running_server(tmp_path) as (server, port):
        talk(port, first_life)
        server.send_signal(signal.SIGTERM)
        assert server.wait(PATIENCE_S) == EXIT_OK
    assert mark.exists() and not (tmp_path / "ports.json").exists()

    with running_server(tmp_path) as (server, port):
        talk(port, second_life)
        assert not mark.exists()
        server.kill()
        server.wait(PATIENCE_S)
    assert not mark.exists()
    (tmp_path / "ports.json").unlink()

    with running_server(tmp_path) as (server, port):
        talk(port, third_life)
        server.send_signal(signal.SIGINT)
        assert server.wait(PATIENCE_S) == EXIT_OK
    assert mark.exists()
    assert decode_meta_properties((tmp_path / "data/meta.properties").read_bytes()).node_id == 1


@POSIX_ONLY
@pytest.mark.parametrize("verbosity", ["-v", "-vv"])
def test_no_client_can_forge_a_log_line(tmp_path: pathlib.Path, verbosity: str) -> None:
    """Neither by its id in the header nor by the name of its software in the request."""
    forged = "x\n2026-01-01 00:00:00,000 ERROR forged\x1b[31m" + "y" * 20_000

    async def scene(client: WireClient) -> None:
        request = ApiVersionsRequest(client_software_name=forged, client_software_version="1")
        frame = bytearray()
        write_request_header(frame, request.API_KEY, 3, 7, forged)
        request.write(frame, 3)
        client.send_bytes(len(frame).to_bytes(4, "big") + frame)
        await client.answer(request.API_KEY, 3)

    with running_server(tmp_path, verbosity) as (server, port):
        talk(port, scene)
        server.send_signal(signal.SIGTERM)
        assert server.wait(PATIENCE_S) == EXIT_OK
    lines = (tmp_path / "server.out").read_text().splitlines()
    ours = [line for line in lines if "forged" in line]
    assert len(ours) == (1 if verbosity == "-v" else 2)
    assert all(" ApiVersions v3 #7" in line and line.isprintable() for line in ours)
    assert max(map(len, ours)) < LOG_LINE_MAX_CHARS + 100


@POSIX_ONLY
def test_stopping_takes_nobody_who_waits_into_account(tmp_path: pathlib.Path) -> None:
    from tests.embedded_server import fetch_request

    async def wait_and_stop(client: WireClient) -> None:
        await client.create_topic()
        client.send(fetch_request(max_wait_ms=2**31 - 1), 12)
        server.send_signal(signal.SIGTERM)
        assert await client.is_closed()

    with running_server(tmp_path) as (server, port):
        talk(port, wait_and_stop)
        assert server.wait(PATIENCE_S) == EXIT_OK
    assert (tmp_path / "data/.kafka_cleanshutdown").exists()


def remove(directory: pathlib.Path) -> None:
    """Remove a directory that a server is writing into."""
    while directory.exists():
        shutil.rmtree(directory, ignore_errors=True)


def test_a_data_directory_that_goes_away_ends_the_process(tmp_path: pathlib.Path) -> None:
    """As Apache Kafka ends when its only log directory fails."""

    async def produce(client: WireClient) -> None:
        await client.create_topic()
        assert (await client.produce(b"first")).base_offset == 0
        remove(tmp_path / "data")
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            while True:
                await client.produce(b"x")

    with running_server(tmp_path, "--set", "log.flush.offset.checkpoint.interval.ms=100") as (server, port):
        talk(port, produce)
        assert server.wait(PATIENCE_S) == EXIT_STORAGE_FAILED
    told = (tmp_path / "server.out").read_text()
    assert f"the log directory {tmp_path}/data has failed (" in told and "CRITICAL" in told
    assert "kafkalite.on.storage.fault=offline" in told and "Traceback" not in told
    assert not (tmp_path / "ports.json").exists()


def test_a_process_may_go_on_without_its_data_directory(tmp_path: pathlib.Path) -> None:
    async def produce(client: WireClient) -> None:
        await client.create_topic()
        assert (await client.produce(b"first")).base_offset == 0
        remove(tmp_path / "data")
        assert (await client.produce(b"second")).base_offset == 1
        while "it stays as it was until the next checkpoint" not in (tmp_path / "server.out").read_text():
            assert (await client.ask(ApiVersionsRequest(), 0)).error_code == 0
        assert values(await client.fetch()) == [b"first", b"second"]

    options = ("log.flush.offset.checkpoint.interval.ms=100", "kafkalite.on.storage.fault=offline")
    with running_server(tmp_path, *(part for option in options for part in ("--set", option))) as (server, port):
        talk(port, produce)
        server.send_signal(signal.SIGTERM)
        assert server.wait(PATIENCE_S) == EXIT_OK
    told = (tmp_path / "server.out").read_text()
    assert "CRITICAL" not in told and "Traceback" not in told


def test_a_directory_in_use_is_said_in_one_line(tmp_path: pathlib.Path) -> None:
    with running_server(tmp_path) as (_, port):
        command = [sys.executable, "-m", "kafkalite", "serve", "--port", "0", "--data", str(tmp_path / "data")]
        second = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
        assert second.returncode == EXIT_CANNOT_START
        assert str(tmp_path / "data") in second.stderr and "Traceback" not in second.stderr
        assert len(second.stderr.splitlines()) == 1
        assert "another process has the directory open; stop it or choose another: --data DIR" in second.stderr

        async def still_there(client: WireClient) -> int:
            return int((await client.ask(ApiVersionsRequest(), 0)).error_code)

        assert talk(port, still_there) == 0


# ---- the way to readiness ------------------------------------------------------------------------------------------

NOT_LOADED_BEFORE_READY = (
    # the command line and its clients
    "click", "argparse", "kafka", "javaproperties",
    "kafkalite.cli.topic", "kafkalite.cli.produce", "kafkalite.cli.consume",
    # codecs and tools
    "cramjam", "construct", "kafkalite.dissector", "kafkalite.testing", "kafkalite.observability.request_log",
    # the heavier of the standard library that asyncio does not bring by itself
    "dataclasses", "pathlib", "uuid", "decimal", "datetime", "random", "secrets", "tempfile", "importlib.metadata",
    "tomllib", "email", "http", "urllib", "ctypes", "multiprocessing", "hashlib", "shutil",
    # what the first request of its kind loads
    "kafkalite.protocol.messages.produce_response", "kafkalite.protocol.messages.fetch_response",
    "kafkalite.protocol.messages.metadata_response", "kafkalite.records.legacy",
    "kafkalite.protocol.releases", "kafkalite.coordinators.group", "kafkalite.cluster.configs.describe",
)  # fmt: skip


@POSIX_ONLY
def test_nothing_heavy_is_loaded_on_the_way_to_the_first_answer(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPROFILEIMPORTTIME", "1")

    async def first_answer(client: WireClient) -> int:
        return int((await client.ask(ApiVersionsRequest(), 0)).error_code)

    with running_server(tmp_path) as (_, port):
        assert talk(port, first_answer) == 0
    lines = (tmp_path / "server.out").read_text().splitlines()
    loaded = {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}
    assert "kafkalite.server" in loaded and "kafkalite.protocol.messages.api_versions_response" in loaded
    heavy = {name for name in loaded for one in NOT_LOADED_BEFORE_READY if name == one or name.startswith(f"{one}.")}
    assert heavy == set()


# ---- signals -------------------------------------------------------------------------------------------------------

STUCK_SERVER = """
import asyncio, signal, sys
from kafkalite import process

for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):  # who runs the tests may have ignored some, as nohup does
    signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)

class Stuck:
    endpoints = [("PLAINTEXT", "127.0.0.1", 1, "PLAINTEXT")]
    def open(self): pass
    async def start(self): pass
    async def stop(self, *, clean):
        print("stopping", flush=True)
        await asyncio.Event().wait()

process.ServerInfo = lambda server, ready_ms: None
sys.exit(process.Process(Stuck(), None, 0, lambda info: print("ready", flush=True)).run())
"""


@POSIX_ONLY
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_second_signal_stops_at_once(number: signal.Signals) -> None:
    child = subprocess.Popen([sys.executable, "-c", STUCK_SERVER], stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.send_signal(number)
        assert child.stdout.readline() == "stopping\n"
        assert child.poll() is None
        child.send_signal(number)
        assert child.wait(PATIENCE_S) == EXIT_STOPPED_AT_ONCE
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


class SignalLoop:
    """Notes which signals are listened to."""

    def __init__(self) -> None:
        self.numbers: set[int] = set()

    def add_signal_handler(self, number: int, callback: object) -> None:
        self.numbers.add(number)


@POSIX_ONLY
@pytest.mark.parametrize("is_ignored", [False, True])
def test_a_terminal_that_is_closed_stops_the_server_unless_nohup_started_it(
    is_ignored: bool, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.SIG_IGN if is_ignored else signal.SIG_DFL
    monkeypatch.setattr(signal, "getsignal", lambda number: before)
    loop = SignalLoop()
    made(tmp_path)._install_signal_handlers(loop)  # type: ignore[arg-type]
    assert loop.numbers - {signal.SIGHUP} == {signal.SIGTERM, signal.SIGINT}
    assert (signal.SIGHUP in loop.numbers) is not is_ignored


# ---- parts ---------------------------------------------------------------------------------------------------------


def made(tmp_path: pathlib.Path, ports_file: str | None = None, **properties: str) -> Process:
    settings = merge_settings(environ={}, flags=properties, data=str(tmp_path / "data"), port=0)
    return Process(Server(settings), ports_file, 0, lambda info: None)


def test_a_start_that_fails_is_an_exit_code_and_words(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").write_bytes(b"a file where the directory should be")
    assert made(tmp_path).run() == EXIT_CANNOT_START
    assert capsys.readouterr().err.startswith("kafkalite: ")


class PlayedServer:
    """Does nothing, and keeps what it was told to do."""

    endpoints = [("PLAINTEXT", "127.0.0.1", 41_233, "PLAINTEXT")]

    def __init__(self, start_error: Exception | None = None) -> None:
        self.calls: list[str] = []
        self._start_error = start_error

    def open(self) -> None:
        self.calls.append("open")

    async def start(self) -> None:
        self.calls.append("start")
        if self._start_error is not None:
            raise self._start_error

    async def stop(self, *, clean: bool = True) -> None:
        self.calls.append("stop" if clean else "stop at once")


def played(server: PlayedServer, ports_file: str | None = None, announce: Any = lambda info: None) -> Process:
    played_server: Any = server
    return Process(played_server, ports_file, 0, announce)


def test_an_address_taken_at_the_last_moment_leaves_a_clean_directory() -> None:
    server = PlayedServer(OSError("address already in use"))
    with pytest.raises(OSError, match="address already in use"):
        played(server).run()
    assert server.calls == ["open", "start", "stop"]


def test_a_ports_file_that_cannot_be_written_is_said_and_stops(
    tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server = PlayedServer()
    assert played(server, str(tmp_path / "missing" / "ports.json")).run() == EXIT_CANNOT_START
    assert server.calls == ["open", "start", "stop"] and "ports.json" in capsys.readouterr().err


def test_a_banner_that_nobody_reads_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_module, "ServerInfo", lambda server, ready_ms: None)
    server = PlayedServer()

    def announce(info: Any) -> None:
        os.kill(os.getpid(), signal.SIGTERM)  # handled in a later turn of the loop: as a clean stop
        raise BrokenPipeError

    assert played(server, announce=announce).run() == EXIT_OK
    assert server.calls == ["open", "start", "stop"]


def test_a_failed_log_directory_ends_the_process(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    monkeypatch.setattr(process_module, "ServerInfo", lambda server, ready_ms: None)
    server: Any = PlayedServer()
    ports_file = tmp_path / "ports.json"

    def announce(info: Any) -> None:
        server.on_storage_failure(StorageFault("write", "/data/orders-0/0.log", "Input/output error"))

    assert played(server, str(ports_file), announce=announce).run() == EXIT_STORAGE_FAILED
    assert server.calls == ["open", "start", "stop at once"]
    assert not ports_file.exists()


def test_ctrl_c_while_the_data_is_opened_is_no_traceback() -> None:
    class Interrupted(PlayedServer):
        def open(self) -> None:
            raise KeyboardInterrupt

    assert played(Interrupted()).run() == EXIT_STOPPED_AT_ONCE


def test_the_ports_file_is_whole_or_not_there(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "ports.json"

    class Endpoints:
        endpoints = [("PLAINTEXT", "127.0.0.1", 41_233, "PLAINTEXT"), ("OUTSIDE", "0.0.0.0", 41_234, "PLAINTEXT")]

    server: Any = Endpoints()
    Process(server, str(path), 0, lambda info: None)._write_ports_file()
    assert json.loads(path.read_text()) == {"kafka": 41_233, "outside": 41_234}
    assert [one.name for one in tmp_path.iterdir()] == ["ports.json"]
    Process(server, None, 0, lambda info: None)._write_ports_file()


def test_a_missing_ports_file_does_not_matter_at_the_end(tmp_path: pathlib.Path) -> None:
    process_module._remove_quietly(str(tmp_path / "gone"))


def test_the_time_since_the_start_is_told() -> None:
    assert 0 < process_module._milliseconds_since_start() < 24 * 3600 * 1000


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="only Linux says when a process started")
def test_a_launcher_that_became_the_server_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    before_ms = process_module._milliseconds_since_start()
    monkeypatch.setenv(process_module.LAUNCHER_STARTED_VARIABLE, str(time.clock_gettime(time.CLOCK_BOOTTIME)))
    assert 0 <= process_module._milliseconds_since_start() < before_ms
