"""Client metrics subscriptions (KIP-714): three configurations each, named by the subscription.

Source: org.apache.kafka.server.metrics.ClientMetricsConfigs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kafkalite.cluster.configs.tables import ConfigDefinition
from kafkalite.cluster.configs.values import InvalidConfigValue, parse_config
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from collections.abc import Mapping

CLIENT_METRICS_CONFIGS = {
    "interval.ms": ConfigDefinition("int", "300000"),
    "match": ConfigDefinition("list", "", valid=("list", (), True, False)),
    "metrics": ConfigDefinition("list", "", valid=("list", (), True, False)),
}

INTERVAL_MIN_MS = 100
INTERVAL_MAX_MS = 3_600_000

_MATCHABLE = frozenset(
    (
        "client_instance_id",
        "client_id",
        "client_software_name",
        "client_software_version",
        "client_source_address",
        "client_source_port",
    )
)


def check_client_metrics_configs(subscription: str, values: Mapping[str, str]) -> None:
    """Check all configurations of one subscription.

    Raises:
        ApiError: INVALID_REQUEST for an empty name, an unknown configuration or an interval out of bounds.
        InvalidConfigValue: a value of the wrong type, or an invalid pattern.
    """
    if not subscription:
        raise ApiError(errors.INVALID_REQUEST, "A client metrics subscription needs a name.")
    for name in values:
        if name not in CLIENT_METRICS_CONFIGS:
            raise ApiError(errors.INVALID_REQUEST, f"Unknown client metrics configuration: {name}")
    parsed = {name: parse_config(name, CLIENT_METRICS_CONFIGS[name], text) for name, text in values.items()}
    interval_ms = parsed.get("interval.ms", INTERVAL_MIN_MS)
    if not isinstance(interval_ms, int) or not INTERVAL_MIN_MS <= interval_ms <= INTERVAL_MAX_MS:
        raise ApiError(
            errors.INVALID_REQUEST,
            f"Invalid value {interval_ms} for interval.ms: it must be from {INTERVAL_MIN_MS} to {INTERVAL_MAX_MS}",
        )
    patterns = parsed.get("match")
    for pattern in patterns if isinstance(patterns, list) else ():
        _check_pattern(pattern)


def _check_pattern(pattern: str) -> None:
    parts = pattern.split("=")
    if len(parts) == 2 and parts[0].strip() in _MATCHABLE:
        try:
            re.compile(parts[1].strip())
            return
        except re.error:
            pass
    raise InvalidConfigValue(f"Illegal client match pattern: {pattern}")
