"""The checksum of record batches: CRC-32C (Castagnoli), computed in C over buffers that are not copied.

Source: DefaultRecordBatch (magic 2). Magic 0 and 1 use the CRC-32 of zlib instead, see `legacy`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastcrc.crc32 import iscsi

if TYPE_CHECKING:
    from collections.abc import Callable

#: ``crc32c(buffer, value=0) -> int``: the checksum of `buffer`, continued from `value` (the checksum of what came
#: before it). The C function itself and not a wrapper: one call per batch is all that Produce can afford.
crc32c: Callable[..., int] = iscsi
