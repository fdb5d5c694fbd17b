"""The scripts of a Kafka distribution, for the broker under test.

    python -m compat_tests.upstream.kafka_python.node BROKER kafka-run-class.sh kafka.Kafka PROPERTIES
    python -m compat_tests.upstream.kafka_python.node BROKER kafka-storage.sh format ... -c PROPERTIES ...
    python -m compat_tests.upstream.kafka_python.node BROKER kafka-topics.sh ...

BROKER is `kafkalite`, `kafka` or `kafka:VERSION`. A broker that was started says so with the lines that Apache Kafka
logs, and stops when its standard input ends: so it cannot outlive the tests that started it.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from compat_tests.broker_process import BrokerChoice, BrokerFailed, KafkaliteProcess
from scripts.kafka_oracle import (
    HEAP_OPTIONS,
    ApacheKafka,
    OracleFailed,
    OracleUnavailable,
    find_free_port,
    run_tool,
)

AUTHORIZER_SETTINGS = ("authorizer.class.name", "allow.everyone.if.no.acl.found")
"""Left out for kafkalite, which refuses to start with an authorizer that it does not have.

The fixture always asks for one that lets everybody do everything while there are no ACLs, as it is without one.
"""


Node = KafkaliteProcess | ApacheKafka


def read_properties(path: Path) -> dict[str, str]:
    """Return the settings of a properties file (without the escapes and continuation lines of the format)."""
    return dict(re.findall(r"^([^#=\s]+)=(.*)$", path.read_text(), re.MULTILINE))


def create_node(choice: BrokerChoice, properties: Path) -> Node:
    """Return the broker, not started, that those properties describe."""
    settings = read_properties(properties)
    data = Path(settings["log.dirs"])
    if choice.kind == "kafkalite":
        port = _find_port(settings["listeners"])
        settings = {name: value for name, value in settings.items() if name not in AUTHORIZER_SETTINGS}
        return KafkaliteProcess(directory=data.parent / "kafkalite", settings=settings, port=port)
    return _create_kafka(choice.kafka_version, data, settings)


def _create_kafka(version: str, data: Path, settings: dict[str, str]) -> ApacheKafka:
    jvm_options = (*HEAP_OPTIONS, *shlex.split(os.environ.get("KAFKA_OPTS", "")))
    port = _find_port(settings["listeners"])
    if not settings["listeners"].startswith("PLAINTEXT:"):  # brokers, and the oracle's probe, speak plain text
        port = find_free_port()
        settings["listeners"] += f",PLAINTEXT://127.0.0.1:{port}"
        settings["advertised.listeners"] += f",PLAINTEXT://127.0.0.1:{port}"
    return ApacheKafka(data=data, version=version, port=port, settings=settings, jvm_options=jvm_options)


def _find_port(listeners: str) -> int:
    return int(listeners.partition(",")[0].rpartition(":")[2])


def run_broker(choice: BrokerChoice, properties: Path, wait: Callable[[], object] = sys.stdin.read) -> int:
    """Run one broker until `wait` returns; return the exit status."""
    node = create_node(choice, properties)
    try:
        node.start()
    except (BrokerFailed, OracleFailed, OracleUnavailable) as error:
        print(error, flush=True)
        return 1
    with contextlib.suppress(KeyboardInterrupt):
        node_id = read_properties(properties)["node.id"]
        print("Replayed UserScramCredentialRecord creating new entry for alice")
        print(f"[KafkaRaftServer nodeId={node_id}] Kafka Server started", flush=True)
        wait()
    node.stop()
    return 0


def format_storage(choice: BrokerChoice, arguments: Sequence[str]) -> int:
    """Format the log directory; kafkalite needs none of it. Return the exit status."""
    if choice.kind == "kafkalite":
        return 0
    wanted = [argument for argument in arguments if argument != "--standalone"]  # the voters are in the properties
    return _run_kafka_tool(choice, "kafka-storage", wanted)


def _run_kafka_tool(choice: BrokerChoice, name: str, arguments: Sequence[str]) -> int:
    try:
        done = run_tool(name, *arguments, version=choice.kafka_version)
    except (OracleUnavailable, subprocess.TimeoutExpired) as error:
        print(error, file=sys.stderr)
        return 1
    sys.stdout.write(done.stdout)
    sys.stderr.write(done.stderr)
    return done.returncode


def main(arguments: Sequence[str]) -> int:
    """Run one script; return its exit status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    broker, script, *rest = arguments
    choice = BrokerChoice.parse(broker)
    match script:
        case "kafka-run-class.sh":
            return run_broker(choice, Path(rest[-1]))
        case "kafka-storage.sh":
            return format_storage(choice, rest)
        case "kafka-topics.sh":
            return _run_kafka_tool(choice, "kafka-topics", rest)
    print(f"no script {script!r}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
