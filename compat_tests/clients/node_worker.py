"""kafkajs: installs the locked packages of `node/` once under the cache directory, and starts its worker."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from compat_tests.clients.built_once import find_or_build, find_program, run_step
from compat_tests.clients.remote_worker import RemoteWorker

PROGRAMS = Path(__file__).with_name("node")
NODE_HINT = "Node.js 14 or newer is needed"


def install_packages(programs: Path, name: str) -> Path:
    """Return the `node_modules` of the packages locked in that folder. Raises ClientMissing."""
    locked = [programs / "package.json", programs / "package-lock.json"]

    def install(work: Path) -> Path:
        for source in locked:
            shutil.copy(source, work)
        npm = find_program("npm", NODE_HINT)
        run_step([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], work, is_download=True)
        return work / "node_modules"

    return find_or_build(name, locked, install)


def node_worker(bootstrap_servers: str) -> RemoteWorker:
    """Start kafkajs. Raises ClientMissing where Node or the packages are not there."""
    node = find_program("node", NODE_HINT)
    modules = install_packages(PROGRAMS, "kafkajs")
    environment = os.environ | {"NODE_PATH": str(modules), "KAFKAJS_NO_PARTITIONER_WARNING": "1"}
    return RemoteWorker([node, PROGRAMS / "worker.js", bootstrap_servers], environment)
