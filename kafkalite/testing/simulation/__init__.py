"""Whole-broker simulation: thousands of lives of a broker, each decided by one number.

Clients, network, disk and clock are simulated (`Simulation`), and the answers that the clients got are held against the
logs in the end (`checkers`). A failure names its seed, and the same seed plays the same life again.
"""

from kafkalite.testing.simulation.simulation import Simulation, SimulationFailed

__all__ = ["Simulation", "SimulationFailed"]
