"""What is valid on a client metrics subscription."""

from __future__ import annotations

import pytest

from kafkalite.cluster.configs.client_metrics import check_client_metrics_configs
from kafkalite.cluster.configs.values import InvalidConfigValue
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"interval.ms": "100"},
        {"interval.ms": "3600000", "metrics": "org.apache.kafka.producer., x"},
        {"match": "client_id=a.*,client_software_version = 1[0-9]"},
        {"match": ""},
    ],
)
def test_valid_subscriptions_pass(values: dict[str, str]) -> None:
    check_client_metrics_configs("m", values)


@pytest.mark.parametrize("values", [{"interval.ms": "99"}, {"interval.ms": "3600001"}, {"nope": "1"}])
def test_what_makes_no_sense_is_an_invalid_request(values: dict[str, str]) -> None:
    with pytest.raises(ApiError) as refusal:
        check_client_metrics_configs("m", values)
    assert refusal.value.error_code == errors.INVALID_REQUEST


def test_a_subscription_has_a_name() -> None:
    with pytest.raises(ApiError) as refusal:
        check_client_metrics_configs("", {})
    assert refusal.value.error_code == errors.INVALID_REQUEST


@pytest.mark.parametrize(
    "values",
    [{"interval.ms": "x"}, {"match": "client_id"}, {"match": "name=x"}, {"match": "client_id=["}, {"metrics": "a,,b"}],
)
def test_what_cannot_be_read_is_an_invalid_configuration(values: dict[str, str]) -> None:
    with pytest.raises(InvalidConfigValue):
        check_client_metrics_configs("m", values)
