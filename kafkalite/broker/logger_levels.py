"""The levels of this process's loggers, as clients see and set them: resources of the kind BROKER_LOGGER.

Loggers are those of Python's logging below ``kafkalite``, and ``root``; levels carry Kafka's names. What is set holds
until the process ends.

Source: KIP-412, org.apache.kafka.server.logger.RuntimeLoggerManager, org.apache.kafka.common.config.LogLevelConfig.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from kafkalite.cluster.configs.alter import DELETE, OPERATION_NAMES, SET, SUCCESS, Outcome, check_is_this_node
from kafkalite.cluster.repetitions import find_repeated
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafkalite.model.steps import Steps

ROOT = "root"
PACKAGE = "kafkalite"
TRACE = 5

LEVELS = {
    "FATAL": logging.CRITICAL,
    "ERROR": logging.ERROR,
    "WARN": logging.WARNING,
    "INFO": logging.INFO,
    "DEBUG": logging.DEBUG,
    "TRACE": TRACE,
}


def logger_levels() -> dict[str, str]:
    """Return logger name to the level that holds for it, inherited or its own."""
    names = [name for name in logging.root.manager.loggerDict if name == PACKAGE or name.startswith(f"{PACKAGE}.")]
    levels = {ROOT: _level_name(logging.root.getEffectiveLevel())}
    levels.update((name, _level_name(logging.getLogger(name).getEffectiveLevel())) for name in sorted(names))
    return levels


def alter_logger_levels(resources: Sequence[Any], node_id: int, *, validate_only: bool) -> Steps[list[Outcome]]:
    """Set or remove levels, in a step for each resource, and return an outcome for each.

    Args:
        resources: `AlterConfigsResource` of IncrementalAlterConfigsRequest with the kind BROKER_LOGGER.
    """
    outcomes = []
    repeated = find_repeated(resource.resource_name for resource in resources)
    for resource in resources:
        try:
            if resource.resource_name in repeated:
                raise ApiError(errors.INVALID_REQUEST, "Each resource must be named at most once.")
            check_is_this_node(resource.resource_name, node_id)
            known = logger_levels()
            for entry in resource.configs:
                _check(entry, known)
            if not validate_only:
                for entry in resource.configs:
                    level = LEVELS[entry.value] if entry.config_operation == SET else logging.NOTSET
                    _find(entry.name).setLevel(level)
            outcomes.append(SUCCESS)
        except ApiError as error:
            outcomes.append((error.error_code, error.error_message))
        yield
    return outcomes


def _check(entry: Any, known: dict[str, str]) -> None:
    operation = entry.config_operation
    if operation not in (SET, DELETE):
        name = OPERATION_NAMES.get(operation, f"Operation {operation}")
        raise ApiError(errors.INVALID_REQUEST, f"{name} is not possible on BROKER_LOGGER resources.")
    if entry.name not in known:
        raise ApiError(errors.INVALID_CONFIG, f"There is no logger {entry.name}.")
    if operation == SET and entry.value not in LEVELS:
        raise ApiError(errors.INVALID_CONFIG, f"{entry.value} is no log level; there are {', '.join(sorted(LEVELS))}.")
    if operation == DELETE and entry.name == ROOT:
        raise ApiError(errors.INVALID_REQUEST, "The level of the root logger cannot be removed.")


def _find(name: str) -> logging.Logger:
    return logging.root if name == ROOT else logging.getLogger(name)


def _level_name(level: int) -> str:
    """Return Kafka's name of the highest level that is not above a Python level."""
    return max((n for n in LEVELS if LEVELS[n] <= max(level, TRACE)), key=LEVELS.__getitem__)
