"""Simulation of whole brokers: thousands of lives, each determined by one number.

Clients, network, disk and clock are simulated (`Simulation`), and in the end the responses to the clients are compared
with the logs (`checkers`). A failure names its seed, and the same seed repeats the same life.
"""

from kafkalite.testing.simulation.simulation import Simulation, SimulationFailed

__all__ = ["Simulation", "SimulationFailed"]
