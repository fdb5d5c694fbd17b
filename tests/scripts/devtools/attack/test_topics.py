"""The topics of a suite, with a broker of ours."""

from __future__ import annotations

import pathlib
from collections import Counter

import pytest

from kafkalite.protocol.messages.metadata_response import MetadataResponse
from scripts.devtools.attack import loads, topics
from scripts.devtools.attack.target import Target
from scripts.devtools.benchmark.wire import exchange
from tests.running_server import running_server
from tests.scripts.devtools.attack.fields import make_field


def names(target: Target) -> set[str]:
    with target.connect() as connection:
        answer, _ = MetadataResponse.read(exchange(connection, loads.all_metadata()), topics.FLEXIBLE_HEADER_BYTES, 9)
    return {topic.name or "" for topic in answer.topics}


def test_topics_are_made_and_deleted(tmp_path: pathlib.Path) -> None:
    with running_server(tmp_path) as (_, port):
        target = Target("kafkalite", "127.0.0.1", port)
        with topics.prepared_topics(target, 7, 3, is_full=False) as made:
            assert {made.quiet, made.attacked, made.full, made.compacted, *made.crowd} <= names(target)
            account = topics.create_and_delete(make_field(target, *made.made[:4]))()
            with target.connect() as connection:
                assert topics.create(connection, made.made[4:6]) == Counter({0: 2})
                assert topics.produce(connection, made.made[4], loads.plain_batch(1, 10)) == 0
        assert not [name for name in names(target) if name.startswith("attack")]
    assert account.startswith("4 made in ") and ", 4 deleted in " in account


def test_refused_topics_are_counted_by_error(tmp_path: pathlib.Path) -> None:
    with running_server(tmp_path) as (_, port), Target("kafkalite", "127.0.0.1", port).connect() as connection:
        answers = topics.create(connection, ["twice", "bad name", "other"])
        answers += topics.delete(connection, ["twice", "nosuch"])
    assert topics.in_words(answers, "done") == "3 done, 1 error 3, 1 error 17"


def test_what_became_of_a_batch(tmp_path: pathlib.Path) -> None:
    with running_server(tmp_path) as (_, port), Target("kafkalite", "127.0.0.1", port).connect() as connection:
        topics.create(connection, ["t"])
        batch = loads.plain_batch(1, 10)
        answers = [exchange(connection, loads.produce("t", data)) for data in (batch, batch[:-1] + b"x")]
    assert [topics.appended(answer) for answer in answers] == ["appended", "refused with error 2"]


def test_a_broker_that_cannot_make_the_topics(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "create", lambda *arguments, **options: Counter({42: 1}))
    with running_server(tmp_path) as (_, port):
        target = Target("kafkalite", "127.0.0.1", port)
        with (
            pytest.raises(topics.TopicsFailed, match="1 error 42"),
            topics.prepared_topics(target, 7, 0, is_full=False),
        ):
            pass
