"""The text files of a log directory, to the byte."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.log import checkpoints
from kafkalite.log.checkpoints import CorruptCheckpoint, MetaProperties
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.uuids import uuid_from_text

TOPIC_ID = bytes(range(16))
TOPIC_ID_TEXT = "AAECAwQFBgcICQoLDA0ODw"


def test_an_offset_checkpoint_is_a_version_a_count_and_lines() -> None:
    offsets = {TopicPartition("orders", 0): 42, TopicPartition("a.b_c-d", 11): 0}
    data = checkpoints.encode_offset_checkpoint(offsets)
    assert data == b"0\n2\norders 0 42\na.b_c-d 11 0\n"
    assert checkpoints.decode_offset_checkpoint(data) == offsets


def test_an_empty_offset_checkpoint() -> None:
    assert checkpoints.encode_offset_checkpoint({}) == b"0\n0\n"
    for data in (b"", b"0\n", b"0\n0\n"):
        assert checkpoints.decode_offset_checkpoint(data) == {}


@pytest.mark.parametrize(
    "data",
    [
        b"1\n0\n",
        b"zero\n0\n",
        b"0\nmany\n",
        b"0\n2\norders 0 42\n",
        b"0\n0\norders 0 42\n",
        b"0\n1\norders 0\n",
        b"0\n1\norders 0 42 7\n",
        b"0\n1\norders zero 42\n",
        b"0\n1\norders 0 fortytwo\n",
        b"0\n1\n\xff\xfe 0 42\n",
    ],
)
def test_a_damaged_offset_checkpoint_is_named_so(data: bytes) -> None:
    with pytest.raises(CorruptCheckpoint):
        checkpoints.decode_offset_checkpoint(data)


def test_leader_epochs() -> None:
    data = checkpoints.encode_leader_epochs([(0, 0), (3, 17)])
    assert data == b"0\n2\n0 0\n3 17\n"
    assert checkpoints.decode_leader_epochs(data) == [(0, 0), (3, 17)]
    with pytest.raises(CorruptCheckpoint):
        checkpoints.decode_leader_epochs(b"0\n1\n0 0 0\n")


@pytest.mark.parametrize("cut", range(1, len(b"0\n2\n0 0\n3 17\n") - 1))
def test_a_checkpoint_cut_short_never_reads_as_other_entries(cut: int) -> None:
    data = b"0\n2\n0 0\n3 17\n"[:cut]
    try:
        entries = checkpoints.decode_leader_epochs(data)
    except CorruptCheckpoint:
        return
    assert entries in ([], [(0, 0), (3, 1)])  # the text has no checksum: a cut last number cannot be told


def test_partition_metadata() -> None:
    data = checkpoints.encode_partition_metadata(TOPIC_ID)
    assert data == f"version: 0\ntopic_id: {TOPIC_ID_TEXT}".encode()
    assert checkpoints.decode_partition_metadata(data) == TOPIC_ID
    assert checkpoints.decode_partition_metadata(data + b"\n") == TOPIC_ID


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"version: 0\n",
        b"version: 1\ntopic_id: AAECAwQFBgcICQoLDA0ODw",
        b"topic_id: AAECAwQFBgcICQoLDA0ODw",
        b"version: 0\ntopic_id: AAECAwQFBgcICQoLDA0O",
        b"version: 0\ntopic_id: AAAAAAAAAAAAAAAAAAAAAA",
        b"version 0\ntopic_id: AAECAwQFBgcICQoLDA0ODw",
    ],
)
def test_damaged_partition_metadata_is_named_so(data: bytes) -> None:
    with pytest.raises(CorruptCheckpoint):
        checkpoints.decode_partition_metadata(data)


def test_meta_properties() -> None:
    properties = MetaProperties("MkU3OEVBNTcwNTJENDM2Qg", 1, TOPIC_ID)
    data = checkpoints.encode_meta_properties(properties)
    assert data.splitlines()[1:] == [
        b"cluster.id=MkU3OEVBNTcwNTJENDM2Qg",
        b"version=1",
        b"node.id=1",
        b"directory.id=AAECAwQFBgcICQoLDA0ODw",
    ]
    assert checkpoints.decode_meta_properties(data) == properties


def test_meta_properties_as_kafka_stores_them() -> None:
    data = (
        b"#\n#Thu Jul 10 09:31:05 UTC 2025\ncluster.id=5L6g3nShT-eMCtK--X86sw\nversion=1\n"
        b"directory.id=AAECAwQFBgcICQoLDA0ODw\nnode.id=1\n"
    )
    assert checkpoints.decode_meta_properties(data) == MetaProperties("5L6g3nShT-eMCtK--X86sw", 1, TOPIC_ID)
    assert uuid_from_text(TOPIC_ID_TEXT) == TOPIC_ID


def test_meta_properties_of_a_directory_without_an_id() -> None:
    data = b" ! note\n\nversion : 1\nnode.id 3\n cluster.id=a\\:b\\u0021\n"
    assert checkpoints.decode_meta_properties(data) == MetaProperties("a:b!", 3, None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"version=0\nbroker.id=1\ncluster.id=a\n",
        b"version=2\nnode.id=1\ncluster.id=a\n",
        b"version=1\nnode.id=1\n",
        b"version=1\ncluster.id=a\n",
        b"version=1\ncluster.id=a\nnode.id=one\n",
        b"version=1\ncluster.id=a\nnode.id=1\ndirectory.id=zz\n",
        b"version=1\ncluster.id=\\uzzzz\nnode.id=1\n",
    ],
)
def test_damaged_meta_properties_are_named_so(data: bytes) -> None:
    with pytest.raises(CorruptCheckpoint):
        checkpoints.decode_meta_properties(data)


@settings(max_examples=80)
@given(st.text(st.sampled_from(" =:#!\\\tabcü\U0001f980-"), min_size=1, max_size=8))
def test_any_cluster_id_survives(cluster_id: str) -> None:
    cluster_id = cluster_id.rstrip() or "x"
    properties = MetaProperties(cluster_id, 7, None)
    assert checkpoints.decode_meta_properties(checkpoints.encode_meta_properties(properties)) == properties


def test_what_is_not_ascii_is_escaped_as_java_reads_it() -> None:
    data = checkpoints.encode_meta_properties(MetaProperties("a:b=c #!é\U0001f980", 7, None))
    assert b"cluster.id=a\\:b\\=c \\#\\!\\u00e9\\ud83e\\udd80\n" in data


def test_clean_shutdown() -> None:
    data = checkpoints.encode_clean_shutdown(12)
    assert data == b'{"version":0,"brokerEpoch":12}'
    assert checkpoints.decode_clean_shutdown(data) == 12
    assert checkpoints.decode_clean_shutdown(b'{"brokerEpoch": -1, "version": 0, "more": []}') == -1
    for data in (b"", b"{", b"[]", b"{}", b'{"brokerEpoch":"12"}', b"\xff"):
        assert checkpoints.decode_clean_shutdown(data) is None
