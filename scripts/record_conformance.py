"""Records what Apache Kafka answers to the conversations of kafkalite/conformance/cases, as the judge of the suite.

    python scripts/record_conformance.py                      # all APIs, from a fresh node of the oracle
    python scripts/record_conformance.py Produce Fetch        # only these; other files stay as they are
    python scripts/record_conformance.py --new                # only conversations that have no answers yet
    python scripts/record_conformance.py --bootstrap-server HOST:PORT --release 4.4.0
    python scripts/record_conformance.py --docs               # only writes the tables of docs/CONFORMANCE.md

A node is started with the settings under which the tests run kafkalite too. Conversations that name an older release
are recorded from that one. The files are meant to be reviewed: one line per step.
"""

from __future__ import annotations

import argparse
import pathlib
import sys
import tempfile
from collections.abc import Iterable, Sequence

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from compat_tests.oracle.apache_kafka import DEFAULT_VERSION, ApacheKafka, OracleFailed, OracleUnavailable  # noqa: E402
from kafkalite.conformance.cases import all_conversations  # noqa: E402
from kafkalite.conformance.connection import parse_address  # noqa: E402
from kafkalite.conformance.conversation import Conversation  # noqa: E402
from kafkalite.conformance.corpus import Corpus, Key, decode_answers, encode_answers  # noqa: E402
from kafkalite.conformance.error_coverage import coverage_table, reason_table  # noqa: E402
from kafkalite.conformance.intended import load_intended  # noqa: E402
from kafkalite.conformance.player import BrokerFault, Player, Reply, Unplayable, new_run_id, versions_of  # noqa: E402
from kafkalite.conformance.settings import BROKER_SETTINGS  # noqa: E402

DOCS = ROOT / "docs" / "CONFORMANCE.md"
BEGIN = "<!-- intended differences: written by scripts/record_conformance.py --docs -->\n"
ERRORS_BEGIN = "<!-- errors: written by scripts/record_conformance.py --docs -->\n"
END = "<!-- end -->"
ANSWERS = ROOT / "kafkalite" / "conformance" / "answers"


def record(address: tuple[str, int], conversations: Iterable[Conversation]) -> dict[str, dict[Key, list[Reply]]]:
    """Play conversations with a broker; return its replies by API, conversation and version."""
    player = Player(address, new_run_id())
    recorded: dict[str, dict[Key, list[Reply]]] = {}
    try:
        for conversation in conversations:
            answers = recorded.setdefault(conversation.api, {})
            for version in versions_of(conversation):
                try:
                    answers[conversation.name, version] = player.play(conversation, version)
                except (Unplayable, BrokerFault) as problem:
                    print(f"{conversation.title} v{version}: {problem}", file=sys.stderr)
    finally:
        player.delete_topics()
    return recorded


def add_known(release: str, recorded: dict[str, dict[Key, list[Reply]]]) -> dict[str, dict[Key, list[Reply]]]:
    """Return what was recorded among the answers that are there already, in the order of the tables."""
    full: dict[str, dict[Key, list[Reply]]] = {}
    for conversation in all_conversations():
        api = conversation.api
        if api in recorded:
            path = ANSWERS / release / f"{api}.json"
            known = decode_answers(path.read_text(encoding="utf-8") if path.is_file() else "") | recorded[api]
            here = {key: replies for key, replies in known.items() if key[0] == conversation.name}
            full.setdefault(api, {}).update(here)
    return full


def write(release: str, recorded: dict[str, dict[Key, list[Reply]]]) -> None:
    """Write one file per API."""
    directory = ANSWERS / release
    directory.mkdir(parents=True, exist_ok=True)
    for api, answers in recorded.items():
        (directory / f"{api}.json").write_text(encode_answers(release, api, answers), encoding="utf-8")
        print(f"{release} {api}: {len(answers)} conversations in {len({name for name, _ in answers})} tables")


def choose(apis: Sequence[str], release: str, *, only_new: bool = False) -> list[Conversation]:
    """Return the conversations about the named APIs (all when none is named) whose judge is that release."""
    corpus = Corpus()

    def is_known(conversation: Conversation) -> bool:
        versions = versions_of(conversation)
        return all(corpus.find(conversation.api, conversation.name, version) for version in versions)

    return [
        conversation
        for conversation in all_conversations()
        if (not apis or conversation.api in apis)
        and (conversation.release or DEFAULT_VERSION) == release
        and not (only_new and is_known(conversation))
    ]


def update_page(page: str) -> str:
    """Return the page with its tables as they should be: intended differences, and the account of Kafka's errors."""
    errors = "\n".join([*coverage_table(), "", *reason_table()])
    return _between(intended_table(page), ERRORS_BEGIN, errors)


def _between(page: str, begin: str, text: str) -> str:
    head, rest = page.split(begin)
    return head + begin + text + "\n" + END + rest.split(END, 1)[1]


def intended_table(page: str) -> str:
    """Return the page with the list of intended differences as it should be."""
    rows = [f"| {row.api} | {row.conversation.replace('*', 'all')} | {row.reason} |" for row in load_intended()]
    table = "\n".join(["| API | conversation | why kafkalite differs |", "|---|---|---|", *rows])
    return _between(page, BEGIN, table)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("apis", nargs="*", metavar="API")
    parser.add_argument("--release", help="only the conversations that this release judges")
    parser.add_argument("--bootstrap-server", help="a node that runs already, with the settings of the suite")
    parser.add_argument("--new", action="store_true", help="only conversations that have no answers yet")
    parser.add_argument("--docs", action="store_true", help="only write the tables of docs/CONFORMANCE.md")
    options = parser.parse_args(arguments)
    if options.docs:
        DOCS.write_text(update_page(DOCS.read_text(encoding="utf-8")), encoding="utf-8")
        return 0
    if options.bootstrap_server:
        release = options.release or DEFAULT_VERSION
        conversations = choose(options.apis, release, only_new=options.new)
        write(release, add_known(release, record(parse_address(options.bootstrap_server), conversations)))
        return 0
    judges = sorted({conversation.release or DEFAULT_VERSION for conversation in all_conversations()})
    for release in [options.release] if options.release else judges:
        conversations = choose(options.apis, release, only_new=options.new)
        if conversations and not record_release(release, conversations):
            return 1
    return 0


def record_release(release: str, conversations: Sequence[Conversation]) -> bool:
    """Record from a fresh node of one release; return whether that went well."""
    with tempfile.TemporaryDirectory() as directory:
        kafka = ApacheKafka(data=pathlib.Path(directory) / "data", version=release, settings=BROKER_SETTINGS)
        try:
            kafka.start()
            write(release, add_known(release, record(("127.0.0.1", kafka.port), conversations)))
        except (OracleUnavailable, OracleFailed) as problem:
            print(problem, file=sys.stderr)
            return False
        finally:
            kafka.stop()
    return True


if __name__ == "__main__":
    sys.exit(main())
