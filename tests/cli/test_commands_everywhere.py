"""Properties of every command that asks a broker about groups, properties, users, transactions or the cluster."""

from __future__ import annotations

import json
import pathlib
import socket
from collections.abc import Callable, Iterator

import pytest

from kafkalite.cli.main import main
from tests.certificates import write_files
from tests.cli.conftest import Outcome
from tests.threaded_server import PASSWORD, bootstrap_of, secured, threaded_server

Run = Callable[..., Outcome]

COMMANDS = {
    "group list": (),
    "group describe": ("g",),
    "group lag": ("g",),
    "group seek": ("g", "t", "--to", "end"),
    "group delete": ("g",),
    "config get": ("topic", "t"),
    "config set": ("topic", "t", "retention.ms=1"),
    "config unset": ("topic", "t", "retention.ms"),
    "user list": (),
    "user create": ("no-such-user", "--password", "x"),
    "user password": ("no-such-user", "--password", "x"),
    "user delete": ("no-such-user",),
    "txn list": (),
    "txn describe": ("id",),
    "txn producers": ("t",),
    "txn abort": ("id",),
    "cluster": (),
    "doctor": (),
}
"""Command -> arguments of which those that name something name what does not exist."""

WITHOUT_NAMES = ("group list", "user list", "txn list", "user create", "cluster", "doctor")
"""Commands that succeed with these arguments."""

each_command = pytest.mark.parametrize("name", COMMANDS)


def line_of(name: str, *options: str) -> list[str]:
    return [*name.split(), *options, *COMMANDS[name]]


@each_command
def test_help_has_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*name.split(), "--help"]) == 0
    output = capsys.readouterr().out
    assert f"Example: kafkalite {name}" in output or f"| kafkalite {name}" in output
    for option in ("-b, --bootstrap", "--command-config", "-o, --output"):
        assert option in output


@each_command
def test_a_broker_that_is_not_there(name: str, run: Run) -> None:
    with socket.socket() as bound_only:
        bound_only.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{bound_only.getsockname()[1]}"
        outcome = run(*line_of(name, "-b", address))
    text = outcome.output if name == "doctor" else outcome.errors
    assert outcome.exit_code == 1
    assert address in text
    assert "connection refused" in text
    assert "Traceback" not in outcome.errors


@each_command
def test_a_host_that_is_not_known(name: str, run: Run) -> None:
    outcome = run("-b", "nosuchhost.invalid:9092", *line_of(name))
    text = outcome.output if name == "doctor" else outcome.errors
    assert outcome.exit_code == 1
    assert "cannot be resolved" in text


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in WITHOUT_NAMES])
def test_what_does_not_exist_is_named(name: str, run: Run) -> None:
    outcome = run(*line_of(name))
    assert (outcome.exit_code, outcome.output) == (1, "")
    assert outcome.errors.startswith("kafkalite: there is no ")


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """(address with TLS and SASL, file for it, address of the plain listener) of a server."""
    directory = tmp_path_factory.mktemp("secure")
    files = write_files(directory)
    config = directory / "client.properties"
    config.write_text(
        "security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nssl.truststore.type=PEM\n"
        f"ssl.truststore.location={files.authority}\n"
        "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required "
        f'username="alice" password="{PASSWORD}";\n'
    )
    with threaded_server(secured(files)) as server:
        yield bootstrap_of(server, "BOTH"), str(config), bootstrap_of(server)


@each_command
def test_tls_and_sasl_by_javas_properties(name: str, run: Run, secure: tuple[str, str, str]) -> None:
    address, config, _ = secure
    outcome = run(*line_of(name, "-b", address, "--command-config", config))
    if name in WITHOUT_NAMES:
        assert outcome.exit_code == 0, outcome
    else:
        assert outcome.errors.startswith("kafkalite: there is no "), outcome
    if name == "user create":
        assert run("user", "delete", "no-such-user", "-b", address, "--command-config", config).exit_code == 0


@each_command
def test_a_listener_that_wants_tls(name: str, run: Run, secure: tuple[str, str, str]) -> None:
    outcome = run(*line_of(name, "-b", secure[0]))
    text = outcome.output if name == "doctor" else outcome.errors
    assert outcome.exit_code == 1
    assert "security.protocol" in text


@pytest.mark.parametrize("output_format", ["json", "jsonl"])
@pytest.mark.parametrize("name", ["group list", "group lag", "user list", "txn list", "cluster", "doctor"])
def test_json_only_on_standard_output(name: str, output_format: str, run: Run, bootstrap: str) -> None:
    arguments = ["-b", bootstrap] if name == "doctor" else []
    outcome = run(*name.split(), *arguments, "--output", output_format)
    assert outcome.exit_code == 0, outcome
    if output_format == "json":
        assert isinstance(json.loads(outcome.output), list)
    else:
        assert all(isinstance(json.loads(line), dict) for line in outcome.lines)


def test_the_file_of_properties_cannot_be_read(run: Run, tmp_path: pathlib.Path) -> None:
    outcome = run("cluster", "--command-config", str(tmp_path / "missing"))
    assert outcome.exit_code == 1
    assert "--command-config" in outcome.errors
