"""How all tests of the package run: the same examples every time, however slow the machine."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.runnable_page import write_programs
from tests.running_server import running_server

# Examples come from a seed of the test itself, so that a run says something about the change and not about luck; a
# machine that is busy with other things must not turn into a failure. `pytest --hypothesis-profile=explore` looks for
# what nobody has seen yet.
settings.register_profile(
    "kafkalite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("explore", settings.get_profile("kafkalite"), derandomize=False, max_examples=500)
settings.load_profile("kafkalite")


@pytest.fixture(scope="module")
def page_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server that the reader of a page has started."""
    with running_server(tmp_path_factory.mktemp("page-server")) as (_, port):
        yield f"127.0.0.1:{port}"


@pytest.fixture(scope="module")
def page_programs(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A directory with the programs that ``.venv/bin`` offers the reader of a page."""
    return write_programs(tmp_path_factory.mktemp("bin"))
