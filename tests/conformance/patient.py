"""A clock by hand: pauses let its time pass instead of waiting."""

from __future__ import annotations

from kafkalite.conformance.patience import Limits, Patience
from kafkalite.system.clock import ManualClock


class ManualPatience(Patience):
    """Patience whose pauses advance a `ManualClock`; the waits for sockets stay real and only end early."""

    def __init__(self, **limits: float) -> None:
        self.manual_clock = ManualClock()
        self.pause_count = 0
        super().__init__(Limits(**limits), self.manual_clock)

    def pause(self) -> None:
        """Let the time of a pause pass."""
        self.pause_count += 1
        self.manual_clock.advance(int(self.limits.pause_s * 1000))
