"""Overrides of hosts: addresses hold at once, names once they are resolved, and the newest value wins."""

from __future__ import annotations

import pytest

from kafkalite.broker.host_lookups import HostLookup, HostLookups
from kafkalite.model.limits import HOST_NAME_MAX_CHARS
from kafkalite.system.clock import ManualClock
from kafkalite.system.work_queue import WorkQueue
from kafkalite.transport.binding import resolve, resolve_address
from kafkalite.transport.host_overrides import HostOverrides

KNOWN = {"a": ["10.0.0.1", "::a"], "b": ["10.0.0.2"]}


class Bench:
    """Overrides beside a name server whose answers the test gives."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.begun: list[HostLookup] = []
        self.changes: list[dict[str, int]] = []
        self.known = dict(KNOWN)
        hosts = HostLookups(self.resolve, resolve_address)
        hosts.run_elsewhere = self.begun.append
        self.work = WorkQueue(ManualClock(), lambda: None)
        self.overrides = HostOverrides(hosts, self.work, lambda: self.changes.append(self.overrides.by_address))

    def resolve(self, host: str) -> list[str]:
        self.asked.append(host)
        if host == "broken":
            raise MemoryError
        return self.known.get(host, [])

    def answer_all(self) -> None:
        while self.begun:
            lookup = self.begun.pop(0)
            lookup.run()
            lookup.complete()
            self.work.run_turn()


def test_overrides_of_the_start_are_there_when_it_ends(caplog: pytest.LogCaptureFixture) -> None:
    hosts = HostLookups(resolve, resolve_address)
    overrides = HostOverrides(hosts, WorkQueue(ManualClock(), lambda: None), lambda: None)
    overrides.begin({"localhost": 3, "10.0.0.1": 5, "::1": 7, "no.such.host.invalid": 9, "": 1})
    assert overrides.by_address["127.0.0.1"] == 3
    assert (overrides.by_address["10.0.0.1"], overrides.by_address["::1"]) == (5, 7)
    assert set(overrides.by_address.values()) == {3, 5, 7}
    [warning] = caplog.messages
    assert "'no.such.host.invalid', ''" in warning and "max.connections.per.ip.overrides" in warning


def test_addresses_hold_at_once_and_names_from_the_answer_on(caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench()
    bench.overrides.follow({"1.2.3.4": 1, "a": 2})
    assert (bench.overrides.by_address, bench.asked, bench.changes) == ({"1.2.3.4": 1}, [], [])
    bench.answer_all()
    assert bench.overrides.by_address == {"1.2.3.4": 1, "10.0.0.1": 2, "::a": 2}
    assert (bench.asked, bench.changes) == (["a"], [bench.overrides.by_address])
    assert caplog.messages == []


def test_addresses_alone_need_no_second_change() -> None:
    bench = Bench()
    bench.overrides.follow({"1.2.3.4": 1, "::1": 2})
    assert (bench.overrides.by_address, bench.changes) == ({"1.2.3.4": 1, "::1": 2}, [])


def test_a_name_keeps_its_addresses_while_it_is_looked_up_again() -> None:
    bench = Bench()
    bench.overrides.begin({"a": 2, "b": 3})
    bench.known["a"] = ["10.0.0.9"]
    bench.overrides.follow({"a": 5})
    assert bench.overrides.by_address == {"10.0.0.1": 5, "::a": 5}
    bench.answer_all()
    assert bench.overrides.by_address == {"10.0.0.9": 5}


def test_the_newest_value_wins() -> None:
    bench = Bench()
    bench.overrides.follow({"a": 1})
    bench.overrides.follow({"b": 2})
    bench.answer_all()
    assert (bench.overrides.by_address, len(bench.changes)) == ({"10.0.0.2": 2}, 1)
    bench.overrides.follow({"a": 1})
    bench.overrides.follow({})
    bench.answer_all()
    assert (bench.overrides.by_address, len(bench.changes)) == ({}, 1)


def test_equal_overrides_are_not_looked_up_again() -> None:
    bench = Bench()
    bench.overrides.begin({"a": 1})
    bench.overrides.follow({"a": 1})
    assert (bench.asked, bench.begun) == (["a"], [])


def test_a_name_without_an_address_is_told(caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench()
    overlong = "x" * (HOST_NAME_MAX_CHARS + 1)
    bench.overrides.follow({"nowhere": 1, "b": 2, overlong: 3})
    bench.answer_all()
    assert bench.overrides.by_address == {"10.0.0.2": 2}
    assert bench.asked == ["nowhere", "b"]
    [warning] = caplog.messages
    assert f"'nowhere', '{overlong[1:]}'" in warning and "'b'" not in warning and overlong not in warning


def test_a_lookup_that_fails_is_told_and_leaves_the_addresses(caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench()
    bench.overrides.follow({"broken": 1, "1.2.3.4": 2})
    bench.answer_all()
    assert bench.overrides.by_address == {"1.2.3.4": 2}
    assert "could not be resolved" in caplog.text and "MemoryError" in caplog.text
    bench.overrides.follow({"b": 4})
    bench.answer_all()
    assert bench.overrides.by_address == {"10.0.0.2": 4}
