"""What kafkalite and Apache Kafka do with the same requests, data directories and histories, one beside the other."""
