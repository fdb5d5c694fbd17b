"""The small decisions of the generator: names, version conditions, branches, and the tables it writes."""

from __future__ import annotations

import pathlib

import pytest

from kafkalite.cluster.configs import tables as config_tables
from scripts.devtools.protocol_generator.branches import branches_of, opening
from scripts.devtools.protocol_generator.source import condition
from scripts.devtools.protocol_generator.specs import load_directory, snake_case
from scripts.devtools.protocol_generator.support import api_support_text
from scripts.devtools.protocol_generator.versions import EMPTY, OPEN_END, VersionRange, parse_versions
from tests.protocol.message_samples import BY_NAME, SPECS


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("TimeoutMs", "timeout_ms"),
        ("KRaftVersionFeature", "kraft_version_feature"),
        ("isRenewAck", "is_renew_ack"),
        ("OffsetForLeaderEpoch", "offset_for_leader_epoch"),
    ],
)
def test_snake_case(name: str, expected: str) -> None:
    assert snake_case(name) == expected


@pytest.mark.parametrize("text", ["none", "3", "3-7", "3+"])
def test_versions_survive_as_text(text: str) -> None:
    assert parse_versions(text).to_text() == text


def test_versions_that_are_not_given() -> None:
    assert parse_versions(None) == EMPTY
    assert parse_versions(None, VersionRange(1, 2)) == VersionRange(1, 2)
    assert 1 in parse_versions("0+")
    assert OPEN_END in parse_versions("0+")
    assert 4 not in parse_versions("0-3")


@pytest.mark.parametrize(
    ("versions", "possible", "expected"),
    [
        ("0+", "3-7", ""),
        ("5+", "3-7", "version >= 5"),
        ("0-4", "3-7", "version <= 4"),
        ("4-5", "3-7", "4 <= version <= 5"),
        ("4", "3-7", "version == 4"),
        ("7+", "3-7", "version >= 7"),
        ("8+", "3-7", None),
    ],
)
def test_conditions_say_only_what_is_not_known(versions: str, possible: str, expected: str | None) -> None:
    assert condition(parse_versions(versions), parse_versions(possible)) == expected


@pytest.mark.parametrize(
    "name", ["FetchRequest", "ProduceResponse", "MetadataRequest", "OffsetDeleteRequest", "TopicRecord"]
)
def test_branches_cover_every_version_once_from_the_newest(name: str) -> None:
    message = BY_NAME[name]
    for struct in message.structs:
        branches = branches_of(message, struct)
        covered = [v for versions, _ in reversed(branches) for v in range(versions.lowest, versions.highest + 1)]
        assert covered == list(range(struct.versions.lowest, struct.versions.highest + 1))
        for versions, is_flexible in branches:
            assert all((version in message.flexible) == is_flexible for version in range(versions[0], versions[1] + 1))
        assert (opening(branches, len(branches) - 1) == "") == (len(branches) == 1)


def test_config_tables_hold_kafkas_facts() -> None:
    retention = config_tables.TOPIC_CONFIGS["retention.ms"]
    assert (retention.type, retention.default, retention.valid) == ("long", "604800000", ("range", -1, None))
    assert config_tables.TOPIC_SYNONYMS["retention.ms"] == (
        ("log.retention.ms", 1),
        ("log.retention.minutes", 60_000),
        ("log.retention.hours", 3_600_000),
    )
    assert config_tables.BROKER_SYNONYMS["log.retention.ms"] == config_tables.TOPIC_SYNONYMS["retention.ms"]
    assert config_tables.BROKER_CONFIGS["node.id"].is_required
    assert config_tables.BROKER_CONFIGS["ssl.keystore.password"].is_sensitive
    assert config_tables.BROKER_CONFIGS["log.segment.bytes"].dynamic == "cluster-wide"
    assert config_tables.BROKER_CONFIGS["listeners"].dynamic == "per-broker"
    assert config_tables.BROKER_CONFIGS["log.dirs"].dynamic == "read-only"
    assert config_tables.BROKER_CONFIGS["leader.replication.throttled.rate"].is_dynamic_only
    assert config_tables.TOPIC_CONFIGS["cleanup.policy"].valid == ("list", ("compact", "delete"), True, False)
    assert config_tables.GROUP_SYNONYMS["share.session.timeout.ms"] == (("group.share.session.timeout.ms", 1),)


@pytest.mark.parametrize("change", ["", 'Produce = "served after all"\n'])
def test_every_api_that_is_not_served_is_named_with_its_reason(tmp_path: pathlib.Path, change: str) -> None:
    text = (SPECS / "api_support.toml").read_text(encoding="utf-8")
    table = tmp_path / "api_support.toml"
    line = 'UnregisterController = "not yet: this node is the only controller"\n'
    assert line in text
    table.write_text(text.replace(line, line + change if change else ""), encoding="utf-8")
    with pytest.raises(ValueError, match="wrong about " + ("Produce" if change else "UnregisterController")):
        api_support_text(table, SPECS / "releases.json", load_directory(SPECS / "messages"))
