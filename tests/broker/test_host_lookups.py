"""Names of hosts: looked up beside the loop, few at a time, each once; what is abandoned is not looked up."""

from __future__ import annotations

import pytest

from kafkalite.broker.host_lookups import HostLookup, HostLookups
from kafkalite.model.limits import HOST_LOOKUPS_MAX_COUNT, HOST_NAME_MAX_CHARS, STEP_MAX_ITEM_COUNT
from kafkalite.system.clock import ManualClock
from kafkalite.system.work_queue import SlicedWork, WorkQueue


class Bench:
    """Lookups of which the test says when they are done; names that begin with "no" lead nowhere."""

    def __init__(self, *, has_thread: bool = True) -> None:
        self.asked: list[str] = []
        self.begun: list[HostLookup] = []
        self.hosts = HostLookups(self.resolve, lambda host: [host] if host[0].isdigit() else [])
        if has_thread:
            self.hosts.run_elsewhere = self.begun.append
        self.work = WorkQueue(ManualClock(), lambda: None)

    def resolve(self, host: str) -> list[str]:
        self.asked.append(host)
        if host == "broken":
            raise MemoryError
        return [] if host.startswith("no") else ["10.0.0.1"]

    def begin(self, *hosts: str | None) -> SlicedWork[set[str]]:
        return self.work.begin(self.hosts.find_known(hosts))

    def finish_one(self) -> None:
        lookup = self.begun.pop(0)
        lookup.run()
        lookup.complete()
        self.work.run_turn()

    def names(self) -> list[str]:
        return [lookup.host for lookup in self.begun]


def test_addresses_need_no_lookup() -> None:
    bench = Bench()
    work = bench.begin("1.2.3.4", None, "5.6.7.8")
    assert work.result() == {"1.2.3.4", "5.6.7.8"}
    assert (bench.begun, bench.asked) == ([], [])


def test_each_name_is_looked_up_once_and_beside_the_loop() -> None:
    bench = Bench()
    work = bench.begin("a", "nowhere", "a", "nowhere")
    assert (bench.names(), bench.asked, work.is_done) == (["a"], [], False)
    bench.finish_one()
    assert bench.names() == ["nowhere"]
    bench.finish_one()
    assert work.result() == {"a"}
    assert bench.asked == ["a", "nowhere"]


def test_without_a_thread_names_are_looked_up_at_once() -> None:
    bench = Bench(has_thread=False)
    work = bench.begin("a", "nowhere")
    while not work.is_done:
        bench.work.run_turn()
    assert work.result() == {"a"}


def test_overlong_names_are_not_tried() -> None:
    bench = Bench()
    assert bench.begin("x" * (HOST_NAME_MAX_CHARS + 1)).result() == set()
    assert bench.asked == []


def test_few_lookups_at_a_time_and_in_the_order_they_were_asked_for() -> None:
    bench = Bench()
    works = [bench.begin(f"a{number}", f"b{number}") for number in range(HOST_LOOKUPS_MAX_COUNT + 1)]
    assert bench.names() == [f"a{number}" for number in range(HOST_LOOKUPS_MAX_COUNT)]
    bench.finish_one()
    assert bench.names()[-1] == f"a{HOST_LOOKUPS_MAX_COUNT}"  # before the second name of the first
    while bench.begun:
        assert len(bench.begun) <= HOST_LOOKUPS_MAX_COUNT
        bench.finish_one()
    assert all(len(work.result()) == 2 for work in works)


def test_what_is_abandoned_is_not_looked_up() -> None:
    bench = Bench()
    works = [bench.begin(f"a{number}", "later") for number in range(HOST_LOOKUPS_MAX_COUNT + 1)]
    for work in works:
        work.abandon()
    while bench.begun:
        bench.finish_one()
    assert bench.asked == [f"a{number}" for number in range(HOST_LOOKUPS_MAX_COUNT)]
    after = bench.begin("after")
    bench.finish_one()
    assert after.result() == {"after"}


def test_nothing_is_begun_after_a_stop() -> None:
    bench = Bench()
    for number in range(HOST_LOOKUPS_MAX_COUNT + 1):
        bench.begin(f"a{number}", "later")
    bench.hosts.stop()
    while bench.begun:
        bench.finish_one()
    assert len(bench.asked) == HOST_LOOKUPS_MAX_COUNT


def test_a_lookup_that_fails_fails_its_work_alone() -> None:
    bench = Bench()
    work, other = bench.begin("broken"), bench.begin("a")
    bench.finish_one()
    bench.finish_one()
    with pytest.raises(MemoryError):
        work.result()
    assert other.result() == {"a"}


def test_addresses_are_found_of_those_that_have_any() -> None:
    bench = Bench()
    work = bench.work.begin(bench.hosts.find_addresses(["a", "1.2.3.4", "nowhere"]))
    bench.finish_one()
    bench.finish_one()
    assert work.result() == {"a": ["10.0.0.1"], "1.2.3.4": ["1.2.3.4"]}


def test_what_needs_no_lookup_is_found_at_once() -> None:
    hosts = Bench().hosts
    assert [hosts.find_at_once(host) for host in ("1.2.3.4", "a", "1" * (HOST_NAME_MAX_CHARS + 1))] == [
        ["1.2.3.4"],
        [],
        [],
    ]


def test_many_entries_are_gone_through_in_steps() -> None:
    hosts = Bench().hosts
    for entries in ([None] * 10 * STEP_MAX_ITEM_COUNT, ["1.1.1.1"] * 10 * STEP_MAX_ITEM_COUNT):
        assert list(hosts.find_known(entries)) == [None] * 10
