"""Completion of a compaction that a stop interrupted: `.swap` files replace the segments they were made from.

A compaction writes `.cleaned` files, renames them to `.swap`, and only then removes the segments that they replace.
Swap files are therefore whole, and the segments within their offsets no longer needed, unless there are `.cleaned`
files too: then the stop interrupted the renaming.

Source: LogLoader.load, removeTempFilesAndCollectSwapFiles (KAFKA-6264).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.log.batch_scan import scan_headers
from kafkalite.log.segment import LOG_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.storage.interface import PartitionStore

SWAP_SUFFIX = ".swap"
CLEANED_SUFFIX = ".cleaned"
OFFSET_DIGIT_COUNT = 20


def begins_with_offset(name: str) -> bool:
    """Return whether a file name begins with an offset, as those of segments and snapshots do."""
    return name[:OFFSET_DIGIT_COUNT].isdigit() and name[OFFSET_DIGIT_COUNT : OFFSET_DIGIT_COUNT + 1] == "."


def finish_swaps(store: PartitionStore, names: Iterable[str]) -> bool:
    """Rename swap files to their final names, and return whether there were any.

    Args:
        names: of all files of the partition, before any removal.

    Raises:
        StorageFault: a file cannot be read, renamed or removed.
    """
    offsets = {name: int(name[:OFFSET_DIGIT_COUNT]) for name in names if begins_with_offset(name)}
    swaps = {name: offset for name, offset in offsets.items() if name.endswith(SWAP_SUFFIX)}
    if not swaps:
        return False
    first_cleaned = min((offset for name, offset in offsets.items() if name.endswith(CLEANED_SUFFIX)), default=None)
    if first_cleaned is not None:
        for name in [name for name, offset in swaps.items() if offset >= first_cleaned]:
            store.remove(name)
            del swaps[name]
    logs = [name for name in swaps if name.endswith(LOG_SUFFIX + SWAP_SUFFIX)]
    if logs:
        start = min(swaps[name] for name in logs)
        end = max(_end_offset(store, name, swaps[name]) for name in logs)
        for name, offset in offsets.items():
            if start <= offset < end and not name.endswith((SWAP_SUFFIX, CLEANED_SUFFIX)):
                store.remove(name)
    for name in swaps:
        store.rename(name, name.removesuffix(SWAP_SUFFIX))
    return True


def _end_offset(store: PartitionStore, name: str, base_offset: int) -> int:
    """Return one past the last offset of a `.log.swap` file; `base_offset` + 1 if it has no batches."""
    end_offset = base_offset + 1
    for header in scan_headers(store, name, 0, store.size(name)):
        end_offset = header.end_offset
    return end_offset
