"""The randomness door: identities and jitter."""

from __future__ import annotations

from os import urandom
from typing import Protocol

from kafkalite.model.uuids import uuid_to_text

RESERVED_UUIDS = frozenset((bytes(16), bytes(15) + b"\x01"))
"""The zero uuid and the id of `__cluster_metadata`: Kafka never assigns these to a topic or a directory.

Source: org.apache.kafka.common.Uuid."""


class Entropy(Protocol):
    """The source of random values."""

    def uuid(self) -> bytes:
        """Return 16 bytes of a version 4 uuid that Kafka does not reserve and whose text form does not begin with ``-``
        (a command line would take it for an option)."""
        ...

    def random_int(self, bound: int) -> int:
        """Return a whole number from 0 to `bound` - 1; `bound` is at least 1."""
        ...


def _make_uuid(draw: bytes) -> bytes | None:
    """Return `draw` (16 random bytes) stamped as version 4, or None if Kafka would draw again."""
    stamped = bytearray(draw)
    stamped[6] = stamped[6] & 0x0F | 0x40
    stamped[8] = stamped[8] & 0x3F | 0x80
    made = bytes(stamped)
    return None if made in RESERVED_UUIDS or "-" in uuid_to_text(made) else made


class SystemEntropy:
    """Randomness of the operating system, suitable for identities."""

    __slots__ = ()

    def uuid(self) -> bytes:
        """Return a new uuid, 16 bytes."""
        while True:
            made = _make_uuid(urandom(16))
            if made is not None:
                return made

    def random_int(self, bound: int) -> int:
        """Return a whole number from 0 to `bound` - 1."""
        if bound < 1:
            raise ValueError(f"bound {bound} leaves nothing to draw")
        return int.from_bytes(urandom(16), "big") % bound


class SeededEntropy:
    """The same values for the same seed, for tests and simulations.

    Args:
        seed: any whole number.
    """

    __slots__ = ("_random",)

    def __init__(self, seed: int) -> None:
        from random import Random  # here, since importing it costs milliseconds that a server never needs

        self._random = Random(seed)

    def uuid(self) -> bytes:
        """Return the next uuid of the sequence, 16 bytes."""
        while True:
            made = _make_uuid(self._random.randbytes(16))
            if made is not None:
                return made

    def random_int(self, bound: int) -> int:
        """Return the next whole number from 0 to `bound` - 1."""
        return self._random.randrange(bound)
