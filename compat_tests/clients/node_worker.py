"""Libraries of Node.js: installs the locked packages of a folder of `node/` once, and starts its worker."""

from __future__ import annotations

import os
from pathlib import Path

from compat_tests.clients.built_once import find_or_build, run_step
from compat_tests.clients.node_runtime import NodeRuntime, find_node
from compat_tests.clients.remote_worker import RemoteWorker

PROGRAMS = Path(__file__).with_name("node")
OLDEST_NODE = {"kafkajs": (14, 0), "platformatic": (22, 22), "kafka-node": (14, 0)}
"""The oldest Node.js for each folder. kafka-node itself runs on 8, our programs do not."""


def node_worker(bootstrap_servers: str, folder: str = "kafkajs") -> RemoteWorker:
    """Start the worker of a folder.

    Raises:
        ClientMissing: Node.js or the packages cannot be installed.
    """
    runtime = find_node(OLDEST_NODE[folder])
    modules = [str(install_packages(folder, runtime)), *_own_modules(folder)]
    environment = os.environ | {"NODE_PATH": os.pathsep.join(modules), "KAFKAJS_NO_PARTITIONER_WARNING": "1"}
    return RemoteWorker([runtime.node, PROGRAMS / "worker.js", folder, bootstrap_servers], environment)


def install_packages(folder: str, runtime: NodeRuntime) -> Path:
    """Return the `node_modules` of a folder's locked packages.

    Raises:
        ClientMissing: they cannot be installed.
    """
    locked = [PROGRAMS / folder / name for name in ("package.json", "package-lock.json")]

    def install(work: Path) -> Path:
        package = work / "package"
        package.mkdir()
        for path in locked:
            (package / path.name).write_bytes(path.read_bytes())
        options = ("ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund")
        run_step([*runtime.npm, *options], package, is_download=True)
        return package

    return find_or_build(f"node-{folder}", locked, install) / "node_modules"  # packages find each other by that name


def _own_modules(folder: str) -> list[str]:
    directory = PROGRAMS / folder / "modules"
    return [str(directory)] if directory.is_dir() else []
