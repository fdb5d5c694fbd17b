"""The scripts of a Kafka distribution, for the broker under test.

    python -m compat_tests.upstream.kafka_python.node BROKER kafka-run-class.sh kafka.Kafka PROPERTIES
    python -m compat_tests.upstream.kafka_python.node BROKER kafka-storage.sh format ... -c PROPERTIES ...
    python -m compat_tests.upstream.kafka_python.node BROKER kafka-topics.sh ...

BROKER is `kafkalite`, `kafka` or `kafka:VERSION`. A broker that was started says so with the lines that Apache Kafka
logs, and stops when its standard input ends: so it cannot outlive the tests that started it.
"""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from compat_tests.broker_process import BrokerChoice, BrokerFailed, KafkaliteProcess
from compat_tests.oracle.apache_kafka import (
    ApacheKafka,
    OracleFailed,
    OracleUnavailable,
    find_free_port,
    run_tool,
)

AUTHORIZER_SETTINGS = ("authorizer.class.name", "allow.everyone.if.no.acl.found")
"""Left out for kafkalite, which refuses to start with an authorizer that it does not have.

The fixture always requests one that allows everything while there are no ACLs, as if there were none.
"""


ADD_SCRAM = re.compile(r"(?P<mechanism>SCRAM-SHA-\d+)=\[name=(?P<user>[^,]+),password=(?P<password>[^\]]+)\]")
USERS_FILE = "scram-users"
"""Beside kafkalite's data: what its storage was to be formatted with."""

Node = KafkaliteProcess | ApacheKafka


def read_properties(path: Path) -> dict[str, str]:
    """Return the settings of a properties file (without the escapes and continuation lines of the format)."""
    return dict(re.findall(r"^([^#=\s]+)=(.*)$", path.read_text(), re.MULTILINE))


def read_settings(properties: Path) -> dict[str, str]:
    """Return the broker's settings: what the fixture wrote, with the login module where Kafka looks for it.

    A listener that wants authentication or encryption gets another one beside it, first in the list, which wants
    neither: for the broker itself, and for the question whether it is ready.
    """
    settings = read_properties(properties)
    name = settings["listeners"].partition(":")[0]
    login_module = settings.pop("sasl.jaas.config", "")
    if login_module:
        mechanism = settings["sasl.enabled.mechanisms"]
        settings[f"listener.name.{name}.{mechanism}.sasl.jaas.config".lower()] = login_module
    if name != "PLAINTEXT":
        plain = f"PLAINTEXT://127.0.0.1:{find_free_port()}"
        for place in ("listeners", "advertised.listeners"):
            settings[place] = f"{plain},{settings[place]}"
    return settings


def create_node(choice: BrokerChoice, properties: Path) -> Node:
    """Return the broker, not started, that those properties describe."""
    settings = read_settings(properties)
    data = Path(settings["log.dirs"])
    port = int(settings["listeners"].partition(",")[0].rpartition(":")[2])
    if choice.kind == "kafkalite":
        settings = {name: value for name, value in settings.items() if name not in AUTHORIZER_SETTINGS}
        return KafkaliteProcess(directory=data.parent / "kafkalite", settings=settings, port=port)
    return ApacheKafka(data=data, version=choice.kafka_version, port=port, settings=settings)


def run_broker(choice: BrokerChoice, properties: Path, wait: Callable[[], object] = sys.stdin.read) -> int:
    """Run one broker until `wait` returns; return the exit status."""
    node = create_node(choice, properties)
    try:
        node.start()
    except (BrokerFailed, OracleFailed, OracleUnavailable) as error:
        print(error, flush=True)
        return 1
    with contextlib.suppress(KeyboardInterrupt):
        add_users(node, properties)
        print(f"[KafkaRaftServer nodeId={read_properties(properties)['node.id']}] Kafka Server started", flush=True)
        wait()
    node.stop()
    return 0


def add_users(node: Node, properties: Path) -> None:
    """Give kafkalite the users that its storage was to be formatted with, and say so as Apache Kafka does."""
    users = _users_file(properties)
    found = ADD_SCRAM.search(users.read_text()) if users.exists() else None
    if found is not None:
        from kafka.admin import KafkaAdminClient, UserScramCredentialUpsertion

        credential = UserScramCredentialUpsertion(found["user"], found["mechanism"], found["password"])
        admin = KafkaAdminClient(bootstrap_servers=node.bootstrap_servers)
        told = admin.alter_user_scram_credentials([credential])
        admin.close()
        assert told == {found["user"]: None}, told
    print("Replayed UserScramCredentialRecord creating new entry for alice")


def format_storage(choice: BrokerChoice, arguments: Sequence[str]) -> int:
    """Format the log directory; kafkalite, which needs no formatting, keeps the users in mind. Return the status."""
    if choice.kind == "kafkalite":
        _users_file(Path(arguments[arguments.index("-c") + 1])).write_text(" ".join(arguments))
        return 0
    wanted = [argument for argument in arguments if argument != "--standalone"]  # the voters are in the properties
    return _run_kafka_tool(choice, "kafka-storage", wanted)


def _users_file(properties: Path) -> Path:
    return Path(read_properties(properties)["log.dirs"]).parent / USERS_FILE


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
