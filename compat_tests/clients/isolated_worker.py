"""Runs inside an old client's own virtual environment: calls of an adapter come in as pickles, results go out.

`python -m compat_tests.clients.isolated_worker BOOTSTRAP_SERVERS [API_VERSION]` drives the kafka-python installed
there. Both ends are this repository's own code; a frame is a four-byte length and a pickle.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
import traceback
from typing import IO, Any

from compat_tests.clients.group_members import Member
from compat_tests.clients.kafka_python_client import KafkaPython
from compat_tests.clients.model import ClientError, NothingArrived, Tail


def read_frame(stream: IO[bytes]) -> Any:
    """Return the next object.

    Raises:
        EOFError: the other end is gone.
    """
    header = stream.read(4)
    if len(header) < 4:
        raise EOFError
    return pickle.loads(stream.read(struct.unpack(">I", header)[0]))


def write_frame(stream: IO[bytes], value: Any) -> None:
    """Write one object and flush."""
    data = pickle.dumps(value)
    stream.write(struct.pack(">I", len(data)) + data)
    stream.flush()


class WatchedMember:
    """A member whose reading goes on by itself, looked at from time to time."""

    def __init__(self, member: Member) -> None:
        self._member = member
        self._told_count = 0

    def look(self) -> tuple[list[tuple[tuple[int, int], bytes]], frozenset[int], str | None]:
        """Return what was read since the last look, what it owns, and what ended it (None: nothing)."""
        read = list(self._member.read[self._told_count :])
        self._told_count += len(read)
        failure = self._member.failure
        return [(tuple(place), value) for place, value in read], self._member.owned, failure and repr(failure)

    def close(self) -> None:
        """Let it leave its group."""
        self._member.close()


class Worker:
    """Holds the adapter and its open tails and members, which go by numbers."""

    def __init__(self, client: KafkaPython) -> None:
        self._client = client
        self._targets: dict[int, Tail | WatchedMember] = {}

    def call(self, target: int, method: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """Call a method of the adapter (target 0), a tail or a member; a new one of them is answered as its number."""
        subject = self._targets[target] if target else self._client
        result = getattr(subject, method)(*arguments, **keywords)
        if isinstance(result, Tail | Member):
            number = len(self._targets) + 1
            self._targets[number] = WatchedMember(result) if isinstance(result, Member) else result
            return number
        return result


def main() -> None:
    """Serve calls until standard input ends."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever the library prints must not mix with the frames
    version = tuple(int(part) for part in sys.argv[2].split(".")) if len(sys.argv) > 2 else None
    worker = Worker(KafkaPython(sys.argv[1], version))
    while True:
        try:
            call = read_frame(sys.stdin.buffer)
        except EOFError:
            return
        try:
            reply = (True, worker.call(*call))
        except (ClientError, NothingArrived) as error:
            reply = (False, error)
        except Exception:
            reply = (False, RuntimeError(traceback.format_exc()))
        write_frame(output, reply)


if __name__ == "__main__":
    main()
