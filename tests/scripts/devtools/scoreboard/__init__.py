"""Tests of what the scoreboard is made of."""
