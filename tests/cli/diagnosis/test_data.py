"""Data directories of every kind, seen from outside."""

from __future__ import annotations

import os
import pathlib

import pytest

from kafkalite.cli.diagnosis import data
from kafkalite.cli.diagnosis.data import check_contents, check_data, check_times, judge_space
from kafkalite.log.checkpoints import MetaProperties, encode_meta_properties
from tests.threaded_server import threaded_server

NOW_MS = 2_000_000_000_000
NODE = 1


def levels(path: pathlib.Path, node_id: int = NODE) -> list[tuple[str, str]]:
    return [(finding.level, finding.text) for finding in check_contents(str(path), node_id)]


@pytest.fixture
def directory(tmp_path: pathlib.Path) -> pathlib.Path:
    """A data directory that a server left in order."""
    path = tmp_path / "data"
    with threaded_server(data=str(path)):
        pass
    return path


def test_memory() -> None:
    [finding] = check_data(None, NODE, NOW_MS)
    assert (finding.level, finding.text) == ("ok", "records are kept in memory and are lost on exit")


def test_a_directory_that_does_not_exist_yet(tmp_path: pathlib.Path) -> None:
    path = str(tmp_path / "a" / "b")
    finding, space = check_data(path, NODE, NOW_MS)
    assert (finding.level, finding.text) == ("ok", f"{path} does not exist yet and will be created")
    assert space.check == "space"
    assert not os.path.exists(tmp_path / "a")


def test_a_file_in_its_place(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "file"
    path.write_text("")
    [finding] = check_data(str(path), NODE, NOW_MS)
    assert (finding.level, finding.text) == ("problem", f"{path} is a file")
    below, _ = check_data(str(path / "data"), NODE, NOW_MS)
    assert below.level == "problem"


def test_no_rights(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data.os, "access", lambda path, mode: False)
    [finding] = check_data(str(tmp_path), NODE, NOW_MS)
    assert (finding.level, finding.text) == ("problem", f"{tmp_path}: this user may not read and write it")
    missing, _ = check_data(str(tmp_path / "new"), NODE, NOW_MS)
    assert (missing.level, missing.check) == ("problem", "data")


def test_a_directory_of_this_node(directory: pathlib.Path) -> None:
    [(level, text)] = levels(directory)
    assert level == "ok"
    assert text.startswith(f"{directory} belongs to node 1 of cluster ")
    assert text.endswith("holds 1 partition(s)")


def test_a_directory_of_another_node(directory: pathlib.Path) -> None:
    finding = check_contents(str(directory), 7)[0]
    assert finding.level == "problem"
    assert finding.text.endswith("and node.id is 7")
    assert finding.advice == "start with --set node.id=1, or with another directory"


def test_a_directory_in_use_is_not_disturbed(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "data"
    with threaded_server(data=str(path)):
        assert ("note", f"{path} is in use by a running server") in levels(path)
        assert ("note", f"{path} is in use by a running server") in levels(path)


def test_a_directory_that_was_not_closed(directory: pathlib.Path) -> None:
    (directory / ".kafka_cleanshutdown").unlink()
    assert levels(directory)[1] == (
        "note",
        f"{directory} was not closed properly; the next start checks and repairs its logs",
    )


def test_missing_and_damaged_meta_properties(directory: pathlib.Path) -> None:
    properties = directory / "meta.properties"
    properties.write_text("version=1\nnode.id=1\n")
    [finding] = check_contents(str(directory), NODE)
    assert (finding.level, finding.text) == ("problem", f"{properties} cannot be read: there is no cluster.id")
    properties.unlink()
    [finding] = check_contents(str(directory), NODE)
    assert (finding.level, finding.text) == ("problem", f"{directory} holds 1 partition(s) and no meta.properties")


def test_no_metadata_log(tmp_path: pathlib.Path) -> None:
    (tmp_path / "meta.properties").write_bytes(encode_meta_properties(MetaProperties("cluster", 1, None)))
    (tmp_path / ".kafka_cleanshutdown").write_text("")
    assert levels(tmp_path)[1] == ("warning", f"{tmp_path} has no __cluster_metadata-0")


def test_other_files(tmp_path: pathlib.Path) -> None:
    assert levels(tmp_path) == [("ok", f"{tmp_path} is empty")]
    for name in ("b.txt", "a.txt", "d", "c"):
        (tmp_path / name).write_text("")
    assert levels(tmp_path) == [("warning", f"{tmp_path} holds other files (a.txt, b.txt, c, ...)")]


def test_files_of_the_future(directory: pathlib.Path) -> None:
    os.utime(directory / "meta.properties", ns=(0, (NOW_MS + 3_600_000) * 1_000_000))
    [finding] = check_times(str(directory), NOW_MS)
    assert finding.level == "warning"
    assert "was written at 2033-05-18T04:33:20Z, which is in the future" in finding.text
    assert check_times(str(directory), NOW_MS + 3_600_000) == []


@pytest.mark.parametrize(("free_bytes", "level"), [(10 << 20, "problem"), (500 << 20, "warning"), (2 << 30, "ok")])
def test_free_space(free_bytes: int, level: str) -> None:
    assert judge_space("/data", free_bytes).level == level
