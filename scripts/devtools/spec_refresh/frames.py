"""The bytes that Apache Kafka itself writes for the sample messages of the tests, kept as digests.

Every sample is handed as JSON to Kafka's own message classes: those of the newer line, and for versions which that
line has dropped those of the older one.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

from tests.protocol import message_samples

_PROGRAM = Path(__file__).with_name("WriteFrames.java")

Frames = dict[tuple[str, int, str], str]


def write_frames(class_path: list[Path]) -> Frames:
    """Return (message, version, variant) -> hex bytes, "unsupported", or "error ..." as one release of Kafka says."""
    keys: list[tuple[str, int, str]] = []
    lines: list[str] = []
    for message, version, variant, instance in message_samples.find_frames():
        content = message_samples.to_kafka_json(message, message.top, instance, version)
        keys.append((message.name, version, variant))
        lines.append(f"{message.name}\t{version}\t{json.dumps(content)}\n")
    command = ["java", "-cp", ":".join(map(str, class_path)), str(_PROGRAM)]
    result = subprocess.run(command, input="".join(lines), check=True, timeout=600, capture_output=True, text=True)
    answers = [line.partition("\t")[2] for line in result.stdout.splitlines() if line.startswith("frame\t")]
    return dict(zip(keys, answers, strict=True))


def digest(data: bytes) -> str:
    """Return the short digest that stands for a frame."""
    return f"{len(data)}:{hashlib.sha256(data).hexdigest()[:12]}"


def to_text(frames: Frames) -> str:
    """Return digests as JSON: message -> version -> variant, a line per version."""
    lines: list[str] = []
    names = sorted({name for name, _, _ in frames})
    for name in names:
        versions = sorted({version for other, version, _ in frames if other == name})
        rows = []
        for version in versions:
            found = {v: frames[name, version, v] for v in message_samples.VARIANTS if (name, version, v) in frames}
            digests = {variant: digest(bytes.fromhex(text)) for variant, text in found.items()}
            rows.append(f'    "{version}": {json.dumps(digests)}')
        lines.append(f'  "{name}": {{\n' + ",\n".join(rows) + "\n  }")
    return "{\n" + ",\n".join(lines) + "\n}\n"
