"""Brokers as processes."""

from __future__ import annotations

import subprocess
import sys

from scripts.devtools.benchmark.brokers import limited


def test_a_command_with_few_descriptors() -> None:
    program = "import resource; print(*resource.getrlimit(resource.RLIMIT_NOFILE))"
    command = [*limited(100), sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.split() == ["100", "100"]
    assert limited(None) == []
