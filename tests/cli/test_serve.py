"""The options of serve, its exit codes, and the process as a person meets it."""

from __future__ import annotations

import json
import pathlib
import signal
import socket
import subprocess
import sys
from typing import Any

import pytest

from kafkalite.cli import serve as serve_module
from kafkalite.cli.serve import UsageError, check_release, parse_options, serve, settings_of
from kafkalite.settings import ConfigError
from tests.running_server import environment, running_server


def test_options() -> None:
    options = parse_options(["--port", "5", "--host=::1", "-vv", "-v", "--set", "a=b=c", "--set", "d=", "-q"])
    assert options.values == {"port": "5", "host": "::1"}
    assert options.properties == {"a": "b=c", "d": ""}
    assert (options.verbosity, options.is_quiet, options.is_help) == (3, True, False)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--prot", "5"], "no such option: --prot"),
        (["-x"], "no such option: -x"),
        (["somewhere"], "unexpected argument: somewhere"),
        (["--port"], "option --port needs a value"),
        (["--set", "novalue"], "needs KEY=VALUE"),
        (["--set", "=x"], "needs KEY=VALUE"),
    ],
)
def test_options_that_are_refused(arguments: list[str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        parse_options(arguments)


@pytest.mark.parametrize("port", ["x", "-1", "65536", ""])
def test_ports_that_are_refused(port: str) -> None:
    with pytest.raises(UsageError, match="is not a port"):
        settings_of(parse_options(["--port", port]), {})


def test_releases() -> None:
    check_release(None)
    check_release("3.9")
    with pytest.raises(UsageError, match="option --as-version"):
        check_release("0.9")


def test_a_properties_file_is_the_weakest_explicit_source(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "server.properties"
    path.write_text("# a comment\nnum.partitions = 3\nlog.dirs=/a\\\n  /b\nlisteners: PLAINTEXT://:7\n")
    settings = settings_of(parse_options(["--config", str(path)]), {"KAFKA_NUM_PARTITIONS": "4"})
    assert settings.get("num.partitions") == "4"
    assert settings.data_directory == "/a/b"
    assert settings.explicit["listeners"] == ("PLAINTEXT://:7", str(path))
    settings = settings_of(parse_options([]), {"KAFKALITE_CONFIG": str(path)})
    assert settings.get("num.partitions") == "3"


def test_a_properties_file_that_is_not_there() -> None:
    with pytest.raises(ConfigError, match="No such file"):
        settings_of(parse_options(["--config", "/nowhere/at/all"]), {})


@pytest.mark.parametrize(
    ("arguments", "environ", "exit_code", "words"),
    [
        (["--prot"], {}, 2, "no such option: --prot (see kafkalite serve --help)"),
        ([], {"KAFKA_LOG_SEGMENT_BYTES": "abc"}, 1, "'abc' is not an int (from KAFKA_LOG_SEGMENT_BYTES)"),
        (["--set", "listeners=SSL://:1"], {}, 1, "a listener with TLS needs a key and a certificate"),
        (["--port", "0"], {"KAFKA_AUTHORIZER_CLASS_NAME": "x"}, 1, "no authorizer"),
        (["--set", "advertised.listeners=PLAINTEXT://0.0.0.0:1"], {}, 1, "no address that a client can connect to"),
        (["--set", "log.dirs=a,b"], {}, 1, "one log directory"),
        (["--as-version", "1.0"], {}, 2, "cannot be imitated"),
    ],
)
def test_what_cannot_start_says_why(
    capsys: pytest.CaptureFixture[str], arguments: list[str], environ: dict[str, str], exit_code: int, words: str
) -> None:
    assert serve(arguments, environ) == exit_code
    errors = capsys.readouterr().err
    assert errors.startswith("kafkalite: ")
    assert words in errors


def test_unknown_properties_are_one_warning(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve_module, "run_server", lambda *_: 0)
    assert serve([], {"KAFKA_FOO_BAR": "1", "KAFKA_ANOTHER": "2", "KAFKA_PROCESS_ROLES": "broker"}) == 0
    assert capsys.readouterr().err == "kafkalite: warning: Kafka 4.3 has no property named another, foo.bar\n"


def test_other_failures_of_the_address(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_: Any) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(serve_module, "run_server", fail)
    assert serve(["--port", "9"], {}) == 1
    assert capsys.readouterr().err == "kafkalite: cannot listen on 127.0.0.1:9: Permission denied\n"


def test_errors_that_are_not_the_addresses_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> int:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(serve_module, "run_server", fail)
    with pytest.raises(FileNotFoundError):
        serve([], {})


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kafkalite", "serve", *arguments]
    return subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=False)


def test_a_taken_port_names_its_owner(tmp_path: pathlib.Path) -> None:
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        port = owner.getsockname()[1]
        finished = start("--port", str(port), "--data", str(tmp_path / "data"))
    assert finished.returncode == 1
    assert finished.stdout == ""
    assert finished.stderr.startswith(f"kafkalite: port {port} is used by pid ")
    assert not (tmp_path / "data").exists()


def test_ready_banner_ports_file_and_clean_stop(tmp_path: pathlib.Path) -> None:
    with running_server(tmp_path) as (process, port):
        assert json.loads((tmp_path / "ports.json").read_text()) == {"kafka": port}
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    output = (tmp_path / "server.out").read_text()
    assert output.startswith("kafkalite ")
    assert f"127.0.0.1:{port}" in output
    assert "Traceback" not in output


def test_quiet_says_nothing(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def get_ready(settings: Any, *, on_ready: Any, **others: Any) -> int:
        on_ready(None)  # who is not quiet reads it
        return 0

    monkeypatch.setattr("kafkalite.process.run", get_ready)
    assert serve(["-q", "--data", "memory"], {}) == 0
    assert capfd.readouterr() == ("", "")
    with pytest.raises(AttributeError):
        serve(["--data", "memory"], {})
