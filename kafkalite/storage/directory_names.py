"""Names of the directories of partitions that are no longer live.

Source: UnifiedLog.logDeleteDirName, logStrayDirName.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kafkalite.system.entropy import Entropy

DELETE_SUFFIX = "-delete"
FILE_NAME_MAX_LENGTH = 255
"""The longest file name on common file systems; a long topic name is cut so that its marked directory still fits."""


def marked_directory_name(directory_name: str, suffix: str, entropy: Entropy) -> str:
    """Return Kafka's name for the directory of a partition that is no longer live.

    Args:
        directory_name: ``<topic>-<partition>``.
        suffix: ``-delete`` or ``-stray``.
    """
    topic, _, partition = directory_name.rpartition("-")
    full_suffix = f"-{partition}.{entropy.uuid().hex()}{suffix}"
    return topic[: FILE_NAME_MAX_LENGTH - len(full_suffix)] + full_suffix
