"""A real Apache Kafka on this machine: the oracle against which tests and measurements judge kafkalite.

    python scripts/kafka_oracle.py start [--version 4.4.0] [--data DIR] [--port N] [--defaults] [--set key=value ...]
    python scripts/kafka_oracle.py status [--data DIR]
    python scripts/kafka_oracle.py stop [--data DIR]
    python scripts/kafka_oracle.py tool [--version 4.4.0] kafka-dump-log ARGS...

One node is broker and controller at once (KRaft, combined) and listens on 127.0.0.1 only. The jars come from Maven
Central through `mvn`, are kept under the cache directory (`$XDG_CACHE_HOME/kafkalite`, else `~/.cache/kafkalite`) and
are never part of this repository. Needed on the machine: Java 17 or newer, and Maven for the first start of a version.

`--data DIR` is Kafka's `log.dirs`. A directory that is not formatted yet is formatted; one that is keeps its cluster
and node id, so that a directory written by another broker can be handed over. The oracle's own files (properties,
process id, log) are beside it in `DIR.oracle/`.

The library is `compat_tests.oracle.apache_kafka`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from compat_tests.oracle.apache_kafka import (  # noqa: E402
    DEFAULT_PORT,
    DEFAULT_VERSION,
    DEVELOPMENT_SETTINGS,
    HEAP_OPTIONS,
    ONE_NODE_SETTINGS,
    ApacheKafka,
    OracleFailed,
    OracleUnavailable,
    find_cache_directory,
    tool_command,
)


def _parse_settings(pairs: Sequence[str]) -> Iterator[tuple[str, str]]:
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise SystemExit(f"--set wants key=value, not {pair!r}")
        yield name, value


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("start", "stop", "status"):
        command = commands.add_parser(name)
        command.add_argument("--version", default=DEFAULT_VERSION, help="release, as on Maven Central")
        command.add_argument("--data", type=Path, help="log.dirs; default: in the cache directory, one per version")
        command.add_argument("--port", type=int, default=DEFAULT_PORT, help="0: any free one")
        command.add_argument("--set", dest="settings", action="append", default=[], metavar="KEY=VALUE")
        command.add_argument("--defaults", action="store_true", help="Kafka's own defaults, as far as one node allows")
        command.add_argument("--jvm", action="append", default=[], metavar="OPTION", help="more options for Java")
    tool = commands.add_parser("tool", help="run one of Kafka's own command-line tools")
    tool.add_argument("--version", default=DEFAULT_VERSION)
    tool.add_argument("name", help="as its shell script is called, for example kafka-topics")
    tool.add_argument("arguments", nargs=argparse.REMAINDER)
    return parser.parse_args(arguments)


def _run(options: argparse.Namespace) -> int:
    if options.command == "tool":
        return subprocess.run(tool_command(options.name, options.arguments, options.version), check=False).returncode
    data = (options.data or find_cache_directory() / "kafka" / options.version / "data").absolute()
    kafka = ApacheKafka(
        data=data,
        version=options.version,
        port=options.port,
        settings=dict(_parse_settings(options.settings)),
        base=ONE_NODE_SETTINGS if options.defaults else DEVELOPMENT_SETTINGS,
        jvm_options=(*HEAP_OPTIONS, *options.jvm),
    )
    if options.command == "start":
        kafka.start()
        print(f"Apache Kafka {kafka.version} on {kafka.bootstrap_servers}, process {kafka.find_pid()}, data in {data}")
        return 0
    pid = kafka.find_pid()
    if options.command == "stop":
        kafka.stop()
    words = {"stop": "stopped" if pid else "was not running", "status": f"runs as process {pid}" if pid else "is down"}
    print(f"Apache Kafka on {data} {words[options.command]}")
    return 0 if pid or options.command == "stop" else 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status (3 = `status` of a node that is down)."""
    try:
        return _run(_parse(arguments))
    except (OracleUnavailable, OracleFailed) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
