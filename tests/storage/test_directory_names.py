"""Names of marked directories."""

from __future__ import annotations

from kafkalite.storage.directory_names import marked_directory_name
from kafkalite.system.entropy import SeededEntropy


def test_marked_names_of_long_topics_fit_a_file_system() -> None:
    name = marked_directory_name("t" * 249 + "-123", "-delete", SeededEntropy(1))
    assert len(name) == 255
    assert name.endswith("-delete")
    assert "-123." in name
