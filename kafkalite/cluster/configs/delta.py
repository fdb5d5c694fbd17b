"""Config records applied to the configurations of an image.

Source: org.apache.kafka.image.ConfigurationsDelta, org.apache.kafka.server.config.DefaultSupportedConfigChecker.
"""

from __future__ import annotations

from typing import Any

from kafkalite.cluster.configs.tables import GROUP_CONFIGS, TOPIC_CONFIGS
from kafkalite.cluster.image import ConfigResource, ConfigsImage
from kafkalite.cluster.resource_types import GROUP, TOPIC

_SUPPORTED = {TOPIC: TOPIC_CONFIGS, GROUP: GROUP_CONFIGS}
"""Resource type -> its configurations. Brokers may have any, including those of plug-ins."""


class ConfigsDelta:
    """Changes of configurations on top of `image`.

    Attributes:
        changed: the resources of all records, even if the value stayed the same: a broker reloads then.
        unsupported: names that an older release set and that topics or groups no longer have.
    """

    __slots__ = ("_values", "changed", "image", "unsupported")

    def __init__(self, image: ConfigsImage) -> None:
        self.image = image
        self.changed: dict[ConfigResource, None] = {}
        self.unsupported: dict[str, None] = {}
        self._values: dict[ConfigResource, dict[str, str]] = {}

    def replay(self, record: Any) -> None:
        """Set one configuration, or remove it for a null value; ignore a configuration that is no longer supported."""
        # Else no other configuration of the resource could be changed: all of them are validated together.
        supported = _SUPPORTED.get(record.resource_type)
        if supported is not None and record.name not in supported:
            self.unsupported[record.name] = None
            return
        values = self._working((record.resource_type, record.resource_name))
        if record.value is None:
            values.pop(record.name, None)
        else:
            values[record.name] = record.value

    def remove_topic(self, name: str) -> None:
        """Remove the configurations of a removed topic."""
        resource = (TOPIC, name)
        if resource in self._values or resource in self.image.by_resource:
            self._working(resource).clear()

    def apply(self) -> ConfigsImage:
        """Return the configurations with all changes; the same object if nothing changed."""
        if not self._values:
            return self.image
        merged = {**self.image.by_resource, **self._values}
        return ConfigsImage({resource: values for resource, values in merged.items() if values})

    def _working(self, resource: ConfigResource) -> dict[str, str]:
        self.changed[resource] = None
        values = self._values.get(resource)
        if values is None:
            values = self._values[resource] = dict(self.image.by_resource.get(resource, ()))
        return values
