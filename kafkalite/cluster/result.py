"""The result of a controller operation: the records that change the state, and the reply once they are stored."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

Response = TypeVar("Response")


class Result(Generic[Response]):
    """The outcome of one operation on the metadata; computing it changes nothing.

    Attributes:
        records: metadata records to append as one atomic batch, in order; empty when nothing changes.
        response: the reply to the caller, sent once the records are in the log.

    Source: org.apache.kafka.controller.ControllerResult.
    """

    __slots__ = ("records", "response")

    def __init__(self, records: list[Any], response: Response) -> None:
        self.records = records
        self.response = response

    def __repr__(self) -> str:
        return f"Result(records={self.records!r}, response={self.response!r})"
