"""kafkalite and Apache Kafka side by side, with the same requests, data directories and histories."""
