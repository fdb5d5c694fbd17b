"""Errors carry their code and message."""

from __future__ import annotations

from kafkalite.protocol.api_error import ApiError


def test_an_api_error_says_its_code_or_its_message() -> None:
    assert str(ApiError(3)) == "error 3"
    assert str(ApiError(3, "no such topic")) == "no such topic"
    assert (ApiError(3, "x").error_code, ApiError(3, "x").error_message) == (3, "x")
    assert ApiError(3).error_message is None
