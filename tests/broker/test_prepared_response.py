"""A prepared response writes what its message would."""

from __future__ import annotations

import pytest

from kafkalite.broker.prepared_response import PreparedResponse
from kafkalite.protocol.messages.api_versions_response import ApiVersion, ApiVersionsResponse


@pytest.mark.parametrize("version", range(5))
def test_it_writes_the_same_bytes_every_time(version: int) -> None:
    message = ApiVersionsResponse(error_code=35, api_keys=[ApiVersion(api_key=18, max_version=4)])
    expected = bytearray()
    message.write(expected, version)
    prepared = PreparedResponse(message, version)
    for _ in range(2):
        out = bytearray(b"head")
        prepared.write(out, version)
        assert out == b"head" + expected
    assert prepared.error_code == 35 and repr(prepared) == repr(message)


def test_another_version_is_a_bug() -> None:
    prepared = PreparedResponse(ApiVersionsResponse(), 3)
    with pytest.raises(AssertionError):
        prepared.write(bytearray(), 4)
