"""Format of log records: one line each, whatever a client put into it.

Names, ids and bytes of clients reach the log in many ways. They are escaped here, at the one place that all lines pass,
so that no client can forge a line, control a terminal or fill the log with one name.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from kafkalite.model.limits import LOG_LINE_MAX_CHARS
from kafkalite.model.shown_text import shown_text

if TYPE_CHECKING:
    from types import TracebackType

LINE_FORMAT = "%(asctime)s %(levelname)s %(message)s"


class LineFormatter(logging.Formatter):
    """Formats a record as one line of at most about `LOG_LINE_MAX_CHARS`; a traceback follows it, indented."""

    def __init__(self) -> None:
        super().__init__(LINE_FORMAT)

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Return the line, its message escaped and cut."""
        record.message = shown_text(record.message, LOG_LINE_MAX_CHARS)
        return super().formatMessage(record)

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Return a traceback with every line indented, so that none of them looks like a record."""
        lines = super().formatException(ei).splitlines()
        return "\n".join(f"  {shown_text(line, LOG_LINE_MAX_CHARS)}" for line in lines)
