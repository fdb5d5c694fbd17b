"""``kafkalite conformance``: judge a broker, any broker, by what Apache Kafka answers to the same requests."""

from __future__ import annotations

import os
import pathlib
import sys

import click

from kafkalite.cli.client import DEFAULT_BOOTSTRAP, ClientFailure
from kafkalite.conformance import reports
from kafkalite.conformance.cases import all_conversations
from kafkalite.conformance.connection import NoAnswer, parse_address
from kafkalite.conformance.conversation import Conversation
from kafkalite.conformance.corpus import Corpus, releases
from kafkalite.conformance.intended import load_intended
from kafkalite.conformance.player import Player, new_run_id, versions_of
from kafkalite.conformance.runner import LiveJudge, RecordedJudge, Report, Verdict, run
from kafkalite.conformance.settings import BROKER_SETTINGS
from kafkalite.conformance.totals import version_range


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
@click.option("--strict", is_flag=True, help="Differences that kafkalite has on purpose count as well.")
@click.option("-v", "--verbose", is_flag=True, help="Show the intended differences with their reasons too.")
@click.option("--list", "is_list", is_flag=True, help="Only list the conversations.")
@click.option("--settings", "is_settings", is_flag=True, help="Only print the properties that the broker should have.")
def command(
    bootstrap: str,
    against: str | None,
    report_names: tuple[str, ...],
    apis: tuple[str, ...],
    strict: bool,
    verbose: bool,
    is_list: bool,
    is_settings: bool,
) -> int:
    """Judge a broker: play scripted conversations, compare every field of the answers with Apache Kafka's.

    The broker must be one that may be written to: topics and groups with names of their own are made, and the topics
    deleted in the end. Defaults of a broker show in its answers: give it the properties that --settings prints. Exit
    code 0 = nothing differs, 1 = something does.
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
    report = judge_broker(bootstrap, against, conversations, is_strict=strict)
    for line in reports.console_lines(report, shows_intended=verbose):
        click.echo(line)
    for name in report_names:
        pathlib.Path(name).write_text(reports.render(report, name), encoding="utf-8")
    return 1 if report.failed else 0


def choose(apis: tuple[str, ...]) -> list[Conversation]:
    """Return the conversations about these APIs, in any case of letters; all where none is named."""
    wanted = {api.lower() for api in apis}
    known = {conversation.api.lower(): conversation.api for conversation in all_conversations()}
    unknown = wanted - known.keys()
    if unknown:
        raise click.UsageError(
            f"no conversation is about {', '.join(sorted(unknown))}; there are {', '.join(known.values())}"
        )
    return [each for each in all_conversations() if not wanted or each.api.lower() in wanted]


def check_reports(names: tuple[str, ...]) -> None:
    """Fail before the run where a report could not be written after it."""
    for name in names:
        if not name.endswith(reports.FORMATS):
            raise click.UsageError(f"a report ends in {', '.join(reports.FORMATS)}, not {name!r}")


def judge_broker(
    bootstrap: str, against: str | None, conversations: list[Conversation], *, is_strict: bool = False
) -> Report:
    """Play the conversations and return the verdicts, with a progress line on a terminal."""
    player = open_player(bootstrap)
    judge: LiveJudge | RecordedJudge = RecordedJudge(Corpus())
    name = f"the recorded answers of Apache Kafka {', '.join(releases())}"
    if against is not None:
        judge, name = LiveJudge(open_player(against)), against
    report = Report(bootstrap, name)
    count = sum(len(versions_of(conversation)) for conversation in conversations)
    is_hidden = not sys.stderr.isatty()
    with click.progressbar(
        length=count, label=f"Judging {bootstrap}", show_pos=True, hidden=is_hidden, file=sys.stderr
    ) as progress:

        def advance(verdict: Verdict) -> None:
            progress.update(1)

        try:
            report.verdicts = run(
                player, judge, conversations, intended=() if is_strict else load_intended(), on_verdict=advance
            )
        except (OSError, NoAnswer) as problem:
            raise ClientFailure(f"{bootstrap} went away: {problem}") from None
        finally:
            if isinstance(judge, LiveJudge):
                judge.finish()
    return report


def open_player(address: str) -> Player:
    """Return a player for a broker; raises ClientFailure where none answers."""
    try:
        return Player(parse_address(address), new_run_id())
    except ValueError as problem:
        raise click.UsageError(str(problem)) from None
    except (OSError, NoAnswer):
        raise ClientFailure(f"no broker answers at {address}; start one with: kafkalite") from None
