"""Produce and Fetch: partitions, the runs of requests, fetch sessions, and waiting fetches."""
