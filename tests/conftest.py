"""How all tests of the package run: the same examples every time, however slow the machine."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Examples come from a seed of the test itself, so that a run says something about the change and not about luck; a
# machine that is busy with other things must not turn into a failure. `pytest --hypothesis-profile=explore` looks for
# what nobody has seen yet.
settings.register_profile(
    "kafkalite", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("explore", settings.get_profile("kafkalite"), derandomize=False, max_examples=500)
settings.load_profile("kafkalite")
