"""Checking values by the generated config table."""

from __future__ import annotations

import pytest

from kafkalite.cluster.configs.tables import BROKER_CONFIGS
from kafkalite.settings.definitions import check, check_valid, default_of, is_known


def test_kafkas_own_defaults_pass_kafkas_own_rules() -> None:
    for name, definition in BROKER_CONFIGS.items():
        if definition.default is not None:
            check(name, definition.default)


@pytest.mark.parametrize(
    "name",
    [
        "log.segment.bytes",
        "listener.name.a.ssl.keystore.location",
        "listener.name.a.plain.sasl.jaas.config",
        "kafkalite.validate.records",
    ],
)
def test_known_names(name: str) -> None:
    assert is_known(name)


@pytest.mark.parametrize("name", ["log.segment.byte", "listener.name.a", "listener.name.a.nothing", "listener.name"])
def test_unknown_names(name: str) -> None:
    assert not is_known(name)
    check(name, "anything is fine")


def test_defaults_and_null_and_unknown() -> None:
    assert default_of("num.partitions") == "1"
    assert default_of("advertised.listeners") is None
    assert default_of("kafkalite.validate.records") == "full"
    with pytest.raises(KeyError):
        default_of("nothing.of.the.kind")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("log.segment.bytes", "abc", "'abc' is not an int"),
        ("log.segment.bytes", "1", "1 is less than 1048576"),
        ("compression.type", "brotli", "'brotli' is none of"),
        ("log.cleanup.policy", "compact,shred", "'shred' is none of"),
        ("auto.create.topics.enable", "maybe", "is not a boolean"),
        ("listener.name.x.connections.max.reauth.ms", "x", "is not a long"),
        ("kafkalite.validate.records", "none", "'none' is none of full, headers"),
    ],
)
def test_what_is_refused(name: str, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        check(name, text)


def test_rules_combine_and_have_upper_limits() -> None:
    check_valid("5", "int", ("all", (("range", 1, None), ("range", None, 9))))
    with pytest.raises(ValueError, match="10 is more than 9"):
        check_valid("10", "int", ("all", (("range", 1, None), ("range", None, 9))))
    check_valid("PLAIN", "string", ("values_ignore_case", ("plain",)))
    with pytest.raises(ValueError, match="is empty"):
        check_valid(" ", "string", ("non_empty",))
    with pytest.raises(ValueError, match="list is empty"):
        check_valid("", "list", ("list", (), False, False))
