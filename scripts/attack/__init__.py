"""Hostile loads beside a quiet client: `python scripts/dev.py attack`, the second command of docs/ROBUSTNESS.md.

`cases` holds the loads, each bounded in time and count and drawn by a seed; `quiet` is the client that must not notice
them; `suite` plays them one after the other and measures; `page` writes the tables. Only brokers on loopback are
attacked.
"""
