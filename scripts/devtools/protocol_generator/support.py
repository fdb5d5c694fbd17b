"""Generates the modules of the served APIs: from `api_support.toml`, and from `releases.json` for each release."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from .source import HEADER
from .specs import Message
from .versions import VersionRange, parse_versions


def _api_key_by_name(messages: list[Message]) -> dict[str, int]:
    requests = (message for message in messages if message.type == "request" and message.api_key is not None)
    return {message.name.removesuffix("Request"): message.api_key or 0 for message in requests}


def _check_ranges(support: dict[str, Any], messages: list[Message]) -> None:
    known = {message.name: message.versions for message in messages}
    for name, api in support["api"].items():
        served = parse_versions(api["versions"])
        if served.intersect(known[f"{name}Request"]) != served:
            raise ValueError(f"api_support.toml serves versions of {name} that its schema does not have")


def _check_not_served(support: dict[str, Any], advertised: dict[str, str]) -> None:
    missing = advertised.keys() - support["api"].keys()
    named = support.get("not_served", {}).keys()
    if missing != named:
        raise ValueError(f"api_support.toml: [not_served] is wrong about {', '.join(sorted(missing ^ named))}")


def _pair(versions: VersionRange) -> str:
    return f"({versions.lowest}, {versions.highest})"


def _head(docstring: str) -> list[str]:
    return [HEADER.rstrip(), f'"""{docstring}"""', "", "from __future__ import annotations", ""]


def served_api_keys(toml_path: Path, messages: list[Message]) -> set[int]:
    """Return the API keys of all served APIs."""
    support = tomllib.loads(toml_path.read_text(encoding="utf-8"))
    keys = _api_key_by_name(messages)
    return {keys[name] for name in support["api"]}


def api_support_text(toml_path: Path, releases_path: Path, messages: list[Message]) -> str:
    """Return the module of the served APIs, checked against the schemas."""
    support = tomllib.loads(toml_path.read_text(encoding="utf-8"))
    _check_ranges(support, messages)
    keys = _api_key_by_name(messages)
    apis = sorted(support["api"].items(), key=lambda item: keys[item[0]])
    lines = _head("What is served: made from `protocol_specs/api_support.toml`, so that no TOML is read at start.")
    lines += ["#: API key -> (lowest, highest) version served", "SERVED: dict[int, tuple[int, int]] = {"]
    lines += [f"    {keys[name]}: {_pair(parse_versions(api['versions']))},  # {name}" for name, api in apis]
    lines += ["}", "", "#: API key -> (operation, resource type) pairs an authorizer is asked for, in Kafka's order"]
    lines += ["OPERATIONS: dict[int, tuple[tuple[str, str], ...]] = {"]
    lines += [f"    {keys[name]}: {tuple(tuple(text.split()) for text in api['operations'])!r}," for name, api in apis]
    lines += ["}", "", "#: API key -> numbers of the Kafka Improvement Proposals that shaped it"]
    lines += ["KIPS: dict[int, tuple[int, ...]] = {"]
    lines += [f"    {keys[name]}: {tuple(api['kips'])!r}," for name, api in apis]
    lines += ["}", "", "#: Deliberate differences from Apache Kafka: (API, what, why)"]
    lines += ["DEVIATIONS: tuple[tuple[str, str, str], ...] = ("]
    lines += [
        f"    {(name, deviation['what'], deviation['why'])!r},"
        for name, api in apis
        for deviation in api.get("deviation", [])
    ]
    releases = json.loads(releases_path.read_text(encoding="utf-8"))
    newest = list(releases)[-1]
    _check_not_served(support, releases[newest]["apis"])
    lines += [
        ")",
        "",
        f"#: Feature -> (lowest supported, highest supported, finalized) level of a new Kafka {newest} cluster",
    ]
    lines += [f"FEATURES: dict[str, tuple[int, int, int]] = {_features(releases[newest])!r}"]
    lines += ["", "#: The releases that can be imitated, the newest last", f"RELEASES = {tuple(releases)!r}", ""]
    return "\n".join(lines)


def releases_text(toml_path: Path, releases_path: Path, messages: list[Message]) -> str:
    """Return the module of the versions and features that each release of Kafka advertises, refuses and finalizes."""
    support = tomllib.loads(toml_path.read_text(encoding="utf-8"))
    releases = json.loads(releases_path.read_text(encoding="utf-8"))
    keys = _api_key_by_name(messages)
    lines = _head("The answers of each Kafka release to ApiVersions: made from `protocol_specs/releases.json`.")
    lines += ["#: Release -> API key -> (lowest, highest) version advertised to clients"]
    lines += ["ADVERTISED: dict[str, dict[int, tuple[int, int]]] = {"]
    for release, facts in releases.items():
        ranges = {keys[name]: tuple(parse_versions(text)) for name, text in facts["apis"].items() if name in keys}
        lines += [f"    {release!r}: {ranges!r},"]
    lines += ["}", "", "#: Release -> API key -> (lowest, highest) version advertised and refused all the same"]
    lines += ["REFUSED: dict[str, dict[int, tuple[int, int]]] = {"]
    for release, narrowing in support["as_version"].items():
        refused = {keys[name]: tuple(parse_versions(text)) for name, text in narrowing["refuses"].items()}
        lines += [f"    {release!r}: {refused!r},"]
    lines += [
        "}",
        "",
        "#: Release -> feature -> (lowest supported, highest supported, finalized) level of a new cluster",
    ]
    lines += ["FEATURES: dict[str, dict[str, tuple[int, int, int]]] = {"]
    lines += [f"    {release!r}: {_features(facts)!r}," for release, facts in releases.items()]
    lines += ["}", ""]
    return "\n".join(lines)


def _features(facts: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    return {
        name: (*parse_versions(feature["supported"]), feature["finalized"])
        for name, feature in facts["features"].items()
    }
