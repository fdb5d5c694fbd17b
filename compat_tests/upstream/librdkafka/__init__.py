"""librdkafka's own test suite, built from Debian's sources and run against kafkalite or Apache Kafka."""
