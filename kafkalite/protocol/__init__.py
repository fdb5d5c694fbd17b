"""The Kafka wire protocol, sans-IO: bytes to messages and back. Nothing here opens a socket or reads a clock."""
