"""A broker in a separate process, for black-box tests: kafkalite, or Apache Kafka as the oracle.

Both kinds have the same operations: `start`, `stop` (SIGTERM), `kill` (SIGKILL), `restart` on the same directory and
the same port, `bootstrap_servers`, and their log for the report of a failed test. All waits have a time limit.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from compat_tests.oracle.apache_kafka import DEFAULT_VERSION, ApacheKafka, answers_api_versions
from compat_tests.process_output import ProcessOutput

REPOSITORY = Path(__file__).resolve().parents[1]
START_TIMEOUT_S = 20.0
STOP_TIMEOUT_S = 15.0
READY_LINE = r"^kafkalite .* ready in "
LATE = "kafkalite:late"
"""kafkalite over a storage that is done with appends later, as a shared one is."""


class BrokerFailed(AssertionError):
    """The broker did not start or stop as it should; the message carries its log."""


class Broker(Protocol):
    """The operations of tests on a broker process."""

    kind: str
    """`kafkalite` or `kafka`."""
    version: tuple[int, ...]
    """The Apache Kafka release whose behaviour is expected, for example (4, 3, 1)."""
    serves_old_formats: bool
    """Whether message formats 0 and 1 are served (Produce 0-2, Fetch 0-3), which Apache Kafka 4 refuses."""

    @property
    def port(self) -> int: ...

    @property
    def bootstrap_servers(self) -> str: ...

    @property
    def data_directory(self) -> Path: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def kill(self) -> None: ...

    def restart(self, *, crash: bool = False) -> None: ...

    def read_log(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class BrokerChoice:
    """The broker that `--broker` selects: `kafkalite`, `kafkalite:late`, `kafka` or `kafka:3.9.2`."""

    kind: str = "kafkalite"
    kafka_version: str = DEFAULT_VERSION
    is_late: bool = False

    @classmethod
    def parse(cls, text: str) -> BrokerChoice:
        """Parse the option.

        Raises:
            ValueError: the text has none of its four forms.
        """
        if text in ("kafkalite", LATE):
            return cls(is_late=text == LATE)
        kind, _, version = text.partition(":")
        if kind != "kafka":
            raise ValueError(f"--broker is kafkalite, {LATE}, kafka or kafka:VERSION, not {text!r}")
        return cls(kind=kind, kafka_version=version or DEFAULT_VERSION)

    def create(self, directory: Path, settings: Mapping[str, str] | None = None) -> Broker:
        """Return a broker, not started, with its data and its files under `directory`."""
        if self.kind == "kafkalite":
            return KafkaliteProcess(directory=directory, settings=settings or {}, is_late=self.is_late)
        return ApacheKafkaProcess(directory, self.kafka_version, settings or {})


@dataclass(kw_only=True)
class KafkaliteProcess:
    """`python -m kafkalite serve` over one data directory, or the same over a storage that is done later."""

    directory: Path
    is_late: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    port: int = 0
    kind: str = "kafkalite"
    version: tuple[int, ...] = tuple(int(part) for part in DEFAULT_VERSION.split("."))
    serves_old_formats: bool = True
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _output: ProcessOutput | None = field(default=None, init=False)

    @property
    def bootstrap_servers(self) -> str:
        """Return `host:port`; the port is known from `start` on."""
        return f"127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """Return the process id of the running broker."""
        assert self._process is not None, "not started"
        return self._process.pid

    @property
    def data_directory(self) -> Path:
        """Return the broker's `--data` directory."""
        return self.directory / "data"

    def start(self) -> None:
        """Start, and return when it reports that it is ready and answers ApiVersions.

        Raises:
            BrokerFailed: it did not become ready.
        """
        self.directory.mkdir(parents=True, exist_ok=True)
        ports_file = self.directory / "ports.json"
        self._process = subprocess.Popen(
            self._command(ports_file),
            cwd=self.directory,
            env=os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._output = ProcessOutput(self._process.stdout, self.directory / "broker.log")
        if not self._output.wait_for(READY_LINE, START_TIMEOUT_S):
            what = (
                "ended before it was ready" if self._output.has_ended else f"was not ready in {START_TIMEOUT_S:.0f} s"
            )
            self.kill()
            raise BrokerFailed(f"kafkalite {what}:\n{self.read_log()}")
        self.port = int(json.loads(ports_file.read_text())["kafka"])
        if not answers_api_versions("127.0.0.1", self.port):
            self.kill()
            raise BrokerFailed(f"kafkalite is ready but does not answer:\n{self.read_log()}")

    def _command(self, ports_file: Path) -> list[str]:
        program = ["compat_tests.late_server"] if self.is_late else ["kafkalite", "serve"]
        command = [sys.executable, "-m", *program, "--port", str(self.port)]
        command += ["--data", str(self.data_directory), "--ports-file", str(ports_file), *self.arguments]
        if self.settings:
            properties = self.directory / "server.properties"
            properties.write_text("".join(f"{name}={value}\n" for name, value in self.settings.items()))
            command += ["--config", str(properties)]
        return command

    def stop(self) -> None:
        """Stop cleanly (SIGTERM).

        Raises:
            BrokerFailed: it takes too long or ends with an error.
        """
        if self._process is None:
            return
        process, self._process = self._process, None
        if process.poll() is not None:
            raise BrokerFailed(f"kafkalite had ended by itself with {process.returncode}:\n{self.read_log()}")
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOP_TIMEOUT_S)
            raise BrokerFailed(f"kafkalite ignored SIGTERM for {STOP_TIMEOUT_S:.0f} s:\n{self.read_log()}") from None
        self._close_output()
        if code not in (0, -signal.SIGTERM, 128 + signal.SIGTERM):
            raise BrokerFailed(f"kafkalite ended with {code} on SIGTERM:\n{self.read_log()}")

    def kill(self) -> None:
        """Kill at once (SIGKILL), as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(STOP_TIMEOUT_S)
            self._process = None
        self._close_output()

    def _close_output(self) -> None:
        if self._output is not None:
            self._output.close()
            self._output = None

    def restart(self, *, crash: bool = False) -> None:
        """Stop (or kill, for `crash`) and start again on the same directory and port."""
        if crash:
            self.kill()
        else:
            self.stop()
        self.start()

    def read_log(self) -> str:
        """Return all the broker wrote, over all its starts; empty when it never started."""
        try:
            return (self.directory / "broker.log").read_text(errors="replace")
        except FileNotFoundError:
            return ""


class ApacheKafkaProcess:
    """Apache Kafka through scripts/kafka_oracle.py."""

    kind = "kafka"

    def __init__(self, directory: Path, version: str, settings: Mapping[str, str]) -> None:
        self.version = tuple(int(part) for part in version.split("."))
        self.serves_old_formats = self.version < (4,)
        self._kafka = ApacheKafka(data=directory / "data", version=version, settings=settings)

    @property
    def port(self) -> int:
        """Return the broker's port, 0 before the first start."""
        return self._kafka.port

    @property
    def bootstrap_servers(self) -> str:
        """Return `host:port`; the port is known from `start` on."""
        return self._kafka.bootstrap_servers

    @property
    def data_directory(self) -> Path:
        """Return the broker's `log.dirs`."""
        return self._kafka.data

    def start(self) -> None:
        """Start, and return when ApiVersions is answered."""
        self._kafka.start()

    def stop(self) -> None:
        """Stop cleanly (SIGTERM)."""
        self._kafka.stop()

    def kill(self) -> None:
        """Kill at once (SIGKILL), as a crash would."""
        self._kafka.kill()

    def restart(self, *, crash: bool = False) -> None:
        """Stop (or kill, for `crash`) and start again on the same directory and port."""
        if crash:
            self.kill()
        else:
            self.stop()
        self.start()

    def read_log(self) -> str:
        """Return the end of the broker's output since its last start."""
        return self._kafka.read_log()
