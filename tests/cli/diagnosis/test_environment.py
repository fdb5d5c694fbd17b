"""Version, clock and open files."""

from __future__ import annotations

import pytest

from kafkalite import __version__
from kafkalite.cli.diagnosis.environment import check_clock, check_version, format_time, judge_open_files


def test_the_version() -> None:
    assert check_version().text.startswith(f"kafkalite {__version__}, speaks Kafka 4.4; ")


@pytest.mark.parametrize(
    ("now_ms", "level"), [(0, "problem"), (1_700_000_000_000, "problem"), (1_800_000_000_000, "ok")]
)
def test_a_clock_that_was_never_set(now_ms: int, level: str) -> None:
    assert check_clock(now_ms).level == level


def test_times() -> None:
    assert format_time(1_700_000_000_999) == "2023-11-14T22:13:20Z"
    assert format_time(2**63 - 1) == "9223372036854775807 ms since 1970"


@pytest.mark.parametrize(("limit", "level"), [(None, "ok"), (1024, "ok"), (256, "warning")])
def test_open_files(limit: int | None, level: str) -> None:
    finding = judge_open_files(limit)
    assert finding.level == level
    assert ("any number of" if limit is None else str(limit)) in finding.text
