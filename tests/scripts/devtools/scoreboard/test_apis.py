"""What is served and who judges it, from this tree."""

from __future__ import annotations

import json
import pathlib
from dataclasses import replace

from compat_tests.upstream.suite_results import Outcome
from kafkalite.protocol.api_keys import NAMES
from kafkalite.protocol.api_support import SERVED
from scripts.devtools.scoreboard import apis

ROOT = pathlib.Path(__file__).resolve().parents[4]


def test_every_served_version_of_every_api_has_a_cell() -> None:
    told = apis.find_conversations({})
    found = {api.name: [version.version for version in api.versions] for api in apis.find_apis(ROOT, told)}
    assert found == {NAMES[key]: list(range(low, high + 1)) for key, (low, high) in SERVED.items()}


def test_a_conversation_has_its_judges_and_its_stored_outcome() -> None:
    stored = Outcome("passed")
    told = apis.find_conversations({"Fetch: batches are converted down": stored})
    (old,) = (each for each in told if each.title == "Fetch: batches are converted down")
    assert (old.releases, old.outcome, old.may_differ) == (["3.9.2"], stored, True)
    assert old.versions and max(old.versions) < 4
    assert (ROOT / old.source).is_file()
    assert all(each.outcome is None for each in told if each is not old)


def test_without_its_conversations_an_api_shows_holes_and_no_errors() -> None:
    told = apis.find_conversations({})
    whole = {api.name: api for api in apis.find_apis(ROOT, told)}["Heartbeat"]
    assert not any(version.is_hole for version in whole.versions)
    assert "UNKNOWN_MEMBER_ID" in whole.error_codes and "NONE" not in whole.error_codes
    without = [each for each in told if each.api != "Heartbeat"]
    bare = {api.name: api for api in apis.find_apis(ROOT, without)}["Heartbeat"]
    assert all(version.is_hole for version in bare.versions) and not bare.error_codes


def test_a_version_that_one_conversation_leaves_out_is_a_hole() -> None:
    told = [replace(each, versions=[0]) if each.api == "Heartbeat" else each for each in apis.find_conversations({})]
    found = {api.name: api for api in apis.find_apis(ROOT, told)}["Heartbeat"]
    assert [version.version for version in found.versions if version.is_hole] == [1, 2, 3, 4]


def test_a_version_without_the_bytes_of_kafka_is_a_hole(tmp_path: pathlib.Path) -> None:
    for name in (apis.FRAMES, apis.SUPPORT):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    frames = json.loads((tmp_path / apis.FRAMES).read_text(encoding="utf-8"))
    del frames["HeartbeatResponse"]["3"]
    (tmp_path / apis.FRAMES).write_text(json.dumps(frames), encoding="utf-8")
    found = {api.name: api for api in apis.find_apis(tmp_path, apis.find_conversations({}))}["Heartbeat"]
    assert [version.version for version in found.versions if version.is_hole] == [3]


def test_what_is_served_and_what_is_not_make_what_kafka_advertises() -> None:
    advertised, before, missing = apis.find_not_served()
    assert 0 < before <= advertised
    assert advertised == len(missing) + len(SERVED)
    assert not set(missing) & {NAMES[key] for key in SERVED}
