"""The runtime of coordinator shards: records and their bytes, results, timers, and the one road of every change."""
