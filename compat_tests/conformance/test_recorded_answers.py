"""kafkalite, compared with the recorded answers of Apache Kafka: every conversation of the suite, in every version.

With `--broker=kafka`, or `--broker=kafka:3.9.2`, the answers themselves are judged: a fresh Apache Kafka must give
those of its release again, and no difference is intended.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from compat_tests.broker_process import Broker, BrokerChoice, KafkaliteProcess
from kafkalite.conformance.cases import all_conversations
from kafkalite.conformance.conversation import Conversation
from kafkalite.conformance.corpus import Corpus, releases
from kafkalite.conformance.intended import IntendedDifference, load_intended
from kafkalite.conformance.player import Player, judged_versions, new_run_id, versions_of
from kafkalite.conformance.runner import RecordedJudge, judge
from kafkalite.conformance.settings import BROKER_SETTINGS
from kafkalite.protocol.api_keys import NAMES
from kafkalite.protocol.api_support import SERVED

CONVERSATIONS = all_conversations()


@pytest.fixture(scope="module")
def player(broker_choice: BrokerChoice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Player]:
    """Return a player for a fresh broker that has the settings under which the answers were recorded."""
    directory = tmp_path_factory.mktemp("conformance")
    broker: Broker = broker_choice.create(directory, BROKER_SETTINGS)
    if broker_choice.kind == "kafkalite":
        broker = KafkaliteProcess(directory=directory, settings=BROKER_SETTINGS, arguments=("--profile", "kafka"))
    broker.start()
    try:
        yield Player(("127.0.0.1", broker.port), new_run_id())
    finally:
        broker.kill()


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda conversation: conversation.title)
def test_answers_are_those_of_apache_kafka(
    player: Player, broker_choice: BrokerChoice, conversation: Conversation
) -> None:
    is_kafka = broker_choice.kind == "kafka"
    if is_kafka and (conversation.release or releases()[0]) != broker_choice.kafka_version:
        pytest.skip(f"answered by Apache Kafka {conversation.release or releases()[0]}")
    judging, problems = RecordedJudge(Corpus()), []
    for version in versions_of(conversation):
        verdict = judge(player, judging, conversation, version, () if is_kafka else load_intended())
        assert not verdict.skipped, f"{verdict.title}: {verdict.skipped}"
        assert not verdict.fault, f"{verdict.title}: {verdict.fault}"
        problems += [f"{verdict.title}: {each.describe(verdict.judge)}" for each in verdict.differences]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("row", load_intended(), ids=lambda row: f"{row.api}: {row.reason[:60]}")
def test_every_intended_difference_is_still_there(
    player: Player, broker_choice: BrokerChoice, row: IntendedDifference
) -> None:
    """A row that covers nothing any more is to be taken out; each text in its `where` must be needed too."""
    if broker_choice.kind != "kafkalite":
        pytest.skip("the differences are kafkalite's")
    found: set[str] = set()
    for conversation in CONVERSATIONS:
        if row.api not in (conversation.api, "*") or not row.names(conversation.name):
            continue
        for version in versions_of(conversation)[-1:] if row.versions is None else sorted(row.versions):
            verdict = judge(player, RecordedJudge(Corpus()), conversation, version, [row])
            found |= {difference.path for difference, _ in verdict.intended}
    assert found, row.reason
    for text in row.where:
        assert any(text in path for path in found), f"{text}: {row.reason}"


def test_names_are_unique() -> None:
    titles = [conversation.title for conversation in CONVERSATIONS]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("api", sorted(NAMES[key] for key in SERVED))
def test_every_api_is_talked_to_in_its_oldest_and_its_newest_version(api: str) -> None:
    played = {version for each in CONVERSATIONS if each.api == api for version in versions_of(each)}
    versions = judged_versions(api)
    assert {versions[0], versions[-1]} <= played


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda conversation: conversation.title)
def test_answers_are_recorded_for_every_version(conversation: Conversation) -> None:
    corpus = Corpus()
    missing = [
        version
        for version in versions_of(conversation)
        if not corpus.find(conversation.api, conversation.name, version)
    ]
    assert not missing, "run scripts/record_conformance.py"


def test_nothing_is_recorded_that_nobody_asks_any_more() -> None:
    asked = {(each.api, each.name, version) for each in CONVERSATIONS for version in versions_of(each)}
    corpus = Corpus()
    recorded = {
        (api, name, version)
        for release in releases()
        for api in NAMES.values()
        for name, version in corpus.keys(release, api)
    }
    assert recorded - asked == set()
