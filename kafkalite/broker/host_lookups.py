"""Names of hosts that clients send, resolved beside the loop: a name server may take half a minute to answer.

Addresses are recognised at once. Each piece of work has one lookup on its way at a time, and lookups begin in the order
in which they were asked for, so that a request of many names shares the threads with all others.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from kafkalite.model.limits import HOST_LOOKUPS_MAX_COUNT, HOST_NAME_MAX_CHARS
from kafkalite.model.steps import Pace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kafkalite.system.work_queue import SlicedSteps


class HostLookup:
    """One name on its way: an errand of the work that needs it, and the job of the thread that asks for it.

    Attributes:
        host: the name.
        addresses: of the name; empty before the lookup is done, and where it leads nowhere.
        is_done: whether the answer is there.
        is_dropped: the work ended; the lookup is not begun any more.
        failure: the exception of the lookup, which is a bug or a lack of memory.
    """

    __slots__ = ("_queue", "_resume", "addresses", "failure", "host", "is_done", "is_dropped")

    def __init__(self, queue: HostLookups, host: str) -> None:
        self._queue = queue
        self._resume: Callable[[], object] | None = None
        self.host = host
        self.addresses: list[str] = []
        self.is_done = False
        self.is_dropped = False
        self.failure: Exception | None = None

    def begin(self, resume: Callable[[], object]) -> None:
        """Have the name looked up when it is its turn, and call ``resume`` afterwards."""
        self._resume = resume
        self._queue.take(self)

    def run(self) -> None:
        """Look the name up; in any thread."""
        try:
            self.addresses = self._queue.resolve(self.host)
        except Exception as failure:
            self.failure = failure

    def complete(self) -> None:
        """Take the answer in, on the loop."""
        self.is_done = True
        self._queue.finished()
        assert self._resume is not None
        self._resume()


class HostLookups:
    """The lookups that wait, and those that are being made.

    Args:
        resolve: returns the addresses of a name or address, none where it leads nowhere; it may block.
        resolve_address: the same for addresses alone, at once; none for a name.

    Attributes:
        run_elsewhere: hands a lookup to a thread, which runs and completes it; None makes lookups at once.
    """

    __slots__ = ("_is_stopped", "_running_count", "_waiting", "resolve", "resolve_address", "run_elsewhere")

    def __init__(self, resolve: Callable[[str], list[str]], resolve_address: Callable[[str], list[str]]) -> None:
        self.resolve = resolve
        self.resolve_address = resolve_address
        self.run_elsewhere: Callable[[HostLookup], None] | None = None
        self._waiting: deque[HostLookup] = deque()
        self._running_count = 0
        self._is_stopped = False

    def find_known(self, hosts: Iterable[str | None]) -> SlicedSteps[set[str]]:
        """Return those of the names and addresses that lead anywhere, as sliced work; each one is looked up once.

        Args:
            hosts: taken one by one; None looks nothing up, and counts as work.
        """
        known: set[str] = set()
        yield from self._look_up(hosts, lambda host, addresses: known.add(host))
        return known

    def find_addresses(self, hosts: Iterable[str]) -> SlicedSteps[dict[str, list[str]]]:
        """Return the addresses of each name and address that leads anywhere, as sliced work."""
        found: dict[str, list[str]] = {}
        yield from self._look_up(hosts, found.__setitem__)
        return found

    def find_at_once(self, host: str) -> list[str]:
        """Return an address as `resolve` does, without a lookup; empty for a name."""
        return self.resolve_address(host) if len(host) <= HOST_NAME_MAX_CHARS else []

    def _look_up(self, hosts: Iterable[str | None], found: Callable[[str, list[str]], object]) -> SlicedSteps[None]:
        seen: set[str] = set()
        pace = Pace()
        for host in hosts:
            if pace.is_due():
                yield None
            if host is None or host in seen or len(host) > HOST_NAME_MAX_CHARS:
                continue
            seen.add(host)
            addresses = self.resolve_address(host)
            if addresses:
                found(host, addresses)
                continue
            lookup = HostLookup(self, host)
            try:
                yield lookup
            finally:
                lookup.is_dropped = True
            if lookup.failure is not None:
                raise lookup.failure
            if lookup.addresses:
                found(host, lookup.addresses)

    def stop(self) -> None:
        """Begin no more lookups: what waits for one is never resumed."""
        self._waiting.clear()
        self._is_stopped = True

    def take(self, lookup: HostLookup) -> None:
        """Look a name up when it is its turn."""
        self._waiting.append(lookup)
        self._begin_next()

    def finished(self) -> None:
        """Go on with the next lookup after one was completed."""
        self._running_count -= 1
        self._begin_next()

    def _begin_next(self) -> None:
        while self._waiting and self._running_count < HOST_LOOKUPS_MAX_COUNT and not self._is_stopped:
            lookup = self._waiting.popleft()
            if lookup.is_dropped:
                continue
            self._running_count += 1
            if self.run_elsewhere is not None:
                self.run_elsewhere(lookup)
            else:
                lookup.run()
                lookup.complete()
