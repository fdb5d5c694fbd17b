"""The broker's properties under Kafka's names, merged from flags, environment, a properties file and defaults."""

from __future__ import annotations

from kafkalite.settings.listeners import Listener
from kafkalite.settings.merge import merge_settings
from kafkalite.settings.settings import Settings
from kafkalite.settings.values import ConfigError

__all__ = ["ConfigError", "Listener", "Settings", "merge_settings"]
