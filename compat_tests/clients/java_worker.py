"""Kafka's own Java clients of one release: compiles the examples in `java/` once, and starts them in one JVM."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from compat_tests.clients.built_once import find_or_build, find_program, run_step
from compat_tests.clients.client_missing import ClientMissing
from compat_tests.clients.remote_worker import RemoteWorker
from compat_tests.oracle.apache_kafka import OracleUnavailable, find_java, install_clients

SOURCES = Path(__file__).with_name("java")
RELEASES = {"4.4.0": "3.9", "4.3.1": "3.9", "3.9.2": "3.9", "2.8.2": "2.8"}
"""Release of the clients -> the folder of the code for its different names."""
EXAMPLES = ("ClusterAdmin", "GroupMember", "PartitionReader", "RecordProducer", "TransactionalProducer")
"""Those that every release can compile; ConsumerGroupReader is a program by itself."""
PLUMBING = ("Json", "Targets", "Worker")
JVM_OPTIONS = ("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")


def compile_java(sources: list[Path], class_path: str, name: str) -> Path:
    """Compile once for the text of the sources; return the directory of the classes.

    Raises:
        ClientMissing: there is no JDK.
        RuntimeError: the sources do not compile.
    """

    def build(work: Path) -> Path:
        compiler = find_program("javac", "a Java development kit (17 or newer) is needed")
        command = [compiler, "--release", "17", "-nowarn", "-proc:none", "-d", work / "classes", "-cp", class_path]
        try:
            run_step([*command, *sources], work, is_download=False)
        except RuntimeError as error:
            if "release version 17 not supported" in str(error):
                raise ClientMissing(f"{compiler} is older than Java 17") from error
            raise
        return work / "classes"

    return find_or_build(name, sources, build, class_path)


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
        return install_clients(version)
    except OracleUnavailable as error:
        _failures[version] = ClientMissing(str(error))
        raise _failures[version] from error


def _sources(version: str) -> list[Path]:
    examples = [SOURCES / f"{name}.java" for name in EXAMPLES]
    plumbing = [SOURCES / "worker" / f"{name}.java" for name in PLUMBING]
    return [*examples, *plumbing, SOURCES / "releases" / RELEASES[version] / "Release.java"]


def java_worker(version: str) -> Callable[[str], RemoteWorker]:
    """Return what starts the worker with kafka-clients of that release."""

    def open_worker(bootstrap_servers: str) -> RemoteWorker:
        class_path = f"{_find_jars(version)}/*"
        classes = compile_java(_sources(version), class_path, f"java-worker-{version}")
        return RemoteWorker([*java_command(classes, class_path), "Worker", bootstrap_servers])

    return open_worker
