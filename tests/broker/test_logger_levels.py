"""Logger levels under Kafka's names."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from kafkalite.broker.logger_levels import alter_logger_levels, logger_levels
from kafkalite.cluster.configs.alter import APPEND, DELETE, SET
from kafkalite.model.steps import finish
from kafkalite.protocol import errors
from kafkalite.protocol.messages.incremental_alter_configs_request import AlterableConfig, AlterConfigsResource

NAME = "kafkalite.test_logger_levels"


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    """A logger below the package's, without a level of its own."""
    made = logging.getLogger(NAME)
    yield made
    made.setLevel(logging.NOTSET)


def alter(name: str, operation: int, value: str | None, node: str = "1", times: int = 1) -> list[int]:
    entry = AlterableConfig(name=name, config_operation=operation, value=value)
    resources = [AlterConfigsResource(resource_type=8, resource_name=node, configs=[entry])] * times
    return [code for code, _ in finish(alter_logger_levels(resources, 1, validate_only=False))]


@pytest.mark.parametrize(
    ("level", "name"),
    [(50, "FATAL"), (40, "ERROR"), (30, "WARN"), (20, "INFO"), (10, "DEBUG"), (5, "TRACE"), (1, "TRACE"), (35, "WARN")],
)
def test_levels_have_kafkas_names(logger: logging.Logger, level: int, name: str) -> None:
    logger.setLevel(level)
    assert logger_levels()[NAME] == name


def test_only_our_loggers_and_root_are_told(logger: logging.Logger) -> None:
    logging.getLogger("somebody.else")
    names = list(logger_levels())
    assert names[0] == "root"
    assert all(name.startswith("kafkalite") for name in names[1:])


@pytest.mark.parametrize(
    ("name", "operation", "value", "code"),
    [
        (NAME, SET, "TRACE", errors.NONE),
        (NAME, SET, "trace", errors.INVALID_CONFIG),
        (NAME, SET, "LOUD", errors.INVALID_CONFIG),
        ("kafkalite.nobody", SET, "INFO", errors.INVALID_CONFIG),
        ("somebody.else", DELETE, None, errors.INVALID_CONFIG),
        (NAME, APPEND, "INFO", errors.INVALID_REQUEST),
        (NAME, 9, "INFO", errors.INVALID_REQUEST),
        ("root", DELETE, None, errors.INVALID_REQUEST),
    ],
)
def test_what_makes_no_sense_is_refused(
    logger: logging.Logger, name: str, operation: int, value: str | None, code: int
) -> None:
    assert alter(name, operation, value) == [code]


def test_a_node_named_wrongly_or_twice_is_refused(logger: logging.Logger) -> None:
    assert alter(NAME, SET, "INFO", node="2") == [errors.INVALID_REQUEST]
    assert alter(NAME, SET, "INFO", times=2) == [errors.INVALID_REQUEST] * 2
    assert logger.level == logging.NOTSET
