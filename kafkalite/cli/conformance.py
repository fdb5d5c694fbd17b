"""``kafkalite conformance``: judge any broker by the answers of Apache Kafka to the same requests."""

from __future__ import annotations

import os
import pathlib
import sys
from types import TracebackType

import click

from kafkalite.cli.client import DEFAULT_BOOTSTRAP, ClientFailure
from kafkalite.conformance import reports
from kafkalite.conformance.cases import all_conversations
from kafkalite.conformance.connection import NoAnswer, parse_address
from kafkalite.conformance.conversation import Conversation
from kafkalite.conformance.corpus import Corpus, releases
from kafkalite.conformance.intended import load_intended
from kafkalite.conformance.patience import Limits, Patience
from kafkalite.conformance.player import Player, new_run_id, versions_of
from kafkalite.conformance.runner import LiveJudge, RecordedJudge, Report, Run, Verdict
from kafkalite.conformance.settings import BROKER_SETTINGS
from kafkalite.conformance.totals import version_range
from kafkalite.dissector import DissectionError

PROGRESS_EVERY = 100
"""Conversations between two lines of progress, if there is no terminal."""

STOPPED_EXIT_CODE = 3


@click.command("conformance")
@click.option(
    "-b",
    "--bootstrap-server",
    "--bootstrap",
    "bootstrap",
    default=lambda: os.environ.get("KAFKALITE_BOOTSTRAP") or DEFAULT_BOOTSTRAP,
    metavar="HOST:PORT",
    show_default=f"KAFKALITE_BOOTSTRAP, else {DEFAULT_BOOTSTRAP}",
    help="The broker to judge.",
)
@click.option("--against", metavar="HOST:PORT", help="Judge by this running broker, not by the recorded answers.")
@click.option(
    "--report",
    "report_names",
    multiple=True,
    metavar="FILE",
    help="Write the verdicts too: .html a page, .xml JUnit, .json data; may be repeated.",
)
@click.option("--api", "apis", multiple=True, metavar="NAME", help="Only conversations about this API; repeatable.")
@click.option(
    "--time-limit",
    "time_limit_s",
    type=click.FloatRange(min=1),
    default=Limits().run_s,
    show_default=True,
    metavar="SECONDS",
    help="Stop after that long and report what there is.",
)
@click.option("--strict", is_flag=True, help="Differences that kafkalite has on purpose count as well.")
@click.option("-v", "--verbose", is_flag=True, help="Show the intended differences with their reasons too.")
@click.option("--list", "is_list", is_flag=True, help="Only list the conversations.")
@click.option("--settings", "is_settings", is_flag=True, help="Only print the properties that the broker should have.")
def command(
    bootstrap: str,
    against: str | None,
    report_names: tuple[str, ...],
    apis: tuple[str, ...],
    time_limit_s: float,
    strict: bool,
    verbose: bool,
    is_list: bool,
    is_settings: bool,
) -> int:
    """Judge a broker: play scripted conversations, compare every field of the answers with Apache Kafka's.

    The run writes to the broker: it creates topics and groups with unique names, and deletes the topics in the end.
    Conversations whose answers depend on other values of the broker's properties are left out and listed; a broker with
    the properties that --settings prints is judged by all. Exit code 0 = no differences, 1 = differences, 3 = the run
    stopped early: the broker is gone or hangs, or the time limit was reached.
    """
    if is_settings:
        click.echo("".join(f"{name}={value}\n" for name, value in BROKER_SETTINGS.items()), nl=False)
        return 0
    conversations = choose(apis)
    if is_list:
        for conversation in conversations:
            click.echo(f"{conversation.title} ({version_range(versions_of(conversation))})")
        return 0
    check_reports(report_names)
    patience = Patience(Limits(run_s=time_limit_s))
    report = judge_broker(bootstrap, against, conversations, patience, is_strict=strict)
    for line in reports.console_lines(report, shows_intended=verbose):
        click.echo(line)
    for name in report_names:
        pathlib.Path(name).write_text(reports.render(report, name), encoding="utf-8")
    click.echo(reports.next_step(report, f"kafkalite conformance -b {bootstrap}"))
    if report.stopped:
        return STOPPED_EXIT_CODE
    return 1 if report.failed else 0


def choose(apis: tuple[str, ...]) -> list[Conversation]:
    """Return the conversations about these APIs, ignoring case; all if none is named."""
    wanted = {api.lower() for api in apis}
    known = {conversation.api.lower(): conversation.api for conversation in all_conversations()}
    unknown = wanted - known.keys()
    if unknown:
        raise click.UsageError(
            f"no conversation is about {', '.join(sorted(unknown))}; there are {', '.join(known.values())}"
        )
    return [each for each in all_conversations() if not wanted or each.api.lower() in wanted]


def check_reports(names: tuple[str, ...]) -> None:
    """Fail before the run if the report could not be written after it."""
    for name in names:
        if not name.endswith(reports.FORMATS):
            raise click.UsageError(f"a report ends in {', '.join(reports.FORMATS)}, not {name!r}")


def judge_broker(
    bootstrap: str,
    against: str | None,
    conversations: list[Conversation],
    patience: Patience,
    *,
    is_strict: bool = False,
) -> Report:
    """Play the conversations and return the verdicts; the progress goes to the error output."""
    player = open_player(bootstrap, patience)
    judge: LiveJudge | RecordedJudge = RecordedJudge(Corpus())
    name = f"the recorded answers of Apache Kafka {', '.join(releases())}"
    if against is not None:
        judge, name = LiveJudge(open_player(against, patience)), against
    report = Report(bootstrap, name)
    start_s = patience.now_s()
    count = sum(len(versions_of(conversation)) for conversation in conversations)
    with Progress(f"Judging {bootstrap}", count, patience) as progress:
        run = Run(player, judge, intended=() if is_strict else load_intended(), on_verdict=progress.advance)
        report.verdicts, report.stopped = run.play(conversations)
        report.leftovers = run.leftovers
    report.duration_s = patience.now_s() - start_s
    return report


class Progress:
    """Shows the progress of a run on the error output: a bar on a terminal, else a line now and then."""

    def __init__(self, label: str, count: int, patience: Patience) -> None:
        self._label = label
        self._count = count
        self._patience = patience
        self._start_s = patience.now_s()
        self._done_count = 0
        self._failed_count = 0
        is_terminal = sys.stderr.isatty()
        self._lines = not is_terminal
        self._bar = click.progressbar(
            length=count, label=label, show_pos=True, hidden=not is_terminal, file=sys.stderr, item_show_func=self._show
        )

    def __enter__(self) -> Progress:
        self._bar.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.__exit__(kind, error, trace)

    def _show(self, verdict: Verdict | None) -> str:
        return f"{self._failed_count} differ" if verdict else ""

    def advance(self, verdict: Verdict) -> None:
        """Count one verdict."""
        self._done_count += 1
        self._failed_count += verdict.is_failed
        self._bar.update(1, verdict)
        if self._lines and self._done_count % PROGRESS_EVERY == 0:
            seconds = self._patience.now_s() - self._start_s
            click.echo(
                f"{self._label}: {self._done_count} of {self._count} conversations, "
                f"{self._failed_count} differ, {seconds:.0f} s",
                err=True,
            )


def open_player(address: str, patience: Patience) -> Player:
    """Return a player for a broker.

    Raises:
        ClientFailure: no broker answers.
    """
    try:
        return Player(parse_address(address), new_run_id(), patience)
    except ValueError as problem:
        if isinstance(problem, DissectionError):
            raise ClientFailure(f"no Kafka answers at {address}: ApiVersions: undecodable: {problem}") from None
        raise click.UsageError(str(problem)) from None
    except NoAnswer as problem:
        raise ClientFailure(f"no Kafka answers at {address}: ApiVersions: {problem.detail}") from None
    except OSError:
        raise ClientFailure(f"no broker answers at {address}; start one with: kafkalite") from None
