"""What only Apache Kafka passes is explained in the findings of its suite."""

from __future__ import annotations

import pathlib

from scripts.compatibility.findings import find_findings, find_unexplained
from scripts.compatibility.model import Findings
from tests.scripts.compatibility.boards import FAILED, PASSED, suite


def test_findings_belong_to_the_suites_of_their_directory(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "compat_tests" / "upstream" / "some_client" / "FINDINGS.md"
    file.parent.mkdir(parents=True)
    file.write_text("why")
    expected = Findings(path="compat_tests/upstream/some_client/FINDINGS.md", text="why")
    assert find_findings("some-client", tmp_path) == expected == find_findings("some-client-other-way", tmp_path)
    assert find_findings("client", tmp_path) is None


def test_only_what_kafka_passes_needs_a_word() -> None:
    results = suite({"a[1]": PASSED, "b": PASSED, "c": FAILED, "d": PASSED}, {"a[1]": FAILED, "c": FAILED, "d": PASSED})
    assert find_unexplained(results, None) == ["a[1]", "b"]
    assert find_unexplained(results, Findings(path="", text="| `a` | theirs |")) == ["b"]
