"""The parts of a conversation with a broker: steps in a table, with values that are known only when it is played.

Values in a step are plain values under Kafka's field names, or one of these:

- "$name": a variable of the conversation. "$orders" is the full name of its topic `orders`, "$orders.id" its id;
  names of groups and transactional ids are made the same way from `names`; `remember` of an earlier step adds more,
  "$broker" as received and "$broker.text" in digits.
- `Text`: a concatenation of such parts.
- `Records`, `Embedded`: bytes that are built from their description.

Fields that a version of a message does not have are left out, so that one table serves all versions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kafkalite.conformance.needs import Need

FIXED_TIME_MS = 1_700_000_000_000
"""The default timestamp of records: the same in every run."""

NOBODY = bytes.fromhex("6b61666b616c6974650000000000beef")
"""A topic id that no topic has."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One record batch. `records` are values, or (key, value) pairs; keys and values may be None.

    `patch` overwrites fields of the finished header by Kafka's name; the CRC is recomputed unless it is patched itself.
    `inside` replaces the records' bytes before compression; the header still counts `records`.
    `cut_bytes` removes that many bytes at the end, `append` adds bytes after it.
    """

    records: Sequence[str | tuple[str | None, str | None] | None] = ("a",)
    codec: int = 0
    timestamps_ms: Sequence[int] = ()
    headers: Sequence[tuple[str, bytes | None]] = ()
    producer_id: int | str = -1
    producer_epoch: int | str = -1
    base_sequence: int = -1
    is_transactional: bool = False
    is_control: bool = False
    is_log_append_time: bool = False
    base_offset: int = 0
    patch: Mapping[str, int] = field(default_factory=dict)
    inside: bytes | None = None
    cut_bytes: int = 0
    append: bytes = b""


@dataclass(frozen=True)
class Records:
    """A record set of any number of batches; `magic` 0 and 1 are the message sets before batches."""

    batches: tuple[Batch, ...]
    magic: int = 2


@dataclass(frozen=True)
class Embedded:
    """A message inside the bytes of another, after its version: a subscription or an assignment of a consumer."""

    schema: str
    version: int
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Text:
    """Text of several parts, each of them plain or a variable: `Text("$own", ".*")`."""

    parts: tuple[str, ...]

    def __init__(self, *parts: str) -> None:
        """Keep the parts in their order."""
        object.__setattr__(self, "parts", parts)


@dataclass(frozen=True)
class Wait:
    """Repeat a step until the decoded answer has this value at this path, within the player's time limits.

    Parts of a path are names, positions, or "Name=orders" for the first element with that field, where the value may be
    a variable: "Name=$orders".
    """

    path: str
    value: Any


@dataclass(frozen=True, kw_only=True)
class Step:
    """One request and the treatment of its answer.

    `version` None is the conversation's version for its subject, the newest for any other API.
    `remember` maps variables to paths in the answer ("Groups.0.MemberId").
    `connection` names the connection; it is opened with the first step that names it.
    `answers` False: no answer is expected (acks=0); the next one on this connection belongs to the next request.
    `is_deferred`: the answer is read by a later `Answer` step, because it waits for other requests.
    `is_compared` False: the step only waits for something; its answer is not compared.
    `raw` is a whole frame without its length, instead of `api` and `fields`.
    `silence_s` is the time to wait for an answer if Apache Kafka is known to give none.
    `masks` are fields of this step whose values differ by nature, beyond the common rules: path -> reason.
    """

    api: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    version: int | None = None
    name: str = ""
    remember: Mapping[str, str] = field(default_factory=dict)
    until: Wait | None = None
    connection: str = "main"
    answers: bool = True
    silence_s: float | None = None
    is_deferred: bool = False
    is_compared: bool = True
    raw: bytes | None = None
    masks: Mapping[str, str] = field(default_factory=dict)
    client_id: str | None = "conformance"

    def named(self, name: str) -> Step:
        """Return a copy of this step under another name."""
        return replace(self, name=name)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Read the answer of the deferred step of that name."""

    of: str
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A topic that exists before the conversation starts."""

    partitions: int = 1
    configs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """Steps about one API, played once per version in `versions` (empty: every version that Apache Kafka serves).

    `topics` are created before, under names that no other conversation uses; `names` are further such names, for
    groups, transactional ids and topics that do not exist (or not yet). `needs` are broker properties that affect the
    answers. `alone` is the reason why no other conversation may be played at the same time, empty if any may.
    """

    name: str
    api: str
    steps: Sequence[Step | Answer]
    versions: Sequence[int] = ()
    topics: Mapping[str, Topic] = field(default_factory=dict)
    names: Sequence[str] = ()
    masks: Mapping[str, str] = field(default_factory=dict)
    needs: Mapping[str, Need] = field(default_factory=dict)
    alone: str = ""
    release: str = ""
    """The release of Apache Kafka that is the judge; empty: the newest that serves the version."""

    @property
    def title(self) -> str:
        """Return the conversation's name with its subject."""
        return f"{self.api}: {self.name}"


TEN = Topic(partitions=10)
ONE = Topic()
