"""The broker under test, chosen by `--broker`, and its log in the report of every failed test."""

from __future__ import annotations

import itertools
import signal
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from compat_tests.broker_process import Broker, BrokerChoice
from compat_tests.oracle.apache_kafka import answers_api_versions

CHOICE = pytest.StashKey[BrokerChoice]()
RUNNING: list[Broker] = []
LOG_LINES_SHOWN = 60


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--broker`."""
    parser.addoption(
        "--broker",
        default="kafkalite",
        help="kafkalite, kafkalite:late (over a late storage), kafka (Apache Kafka 4.4, needs Java) or kafka:VERSION",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Read `--broker` and declare the markers of these tests."""
    try:
        config.stash[CHOICE] = BrokerChoice.parse(config.getoption("--broker"))
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a run that is ended leaves no broker behind
    config.addinivalue_line("markers", "old_formats: needs message formats 0 and 1, which Apache Kafka 4 refuses")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what the chosen release of Apache Kafka does not serve; fail fast when the broker is down."""
    choice = item.config.stash[CHOICE]
    if choice.kind == "kafka" and not choice.kafka_version.startswith("3.") and item.get_closest_marker("old_formats"):
        pytest.skip(f"Apache Kafka {choice.kafka_version} does not serve message formats 0 and 1")
    for broker in RUNNING:
        if not answers_api_versions("127.0.0.1", broker.port):  # else every client would wait for its deadline
            pytest.fail(f"{broker.kind} on {broker.bootstrap_servers} does not answer any more")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the end of the brokers' logs with every failure."""
    report = yield
    if report.failed:
        for broker in RUNNING:
            lines = broker.read_log().splitlines()[-LOG_LINES_SHOWN:]
            report.sections.append((f"log of {broker.kind} on {broker.bootstrap_servers}", "\n".join(lines)))
    return report


@pytest.fixture(scope="session")
def broker_choice(pytestconfig: pytest.Config) -> BrokerChoice:
    """Return what `--broker` chose."""
    return pytestconfig.stash[CHOICE]


def _run_broker(choice: BrokerChoice, directory: Path) -> Iterator[Broker]:
    broker = choice.create(directory)
    try:
        broker.start()
        RUNNING.append(broker)
        yield broker
        RUNNING.remove(broker)
        broker.stop()
    finally:
        broker.kill()


@pytest.fixture(scope="session")
def broker(broker_choice: BrokerChoice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Run one broker for all ordinary tests; they keep apart by the names of their topics."""
    yield from _run_broker(broker_choice, tmp_path_factory.mktemp("broker"))


@pytest.fixture(scope="module")
def own_broker(broker_choice: BrokerChoice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Run one broker for one module, which may stop, kill and restart it."""
    yield from _run_broker(broker_choice, tmp_path_factory.mktemp("own-broker"))


_numbers = itertools.count(1)


@pytest.fixture
def topic_name(request: pytest.FixtureRequest) -> Callable[[], str]:
    """Return a function that makes an unused topic name, readable in the broker's log."""
    stem = "".join(letter if letter.isalnum() else "-" for letter in request.node.name)[:120]
    return lambda: f"{stem}-{next(_numbers)}"
