"""Parts of `refresh_specs.py`: how the facts in `protocol_specs/` are derived from Apache Kafka's official jars."""
