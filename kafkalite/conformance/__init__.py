"""Judges a broker: scripted conversations as raw requests, the answers compared field by field with Apache Kafka's.

`cases/` holds the conversations as tables, `answers/` Apache Kafka's answers to them, `rules` the fields that differ
between runs by nature, and `intended_differences.toml` the intended differences of kafkalite. `kafkalite.dissector`,
which shares no code with the server, builds the requests and decodes the answers. The command is `kafkalite
conformance`.
"""
