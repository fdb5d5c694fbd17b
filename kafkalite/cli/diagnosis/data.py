"""Checks of a data directory from outside: nothing in it is changed, and a running server is not disturbed."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable

from kafkalite.cli.diagnosis.environment import format_time
from kafkalite.cli.diagnosis.finding import Finding, note, ok, problem, warning
from kafkalite.log.checkpoints import (
    CLEAN_SHUTDOWN_FILE,
    META_PROPERTIES_FILE,
    CorruptCheckpoint,
    decode_meta_properties,
)
from kafkalite.model.exceptions import StorageFault
from kafkalite.storage.files import LOCK_NAME
from kafkalite.system.lock_file import LockFile

SCARCE_BYTES = 1 << 30
"""Free space below which there is a warning: one segment of default size."""

NO_BYTES = 16 << 20
"""Free space below which there is a problem: hardly a partition can be created."""

CLOCK_TOLERANCE_MS = 60_000
PARTITION_DIRECTORY = re.compile(r".+-\d+")
SEGMENT_FILE = re.compile(r"\d{20}\.log")
METADATA_DIRECTORY = "__cluster_metadata-0"


def check_data(path: str | None, node_id: int, now_ms: int) -> list[Finding]:
    """Return the findings about a data directory; ``path`` None = memory."""
    if path is None:
        return [ok("data", "records are kept in memory and are lost on exit")]
    if not os.path.exists(path):
        return [check_parent(path), *check_space(os.path.dirname(os.path.abspath(path)))]
    if not os.path.isdir(path):
        return [problem("data", f"{path} is a file", "choose a directory: --data DIR")]
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        advice = "change its owner or mode, or choose another directory: --data DIR"
        return [problem("data", f"{path}: this user may not read and write it", advice)]
    findings = check_contents(path, node_id)
    findings += check_times(path, now_ms)
    return findings + check_space(path)


def check_parent(path: str) -> Finding:
    """Return whether a directory that does not exist yet can be created."""
    parent = os.path.dirname(os.path.abspath(path))
    while not os.path.exists(parent):
        parent = os.path.dirname(parent)
    if os.path.isdir(parent) and os.access(parent, os.W_OK | os.X_OK):
        return ok("data", f"{path} does not exist yet and will be created")
    advice = "create it, or choose another directory: --data DIR"
    return problem("data", f"{path} does not exist, and {parent} is not writable for this user", advice)


def check_contents(path: str, node_id: int) -> list[Finding]:
    """Return the findings about the content of a directory: nothing, data of this node, or something else."""
    names = sorted(name for name in os.listdir(path) if name != "lost+found")
    if not names:
        return [ok("data", f"{path} is empty")]
    partitions = [name for name in names if is_partition(path, name)]
    if META_PROPERTIES_FILE not in names:
        return [explain_missing_properties(path, names, partitions)]
    findings = [check_owner(path, node_id, len(partitions))]
    if METADATA_DIRECTORY not in partitions:
        advice = "restore it from a copy; without it no topic is known"
        findings.append(warning("data", f"{path} has no {METADATA_DIRECTORY}", advice))
    if is_in_use(path):
        findings.append(note("data", f"{path} is in use by a running server"))
    elif CLEAN_SHUTDOWN_FILE not in names:
        findings.append(note("data", f"{path} was not closed properly; the next start checks and repairs its logs"))
    return findings


def is_partition(path: str, name: str) -> bool:
    """Return whether an entry of a data directory is the directory of a partition with at least one segment."""
    if PARTITION_DIRECTORY.fullmatch(name) is None:
        return False
    try:
        return any(SEGMENT_FILE.fullmatch(entry) for entry in os.listdir(os.path.join(path, name)))
    except OSError:  # a file, or unreadable
        return False


def explain_missing_properties(path: str, names: list[str], partitions: list[str]) -> Finding:
    """Return the finding about a directory without ``meta.properties``."""
    if partitions:
        advice = f"restore {META_PROPERTIES_FILE} from a copy, or choose another directory: --data DIR"
        text = f"{path} holds {len(partitions)} partition(s) and no {META_PROPERTIES_FILE}"
        return problem("data", text, advice)
    shown = ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
    return warning("data", f"{path} holds other files ({shown})", "choose an empty directory: --data DIR")


def check_owner(path: str, node_id: int, partition_count: int) -> Finding:
    """Return the finding about the owner of a directory, from its ``meta.properties``."""
    file = os.path.join(path, META_PROPERTIES_FILE)
    try:
        with open(file, "rb") as opened:
            properties = decode_meta_properties(opened.read())
    except (OSError, CorruptCheckpoint, ValueError) as fault:
        return problem("data", f"{file} cannot be read: {fault}", "restore it from a copy")
    text = f"{path} belongs to node {properties.node_id} of cluster {properties.cluster_id}"
    if properties.node_id != node_id:
        advice = f"start with --set node.id={properties.node_id}, or with another directory"
        return problem("data", f"{text}, and node.id is {node_id}", advice)
    return ok("data", f"{text}, and holds {partition_count} partition(s)")


def is_in_use(path: str) -> bool:
    """Return whether a running server, kafkalite or Apache Kafka, holds the lock of a data directory."""
    lock = os.path.join(path, LOCK_NAME)
    if not os.path.exists(lock):
        return False
    try:
        LockFile(lock).release()
    except StorageFault:
        return True
    return False


def check_times(path: str, now_ms: int) -> list[Finding]:
    """Return a warning if the directory has a modification time in the future, else nothing."""
    newest_ms = max(modification_times(path), default=0)
    if newest_ms <= now_ms + CLOCK_TOLERANCE_MS:
        return []
    text = f"{path} was written at {format_time(newest_ms)}, which is in the future"
    return [warning("clock", text, "set the clock: it was later before; retention by time depends on it")]


def modification_times(path: str) -> Iterable[int]:
    """Yield the modification time in ms of each entry of a directory."""
    with os.scandir(path) as entries:
        for entry in entries:
            try:
                yield entry.stat().st_mtime_ns // 1_000_000
            except OSError:  # removed meanwhile
                continue


def check_space(path: str) -> list[Finding]:
    """Return the finding whether the file system has enough space; nothing if the space is unknown."""
    while not os.path.exists(path):
        path = os.path.dirname(path)
    try:
        free = shutil.disk_usage(path).free
    except OSError:
        return []
    return [judge_space(path, free)]


def judge_space(path: str, free_bytes: int) -> Finding:
    """Return the finding whether an amount of free space is enough."""
    text = f"{free_bytes / (1 << 20):,.0f} MiB are free at {path}"
    if free_bytes < NO_BYTES:
        return problem("space", text, "make room, or choose a directory on another disk: --data DIR")
    if free_bytes < SCARCE_BYTES:
        return warning("space", text, "make room, or lower retention.bytes of topics that grow")
    return ok("space", text)
