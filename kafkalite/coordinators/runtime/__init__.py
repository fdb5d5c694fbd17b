"""What every coordinator shard runs on: records and their bytes, results, timers, and the one road of every change."""
