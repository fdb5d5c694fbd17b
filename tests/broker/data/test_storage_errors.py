"""Clients retry a failed disk, and look for the leader of a partition that another holder has."""

from __future__ import annotations

import pytest

from kafkalite.broker.data.storage_errors import storage_error, storage_error_code
from kafkalite.model.exceptions import StaleLease, StorageFault
from kafkalite.protocol import errors


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (StorageFault("write", "/data/t-0", "broken"), errors.KAFKA_STORAGE_ERROR),
        (StaleLease("write", "/data/t-0", "epoch 1 was fenced by epoch 2"), errors.NOT_LEADER_OR_FOLLOWER),
    ],
)
def test_a_fault_is_an_error_with_its_words(fault: StorageFault, code: int) -> None:
    error = storage_error(fault)
    assert (storage_error_code(fault), error.error_code, error.error_message) == (code, code, str(fault))
