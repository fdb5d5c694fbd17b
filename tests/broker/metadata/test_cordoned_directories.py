"""The log directory is cordoned by its path or by its name in `log.dirs`."""

from __future__ import annotations

import pytest

from kafkalite.broker.metadata.cordoned_directories import is_directory_cordoned
from kafkalite.settings import merge_settings
from tests.broker.played_broker import PlayedBroker


@pytest.mark.parametrize(("cordoned", "expected"), [(None, False), ("", False), ("/else", False), ("/data", True)])
def test_the_directory_is_cordoned_by_its_path(cordoned: str | None, expected: bool) -> None:
    properties = {} if cordoned is None else {"cordoned.log.dirs": cordoned}
    assert is_directory_cordoned(PlayedBroker(properties=properties).broker) is expected


def test_the_directory_is_cordoned_by_its_name_in_log_dirs() -> None:
    broker = PlayedBroker(properties={"cordoned.log.dirs": "relative"}).broker
    assert not is_directory_cordoned(broker)
    named = merge_settings(environ={}, flags={}, data="relative", port=0)
    assert is_directory_cordoned(broker._replace(settings=named))
