"""The benchmark's tables, with brokers and measures that cost nothing."""

from __future__ import annotations

import contextlib
import json
import pathlib
from collections.abc import Iterator

import pytest

from scripts import bench
from scripts.devtools.attack import fairness, page
from scripts.devtools.attack.fairness import FAIRNESS_CASES
from scripts.devtools.attack.suite import WELL, Row
from scripts.devtools.attack.target import Target
from scripts.devtools.benchmark import brokers
from scripts.devtools.benchmark.brokers import MOCK_NAME, RunningBroker
from scripts.devtools.benchmark.measures import Figure, Scale


def cheap(broker: RunningBroker, scale: Scale) -> Iterator[Figure]:
    """One figure: three for ours, two for the peer."""
    yield Figure(name="cheap", unit="ms", value=3.0 if broker.name == "kafkalite" else 2.0)


@pytest.fixture
def peers(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> list[str]:
    """Replace brokers, measures, loads and the page; return the names of the brokers."""
    names = ["kafkalite", "Apache Kafka"]
    waits = iter([10.0, 20.0, 120.0, 40.0])

    @contextlib.contextmanager
    def run(name: str) -> Iterator[RunningBroker]:
        yield RunningBroker(name, "127.0.0.1", 1, 1, 1.0)

    def measure(target: Target) -> list[Row]:
        longest_ms = next(waits)
        return [Row(case=case.name, longest_ms=longest_ms, outcome=WELL) for case in FAIRNESS_CASES]

    monkeypatch.setattr(bench, "MEASURES", (cheap,))
    monkeypatch.setattr(bench, "NAMES", ("cheap", "fairness"))
    monkeypatch.setattr(brokers, "available", lambda version: [(name, lambda name=name: run(name)) for name in names])
    monkeypatch.setattr(fairness, "measure", measure)
    monkeypatch.setattr(page, "PAGE", tmp_path / "page.md")
    page.PAGE.write_text(f"<!-- {page.FAIRNESS} -->\nold\n<!-- end of fairness -->\n")
    return names


def test_the_whole_run_has_both_tables(
    peers: list[str], capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path
) -> None:
    assert bench.main(["--rounds", "2", "--json", str(tmp_path / "figures.json")]) == 0
    printed = capsys.readouterr().out
    assert "| cheap | ms | 3.00 | 2.00 | 1.50 |" in printed
    assert f"| {FAIRNESS_CASES[0].name} | flood of small requests | 100 ms | **120 ms (missed)** | 40 ms |" in printed
    assert "old" in page.PAGE.read_text()
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert figures[0] == {"figure": "cheap", "unit": "ms", "kafkalite": 3.0, "Apache Kafka": 2.0}
    assert figures[1]["target"] == 100 and figures[1]["kafkalite"] == 120.0


def test_fairness_alone_is_stored(peers: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["--rounds", "1", "--only", "fairness", "--write"]) == 0
    assert "cheap" not in capsys.readouterr().out
    text = page.PAGE.read_text()
    assert "The longest of 1 rounds" in text and "| 100 ms | 10 ms | 20 ms |" in text and "old" not in text


def test_the_mock_is_not_attacked(peers: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    peers[1] = MOCK_NAME
    assert bench.main(["--rounds", "1"]) == 0
    printed = capsys.readouterr().out
    assert "| cheap | ms | 3.00 | 2.00 | 1.50 |" in printed
    assert "| 100 ms | 10 ms |\n" in printed


@pytest.mark.parametrize("arguments", [["--only", "nosuch"], ["--only", "cheap", "--write"]])
def test_what_cannot_be_measured(peers: list[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        bench.main(arguments)
    assert ended.value.code == 2
