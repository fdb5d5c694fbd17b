"""Judges a broker: scripted conversations as raw requests, the answers compared field by field with Apache Kafka's.

`cases/` holds the conversations as tables, `answers/` what Apache Kafka answered to them, `rules` which fields differ
from run to run by nature, and `intended_differences.toml` where kafkalite differs on purpose. Requests are built and
answers are decoded by `kafkalite.dissector`, which shares no code with the server. `kafkalite conformance` is the
command in front of it.
"""
