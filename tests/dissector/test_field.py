"""The tree and its error."""

from __future__ import annotations

import pytest

from kafkalite.dissector.field import Field, Trace


def tree() -> Field:
    name = Field("Name", "string", 6, 9, "a")
    topic = Field("[0]", "Topic", 6, 9, {"Name": "a"}, [name])
    return Field("Body", "Body", 2, 9, {}, [Field("Topics", "array[Topic]", 2, 9, [{}], [topic])])


def test_a_path_finds_children_by_name_and_elements_by_number() -> None:
    assert tree().get("Topics[0].Name").value == "a"
    assert tree().find("Topics[1].Name") is None
    with pytest.raises(KeyError, match="Nothing"):
        tree().get("Nothing")


def test_walk_goes_in_the_order_of_the_bytes() -> None:
    assert [field.name for field in tree().walk()] == ["Body", "Topics", "[0]", "Name"]


def test_the_prefix_ends_at_the_first_child() -> None:
    body = tree()
    assert (body.prefix_end, body.get("Topics").prefix_end, body.get("Topics[0].Name").prefix_end) == (2, 6, 9)


def test_the_prefix_of_compressed_bytes_is_all_of_them() -> None:
    packed = Field("packed", "lz4", 10, 20, b"", [Field("record", "Record", 0, 5)], content=b"12345")
    assert packed.prefix_end == 20


def test_a_failed_trace_names_the_open_fields_and_keeps_what_was_read() -> None:
    trace = Trace("Body", "Body v0", 100, 9)
    done = trace.open("First", "int16", 0)
    trace.close(done, 2, 7)
    trace.open("Topics", "array", 2)
    trace.open("[3]", "Topic", 5)
    error = trace.fail(8, "is wrong")
    assert str(error) == "byte 105: Body.Topics[3]: is wrong"
    assert error.partial.get("First").value == 7
    last = error.partial.get("Topics[3]")
    assert (last.start, last.end, last.problem) == (105, 108, "is wrong")
