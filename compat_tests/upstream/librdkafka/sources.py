"""librdkafka's sources: download, verification, build. All files are in the cache directory, none in this repository.

The sources come from the archive that this machine's apt is configured for, in the version that Debian packages,
through apt's own downloader (so its proxies and mirrors apply). The pinned SHA-256 is that of the release as GitHub
serves it; it was taken from the package index that Debian signs.

To move to another release: change VERSION and SHA256, run the suite against Apache Kafka and then against kafkalite.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from compat_tests.oracle.apache_kafka import find_cache_directory

VERSION = "2.14.2"
SHA256 = "4d53568c13717b167d12c7b2a0fe12aeb5d6bfe02de53df5b68f86d870a81b33"
POOL_PATHS = tuple(f"pool/{area}/libr/librdkafka/librdkafka_{VERSION}.orig.tar.gz" for area in ("main", "universe"))
"""The paths at which Debian and Ubuntu keep it, relative to the address of an archive."""

BUILD_PACKAGES = ("gcc", "g++", "make", "zlib1g-dev", "libssl-dev", "libzstd-dev", "rapidjson-dev")
"""RapidJSON checks the statistics against librdkafka's schema; Cyrus SASL and curl are left out: no test of one
plaintext node wants them."""
CONFIGURE = ("./configure", "--disable-gssapi", "--disable-curl")
ADAPTATIONS = (
    (
        "tests/test.c",
        "test_admin_create_topic(use_rk, topicname, partition_cnt,\n"
        "                                        replication_factor, NULL);",
        "test_admin_create_topic(use_rk, topicname, partition_cnt, RD_MIN(replication_factor, 1), NULL);",
    ),
)
"""Changes before the build, as (file, old, new): topics that tests want on three brokers get one replica, because there
is one broker. Without them no test of transactions could run, not even against Apache Kafka."""
APT_HELPER = Path("/usr/lib/apt/apt-helper")
DOWNLOAD_TIMEOUT_S = 300
BUILD_TIMEOUT_S = 1200


class SuiteUnavailable(Exception):
    """The suite cannot be had on this machine; the message says why, in words for a user."""


def install(jobs: int = 2) -> Path:
    """Return the directory of the built sources; the first call downloads and builds them.

    Raises:
        SuiteUnavailable: the download or the build is not possible.
    """
    recipe = hashlib.sha256(repr((SHA256, ADAPTATIONS, CONFIGURE)).encode()).hexdigest()[:12]
    home = find_cache_directory() / "librdkafka" / f"{VERSION}-{recipe}"
    if (home / "tests" / "test-runner").exists():
        return home
    _need_packages()
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent, prefix="build-") as work:
        archive = Path(work) / "librdkafka.tar.gz"
        _download(archive)
        sources = _unpack(archive, Path(work) / "unpacked")
        _adapt(sources)
        _build(sources, jobs)
        shutil.rmtree(home, ignore_errors=True)
        sources.rename(home)
    return home


def _need_packages() -> None:
    """Install the missing packages if permitted.

    Raises:
        SuiteUnavailable: packages are missing; the message names them.
    """
    if shutil.which("dpkg-query") is None or not APT_HELPER.exists():
        raise SuiteUnavailable("librdkafka's sources are fetched with apt: this machine is not Debian or like it")
    missing = [name for name in BUILD_PACKAGES if not _is_installed(name)]
    if not missing:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        raise SuiteUnavailable(f"librdkafka needs packages to build: sudo {' '.join(command)}")
    done = _run(command, DOWNLOAD_TIMEOUT_S, environment={"DEBIAN_FRONTEND": "noninteractive"})
    if done.returncode != 0:
        raise SuiteUnavailable(f"could not install {', '.join(missing)}:\n{done.stdout[-2000:]}")


def _is_installed(package: str) -> bool:
    done = _run(["dpkg-query", "--show", "--showformat=${db:Status-Status}", package], 30)
    return done.returncode == 0 and done.stdout == "installed"


def _download(target: Path) -> None:
    sites = dict.fromkeys(_run(["apt-get", "indextargets", "--format", "$(SITE)"], 30).stdout.split())
    said = ""
    for site in sites:
        for path in POOL_PATHS:
            uri = f"{site.rstrip('/')}/{path}"
            done = _run([str(APT_HELPER), "download-file", uri, str(target), f"SHA256:{SHA256}"], DOWNLOAD_TIMEOUT_S)
            if done.returncode == 0:
                return
            said += done.stdout
    raise SuiteUnavailable(
        f"no archive that apt knows here has librdkafka {VERSION} with the pinned digest. Debian keeps only what its "
        f"current releases hold: when it has moved on, change VERSION and SHA256 in {__name__}.\n{said[-1500:]}"
    )


def _unpack(archive: Path, target: Path) -> Path:
    """Unpack the archive and return its single top directory."""
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    (top,) = target.iterdir()
    return top


def _adapt(sources: Path) -> None:
    for name, old, new in ADAPTATIONS:
        text = (sources / name).read_text()
        if text.count(old) != 1:
            raise SuiteUnavailable(f"{name} of librdkafka {VERSION} is not what our adaptation of it expects")
        (sources / name).write_text(text.replace(old, new))


def _build(sources: Path, jobs: int) -> None:
    for command in (CONFIGURE, ("make", f"-j{jobs}", "libs"), ("make", f"-j{jobs}", "-C", "tests", "build")):
        done = _run(command, BUILD_TIMEOUT_S, directory=sources)
        if done.returncode != 0:
            raise SuiteUnavailable(f"building librdkafka failed at `{' '.join(command)}`:\n{done.stdout[-3000:]}")


def _run(
    command: Sequence[str],
    timeout_s: float,
    *,
    directory: Path | None = None,
    environment: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; its errors are in its `stdout`.

    Raises:
        SuiteUnavailable: it takes too long.
    """
    try:
        return subprocess.run(
            command,
            cwd=directory,
            env=os.environ | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SuiteUnavailable(f"`{' '.join(command)}` took more than {timeout_s:.0f} s") from None
