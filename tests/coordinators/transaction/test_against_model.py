"""Random producers, requests and accidents against a model that knows only what transactions promise.

The model keeps, for each transactional id, who of its producers is the newest and what that one has open. It promises:
the newest producer is served, all others are refused; every partition gets exactly the decision that was made, as soon
as it takes markers; no two producers ever have the same id and epoch.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kafkalite.coordinators.transaction import states
from kafkalite.coordinators.transaction.metadata import MAX_EPOCH
from kafkalite.coordinators.transaction.partitions import Producer
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from tests.coordinators.transaction.conversation import TIMEOUT_MS, Conversation

IDS = ("a", "b")
PARTITIONS = tuple(TopicPartition("t", index) for index in range(3))


@dataclass
class Session:
    """One producer as it sees itself."""

    transactional_id: str
    producer_id: int
    producer_epoch: int
    version: int
    open: set[TopicPartition] = field(default_factory=set)

    @property
    def producer(self) -> Producer:
        """Who it says it is."""
        return Producer(self.transactional_id, self.producer_id, self.producer_epoch)


class TransactionMachine(RuleBasedStateMachine):
    """The coordinator and the model side by side."""

    @initialize(server_version=st.sampled_from((1, 2)), epoch=st.sampled_from((None, MAX_EPOCH - 3)))
    def begin(self, server_version: int, epoch: int | None) -> None:
        """Start with nothing, or with an id whose epochs are nearly used up."""
        self.talk = Conversation(server_version)
        self.newest: dict[str, Session] = {}
        self.old: list[Session] = []
        self.identities: set[tuple[int, int]] = set()
        self.expected: dict[TopicPartition, list[bool]] = {partition: [] for partition in PARTITIONS}
        self.marked: dict[TopicPartition, list[bool]] = {partition: [] for partition in PARTITIONS}
        self.decision_counts: Counter[int] = Counter()
        self.collected: set[tuple[TopicPartition, int, int]] = set()
        if epoch is not None:
            self.talk.init("a")
            changed = self.talk.state("a")._replace(producer_epoch=epoch)
            from kafkalite.coordinators.runtime.result import Result
            from kafkalite.coordinators.transaction.metadata import to_record

            self.talk.runtime.run(lambda shard: Result([to_record(changed, server_version)]))

    # ---- what clients do --------------------------------------------------------------------------------------------

    @rule(name=st.sampled_from(IDS), data=st.data())
    def take_over(self, name: str, data: st.DataObject) -> None:
        """A new producer begins, until it is served."""
        for _ in range(3):
            try:
                identity = self.talk.init(name)
            except ApiError as error:
                assert error.error_code == errors.CONCURRENT_TRANSACTIONS
                if not self.settle():
                    return  # a partition refuses its marker: nobody is served yet
                continue
            if identity.error_code == errors.NONE:
                break
            assert identity.error_code == errors.CONCURRENT_TRANSACTIONS
            self._decided(self.newest[name], is_commit=False)
            self.retire(name)
            self.settle()
        else:
            raise AssertionError("never served")
        self.retire(name)
        version = data.draw(st.sampled_from((0, 2))) if self.talk.server_version == 2 else 0
        session = Session(name, identity.producer_id, identity.producer_epoch, version)
        assert (session.producer_id, session.producer_epoch) not in self.identities
        self.identities.add((session.producer_id, session.producer_epoch))
        self.newest[name] = session

    def retire(self, name: str) -> None:
        """Whoever had the id is fenced from now on."""
        session = self.newest.pop(name, None)
        if session is not None:
            self.old.append(session)

    @precondition(lambda self: self.newest)
    @rule(data=st.data(), partition=st.sampled_from(PARTITIONS))
    def add(self, data: st.DataObject, partition: TopicPartition) -> None:
        """A partition joins."""
        session = self.newest[data.draw(st.sampled_from(sorted(self.newest)))]
        try:
            self.talk.add(session.producer, partition, version=session.version)
        except ApiError as error:
            assert error.error_code == errors.CONCURRENT_TRANSACTIONS
            assert session.transactional_id in self.talk.shard.prepared
        else:
            session.open.add(partition)

    @precondition(lambda self: self.newest)
    @rule(data=st.data(), is_commit=st.booleans(), is_heard=st.booleans(), is_repeated=st.booleans())
    def end(self, data: st.DataObject, is_commit: bool, is_heard: bool, is_repeated: bool) -> None:
        """The transaction ends; the answer may be lost and the request repeated."""
        session = self.newest[data.draw(st.sampled_from(sorted(self.newest)))]
        had_open = bool(session.open)
        try:
            identity = self.talk.decide(session.producer, is_commit=is_commit, version=session.version)
        except ApiError as error:
            if error.error_code == errors.CONCURRENT_TRANSACTIONS:
                assert session.transactional_id in self.talk.shard.prepared
            else:
                assert error.error_code == errors.INVALID_TXN_STATE
                assert not had_open
            return
        self._decided(session, is_commit)
        if session.version < 2:
            return
        if not is_heard and is_repeated and self.settle():
            assert self.talk.decide(session.producer, is_commit=is_commit, version=2) == identity
        session.producer_id, session.producer_epoch = identity.producer_id, identity.producer_epoch
        self.identities.add((session.producer_id, session.producer_epoch))

    def _decided(self, session: Session, is_commit: bool) -> None:
        self.decision_counts[session.producer_id] += 1
        for partition in session.open:
            self.expected[partition].append(is_commit)
        session.open.clear()

    @precondition(lambda self: self.old)
    @rule(data=st.data(), is_commit=st.booleans())
    def haunt(self, data: st.DataObject, is_commit: bool) -> None:
        """A producer that was replaced tries again, and changes nothing."""
        session = data.draw(st.sampled_from(self.old))
        before = dict(self.talk.shard.transactions)
        for attempt in (
            lambda: self.talk.add(session.producer, PARTITIONS[0], version=session.version),
            lambda: self.talk.decide(session.producer, is_commit=is_commit, version=session.version),
        ):
            try:
                attempt()
            except ApiError:
                pass
            assert self.talk.shard.transactions == before

    # ---- accidents --------------------------------------------------------------------------------------------------

    @rule()
    def complete(self) -> None:
        """Markers are written."""
        self.settle()

    def settle(self) -> bool:
        """Let markers be written and read them; the same one twice, because of a restart, counts once."""
        is_finished = self.talk.complete()
        for partition, marker in self.talk.markers.written:
            key = (partition, marker.producer_id, self.decision_counts[marker.producer_id])
            if key not in self.collected:
                self.collected.add(key)
                self.marked[partition].append(marker.is_commit)
        self.talk.markers.written.clear()
        return is_finished

    @rule(partition=st.sampled_from(PARTITIONS))
    def break_partition(self, partition: TopicPartition) -> None:
        """A partition refuses markers for a while."""
        self.talk.markers.refusing.add(partition)

    @rule()
    def mend_partitions(self) -> None:
        """All take markers again."""
        self.talk.markers.refusing.clear()

    @rule()
    def restart(self) -> None:
        """The broker starts again."""
        self.talk.restart()
        self.settle()

    @rule()
    def fail_an_append(self) -> None:
        """The log refuses the next record, whatever it is."""
        if self.newest:
            session = self.newest[sorted(self.newest)[0]]
            self.talk.log.fail_next_appends = 1
            before = dict(self.talk.shard.transactions)
            try:
                self.talk.add(session.producer, PARTITIONS[2], version=session.version)
            except ApiError:
                assert self.talk.shard.transactions == before
            else:
                session.open.add(PARTITIONS[2])  # it was there: no record was needed
            self.talk.log.fail_next_appends = 0

    @rule()
    def let_time_out(self) -> None:
        """Everybody waits too long."""
        self.talk.clock.advance(TIMEOUT_MS + 1)
        for name in self.talk.abort_timed_out(is_completed=False):
            self._decided(self.newest[name], is_commit=False)
            self.retire(name)
        self.settle()

    # ---- promises ---------------------------------------------------------------------------------------------------

    @invariant()
    def no_partition_has_more_than_was_decided(self) -> None:
        """Every marker tells a decision, in order."""
        if hasattr(self, "talk"):
            for partition, decisions in self.marked.items():
                assert decisions == self.expected[partition][: len(decisions)]

    def teardown(self) -> None:
        """In the end everything decided is known to every partition, nothing is stuck, and the log tells it all."""
        if not hasattr(self, "talk"):
            return
        self.talk.markers.refusing.clear()
        assert self.settle()
        assert not self.talk.shard.prepared
        for metadata in self.talk.shard.transactions.values():
            assert metadata.state in (states.EMPTY, states.ONGOING, *states.COMPLETED)
        assert self.marked == self.expected
        self.talk.check_replay()


TestTransactions = TransactionMachine.TestCase
TestTransactions.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
