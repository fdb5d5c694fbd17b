"""Hostile loads beside a quiet client: `python scripts/dev.py attack`, the second command of docs/ROBUSTNESS.md.

`cases` and `descriptors` hold the loads, each bounded in time and count and drawn by a seed; `quiet` is the client that
must not notice them, `ledger` what it was promised; `suite` plays the loads one after the other and measures; `page`
writes the tables, `fairness` that of scripts/bench.py. Only brokers on loopback are attacked.
"""
