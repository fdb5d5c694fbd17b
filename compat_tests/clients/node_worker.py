"""kafkajs: installs the locked packages of `node/` once under the cache directory, and starts its worker."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from compat_tests.clients.remote_worker import RemoteWorker
from compat_tests.clients.roster import ClientMissing
from scripts.kafka_oracle import find_cache_directory

PROGRAMS = Path(__file__).with_name("node")
INSTALL_TIMEOUT_S = 180.0


def install_packages() -> Path:
    """Return the `node_modules` of the locked packages.

    Raises ClientMissing where they cannot be installed; one failure stands for the whole run.
    """
    if _failures:
        raise _failures[0]
    try:
        return _find_or_install()
    except ClientMissing as error:
        _failures.append(error)
        raise


_failures: list[ClientMissing] = []


def _find_or_install() -> Path:
    locked = {name: (PROGRAMS / name).read_bytes() for name in ("package.json", "package-lock.json")}
    digest = hashlib.sha256(b"".join(locked.values())).hexdigest()[:16]
    modules = find_cache_directory() / "clients" / f"kafkajs-{digest}"
    if modules.is_dir():
        return modules
    npm = shutil.which("npm")
    if npm is None:
        raise ClientMissing("`npm` is not installed")
    modules.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=modules.parent, prefix="npm-") as work:
        for name, content in locked.items():
            (Path(work) / name).write_bytes(content)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        try:
            done = subprocess.run(
                command, cwd=work, capture_output=True, text=True, timeout=INSTALL_TIMEOUT_S, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise ClientMissing(f"installing kafkajs took over {INSTALL_TIMEOUT_S:.0f} s") from error
        if done.returncode != 0:
            raise ClientMissing(f"npm could not install kafkajs:\n{done.stderr[-2000:]}")
        try:
            (Path(work) / "node_modules").rename(modules)
        except OSError:
            assert modules.is_dir()  # another process was first
    return modules


def node_worker(bootstrap_servers: str) -> RemoteWorker:
    """Start kafkajs. Raises ClientMissing where Node or the packages are not there."""
    node = shutil.which("node")
    if node is None:
        raise ClientMissing("`node` is not installed: Node.js 14 or newer is needed")
    environment = os.environ | {"NODE_PATH": str(install_packages()), "KAFKAJS_NO_PARTITIONER_WARNING": "1"}
    return RemoteWorker([node, PROGRAMS / "worker.js", bootstrap_servers], environment)
