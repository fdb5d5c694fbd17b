"""The four doors to the world: clock, files, randomness and (in the transport) the network.

Only this package reads the clock, opens files or draws randomness. Each door is a Protocol with a real implementation
and one that a test can steer, so that hours of timers run in milliseconds and a disk can fail on purpose.
"""
