"""Who may have how many descriptors."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kafkalite.model.limits import OPEN_FILES_MAX_COUNT, RESERVED_DESCRIPTOR_COUNT
from kafkalite.system.descriptors import (
    UNLIMITED_COUNT,
    connections_share,
    descriptor_limit,
    open_files_share,
)

PATIENCE_S = 30


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_as_many_descriptors_as_allowed() -> None:
    script = (
        "import resource; from kafkalite.system import descriptors; "
        "soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE); "
        "resource.setrlimit(resource.RLIMIT_NOFILE, (min(64, hard), hard)); "
        "assert descriptors.descriptor_limit() == min(64, hard); descriptors.raise_descriptor_limit(); "
        "assert resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=PATIENCE_S, env=dict(os.environ))


@pytest.mark.parametrize("limit", [256, 300, 1024, 4096, 20_000, UNLIMITED_COUNT])
def test_files_connections_and_the_rest_share_the_limit(limit: int) -> None:
    files, connections = open_files_share(limit), connections_share(limit)
    assert files + connections + RESERVED_DESCRIPTOR_COUNT <= limit
    assert files <= OPEN_FILES_MAX_COUNT and connections >= limit // 2


def test_a_tiny_limit_leaves_a_little_for_both() -> None:
    assert (open_files_share(20), connections_share(20)) == (8, 8)


def test_this_process_has_a_limit_or_none() -> None:
    assert descriptor_limit() > 64
