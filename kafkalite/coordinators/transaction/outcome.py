"""The identities that producers get."""

from __future__ import annotations

from typing import NamedTuple

from kafkalite.protocol import errors


class ProducerIdentity(NamedTuple):
    """A producer id and epoch; both -1 where `error_code` says that there is none, or that they stay as they are."""

    producer_id: int = -1
    producer_epoch: int = -1
    error_code: int = errors.NONE
