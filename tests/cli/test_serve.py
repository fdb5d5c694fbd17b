"""The options of serve, its exit codes, and the process as a person meets it."""

from __future__ import annotations

import errno
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
from kafkalite.transport.binding import CannotBind
from tests.running_server import environment, running_server

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


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
        (["topic", "list"], "unexpected argument: topic; a command comes first: kafkalite topic ..."),
        (["--port"], "option --port needs a value"),
        (["--data", ""], "option --data needs a value"),
        (["--host="], "option --host needs a value"),
        (["--set", "novalue"], "needs KEY=VALUE"),
        (["--set", "=x"], "needs KEY=VALUE"),
    ],
)
def test_options_that_are_refused(arguments: list[str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        parse_options(arguments)


@pytest.mark.parametrize("port", ["x", "-1", "65536"])
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


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "does not exist"),
        ("directory", "cannot be read: is a directory"),
        (b"num.partitions=\xff", "is not UTF-8: byte 15"),
        (b"num.partitions=\\u12", "is no properties file"),
    ],
)
def test_properties_files_that_cannot_be_read(tmp_path: pathlib.Path, content: bytes | str | None, words: str) -> None:
    path = tmp_path / "server.properties"
    if content == "directory":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=rf"config file .*server\.properties {words}"):
        settings_of(parse_options(["--config", str(path)]), {})


@pytest.mark.parametrize(
    ("arguments", "environ", "exit_code", "words"),
    [
        (["--prot"], {}, 2, "no such option: --prot; did you mean --port or --profile? (see kafkalite serve --help)"),
        ([], {"KAFKA_LOG_SEGMENT_BYTES": "abc"}, 1, "'abc' is not an int (from KAFKA_LOG_SEGMENT_BYTES)"),
        (["--set", "listeners=SSL://:1"], {}, 1, "a listener with TLS needs a key and a certificate"),
        (["--port", "0"], {"KAFKA_AUTHORIZER_CLASS_NAME": "x"}, 1, "no authorizer"),
        (["--set", "advertised.listeners=PLAINTEXT://0.0.0.0:1"], {}, 1, "no address that a client can connect to"),
        (["--set", "log.dirs=a,b"], {}, 1, "one log directory"),
        (["--as-version", "1.0"], {}, 2, "cannot be imitated"),
        (["--port", "0", "--host", "nosuchhost.invalid"], {}, 1, "no address is known for this name"),
        (["--port", "0", "--host", "192.0.2.99"], {}, 1, "it is no address of this machine"),
        (["--host", "127.0.0.1:9092"], {}, 1, "a port needs a separate option (from --host/--port)"),
        ([], {"KAFKALITE_HOST": "a b"}, 1, "is no host name and no address (from KAFKALITE_HOST/KAFKALITE_PORT)"),
        (["--set", "listeners=", "--port", "0"], {}, 1, "listeners: the list is empty"),
        (["--port", "0", "--data", __file__], {}, 1, "is a file, and a directory is needed (from --data)"),
        (["--port", "0"], {"KAFKALITE_DATA": __file__ + "/x"}, 1, "not a directory (from KAFKALITE_DATA)"),
        (["--port", "0", "--data", str(REPOSITORY)], {}, 1, "other directories"),
        ([], {"KAFKA_LISTENERS": "foo"}, 1, "listeners: 'foo' is not NAME://host:port (from KAFKA_LISTENERS)"),
        (
            ["--port", "0"],
            {"KAFKA_LISTENERS": "x://:1"},
            1,
            "for listener X (listener.security.protocol.map) (from KAFKA",
        ),
        ([], {"KAFKA_ADVERTISED_LISTENERS": "PLAINTEXT://x"}, 1, "(from the ports of KAFKA_ADVERTISED_LISTENERS)"),
        ([], {"KAFKA_CREATE_TOPICS": "a:b"}, 1, "KAFKA_CREATE_TOPICS: 'a:b' is not NAME"),
        (["--set", "listeners=SASL_PLAINTEXT://:0"], {}, 1, "set it to one or more of PLAIN, SCRAM-SHA-256"),
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
    assert capsys.readouterr().err == (
        "kafkalite: warning: Kafka 4.4 has no property named another (KAFKA_ANOTHER), foo.bar (KAFKA_FOO_BAR)\n"
    )


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (PermissionError(13, "Permission denied"), "cannot listen on port 9: this user may not"),
        (OSError(errno.EAFNOSUPPORT, "no such family"), "cannot listen on 127.0.0.1:9: no such family"),
    ],
)
def test_other_failures_of_the_address(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], problem: OSError, words: str
) -> None:
    def fail(*_: Any) -> int:
        raise CannotBind("127.0.0.1", 9, problem)

    monkeypatch.setattr(serve_module, "run_server", fail)
    assert serve(["--port", "9"], {}) == 1
    assert capsys.readouterr().err.startswith(f"kafkalite: {words}")


def test_a_limit_of_files_that_is_too_low_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: Any) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(serve_module, "run_server", fail)
    assert serve([], {}) == 1
    assert "ulimit -n" in capsys.readouterr().err


def test_errors_that_are_not_the_addresses_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> int:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(serve_module, "run_server", fail)
    with pytest.raises(FileNotFoundError):
        serve([], {})


def test_closed_standard_streams_stay_out_of_the_way(tmp_path: pathlib.Path) -> None:
    """Else the first socket would be number 1, and the banner would go into it."""
    code = (
        "import os, sys; [os.close(number) for number in (0, 1, 2)]; sys.stdout = sys.stderr = None\n"
        "from kafkalite.cli.serve import open_standard_streams, complain\n"
        "open_standard_streams(); complain('unheard')\n"
        "os._exit(os.open(os.devnull, os.O_RDONLY))"
    )
    finished = subprocess.run([sys.executable, "-c", code], env=environment(), timeout=60, check=False)
    assert finished.returncode == 3


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
