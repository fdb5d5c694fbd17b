"""Bring kafka-python's sources, tests included, and the environment that runs them into the cache, once.

The source distribution carries `test/integration/` but neither `test/__init__.py` nor `test/service.py`, which starts
brokers: the first is made empty, the second is our own `service.py`.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

from compat_tests.oracle.apache_kafka import find_cache_directory

HERE = Path(__file__).resolve().parent
SOURCES_LOCK = HERE / "sources.lock"
REQUIREMENTS_LOCK = HERE / "requirements.lock"
INSTALL_TIMEOUT_S = 300.0
PYTHON = Path("bin") / "python"

SERVICE_MODULE = (
    "from compat_tests.upstream.kafka_python.service import ExternalService, SpawnedService  # noqa: F401\n"
)


class SuiteUnavailable(Exception):
    """The suite cannot be had here, most often for want of a network; the message says why."""


@dataclass(frozen=True)
class Suite:
    """An unpacked source distribution (`sources`, with `kafka/` and `test/`) and a Python that can run its tests."""

    version: str
    python: Path
    sources: Path


def find_version() -> str:
    """Return the locked version of kafka-python."""
    found = re.search(r"^kafka-python==(\S+)", SOURCES_LOCK.read_text(), re.MULTILINE)
    assert found is not None, f"{SOURCES_LOCK} names no version"
    return found[1]


def prepare_suite() -> Suite:
    """Return the suite, downloaded and installed if it is not in the cache yet.

    Raises:
        SuiteUnavailable: it cannot be downloaded or installed.
    """
    version = find_version()
    digest = hashlib.sha256(SOURCES_LOCK.read_bytes() + REQUIREMENTS_LOCK.read_bytes() + SERVICE_MODULE.encode())
    name = f"kafka-python-{version}-py{sys.version_info.major}.{sys.version_info.minor}-{digest.hexdigest()[:12]}"
    directory = find_cache_directory() / "upstream" / name
    if not directory.is_dir():
        directory.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=directory.parent, prefix="install-") as work:
            _install(Path(work) / name, version)
            with contextlib.suppress(OSError):  # another process was first: its copy is as good
                (Path(work) / name).rename(directory)
    return Suite(version, directory / "environment" / PYTHON, directory / f"kafka_python-{version}")


def _install(directory: Path, version: str) -> None:
    environment = directory / "environment"
    venv.create(environment, with_pip=True)
    _run_pip(environment, "install", "--require-hashes", "--requirement", str(REQUIREMENTS_LOCK))
    download = ["download", "--no-deps", "--no-binary=:all:", "--no-build-isolation", "--require-hashes"]
    _run_pip(environment, *download, "--requirement", str(SOURCES_LOCK), "--dest", str(directory))
    archive = directory / f"kafka_python-{version}.tar.gz"
    with tarfile.open(archive) as packed:
        packed.extractall(directory, filter="data")
    archive.unlink()
    tests = directory / f"kafka_python-{version}" / "test"
    (tests / "__init__.py").touch()
    (tests / "service.py").write_text(SERVICE_MODULE)


def _run_pip(environment: Path, *arguments: str) -> None:
    command = [str(environment / PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=INSTALL_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise SuiteUnavailable(f"pip {arguments[0]} took over {INSTALL_TIMEOUT_S:.0f} s") from error
    if done.returncode != 0:
        raise SuiteUnavailable(f"pip {arguments[0]} failed: {done.stderr.strip()[-1000:]}")
