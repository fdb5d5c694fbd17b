"""kafkalite: a server that speaks the Apache Kafka protocol over a file-backed log."""

__version__ = "0.1.0"
