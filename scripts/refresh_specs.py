"""Derive `protocol_specs/` from Apache Kafka's official jars: facts only, never prose.

Usage: python scripts/refresh_specs.py [messages] [facts] [releases] [frames]    (without arguments: all)

Frames are the bytes that Kafka writes for the tests' sample messages; run it after the generated code is fresh.
The releases are asked for their API ranges by starting a node of each, with the oracle.
Needs a JDK (17 or newer) for the facts, which are error codes and configs, and the jars of both lines in the local
Maven repository or `mvn` to download them. What is hand-kept, `protocol_specs/api_support.toml`, is not touched.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.devtools.spec_refresh import facts, jars, schemas  # noqa: E402

OLDER_RELEASE = "3.9.2"
NEWER_RELEASE = "4.4.0"
#: Lines that can be imitated and the release of each that is asked; 2.8 is read from its schemas.
IMITATED_RELEASES = {
    "3.9": "3.9.2",
    "4.0": "4.0.0",
    "4.1": "4.1.1",
    "4.2": "4.2.0",
    "4.3": "4.3.1",
    "4.4": NEWER_RELEASE,
}
OLDEST_IMITATED = ("2.8", "2.8.2")
SPECS = ROOT / "protocol_specs"

RECORD_ARTIFACTS = (
    "kafka-group-coordinator",
    "kafka-transaction-coordinator",
    "kafka-share-coordinator",
    "kafka-metadata",
)
#: Payloads of control records: they live in logs, although their schemas ship with the client.
CONTROL_RECORDS = (
    "ControlRecordTypeSchema",
    "EndTxnMarker",
    "KRaftVersionRecord",
    "LeaderChangeMessage",
    "SnapshotFooterRecord",
    "SnapshotHeaderRecord",
    "VotersRecord",
)
#: Data that requests and responses carry inside opaque bytes fields.
EMBEDDED_DATA = ("ConsumerProtocolAssignment", "ConsumerProtocolSubscription", "DefaultPrincipalData")
HEADERS = ("RequestHeader", "ResponseHeader")


def _write_schemas(directory: Path, named: dict[str, schemas.Schema]) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    for stale in set(directory.glob("*.json")) - {directory / f"{name}.json" for name in named}:
        stale.unlink()
    for name, schema in named.items():
        (directory / f"{name}.json").write_text(schemas.to_text(schema), encoding="utf-8")


def refresh_messages() -> None:
    """Write `messages/*.json` and `records/*.json`."""
    older = jars.read_schemas(jars.find_jar("kafka-clients", OLDER_RELEASE))
    newer = jars.read_schemas(jars.find_jar("kafka-clients", NEWER_RELEASE))
    requests = [s for s in newer.values() if s["type"] == "request" and "broker" in s.get("listeners", [])]
    messages: dict[str, schemas.Schema] = {}
    for request in requests:
        former = older.get(request["name"], {})
        response_name = request["name"].removesuffix("Request") + "Response"
        for name in (request["name"], response_name):
            messages[name] = schemas.merge_schemas(
                older.get(name),
                newer[name],
                bool(request.get("latestVersionUnstable")),
                bool(former.get("latestVersionUnstable")),
            )
    for name in (*EMBEDDED_DATA, *HEADERS):
        messages[name] = schemas.merge_schemas(older.get(name), newer[name], False, False)
    _write_schemas(SPECS / "messages", messages)

    records = {name: schemas.merge_schemas(None, newer[name], False, False) for name in CONTROL_RECORDS}
    for artifact in RECORD_ARTIFACTS:
        for name, schema in jars.read_schemas(jars.find_jar(artifact, NEWER_RELEASE)).items():
            records[name] = schemas.merge_schemas(None, schema, False, False)
    _write_schemas(SPECS / "records", records)


def refresh_facts() -> None:
    """Write `errors.json` and `configs/*.json`."""
    entries = facts.ask_kafka(jars.find_class_path("kafka_2.13", NEWER_RELEASE))
    errors = sorted(entries["error"], key=lambda error: int(error["code"]))
    (SPECS / "errors.json").write_text(facts.to_text(errors), encoding="utf-8")
    (SPECS / "configs").mkdir(exist_ok=True)
    for kind in ("broker", "topic", "group"):
        (SPECS / "configs" / f"{kind}.json").write_text(facts.to_text(entries[kind]), encoding="utf-8")


def refresh_releases() -> None:
    """Write `releases.json`; each release is downloaded, started and asked."""
    from scripts.devtools.spec_refresh import releases

    line, version = OLDEST_IMITATED
    observed = {line: releases.derive_release(version)}
    for line, version in IMITATED_RELEASES.items():
        observed[line] = releases.observe_release(version)
    (SPECS / "releases.json").write_text(releases.to_text(observed), encoding="utf-8")


def refresh_frames() -> None:
    """Write `tests/protocol/kafka_frames.json`: digests of the bytes that Kafka writes for the sample messages."""
    from scripts.devtools.spec_refresh import frames

    newer = jars.find_class_path("kafka_2.13", NEWER_RELEASE)
    older = [jars.find_jar("kafka-clients", OLDER_RELEASE)]
    older += [jar for jar in newer if jar.name.startswith(("jackson", "slf4j"))]
    answers = frames.write_frames(newer)
    fallback = frames.write_frames(older)
    for key, answer in answers.items():
        if answer.startswith(("unsupported", "error")):
            answers[key] = fallback[key]
    (ROOT / "tests" / "protocol" / "kafka_frames.json").write_text(frames.to_text(answers), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Run the named steps, or all; return the process's exit code."""
    steps = {
        "messages": refresh_messages,
        "facts": refresh_facts,
        "releases": refresh_releases,
        "frames": refresh_frames,
    }
    for name in arguments or list(steps):
        steps[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
