"""pykafka: installs it once in a separate directory, and starts its program."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from compat_tests.broker_process import REPOSITORY
from compat_tests.clients.built_once import find_or_build, run_step
from compat_tests.clients.remote_worker import RemoteWorker

REQUIREMENTS = (
    "pykafka==2.8.0",
    "kazoo==2.5.0",
    "six==1.17.0",
    "tabulate==0.10.0",
    "python-snappy==0.7.3",
    "setuptools==75.8.0",  # pykafka needs its pkg_resources, which newer ones have not
)


def install_pykafka() -> Path:
    """Return the directory it is installed in.

    Raises:
        ClientMissing: it cannot be installed.
    """

    def install(work: Path) -> Path:
        pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        run_step([*pip, "--target", work / "pykafka", *REQUIREMENTS], work, is_download=True)
        return work / "pykafka"

    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return find_or_build("pykafka", [], install, *REQUIREMENTS, python, sys.platform)


def pykafka_worker(broker_version: str) -> Callable[[str], RemoteWorker]:
    """Return what starts the program for `bootstrap_servers`, as for brokers of that version."""

    def start(bootstrap_servers: str) -> RemoteWorker:
        paths = os.pathsep.join([str(install_pykafka()), str(REPOSITORY)])
        module = "compat_tests.clients.pykafka_program.worker"
        command = [sys.executable, "-W", "ignore", "-m", module, broker_version, bootstrap_servers]
        return RemoteWorker(command, os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"})

    return start
