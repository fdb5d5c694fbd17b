"""An independent reading of the Kafka protocol, and a field-by-field dissector of its bytes.

Everything here is derived at run time from the schemas of `protocol_specs/` with the `construct` library and shares
no code with the server's generated codecs. It has two uses: as the reference with which tests compare the generated
codecs, byte for byte, and as the engine of `kafkalite decode`, which shows every field of a frame with its byte range.
It is written for clarity, not for speed; the server never imports it.

`dissect` takes a whole frame; `dissect_message`, `dissect_records` and `build_message` take the parts. All of them
return (or start from) plain values and the `Field` tree, and raise `DissectionError` at the byte that does not fit.
"""

from kafkalite.dissector.field import DissectionError, Field
from kafkalite.dissector.frames import append_record_sets, dissect_request, dissect_response, is_framed, split_frames
from kafkalite.dissector.messages import build_message, dissect_message, parse_message
from kafkalite.dissector.record_sets import dissect_records, iterate_record_sets
from kafkalite.dissector.specs import UnknownSchema


def dissect(
    frame: bytes | bytearray | memoryview,
    *,
    response_to: tuple[str | int, int] | None = None,
    has_length: bool = False,
    base: int = 0,
) -> Field:
    """Return the tree of one frame on the wire.

    Args:
        frame: exactly one frame.
        response_to: None for a request, which names its API and version; for a response the API (name or key) and
            version of the request that it answers.
        has_length: whether the four length bytes precede the header.
        base: the position of the frame's first byte in its source; added to every position.
    Returns: the root, with the children "Length" (if there is one), "Header" and "Body". Record sets are dissected
        down to the records' headers; an undecodable one stays bytes, with a note about the reason.

    Raises:
        DissectionError: the bytes do not fit the schema.
        UnknownSchema: `response_to` names no known API or version.
    """
    if response_to is None:
        return dissect_request(frame, has_length=has_length, base=base)
    api, version = response_to
    return dissect_response(frame, api=str(api), version=version, has_length=has_length, base=base)


__all__ = [
    "DissectionError",
    "Field",
    "UnknownSchema",
    "append_record_sets",
    "build_message",
    "dissect",
    "dissect_message",
    "dissect_records",
    "dissect_request",
    "dissect_response",
    "is_framed",
    "iterate_record_sets",
    "parse_message",
    "split_frames",
]
