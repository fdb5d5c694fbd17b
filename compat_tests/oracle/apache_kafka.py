"""A real Apache Kafka on this machine: the oracle against which tests and measurements judge kafkalite.

One node is broker and controller at once (KRaft, combined) and listens on 127.0.0.1 only. The jars come from Maven
Central through `mvn`, are kept under the cache directory (`$XDG_CACHE_HOME/kafkalite`, else `~/.cache/kafkalite`) and
are never part of this repository. Needed on the machine: Java 17 or newer, and Maven for the first start of a version.

`--data DIR` is Kafka's `log.dirs`. A directory that is not formatted yet is formatted; one that is keeps its cluster
and node id, so that a directory written by another broker can be handed over. The oracle's own files (properties,
process id, log) are beside it in `DIR.oracle/`.

`ApacheKafka(...)` is a node, `run_tool(...)` one of Kafka's tools; `scripts/kafka_oracle.py` is their command line.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_VERSION = "4.4.0"
DEFAULT_PORT = 9092
HEAP_OPTIONS = ("-Xmx384m", "-XX:+UseSerialGC")
TOOL_HEAP_OPTIONS = ("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
START_TIMEOUT_S = 90.0
STOP_TIMEOUT_S = 45.0
DOWNLOAD_TIMEOUT_S = 600.0
SLF4J_VERSION = "1.7.36"
JACKSON_VERSION = "2.16.2"

ONE_NODE_SETTINGS: Mapping[str, str] = {
    "offsets.topic.replication.factor": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
}
"""The only properties that a single node cannot leave at Kafka's defaults: the replicas of internal topics."""

DEVELOPMENT_SETTINGS: Mapping[str, str] = {
    **ONE_NODE_SETTINGS,
    "auto.create.topics.enable": "true",
    "broker.heartbeat.interval.ms": "500",
    "broker.session.timeout.ms": "2000",
    "group.initial.rebalance.delay.ms": "0",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.num.partitions": "4",
    "log.cleaner.dedupe.buffer.size": "16777216",
    "controlled.shutdown.enable": "true",
}
"""Settings that turn the production defaults into one node for development; `settings` of a caller override them.

The short broker session lets a killed node come back at once: its old registration must have run out first.
"""

TOOL_CLASSES: Mapping[str, tuple[str, ...]] = {
    "kafka-acls": ("org.apache.kafka.tools.AclCommand", "kafka.admin.AclCommand"),
    "kafka-broker-api-versions": (
        "org.apache.kafka.tools.BrokerApiVersionsCommand",
        "kafka.admin.BrokerApiVersionsCommand",
    ),
    "kafka-client-metrics": ("org.apache.kafka.tools.ClientMetricsCommand",),
    "kafka-cluster": ("org.apache.kafka.tools.ClusterTool",),
    "kafka-configs": ("org.apache.kafka.tools.ConfigCommand", "kafka.admin.ConfigCommand"),
    "kafka-console-consumer": ("org.apache.kafka.tools.consumer.ConsoleConsumer",),
    "kafka-console-producer": ("org.apache.kafka.tools.ConsoleProducer", "kafka.tools.ConsoleProducer"),
    "kafka-console-share-consumer": ("org.apache.kafka.tools.consumer.ConsoleShareConsumer",),
    "kafka-consumer-groups": ("org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",),
    "kafka-consumer-perf-test": ("org.apache.kafka.tools.ConsumerPerformance",),
    "kafka-delegation-tokens": ("org.apache.kafka.tools.DelegationTokenCommand",),
    "kafka-delete-records": ("org.apache.kafka.tools.DeleteRecordsCommand",),
    "kafka-dump-log": ("org.apache.kafka.tools.DumpLogSegments", "kafka.tools.DumpLogSegments"),
    "kafka-e2e-latency": ("org.apache.kafka.tools.EndToEndLatency",),
    "kafka-features": ("org.apache.kafka.tools.FeatureCommand",),
    "kafka-get-offsets": ("org.apache.kafka.tools.GetOffsetShell",),
    "kafka-groups": ("org.apache.kafka.tools.GroupsCommand",),
    "kafka-leader-election": ("org.apache.kafka.tools.LeaderElectionCommand",),
    "kafka-log-dirs": ("org.apache.kafka.tools.LogDirsCommand",),
    "kafka-metadata-quorum": ("org.apache.kafka.tools.MetadataQuorumCommand",),
    "kafka-producer-perf-test": ("org.apache.kafka.tools.ProducerPerformance",),
    "kafka-reassign-partitions": ("org.apache.kafka.tools.reassign.ReassignPartitionsCommand",),
    "kafka-replica-verification": ("org.apache.kafka.tools.ReplicaVerificationTool",),
    "kafka-share-groups": ("org.apache.kafka.tools.consumer.group.ShareGroupCommand",),
    "kafka-storage": ("org.apache.kafka.tools.StorageTool", "kafka.tools.StorageTool"),
    "kafka-streams-groups": ("org.apache.kafka.tools.streams.StreamsGroupCommand",),
    "kafka-topics": ("org.apache.kafka.tools.TopicCommand",),
    "kafka-transactions": ("org.apache.kafka.tools.TransactionsCommand",),
    "kafka-verifiable-consumer": ("org.apache.kafka.tools.VerifiableConsumer",),
    "kafka-verifiable-producer": ("org.apache.kafka.tools.VerifiableProducer",),
}
"""Tool name, as its shell script is called, to its main classes, the newest first: tools move between releases."""

POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>kafkalite</groupId><artifactId>kafka-oracle</artifactId><version>1</version>
  <dependencies>
{dependencies}
  </dependencies>
</project>
"""
POM_DEPENDENCY = """    <dependency>
      <groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version>
      <exclusions>
        <exclusion><groupId>org.slf4j</groupId><artifactId>slf4j-reload4j</artifactId></exclusion>
      </exclusions>
    </dependency>"""


class OracleUnavailable(Exception):
    """Apache Kafka cannot run here (no Java, no Maven, no network); the message says why in words for a user."""


class OracleFailed(Exception):
    """Apache Kafka was started but did not do what it should; the message carries the end of its log."""


def find_cache_directory() -> Path:
    """Return the directory of everything kafkalite's scripts download; it may not exist yet."""
    root = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(root) / "kafkalite"


def find_free_port() -> int:
    """Return a TCP port of 127.0.0.1 that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_java() -> str:
    """Return the path of the Java launcher.

    Raises:
        OracleUnavailable: there is none.
    """
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if java is None:
        raise OracleUnavailable("Apache Kafka needs Java 17 or newer: no `java` in JAVA_HOME or on PATH")
    return java


# ---- the jars ------------------------------------------------------------------------------------------------------


def install(version: str = DEFAULT_VERSION) -> Path:
    """Download the jars of one Kafka release into the cache, once, and return their directory.

    Raises:
        OracleUnavailable: they are not there and cannot be downloaded.
    """
    artifacts = [("org.apache.kafka", name, version) for name in ("kafka_2.13", "kafka-tools")]
    artifacts.append(("org.slf4j", "slf4j-simple", SLF4J_VERSION))  # one quiet logger for every release
    return _install("lib", artifacts, version)


def install_clients(version: str = DEFAULT_VERSION) -> Path:
    """Bring Kafka's own Java clients of one release, and a reader of JSON for their programs, into the cache, once.

    Far less than a whole release, and also there for releases that had no KRaft yet. Returns the directory of its jars;
    errors as `install`.
    """
    artifacts = [
        ("org.apache.kafka", "kafka-clients", version),
        ("com.fasterxml.jackson.core", "jackson-databind", JACKSON_VERSION),
        ("org.slf4j", "slf4j-simple", SLF4J_VERSION),
    ]
    return _install("clients", artifacts, version)


def install_artifact(name: str, version: str = DEFAULT_VERSION) -> Path:
    """Bring one more of Kafka's artifacts, for example `kafka-streams`, and all it needs into the cache, once.

    Returns the directory of its jars; errors as `install`.
    """
    return _install(name, [("org.apache.kafka", name, version)], version)


def _install(directory: str, artifacts: Sequence[tuple[str, str, str]], version: str) -> Path:
    library = find_cache_directory() / "kafka" / version / directory
    if library.is_dir():
        return library
    maven = shutil.which("mvn")
    if maven is None:
        raise OracleUnavailable(f"the jars of Apache Kafka {version} are not cached and `mvn` is not installed")
    library.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=library.parent, prefix="download-") as work:
        _download_jars(maven, version, artifacts, Path(work))
        with contextlib.suppress(OSError):  # another process was first: its jars are as good
            (Path(work) / "lib").rename(library)
    return library


def _download_jars(maven: str, version: str, artifacts: Sequence[tuple[str, str, str]], work: Path) -> None:
    dependencies = [POM_DEPENDENCY.format(group=g, artifact=a, version=v) for g, a, v in artifacts]
    (work / "pom.xml").write_text(POM.format(dependencies="\n".join(dependencies)))
    command = [maven, "-q", "-B", "-f", str(work / "pom.xml"), "dependency:copy-dependencies"]
    command += ["-DincludeScope=runtime", f"-DoutputDirectory={work / 'lib'}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=DOWNLOAD_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise OracleUnavailable(f"downloading Apache Kafka {version} took over {DOWNLOAD_TIMEOUT_S:.0f} s") from error
    if done.returncode != 0:
        raise OracleUnavailable(f"Maven could not get Apache Kafka {version}:\n{(done.stdout + done.stderr)[-2000:]}")


def _class_command(version: str, main_class: str, heap: Sequence[str], log_level: str) -> list[str]:
    library = install(version)
    simple_logger = "-Dorg.slf4j.simpleLogger."
    return [
        find_java(),
        *heap,
        "-Xshare:auto",
        "-Djava.awt.headless=true",
        f"{simple_logger}defaultLogLevel={log_level}",
        f"{simple_logger}showDateTime=true",
        f"{simple_logger}dateTimeFormat=HH:mm:ss,SSS",
        "-cp",
        f"{library}/*",
        main_class,
    ]


def find_tool_class(name: str, version: str = DEFAULT_VERSION) -> str:
    """Return the main class of a command-line tool in that release.

    `name` is that of its shell script (`kafka-topics`, with or without `.sh`).

    Raises:
        OracleUnavailable: the tool is unknown, or this release does not have it.
    """
    candidates = TOOL_CLASSES.get(name.removesuffix(".sh"))
    if candidates is None:
        raise OracleUnavailable(f"no tool {name!r}; there are: {', '.join(sorted(TOOL_CLASSES))}")
    jars = sorted(install(version).glob("kafka*.jar"))
    for candidate in candidates:
        entry = candidate.replace(".", "/") + ".class"
        for jar in jars:
            with zipfile.ZipFile(jar) as archive:
                if entry in archive.NameToInfo:
                    return candidate
    raise OracleUnavailable(f"Apache Kafka {version} has no {name}")


def tool_command(name: str, arguments: Sequence[str], version: str = DEFAULT_VERSION) -> list[str]:
    """Return the command line that runs a Kafka tool; errors as `find_tool_class`."""
    return [*_class_command(version, find_tool_class(name, version), TOOL_HEAP_OPTIONS, "error"), *arguments]


def run_tool(
    name: str,
    *arguments: str,
    version: str = DEFAULT_VERSION,
    stdin: str | None = None,
    timeout_s: float = 60.0,
) -> subprocess.CompletedProcess[str]:
    """Run a Kafka tool to its end and return its output; the caller checks the exit code.

    Raises:
        OracleUnavailable: as `find_tool_class`.
        subprocess.TimeoutExpired: it runs longer than `timeout_s`.
    """
    command = tool_command(name, arguments, version)
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=timeout_s, check=False)


# ---- one running node ----------------------------------------------------------------------------------------------


@dataclass(kw_only=True)
class ApacheKafka:
    """One node of Apache Kafka over one data directory; may have been started by another process.

    `port` 0 means: the port of the last start on this directory, else any free one.
    `settings` are broker properties and win over the oracle's own (`base`: DEVELOPMENT_SETTINGS, or ONE_NODE_SETTINGS
    for Kafka's defaults).
    """

    data: Path
    version: str = DEFAULT_VERSION
    port: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, str] = field(default_factory=lambda: DEVELOPMENT_SETTINGS)
    jvm_options: Sequence[str] = HEAP_OPTIONS
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)

    @property
    def bootstrap_servers(self) -> str:
        """Return `host:port` for a client; the port is known from `start` on."""
        return f"127.0.0.1:{self.port}"

    @property
    def _home(self) -> Path:
        return self.data.with_name(self.data.name + ".oracle")

    @property
    def log_path(self) -> Path:
        """Return the file of the broker's own output; each start begins it anew."""
        return self._home / "server.log"

    def read_log(self, limit_chars: int = 8000) -> str:
        """Return the end of the broker's output, empty when it never started."""
        try:
            return self.log_path.read_text(errors="replace")[-limit_chars:]
        except FileNotFoundError:
            return ""

    def find_pid(self) -> int | None:
        """Return the process id of the node running on this data directory, None when there is none."""
        try:
            state = json.loads((self._home / "state.json").read_text())
        except (FileNotFoundError, ValueError):
            return None
        pid = int(state["pid"])
        if self._process is not None and self._process.pid == pid:
            return pid if self._process.poll() is None else None
        return pid if _is_ours(pid, self._home) else None

    def start(self) -> ApacheKafka:
        """Format the directory if needed, start the node, and return when it answers ApiVersions.

        Raises:
            OracleUnavailable: it cannot run here.
            OracleFailed: it started, and stopped or did not answer.
        """
        if self.find_pid() is not None:
            raise OracleFailed(f"a node is running on {self.data} already (process {self.find_pid()})")
        self._home.mkdir(parents=True, exist_ok=True)
        self.data.mkdir(parents=True, exist_ok=True)
        self._choose_ports()
        properties = self._write_properties()
        if not (self.data / "meta.properties").exists():
            self._format(properties)
        command = _class_command(self.version, "kafka.Kafka", self.jvm_options, "warn")
        with self.log_path.open("wb") as log:
            self._process = subprocess.Popen(
                [*command, str(properties)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._write_state(self._process.pid)
        self._wait_until_ready()
        return self

    def stop(self, timeout_s: float = STOP_TIMEOUT_S) -> None:
        """Stop the node cleanly (SIGTERM, then SIGKILL after `timeout_s`); nothing happens when none runs."""
        self._end(signal.SIGTERM, timeout_s)

    def kill(self) -> None:
        """Kill the node at once (SIGKILL), as a crash would."""
        self._end(signal.SIGKILL, 10.0)

    def _end(self, signal_number: int, timeout_s: float) -> None:
        pid = self.find_pid()
        if pid is not None:
            os.kill(pid, signal_number)
            if not self._wait_for_exit(pid, timeout_s):
                os.kill(pid, signal.SIGKILL)
                self._wait_for_exit(pid, 10.0)
        self._process = None

    def _wait_for_exit(self, pid: int, timeout_s: float) -> bool:
        if self._process is not None:
            try:
                self._process.wait(timeout_s)
            except subprocess.TimeoutExpired:
                return False
            return True
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            if not _is_ours(pid, self._home):
                return True
            time.sleep(0.05)
        return False

    def _choose_ports(self) -> None:
        before: dict[str, int] = {}
        with contextlib.suppress(FileNotFoundError, ValueError):
            before = json.loads((self._home / "state.json").read_text())
        self.port = self.port or before.get("port") or find_free_port()
        self._controller_port = before.get("controller_port") or find_free_port()

    def _write_state(self, pid: int) -> None:
        state = {"pid": pid, "port": self.port, "controller_port": self._controller_port, "version": self.version}
        (self._home / "state.json").write_text(json.dumps(state))
        (self._home / "kafka.pid").write_text(f"{pid}\n")

    def _write_properties(self) -> Path:
        node_id = _read_properties(self.data / "meta.properties").get("node.id", "1")
        properties = {
            "process.roles": "broker,controller",
            "node.id": node_id,
            "listeners": f"PLAINTEXT://127.0.0.1:{self.port},CONTROLLER://127.0.0.1:{self._controller_port}",
            "advertised.listeners": f"PLAINTEXT://127.0.0.1:{self.port}",
            "controller.listener.names": "CONTROLLER",
            "controller.quorum.voters": f"{node_id}@127.0.0.1:{self._controller_port}",
            "log.dirs": str(self.data),
            **self.base,
            **self.settings,
        }
        path = self._home / "server.properties"
        path.write_text("".join(f"{name}={value}\n" for name, value in properties.items()))
        return path

    def _format(self, properties: Path) -> None:
        cluster_id = "k" + base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")[1:]  # never a leading "-"
        done = run_tool("kafka-storage", "format", "-t", cluster_id, "-c", str(properties), version=self.version)
        if done.returncode != 0:
            raise OracleFailed(f"formatting {self.data} failed:\n{done.stdout}{done.stderr}")

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            if self.find_pid() is None:
                raise OracleFailed(f"Apache Kafka {self.version} stopped while starting:\n{self.read_log()}")
            if answers_api_versions("127.0.0.1", self.port):
                return
            time.sleep(0.05)
        self.kill()
        raise OracleFailed(f"Apache Kafka {self.version} was silent for {START_TIMEOUT_S:.0f} s:\n{self.read_log()}")


def answers_api_versions(host: str, port: int, timeout_s: float = 5.0) -> bool:
    """Return whether a broker at that address answers ApiVersions (version 0) without an error."""
    body = struct.pack(">hhih6s", 18, 0, 1, 6, b"oracle")
    try:
        with socket.create_connection((host, port), timeout=timeout_s) as connection:
            connection.sendall(struct.pack(">i", len(body)) + body)
            reply = b""
            while len(reply) < 10:  # length, correlation id, error code
                chunk = connection.recv(4096)
                if not chunk:
                    return False
                reply += chunk
    except OSError:
        return False
    return reply[4:10] == struct.pack(">ih", 1, 0)


def _is_ours(pid: int, home: Path) -> bool:
    """Return whether that process is the node of `home`: process ids are used again, and we end only our own."""
    done = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, timeout=10, check=False
    )
    return str(home / "server.properties") in done.stdout


def _read_properties(path: Path) -> dict[str, str]:
    try:
        text = path.read_text()
    except FileNotFoundError:
        return {}
    return dict(re.findall(r"^([^#=\s]+)=(.*)$", text, re.MULTILINE))
