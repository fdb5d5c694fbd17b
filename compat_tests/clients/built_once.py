"""Client programs that are built, or whose packages are installed, once on a machine: under the cache directory.

A build is found again by a digest of its sources. It is made in a directory beside its place and moved there as a
whole, so that another process finds all of it or nothing; processes that want the same build wait for the first.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from compat_tests.clients.client_missing import ClientMissing
from compat_tests.oracle.apache_kafka import find_cache_directory

if sys.platform != "win32":
    import fcntl

BUILD_TIMEOUT_S = 180.0
_failures: dict[Path, ClientMissing] = {}
"""One failure stands for the whole run, as every try takes seconds."""


def find_or_build(name: str, sources: Iterable[Path], build: Callable[[Path], Path], *made_with: str) -> Path:
    """Return the file or directory that `build` made of these sources, now or in an earlier run.

    Args:
        name: the prefix of its name under the cache directory ("go-worker").
        sources: the files it is built from; other files must not change it.
        build: gets an empty directory, which is removed afterwards; returns the result in it, which is moved to its
            place.
        made_with: other dependencies, such as the version of a library.

    Raises:
        ClientMissing: `build` lacks something on this machine.
        RuntimeError: `build` found an error in the sources.
    """
    place = find_cache_directory() / "clients" / f"{name}-{_digest(sources, made_with)}"
    if place in _failures:
        raise _failures[place]
    if place.exists():
        return place
    place.parent.mkdir(parents=True, exist_ok=True)
    with _only_one_at(place), tempfile.TemporaryDirectory(dir=place.parent, prefix=f"{name}-build-") as work:
        if place.exists():
            return place  # another process was first
        try:
            made = build(Path(work))
        except ClientMissing as error:
            _failures[place] = error
            raise
        with contextlib.suppress(OSError):  # where nobody waits for anybody: another process was first
            made.rename(place)
        assert place.exists()
    return place


@contextlib.contextmanager
def _only_one_at(place: Path) -> Iterator[None]:
    """Keep other processes from building the same thing at the same time; the lock ends with its process."""
    if sys.platform == "win32":
        yield
        return
    with place.with_name(f".{place.name}.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _digest(sources: Iterable[Path], made_with: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for source in sorted(sources):
        digest.update(f"{source.name}\0{source.stat().st_size}\0".encode() + source.read_bytes())
    digest.update("\0".join(made_with).encode())
    return digest.hexdigest()[:16]


def find_program(name: str, hint: str) -> str:
    """Return the path of a program of the toolchain; ClientMissing with the hint where it is not there."""
    found = shutil.which(name)
    if found is None:
        raise ClientMissing(f"`{name}` is not installed: {hint}")
    return found


def run_step(
    command: Sequence[str | Path],
    directory: Path,
    *,
    is_download: bool,
    environment: Mapping[str, str] | None = None,
    timeout_s: float = BUILD_TIMEOUT_S,
) -> None:
    """Run one step of a build. What fails as a download makes the client missing, else it is a RuntimeError."""
    words = [str(word) for word in command]
    what = " ".join([Path(words[0]).name, *words[1:3]])
    failure = ClientMissing if is_download else RuntimeError
    try:
        done = subprocess.run(
            words, cwd=directory, env=environment, capture_output=True, text=True, timeout=timeout_s, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise failure(f"`{what}` took over {timeout_s:.0f} s") from error
    if done.returncode != 0:
        raise failure(f"`{what}` failed:\n{(done.stdout + done.stderr)[-3000:]}")
