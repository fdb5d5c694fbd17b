"""The tables of the README that are facts of the code: ``support_table.py [--check]`` writes them or compares them.

Each stands between ``<!-- table: NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import pathlib
import re
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
TABLE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def api_rows() -> list[str]:
    """Return the table of APIs: versions served and what differs from Kafka on purpose."""
    support = tomllib.loads((ROOT / "protocol_specs" / "api_support.toml").read_text(encoding="utf-8"))
    rows = ["| API | versions | differs from Kafka 4.3 on purpose |", "|---|---|---|"]
    for name, facts in sorted(support["api"].items()):
        deviations = "; ".join(f"{one['what']} ({one['why']})" for one in facts.get("deviation", ()))
        rows.append(f"| {name} | {facts['versions']} | {deviations} |")
    return rows


def default_rows() -> list[str]:
    """Return the table of defaults that differ from Kafka's, with the profiles that have them."""
    sys.path.insert(0, str(ROOT))
    from kafkalite.settings.defaults import PROFILES
    from kafkalite.settings.definitions import OWN_PROPERTIES, default_of

    rows = ["| property | here | Kafka | profiles | because |", "|---|---|---|---|---|"]
    seen: dict[tuple[str, str, str], list[str]] = {}
    for profile, defaults in PROFILES.items():
        for name, (value, reason) in defaults.items():
            seen.setdefault((name, value, reason), []).append(profile)
    for (name, value, reason), profiles in sorted(seen.items()):
        kafkas = default_of(name)
        shown = "null" if kafkas is None else f"`{kafkas}`"
        shown = "no such property" if name in OWN_PROPERTIES else shown
        rows.append(f"| `{name}` | `{value}` | {shown} | {', '.join(profiles)} | {reason} |")
    return rows


def compatibility_rows() -> list[str]:
    """Return the totals of the scoreboard, with links to what they are the totals of."""
    sys.path.insert(0, str(ROOT))
    from scripts.compatibility.board import collect
    from scripts.compatibility.page import headline_table
    from scripts.compatibility.totals import find_totals

    return headline_table(find_totals(collect(ROOT)), "docs/COMPATIBILITY.md").splitlines()


TABLES = {"apis": api_rows, "defaults": default_rows, "compatibility": compatibility_rows}


def filled(text: str) -> str:
    """Return a README with its tables, and the count of APIs in the banner it shows, as the code has them."""
    text = re.sub(r"\(\d+ APIs\)", f"({len(api_rows()) - 2} APIs)", text)
    return TABLE.sub(lambda match: match[1] + "\n".join(TABLES[match[2]]()) + "\n" + match[3], text)


def drift() -> list[str]:
    """Return a line where the README's tables are not what the code says."""
    text = README.read_text(encoding="utf-8")
    return [] if filled(text) == text else ["README.md: its tables are old: run scripts/check.py --fix"]


def write() -> None:
    """Write the tables into the README."""
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit("\n".join(drift()) or 0)
    write()
