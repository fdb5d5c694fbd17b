"""Whole applications of Apache Kafka, unchanged, on the broker under test: Kafka Streams and Kafka Connect."""
