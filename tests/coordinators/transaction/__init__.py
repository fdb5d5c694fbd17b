"""Tests of kafkalite.coordinators.transaction."""
