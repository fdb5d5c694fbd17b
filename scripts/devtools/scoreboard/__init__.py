"""The parts of `scripts/scoreboard.py`: sources of facts, the board they form, and its two renderings."""
