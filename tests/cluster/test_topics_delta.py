"""Topic and partition records."""

from __future__ import annotations

import pytest

from kafkalite.cluster.image import EMPTY_IMAGE, PartitionImage, TopicsImage
from kafkalite.cluster.topics_delta import ChangedTopic, TopicsDelta
from kafkalite.protocol.internal_records.clear_elr_record import ClearElrRecord
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from kafkalite.protocol.internal_records.partition_record import PartitionRecord
from kafkalite.protocol.internal_records.topic_record import TopicRecord

ONE, TWO = b"1" * 16, b"2" * 16


def partition(topic_id: bytes, index: int = 0, **fields: object) -> PartitionRecord:
    made = {"replicas": [1], "isr": [1], "leader": 1, "leader_epoch": 0, "partition_epoch": 0, **fields}
    return PartitionRecord(topic_id=topic_id, partition_id=index, **made)


def with_topics(*names: tuple[str, bytes]) -> TopicsImage:
    delta = TopicsDelta(EMPTY_IMAGE.topics)
    for name, topic_id in names:
        delta.replay_topic(TopicRecord(name=name, topic_id=topic_id))
        delta.replay_partition(partition(topic_id))
    return delta.apply()


def test_created_topics_are_told_with_their_partitions() -> None:
    delta = TopicsDelta(EMPTY_IMAGE.topics)
    delta.replay_topic(TopicRecord(name="a", topic_id=ONE))
    delta.replay_partition(partition(ONE, 0))
    delta.replay_partition(partition(ONE, 1, directories=[TWO]))
    (created,) = delta.created()
    assert (created.name, created.topic_id, len(created.partitions)) == ("a", ONE, 2)
    assert created.partitions[1].directories == (TWO,)
    assert (delta.deleted(), delta.changed()) == ([], [])


def test_a_topic_removed_and_made_anew_is_both() -> None:
    delta = TopicsDelta(with_topics(("a", ONE)))
    assert delta.remove(ONE) == "a"
    delta.replay_topic(TopicRecord(name="a", topic_id=TWO))
    assert [topic.topic_id for topic in delta.deleted()] == [ONE]
    assert [topic.topic_id for topic in delta.created()] == [TWO]
    image = delta.apply()
    assert image.by_name["a"].topic_id == TWO
    assert list(image.by_id) == [TWO]


def test_a_topic_made_and_removed_at_once_was_never_there() -> None:
    delta = TopicsDelta(EMPTY_IMAGE.topics)
    delta.replay_topic(TopicRecord(name="a", topic_id=ONE))
    delta.remove(ONE)
    assert (delta.created(), delta.deleted(), delta.apply().by_name) == ([], [], {})


def test_a_topic_changed_and_removed_is_removed() -> None:
    image = with_topics(("a", ONE))
    delta = TopicsDelta(image)
    delta.replay_partition(partition(ONE, 1))
    delta.remove(ONE)
    assert (delta.changed(), delta.deleted()) == ([], [image.by_name["a"]])


def test_a_new_leader_is_a_new_leader_epoch() -> None:
    delta = TopicsDelta(with_topics(("a", ONE)))
    delta.replay_partition_change(PartitionChangeRecord(topic_id=ONE, partition_id=0, leader=2, isr=[2]))
    delta.replay_partition_change(PartitionChangeRecord(topic_id=ONE, partition_id=0, isr=[2, 1]))
    (changed,) = delta.changed()
    assert isinstance(changed, ChangedTopic)
    (after,) = changed.after.partitions
    assert (after.leader, after.leader_epoch, after.partition_epoch, after.isr) == (2, 1, 2, (2, 1))
    assert (after.replicas, after.leader_recovery_state) == ((1,), 0)


def test_every_field_of_a_partition_can_change() -> None:
    delta = TopicsDelta(with_topics(("a", ONE)))
    delta.replay_partition_change(
        PartitionChangeRecord(
            topic_id=ONE,
            partition_id=0,
            leader=-1,
            isr=[],
            replicas=[3, 4],
            directories=[ONE, TWO],
            removing_replicas=[1],
            adding_replicas=[4],
            leader_recovery_state=1,
            eligible_leader_replicas=[3],
            last_known_elr=[4],
        )
    )
    assert delta.apply().by_id[ONE].partitions == (
        PartitionImage(
            replicas=(3, 4),
            isr=(),
            leader=-1,
            leader_epoch=1,
            partition_epoch=1,
            directories=(ONE, TWO),
            removing_replicas=(1,),
            adding_replicas=(4,),
            leader_recovery_state=1,
            eligible_leader_replicas=(3,),
            last_known_elr=(4,),
        ),
    )


@pytest.mark.parametrize(("name", "cleared"), [("a", ["a"]), ("", ["a", "b"])])
def test_eligible_leaders_are_forgotten_by_topic_or_everywhere(name: str, cleared: list[str]) -> None:
    image = with_topics(("a", ONE), ("b", TWO), ("c", b"3" * 16))
    delta = TopicsDelta(image)
    for topic_id in (ONE, TWO):
        delta.replay_partition_change(
            PartitionChangeRecord(topic_id=topic_id, partition_id=0, eligible_leader_replicas=[2], last_known_elr=[3])
        )
    cleaner = TopicsDelta(delta.apply())
    cleaner.replay_clear_elr(ClearElrRecord(topic_name=name))
    assert [changed.after.name for changed in cleaner.changed()] == cleared
    assert cleaner.apply().by_name["a"].partitions[0].eligible_leader_replicas == ()


def test_colliding_names_are_kept_together() -> None:
    image = with_topics(("a.b", ONE), ("a_b", TWO), ("plain", b"3" * 16))
    assert image.by_unified_name == {"a_b": ("a.b", "a_b")}
    delta = TopicsDelta(image)
    delta.remove(ONE)
    image = delta.apply()
    assert image.by_unified_name == {"a_b": ("a_b",)}
    delta = TopicsDelta(image)
    delta.remove(TWO)
    assert delta.apply().by_unified_name == {}


def test_partitions_are_found_by_name_and_index() -> None:
    image = with_topics(("a", ONE))
    assert image.find_partition("a", 0) is image.by_name["a"].partitions[0]
    assert image.find_partition("a", 1) is None
    assert image.find_partition("a", -1) is None
    assert image.find_partition("b", 0) is None


def test_records_about_what_is_not_there_are_refused() -> None:
    delta = TopicsDelta(with_topics(("a", ONE)))
    for act in (
        lambda: delta.replay_partition(partition(TWO)),
        lambda: delta.replay_partition(partition(ONE, 2)),
        lambda: delta.remove(TWO),
        lambda: delta.replay_topic(TopicRecord(name="b", topic_id=ONE)),
    ):
        with pytest.raises(ValueError, match=r"."):
            act()
