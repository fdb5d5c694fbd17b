"""kafka-python's own integration tests, from its source distribution, against kafkalite or Apache Kafka."""
