"""Names of partitions' directories that are no live partitions any more.

Source: UnifiedLog.logDeleteDirName, logStrayDirName.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kafkalite.system.entropy import Entropy

DELETE_SUFFIX = "-delete"
FILE_NAME_MAX_LENGTH = 255
"""The longest name that common file systems allow; a long topic name is cut so that its marked directory still fits."""


def marked_directory_name(directory_name: str, suffix: str, entropy: Entropy) -> str:
    """Return the name under which Kafka keeps a partition's directory that is no live partition any more.

    Args:
        directory_name: ``<topic>-<partition>``.
        suffix: ``-delete`` or ``-stray``.
    """
    topic, _, partition = directory_name.rpartition("-")
    full_suffix = f"-{partition}.{entropy.uuid().hex()}{suffix}"
    return topic[: FILE_NAME_MAX_LENGTH - len(full_suffix)] + full_suffix
