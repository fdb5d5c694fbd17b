"""The command line."""

from __future__ import annotations

import contextlib
import pathlib
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from scripts.devtools.attack import __main__ as command
from scripts.devtools.attack import page
from scripts.devtools.attack.__main__ import main, parse
from scripts.devtools.attack.case import Case
from scripts.devtools.attack.listeners import Listeners
from scripts.devtools.attack.suite import GONE, WELL, Row
from scripts.devtools.attack.target import Target
from scripts.devtools.attack.topics import TopicsFailed
from scripts.devtools.benchmark.wire import free_port

NO_TIME = "not played: no time"


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Replace brokers and suite by outcomes, by broker."""
    by_broker: dict[str, list[str]] = {"kafkalite": [WELL], "kafka": [WELL]}

    @contextlib.contextmanager
    def started(kind: str, *, descriptor_count: int | None = None) -> Iterator[Listeners]:
        yield Listeners(Target(kind, "127.0.0.1", 1))

    def attack(target: Target, cases: Sequence[Case], *arguments: object, **options: object) -> list[Row]:
        return [Row(case=f"{number}", outcome=outcome) for number, outcome in enumerate(by_broker[target.name])]

    monkeypatch.setattr(command, "started", started)
    monkeypatch.setattr(command, "attack", attack)
    return by_broker


def test_only_brokers_of_this_machine(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["--bootstrap-server", "192.0.2.1:9092"])
    assert ended.value.code == 2
    assert "only this machine's brokers are attacked" in capsys.readouterr().err


def test_a_broker_on_loopback() -> None:
    options = parse(["--bootstrap-server", "127.0.0.1:9092", "--pid", "7", "--case", "Metadata"])
    assert options.bootstrap_server == Target("127.0.0.1:9092", "127.0.0.1", 9092, 7)
    assert (options.tls, options.sasl, options.words) == (None, None, ["Metadata"])


@pytest.mark.parametrize(
    "arguments", [["--write", "--bootstrap-server", "127.0.0.1:9092"], ["--tls", "127.0.0.1:9093"]]
)
def test_options_that_do_not_go_together(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(arguments)
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("found", "code"),
    [([WELL, WELL], 0), ([WELL, NO_TIME], 0), ([NO_TIME], 1), ([], 1), ([WELL, "lost a record"], 1), ([GONE], 1)],
)
def test_exit_codes(outcomes: dict[str, list[str]], found: list[str], code: int) -> None:
    outcomes["kafkalite"] = found
    assert main([]) == code


def test_a_broker_that_cannot_be_attacked_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--bootstrap-server", f"127.0.0.1:{free_port()}"]) == 1
    assert capsys.readouterr().err.startswith("cannot attack: ")


def test_a_second_broker_that_cannot_be_attacked_leaves_the_rows_of_the_first(
    outcomes: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    play = command.attack

    def attack(*arguments: Any, crowd_count: int = 1, **options: Any) -> list[Row]:
        if not crowd_count:
            raise TopicsFailed("too few descriptors")
        return play(*arguments, **options)

    monkeypatch.setattr(command, "attack", attack)
    assert main([]) == 0
    assert "not played: too few descriptors" in capsys.readouterr().out


def test_a_case_that_does_not_exist_plays_nothing(
    outcomes: dict[str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--case", "no such load"]) == 1
    assert "no load was played" in capsys.readouterr().err


def test_only_our_own_outcome_counts_beside_kafka(
    outcomes: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    monkeypatch.setattr(page, "PAGE", tmp_path / "page.md")
    page.PAGE.write_text(f"<!-- {page.ATTACK} -->\n<!-- end of attack -->\n")
    outcomes["kafka"] = [GONE]
    assert main(["--write"]) == 0
    assert f"| {GONE} |" in page.PAGE.read_text()
    assert main(["--broker", "kafka"]) == 1
    outcomes.update(kafkalite=[GONE], kafka=[WELL])
    assert main(["--write"]) == 1
