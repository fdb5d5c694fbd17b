"""rdkafka, the Rust library over librdkafka: builds the program in `rust/` once, and starts it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from compat_tests.clients.built_once import find_or_build, find_program, run_step
from compat_tests.clients.client_missing import ClientMissing
from compat_tests.clients.remote_worker import RemoteWorker

PROGRAMS = Path(__file__).with_name("rust")
PROGRAM = "kafka-examples"
OLDEST_RUST = (1, 85)
"""The version that the locked packages require."""
BUILD_TIMEOUT_S = 1800.0
"""librdkafka and the codecs are compiled too: one and a half minutes on two idle cores, many on busy ones."""


def rust_worker(bootstrap_servers: str) -> RemoteWorker:
    """Start the worker.

    Raises:
        ClientMissing: there is no toolchain for Rust and C, or packages cannot be downloaded.
    """
    return RemoteWorker([build_program(), bootstrap_servers])


def build_program() -> Path:
    """Return the built program; errors as `rust_worker`."""
    sources = [path for path in PROGRAMS.rglob("*") if path.is_file() and "target" not in path.parts]
    return find_or_build("rust-worker", sources, _build)


def _build(work: Path) -> Path:
    cargo = _find_cargo()
    find_program("make", "librdkafka is compiled from its sources")
    find_program("cc", "librdkafka is compiled from its sources: a C compiler is needed")
    shutil.copytree(PROGRAMS, work / "rust", ignore=shutil.ignore_patterns("target"))
    run_step([cargo, "fetch", "--locked"], work / "rust", is_download=True)
    nice = [shutil.which("nice"), "-n5"] if shutil.which("nice") else []  # brokers and clients run beside it
    command = [*filter(None, nice), cargo, "build", "--release", "--locked", "--offline", "--jobs", "2"]
    environment = os.environ | {"CARGO_TARGET_DIR": str(work / "target")}
    run_step(command, work / "rust", is_download=False, environment=environment, timeout_s=BUILD_TIMEOUT_S)
    return work / "target" / "release" / PROGRAM


def _find_cargo() -> str:
    cargo = find_program("cargo", f"Rust {'.'.join(map(str, OLDEST_RUST))} or newer is needed")
    told = subprocess.run([cargo, "--version"], capture_output=True, text=True, timeout=60, check=False).stdout
    found = re.search(r"(\d+)\.(\d+)", told)
    if found is None or (int(found[1]), int(found[2])) < OLDEST_RUST:
        raise ClientMissing(f"`{told.strip() or cargo}` is older than Rust {'.'.join(map(str, OLDEST_RUST))}")
    return cargo
