"""UNKNOWN elements of access control entries."""

from __future__ import annotations

import pytest

from kafkalite.broker.handlers.acls import check_known
from kafkalite.protocol.api_error import ProtocolViolation


@pytest.mark.parametrize("position", range(4))
def test_each_element_must_be_known(position: int) -> None:
    elements = [2, 3, 3, 3]
    elements[position] = 0
    with pytest.raises(ProtocolViolation):
        check_known(*elements)


def test_numbers_that_kafka_does_not_define_pass() -> None:
    check_known(99, -1, 127, -128)
    with pytest.raises(ProtocolViolation):
        check_known(99, -1, 127, 0)
