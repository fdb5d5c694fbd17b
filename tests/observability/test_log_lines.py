"""Log lines: one each, of bounded length, with nothing in them that a terminal obeys."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from kafkalite.model.limits import LOG_LINE_MAX_CHARS
from kafkalite.observability.log_lines import LineFormatter


@pytest.fixture
def written() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger, and what it writes as the process does."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter())
    logger = logging.Logger("written")
    logger.addHandler(handler)
    yield logger, stream
    handler.close()


def test_a_record_cannot_forge_another(written: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = written
    logger.warning("group %s is gone", "a\n2026-01-01 00:00:00,000 ERROR forged\x1b[1m")
    [line] = stream.getvalue().splitlines()
    assert line.endswith(r" WARNING group a\n2026-01-01 00:00:00,000 ERROR forged\x1b[1m is gone")


def test_a_line_is_cut(written: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = written
    logger.info("%s", "x" * 1_000_000)
    assert len(stream.getvalue()) < LOG_LINE_MAX_CHARS + 100
    assert stream.getvalue().endswith("... (1,000,000 characters)\n")


def test_a_traceback_is_indented_and_escaped(written: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = written
    try:
        raise ValueError("bad\n2026-01-01 ERROR forged\x1b[1m")
    except ValueError:
        logger.exception("it failed")
    head, *trace = stream.getvalue().splitlines()
    assert head.endswith(" ERROR it failed")
    assert trace[0] == "  Traceback (most recent call last):"
    assert all(line.startswith("  ") and line.isprintable() for line in trace)
