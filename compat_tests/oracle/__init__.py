"""A real Apache Kafka for tests, measurements and recordings: the oracle that judges kafkalite."""
