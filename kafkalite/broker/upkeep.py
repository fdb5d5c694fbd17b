"""Upkeep: everything that a broker does by the clock and not for a request.

Source: LogManager.startup, KafkaScheduler.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.limits import STORAGE_UPKEEP_INTERVAL_MS

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.broker.broker import Broker

_MAX_INTERVAL_MS = 24 * 3600 * 1000
"""Longer periods than asyncio can sleep (Kafka's default is 2^63-1: never) are checked once a day."""


class Upkeep:
    """Runs the periodic actions of one broker by its timers.

    Args:
        on_bug: is given the exception of an action, which runs again next time all the same.
    """

    def __init__(self, broker: Broker, on_bug: Callable[[Exception], None]) -> None:
        self._broker = broker
        self._on_bug = on_bug
        self._is_storage_scheduled = False

    def start(self) -> None:
        """Begin with checkpoints, flushes, retention, producers that expire, and what the disk refused."""
        settings, logs = self._broker.settings, self._broker.logs
        self.every(settings.get_int("log.flush.offset.checkpoint.interval.ms"), logs.checkpoint)
        self.every(settings.get_int("producer.id.expiration.check.interval.ms"), logs.expire_producers)
        self.every(settings.get_int("log.flush.scheduler.interval.ms"), logs.flush_due)
        self._after(settings.get_int("log.initial.task.delay.ms"), self._begin_retention)
        logs.on_upkeep_needed = self._schedule_storage
        if logs.needs_upkeep:
            self._schedule_storage()

    def _begin_retention(self) -> None:
        logs = self._broker.logs
        self._run(lambda: logs.run_later(logs.retention.steps()))
        self.every(
            self._broker.settings.get_int("log.retention.check.interval.ms"),
            lambda: logs.run_later(logs.retention.steps()),
        )

    def every(self, interval_ms: int, action: Callable[[], object]) -> None:
        """Run an action again and again, the first time after the interval."""
        interval_ms = min(interval_ms, _MAX_INTERVAL_MS)

        def run() -> None:
            self._run(action)
            self._after(interval_ms, run)

        self._after(interval_ms, run)

    def _after(self, delay_ms: int, action: Callable[[], None]) -> None:
        self._broker.timers.schedule(self._broker.clock.monotonic_ms() + delay_ms, action)

    def _run(self, action: Callable[[], object]) -> None:
        try:
            action()
        except Exception as bug:
            self._on_bug(bug)

    def _schedule_storage(self) -> None:
        if not self._is_storage_scheduled:
            self._is_storage_scheduled = True
            self._after(STORAGE_UPKEEP_INTERVAL_MS, self._keep_storage_up)

    def _keep_storage_up(self) -> None:
        self._is_storage_scheduled = False
        self._run(self._broker.logs.run_upkeep)
        if self._broker.logs.needs_upkeep:
            self._schedule_storage()
