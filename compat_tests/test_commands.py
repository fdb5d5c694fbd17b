"""The commands of kafkalite as programs, with listeners of every kind.

The same tests judge them with Apache Kafka: ``pytest compat_tests/test_commands.py --broker kafka``.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from compat_tests.clients.test_security import PASSWORD, PLAIN_MODULE, SCRAM_MODULE, USER, Secured
from compat_tests.clients.test_security import secured as secured
from tests.running_server import environment

TIMEOUT_S = 60
PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run one command line to its end."""
    return subprocess.run(
        [sys.executable, "-m", "kafkalite", *arguments],
        input=stdin,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


def write_config(directory: Path, secured: Secured, protocol: str, module: str = PLAIN_MODULE, user: str = USER) -> str:
    """Write Java client properties for a listener, and return the path."""
    mechanism = "PLAIN" if module == PLAIN_MODULE else "SCRAM-SHA-256"
    path = directory / f"{protocol}-{user}.properties"
    path.write_text(
        f"security.protocol={protocol}\nssl.truststore.type=PEM\nssl.truststore.location={secured.files.authority}\n"
        f'sasl.mechanism={mechanism}\nsasl.jaas.config={module} required username="{user}" password="{PASSWORD}";\n'
    )
    return str(path)


def address_of(secured: Secured, protocol: str) -> str:
    return f"127.0.0.1:{secured.ports[protocol]}"


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_doctor_finds_nothing_wrong_where_client_and_listener_fit(
    secured: Secured, tmp_path: Path, protocol: str
) -> None:
    options = ("-b", address_of(secured, protocol), "--command-config", write_config(tmp_path, secured, protocol))
    finished = run("doctor", *options, "-o", "jsonl")
    findings = [json.loads(line) for line in finished.stdout.splitlines()]
    assert [one for one in findings if one["level"] in ("problem", "warning")] == []
    assert {"address", "security", "cluster", "clock", "version"} <= {one["check"] for one in findings}
    assert finished.returncode == 0


@pytest.mark.parametrize(("protocol", "chosen"), list(itertools.permutations(PROTOCOLS, 2)))
def test_doctor_says_which_security_a_listener_has(
    secured: Secured, tmp_path: Path, protocol: str, chosen: str
) -> None:
    options = ("-b", address_of(secured, protocol), "--command-config", write_config(tmp_path, secured, chosen))
    finished = run("doctor", *options, "-o", "jsonl")
    [problem] = [one for line in finished.stdout.splitlines() if (one := json.loads(line))["level"] == "problem"]
    assert problem["text"].endswith(f" speaks {protocol}, and this client is set to {chosen}")
    assert f"security.protocol={protocol}" in problem["advice"]
    assert finished.returncode == 1


def test_a_user_comes_in_with_the_password_that_was_set(secured: Secured, tmp_path: Path) -> None:
    plain = ("-b", address_of(secured, "PLAINTEXT"))
    config = write_config(tmp_path, secured, "SASL_SSL", SCRAM_MODULE, "bertha")
    secure = ("-b", address_of(secured, "SASL_SSL"), "--command-config", config)
    assert "refuses the user bertha" in run("cluster", *secure).stderr
    created = run("user", "create", "bertha", *plain, "-m", "SCRAM-SHA-256", "--password-stdin", stdin=PASSWORD)
    assert (created.returncode, created.stdout) == (0, "bertha created (SCRAM-SHA-256)\n")
    assert run("cluster", *secure).returncode == 0
    assert run("user", "delete", "bertha", *plain).returncode == 0
    assert run("cluster", *secure).returncode == 1


def test_a_transactional_id_that_was_never_used(secured: Secured) -> None:
    """On a broker that never saw a transaction: its coordinator is there all the same."""
    finished = run("txn", "describe", "never-used", "-b", address_of(secured, "PLAINTEXT"))
    assert finished.stderr.startswith("kafkalite: there is no transactional id never-used")
    assert finished.returncode == 1
