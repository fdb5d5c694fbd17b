"""The broker's configuration as it holds now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.configs.broker import effective_broker_config

if TYPE_CHECKING:
    from kafkalite.broker.metadata.metadata_log import MetadataLog
    from kafkalite.cluster.configs.broker import BrokerConfigs
    from kafkalite.cluster.image import ConfigsImage


class LiveConfigs:
    """Dynamic changes over the properties of the start, worked out again only when they change."""

    __slots__ = ("_current", "_image", "_metadata", "_node_id", "_static")

    def __init__(self, metadata: MetadataLog, static: BrokerConfigs, node_id: int) -> None:
        self._metadata = metadata
        self._static = static
        self._node_id = node_id
        self._image: ConfigsImage | None = None
        self._current = static

    def current(self) -> BrokerConfigs:
        """Return the configuration that the newest metadata make."""
        image = self._metadata.image.configs
        if image is not self._image:
            self._current = effective_broker_config(image, self._static, self._node_id)
            self._image = image
        return self._current
