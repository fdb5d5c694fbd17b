"""The scoreboard: how near kafkalite is to Apache Kafka, as docs/COMPATIBILITY.md and docs/compatibility.json.

    python scripts/scoreboard.py                            # from the tree and the stored results
    python scripts/scoreboard.py --run fast                 # run the clients again first
    python scripts/scoreboard.py --run fast --broker kafka  # the same tests with Apache Kafka 4.4
    python scripts/scoreboard.py --run fast --missing       # only what has no good result yet
    python scripts/scoreboard.py --check [--junit FILE]

A Python without the development environment hands over to the one in `.venv`, which it makes first.

What can be run: `conformance`, `fast` (the clients of the README's test command), `slow` (the second command: Java,
Maven and minutes), `upstream` (other people's suites), `all`. Results are stored with their day,
in compat_tests/results.

`--check` fails where the page is not what the tree and the stored results say, and where there is a hole: a served
version or a scenario without a result. With the JUnit report of a fresh run of the test command it fails also where a
result is not the stored one any more. Without `--check` such a report is stored, which saves running the tests again;
`--store slow` takes a report of the second command.
"""

from __future__ import annotations

import argparse
import importlib.util
import pathlib
import sys
from collections.abc import Sequence
from xml.etree import ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if __name__ == "__main__" and importlib.util.find_spec("construct") is None:  # any Python will do to ask for the board
    from scripts import dev

    sys.exit(dev.main(["run", __file__, *sys.argv[1:]]))

from scripts.devtools.checks import page_tables  # noqa: E402
from scripts.devtools.scoreboard import data, junit, page, runs, stored  # noqa: E402
from scripts.devtools.scoreboard.board import collect  # noqa: E402
from scripts.devtools.scoreboard.model import Board  # noqa: E402

PAGE = "docs/COMPATIBILITY.md"
DATA = "docs/compatibility.json"
RUNNABLE = ("conformance", "fast", "slow", "upstream")
IN_ONE_REPORT = ("fast", "conformance")
"""The runs in a report of the README's test command."""
LINES_SHOWN = 30


def renderings(board: Board) -> dict[str, str]:
    """Return the files that a board makes, by path."""
    return {PAGE: page.render(board), DATA: data.render(board)}


def old_files(board: Board, root: pathlib.Path = ROOT) -> list[str]:
    """Return a line for each file below `root` that is not what the board makes."""
    made = {root / name: text for name, text in renderings(board).items()}
    is_old = [not path.is_file() or path.read_text(encoding="utf-8") != text for path, text in made.items()]
    names = (path.relative_to(root).as_posix() for path, old in zip(made, is_old, strict=True) if old)
    return [f"{name} is old: run scripts/scoreboard.py" for name in names]


def drift() -> list[str]:
    """Return the holes of the board of this tree, and a line for each of its files that is old."""
    board = collect(ROOT)
    return board.problems + old_files(board)


def write(root: pathlib.Path = ROOT) -> Board:
    """Write the page, the data and the totals in the README; return the board."""
    board = collect(root)
    for name, text in renderings(board).items():
        (root / name).write_text(text, encoding="utf-8")
    page_tables.write()
    return board


def check_report(report: pathlib.Path) -> list[str]:
    """Return how a fresh run of the test command differs from the stored results."""
    try:
        cases = junit.read_report(report.read_text(encoding="utf-8"))
    except (OSError, ElementTree.ParseError) as problem:
        return [f"the report of the tests cannot be read: {problem}"]
    changed = stored.changes(cases, stored.load_own())
    advice = ["run scripts/scoreboard.py --run fast and --run conformance, and read the diff"] if changed else []
    return changed + advice


def run(which: str, broker: str, only_missing: bool) -> list[str]:
    """Run and store; return lines about what came out."""
    if which == "upstream":
        return [line for suite in stored.load_upstream() for line in runs.run_upstream(suite, broker)]
    return runs.run_own(which, broker, only_missing=only_missing)


def told(lines: Sequence[str]) -> int:
    """Print problems, not too many; return the exit code."""
    for line in lines[:LINES_SHOWN]:
        print(line)
    if len(lines) > LINES_SHOWN:
        print(f"... and {len(lines) - LINES_SHOWN} more")
    return 1 if lines else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", choices=[*RUNNABLE, "all"], help="run this first and store the results")
    parser.add_argument("--broker", default="kafkalite", help="with --run: kafkalite, kafka or kafka:VERSION")
    parser.add_argument("--missing", action="store_true", help="with --run: only what has no good result yet")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 when something is old or missing"
    )
    parser.add_argument("--junit", type=pathlib.Path, metavar="FILE", help="a report of pytest --junitxml")
    parser.add_argument("--store", choices=list(stored.RUNS), help="with --junit: the run it is a report of")
    options = parser.parse_args(arguments)
    if options.check:
        return told(drift() + (check_report(options.junit) if options.junit else []))
    lines = []
    for which in [options.store] if options.store else IN_ONE_REPORT if options.junit else []:
        lines += runs.collect(options.junit, which, options.broker)
    for which in RUNNABLE if options.run == "all" else [options.run] if options.run else []:
        lines += run(which, options.broker, options.missing)
    board = write()
    print("\n".join([*lines, f"wrote {PAGE} and {DATA}", *board.problems[:LINES_SHOWN]]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
