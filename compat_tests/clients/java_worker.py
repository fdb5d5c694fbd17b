"""Kafka's own Java clients of one release: compiles the programs in `java/` once, and starts them in one JVM."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from compat_tests.clients.remote_worker import RemoteWorker
from compat_tests.clients.roster import ClientMissing
from scripts.kafka_oracle import OracleUnavailable, find_cache_directory, find_java, install

SOURCES = Path(__file__).with_name("java")
PROGRAMS = ("Worker", "RecordClient", "Tail", "GroupMember", "TransactionalProducer")
JVM_OPTIONS = ("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")
COMPILE_TIMEOUT_S = 120.0


def compile_java(sources: list[Path], class_path: str, name: str) -> Path:
    """Compile once for the text of the sources; return the directory of the classes.

    Raises ClientMissing without a JDK, RuntimeError for what does not compile.
    """
    digest = hashlib.sha256("".join([class_path, *(source.read_text() for source in sources)]).encode())
    directory = find_cache_directory() / "java" / f"{name}-{digest.hexdigest()[:16]}"
    if directory.is_dir():
        return directory
    compiler = shutil.which("javac")
    if compiler is None:
        raise ClientMissing("`javac` is not installed: a Java development kit (17 or newer) is needed")
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent, prefix="compile-") as work:
        command = [
            compiler,
            "--release",
            "17",
            "-nowarn",
            "-proc:none",
            "-d",
            str(Path(work) / "classes"),
            "-cp",
            class_path,
        ]
        command += [str(source) for source in sources]
        done = subprocess.run(command, capture_output=True, text=True, timeout=COMPILE_TIMEOUT_S, check=False)
        if "release version 17 not supported" in done.stderr:
            raise ClientMissing(f"{compiler} is older than Java 17")
        if done.returncode != 0:
            raise RuntimeError(f"javac failed:\n{done.stderr}")
        try:
            (Path(work) / "classes").rename(directory)
        except OSError:
            assert directory.is_dir()  # another process was first
    return directory


def java_command(classes: Path, class_path: str, *options: str) -> list[str]:
    """Return the start of a command line that runs a class; ClientMissing without Java."""
    try:
        java = find_java()
    except OracleUnavailable as error:
        raise ClientMissing(str(error)) from error
    quiet = "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"
    return [java, *JVM_OPTIONS, quiet, *options, "-cp", f"{classes}:{class_path}"]


_failures: dict[str, ClientMissing] = {}
"""One failure to get a release stands for the whole run, as every try takes seconds."""


def _find_jars(version: str) -> Path:
    if version in _failures:
        raise _failures[version]
    try:
        return install(version)
    except OracleUnavailable as error:
        _failures[version] = ClientMissing(str(error))
        raise _failures[version] from error


def java_worker(version: str) -> Callable[[str], RemoteWorker]:
    """Return what starts the worker with kafka-clients of that release."""

    def open_worker(bootstrap_servers: str) -> RemoteWorker:
        class_path = f"{_find_jars(version)}/*"
        classes = compile_java([SOURCES / f"{name}.java" for name in PROGRAMS], class_path, f"worker-{version}")
        return RemoteWorker([*java_command(classes, class_path), "Worker", bootstrap_servers])

    return open_worker
