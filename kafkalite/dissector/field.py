"""The tree that a dissection yields: one node per field, each with its byte range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, eq=False)
class Field:
    """One field of a dissected buffer.

    `start` and `end` (exclusive) are byte positions in the dissected buffer. The bytes between `start` and the first
    child's start are the field's own prefix (a length, a count, a tag); every byte of the buffer is in exactly one
    prefix or one childless field.

    `type` is Kafka's name of the encoding ("compact_nullable_string", "int32") or the struct's name. `value` is the
    plain value: int, bool, float, str, bytes (bytes, records and uuids), None for null, a dict for a struct, a list
    for an array. `note` explains a value in words ("UNKNOWN_TOPIC_OR_PARTITION", "crc does not match"), empty for none.

    `problem` says why the bytes of this field do not fit, in the partial tree of an error; empty otherwise. The value
    of a field that was not read to its end is None.

    `is_secret` is set where the value is a password or the like, which is not to be shown.

    `content` is set where the field's bytes had to be decompressed: the children's positions then count from the
    start of `content`, not of the buffer.
    """

    name: str
    type: str
    start: int
    end: int
    value: Any = None
    children: list[Field] = field(default_factory=list)
    note: str = ""
    content: bytes | None = None
    problem: str = ""
    is_secret: bool = False

    @property
    def prefix_end(self) -> int:
        """The position where the field's own bytes end: the first child's start, or `end` without children."""
        if self.children and self.content is None:
            return self.children[0].start
        return self.end

    def walk(self) -> Iterator[Field]:
        """Yield this field and every field under it, in the order of their bytes."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, path: str) -> Field | None:
        """Return the field at a dotted path of child names, such as "Body.Topics[0].Topic", or None."""
        found: Field | None = self
        for name in path.replace("[", ".[").removeprefix(".").split("."):
            found = next((child for child in found.children if child.name == name), None) if found else None
        return found

    def get(self, path: str) -> Field:
        """Return the field at a dotted path of child names.

        Raises:
            KeyError: there is none.
        """
        found = self.find(path)
        if found is None:
            raise KeyError(path)
        return found


class DissectionError(ValueError):
    """Bytes that do not fit the schema.

    `position` is the byte where the field that does not fit starts, `path` its dotted name, `reason` why it does not
    fit, and `partial` the tree of all that was read before (its open fields end where reading stopped).
    """

    def __init__(self, position: int, path: str, reason: str, partial: Field) -> None:
        super().__init__(f"byte {position}: {path}: {reason}")
        self.position = position
        self.path = path
        self.reason = reason
        self.partial = partial


class Trace:
    """Collects the tree while a format parses. `base` is the buffer position of the parsed stream's first byte."""

    def __init__(self, name: str, type_name: str, base: int, size_bytes: int) -> None:
        self.base = base
        self.size_bytes = size_bytes
        self.root = Field(name, type_name, base, base)
        self._open = [self.root]

    def open(self, name: str, type_name: str, position: int) -> Field:
        """Start a field under the innermost open one, at a position of the stream."""
        opened = Field(name, type_name, self.base + position, self.base + position)
        self._open[-1].children.append(opened)
        self._open.append(opened)
        return opened

    def close(self, opened: Field, position: int, value: Any) -> None:
        """End the innermost open field, which must be `opened`."""
        assert self._open.pop() is opened
        opened.end = self.base + position
        opened.value = value

    def fail(self, position: int, reason: str) -> DissectionError:
        """Return the error for the innermost open field; every open field ends at the stream's position."""
        for opened in self._open:
            opened.end = max(opened.start, self.base + position)
        self._open[-1].problem = reason
        path = "".join(
            part.name if part.name.startswith("[") or part is self.root else f".{part.name}" for part in self._open
        )
        return DissectionError(self._open[-1].start, path, reason, self.root)
