"""The tables about APIs: versions with their judges, conversations, and what differs on purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scripts.devtools.scoreboard.client_tables import mark
from scripts.devtools.scoreboard.markdown import folded, link, table, version_ranges
from scripts.devtools.scoreboard.model import FORMER_LINE, JUDGE_LINE, JUDGE_RELEASE, Api, Board, ServedVersion, Told

LEGEND = f"""\
The served versions, by the judge of their answers: conversations are compared with the recorded answers of Apache Kafka
{JUDGE_RELEASE}, or of 3.9.2 for versions that {JUDGE_LINE} no longer serves. Request and response of each version are
byte by byte those of Apache Kafka, as
[test_messages_against_kafka.py](../tests/protocol/test_messages_against_kafka.py) checks.
`kafkalite conformance --api NAME` plays a row again; [all conversations](#all-conversations) are listed below."""
JUDGES = {"●": f"as Kafka {JUDGE_RELEASE}", "○": "as Kafka 3.9.2", "✗": "**no test**"}
"""Sign of a version -> heading of the column that holds it."""


def api_section(board: Board) -> Iterator[str]:
    """Yield the table of APIs, what is not served, and the errors that were compared."""
    yield "## APIs"
    yield (
        f"Apache Kafka {JUDGE_LINE} advertises {board.advertised_by_kafka} APIs to clients, {FORMER_LINE} "
        f"{board.advertised_before}; `--as-version {FORMER_LINE}` answers as that release. kafkalite serves "
        f"{len(board.apis)} of them. Not served, and not advertised: {', '.join(board.not_served) or 'none'}."
    )
    refused = [api.name for api in board.apis if api.is_refused]
    if refused:
        yield (
            f"Of those served, {len(refused)} always answer with the error of a broker without security "
            f"([reasons](#intended-differences)): {', '.join(refused)}."
        )
    yield LEGEND
    signs = {api.name: {version.version: version_mark(version) for version in api.versions} for api in board.apis}
    shown = [sign for sign in JUDGES if any(sign in marks.values() for marks in signs.values())]
    yield table(
        ("API", "served", *(JUDGES[sign] for sign in shown), "conversations", "errors"),
        (
            [
                api.name,
                version_ranges(signs[api.name]),
                *(version_ranges(v for v, sign in signs[api.name].items() if sign == wanted) for wanted in shown),
                _sources(api, board.conversations),
                str(len(api.error_codes) or ""),
            ]
            for api in board.apis
        ),
        range(1, len(shown) + 2),
    )
    errors = ([api.name, ", ".join(api.error_codes)] for api in board.apis if api.error_codes)
    yield folded("The errors in the compared answers, by API", table(("API", "errors"), errors))


def version_mark(version: ServedVersion) -> str:
    """Return the sign of a version: its newest judge, or that it has none."""
    if version.is_hole:
        return "✗"
    if any(release.startswith(JUDGE_LINE) for release in version.releases):
        return "●"
    return "○"


def _sources(api: Api, conversations: Sequence[Told]) -> str:
    """Return the number of conversations about an API in each file."""
    counts = Counter(told.source for told in conversations if told.api == api.name)
    return ", ".join(f"{count} in {link(source)}" for source, count in counts.items())


def conversation_section(conversations: Sequence[Told]) -> Iterator[str]:
    """Yield every conversation with its versions and its verdict."""
    yield "## All conversations"
    yield (
        "The questions are in the linked files, Apache Kafka's answers in `kafkalite/conformance/answers`; see "
        "[CONFORMANCE.md](CONFORMANCE.md). ✓ every field as in Apache Kafka, ≈ except for an "
        "[intended difference](#intended-differences), ✗ different."
    )
    rows = (
        [
            told.api,
            link(told.source, told.name),
            version_ranges(told.versions),
            ", ".join(told.releases),
            "≈" if told.may_differ and told.outcome and told.outcome.passed else mark(told.outcome),
        ]
        for told in sorted(conversations, key=lambda told: told.api)
    )
    inside = table(("API", "conversation", "versions", "Apache Kafka", "as Kafka"), rows, (4,))
    yield folded(f"{len(conversations)} conversations", inside)


def difference_section(board: Board) -> Iterator[str]:
    """Yield the differences that are there on purpose, with their reasons."""
    yield "## Intended differences"
    yield (
        "What the conversations meet, from `kafkalite/conformance/intended_differences.toml`; a row that covers "
        "nothing any more fails the tests."
    )
    yield table(
        ("API", "conversation", "why kafkalite differs"),
        ([api, conversation.replace("*", "all"), reason] for api, conversation, reason in board.intended),
    )
    yield "What was decided about an API, from `protocol_specs/api_support.toml`."
    rows = ([api.name, what, why] for api in board.apis for what, why in api.deviations)
    yield table(("API", "what", "why"), rows)
    yield "Defaults that differ are listed with their reasons in [CONFIGURATION.md](CONFIGURATION.md#defaults)."
