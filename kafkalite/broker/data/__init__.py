"""Produce and Fetch: partitions, the runs of requests, fetch sessions, and the purgatory of those that wait."""
