"""Values of a table on their way into a request."""

from __future__ import annotations

import pytest

from kafkalite.conformance.conversation import Batch, Embedded, Records, Text
from kafkalite.conformance.values import UnknownVariable, fit, resolve
from kafkalite.dissector.specs import get_spec
from kafkalite.records.batch import read_batch_header


def test_variables_are_looked_up_at_every_depth() -> None:
    known = {"orders": "cf1-orders", "orders.id": b"i" * 16}
    value = {"Topics": [{"Name": "$orders", "TopicId": "$orders.id"}], "Group": "a$b", "Price": "$ 5"}
    assert resolve(value, known) == {
        "Topics": [{"Name": "cf1-orders", "TopicId": b"i" * 16}],
        "Group": "a$b",
        "Price": "$ 5",
    }


def test_text_is_put_together() -> None:
    assert resolve({"Pattern": Text("$own", "[ab].*")}, {"own": "cf1-2-"}) == {"Pattern": "cf1-2-[ab].*"}


def test_a_variable_that_nothing_set() -> None:
    with pytest.raises(UnknownVariable, match="pid"):
        resolve(["$pid"], {})


def test_producers_in_batches_are_variables_too() -> None:
    encoded = resolve(Records((Batch(producer_id="$pid", producer_epoch="$epoch"),)), {"pid": 7, "epoch": 3})
    header = read_batch_header(encoded)
    assert (header.producer_id, header.producer_epoch) == (7, 3)


def test_a_message_inside_of_bytes_has_its_version_in_front() -> None:
    assert resolve(Embedded("ConsumerProtocolSubscription", 1, {"Topics": ["$a"]}), {"a": "t"}).startswith(
        b"\0\1\0\0\0\1\0\1t"
    )


def test_fields_that_a_version_does_not_have_are_left_out() -> None:
    spec = get_spec("MetadataRequest")
    values = {"Topics": [{"Name": "a", "TopicId": bytes(16)}], "AllowAutoTopicCreation": False}
    assert fit(spec, values, 1) == {"Topics": [{"Name": "a"}]}
    assert fit(spec, values, 12) == values
    assert fit(spec, {"Topics": None}, 1) == {"Topics": None}


def test_a_slip_in_a_name_is_an_error_in_every_version() -> None:
    with pytest.raises(KeyError, match="Topics"):
        fit(get_spec("MetadataRequest"), {"Topic": []}, 1)
