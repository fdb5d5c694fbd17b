"""Who has the port."""

from __future__ import annotations

import os
import socket

import pytest

from kafkalite.cli.port_owner import describe, find_owner, owner_by_psutil


@pytest.fixture
def taken_port() -> object:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_taken_port_names_this_process(taken_port: int) -> None:
    owner = find_owner(taken_port)
    assert owner is not None
    assert owner.startswith(f"pid {os.getpid()} (")
    assert "python" in owner


def test_psutil_says_the_same_where_there_is_no_proc(taken_port: int) -> None:
    assert owner_by_psutil(taken_port) == find_owner(taken_port)


def test_a_free_port_has_no_owner() -> None:
    with socket.socket() as bound_only:
        bound_only.bind(("127.0.0.1", 0))
        assert find_owner(bound_only.getsockname()[1]) is None


def test_long_command_lines_are_cut() -> None:
    assert describe(5, "x" * 200) == f"pid 5 ({'x' * 97}...)"
    assert describe(5, "") == "pid 5"
