"""``kafkalite decode`` as a person calls it."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kafkalite.cli import decode
from kafkalite.dissector import build_message
from kafkalite.records.builder import build_batch

HEADER = {"RequestApiKey": 3, "RequestApiVersion": 1, "CorrelationId": 7, "ClientId": "me"}
REQUEST = build_message("RequestHeader", 1, HEADER) + build_message(
    "MetadataRequest", 1, {"Topics": [{"Name": "orders"}]}
)
FRAME = len(REQUEST).to_bytes(4, "big") + REQUEST
RESPONSE = b"\x00\x00\x00\x07" + build_message("HeartbeatResponse", 1, {"ErrorCode": 27})


def run(*arguments: str | pathlib.Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(
        decode.command, [str(argument) for argument in arguments], input=stdin, standalone_mode=False
    )


def lines(*arguments: str | pathlib.Path, stdin: bytes | None = None) -> list[str]:
    result = run(*arguments, stdin=stdin)
    assert result.return_value == 0, result.output
    return result.stdout.splitlines()


def trees(*arguments: str | pathlib.Path, stdin: bytes | None = None) -> list[Any]:
    result = run(*arguments, "-o", "json", stdin=stdin)
    assert result.return_value == 0, result.output
    found: list[Any] = json.loads(result.stdout)
    return found


def names(tree: Any) -> list[str]:
    return [child["name"] for child in tree["children"]]


class TestSource:
    def test_hex_on_the_command_line(self) -> None:
        assert lines(REQUEST.hex())[-1] == '16..24         00 06 6f 72 64 65 72 73           Name: string = "orders"'

    @pytest.mark.parametrize("separator", [" ", ":", ", ", " 0x", "\\x", "\n"])
    def test_hex_may_be_spelt_in_many_ways(self, separator: str) -> None:
        assert lines(separator.join(f"{byte:02X}" for byte in REQUEST)) == lines(REQUEST.hex())
        assert lines(*REQUEST.hex(" ").split()) == lines(REQUEST.hex())

    def test_a_binary_file_and_a_hex_file(self, tmp_path: pathlib.Path) -> None:
        (tmp_path / "binary").write_bytes(REQUEST)
        (tmp_path / "hex").write_text(REQUEST.hex("\n"))
        assert lines(tmp_path / "binary") == lines(tmp_path / "hex") == lines(REQUEST.hex())

    def test_standard_input(self) -> None:
        assert lines(stdin=REQUEST) == lines("-", stdin=REQUEST.hex().encode()) == lines(REQUEST.hex())

    def test_neither_a_file_nor_hex(self) -> None:
        result = run("nonsense")
        assert "neither a file nor hex" in str(result.exception)


class TestFrames:
    def test_the_length_is_found_or_told(self) -> None:
        assert names(trees(FRAME.hex())[0]) == ["Length", "Header", "Body"]
        assert names(trees("--length", FRAME.hex())[0]) == ["Length", "Header", "Body"]
        assert names(trees(REQUEST.hex())[0]) == ["Header", "Body"]
        assert names(trees("--no-length", REQUEST.hex())[0]) == ["Header", "Body"]

    def test_a_stream_of_frames_and_its_limit(self) -> None:
        assert [tree["start"] for tree in trees(stdin=FRAME * 3)] == [0, len(FRAME), 2 * len(FRAME)]
        assert len(trees("--limit", "2", stdin=FRAME * 3)) == 2
        assert run("-o", "jsonl", stdin=FRAME * 3).stdout.count("\n") == 3

    def test_a_response(self) -> None:
        tree = trees("--response", "--api", "heartbeat", "--version", "1", RESPONSE.hex())[0]
        assert tree["children"][1]["children"][1]["note"] == "REBALANCE_IN_PROGRESS"

    def test_a_bare_body(self) -> None:
        body = build_message("OffsetCommitValue", 3, {"offset": 42})
        assert lines("--message", "OffsetCommitValue", "--version", "3", body.hex())[1].endswith("offset: int64 = 42")

    def test_a_bare_body_with_records(self) -> None:
        data = {
            "TopicData": [{"Name": "t", "PartitionData": [{"Records": bytes(build_batch([(b"k", b"v")], now_ms=1))}]}]
        }
        body = build_message("ProduceRequest", 9, data)
        assert any('"k"' in line for line in lines("--message", "ProduceRequest", "--version", "9", body.hex()))

    @pytest.mark.parametrize(
        ("arguments", "reason"),
        [
            (["--response", "00"], "needs --api and --version"),
            (["--response", "--api", "Fetch", "--version", "99", "00"], "0-18, not 99"),
            (["--response", "--api", "Fetsch", "--version", "1", "00"], "no API is named 'Fetsch'"),
            (["--api", "Fetch", "00"], "need --response"),
            (["--message", "FetchRequest", "00"], "--message needs --version"),
            (["--message", "FetchReq", "--version", "1", "00"], "did you mean FetchRequest"),
        ],
    )
    def test_a_wrong_command_line(self, arguments: list[str], reason: str) -> None:
        assert reason in str(run(*arguments).exception)


class TestBytesThatDoNotFit:
    def test_are_named_with_their_position_and_what_was_read_is_shown(self) -> None:
        result = run("--no-length", REQUEST[:-2].hex())
        assert result.return_value == 1
        assert result.stderr == "kafkalite: byte 16 does not fit: Body.Topics[0].Name: claims 6 bytes, 4 left\n"
        assert "CorrelationId: int32 = 7" in result.stdout
        assert result.stdout.splitlines()[-1].endswith("Name: string  <-- claims 6 bytes, 4 left")

    def test_in_the_middle_of_a_stream(self) -> None:
        result = run("-o", "jsonl", stdin=FRAME + FRAME[:-2])
        assert result.return_value == 1
        last = json.loads(result.stdout.splitlines()[-1])
        assert last["error"] == {
            "position": len(FRAME) + 20,
            "path": "Body.Topics[0].Name",
            "reason": "claims 6 bytes, 4 left",
        }

    def test_a_stream_that_breaks(self) -> None:
        result = run(stdin=FRAME + b"\xff\xff\xff\xff")
        assert result.return_value == 1
        assert f"byte {len(FRAME)} does not fit" in result.stderr


class TestSegments:
    def write(self, directory: pathlib.Path, *records: tuple[bytes | None, bytes | None]) -> pathlib.Path:
        directory.mkdir()
        path = directory / "00000000000000000000.log"
        path.write_bytes(b"".join(bytes(build_batch([record], now_ms=1)) for record in records) + bytes(100))
        return path

    def test_batches_one_by_one(self, tmp_path: pathlib.Path) -> None:
        path = self.write(tmp_path / "orders-0", (b"k", b"v"), (None, b"w"))
        assert [tree["name"] for tree in trees(path)] == ["batch 0", "batch 1", "unwritten space"]
        assert [tree["name"] for tree in trees(path, "--limit", "1")] == ["batch 0"]

    def test_the_directory_names_the_internal_topic(self, tmp_path: pathlib.Path) -> None:
        key = b"\x00\x01" + build_message("OffsetCommitKey", 0, {"group": "readers"})
        value = b"\x00\x03" + build_message("OffsetCommitValue", 3, {"offset": 42})
        shown = lines(self.write(tmp_path / "__consumer_offsets-7", (key, value)))
        assert any(line.endswith('group: string = "readers"') for line in shown)
        assert any(line.endswith("offset: int64 = 42") for line in shown)

    def test_the_metadata_log(self, tmp_path: pathlib.Path) -> None:
        value = b"\x01\x02\x00" + build_message("TopicRecord", 0, {"Name": "orders"})
        shown = lines(self.write(tmp_path / "__cluster_metadata-0", (None, value)))
        assert any("TopicRecord v0" in line for line in shown)

    def test_the_topic_may_be_told(self, tmp_path: pathlib.Path) -> None:
        value = b"\x01\x02\x00" + build_message("TopicRecord", 0, {"Name": "orders"})
        data = bytes(build_batch([(None, value)], now_ms=1))
        assert any("TopicRecord v0" in line for line in lines("--records", "--topic", "__cluster_metadata", data.hex()))

    def test_an_empty_segment(self, tmp_path: pathlib.Path) -> None:
        path = tmp_path / "00000000000000000000.log"
        path.write_bytes(b"")
        assert trees(path) == []

    @pytest.mark.parametrize(
        ("path", "topic"),
        [
            ("/d/orders-0/0.log", "orders"),
            ("/d/a-b-12/0.log", "a-b"),
            ("/d/elsewhere/0.log", None),
            ("/d/elsewhere/bootstrap.checkpoint", "__cluster_metadata"),
        ],
    )
    def test_topic_of(self, path: str, topic: str | None) -> None:
        assert decode.topic_of(path) == topic
