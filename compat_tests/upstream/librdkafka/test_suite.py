"""The suite itself (slow), and that its allow lists, stored results and findings agree (fast)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from compat_tests.broker_process import BrokerChoice
from compat_tests.upstream.librdkafka.__main__ import ALLOW_LISTS, CANNOT_RUN, SUITES, main
from compat_tests.upstream.librdkafka.sources import VERSION
from compat_tests.upstream.librdkafka.test_runner import NO_BROKER
from compat_tests.upstream.suite_results import SuiteResults, find_broken_promises, load_results, read_allowed

FINDINGS = Path(__file__).with_name("FINDINGS.md")
PROTOCOLS = sorted(SUITES)
SUITE_LIMIT_S = 7200


def load(protocol: str) -> SuiteResults:
    results = load_results(SUITES[protocol])
    assert results is not None, f"no stored results of {SUITES[protocol]}"
    return results


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_allow_list_is_sorted_and_names_nothing_twice(protocol: str) -> None:
    allowed = read_allowed(ALLOW_LISTS[protocol])
    assert allowed == sorted(set(allowed))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_stored_results_are_those_of_the_pinned_sources(protocol: str) -> None:
    assert load(protocol).version == VERSION


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_allowed_test_passed_when_it_last_ran(protocol: str) -> None:
    allowed, outcomes = read_allowed(ALLOW_LISTS[protocol]), load(protocol).runs["kafkalite"].outcomes
    assert find_broken_promises(allowed, outcomes) == {}
    assert [name for name in allowed if name not in outcomes] == []


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_other_test_is_explained_in_the_findings(protocol: str) -> None:
    findings, allowed = FINDINGS.read_text(), set(read_allowed(ALLOW_LISTS[protocol]))
    outcomes = load(protocol).runs["kafkalite"].outcomes
    others = [name for name, outcome in outcomes.items() if name not in allowed and outcome.reason != NO_BROKER]
    assert [name for name in others if f"`{name}`" not in findings] == []


@pytest.mark.slow
@pytest.mark.timeout(SUITE_LIMIT_S)
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_allowed_tests_pass(protocol: str, broker_choice: BrokerChoice) -> None:
    broker = broker_choice.kind if broker_choice.kind == "kafkalite" else f"kafka:{broker_choice.kafka_version}"
    code = main(["--broker", broker, "--group-protocol", protocol, "--no-record"])
    if code == CANNOT_RUN and os.environ.get("CI") != "true":
        pytest.skip("librdkafka cannot be built here: the output says why")
    assert code == 0
