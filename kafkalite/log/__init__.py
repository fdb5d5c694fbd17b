"""One partition: its segments, indexes, producers, epochs, and what brings them back after a stop."""
