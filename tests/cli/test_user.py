"""Users of SCRAM."""

from __future__ import annotations

import json
import pathlib
import uuid
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from tests.certificates import write_files
from tests.cli.conftest import Outcome
from tests.threaded_server import bootstrap_of, secured, threaded_server

Run = Callable[..., Outcome]


@pytest.fixture
def user() -> str:
    """A user name that no other test has."""
    return f"user-{uuid.uuid4().hex[:12]}"


def credentials(run: Run, user: str) -> list[tuple[str, int]]:
    rows = [json.loads(line) for line in run("user", "list", "-o", "jsonl").lines]
    return [(row["mechanism"], row["iterations"]) for row in rows if row["user"] == user]


def test_create_change_delete(run: Run, user: str) -> None:
    outcome = run("user", "create", user, "--password-stdin", stdin=b"secret\n")
    assert outcome.lines == [f"{user} created (SCRAM-SHA-512)"]
    assert credentials(run, user) == [("SCRAM-SHA-512", 4096)]
    rows = run("user", "create", user, "-m", "scram-sha-256", "--password", "x", "--iterations", "8192", "-o", "jsonl")
    assert json.loads(rows.output) == {"user": user, "mechanism": "SCRAM-SHA-256", "result": "created"}
    assert credentials(run, user) == [("SCRAM-SHA-256", 8192), ("SCRAM-SHA-512", 4096)]
    outcome = run("user", "password", user, "--password", "other")
    assert outcome.lines == [f"{user} changed (SCRAM-SHA-256, SCRAM-SHA-512)"]
    assert credentials(run, user) == [("SCRAM-SHA-256", 4096), ("SCRAM-SHA-512", 4096)]
    assert run("user", "list", user).lines[0].split() == ["USER", "MECHANISM", "ITERATIONS"]
    assert run("user", "delete", user, "--dry-run").lines == [f"{user} would be deleted (SCRAM-SHA-256, SCRAM-SHA-512)"]
    assert run("user", "delete", user, "-m", "SCRAM-SHA-512").lines == [f"{user} deleted (SCRAM-SHA-512)"]
    assert credentials(run, user) == [("SCRAM-SHA-256", 4096)]
    assert run("user", "delete", user).exit_code == 0
    assert credentials(run, user) == []


def test_one_that_exists(run: Run, user: str) -> None:
    run("user", "create", user, "--password", "x")
    outcome = run("user", "create", user, "--password", "y")
    assert (outcome.exit_code, outcome.errors) == (
        1,
        f"kafkalite: user {user} exists with SCRAM-SHA-512; change the password with: kafkalite user password {user}\n",
    )
    run("user", "delete", user)


def test_ones_that_do_not_exist(run: Run, user: str) -> None:
    run("user", "create", user, "--password", "x")
    for arguments in (("password", "--password", "y"), ("delete",), ("list",)):
        verb, *options = arguments
        outcome = run("user", verb, f"{user}x", *options)
        assert outcome.exit_code == 1
        assert outcome.errors.startswith(f"kafkalite: there is no user {user}x; did you mean {user}")
    outcome = run("user", "delete", user, "-m", "SCRAM-SHA-256")
    assert outcome.errors == f"kafkalite: user {user} has no SCRAM-SHA-256, only SCRAM-SHA-512\n"
    run("user", "delete", user)


@pytest.mark.parametrize(
    ("options", "stdin", "exit_code", "words"),
    [
        ((), b"", 2, "there is no terminal to ask for the password"),
        (("--password", "x", "--password-stdin"), b"x\n", 2, "exclude each other"),
        (("--password-stdin",), b"\n", 1, "the password is empty"),
        (("--password", "x", "--iterations", "5"), b"", 2, "4096<=x<=16384"),
        (("--password", "x", "-m", "PLAIN"), b"", 2, "'PLAIN' is not one of"),
    ],
)
def test_passwords_that_are_not_said(
    run: Run, user: str, options: tuple[str, ...], stdin: bytes, exit_code: int, words: str
) -> None:
    outcome = run("user", "create", user, *options, stdin=stdin)
    assert (outcome.exit_code, words in outcome.errors) == (exit_code, True), outcome.errors
    assert credentials(run, user) == []


def test_a_person_is_asked(run: Run, user: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kafkalite.cli.user.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    answers = iter(["secret", "secret"])
    monkeypatch.setattr("click.termui.hidden_prompt_func", lambda _: next(answers))
    assert run("user", "create", user).exit_code == 0
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "n")
    assert run("user", "delete", user).exit_code == 130
    assert credentials(run, user) == [("SCRAM-SHA-512", 4096)]
    assert run("user", "delete", user, "-y").exit_code == 0


def test_the_password_lets_the_user_in(run: Run, tmp_path: pathlib.Path) -> None:
    config = tmp_path / "client.properties"
    login = (
        "security.protocol=SASL_PLAINTEXT\nsasl.mechanism=SCRAM-SHA-256\n"
        "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required "
        'username="bob" password="{password}";\n'
    )
    with threaded_server(secured(write_files(tmp_path))) as server:
        plain = ("-b", bootstrap_of(server))
        secure = ("-b", bootstrap_of(server, "LOGIN"), "--command-config", str(config))
        created = run(
            "user", "create", "bob", *plain, "-m", "SCRAM-SHA-256", "--password-stdin", stdin="pässword\n".encode()
        )
        assert created.exit_code == 0, created.errors
        config.write_text(login.format(password="p\\u00e4ssword"))
        assert run("user", "list", *secure).lines[1].split() == ["bob", "SCRAM-SHA-256", "4096"]
        run("user", "password", "bob", *plain, "--password", "changed")
        outcome = run("user", "list", *secure)
        assert outcome.exit_code == 1
        assert "refuses the user bob" in outcome.errors
        config.write_text(login.format(password="changed"))
        assert run("user", "list", *secure).exit_code == 0
