"""Libraries of Go: builds the programs in `go/` once, and starts one of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from compat_tests.clients.built_once import find_or_build, find_program, run_step
from compat_tests.clients.client_missing import ClientMissing
from compat_tests.clients.remote_worker import RemoteWorker

PROGRAMS = Path(__file__).with_name("go")
BUILD_TIMEOUT_S = 600.0
ENVIRONMENT = {"GOFLAGS": "-mod=readonly -buildvcs=false -trimpath", "GOWORK": "off", "CGO_ENABLED": "0"}
"""The versions of go.sum and no others, and a program that is the same wherever it was built."""
OPTIONS = ("-gcflags=all=-N -l -dwarf=false", "-ldflags=-s -w")
"""Not optimized and without symbols for debuggers, which takes a third less time; such a program mostly waits."""


def go_worker(library: str, bootstrap_servers: str, **environment: str) -> RemoteWorker:
    """Start the worker of a library, by its folder.

    Raises:
        ClientMissing: Go is missing, or modules cannot be downloaded.
    """
    return RemoteWorker([build_program(library), bootstrap_servers], os.environ | environment)


def build_program(library: str) -> Path:
    """Return the built program of a library; errors as `go_worker`."""
    sources = [PROGRAMS / "go.mod", PROGRAMS / "go.sum"]
    sources += [path for folder in ("worker", library) for path in (PROGRAMS / folder).glob("*.go")]
    return find_or_build(f"go-{library}", sources, lambda work: _build(work / library))


def _build(program: Path) -> Path:
    go = _find_go()
    environment = os.environ | ENVIRONMENT
    run_step([go, "mod", "download"], PROGRAMS, is_download=True, environment=environment)
    nice = shutil.which("nice")
    gently = [nice, "-n", "5"] if nice else []  # brokers and clients run beside it
    command = [*gently, go, "build", *OPTIONS, "-o", str(program), f"./{program.name}"]
    run_step(command, PROGRAMS, is_download=False, environment=environment, timeout_s=BUILD_TIMEOUT_S)
    return program


def _find_go() -> str:
    oldest = re.search(r"^go (\d+)\.(\d+)", (PROGRAMS / "go.mod").read_text(), re.MULTILINE)
    assert oldest is not None
    needed = f"Go {oldest[1]}.{oldest[2]} or newer is needed"
    go = find_program("go", needed)
    told = subprocess.run([go, "version"], capture_output=True, text=True, timeout=60, check=False).stdout
    found = re.search(r"go(\d+)\.(\d+)", told)
    if found is None or (int(found[1]), int(found[2])) < (int(oldest[1]), int(oldest[2])):
        raise ClientMissing(f"`{told.strip() or go}` is too old: {needed}")
    return go
