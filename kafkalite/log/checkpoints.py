"""Codecs of the small text files of a log directory: bytes to values and back. No file is opened here.

Source: CheckpointFile, OffsetCheckpointFile, LeaderEpochCheckpointFile, PartitionMetadata, MetaProperties,
CleanShutdownFileHandler.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.log.epoch_cache import EpochEntry
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.uuids import uuid_from_text, uuid_to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RECOVERY_POINT_FILE = "recovery-point-offset-checkpoint"
LOG_START_OFFSET_FILE = "log-start-offset-checkpoint"
HIGH_WATERMARK_FILE = "replication-offset-checkpoint"
CLEANER_OFFSET_FILE = "cleaner-offset-checkpoint"
LEADER_EPOCH_FILE = "leader-epoch-checkpoint"
PARTITION_METADATA_FILE = "partition.metadata"
META_PROPERTIES_FILE = "meta.properties"
CLEAN_SHUTDOWN_FILE = ".kafka_cleanshutdown"

CHECKPOINT_VERSION = 0
PARTITION_METADATA_VERSION = 0
META_PROPERTIES_VERSION = 1
CLEAN_SHUTDOWN_VERSION = 0
_CLEAN_SHUTDOWN_PREFIX = b'{"version":0,"brokerEpoch":'


class CorruptCheckpoint(Exception):
    """The bytes are not a file of this kind, or have an unknown version."""


# ---- checkpoints: a version, a count, one entry a line -------------------------------------------------------------


def encode_offset_checkpoint(offsets: Mapping[TopicPartition, int]) -> bytes:
    """Return the bytes of a checkpoint with one offset per partition."""
    return _encode_lines(f"{tp.topic} {tp.partition} {offset}" for tp, offset in offsets.items())


def decode_offset_checkpoint(data: bytes) -> dict[TopicPartition, int]:
    """Return the offset of each partition; empty for an empty file.

    Raises:
        CorruptCheckpoint: the bytes are not an offset checkpoint.
    """
    offsets: dict[TopicPartition, int] = {}
    for topic, partition, offset in _decode_lines(data, 3):
        offsets[TopicPartition(topic, _integer(partition))] = _integer(offset)
    return offsets


def encode_leader_epochs(entries: Iterable[tuple[int, int]]) -> bytes:
    """Return the bytes of `leader-epoch-checkpoint` for pairs of (epoch, start offset)."""
    return _encode_lines(f"{epoch} {start_offset}" for epoch, start_offset in entries)


def decode_leader_epochs(data: bytes) -> list[EpochEntry]:
    """Return the epochs in file order; empty for an empty file.

    Raises:
        CorruptCheckpoint: the bytes are not a leader epoch checkpoint.
    """
    return [EpochEntry(_integer(epoch), _integer(start_offset)) for epoch, start_offset in _decode_lines(data, 2)]


def _encode_lines(entries: Iterable[str]) -> bytes:
    lines = list(entries)
    return "\n".join((str(CHECKPOINT_VERSION), str(len(lines)), *lines, "")).encode()


def _decode_lines(data: bytes, field_count: int) -> list[list[str]]:
    lines = _text(data).splitlines()
    if not lines:
        return []
    if _integer(lines[0]) != CHECKPOINT_VERSION:
        raise CorruptCheckpoint(f"version {lines[0]} is unknown")
    if len(lines) == 1:
        return []
    entries = [line.split() for line in lines[2:]]
    for fields in entries:
        if len(fields) != field_count:
            raise CorruptCheckpoint(f"a line has {len(fields)} fields, not {field_count}: {' '.join(fields)!r}")
    if len(entries) != _integer(lines[1]):
        raise CorruptCheckpoint(f"{lines[1]} entries are announced, {len(entries)} are there")
    return entries


# ---- partition.metadata --------------------------------------------------------------------------------------------


def encode_partition_metadata(topic_id: bytes) -> bytes:
    """Return the bytes of `partition.metadata`."""
    return f"version: {PARTITION_METADATA_VERSION}\ntopic_id: {uuid_to_text(topic_id)}".encode()


def decode_partition_metadata(data: bytes) -> bytes:
    """Return the topic id, which is never zero.

    Raises:
        CorruptCheckpoint: the bytes are not partition metadata, or have the zero id.
    """
    values = dict(_key_and_value(line, ":") for line in _text(data).splitlines() if line.strip())
    if _integer(values.get("version", "")) != PARTITION_METADATA_VERSION:
        raise CorruptCheckpoint(f"version {values['version']} is unknown")
    topic_id = _uuid(values.get("topic_id", ""))
    if topic_id == bytes(16):
        raise CorruptCheckpoint("the topic id is zero")
    return topic_id


# ---- meta.properties -----------------------------------------------------------------------------------------------


class MetaProperties(NamedTuple):
    """The identity of a log directory and its owner.

    Fields:
        cluster_id: any text, usually 22 characters of base64.
        directory_id: 16 bytes; None for a directory from before Kafka 3.7.
    """

    cluster_id: str
    node_id: int
    directory_id: bytes | None


def encode_meta_properties(properties: MetaProperties) -> bytes:
    """Return the bytes of `meta.properties`, version 1."""
    lines = [
        "#",
        f"cluster.id={_escape(properties.cluster_id)}",
        f"version={META_PROPERTIES_VERSION}",
        f"node.id={properties.node_id}",
    ]
    if properties.directory_id is not None:
        lines.append(f"directory.id={uuid_to_text(properties.directory_id)}")
    return ("\n".join(lines) + "\n").encode()


def decode_meta_properties(data: bytes) -> MetaProperties:
    """Return the identity of a log directory.

    Raises:
        CorruptCheckpoint: the bytes are not meta properties, or have version 0, which names no node.
    """
    values: dict[str, str] = {}
    for line in _text(data).splitlines():
        line = line.strip()
        if line and line[0] not in "#!":
            key, value = _property(line)
            values[key] = value
    if _integer(values.get("version", "0")) != META_PROPERTIES_VERSION:
        raise CorruptCheckpoint(f"version {values.get('version', '0')} is unknown")
    if "cluster.id" not in values:
        raise CorruptCheckpoint("there is no cluster.id")
    directory_id = _uuid(values["directory.id"]) if "directory.id" in values else None
    return MetaProperties(values["cluster.id"], _integer(values.get("node.id", "")), directory_id)


def _property(line: str) -> tuple[str, str]:
    key: list[str] = []
    position = 0
    while position < len(line) and line[position] not in "=: \t":
        if line[position] == "\\":
            position += 1
        key.append(line[position : position + 1])
        position += 1
    rest = line[position:].lstrip()
    if rest and rest[0] in "=:":
        rest = rest[1:].lstrip()
    return "".join(key), _unescape(rest)


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    parts: list[str] = []
    position = 0
    while position < len(text):
        if text[position] == "\\":
            position += 1
            character = text[position : position + 1]
            if character == "u":
                parts.append(_code_point(text[position + 1 : position + 5]))
                position += 5
                continue
            parts.append({"t": "\t", "n": "\n", "r": "\r", "f": "\f"}.get(character, character))
        else:
            parts.append(text[position])
        position += 1
    return "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _code_point(digits: str) -> str:
    try:
        return chr(int(digits, 16))
    except ValueError as error:
        raise CorruptCheckpoint(f"\\u{digits} is no character") from error


def _escape(text: str) -> str:
    escaped = text.replace("\\", "\\\\")
    for character, name in (("\t", "t"), ("\n", "n"), ("\r", "r"), ("\f", "f")):
        escaped = escaped.replace(character, "\\" + name)
    for character in "=:#!":
        escaped = escaped.replace(character, "\\" + character)
    if not escaped.isascii():  # Java reads the file as Latin-1
        escaped = "".join(character if character.isascii() else _unicode_escape(character) for character in escaped)
    return "\\" + escaped if escaped.startswith(" ") else escaped


def _unicode_escape(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


# ---- .kafka_cleanshutdown ------------------------------------------------------------------------------------------


def encode_clean_shutdown(broker_epoch: int) -> bytes:
    """Return the bytes of `.kafka_cleanshutdown`; `broker_epoch` is -1 if there is none."""
    return f'{{"version":{CLEAN_SHUTDOWN_VERSION},"brokerEpoch":{broker_epoch}}}'.encode()


def decode_clean_shutdown(data: bytes) -> int | None:
    """Return the broker epoch; None if it is unreadable, since the mere presence of the file marks a clean stop."""
    number = bytes(data).removeprefix(_CLEAN_SHUTDOWN_PREFIX).removesuffix(b"}")
    if len(number) == len(data) - len(_CLEAN_SHUTDOWN_PREFIX) - 1 and number.isdigit():
        return int(number)
    import json  # not needed at start-up for the files that Kafka and kafkalite write

    try:
        content = json.loads(data)
    except ValueError:
        return None
    broker_epoch = content.get("brokerEpoch") if isinstance(content, dict) else None
    return broker_epoch if isinstance(broker_epoch, int) else None


# ---- fields --------------------------------------------------------------------------------------------------------


def _text(data: bytes) -> str:
    try:
        return bytes(data).decode()
    except UnicodeDecodeError as error:
        raise CorruptCheckpoint("the file is not text") from error


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise CorruptCheckpoint(f"{text!r} is no number") from error


def _key_and_value(line: str, separator: str) -> tuple[str, str]:
    key, found, value = line.partition(separator)
    if not found:
        raise CorruptCheckpoint(f"malformed line {line!r}")
    return key.strip(), value.strip()


def _uuid(text: str) -> bytes:
    try:
        return uuid_from_text(text)
    except ValueError as error:
        raise CorruptCheckpoint(f"{text!r} is no id") from error
