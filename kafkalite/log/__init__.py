"""The log of one partition: its segments, indexes, producers and epochs, and their recovery after a stop."""
