"""The matrix: cells come from the roster, their outcomes from the stored results."""

from __future__ import annotations

import pathlib

from compat_tests.clients.roster import ROSTER
from compat_tests.clients.scenarios import SCENARIOS
from compat_tests.upstream.suite_results import Outcome, SuiteResults, SuiteRun
from scripts.devtools.scoreboard import clients
from tests.scripts.devtools.scoreboard.boards import FAILED, PASSED

SKIPPED = Outcome("skipped", "4.4 refuses it")
ROOT = pathlib.Path(__file__).resolve().parents[4]


def results(**runs: dict[str, Outcome]) -> SuiteResults:
    kinds = {"kafkalite": "kafkalite 1", "kafka": "Apache Kafka 4.4.0", "old": "Apache Kafka 3.9.2"}
    made = SuiteResults("clients", "Clients", "1", "run me")
    for kind, outcomes in runs.items():
        made.runs[kind.replace("old", "kafka:3.9.2")] = SuiteRun(kinds[kind], "2026-01-01", outcomes)
    return made


def test_every_client_of_the_roster_has_a_row_of_cells() -> None:
    rows = clients.find_clients({}, {})
    assert [row.name for row in rows] == [entry.name for entry in ROSTER]
    assert all(row.scenarios and set(row.scenarios) <= set(SCENARIOS) for row in rows)


def test_a_cell_has_its_outcome_and_its_judge() -> None:
    modern, old = "kafka-python", "kafka-python-2-as-0.9"
    stored = results(
        kafkalite={f"{modern}/headers": PASSED, f"{old}/compression_gzip": FAILED},
        kafka={f"{modern}/headers": FAILED, f"{old}/compression_gzip": SKIPPED},
        old={f"{modern}/headers": PASSED, f"{old}/compression_gzip": PASSED},
    )
    rows = {row.name: row for row in clients.find_clients({"clients": stored}, {modern: "kafka-python 9"})}
    assert rows[modern].version == "kafka-python 9"
    assert rows[modern].here == {"headers": PASSED}
    assert (rows[modern].kafkas, rows[modern].judges) == ({"headers": FAILED}, ["Apache Kafka 4.4.0"])
    assert rows[old].here == {"compression_gzip": FAILED}
    assert (rows[old].kafkas, rows[old].judges) == ({"compression_gzip": PASSED}, ["Apache Kafka 3.9.2"])


def test_slow_clients_have_their_results_in_a_file_of_their_own() -> None:
    stored = results(kafkalite={f"{entry.name}/too_large_message": PASSED for entry in ROSTER})
    slow = {row.name for row in clients.find_clients({"clients-slow": stored}, {}) if row.here}
    assert slow == {entry.name for entry in ROSTER if entry.is_slow}


def test_a_name_that_starts_another_name_does_not_take_its_cells() -> None:
    stored = results(kafkalite={"kafka-python-2/headers": PASSED})
    rows = {row.name: row for row in clients.find_clients({"clients": stored}, {})}
    assert not rows["kafka-python"].here
    assert rows["kafka-python-2"].here == {"headers": PASSED}


def test_every_scenario_is_told_in_one_line() -> None:
    told = clients.find_scenarios()
    assert set(told) == set(SCENARIOS)
    assert all(about and "\n" not in about for about in told.values())


def test_every_scenario_has_a_family() -> None:
    families = clients.find_families()
    assert set(families) == set(SCENARIOS)
    assert 3 <= len(set(families.values())) <= 12


def test_files_beside_the_matrix() -> None:
    stored = results(
        kafkalite={"test_groups.py::test_a": PASSED, "test_gone.py::test_b": PASSED, "kcat/headers": PASSED},
        kafka={"test_groups.py::test_a": PASSED},
    )
    gone, groups = sorted(clients.find_files(ROOT, {"clients": stored}), key=lambda row: row.path != "test_gone.py")
    assert (gone.path, gone.about, set(gone.kafkas)) == ("test_gone.py", "", set())
    assert groups.path == "compat_tests/clients/test_groups.py"
    assert groups.about and not groups.is_slow and set(groups.kafkas) == {"test_groups.py::test_a"}
    assert [row.is_slow for row in clients.find_files(ROOT, {"apps": stored})] == [True, True]
