"""All checks that a change must pass beside the tests: ``python scripts/dev.py run scripts/check.py [NAME ...]``.

Each check is a command or a function of ``scripts/devtools/checks``; without arguments all of them run, each is
reported with its time, and the exit code is 1 when one failed. ``--fix`` repairs what a tool can repair (format, lint,
lock exports, generated tables) and lowers the ratchets; ``--restate`` writes the ratchets as they are, for files that
were renamed or split.
"""

from __future__ import annotations

import pathlib
import subprocess
import sys
import time
from collections.abc import Callable

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import scoreboard  # noqa: E402
from scripts.devtools.checks import page_tables, ratchet, source_rules, structure, wording  # noqa: E402

PYTHON = sys.executable

LOCK_EXPORTS = {
    "requirements.lock": ["--no-default-groups", "--group", "build"],
    "requirements-dev.lock": ["--all-groups"],
}
"""The requirements that pip installs for ``dev.py serve`` and ``dev.py test``: exports of ``uv.lock``, so that pip and
uv agree."""


def run_command(*command: str) -> list[str]:
    """Run a command in the root of the project; return its output lines when it failed, else nothing."""
    finished = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if finished.returncode == 0:
        return []
    return [f"$ {' '.join(command)}", *finished.stdout.decode(errors="replace").splitlines()]


def export_lock(arguments: list[str]) -> bytes:
    """Return the requirements file exported from ``uv.lock``.

    Raises:
        CalledProcessError: uv.lock is broken.
    """
    command = [PYTHON, "-m", "uv", "export", "--frozen", "--offline", "--no-config", "--no-header"]
    command += ["--no-emit-project", "--format", "requirements-txt", "--quiet", *arguments]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout


def check_locks() -> list[str]:
    """Return how ``uv.lock`` differs from pyproject.toml and the requirements files from ``uv.lock``."""
    problems = run_command(PYTHON, "-m", "uv", "lock", "--check", "--no-config", "--offline")
    for name, arguments in LOCK_EXPORTS.items():
        if (ROOT / name).read_bytes() != export_lock(arguments):
            problems.append(f"{name} is not what uv.lock says: run scripts/check.py --fix")
    return problems


def check_generated() -> list[str]:
    """Return the generated protocol files that differ from their specs."""
    return run_command(PYTHON, "scripts/generate_protocol.py", "--check") + source_rules.unmarked_generated_files(ROOT)


RATCHETS: dict[str, Callable[[pathlib.Path], ratchet.Counts]] = {
    "circles": structure.count_circles,
    "handlers": structure.count_shared_handlers,
    "fillers": wording.count_fillers,
    "raises": wording.count_inline_errors,
}
"""Rules that the tree does not keep everywhere yet: name -> what counts the breaches per file."""


def check_ratchet(name: str) -> list[str]:
    """Return the files that break a rule more often than the ratchet allows."""
    return ratchet.grown(name, RATCHETS[name](ROOT), ROOT)


CHECKS: dict[str, Callable[[], list[str]]] = {
    "format": lambda: run_command(PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."),
    "lint": lambda: run_command(PYTHON, "-m", "ruff", "check", "--quiet", "."),
    "types": lambda: run_command(PYTHON, "-m", "mypy"),
    "imports": lambda: run_command(str(pathlib.Path(PYTHON).parent / "lint-imports"), "--no-cache"),
    "generated": check_generated,
    "locks": check_locks,
    "sizes": lambda: source_rules.oversized(ROOT),
    "mirror": lambda: source_rules.tests_without_module(ROOT) + structure.tests_that_import_scripts(ROOT),
    "doors": lambda: source_rules.opened_files(ROOT),
    "purity": lambda: source_rules.unlisted_pure_packages(ROOT),
    "circles": lambda: check_ratchet("circles"),
    "handlers": lambda: check_ratchet("handlers"),
    "fillers": lambda: check_ratchet("fillers"),
    "raises": lambda: check_ratchet("raises"),
    "readme": lambda: page_tables.drift() + structure.readme_size(ROOT) + structure.broken_links(ROOT),
    "scoreboard": scoreboard.drift,
    "docstrings": lambda: source_rules.undocumented(ROOT),
}


def fix() -> None:
    """Repair formatting, fixable lint, the exported locks, the scoreboard, the tables of the pages and the ratchets."""
    subprocess.run([PYTHON, "-m", "ruff", "check", "--fix", "--quiet", "."], cwd=ROOT, check=False)
    subprocess.run([PYTHON, "-m", "ruff", "format", "--quiet", "."], cwd=ROOT, check=False)
    subprocess.run([PYTHON, "-m", "uv", "lock", "--no-config", "--quiet"], cwd=ROOT, check=False)
    for name, arguments in LOCK_EXPORTS.items():
        (ROOT / name).write_bytes(export_lock(arguments))
    scoreboard.write()
    ratchet.write(ROOT, {name: count(ROOT) for name, count in RATCHETS.items()}, may_grow=False)


def main(arguments: list[str]) -> int:
    """Run the named checks (all when none is named); return 0 when all held."""
    if "--fix" in arguments:
        fix()
    if "--restate" in arguments:
        ratchet.write(ROOT, {name: count(ROOT) for name, count in RATCHETS.items()}, may_grow=True)
    arguments = [argument for argument in arguments if argument not in ("--fix", "--restate")]
    unknown = [name for name in arguments if name not in CHECKS]
    if unknown:
        print(f"unknown check {unknown[0]!r}; there are: {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    failed = []
    for name in arguments or CHECKS:
        started = time.monotonic()
        problems = CHECKS[name]()
        print(f"{'FAIL' if problems else 'ok  '} {name:<11} {time.monotonic() - started:6.1f} s", flush=True)
        for line in problems:
            print(f"     {line}")
        failed += [name] if problems else []
    print(f"checks failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
