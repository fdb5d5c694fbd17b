"""Errors in words."""

from __future__ import annotations

import pytest

from kafkalite.client.errors import BrokerError, check, error_text


def test_names_messages_and_subjects() -> None:
    problem = BrokerError(36, "it is there", "orders")
    assert str(problem) == "orders: TOPIC_ALREADY_EXISTS: it is there"
    assert (problem.name, problem.is_retriable) == ("TOPIC_ALREADY_EXISTS", False)
    assert BrokerError(5).is_retriable
    assert error_text(3, None) == "UNKNOWN_TOPIC_OR_PARTITION"
    assert error_text(999, None) == "error 999"


def test_check() -> None:
    check(0)
    with pytest.raises(BrokerError, match=r"^NOT_CONTROLLER$"):
        check(41)
