"""The suite itself (slow), and that its allow lists, stored results and findings agree (fast)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from compat_tests.broker_process import BrokerChoice
from compat_tests.upstream.librdkafka.__main__ import ALLOW_LISTS, CANNOT_RUN, SUITES, UNSTABLE, lock_directory, main
from compat_tests.upstream.librdkafka.sources import VERSION, SuiteUnavailable
from compat_tests.upstream.stored_promises import find_contradictions, find_lost_tests
from compat_tests.upstream.suite_results import SuiteResults, load_results

FINDINGS = Path(__file__).with_name("FINDINGS.md")
PROTOCOLS = sorted(SUITES)
SUITE_LIMIT_S = 7200


def load(protocol: str) -> SuiteResults:
    results = load_results(SUITES[protocol])
    assert results is not None, f"no stored results of {SUITES[protocol]}"
    return results


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_results_list_and_findings_agree(protocol: str) -> None:
    results = load(protocol)
    assert results.version == VERSION
    assert find_contradictions(results, ALLOW_LISTS[protocol], FINDINGS) == []


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_all_that_apache_kafka_passes_passes(protocol: str) -> None:
    assert set(find_lost_tests(load(protocol))) <= set(UNSTABLE[protocol])


@pytest.mark.skipif(os.name == "nt", reason="no file locks of this sort")
def test_one_run_at_a_time_has_the_directory(tmp_path: Path) -> None:
    with lock_directory(tmp_path / "run"), pytest.raises(SuiteUnavailable, match="another run"):
        lock_directory(tmp_path / "run")
    lock_directory(tmp_path / "run").close()


@pytest.mark.slow
@pytest.mark.timeout(SUITE_LIMIT_S)
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_allowed_tests_pass(protocol: str, broker_choice: BrokerChoice) -> None:
    broker = broker_choice.kind if broker_choice.kind == "kafkalite" else f"kafka:{broker_choice.kafka_version}"
    code = main(["--broker", broker, "--group-protocol", protocol, "--no-record"])
    if code == CANNOT_RUN and os.environ.get("CI") != "true":
        pytest.skip("librdkafka cannot be built here: the output says why")
    assert code == 0
