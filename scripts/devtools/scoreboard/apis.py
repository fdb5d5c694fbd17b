"""The served APIs and the tests that prove them: from the generated tables, conversations and recorded answers."""

from __future__ import annotations

import json
import pathlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any

from compat_tests.upstream.suite_results import Outcome
from kafkalite.conformance.cases import FAMILIES
from kafkalite.conformance.conversation import Conversation
from kafkalite.conformance.corpus import Corpus
from kafkalite.conformance.intended import load_intended
from kafkalite.conformance.player import JUDGE, versions_of
from kafkalite.protocol.api_keys import NAMES
from kafkalite.protocol.api_support import SERVED
from kafkalite.protocol.releases import ADVERTISED
from scripts.devtools.scoreboard.model import FORMER_LINE, Api, ServedVersion, Told

FRAMES = "tests/protocol/kafka_frames.json"
SUPPORT = "protocol_specs/api_support.toml"


def conversations_by_source() -> Iterator[tuple[str, Conversation]]:
    """Yield (file, conversation) in the order in which they are played."""
    for family in FAMILIES:
        for conversation in import_module(f"kafkalite.conformance.cases.{family}").CONVERSATIONS:
            yield f"kafkalite/conformance/cases/{family}.py", conversation


def find_conversations(outcomes: Mapping[str, Outcome], corpus: Corpus | None = None) -> list[Told]:
    """Return every conversation with its judges and its stored outcome."""
    corpus = corpus or Corpus()
    told = []
    for source, conversation in conversations_by_source():
        versions = versions_of(conversation)
        found = [corpus.find(conversation.api, conversation.name, version) for version in versions]
        told.append(
            Told(
                api=conversation.api,
                name=conversation.name,
                source=source,
                versions=[version for version, answer in zip(versions, found, strict=True) if answer],
                releases=sorted({answer[0] for answer in found if answer}, reverse=True),
                may_differ=any(row.api == conversation.api and row.names(conversation.name) for row in load_intended()),
                outcome=outcomes.get(conversation.title),
            )
        )
    return told


def find_apis(root: pathlib.Path, told: Iterable[Told], corpus: Corpus | None = None) -> list[Api]:
    """Return the served APIs by name, each version with its proofs."""
    corpus = corpus or Corpus()
    told = list(told)
    frames = json.loads((root / FRAMES).read_text(encoding="utf-8"))
    support = tomllib.loads((root / SUPPORT).read_text(encoding="utf-8"))["api"]
    apis = []
    for key, (lowest, highest) in SERVED.items():
        name = NAMES[key]
        about = [each for each in told if each.api == name]
        apis.append(
            Api(
                name=name,
                key=key,
                versions=[_served_version(name, version, about, frames) for version in range(lowest, highest + 1)],
                error_codes=_error_codes(corpus, about),
                deviations=[(row["what"], row["why"]) for row in support[name].get("deviation", ())],
            )
        )
    return sorted(apis, key=lambda api: api.name)


def _served_version(name: str, version: int, about: Iterable[Told], frames: Mapping[str, Any]) -> ServedVersion:
    playing = [each for each in about if version in each.versions]
    return ServedVersion(
        version=version,
        releases=tuple(sorted({release for each in playing for release in each.releases}, reverse=True)),
        conversations=tuple(each.name for each in playing),
        has_kafkas_bytes=all(str(version) in frames.get(f"{name}{kind}", ()) for kind in ("Request", "Response")),
    )


def _error_codes(corpus: Corpus, about: Iterable[Told]) -> list[str]:
    """Return the names of errors in the recorded answers to an API's own requests."""
    found: set[str] = set()
    for each in about:
        for version in each.versions:
            answer = corpus.find(each.api, each.name, version)
            for reply in answer[1] if answer else ():
                if reply.api == each.api:
                    found |= set(_names_of_errors(reply.body))
    return sorted(found - {"NONE"})


def _names_of_errors(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name.endswith("ErrorCode") and isinstance(inner, str):
                yield inner
            else:
                yield from _names_of_errors(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names_of_errors(inner)


def find_not_served() -> tuple[int, int, list[str]]:
    """Return how many APIs the judge and the line before it advertise, and the names of the judge's not served here."""
    theirs = ADVERTISED[JUDGE]
    return len(theirs), len(ADVERTISED[FORMER_LINE]), sorted(NAMES[key] for key in theirs if key not in SERVED)


def find_intended() -> list[tuple[str, str, str]]:
    """Return (API, conversation, reason) of every intended difference in the reviewed file."""
    return [(row.api, row.conversation, row.reason) for row in load_intended()]
