"""The two commands of a fresh clone: ``python scripts/dev.py serve`` and ``python scripts/dev.py test``.

Needs only Python 3.11 or newer with pip. It makes ``.venv`` beside this folder, installs the locked versions and this
project into it (editable), remembers that by a hash of the files that decide it, and runs. The second start installs
nothing. ``serve`` installs only what the server needs; ``test`` and ``run`` install the tools of development too.
"""

from __future__ import annotations

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
LOCK_FILES = {"serve": "requirements.lock", "dev": "requirements-dev.lock"}

USAGE = """\
usage: python scripts/dev.py COMMAND [ARGUMENT ...]

  serve [ARGUMENT ...]   start the server (the arguments are those of `kafkalite serve`)
  test [ARGUMENT ...]    pass the tests (the arguments are those of pytest)
  run PROGRAM [ARGUMENT ...]   run a Python module or script in the environment, e.g. `run scripts/check.py`
  attack [ARGUMENT ...]  attack a broker of this machine; fails if it stops answering or loses data (docs/ROBUSTNESS.md)
  install                only make the environment
"""


def installed_fingerprint(extent: str) -> str:
    """Return a hash of everything that decides what ``extent`` ("serve" or "dev") installs."""
    import hashlib

    digest = hashlib.sha256(f"{sys.version_info[:2]} {sys.platform}".encode())
    for name in ("pyproject.toml", LOCK_FILES[extent]):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def stamp_path(extent: str) -> str:
    """Return the file in the environment that holds the fingerprint of the installation."""
    return os.path.join(VENV, f"installed-{extent}.sha256")


def is_installed(extent: str) -> bool:
    """Return whether the environment holds exactly what the lock file asks for."""
    try:
        with open(stamp_path(extent), encoding="ascii") as file:
            return file.read() == installed_fingerprint(extent) and os.path.exists(VENV_PYTHON)
    except OSError:
        return False


def run_or_exit(command: list[str], what: str) -> None:
    """Run ``command`` quietly; on failure print its output, say what failed and exit 1."""
    import subprocess

    finished = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if finished.returncode:
        sys.stderr.write(finished.stdout.decode(errors="replace"))
        sys.exit(f"dev.py: {what} failed (exit code {finished.returncode}): {' '.join(command)}")


def make_environment() -> None:
    """Create ``.venv`` when it is missing or belongs to another Python version."""
    import subprocess

    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if os.path.exists(VENV_PYTHON):
        probe = [VENV_PYTHON, "-c", "import sys; print(f'{sys.version_info[0]}.{sys.version_info[1]}', end='')"]
        found = subprocess.run(probe, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout.decode()
        if found == version:
            return
        print(f"dev.py: replacing .venv (it runs Python {found or '?'}, this is {version})", file=sys.stderr)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], stdout=subprocess.DEVNULL, check=False)
    if made.returncode:  # Debian splits ensurepip off: make the environment without pip and use the pip that runs us
        run_or_exit([sys.executable, "-m", "venv", "--clear", "--without-pip", VENV], "making .venv")


def pip_command() -> list[str]:
    """Return the start of a pip command that installs into the environment."""
    import subprocess

    own = [VENV_PYTHON, "-m", "pip"]
    if subprocess.run(
        [*own, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    ).returncode:
        return [sys.executable, "-m", "pip", "--python", VENV_PYTHON]
    return own


def install(extent: str) -> None:
    """Install the locked versions of ``extent`` and this project; nothing to do when they are there."""
    if is_installed(extent) or (extent == "serve" and is_installed("dev")):
        return
    print("dev.py: installing the locked dependencies into .venv (first time only) ...", file=sys.stderr, flush=True)
    make_environment()
    pip = [*pip_command(), "install", "--quiet", "--disable-pip-version-check"]
    run_or_exit([*pip, "--require-hashes", "-r", LOCK_FILES[extent]], "installing the locked dependencies")
    run_or_exit([*pip, "--no-deps", "--no-build-isolation", "-e", "."], "installing kafkalite")
    with open(stamp_path(extent), "w", encoding="ascii") as file:
        file.write(installed_fingerprint(extent))


def note_start() -> None:
    """Pass the real start time to the server: the system counts it from this process, installation included."""
    import time

    if hasattr(time, "CLOCK_BOOTTIME"):
        os.environ["_KAFKALITE_STARTED_S"] = str(time.clock_gettime(time.CLOCK_BOOTTIME))


def become(command: list[str]) -> int:
    """Run ``command`` in place of this process where the platform can; else run it and return its exit code."""
    if os.name != "nt":
        sys.stdout.flush()
        note_start()
        os.execv(command[0], command)
    import subprocess

    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return 130


def test_command(arguments: list[str]) -> list[str]:
    """Return the pytest command; the whole suite is spread over the cores."""
    command = [VENV_PYTHON, "-m", "pytest"]
    has_selection = any(not argument.startswith("-") or argument.startswith("-n") for argument in arguments)
    if not has_selection:
        command += ["-n", str(max(2, min(os.cpu_count() or 2, 8))), "--dist", "worksteal"]
    return [*command, *arguments]


def main(arguments: list[str]) -> int:
    """Run one command line; return the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python is given first
        sys.exit(f"dev.py: Python 3.11 or newer is needed, this is {sys.version.split()[0]} ({sys.executable})")
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command == "serve":
        install("serve")
        return become([VENV_PYTHON, "-m", "kafkalite", "serve", *rest])
    if command == "test":
        install("dev")
        os.chdir(ROOT)
        return become(test_command(rest))
    if command == "run" and rest:
        install("dev")
        return become([VENV_PYTHON, *(rest if rest[0].endswith(".py") else ["-m", *rest])])
    if command == "attack":
        install("dev")
        os.chdir(ROOT)
        return become([VENV_PYTHON, "-m", "scripts.devtools.attack", *rest])
    if command == "install":
        install("dev")
        return 0
    print(USAGE, end="", file=sys.stdout if command in ("-h", "--help", "help") else sys.stderr)
    return 0 if command in ("-h", "--help", "help") else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
