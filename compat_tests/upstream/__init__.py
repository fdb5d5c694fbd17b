"""Test suites of other projects, run unchanged against kafkalite and against Apache Kafka as the oracle."""
