"""The errors of Apache Kafka in the recorded answers, and the reasons why others are in none."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from kafkalite.conformance.corpus import Corpus, releases
from kafkalite.protocol.api_keys import NAMES

NO_ERROR = "NONE"


@dataclass(frozen=True, kw_only=True)
class Unseen:
    """One row of `error_coverage.toml`; its keys are explained there."""

    errors: tuple[str, ...]
    apis: tuple[str, ...]
    reason: str


def load_unseen() -> tuple[Unseen, ...]:
    """Return the rows that ship with kafkalite.

    Raises:
        TypeError: a row has an unknown key.
    """
    text = files("kafkalite.conformance").joinpath("error_coverage.toml").read_text(encoding="utf-8")
    return tuple(
        Unseen(errors=tuple(row.pop("errors")), apis=tuple(row.pop("apis")), **row)
        for row in tomllib.loads(text)["unseen"]
    )


def seen_errors() -> dict[str, set[str]]:
    """Return the errors in all recorded answers by the API that answered, in conversations about any API."""
    corpus = Corpus()
    seen: dict[str, set[str]] = {}
    for release in releases():
        own = Corpus(release_names=[release])
        for api in NAMES.values():
            for name, version in corpus.keys(release, api):
                _, replies = own.find(api, name, version) or ("", [])
                for reply in replies:
                    seen.setdefault(reply.api, set()).update(_errors(reply.body))
    return seen


def _errors(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name.endswith("ErrorCode") and isinstance(inner, str):
                if inner != NO_ERROR:
                    yield inner
            else:
                yield from _errors(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _errors(inner)


def coverage_table() -> list[str]:
    """Return the lines of a Markdown table: an API, its provoked errors, and the others."""
    seen, rows = seen_errors(), load_unseen()
    lines = ["| API | errors in the answers | Kafka's other errors |", "|---|---|---|"]
    for api in sorted(seen.keys() | {api for row in rows for api in row.apis}):
        others = sorted(error for row in rows if api in row.apis for error in row.errors)
        lines.append(f"| {api} | {_join(sorted(seen.get(api, ())))} | {_join(others)} |")
    return lines


def reason_table() -> list[str]:
    """Return the lines of a Markdown table: the reasons why errors are in no answer."""
    lines = ["| error | of | why it is in no answer |", "|---|---|---|"]
    return lines + [f"| {_join(row.errors)} | {', '.join(row.apis)} | {row.reason} |" for row in load_unseen()]


def _join(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "-"
