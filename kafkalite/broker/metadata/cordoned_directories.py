"""Whether the broker's log directory is cordoned: new partitions are not placed in it.

Source: KIP-1066.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker

CORDONED = "cordoned.log.dirs"


def is_directory_cordoned(broker: Broker) -> bool:
    """Return whether the log directory is cordoned, by its path or by its name in `log.dirs`."""
    cordoned = (broker.configs.current().get(CORDONED) or "").split(",")
    return broker.logs.directory.path in cordoned or broker.settings.data_directory in cordoned
