"""What `scripts/scoreboard.py` is made of: sources of facts, the board they make, and its two renderings."""
