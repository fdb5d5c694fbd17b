"""Each type of group has its operations, made with the first use, and its records find them."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from kafkalite.cluster.configs.broker import BrokerConfigs
from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.classic.operations import ClassicOperations
from kafkalite.coordinators.group.consumer.operations import ConsumerOperations
from kafkalite.coordinators.group.group import CLASSIC, CONSUMER, SHARE, STREAMS
from kafkalite.coordinators.group.group_types import GROUP_TYPES, ServedTypes
from tests.coordinators.group.conversation import Conversation


class OtherGroup:
    """A group of a type that is not served."""

    group_type = SHARE


def served() -> ServedTypes:
    return ServedTypes(Conversation().shard.context, lambda: BrokerConfigs({}))


def test_a_group_finds_the_operations_of_its_type() -> None:
    types = served()
    classic = types.find(ClassicGroup("g", 0))
    assert isinstance(classic, ClassicOperations) and types.get(CLASSIC) is classic
    assert isinstance(types.get(CONSUMER), ConsumerOperations)
    other: Any = OtherGroup()
    assert types.find(other) is None and types.find(None) is None


def test_a_record_finds_the_operations_of_its_type_and_no_two_types_share_one() -> None:
    types = served()
    for name, group_type in GROUP_TYPES.items():
        assert {types.of_record(number) for number in group_type.record_types} == {types.get(name)}
    assert sum(len(each.record_types) for each in GROUP_TYPES.values()) == len(
        frozenset().union(*(each.record_types for each in GROUP_TYPES.values()))
    )
    assert types.of_record(1) is None, "offsets are of every type"
    assert not {SHARE, STREAMS} & set(GROUP_TYPES)


def test_only_what_was_met_is_made() -> None:
    types = served()
    assert types.used() == []
    types.get(CLASSIC)
    assert [type(each) for each in types.used()] == [ClassicOperations]


def test_the_code_of_consumer_groups_is_loaded_with_the_first_of_them() -> None:
    script = (
        "import sys, kafkalite.coordinators.group.group_shard\nprint('group.consumer.operations' in str(sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert loaded.stdout == "False\n"
