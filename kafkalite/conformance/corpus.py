"""The recorded answers of Apache Kafka: one file per API and release, one line per step."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from kafkalite.conformance.player import Reply

Key = tuple[str, int]
"""(conversation's name, version played)."""


def answers_root() -> Traversable:
    """Return the directory that holds one directory per release of Apache Kafka."""
    return files("kafkalite.conformance").joinpath("answers")


def releases() -> list[str]:
    """Return the releases that were recorded, the newest first."""
    names = [entry.name for entry in answers_root().iterdir() if entry.is_dir() and entry.name[:1].isdecimal()]
    return sorted(names, key=lambda name: [int(part) for part in name.split(".")], reverse=True)


class Corpus:
    """The recorded answers; each API's file is read at its first use."""

    def __init__(self, root: Traversable | None = None, release_names: Sequence[str] | None = None) -> None:
        self._root = root or answers_root()
        self._releases = list(releases() if release_names is None else release_names)
        self._loaded: dict[tuple[str, str], dict[Key, list[Reply]]] = {}

    def find(self, api: str, name: str, version: int) -> tuple[str, list[Reply]] | None:
        """Return the release and its replies, from the newest recorded release; None for none."""
        for release in self._releases:
            replies = self._load(release, api).get((name, version))
            if replies is not None:
                return release, replies
        return None

    def keys(self, release: str, api: str) -> list[Key]:
        """Return the recorded answers about an API from one release."""
        return list(self._load(release, api))

    def _load(self, release: str, api: str) -> dict[Key, list[Reply]]:
        if (release, api) not in self._loaded:
            path = self._root.joinpath(release).joinpath(f"{api}.json")
            text = path.read_text(encoding="utf-8") if path.is_file() else ""
            self._loaded[release, api] = decode_answers(text)
        return self._loaded[release, api]


def decode_answers(text: str) -> dict[Key, list[Reply]]:
    """Return the replies of one file; the inverse of `encode_answers`. Steps of equal versions are shared."""
    recorded: dict[Key, list[Reply]] = {}
    for entry in json.loads(text)["conversations"] if text else ():
        replies = [Reply(**step) for step in entry["replies"]]
        for version in entry["versions"]:
            recorded[entry["name"], version] = replies
    return recorded


def encode_answers(release: str, api: str, answers: Mapping[Key, Sequence[Reply]]) -> str:
    """Return the text of one file: versions of a conversation with equal answers share them; one line per step."""
    groups: dict[tuple[str, str], list[int]] = {}
    for (name, version), replies in answers.items():
        lines = ",\n".join(f"   {_compact(_as_json(reply))}" for reply in replies)
        groups.setdefault((name, lines), []).append(version)
    entries = [
        f'  {{"name": {json.dumps(name)}, "versions": {json.dumps(sorted(versions))}, "replies": [\n{lines}\n  ]}}'
        for (name, lines), versions in groups.items()
    ]
    about = f'{{"api": "{api}", "judge": "Apache Kafka {release}", "conversations": [\n'
    return about + ",\n".join(entries) + "\n]}\n"


def _as_json(reply: Reply) -> dict[str, Any]:
    made: dict[str, Any] = {"step": reply.step, "api": reply.api, "outcome": reply.outcome}
    return made if reply.body is None else made | {"body": reply.body}


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
