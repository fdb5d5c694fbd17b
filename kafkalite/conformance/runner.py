"""The whole suite against one broker: plays conversations, looks up or asks the judge, and collects the verdicts.

Conversations that share no state are played concurrently, each on separate connections and under separate names; those
that change shared state are played alone, after the others. The verdicts come in the order of the tables.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from kafkalite.conformance.comparison import Difference, compare
from kafkalite.conformance.conversation import Conversation
from kafkalite.conformance.corpus import Corpus
from kafkalite.conformance.intended import IntendedDifference
from kafkalite.conformance.needs import Told, unmet
from kafkalite.conformance.player import BrokerFault, Player, Reply, Unplayable, versions_of

BESIDE_COUNT = 32
"""Conversations that are played at the same time: most of a run is waiting, mainly for joining groups."""

NOT_PLAYED = "not played"
NOT_FINISHED = "not finished"
"""Prefixes of the reasons why a stopped run compared nothing."""

LOST_SHOWN_MAX = 4

UNEXPECTED = ("silent", "closed", "undecodable")
"""Prefixes of outcomes after which the broker is probed."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The result of one conversation in one version.

    `intended` are differences with their reasons; `skipped` says why nothing was compared, empty if it was; `unmet` are
    the broker properties that prevented the comparison. `fault` describes the broker's behaviour if it did not answer.
    A conversation passes if it has neither `differences` nor a `fault`.
    """

    conversation: Conversation
    version: int
    judge: str
    replies: Sequence[Reply] = ()
    differences: Sequence[Difference] = ()
    intended: Sequence[tuple[Difference, IntendedDifference]] = ()
    skipped: str = ""
    unmet: Sequence[str] = ()
    fault: str = ""

    @property
    def is_failed(self) -> bool:
        """Whether the broker's behaviour differs from the judge's."""
        return bool(self.differences or self.fault)

    @property
    def title(self) -> str:
        """Return the conversation's name with API and version."""
        return f"{self.conversation.api} v{self.version}: {self.conversation.name}"


@dataclass
class Report:
    """All verdicts of a run. `subject` and `judge` describe the compared brokers.

    `stopped` is the reason for an early end, empty for none; `leftovers` describes the topics that were not deleted;
    `duration_s` is the duration of the run.
    """

    subject: str
    judge: str
    verdicts: list[Verdict] = field(default_factory=list)
    stopped: str = ""
    leftovers: str = ""
    duration_s: float = 0.0

    @property
    def failed(self) -> list[Verdict]:
        """The verdicts with unintended differences, or without an answer."""
        return [verdict for verdict in self.verdicts if verdict.is_failed]

    @property
    def skipped(self) -> list[Verdict]:
        """The verdicts without a comparison."""
        return [verdict for verdict in self.verdicts if verdict.skipped]


@dataclass(frozen=True)
class Play:
    """One conversation in one version; `number` distinguishes its names from all others of the run."""

    conversation: Conversation
    version: int
    number: int


def plays_of(conversations: Iterable[Conversation]) -> list[Play]:
    """Return the plays of conversations in all their versions, in the order of the tables."""
    pairs = [(conversation, version) for conversation in conversations for version in versions_of(conversation)]
    return [Play(conversation, version, number) for number, (conversation, version) in enumerate(pairs, 1)]


class RecordedJudge:
    """Apache Kafka by its recorded answers."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def answer(
        self, conversation: Conversation, version: int, number: int | None = None
    ) -> tuple[str, Sequence[Reply]]:
        """Return the release and its replies.

        Raises:
            Unplayable: none were recorded.
        """
        found = self._corpus.find(conversation.api, conversation.name, version)
        if found is None:
            raise Unplayable("no answer of Apache Kafka was recorded")
        return f"Apache Kafka {found[0]}", found[1]


class LiveJudge:
    """Another running broker."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self._name = f"{player.address[0]}:{player.address[1]}"

    def answer(
        self, conversation: Conversation, version: int, number: int | None = None
    ) -> tuple[str, Sequence[Reply]]:
        """Play the conversation with the judging broker as well.

        Raises:
            Unplayable, BrokerFault, OSError: as `Player.play`.
        """
        try:
            return self._name, self.player.play(conversation, version, number)
        except (BrokerFault, OSError) as problem:
            raise BrokerFault(f"the judge {self._name}: {problem}") from None


def judge(
    player: Player,
    judging: RecordedJudge | LiveJudge,
    conversation: Conversation,
    version: int,
    intended: Sequence[IntendedDifference] = (),
    number: int | None = None,
) -> Verdict:
    """Play one conversation in one version and compare."""
    name = ""
    try:
        name, expected = judging.answer(conversation, version, number)
        replies = player.play(conversation, version, number)
    except Unplayable as problem:
        return Verdict(conversation=conversation, version=version, judge=name, skipped=str(problem))
    except (BrokerFault, OSError) as problem:
        fault = str(problem) if isinstance(problem, BrokerFault) else f"cannot connect ({problem.strerror or problem})"
        return Verdict(conversation=conversation, version=version, judge=name, fault=fault)
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


class Run:
    """One run of the suite.

    Args:
        player: the broker that is judged.
        judging: the judge.
        intended: the differences that do not count.
        on_verdict: called with each new verdict, always by the thread that calls `play`.
        beside_count: the number of conversations that are played at the same time.
    """

    def __init__(
        self,
        player: Player,
        judging: RecordedJudge | LiveJudge,
        *,
        intended: Sequence[IntendedDifference] = (),
        on_verdict: Callable[[Verdict], None] = lambda verdict: None,
        beside_count: int = BESIDE_COUNT,
    ) -> None:
        self._players = [player, judging.player] if isinstance(judging, LiveJudge) else [player]
        self._player = player
        self._judging = judging
        self._intended = intended
        self._on_verdict = on_verdict
        self._beside_count = beside_count
        self._stopped = ""
        self._trouble = ""
        self.leftovers = ""
        """A description of the topics that the run could not delete."""
        self._lost: list[str] = []
        self._probing = threading.Lock()

    def play(self, conversations: Iterable[Conversation]) -> tuple[list[Verdict], str]:
        """Judge the conversations in all their versions, and delete the topics that they created.

        Returns: the verdicts in the order of the tables, and the reason why the run ended early (empty if it did not):
        the broker or the judge is gone or hangs, or the time was used up. Unplayed conversations are skipped.
        """
        plays = plays_of(conversations)
        told = [each.tell_settings() for each in self._players]
        verdicts: dict[int, Verdict] = {}
        waiting = [play for play in plays if not self._is_left_out(play, told, verdicts)]
        try:
            for group in (
                [play for play in waiting if not play.conversation.alone],
                *([play] for play in waiting if play.conversation.alone),
            ):
                for play, verdict in self._play_beside(group):
                    verdicts[play.number] = verdict
                    self._on_verdict(verdict)
        finally:
            self._end()
        for play in plays:
            verdicts.setdefault(play.number, self._skip(play, f"{NOT_PLAYED}: {self._stopped}"))
        return [verdicts[play.number] for play in plays], self._stopped + self._tell_lost()

    def _tell_lost(self) -> str:
        """Return the conversations in progress when a broker went away: one of them may be the cause."""
        lost = sorted(self._lost)
        more = f" and {len(lost) - LOST_SHOWN_MAX} more" if len(lost) > LOST_SHOWN_MAX else ""
        return f"; played at that moment: {'; '.join(lost[:LOST_SHOWN_MAX])}{more}" if lost else ""

    def _is_left_out(self, play: Play, told: Sequence[Told | None], verdicts: dict[int, Verdict]) -> bool:
        lines = [line for each in told for line in unmet(play.conversation.needs, each)]
        if lines:
            verdicts[play.number] = self._skip(play, f"needs {', '.join(lines)}", lines)
            self._on_verdict(verdicts[play.number])
        return bool(lines)

    @staticmethod
    def _skip(play: Play, reason: str, lines: Sequence[str] = ()) -> Verdict:
        return Verdict(
            conversation=play.conversation, version=play.version, judge="", skipped=reason, unmet=tuple(lines)
        )

    def _play_beside(self, plays: Sequence[Play]) -> Iterator[tuple[Play, Verdict]]:
        """Yield the verdicts as they come. New conversations start only while the broker answers."""
        todo = iter(plays)
        running: dict[Future[Verdict], Play] = {}
        with ThreadPoolExecutor(self._beside_count, thread_name_prefix="conformance") as threads:
            try:
                while True:
                    while not self._stopped and len(running) < self._beside_count and (play := next(todo, None)):
                        running[threads.submit(self._judge, play)] = play
                    if not running:
                        return
                    done, _ = wait(running, self._player.patience.limits.probe_s, FIRST_COMPLETED)
                    for future in done:
                        yield running.pop(future), future.result()
                    if not self._stopped and self._player.patience.is_used_up:
                        self._stop(f"the time limit of {self._player.patience.limits.run_s:g} s is reached")
            except BaseException:  # Ctrl-C does not wait for answers either
                self._stop("interrupted")
                raise

    def _judge(self, play: Play) -> Verdict:
        conversation, version = play.conversation, play.version
        try:
            verdict = judge(self._player, self._judging, conversation, version, self._intended, play.number)
        except Exception as problem:  # a broker may send any answer: it ends one conversation, not the run
            fault = f"the conversation cannot go on with these answers: {problem!r}"
            verdict = Verdict(conversation=conversation, version=version, judge="", fault=fault)
        if verdict.is_failed and self._stopped and not self._trouble:  # its connections were cut
            return self._skip(play, f"{NOT_FINISHED}: {self._stopped}")
        if self._is_suspicious(verdict) and self._find_trouble():
            self._lost.append(verdict.title)
            return self._skip(play, f"{NOT_FINISHED}: {self._trouble}")
        return verdict

    @staticmethod
    def _is_suspicious(verdict: Verdict) -> bool:
        """Return whether a broker, this one or the judge, did not give an expected answer."""
        return (
            bool(verdict.fault)
            or any(reply.outcome.startswith(UNEXPECTED) for reply in verdict.replies)
            or any(difference.path == "outcome" for difference in verdict.differences)
        )

    def _find_trouble(self) -> str:
        """Return why a broker is gone, and stop the run; empty if all of them answer."""
        with self._probing:
            for player in self._players:
                trouble = self._trouble or player.find_trouble()
                if trouble and not self._trouble:
                    self._trouble = f"{player.address[0]}:{player.address[1]} is gone: {trouble}"
                    self._stop(self._trouble)
        return self._trouble

    def _stop(self, reason: str) -> None:
        self._stopped = self._stopped or reason
        for player in self._players:
            player.abort()

    def _end(self) -> None:
        """Delete the topics of the run, except on a broker that is gone."""
        for player in self._players:
            try:
                if not self._trouble:
                    player.delete_topics()
            except (Unplayable, BrokerFault, OSError) as problem:
                if not self._find_trouble():
                    self.leftovers = str(problem)
