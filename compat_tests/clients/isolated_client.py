"""A kafka-python of another version, in a separate virtual environment, with the same adapter."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import threading
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from compat_tests.broker_process import REPOSITORY
from compat_tests.clients.group_members import POLL_MS, Member, Place
from compat_tests.clients.isolated_worker import read_frame, write_frame
from compat_tests.clients.model import DEADLINE_S, EARLIEST, Client, Consumed, Tail
from compat_tests.oracle.apache_kafka import find_cache_directory

OLD_KAFKA_PYTHON = "2.0.6"
REQUIREMENTS = (f"kafka-python=={OLD_KAFKA_PYTHON}", "lz4", "python-snappy", "zstandard", "xxhash")
INSTALL_TIMEOUT_S = 180.0


class InstallFailed(Exception):
    """The virtual environment of the old client cannot be made here; the message says why."""


def install_old_kafka_python() -> Path:
    """Create the virtual environment once, under the cache directory, and return the path of its Python.

    A failure counts for the whole run, since each attempt takes seconds.

    Raises:
        InstallFailed: it cannot be installed, usually because there is no network.
    """
    try:
        return _find_or_install()
    except InstallFailed as error:
        _failures.append(error)
        raise


_failures: list[InstallFailed] = []


def _find_or_install() -> Path:
    if _failures:
        raise _failures[0]
    name = f"kafka-python-{OLD_KAFKA_PYTHON}-py{sys.version_info.major}.{sys.version_info.minor}"
    directory = find_cache_directory() / "clients" / name
    python = Path("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not directory.is_dir():
        directory.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=directory.parent, prefix="install-") as work:
            _install(Path(work) / name, python, name)
            with contextlib.suppress(OSError):  # another process was first: its environment is as good
                (Path(work) / name).rename(directory)
    return directory / python


def _install(directory: Path, python: Path, name: str) -> None:
    venv.create(directory, with_pip=True)
    command = [str(directory / python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *REQUIREMENTS]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise InstallFailed(f"installing {name} took over {INSTALL_TIMEOUT_S:.0f} s") from error
    if run.returncode != 0:
        raise InstallFailed(f"pip could not install {name}: {run.stderr.strip()[-1000:]}")


class IsolatedKafkaPython(Client):
    """Proxy: every call is answered by the adapter running in the other environment."""

    def __init__(self, python: Path, bootstrap_servers: str, api_version: str | None = None) -> None:
        self._lock = threading.Lock()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed by close)
        command = [str(python), "-m", "compat_tests.clients.isolated_worker", bootstrap_servers]
        self._process = subprocess.Popen(
            command + ([api_version] if api_version else []),
            cwd=REPOSITORY,
            env={"PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )

    def call(self, target: int, method: str, *arguments: Any, **keywords: Any) -> Any:
        """Call the adapter (target 0), a tail or a member by number; its errors are raised here. From any thread."""
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            with self._lock:
                write_frame(self._process.stdin, (target, method, arguments, keywords))
                is_result, value = read_frame(self._process.stdout)
        except (EOFError, BrokenPipeError) as error:
            self._errors.seek(0)
            raise RuntimeError(f"the client's process ended: {self._errors.read().decode()[-3000:]}") from error
        if is_result:
            return value
        raise value

    def open_tail(self, topic: str, partitions: Sequence[int] = (0,), offset: int = EARLIEST, **keywords: Any) -> Tail:
        return IsolatedTail(self, self.call(0, "open_tail", topic, partitions, offset, **keywords))

    def open_member(self, group_id: str, topic: str) -> Member:
        return IsolatedMember(self, group_id, topic)

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(DEADLINE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(DEADLINE_S)
        self._errors.close()


class IsolatedTail(Tail):
    """A tail in the other environment."""

    def __init__(self, client: IsolatedKafkaPython, number: int) -> None:
        self._client = client
        self._number = number

    def take(self, count: int, timeout_s: float = DEADLINE_S) -> list[Consumed]:
        return self._client.call(self._number, "take", count, timeout_s)  # type: ignore[no-any-return]

    def close(self) -> None:
        self._client.call(self._number, "close")


class IsolatedMember(Member):
    """A member in the other environment."""

    library = f"kafka-python {OLD_KAFKA_PYTHON}"

    def __init__(self, client: IsolatedKafkaPython, group_id: str, topic: str) -> None:
        self._client = client
        super().__init__("", group_id, topic)

    def _consume(self) -> None:
        number = self._client.call(0, "open_member", self.group_id, self.topic)
        try:
            while not self._is_stopping.is_set():
                self._look(number)
                self._is_stopping.wait(POLL_MS / 1000)  # its process answers questions, and says nothing by itself
        finally:
            self._client.call(number, "close")
            self._look(number)

    def _look(self, number: int) -> None:
        read, self.owned, failure = self._client.call(number, "look")
        self.read += [(Place(*place), value) for place, value in read]
        if failure is not None:
            raise RuntimeError(failure)


def _forward(method: str) -> Any:
    def call(self: IsolatedKafkaPython, *arguments: Any, **keywords: Any) -> Any:
        return self.call(0, method, *arguments, **keywords)

    return call


for _method in (
    "version",
    "produce",
    "find_offsets",
    "create_topic",
    "delete_topic",
    "create_partitions",
    "list_topics",
    "describe_topic",
    "describe_configs",
    "alter_configs",
    "describe_cluster",
    "describe_group",
    "delete_group",
):
    setattr(IsolatedKafkaPython, _method, _forward(_method))
