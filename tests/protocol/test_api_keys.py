"""The tables of versions with an error for the whole request agree with what the answers write."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.protocol.api_keys import ERROR_CODE_VERSIONS, ERROR_MESSAGE_VERSIONS, NAMES
from kafkalite.protocol.primitives import UnsupportedFieldError
from kafkalite.protocol.registry import response_class

CASES = [
    pytest.param(api_key, version, id=f"{name}-{version}")
    for api_key, name in NAMES.items()
    for version in range(response_class(api_key).LOWEST_VERSION, response_class(api_key).HIGHEST_VERSION + 1)
]


def comes_back(api_key: int, version: int, field: str, value: Any) -> bool:
    """Return whether a value of the field survives writing and reading."""
    message_class: Any = response_class(api_key)
    response = message_class()
    if not hasattr(response, field):
        return False
    setattr(response, field, value)
    out = bytearray()
    try:
        response.write(out, version)
    except UnsupportedFieldError:
        return False
    return bool(getattr(message_class.read(memoryview(out), 0, version)[0], field) == value)


def is_in(versions: dict[int, tuple[int, int]], api_key: int, version: int) -> bool:
    first, last = versions.get(api_key, (1, 0))
    return first <= version <= last


@pytest.mark.parametrize(("api_key", "version"), CASES)
def test_a_version_in_the_table_carries_the_error_and_no_other_does(api_key: int, version: int) -> None:
    assert comes_back(api_key, version, "error_code", 42) == is_in(ERROR_CODE_VERSIONS, api_key, version)
    assert comes_back(api_key, version, "error_message", "no") == is_in(ERROR_MESSAGE_VERSIONS, api_key, version)
