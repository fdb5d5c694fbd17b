"""Explaining properties."""

from __future__ import annotations

import json

import pytest

from kafkalite.cli.config import find_readers
from kafkalite.cli.main import main


def test_value_source_default_and_reader(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAFKA_LOG_SEGMENT_BYTES", "2000000")
    assert main(["config", "explain", "log.segment.bytes", "-o", "json"]) == 0
    [facts] = json.loads(capsys.readouterr().out)
    assert (facts["value"], facts["source"]) == ("2000000", "KAFKA_LOG_SEGMENT_BYTES")
    assert (facts["type"], facts["kafka_default"]) == ("int", "1073741824")
    assert facts["topic_properties"] == ["segment.bytes"]
    assert "log/config.py" in facts["read_by"]


def test_options_of_serve_count(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "explain", "listeners", "--port", "5"]) == 0
    output = capsys.readouterr().out
    assert "PLAINTEXT://127.0.0.1:5" in output
    assert "--host/--port" in output


def test_our_own_default_has_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "explain", "group.initial.rebalance.delay.ms"]) == 0
    output = capsys.readouterr().out
    assert "default 0: the first consumer" in output
    assert "default 3000" in output


def test_our_own_property(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "explain", "kafkalite.validate.records"]) == 0
    output = capsys.readouterr().out
    assert "default of kafkalite" in output
    assert "kafkalite  string, default full, fixed while the server runs" in output
    assert "The checks of a produced batch" in output
    assert "log/config.py" in output


def test_a_misspelled_name_gets_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "explain", "log.sgment.bytes"]) == 1
    assert "did you mean log.segment.bytes" in capsys.readouterr().err


def test_a_wrong_environment_is_said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAFKA_NUM_PARTITIONS", "many")
    assert main(["config", "explain", "num.partitions"]) == 1
    assert "'many' is not an int" in capsys.readouterr().err


def test_what_nobody_reads_has_no_reader() -> None:
    assert find_readers("zookeeper.connect") == []


@pytest.mark.parametrize("name", ["ssl.key.password", "listener.name.x.plain.sasl.jaas.config"])
def test_passwords_are_not_shown(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "explain", name, "--set", f"{name}=hunter2"]) == 0
    output = capsys.readouterr().out
    assert "(set, and hidden)" in output
    assert "hunter2" not in output
