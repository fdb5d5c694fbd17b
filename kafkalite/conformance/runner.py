"""The whole suite against one broker: plays, looks up or asks the judge, and collects the verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kafkalite.conformance.comparison import Difference, compare
from kafkalite.conformance.conversation import Conversation
from kafkalite.conformance.corpus import Corpus
from kafkalite.conformance.intended import IntendedDifference
from kafkalite.conformance.player import Player, Reply, Unplayable, versions_of


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How one conversation went in one version.

    `intended` are differences with the reason why they are meant; `skipped` says why nothing was compared, empty
    where it was. A conversation is fine when it has no `differences`.
    """

    conversation: Conversation
    version: int
    judge: str
    replies: Sequence[Reply] = ()
    differences: Sequence[Difference] = ()
    intended: Sequence[tuple[Difference, IntendedDifference]] = ()
    skipped: str = ""

    @property
    def title(self) -> str:
        """Return the conversation's name with API and version."""
        return f"{self.conversation.api} v{self.version}: {self.conversation.name}"


@dataclass
class Report:
    """All verdicts of a run. `subject` and `judge` say in words who was compared with whom."""

    subject: str
    judge: str
    verdicts: list[Verdict] = field(default_factory=list)

    @property
    def failed(self) -> list[Verdict]:
        """The verdicts with differences that nobody intended."""
        return [verdict for verdict in self.verdicts if verdict.differences]

    @property
    def skipped(self) -> list[Verdict]:
        """The verdicts where nothing was compared."""
        return [verdict for verdict in self.verdicts if verdict.skipped]


class RecordedJudge:
    """Apache Kafka by its recorded answers."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def answer(self, conversation: Conversation, version: int) -> tuple[str, Sequence[Reply]]:
        """Return the release and its replies. Raises Unplayable where none was recorded."""
        found = self._corpus.find(conversation.api, conversation.name, version)
        if found is None:
            raise Unplayable("no answer of Apache Kafka was recorded")
        return f"Apache Kafka {found[0]}", found[1]


class LiveJudge:
    """Another running broker."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self._name = f"{player.address[0]}:{player.address[1]}"

    def answer(self, conversation: Conversation, version: int) -> tuple[str, Sequence[Reply]]:
        """Play the conversation there as well. Raises Unplayable."""
        return self._name, self._player.play(conversation, version)

    def finish(self) -> None:
        """Delete what was made there."""
        self._player.delete_topics()


def judge(
    player: Player,
    judging: RecordedJudge | LiveJudge,
    conversation: Conversation,
    version: int,
    intended: Sequence[IntendedDifference] = (),
) -> Verdict:
    """Play one conversation in one version and compare."""
    name = ""
    try:
        name, expected = judging.answer(conversation, version)
        replies = player.play(conversation, version)
    except Unplayable as problem:
        return Verdict(conversation=conversation, version=version, judge=name, skipped=str(problem))
    differences, meant = [], []
    for difference in compare(expected, replies):
        row = next(
            (row for row in intended if row.covers(conversation.api, conversation.name, version, difference)), None
        )
        if row is None:
            differences.append(difference)
        else:
            meant.append((difference, row))
    return Verdict(
        conversation=conversation,
        version=version,
        judge=name,
        replies=replies,
        differences=differences,
        intended=meant,
    )


def run(
    player: Player,
    judging: RecordedJudge | LiveJudge,
    conversations: Iterable[Conversation],
    *,
    intended: Sequence[IntendedDifference] = (),
    on_verdict: Callable[[Verdict], None] = lambda verdict: None,
) -> list[Verdict]:
    """Judge the conversations in all their versions, one after the other, and delete the topics that they made."""
    verdicts = []
    try:
        for conversation in conversations:
            for version in versions_of(conversation):
                verdicts.append(judge(player, judging, conversation, version, intended))
                on_verdict(verdicts[-1])
    finally:
        player.delete_topics()
    return verdicts
