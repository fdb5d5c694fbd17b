"""The whole check-up: which parts are done, and the exit code."""

from __future__ import annotations

import json
import pathlib
import socket

import pytest

from kafkalite.cli import doctor
from kafkalite.cli.main import main
from tests.certificates import write_files
from tests.threaded_server import bootstrap_of, secured, threaded_server


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """Run without variables that name a broker, in an empty directory."""
    for name in ("KAFKALITE_BOOTSTRAP", "KAFKALITE_COMMAND_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def checks(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, list[str]]]:
    """Return the exit code and check -> levels."""
    exit_code = main(["doctor", *arguments, "-o", "jsonl"])
    found: dict[str, list[str]] = {}
    for line in capsys.readouterr().out.splitlines():
        finding = json.loads(line)
        assert sorted(finding) == ["advice", "check", "level", "text"]
        found.setdefault(finding["check"], []).append(finding["level"])
    return exit_code, found


def test_options_of_serve_ask_for_the_server_only(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code, found = checks(capsys, "--port", "0", "--data", "memory")
    assert (exit_code, found["settings"], found["port"], found["data"]) == (0, ["ok"], ["ok"], ["ok"])
    assert "address" not in found


def test_an_address_asks_for_the_client_only(capsys: pytest.CaptureFixture[str]) -> None:
    with threaded_server() as server:
        exit_code, found = checks(capsys, "-b", bootstrap_of(server))
    assert (exit_code, found["cluster"], found["address"]) == (0, ["ok"], ["ok", "ok"])
    assert "port" not in found


def test_without_a_word_both_are_done(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "is_listening", lambda address: False)
    exit_code, found = checks(capsys)
    assert found["address"] == ["note"]
    assert {"settings", "port", "data"} <= set(found)
    assert exit_code == (1 if "problem" in found["port"] else 0)  # 9092 may be taken on this machine


def test_a_problem_makes_it_fail_and_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as bound_only:
        bound_only.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{bound_only.getsockname()[1]}"
        assert main(["doctor", "-b", address]) == 1
    lines = capsys.readouterr().out.splitlines()
    [index] = [index for index, line in enumerate(lines) if line.startswith("problem")]
    assert f"bootstrap {address} does not accept connections (127.0.0.1: connection refused)" in lines[index]
    assert lines[index + 1].strip().startswith("-> start the server (kafkalite)")
    assert lines[-1] == "1 problem found"


def test_warnings_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--port", "0", "--data", "memory", "--set", "no.such=1"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 warning found"


def test_settings_and_files_that_cannot_be_used(capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path) -> None:
    exit_code, found = checks(capsys, "--set", "num.partitions=many")
    assert (exit_code, found["settings"]) == (1, ["problem"])
    exit_code, found = checks(capsys, "--set", "log.dirs=a,b", "--port", "0")
    assert (exit_code, found["data"]) == (1, ["problem"])
    exit_code, found = checks(capsys, "--command-config", str(tmp_path / "missing"))
    assert (exit_code, found["client"]) == (1, ["problem"])
    assert main(["doctor", "--no-such-option"]) == 2
    assert "no such option: --no-such-option" in capsys.readouterr().err


def test_a_listener_that_wants_tls(capsys: pytest.CaptureFixture[str], tmp_path: pathlib.Path) -> None:
    files = write_files(tmp_path)
    config = tmp_path / "client.properties"
    config.write_text(f"security.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.location={files.authority}\n")
    with threaded_server(secured(files)) as server:
        bootstrap = bootstrap_of(server, "TLS")
        exit_code, found = checks(capsys, "-b", bootstrap)
        assert (exit_code, found["security"]) == (1, ["problem"])
        exit_code, found = checks(capsys, "-b", bootstrap, "--command-config", str(config))
        assert (exit_code, found["security"]) == (0, ["ok", "ok"])
