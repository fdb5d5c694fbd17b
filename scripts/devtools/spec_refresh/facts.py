"""Facts that are not in schema files: error codes and config definitions, asked of Kafka's classes in a short Java run.

The Java source is written to a temporary directory and run by the JDK's source launcher; it only prints JSON lines.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

_PROGRAM = Path(__file__).with_name("PrintFacts.java")

Entry = dict[str, Any]


def ask_kafka(class_path: list[Path]) -> dict[str, list[Entry]]:
    """Run the Java program against Kafka's jars; return its entries by kind: error, broker, topic, group."""
    with tempfile.TemporaryDirectory() as directory:
        program = Path(directory) / _PROGRAM.name
        program.write_text(_PROGRAM.read_text(encoding="utf-8"), encoding="utf-8")
        command = ["java", "-cp", ":".join(map(str, class_path)), str(program)]
        result = subprocess.run(command, check=True, timeout=300, capture_output=True, text=True)
    entries: dict[str, list[Entry]] = {}
    for line in result.stdout.splitlines():
        if line.startswith("{"):
            entry = json.loads(line)
            entries.setdefault(entry.pop("kind"), []).append(entry)
    return entries


def to_text(entries: list[Entry]) -> str:
    """Return entries as a JSON list with one line each."""
    return "[\n" + ",\n".join(f"  {json.dumps(entry)}" for entry in entries) + "\n]\n"
