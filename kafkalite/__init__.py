"""kafkalite: a server that speaks the Apache Kafka protocol over a file-backed log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.version import __version__

if TYPE_CHECKING:
    from typing import Any

    from kafkalite.embedded import KafkaLite

__all__ = ["KafkaLite", "__version__"]


def __getattr__(name: str) -> Any:
    """Import `KafkaLite` when it is first asked for: commands that start no broker load nothing of it."""
    if name == "KafkaLite":
        from kafkalite.embedded import KafkaLite  # noqa: PLC0415

        return KafkaLite
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
