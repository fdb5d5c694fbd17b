"""Finding Apache Kafka's official jars in the local Maven repository; `mvn` downloads what is absent."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

REPOSITORY = Path.home() / ".m2" / "repository"
GROUP = "org.apache.kafka"

_COMMENT_LINE = re.compile(r"^\s*//.*$", re.MULTILINE)


def find_jar(artifact: str, version: str, group: str = GROUP) -> Path:
    """Return the path of a jar, fetching it with `mvn dependency:get` if the local repository lacks it.

    Raises:
        FileNotFoundError: it is neither there nor obtainable.
    """
    path = REPOSITORY / group.replace(".", "/") / artifact / version / f"{artifact}-{version}.jar"
    if path.exists():
        return path
    if shutil.which("mvn") is None:
        raise FileNotFoundError(f"{path} is missing and mvn is not installed")
    coordinates = f"{group}:{artifact}:{version}"
    subprocess.run(["mvn", "-q", "dependency:get", f"-Dartifact={coordinates}"], check=True, timeout=600)
    if not path.exists():
        raise FileNotFoundError(f"mvn did not put {coordinates} at {path}")
    return path


def find_class_path(artifact: str, version: str) -> list[Path]:
    """Return the jar of an artifact and every jar it needs at run time, as Maven resolves them."""
    jar = find_jar(artifact, version)
    pom = jar.with_suffix(".pom")
    command = ["mvn", "-q", "-f", str(pom), "dependency:build-classpath", "-Dmdep.outputFile=/dev/stdout"]
    result = subprocess.run(
        [*command, "-DincludeScope=runtime"], check=True, timeout=600, capture_output=True, text=True
    )
    entries = result.stdout.replace("\n", ":").split(":")
    return [jar, *(Path(entry) for entry in entries if entry.endswith(".jar"))]


def read_schemas(jar: Path) -> dict[str, dict[str, Any]]:
    """Return every message schema inside a jar by its message name."""
    schemas: dict[str, dict[str, Any]] = {}
    with zipfile.ZipFile(jar) as archive:
        for entry in archive.namelist():
            if entry.startswith("common/") and entry.endswith(".json"):
                text = _COMMENT_LINE.sub("", archive.read(entry).decode("utf-8"))
                schema, _ = json.JSONDecoder().raw_decode(text.lstrip())  # one old file has a brace too many
                schemas[schema["name"]] = schema
    return schemas
