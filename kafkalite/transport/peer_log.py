"""Warnings about clients' mistakes, limited by peer: a flood of bad frames becomes a few lines and a count.

The first few warnings of a kind from an address are logged at once. Further ones within the same span of time are
counted, and the count is logged once at its end with the latest of them. The owner of the log calls `flush` after each
span; nothing here waits or has a timer.
"""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.model.limits import (
    LOGGED_PEER_MAX_COUNT,
    PEER_LOG_SPAN_MS,
    PEER_LOG_SPAN_WARNING_COUNT,
    SHOWN_REASON_MAX_CHARS,
)
from kafkalite.model.shown_text import shown_text

if TYPE_CHECKING:
    from kafkalite.system.clock import Clock

_log = getLogger("kafkalite.transport")

_OTHERS = "other addresses"
"""The name of all addresses that came after `LOGGED_PEER_MAX_COUNT` kinds were counted."""


class PeerLog:
    """The warnings of the connections of all listeners."""

    __slots__ = ("_began_ms", "_clock", "_kinds")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began_ms = clock.monotonic_ms()
        self._kinds: dict[tuple[str, str], _Kind] = {}

    def warn_of(self, host: str, template: str, *arguments: object) -> None:
        """Log a warning, or count it if the address has used its share of this kind.

        Args:
            host: the address of the client, or another subject for which warnings are counted.
            template: the kind: text with places for ``arguments``, as for logging. Arguments may come from the client,
                and are escaped and cut.
        """
        if self._clock.monotonic_ms() - self._began_ms >= PEER_LOG_SPAN_MS:
            self.flush()
        key = (host, template)
        kind = self._kinds.get(key)
        if kind is None:
            if len(self._kinds) >= LOGGED_PEER_MAX_COUNT:
                key = (_OTHERS, template)
            kind = self._kinds.setdefault(key, _Kind())
        if kind.logged_count < PEER_LOG_SPAN_WARNING_COUNT:
            kind.logged_count += 1
            _log.warning("%s", _text(template, arguments))
        else:
            kind.left_out_count += 1
            kind.latest = (template, arguments)

    def flush(self) -> None:
        """Log the number of omitted warnings of each kind, and begin a new span."""
        now_ms = self._clock.monotonic_ms()
        span_s = max(1, round((now_ms - self._began_ms) / 1000))
        for (host, _), kind in self._kinds.items():
            if kind.left_out_count:
                _log.warning(
                    "... and %s more like it from %s in the last %d s, the latest: %s",
                    f"{kind.left_out_count:,}",
                    host,
                    span_s,
                    _text(*kind.latest),
                )
        self._kinds.clear()
        self._began_ms = now_ms


class _Kind:
    """The warnings of one kind in one span: the numbers of logged and omitted ones, and the latest omitted one."""

    __slots__ = ("latest", "left_out_count", "logged_count")

    def __init__(self) -> None:
        self.logged_count = 0
        self.left_out_count = 0
        self.latest: tuple[str, tuple[object, ...]] = ("", ())


def _text(template: str, arguments: tuple[object, ...]) -> str:
    shown = tuple(
        argument if isinstance(argument, int) else shown_text(str(argument), SHOWN_REASON_MAX_CHARS)
        for argument in arguments
    )
    return template % shown
