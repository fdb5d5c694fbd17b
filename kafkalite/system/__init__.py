"""The four doors to the world: clock, files, network and randomness.

Only this package reads the clock, opens files or draws randomness; sockets are opened in `transport`. Each door is a
Protocol with a real implementation and one that a test can control, so that hours of timers run in milliseconds and a
disk can fail on demand.
"""
