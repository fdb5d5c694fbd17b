"""The tables of the pages that are facts of the code, written or compared.

Each is between ``<!-- table: NAME -->`` and ``<!-- end -->`` on one of ``PAGES``.
"""

from __future__ import annotations

import pathlib
import re
import tomllib
from collections.abc import Callable
from typing import Any

from scripts.devtools.checks.package_map import map_rows
from scripts.devtools.checks.symbol_links import lost_symbols, relinked

ROOT = pathlib.Path(__file__).resolve().parents[3]
PAGES = ("README.md", "docs/APIS.md", "docs/ARCHITECTURE.md", "docs/CONFIGURATION.md", "docs/TOUR.md")
TABLE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def served_apis() -> list[tuple[str, dict[str, Any]]]:
    """Return (name, row of ``api_support.toml``) of each served API, by name."""
    support = tomllib.loads((ROOT / "protocol_specs" / "api_support.toml").read_text(encoding="utf-8"))
    return sorted(support["api"].items())


def api_rows() -> list[str]:
    """Return the table of APIs: versions served, count of deviations, and the KIPs that shaped them."""
    rows = ["| API | versions | differences | KIPs |", "|---|---|---|---|"]
    for name, facts in served_apis():
        count = len(facts.get("deviation", ()))
        link = f"[{count}](#{name.lower()})" if count else ""
        rows.append(f"| {name} | {facts['versions']} | {link} | {', '.join(map(str, facts.get('kips', ())))} |")
    return rows


def deviation_rows() -> list[str]:
    """Return a section for each API that differs from Kafka on purpose: what differs, and why."""
    rows: list[str] = []
    for name, facts in served_apis():
        deviations = facts.get("deviation", ())
        if deviations:
            rows += ["", f"### {name}", "", *(f"- {one['what']} ({one['why']})" for one in deviations)]
    return [*rows, ""]


def default_rows() -> list[str]:
    """Return the table of defaults that differ from Kafka's, with the profiles that have them."""
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
    """Return the totals of the scoreboard."""
    from scripts.devtools.scoreboard.board import collect
    from scripts.devtools.scoreboard.page import headline_table
    from scripts.devtools.scoreboard.totals import find_totals

    return headline_table(find_totals(collect(ROOT)), has_links=False).splitlines()


def package_rows() -> list[str]:
    """Return the map of the packages."""
    return map_rows(ROOT)


TABLES: dict[str, Callable[[], list[str]]] = {
    "apis": api_rows,
    "deviations": deviation_rows,
    "packages": package_rows,
    "defaults": default_rows,
    "compatibility": compatibility_rows,
}


def filled(text: str) -> str:
    """Return a page with its tables, and the count of APIs in the banner it shows, as the code has them."""
    text = re.sub(r"\(\d+ APIs\)", f"({len(served_apis())} APIs)", text)
    return TABLE.sub(lambda match: match[1] + "\n".join(TABLES[match[2]]()) + "\n" + match[3], text)


def drift() -> list[str]:
    """Return a line for each page whose tables differ from the code, and for each link to a lost symbol."""
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in PAGES}
    old = [name for name in PAGES if filled(texts[name]) != texts[name]]
    lines = [f"{name}: its tables are old: run scripts/check.py --fix" for name in old]
    return lines + [line for name in PAGES for line in lost_symbols(ROOT, name)]


def write() -> None:
    """Write the tables into their pages, and link the symbols that moved anew."""
    for name in PAGES:
        page = ROOT / name
        page.write_text(relinked(ROOT, filled(page.read_text(encoding="utf-8"))), encoding="utf-8")
