"""The stored results agree with the list and the findings (fast); the suite itself (`-m slow`)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import pytest
from kafka import KafkaAdminClient

from compat_tests.broker_process import REPOSITORY, Broker, BrokerChoice, KafkaliteProcess
from compat_tests.upstream.kafka_python import run as suite_run
from compat_tests.upstream.kafka_python.distribution import RESOURCES, write_distribution
from compat_tests.upstream.kafka_python.junit import read_outcomes
from compat_tests.upstream.kafka_python.node import add_users, create_node, format_storage, read_settings
from compat_tests.upstream.kafka_python.service import SpawnedService
from compat_tests.upstream.kafka_python.sources import HERE, SuiteUnavailable, find_version, prepare_suite
from compat_tests.upstream.stored_promises import find_contradictions, find_lost_tests
from compat_tests.upstream.suite_results import Outcome, find_broken_promises, load_results, read_allowed

NEEDS_ACCESS_CONTROL = "test_admin_integration.py::test_create_describe_delete_acls"
"""The one test that kafkalite loses: it has no authorizer, and does not pretend to."""

REPORT = """\
<testsuites><testsuite>
<testcase classname="test.integration.test_a" name="test_good[None]"/>
<testcase classname="test.integration.test_a.TestSort" name="test_bad">
  <failure message="no /tmp/x/y.txt at h:43210"/></testcase>
<testcase classname="test.integration.test_a" name="test_late">
  <failure message="Failed: Timeout (&gt;120.0s)"/></testcase>
<testcase classname="test.integration.test_a" name="test_old"><skipped message="old"/></testcase>
<testcase classname="test.integration.test_a" name="test_twice"/>
<testcase classname="test.integration.test_a" name="test_twice"><error message="teardown"/></testcase>
</testsuite></testsuites>
"""


def test_results_list_and_findings_agree() -> None:
    results = load_results(suite_run.SUITE)
    assert results is not None
    assert results.version == find_version()
    assert find_contradictions(results, suite_run.ALLOWED, HERE / "FINDINGS.md") == []


def test_all_that_apache_kafka_passes_passes_but_for_access_control() -> None:
    results = load_results(suite_run.SUITE)
    assert results is not None
    assert set(find_lost_tests(results)) <= {NEEDS_ACCESS_CONTROL}


def test_outcomes_of_a_report(tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(REPORT)
    assert read_outcomes(tmp_path / "report.xml") == {
        "test_a.py::test_good[None]": Outcome("passed"),
        "test_a.py::TestSort::test_bad": Outcome("failed", "no y.txt at h:"),
        "test_a.py::test_late": Outcome("timeout", "Failed: Timeout (>120.0s)"),
        "test_a.py::test_old": Outcome("skipped", "old"),
        "test_a.py::test_twice": Outcome("failed", "teardown"),
    }


@pytest.mark.skipif(os.name == "nt", reason="the fixtures of kafka-python start shell scripts")
def test_the_scripts_start_a_broker_that_stops_with_its_input(tmp_path: Path) -> None:
    root = Path(write_distribution(tmp_path / "distribution", "kafkalite")["KAFKA_ROOT"])
    names = {"transport": "PLAINTEXT", "host": "localhost", "port": 0, "controller_port": 0, "broker_id": 7}
    names |= {"tmp_dir": tmp_path, "partitions": 4, "replicas": 1, "auto_create_topic": True}
    properties = tmp_path / "kafka.properties"
    names |= dict.fromkeys(("sasl_config", "ssl_config", "acl_config", "jaas_config"), "")
    properties.write_text(RESOURCES["kafka.properties"].format(**names))
    command = [str(root / "bin" / "kafka-run-class.sh"), "kafka.Kafka", str(properties)]
    service = SpawnedService(command, os.environ | {"PYTHONPATH": str(REPOSITORY)})
    service.start()
    try:
        assert service.wait_for(r"\[KafkaRaftServer nodeId=7\] Kafka Server started", timeout=30)
    finally:
        assert service.stop() == 0


def test_a_broker_that_cannot_start_is_told_at_once(tmp_path: Path) -> None:
    service = SpawnedService(["sh", "-c", "echo no such listener; exit 1"], os.environ)
    service.start()
    with pytest.raises(RuntimeError, match="did not start: no such listener"):
        service.wait_for("Kafka Server started", timeout=30)
    assert service.stop() == 1


def test_the_authorizer_of_the_fixture_is_left_out_for_kafkalite(tmp_path: Path) -> None:
    properties = tmp_path / "kafka.properties"
    properties.write_text(f"listeners=PLAINTEXT://localhost:0\nlog.dirs={tmp_path}/data\nauthorizer.class.name=a.B\n")
    node = create_node(BrokerChoice(), properties)
    assert set(node.settings) == {"listeners", "log.dirs"}


def test_a_listener_with_authentication_gets_its_login_module_and_a_plain_one_beside_it(tmp_path: Path) -> None:
    properties = tmp_path / "kafka.properties"
    properties.write_text(
        "listeners=SASL_PLAINTEXT://localhost:7,CONTROLLER://localhost:8\nadvertised.listeners=SASL_PLAINTEXT://a:7\n"
        f'log.dirs={tmp_path}/data\nsasl.enabled.mechanisms=PLAIN\nsasl.jaas.config=a.B required c="d";\n'
    )
    settings = read_settings(properties)
    assert settings["listener.name.sasl_plaintext.plain.sasl.jaas.config"] == 'a.B required c="d";'
    assert "sasl.jaas.config" not in settings
    plain, *others = settings["listeners"].split(",")
    assert others == ["SASL_PLAINTEXT://localhost:7", "CONTROLLER://localhost:8"]
    assert settings["advertised.listeners"] == f"{plain},SASL_PLAINTEXT://a:7"
    assert plain.startswith("PLAINTEXT://127.0.0.1:")


def test_users_of_the_storage_can_log_in(tmp_path: Path, broker: Broker, capsys: pytest.CaptureFixture[str]) -> None:
    if broker.kind != "kafkalite":
        pytest.skip("Apache Kafka formats its storage itself")
    properties = tmp_path / "kafka.properties"
    properties.write_text(f"log.dirs={tmp_path}/data\n")
    arguments = ["format", "-c", str(properties), "--add-scram", "SCRAM-SHA-512=[name=suite-user,password=secret]"]
    assert format_storage(BrokerChoice(), arguments) == 0
    add_users(cast(KafkaliteProcess, broker), properties)
    assert "creating new entry" in capsys.readouterr().out
    admin = KafkaAdminClient(bootstrap_servers=broker.bootstrap_servers)
    found = admin.describe_user_scram_credentials(["suite-user"])
    admin.close()
    assert "SCRAM_SHA_512" in str(found)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_allowed_tests_pass(tmp_path: Path, broker_choice: BrokerChoice) -> None:
    try:
        suite = prepare_suite()
    except SuiteUnavailable as error:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(str(error))
    allowed = read_allowed(suite_run.ALLOWED)
    outcomes = suite_run.Runner(suite=suite, choice=broker_choice, work=tmp_path).run(allowed)
    assert len(outcomes) == len(allowed)
    assert find_broken_promises(allowed, outcomes) == {}
